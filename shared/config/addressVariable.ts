/** The variable that says where a service is. */
export type AddressVariable<Service extends string> = `${Uppercase<Service>}_URL`;

/** The addresses of services, each by the name of its variable. */
export type Addresses<Service extends string> = Readonly<Record<AddressVariable<Service>, string>>;

/** The variable that says where this service is, for example `IDENTITY_URL`. */
export function addressVariable<const Service extends string>(service: Service): AddressVariable<Service> {
  return `${service.toUpperCase() as Uppercase<Service>}_URL`;
}
