import type { DescService } from "@bufbuild/protobuf";

/** Which services may ask which questions: by type name and method, the names of those who may. Nobody may ask what is not here. */
export type RpcCallers = Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;

/** Who may ask each question of a service. */
export function callersOf<Service extends DescService>(
  service: Service,
  methods: Readonly<Record<keyof Service["method"], readonly string[]>>,
): RpcCallers {
  return { [service.typeName]: methods };
}
