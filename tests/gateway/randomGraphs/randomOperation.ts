import {
  getNamedType,
  isAbstractType,
  isCompositeType,
  isInterfaceType,
  isRequiredArgument,
  type GraphQLArgument,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLSchema,
} from "graphql";
import { parseLossless } from "#shared/graphql/losslessJson.ts";
import { randomLiteral } from "./randomLiteral.ts";
import type { Random } from "./random.ts";

/** An operation by chance, and values for its variables, of which each run has others. It may be invalid where fields cannot be merged. */
export interface RandomOperation {
  readonly text: string;
  readonly defers: boolean;
  /** Values for one run. */
  variables(random: Random): Record<string, unknown>;
}

/** An operation over a schema by chance. */
export function randomOperation(schema: GraphQLSchema, random: Random): RandomOperation {
  return new OperationText(schema, random).operation();
}

const DEPTH = 4;

class OperationText {
  readonly #schema: GraphQLSchema;
  readonly #random: Random;
  readonly #defers: boolean;
  readonly #variables = new Map<string, string>();
  readonly #conditions = new Map<string, boolean>();
  readonly #fragments: { readonly name: string; readonly type: string; readonly text: string }[] = [];
  #aliases = 0;
  #left: number;

  constructor(schema: GraphQLSchema, random: Random) {
    this.#schema = schema;
    this.#random = random;
    this.#defers = random.chance(12);
    this.#left = 4 + random.next(26);
  }

  operation(): RandomOperation {
    const mutation = this.#schema.getMutationType();
    const isMutation = mutation && this.#random.chance(8);
    const root = isMutation ? mutation : this.#schema.getQueryType()!;
    const set = this.#set(root, DEPTH);
    const definitions = [...this.#variables].map(([name, type]) => `$${name}: ${type}`);
    const conditions = [...this.#conditions.keys()].map((name) => `$${name}: Boolean!`);
    const all = [...definitions, ...conditions];
    const head = `${isMutation ? "mutation" : "query"} ${all.length ? `(${all.join(", ")}) ` : ""}`;
    const fragments = this.#fragments.map(({ name, type, text }) => `fragment ${name} on ${type} ${text}`);
    const [variables, fixed] = [this.#variables, Object.fromEntries(this.#conditions)];
    return {
      text: [`${head}${set}`, ...fragments].join("\n"),
      defers: this.#defers && !isMutation,
      variables: (random) => ({ ...variablesOf(variables, random), ...fixed }),
    };
  }

  #set(type: GraphQLCompositeType, depth: number): string {
    const random = this.#random;
    const parts: string[] = [];
    const fields = isAbstractType(type) && !isInterfaceType(type) ? [] : Object.values(type.getFields());
    for (const field of random.some(fields, 1 + random.next(4))) {
      if (--this.#left < 0 && parts.length) break;
      parts.push(...this.#field(field, depth));
    }
    if (random.chance(isAbstractType(type) ? 40 : 10)) parts.push("__typename");
    if (depth > 0 && random.chance(isAbstractType(type) ? 85 : 15))
      parts.push(...this.#fragmentsOn(type, depth));
    return `{ ${parts.join(" ") || "__typename"} }`;
  }

  #field(field: GraphQLField<unknown, unknown>, depth: number): string[] {
    const random = this.#random;
    const named = getNamedType(field.type);
    if (isCompositeType(named) && depth <= 0) return [];
    const given = this.#arguments(field.args);
    const aliased = given || random.chance(15);
    // What equals the name of a key or of another field is what a planner trips over.
    const alias = !aliased
      ? ""
      : random.chance(12)
        ? `${random.pick(["id", "code", "__proto", "int0"])}: `
        : `a${this.#aliases++}: `;
    const set = isCompositeType(named) ? ` ${this.#set(named, depth - 1)}` : "";
    const text = `${alias}${field.name}${given}${this.#condition()}${set}`;
    // The same once more, asking for something else below it.
    if (set && random.chance(6))
      return [text, `${alias}${field.name}${given} ${this.#set(named as GraphQLCompositeType, depth - 1)}`];
    return [text];
  }

  #arguments(args: readonly GraphQLArgument[]): string {
    const given = args.flatMap((argument) => {
      if (!isRequiredArgument(argument) && this.#random.chance(30)) return [];
      const type = String(argument.type);
      if (!this.#random.chance(50)) return [`${argument.name}: ${randomLiteral(type, this.#random)}`];
      const name = `v${this.#variables.size}`;
      this.#variables.set(name, type);
      return [`${argument.name}: $${name}`];
    });
    return given.length ? `(${given.join(", ")})` : "";
  }

  #condition(): string {
    const random = this.#random;
    if (!random.chance(6)) return "";
    const directive = random.pick(["skip", "include"]);
    if (random.chance(30)) return ` @${directive}(if: ${random.chance(50)})`;
    const name = `c${random.next(2)}`;
    if (!this.#conditions.has(name)) this.#conditions.set(name, random.chance(50));
    return ` @${directive}(if: $${name})`;
  }

  #fragmentsOn(type: GraphQLCompositeType, depth: number): string[] {
    const random = this.#random;
    const parts: string[] = [];
    for (const condition of random.some(this.#overlapping(type), 1 + random.next(3))) {
      if (--this.#left < 0) break;
      const defer = this.#defers && random.chance(50) ? " @defer" : "";
      if (random.chance(20)) {
        const known = this.#fragments.filter((one) => one.type === condition.name);
        if (known.length && random.chance(50)) {
          parts.push(`...${random.pick(known).name}${defer || this.#condition()}`);
          continue;
        }
        const text = this.#set(condition, depth - 1);
        const name = `F${this.#fragments.length}`;
        this.#fragments.push({ name, type: condition.name, text });
        parts.push(`...${name}${defer || this.#condition()}`);
        continue;
      }
      const on = condition === type && random.chance(50) ? "" : ` on ${condition.name}`;
      parts.push(`...${on}${defer || this.#condition()} ${this.#set(condition, depth - 1)}`);
    }
    return parts;
  }

  #overlapping(type: GraphQLCompositeType): GraphQLCompositeType[] {
    const possible = isAbstractType(type) ? this.#schema.getPossibleTypes(type) : [type];
    const interfaces = possible.flatMap((one) => one.getInterfaces());
    return [...new Set<GraphQLCompositeType>([type, ...possible, ...possible, ...interfaces])];
  }
}

function variablesOf(types: ReadonlyMap<string, string>, random: Random): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  for (const [name, type] of types) {
    if (!type.endsWith("!") && random.chance(15)) {
      if (random.chance(50)) values[name] = null;
      continue;
    }
    values[name] = jsonOf(randomLiteral(type, random));
  }
  return values;
}

/** A literal as it is written in JSON. */
function jsonOf(literal: string): unknown {
  const json = literal.replace(
    /("[^"]*")|([A-Za-z_]+)/g,
    (whole, text: string | undefined, word: string | undefined) =>
      text ?? (word === "true" || word === "false" || word === "null" ? word : `"${word}"`),
  );
  return parseLossless(json);
}
