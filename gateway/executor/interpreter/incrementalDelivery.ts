import type { DeferNode, FetchNode } from "@apollo/query-planner";
import type { Data } from "#shared/graphql/data.ts";
import type { AnswerBudget } from "../subgraphs/answerBudget.ts";
import { EntityFetchCache } from "../subgraphs/entityFetchCache.ts";
import { ValueCompletion, pathTo, type Deferral } from "./completeValue.ts";
import type { PlannedOperation } from "../operation/planOperation.ts";
import type {
  PendingResult,
  IncrementalAnswer,
  EngineResult,
  IncrementalResult,
  PathStep,
} from "../contract.ts";
import { assembled } from "./interpreter.ts";
import { SubgraphErrors } from "../subgraphs/subgraphErrors.ts";
import { fetchesOf } from "../planning/planNodes.ts";
import { walk } from "./walk.ts";
import type { DeferredFetches, Run, Walk } from "./run.ts";

/**
 * Runs an operation that defers: to the letter, as the interpreter does, over one tree of data that deferred fetches go on merging into.
 * One answer when nothing of it is left to be deferred. `over` is called once nothing more is asked, whether the parts are read or not.
 * The planner may leave out a field that is asked for at once and later: then `undeferred`, the answer with nothing deferred, is told.
 */
export async function deliverIncrementally(
  run: Run,
  over: () => void,
  undeferred: Undeferred,
): Promise<EngineResult | IncrementalAnswer> {
  const { operation } = run;
  const root: Data = {};
  const subgraphErrors = new SubgraphErrors();
  const deferring = new DeferredExecution(operation);
  const { budget } = run.client;
  try {
    const fetchCache = new EntityFetchCache(run.client, run.variables);
    for (const { plan, fetches } of operation.parts) {
      if (!plan || plan.kind === "Subscription") continue;
      await walk(plan, { run, subgraphErrors, fetchCache, fetches, deferring }, [root]);
    }
    let { completion, values } = completeRoot(run, root, subgraphErrors);
    if (completion.isMissing) {
      // The plan has some of it fetched with what is deferred.
      await deferring.settled();
      ({ completion, values } = completeRoot(
        run,
        root,
        new SubgraphErrors(subgraphErrors, ...deferring.subgraphErrors()),
      ));
      if (completion.isUnexplained) return await undeferred();
    }
    completion.reportRemaining(subgraphErrors);
    completion.deferAtRoot(operation.rootType, operation.rootSets, root);
    const data = assembled(operation.rootFields, values);
    const parts = new Parts(run, root, deferring, undeferred);
    const pending = parts.await(completion.deferrals, (path) => isThere(data, path));
    const { errors } = completion;
    if (!pending.length) return { data, ...(errors.length && { errors }) };
    const first = { data, ...(errors.length && { errors }), pending, hasNext: true };
    return budget.error ? { data: null, errors: [budget.error] } : inParts(first, parts, budget);
  } catch (failure) {
    if (!budget.error || failure !== budget.error) throw failure;
    return { data: null, errors: [budget.error] };
  } finally {
    void deferring.settled().then(over);
  }
}

/** Runs the operation with nothing deferred; once, however often it is asked for. */
export type Undeferred = () => Promise<EngineResult>;

function completeRoot(run: Run, root: Data, subgraphErrors: SubgraphErrors) {
  const completion = new ValueCompletion(run, run.operation, subgraphErrors, run.denied, run.mostErrors);
  const values = new Map(
    run.operation.rootFields.map((field) => [field.key, completion.rootField(field, root)] as const),
  );
  return { completion, values };
}

async function* inParts(first: IncrementalResult, parts: Parts, budget: AnswerBudget): IncrementalAnswer {
  yield first;
  try {
    for (let ready = await parts.next(); ready; ready = await parts.next()) yield* ready;
  } catch (failure) {
    if (!budget.error || failure !== budget.error) throw failure;
    yield { data: null, errors: [budget.error], pending: [], hasNext: false };
  }
}

/** The deferred fetches of a plan: which of them are under way, for which label, and what went wrong with them. */
class DeferredExecution implements DeferredFetches {
  readonly #fetched = new Map<string, PromiseWithResolvers<void>>();
  readonly #blocks = new Map<
    string,
    { readonly subgraphErrors: SubgraphErrors; readonly done: Promise<void> }[]
  >();
  readonly #underWay = new Set<Promise<void>>();
  readonly #known: ReadonlySet<string | undefined>;
  #working = 0;

