import { GraphQLError, parse, print, type DocumentNode, type VariableDefinitionNode } from "graphql";
import { LRUCache } from "lru-cache";
import { documentCache, tokensIn, type DocumentCache } from "#shared/subgraph/documentCache.ts";
import { planForVariables } from "./operation/planForVariables.ts";
import type { PlannedOperation } from "./operation/planOperation.ts";
import type { EngineLimits } from "./contract.ts";
import { compileExecutor, type GeneratedExecutor } from "./compiled/compiledExecutor.ts";
import { parameterizeLiterals, parameterizedText } from "./operation/parameterizeLiterals.ts";
import { selectOperation, type SelectedOperation } from "./operation/selectOperation.ts";
import type { Planner } from "./planning/planner.ts";

/** An operation of a document that clients send again and again. */
export interface KnownOperation {
  /** With variables in the place of its literals. */
  readonly operation: SelectedOperation;
  readonly literals: Readonly<Record<string, unknown>>;
  /** The variables that the client gives. */
  readonly variables: readonly VariableDefinitionNode[];
  /** The same for operations that differ in the values of literals alone. */
  readonly key: string;
}

/** What plans are made and kept by. */
export type PlanLimits = Pick<EngineLimits, "planBytes" | "usesBeforeCompiling" | "answerBytes">;

/** A plan, for the interpreter and the compiled executor. */
export class CachedPlan {
  readonly operation: PlannedOperation;
  readonly #planner: Planner;
  readonly #limits: PlanLimits;
  #uses = 0;
  #compiled: GeneratedExecutor | null | undefined;

  constructor(operation: PlannedOperation, planner: Planner, limits: PlanLimits) {
    this.operation = operation;
    this.#planner = planner;
    this.#limits = limits;
  }

  /**
   * Counts a use. What the compiled executor runs, from the third on; null where only the interpreter runs this operation. Code is generated for what comes again and again alone:
   * it costs, and the runtime holds on to it long after it has been let go.
   */
  compiledAfterUses(): GeneratedExecutor | null {
    if (this.#compiled !== undefined) return this.#compiled;
    if (this.operation.defers) return (this.#compiled = null);
    const { usesBeforeCompiling, answerBytes } = this.#limits;
    if (this.#uses++ < usesBeforeCompiling) return null;
    return (this.#compiled = compileExecutor(this.operation, this.#planner, answerBytes));
  }
}

/**
 * Remembers plans. Planning is one uninterrupted computation, so however many ask for the same operation at once, the first of them
 * plans and the others find the plan; what could not be planned is remembered as well.
 */
export class PlanCache {
  readonly #planner: Planner;
  readonly #limits: PlanLimits;
  readonly #plans: LRUCache<string, CachedPlan | GraphQLError>;
  readonly #documents: DocumentCache<DocumentNode>;
  readonly #texts = new WeakMap<DocumentNode, string>();
  readonly #operations = new WeakMap<DocumentNode, Map<string, KnownOperation | null>>();

  constructor(planner: Planner, limits: PlanLimits) {
    this.#planner = planner;
    this.#limits = limits;
    this.#plans = new LRUCache({ maxSize: limits.planBytes, sizeCalculation: bytesOfPlan });
    this.#documents = documentCache(limits.planBytes / 4, tokensIn);
  }

  /** Finds the operation of this name; null when the document leaves open which is meant. Throws for text that is no document. */
  operation(source: DocumentNode | string, name: string | null | undefined): KnownOperation | null {
    const document = typeof source === "string" ? this.#parsed(source) : source;
    const byName = this.#operations.get(document) ?? new Map<string, KnownOperation | null>();
    this.#operations.set(document, byName);
    const known = byName.get(name ?? "");
    if (known !== undefined) return known;
    const operation = selectOperation(document, name);
    const found = operation && this.#lifted(operation, this.#text(document));
    byName.set(name ?? "", found);
    return found;
  }

  #lifted(selected: SelectedOperation, text: string): KnownOperation {
    const { name, variableDefinitions: variables = [] } = selected.definition;
    const { operation, values, places } = parameterizeLiterals(selected, this.#planner.apiSchema);
    return {
      operation,
      literals: values,
      variables,
      key: `${name?.value ?? ""}\n${parameterizedText(text, places)}`,
    };
  }

  /** The plan for these values of the variables that decide conditions, without the denied fields. Throws what planning threw. */
  plan(
    { operation, key }: KnownOperation,
    variables: Readonly<Record<string, unknown>>,
    denied: ReadonlySet<string>,
    accepts: { readonly parts: boolean },
  ): CachedPlan {
    const defers = operation.hasDefer && accepts.parts;
    const conditions = operation.conditionVariables
      .map((name) => (variables[name] === true ? "1" : "0"))
      .join("");
    const circumstances = `${conditions}${defers ? "parts" : ""}${denied.size ? `\n${[...denied].sort().join(" ")}` : ""}`;
    // Without circumstances, as most are, it need not be put together; no name of an operation begins with NUL.
    const planKey = circumstances ? `\0${circumstances}\n${key}` : key;
    let known = this.#plans.get(planKey);
    if (!known) this.#plans.set(planKey, (known = this.#compile(operation, variables, denied, defers)));
    if (known instanceof GraphQLError) throw known;
    return known;
  }

  #compile(
    operation: SelectedOperation,
    variables: Readonly<Record<string, unknown>>,
    denied: ReadonlySet<string>,
    defers: boolean,
  ): CachedPlan | GraphQLError {
    try {
      const planned = planForVariables(operation, variables, { planner: this.#planner, denied, defers });
      return new CachedPlan(planned, this.#planner, this.#limits);
    } catch (error) {
      if (error instanceof GraphQLError) return error;
      throw error;
    }
  }

  #parsed(text: string): DocumentNode {
    const known = this.#documents.get(text);
    if (known) return known;
    // With the places in the text, where literals are found.
    const document = parse(text);
    this.#documents.set(text, document);
    this.#texts.set(document, text);
    return document;
  }

  #text(document: DocumentNode): string {
    const text = this.#texts.get(document) ?? document.loc?.source.body ?? print(document);
    this.#texts.set(document, text);
    return text;
  }
}

// Measured on this project's graph: a plan with its generated code takes 60 KB, and 60 bytes more for each byte of what it asks.
function bytesOfPlan(plan: CachedPlan | GraphQLError, key: string): number {
  const ofKey = key.length * 2;
  if (plan instanceof GraphQLError) return ofKey + 2_000;
  let asked = 0;
  for (const { fetches } of plan.operation.parts)
    for (const { bodyStart } of fetches.values()) asked += bodyStart.length;
  return ofKey + 60_000 + asked * 60;
}
