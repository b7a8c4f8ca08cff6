import type { GeneratorValue } from "fast-check";
import fc from "fast-check";

/** A schema as a value that can be changed bit by bit. */
export interface Model {
  readonly enums: Record<string, string[]>;
  readonly inputs: Record<string, Record<string, Input>>;
  readonly objects: Record<string, { isNode: boolean; fields: Record<string, Field> }>;
  members: string[];
}
interface Input {
  type: string;
  default?: string | undefined;
}
interface Field {
  type: string;
  readonly args: Record<string, Input>;
  permission?: string | undefined;
}

const SCALARS = ["Int", "String", "Boolean", "E"];
const DEFAULTS: Readonly<Record<string, readonly string[]>> = {
  Int: ["1", "2"],
  String: ['"x"', '"y"'],
  Boolean: ["true", "false"],
  E: ["A", "B"],
  In: ["{}"],
};
const OBJECTS = ["Query", "One", "Two", "Three"];

/** A schema of objects that refer to each other, an interface, a union, inputs within inputs and an enum. */
export function randomModel(g: GeneratorValue): Model {
  const pick = <T>(values: readonly T[]): T => values[g(fc.nat, { max: values.length - 1 })]!;
  const isSo = () => g(fc.boolean);
  const input = (types: readonly string[]): Input => {
    const named = pick(types);
    const type = wrapped(named, g(fc.nat, { max: 5 }));
    const isPlain = type === named || type === `${named}!`;
    return { type, ...(isPlain && isSo() && DEFAULTS[named] && { default: pick(DEFAULTS[named]) }) };
  };
  const field = (): Field => ({
    type: wrapped(pick([...SCALARS, ...OBJECTS.slice(1), "Node", "Found"]), g(fc.nat, { max: 5 })),
    args: Object.fromEntries(
      ["x", "y"].filter(isSo).map((name) => [name, input([...SCALARS, "In"])] as const),
    ),
    ...(g(fc.nat, { max: 4 }) === 0 && { permission: pick(["Read", "Write"]) }),
  });
  const fields = () => Object.fromEntries(["a", "b", "c"].map((name) => [name, field()] as const));
  return {
    enums: { E: ["A", "B", "C"] },
    inputs: {
      In: { n: input(SCALARS), of: { type: "Of" }, e: input(["E"]) },
      Of: { m: input(SCALARS), list: { type: "[E!]" } },
    },
    objects: Object.fromEntries(
      OBJECTS.map((name) => [name, { isNode: name !== "Query" && isSo(), fields: fields() }] as const),
    ),
    members: ["One", "Two"],
  };
}

function wrapped(named: string, how: number): string {
  return [named, `${named}!`, named, `[${named}]`, `[${named}!]!`, named][how]!;
}

/** The same schema after one to three changes. */
export function changed(model: Model, g: GeneratorValue): Model {
  const next = structuredClone(model);
  const times = 1 + g(fc.nat, { max: 2 });
  for (let n = 0; n < times; n++) change(next, g);
  return next;
}

function change(model: Model, g: GeneratorValue): void {
  const pick = <T>(values: readonly T[]): T => values[g(fc.nat, { max: values.length - 1 })]!;
  const { fields } = model.objects[pick(OBJECTS)]!;
  const name = pick(Object.keys(fields));
  const field = fields[name]!;
  const inputs = [model.inputs["In"]!, model.inputs["Of"]!, field.args];
  const owner = pick(inputs);
  const key = pick([...Object.keys(owner), "z"]);
  const input = owner[key];
  const changes: (() => void)[] = [
    () => void (Object.keys(fields).length > 1 && delete fields[name]),
    () => void (fields["d"] = structuredClone(field)),
    () => void (field.type = toggled(field.type)),
    () => void (field.type = pick(["Int", "String", "[Int]", "One"])),
    () => void (field.permission = pick([undefined, "Read", "Write"])),
    () => void delete owner[key],
    () => void (owner[key] ??= { type: pick(["Int", "Int!", "E"]) }),
    () => void (owner[key] ??= { type: "Int!", default: "1" }),
    () => void (input && (input.type = toggled(input.type))),
    () => void (input && (input.type = pick(["Int", "[Int]", "String"]))),
    () => void (input && delete input.default),
    () =>
      void (
        input &&
        !input.type.includes("[") &&
        (input.default = DEFAULTS[input.type.replace("!", "")]?.[1])
      ),
    () => void (model.enums["E"] = model.enums["E"]!.filter((value) => value !== pick(["B", "C"]))),
    () => void model.enums["E"]!.push("D"),
    () => void (model.members = pick([["One"], ["One", "Two", "Three"], ["One", "Two"]])),
    () => void (model.objects["Two"]!.isNode = !model.objects["Two"]!.isNode),
  ];
  pick(changes)();
}

function toggled(type: string): string {
  return type.endsWith("!") ? type.slice(0, -1) : `${type}!`;
}

/** The SDL of a schema, with @authorize where a field asks for a permission. */
export function sdlOf({ enums, inputs, objects, members }: Model): string {
  const value = ({ type, default: given }: Input) => (given === undefined ? type : `${type} = ${given}`);
  const all = (of: Record<string, Input>) =>
    Object.entries(of)
      .map(([name, each]) => `${name}: ${value(each)}`)
      .join(" ");
  const field = ([name, { type, args, permission }]: readonly [string, Field]) => {
    const given = Object.keys(args).length > 0 ? `(${all(args)})` : "";
    return `${name}${given}: ${type}${permission ? ` @authorize(permissions: [${permission}])` : ""}`;
  };
  return [
    "interface Node { id: ID }",
    `union Found = ${members.join(" | ")}`,
    ...Object.entries(enums).map(([name, values]) => `enum ${name} { ${[...new Set(values)].join(" ")} }`),
    ...Object.entries(inputs).map(([name, of]) => `input ${name} { ${all(of)} }`),
    ...Object.entries(objects).map(([name, { isNode, fields }]) => {
      const body = [...(isNode ? ["id: ID"] : []), ...Object.entries(fields).map(field)].join(" ");
      return `type ${name}${isNode ? " implements Node" : ""} { ${body} }`;
    }),
  ].join("\n");
}