  constructor({ parts }: PlannedOperation) {
    this.#known = new Set(parts.flatMap(({ plan }) => fetchesOf(plan).map(({ id }) => id)));
  }

  /** Begins what is deferred, each part as soon as what it depends on is there, and waits for what is not. */
  async begin({ primary, deferred }: DeferNode, to: Walk, objects: readonly Data[]): Promise<void> {
    for (const { label = "", depends, node } of deferred) {
      const subgraphErrors = new SubgraphErrors(to.subgraphErrors);
      // A plan may name a fetch that it has let go of since.
      const ids = depends.flatMap(({ id }) => (this.#known.has(id) ? [id] : []));
      const ready = Promise.all(ids.map((id) => this.#of(id).promise));
      const done = ready
        .then(() =>
          this.#asWork(async () => (node ? walk(node, { ...to, subgraphErrors }, objects) : undefined)),
        )
        .finally(() => this.#markFetched(fetchesOf(node)));
      this.#blocks.set(label, [...(this.#blocks.get(label) ?? []), { subgraphErrors, done }]);
      this.#underWay.add(done);
    }
    try {
      const { node } = primary;
      if (node) await this.#asWork(() => walk(node, to, objects));
    } finally {
      // What turned out not to be asked is not waited for.
      this.#markFetched(fetchesOf(primary.node));
    }
  }

  /** Tells that a fetch is done, for what depends on it. */
  fetched({ id }: FetchNode): void {
    if (id !== undefined) this.#of(id).resolve();
  }

  /** Waits for all fetches of a label; the answer is what went wrong with them. */
  async errorsOf(label: string): Promise<readonly SubgraphErrors[]> {
    const blocks = this.#blocks.get(label) ?? [];
    await Promise.all(blocks.map(({ done }) => done));
    return blocks.map(({ subgraphErrors }) => subgraphErrors);
  }

  /** All that went wrong with what is deferred. */
  subgraphErrors(): readonly SubgraphErrors[] {
    return [...this.#blocks.values()].flat().map(({ subgraphErrors }) => subgraphErrors);
  }

  /** Waits until nothing is under way. */
  async settled(): Promise<void> {
    for (const one of this.#underWay) await one.catch(() => undefined);
  }

  // A plan may have parts wait for one another, or for what is not asked in the end: when nothing else goes on, they go on.
  async #asWork(work: () => Promise<void>): Promise<void> {
    this.#working += 1;
    try {
      await work();
    } finally {
      this.#working -= 1;
      if (!this.#working) setImmediate(() => this.#working || this.#goOn());
    }
  }

  #goOn(): void {
    for (const { resolve } of this.#fetched.values()) resolve();
  }

  #markFetched(fetches: readonly FetchNode[]): void {
    for (const fetch of fetches) this.fetched(fetch);
  }

  #of(id: string): PromiseWithResolvers<void> {
    const known = this.#fetched.get(id) ?? Promise.withResolvers<void>();
    this.#fetched.set(id, known);
    return known;
  }
}

/** The parts that are waited for. */
class Parts {
  readonly #operation: PlannedOperation;
  readonly #run: Run;
  readonly #root: Data;
  readonly #deferring: DeferredExecution;
  readonly #undeferred: Undeferred;
  readonly #waiting = new Map<string, Promise<() => IncrementalResult[]>>();
  #isSettled = false;
  #count = 0;

  constructor(run: Run, root: Data, deferring: DeferredExecution, undeferred: Undeferred) {
    this.#operation = run.operation;
    this.#run = run;
    this.#root = root;
    this.#deferring = deferring;
    this.#undeferred = undeferred;
  }

  /** Waits for these as well, those whose place is no more aside; the answer is what to announce. */
  await(
    deferrals: readonly Deferral[],
    isStillThere: (path: readonly PathStep[]) => boolean,
  ): PendingResult[] {
    const announced: PendingResult[] = [];
    const byLabel = new Map<string, { deferral: Deferral; part: PendingResult }[]>();
    for (const deferral of deferrals) {
      const path = pathTo(deferral.place);
      if (!isStillThere(path)) continue;
      const { label } = deferral.fragment;
      const part = { id: String(this.#count++), path, label: this.#operation.deferLabels.get(label) ?? null };
      announced.push(part);
      byLabel.set(label, [...(byLabel.get(label) ?? []), { deferral, part }]);
    }
    for (const [label, group] of byLabel) {
      const key = `${label} ${group[0]?.part.id}`;
      const ready = this.#deferring.errorsOf(label).then((subgraphErrors) => () => {
        this.#waiting.delete(key);
        const early = this.#isSettled ? null : this.#complete(group, subgraphErrors);
        if (early) return early;
        // The plan has some of it fetched with another part: it waits for all of them.
        this.#waiting.set(key, this.#settled(key, group));
        return [];
      });
      // Whoever reads hears of it; nobody may be reading.
      ready.catch(() => undefined);
      this.#waiting.set(key, ready);
    }
    return announced;
  }

  /** The next parts that are there; null after the last. */
  async next(): Promise<IncrementalResult[] | null> {
    if (!this.#waiting.size) return null;
    const complete = await Promise.race(this.#waiting.values());
    const results = complete();
    if (!results.length) return this.next();
    return results.map((result, index) => ({
      ...result,
      hasNext: index < results.length - 1 || this.#waiting.size > 0,
    }));
  }

  async #settled(key: string, group: Group): Promise<() => IncrementalResult[]> {
    await this.#deferring.settled();
    this.#isSettled = true;
    const subgraphErrors = this.#deferring.subgraphErrors();
    const undeferred = this.#tried(group, subgraphErrors).isUnexplained ? await this.#undeferred() : null;
    return () => {
      this.#waiting.delete(key);
      return undeferred
        ? group.map(({ deferral, part }) => this.#outOf(undeferred, deferral, part))
        : this.#completeGroup(group, subgraphErrors);
    };
  }

  /** These parts, or null while something of them is not there. */
  #complete(group: Group, subgraphErrors: readonly SubgraphErrors[]): IncrementalResult[] | null {
    return this.#tried(group, subgraphErrors).isMissing ? null : this.#completeGroup(group, subgraphErrors);
  }

  #tried(group: Group, subgraphErrors: readonly SubgraphErrors[]): ValueCompletion {
    const trial = this.#completion(subgraphErrors);
    for (const { deferral } of group) trial.deferred(deferral, this.#root);
    return trial;
  }

  #completion(subgraphErrors: readonly SubgraphErrors[]): ValueCompletion {
    const { denied, mostErrors } = this.#run;
    return new ValueCompletion(
      this.#run,
      this.#operation,
      new SubgraphErrors(...subgraphErrors),
      denied,
      mostErrors,
    );
  }

  #completeGroup(group: Group, subgraphErrors: readonly SubgraphErrors[]): IncrementalResult[] {
    const completion = this.#completion(subgraphErrors);
    return group.map(({ deferral, part }, index) => {
      const [errorsBefore, deferralsBefore] = [completion.errors.length, completion.deferrals.length];
      const data = completion.deferred(deferral, this.#root);
      if (index === group.length - 1) for (const one of subgraphErrors) completion.reportRemaining(one);
      const errors = completion.errors.slice(errorsBefore);
      const isStillThere = (path: readonly PathStep[]) => isThere(data, path.slice(part.path.length));
      const pending = this.await(completion.deferrals.slice(deferralsBefore), isStillThere);
      return { data, ...(errors.length && { errors }), part, pending, hasNext: true };
    });
  }

  // What is deferred within it comes with it.
  #outOf(
    { data, errors = [] }: EngineResult,
    { fragment, type }: Deferral,
    part: PendingResult,
  ): IncrementalResult {
    const keys = this.#keysOf(fragment.sets, type);
    const whole = valueAt(data, part.path) as Data | null | undefined;
    const own = whole ? Object.fromEntries([...keys].map((key) => [key, whole[key]])) : null;
    const about = errors.filter(({ path = [] }) => part.path.every((step, index) => path[index] === step));
    return { data: own, ...(about.length && { errors: about }), part, pending: [], hasNext: true };
  }

  #keysOf(sets: Deferral["fragment"]["sets"], type: Deferral["type"]): Set<string> {
    const { selections } = this.#operation;
    const keys = selections.on(sets, type).map(({ key }) => key);
    const within = selections.deferredOn(sets, type).flatMap((each) => [...this.#keysOf(each.sets, type)]);
    return new Set([...keys, ...within]);
  }
}

type Group = readonly { readonly deferral: Deferral; readonly part: PendingResult }[];

function isThere(data: unknown, path: readonly PathStep[]): boolean {
  const here = valueAt(data, path);
  return here !== null && here !== undefined;
}

function valueAt(data: unknown, path: readonly PathStep[]): unknown {
  let here = data;
  for (const step of path) here = (here as Record<PathStep, unknown> | null | undefined)?.[step];
  return here;
}
