import {
  defaultFieldResolver,
  getNamedType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  type GraphQLField,
  type GraphQLFieldResolver,
  type GraphQLSchema,
} from "graphql";
import { exposed, type ExposedError } from "#shared/errors/exposed.ts";

/** How much one operation may make of its answer. */
export interface AnswerLimits {
  readonly objects: number;
  /** Of texts and JSON, by their length. */
  readonly bytes: number;
  /** Of rows, as the database sends them. */
  readonly rowBytes: number;
}

/** The defaults. */
export const answerLimits: AnswerLimits = {
  objects: 50_000,
  bytes: 8 * 1024 * 1024,
  rowBytes: 32 * 1024 * 1024,
};

/**
 * What one operation has made of its answer so far. What goes beyond it throws ANSWER_TOO_LARGE, and so does everything after that:
 * `spent` rejects at once, so that nobody waits for the rest.
 */
export class AnswerBudget {
  readonly #limits: AnswerLimits;
  readonly #over = Promise.withResolvers<never>();
  #objects = 0;
  #bytes = 0;
  #rowBytes = 0;
  #error: ExposedError | undefined;

  constructor(limits: AnswerLimits) {
    this.#limits = limits;
    this.#over.promise.catch(() => {});
  }

  /** Rejects with `error` once there is one, and settles in no other way. */
  get spent(): Promise<never> {
    return this.#over.promise;
  }

  /** Why there is no answer; undefined while there may be one. */
  get error(): ExposedError | undefined {
    return this.#error;
  }

  /** Takes so many objects more; throws when they are too many. */
  takeObjects(count: number): void {
    this.#objects += count;
    if (this.#error || this.#objects > this.#limits.objects) throw this.#end("objects");
  }

  /** Takes so many bytes more; throws when they are too many. */
  takeBytes(count: number): void {
    this.#bytes += count;
    if (this.#error || this.#bytes > this.#limits.bytes) throw this.#end("bytes");
  }

  /** Takes so many bytes of rows more; throws when they are too many. */
  readonly takeRows = (bytes: number): void => {
    this.#rowBytes += bytes;
    if (this.#rowBytes > this.#limits.rowBytes) throw this.#end("rowBytes");
  };

  #end(limit: keyof AnswerLimits): ExposedError {
    const maximum = this.#limits[limit];
    this.#error ??= exposed("ANSWER_TOO_LARGE", `an answer of more than ${maximum} ${limit}`, {
      limit,
      maximum,
    });
    this.#over.reject(this.#error);
    return this.#error;
  }
}

/**
 * Makes every field of the schema that answers with objects, texts or JSON take them from its operation's budget, a list before any
 * of its items is looked at. Numbers, and what else is small whatever it is, cost nothing.
 */
export function budgetSchema(schema: GraphQLSchema): void {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith("__")) continue;
    for (const field of Object.values(type.getFields())) budgetField(field);
  }
}

type Budgeted = { readonly budget: AnswerBudget };
type Take = (budget: AnswerBudget, value: unknown) => void;

function budgetField(field: GraphQLField<unknown, Budgeted | undefined>): void {
  const take = takingOf(field);
  if (!take) return;
  const { resolve = defaultFieldResolver } = field;
  field.resolve = budgeted(resolve, take);
}

function budgeted(
  resolve: GraphQLFieldResolver<unknown, Budgeted | undefined>,
  take: Take,
): GraphQLFieldResolver<unknown, Budgeted | undefined> {
  return (source, args, context, info) => {
    // A schema that nobody serves, but looks at, is run without a context.
    const budget = context?.budget;
    if (!budget) return resolve(source, args, context, info);
    // Nothing more is loaded for an answer that nobody gets.
    if (budget.error) throw budget.error;
    const value = resolve(source, args, context, info);
    const taken = (settled: unknown): unknown => {
      if (settled !== null && settled !== undefined) take(budget, settled);
      return settled;
    };
    return isPromise(value) ? value.then(taken) : taken(value);
  };
}

function takingOf({ type }: GraphQLField<unknown, Budgeted | undefined>): Take | null {
  const named = getNamedType(type);
  const isList = isListType(isNonNullType(type) ? type.ofType : type);
  if (!isLeafType(named)) return isList ? takeList : takeObject;
  if (named.name === "JSON") return takeJson;
  if (named.name !== "String") return isList ? takeList : null;
  return isList ? takeTexts : takeText;
}

const takeObject: Take = (budget) => budget.takeObjects(1);
const takeText: Take = (budget, value) => {
  if (typeof value === "string") budget.takeBytes(value.length);
};
const takeJson: Take = (budget, value) => budget.takeBytes(sizeOf(value));
const takeList: Take = (budget, value) => {
  if (!Array.isArray(value)) return;
  budget.takeObjects(value.length);
  for (const item of value) if (Array.isArray(item)) takeList(budget, item);
};
const takeTexts: Take = (budget, value) => {
  takeList(budget, value);
  if (Array.isArray(value)) for (const item of value) takeText(budget, item);
};

// The same row is often shown in several places, and its JSON does not change.
const sizes = new WeakMap<object, number>();

/** About how long a JSON value is as text. */
function sizeOf(value: unknown): number {
  if (typeof value === "string") return value.length + 2;
  if (typeof value !== "object" || value === null) return 8;
  const known = sizes.get(value);
  if (known !== undefined) return known;
  let size = 2;
  for (const [key, item] of Object.entries(value))
    size += (Array.isArray(value) ? 1 : key.length + 4) + sizeOf(item);
  sizes.set(value, size);
  return size;
}

function isPromise(value: unknown): value is Promise<unknown> {
  return typeof (value as Promise<unknown> | null)?.then === "function";
}
