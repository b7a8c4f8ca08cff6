import {
  getNullableType,
  isAbstractType,
  isEnumType,
  isListType,
  isNonNullType,
  isObjectType,
  isScalarType,
  Kind,
  parse,
  type FieldNode,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
} from "graphql";
import type { Data } from "#shared/graphql/data.ts";
import { generated } from "./codeGeneration.ts";
import type { CompiledFetch } from "../operation/compiledFetch.ts";
import type { AnswerReader } from "../subgraphs/entityFetchCache.ts";
import { readWhole, steps } from "./readSteps.ts";

const mostFunctions = 2_000;

/** Generates what reads a fetch's answers; null for those whose form depends on what is in them. */
export function compileReader({ node }: CompiledFetch, schema: GraphQLSchema): AnswerReader | null {
  const { definitions } = parse(node.operation, { noLocation: true });
  const root = schema.getQueryType();
  if (definitions.length !== 1 || !root || node.operationKind !== "query") return null;
  const { selectionSet } = definitions[0] as OperationDefinitionNode;
  const source = new ReadSource(schema);
  try {
    const data = node.requires ? source.entities(selectionSet) : source.object(root, [selectionSet]);
    return source.finish(data);
  } catch (error) {
    if (error === formUnknown) return null;
    throw error;
  }
}

type FieldsByName = readonly (readonly [name: string, nodes: readonly FieldNode[]])[];

const formUnknown = new Error("The form of the answer depends on what is in it.");

function giveUp(): never {
  throw formUnknown;
}

/** The source of a reader while it is being written: functions that read on from `at` and leave it behind what they read. */
class ReadSource {
  readonly #schema: GraphQLSchema;
  readonly #functions: string[] = [];

  constructor(schema: GraphQLSchema) {
    this.#schema = schema;
  }

  finish(data: string): AnswerReader {
    const readData = generated<() => Data>(
      `(() => { ${this.#functions.join("\n")} return ${data}; })()`,
      steps,
    );
    return (whole) => readWhole(whole, readData);
  }

  /** What `_entities` answers, of the types that it is asked of. */
  entities({ selections }: SelectionSetNode): string {
    const [field, ...others] = selections;
    if (others.length || field?.kind !== Kind.FIELD || !field.selectionSet) return giveUp();
    const types = new Set(field.selectionSet.selections.flatMap((selection) => this.#typesIn(selection)));
    const list = this.#list(this.#objectOfSome([...types], [field.selectionSet]));
    return this.#define(
      `expect('{"_entities":'); const v0 = ${list}(); expect("}"); return { _entities: v0 };`,
    );
  }

  object(type: GraphQLObjectType, sets: readonly SelectionSetNode[]): string {
    return this.#members("{", type, [...this.#fields(type, sets)]);
  }

  #typesIn(selection: SelectionNode): readonly GraphQLObjectType[] {
    if (selection.kind === Kind.FIELD) return [];
    const condition = selection.kind === Kind.INLINE_FRAGMENT ? selection.typeCondition?.name.value : null;
    const type = this.#schema.getType(condition ?? "");
    if (isObjectType(type)) return [type];
    return isAbstractType(type) ? this.#schema.getPossibleTypes(type) : giveUp();
  }

