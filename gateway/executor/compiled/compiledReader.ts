import {
  getNullableType,
  isCompositeType,
  isEnumType,
  isListType,
  isNonNullType,
  isObjectType,
  isScalarType,
  Kind,
  parse,
  visit,
  type DocumentNode,
  type FieldNode,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
} from "graphql";
import { collectFields, mergedSelectionSets } from "#shared/graphql/collectFields.ts";
import type { Data } from "#shared/graphql/data.ts";
import type { FragmentTable } from "#shared/graphql/fragments.ts";
import { doesTypeApply, possibleObjectTypes } from "#shared/graphql/typeConditions.ts";
import { generated } from "./codeGeneration.ts";
import type { PlannedFetch } from "../operation/plannedFetch.ts";
import type { AnswerReaders } from "../subgraphs/subgraphFetch.ts";
import { readMerged, readWhole, steps } from "./readSteps.ts";

const mostFunctions = 2_000;
const noFragments: FragmentTable = new Map();

/** Reads on from where reading is: the data of one fetch's answers, or the list of entities in it. */
export interface DataReader {
  readonly readData: () => Data;
  readonly readEntities: () => unknown[];
}

/** Reads answers by the readers of the fetches, told by their keys. */
export function answerReaders(byKey: ReadonlyMap<string, DataReader>): AnswerReaders {
  return {
    read(key, text) {
      const reader = byKey.get(key);
      return reader ? readWhole(text, reader.readData) : null;
    },
    readMerged(parts, text) {
      const lists = [...parts].map(([key, { alias }]) => [alias, byKey.get(key)!.readEntities] as const);
      return readMerged(text, lists);
    },
  };
}

/** Generates what reads a fetch's answers; null for those whose form depends on what is in them. */
export function compileReader({ node }: PlannedFetch, schema: GraphQLSchema): DataReader | null {
  const document = parse(node.operation, { noLocation: true });
  const root = schema.getQueryType();
  if (!root || node.operationKind !== "query" || !isFixed(document)) return null;
  const { selectionSet } = document.definitions[0] as OperationDefinitionNode;
  const source = new ReadSource(schema);
  try {
    return source.finish(
      node.requires ? source.entities(selectionSet) : { data: source.object(root, [selectionSet]) },
    );
  } catch (error) {
    if (error === formUnknown) return null;
    throw error;
  }
}

// One operation without fragments of its own, and without directives: whatever these say, it may decide what is answered.
function isFixed(document: DocumentNode): boolean {
  if (document.definitions.length !== 1) return false;
  let isFixedForm = true;
  visit(document, {
    Directive: () => void (isFixedForm = false),
    FragmentSpread: () => void (isFixedForm = false),
  });
  return isFixedForm;
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

  finish({ data, list = data }: Entities): DataReader {
    return generated<DataReader>(
      `(() => { ${this.#functions.join("\n")} return { readData: ${data}, readEntities: ${list} }; })()`,
      steps,
    );
  }

  /** What `_entities` answers, of the types that it is asked of. */
  entities({ selections }: SelectionSetNode): Entities {
    const [field, ...others] = selections;
    if (others.length || field?.kind !== Kind.FIELD || !field.selectionSet) return giveUp();
    const types = new Set(field.selectionSet.selections.flatMap((selection) => this.#typesIn(selection)));
    const list = this.#list(this.#objectOfSome([...types], [field.selectionSet]));
    const data = this.#define(
      `expect('{"_entities":'); const v0 = ${list}(); expect("}"); return { _entities: v0 };`,
    );
    return { data, list };
  }

  object(type: GraphQLObjectType, sets: readonly SelectionSetNode[]): string {
    return this.#members("{", type, this.#fields(type, sets));
  }

  #typesIn(selection: SelectionNode): readonly GraphQLObjectType[] {
    if (selection.kind === Kind.FIELD) return [];
    const condition = selection.kind === Kind.INLINE_FRAGMENT ? selection.typeCondition?.name.value : null;
    const type = this.#schema.getType(condition ?? "");
    return isCompositeType(type) ? possibleObjectTypes(this.#schema, type) : giveUp();
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

  /** What an object of this type answers, in order. */
  #fields(type: GraphQLObjectType, sets: readonly SelectionSetNode[]): FieldsByName {
    const applies = (condition: string) => doesTypeApply(this.#schema, type, condition);
    const { fields } = collectFields(sets, noFragments, applies);
    return fields.has("__proto__") ? giveUp() : [...fields];
  }

  #value(parent: GraphQLObjectType, nodes: readonly FieldNode[]): string {
    const type = parent.getFields()[nodes[0]?.name.value ?? ""]?.type;
    const sets = mergedSelectionSets(nodes);
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
    if (isCompositeType(type)) return this.#objectOfSome(possibleObjectTypes(this.#schema, type), sets);
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

/** The names of the functions that read data, and the list of entities in it where there is one. */
interface Entities {
  readonly data: string;
  readonly list?: string;
}

const leafReaders: Readonly<Record<string, string>> = {
  String: "readString",
  ID: "readString",
  Boolean: "readBoolean",
  Int: "readInt",
  Float: "readNumber",
};
