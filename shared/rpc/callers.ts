import type { DescService } from "@bufbuild/protobuf";

/** The authorization of RPC: by type name and method, the services that may call it. A method that is not listed is denied to all. */
export type RpcCallers = Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;

/** The services that may call each method of a service. */
export function callersOf<Service extends DescService>(
  service: Service,
  methods: Readonly<Record<keyof Service["method"], readonly string[]>>,
): RpcCallers {
  return { [service.typeName]: methods };
}
