import { GraphQLError, parse, print, type DocumentNode, type VariableDefinitionNode } from "graphql";
import { LRUCache } from "lru-cache";
import { documentCache, tokensIn, type DocumentCache } from "#shared/subgraph/documentCache.ts";
import { planForVariables } from "./operation/planForVariables.ts";
import type { PlannedOperation } from "./operation/planOperation.ts";
import type { EngineLimits } from "./contract.ts";
import { compileExecutor, type GeneratedExecutor } from "./compiled/compiledExecutor.ts";
import { parameterizeLiterals, parameterizedText } from "./operation/parameterizeLiterals.ts";
import { selectOperation, type SelectedOperation } from "./operation/selectOperation.ts";
import { planDemand, type PlanAsker, type PlanDemand } from "./planning/planDemand.ts";
import type { PlanSource } from "./planning/planSource.ts";

/** An operation of a document that clients send again and again. */
export interface KnownOperation {
  /** With variables in the place of its literals. */
  readonly operation: SelectedOperation;
  readonly literals: Readonly<Record<string, unknown>>;
  /** The variables that the client gives. */
  readonly variables: readonly VariableDefinitionNode[];
  /** The same for operations that differ in the values of literals alone. */
  readonly key: string;
  /** The whole document as it was written, which may have other literals than what has the same key. */
  readonly text: string;
}

/** An operation that was planned, with what its plan is for: enough to plan it on another graph, too. */
export interface AskedOperation {
  readonly text: string;
  readonly name: string | null;
  /** The values of the variables that decide its conditions. */
  readonly conditions: Readonly<Record<string, boolean>>;
  readonly denied: readonly string[];
  readonly parts: boolean;
  readonly labelsOn: readonly string[];
}

/** What a plan is chosen by, beside the operation and its variables. */
export interface PlanChoices {
  /** Whether the client reads an answer in parts. */
  readonly parts: boolean;
  /** The labels of @override that are on, in order. */
  readonly labelsOn: readonly string[];
}

/** What plans are made and kept by. */
export type PlanLimits = Pick<EngineLimits, "planBytes" | "usesBeforeCompiling" | "answerBytes">;

/** A plan, for the interpreter and the compiled executor. */
export class CachedPlan {
  readonly operation: PlannedOperation;
  readonly asked: AskedOperation;
  readonly #planner: PlanSource;
  readonly #limits: PlanLimits;
  #uses = 0;
  #compiled: GeneratedExecutor | null | undefined;

  constructor(
    operation: PlannedOperation,
    asked: AskedOperation,
    { planner, limits }: { readonly planner: PlanSource; readonly limits: PlanLimits },
  ) {
    this.operation = operation;
    this.asked = asked;
    this.#planner = planner;
    this.#limits = limits;
  }

