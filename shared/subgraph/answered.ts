/**
 * The resolvers of a type of the SDL, of which none may be missing for a field that its objects do not have themselves: such a field would
 * be null for ever.
 */
export type Answered<Fields, Parent> = Fields &
  Required<Pick<Fields, Exclude<keyof Fields, keyof Parent | `__${string}`>>>;

/** Of resolvers by type, those that may not be missing because they have to answer something. */
export type Demanded<Resolvers> = {
  [
    Name in keyof Resolvers as Partial<Resolvers[Name]> extends Resolvers[Name] ? never : Name
  ]: Resolvers[Name];
};