  /** An object of one of these types; where there are several, what it is has to be the first that it says. */
  #objectOfSome(types: readonly GraphQLObjectType[], sets: readonly SelectionSetNode[]): string {
    const [only, ...others] = types;
    if (only && !others.length) return this.object(only, sets);
    const cases = types.map((type) => {
      const [first, ...rest] = this.#fields(type, sets);
      if (first?.[0] !== "__typename") return giveUp();
      return `case ${JSON.stringify(`"${type.name}"`)}: return ${this.#members(null, type, rest)}();`;
    });
    return this.#define(
      `expect('{"__typename":'); switch (readString()) { ${cases.join(" ")} default: throw unexpected; }`,
    );
  }

  /** The fields of an object from its beginning; or those after its type, of which `start` is null. */
  #members(start: "{" | null, type: GraphQLObjectType, fields: FieldsByName): string {
    const [lines, members]: [string[], string[]] = [[], []];
    let before: string = start ?? "";
    let isFirst = start !== null;
    if (!isFirst) members.push(`__typename: ${JSON.stringify(type.name)}`);
    for (const [name, nodes] of fields) {
      before += `${isFirst ? "" : ","}${JSON.stringify(name)}:`;
      isFirst = false;
      if (nodes[0]?.name.value === "__typename") {
        before += JSON.stringify(type.name);
        members.push(`${JSON.stringify(name)}: ${JSON.stringify(type.name)}`);
      } else {
        const value = `v${members.length}`;
        lines.push(`expect(${JSON.stringify(before)}); const ${value} = ${this.#value(type, nodes)}();`);
        members.push(`${JSON.stringify(name)}: ${value}`);
        before = "";
      }
    }
    const after = JSON.stringify(`${before}}`);
    return this.#define(`${lines.join(" ")} expect(${after}); return { ${members.join(", ")} };`);
  }

  /** What an object of this type answers, in the order of CollectFields of the GraphQL specification. */
  #fields(
    type: GraphQLObjectType,
    sets: readonly SelectionSetNode[],
    found = new Map<string, FieldNode[]>(),
  ): Map<string, FieldNode[]> {
    for (const selection of sets.flatMap(({ selections }) => selections)) {
      if (selection.kind === Kind.FRAGMENT_SPREAD || selection.directives?.length) return giveUp();
      if (selection.kind === Kind.FIELD) {
        const name = selection.alias?.value ?? selection.name.value;
        if (name === "__proto__") return giveUp();
        found.set(name, [...(found.get(name) ?? []), selection]);
      } else if (this.#isMet(selection.typeCondition?.name.value, type)) {
        this.#fields(type, [selection.selectionSet], found);
      }
    }
    return found;
  }

  #isMet(condition: string | undefined, type: GraphQLObjectType): boolean {
    if (condition === undefined || condition === type.name) return true;
    const wanted = this.#schema.getType(condition);
    return isAbstractType(wanted) && this.#schema.isSubType(wanted, type);
  }

  #value(parent: GraphQLObjectType, nodes: readonly FieldNode[]): string {
    const type = parent.getFields()[nodes[0]?.name.value ?? ""]?.type;
    const sets = nodes.flatMap(({ selectionSet }) => selectionSet ?? []);
    return type ? this.#valueOf(type, sets) : giveUp();
  }

  /** The name of a function that reads a value of this type. */
  #valueOf(type: GraphQLOutputType, sets: readonly SelectionSetNode[]): string {
    const read = this.#present(getNullableType(type), sets);
    return isNonNullType(type) ? read : this.#define(`return isNull() ? null : ${read}();`);
  }

  #present(type: GraphQLOutputType, sets: readonly SelectionSetNode[]): string {
    if (isListType(type)) return this.#list(this.#valueOf(type.ofType, sets));
    if (isEnumType(type)) return "readString";
    if (isObjectType(type)) return this.object(type, sets);
    if (isAbstractType(type)) return this.#objectOfSome(this.#schema.getPossibleTypes(type), sets);
    return isScalarType(type) ? (leafReaders[type.name] ?? "readScalar") : giveUp();
  }

  #list(item: string): string {
    return this.#define(`return readList(${item});`);
  }

  #define(body: string): string {
    if (this.#functions.length >= mostFunctions) return giveUp();
    const name = `f${this.#functions.length}`;
    this.#functions.push(`function ${name}() { ${body} }`);
    return name;
  }
}

const leafReaders: Readonly<Record<string, string>> = {
  String: "readString",
  ID: "readString",
  Boolean: "readBoolean",
  Int: "readInt",
  Float: "readNumber",
};