  /**
   * Counts a use. What the compiled executor runs, from the third on; null where only the interpreter runs this operation. Code is generated for what comes again and again alone:
   * it costs, and the runtime holds on to it long after it has been let go. It is generated piece by piece, and whoever asks in the meantime
   * has the interpreter.
   */
  compiledAfterUses(): GeneratedExecutor | null | Promise<GeneratedExecutor | null> {
    if (this.#compiled !== undefined) return this.#compiled;
    if (this.operation.defers) return (this.#compiled = null);
    const { usesBeforeCompiling, answerBytes } = this.#limits;
    if (this.#uses++ < usesBeforeCompiling) return null;
    this.#compiled = null;
    return this.#compile(answerBytes);
  }

  async #compile(answerBytes: number): Promise<GeneratedExecutor | null> {
    return (this.#compiled = await pieceByPiece(compileExecutor(this.operation, this.#planner, answerBytes)));
  }
}

/**
 * Remembers plans. However many ask for the same operation at once, it is planned once; what cannot be planned is remembered as well, and
 * for a while what would take too long.
 */
export class PlanCache {
  readonly #planner: PlanSource;
  readonly #limits: PlanLimits;
  readonly #plans: LRUCache<string, CachedPlan | GraphQLError>;
  readonly #planning = new Map<string, { readonly demand: PlanDemand; readonly made: Promise<CachedPlan> }>();
  readonly #documents: DocumentCache<DocumentNode>;
  readonly #texts = new WeakMap<DocumentNode, string>();
  readonly #operations = new WeakMap<DocumentNode, Map<string, KnownOperation | null>>();

  constructor(planner: PlanSource, limits: PlanLimits) {
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
      text,
    };
  }

  /** The plan for these values of the variables that decide conditions, without the denied fields. Throws, or rejects with, what planning threw. */
  plan(
    { operation, key, text }: KnownOperation,
    variables: Readonly<Record<string, unknown>>,
    denied: ReadonlySet<string>,
    { parts, labelsOn, ...asker }: PlanAsker & PlanChoices,
  ): CachedPlan | Promise<CachedPlan> {
    const defers = operation.hasDefer && parts;
    const conditions = operation.conditionVariables
      .map((name) => (variables[name] === true ? "1" : "0"))
      .join("");
    const withheld = denied.size ? `\n${[...denied].sort().join(" ")}` : "";
    const labels = labelsOn.length ? `\0${labelsOn.join(" ")}` : "";
    const circumstances = `${conditions}${defers ? "parts" : ""}${withheld}${labels}`;
    // Without circumstances, as most are, it need not be put together; no name of an operation begins with NUL.
    const planKey = circumstances ? `\0${circumstances}\n${key}` : key;
    const known = this.#plans.get(planKey);
    if (known instanceof GraphQLError) throw known;
    if (known) return known;
    const planning = this.#planning.get(planKey);
    if (planning) {
      planning.demand.join(asker);
      return planning.made;
    }
    const demand = planDemand(asker);
    const planner = this.#planner;
    const planned = () =>
      planForVariables(operation, variables, { planner, denied, defers, labelsOn, demand });
    const asked: AskedOperation = {
      text,
      name: operation.definition.name?.value ?? null,
      conditions: Object.fromEntries(
        operation.conditionVariables.map((name) => [name, variables[name] === true]),
      ),
      denied: [...denied],
      parts,
      labelsOn,
    };
    const made = this.#made(planKey, asked, planned).finally(() => this.#planning.delete(planKey));
    this.#planning.set(planKey, { demand, made });
    return made;
  }

  /** The operations that have a plan, those first that were asked for last. */
  asked(): AskedOperation[] {
    return [...this.#plans.values()].flatMap((plan) => (plan instanceof CachedPlan ? [plan.asked] : []));
  }

  /** Has a plan made for what was asked of another graph, unless it is not an operation of this one. Rejects with what planning threw. */
  async warm({ text, name, conditions, denied, parts, labelsOn }: AskedOperation): Promise<void> {
    const known = this.operation(text, name);
    if (known)
      await this.plan(known, conditions, new Set(denied), {
        parts,
        labelsOn: this.#planner.facts.overrideLabels.filter((label) => labelsOn.includes(label)),
      });
  }

  async #made(
    planKey: string,
    asked: AskedOperation,
    planned: () => Promise<PlannedOperation>,
  ): Promise<CachedPlan> {
    try {
      const operation = await planned();
      const by = { planner: this.#planner, limits: this.#limits };
      const plan = new CachedPlan(operation, asked, by);
      this.#plans.set(planKey, plan);
      return plan;
    } catch (error) {
      const ttl = error instanceof GraphQLError ? rememberedMilliseconds(error) : null;
      if (ttl !== null) this.#plans.set(planKey, error as GraphQLError, { ttl });
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

// That something takes too long may have been the machine's fault. An error without a code is about the operation, like all that planning
// finds; 0 is without end.
function rememberedMilliseconds({ extensions: { code } }: GraphQLError): number | null {
  if (code === "PLANNING_OVERLOADED") return null;
  return code === "PLANNING_LIMIT_EXCEEDED" ? 60_000 : 0;
}

// Everybody else has a turn after each piece.
async function pieceByPiece<T>(work: Iterator<void, T>): Promise<T> {
  for (let step = work.next(); ; step = work.next()) {
    if (step.done) return step.value;
    await new Promise((resolve) => setImmediate(resolve));
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
