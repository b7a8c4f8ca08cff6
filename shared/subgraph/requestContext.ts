import type { TenantDatabase } from "#shared/database/tenantDatabase.ts";
import { exposed } from "#shared/errors/exposed.ts";
import { createLoad, type Load } from "#shared/loaders/loaders.ts";
import type { Log } from "#shared/log/log.ts";
import type { Pubsub } from "#shared/pubsub/pubsub.ts";
import type { Actor } from "./actor.ts";
import type { AnswerBudget } from "./answerBudget.ts";
import type { SubgraphContext } from "./defineSubgraph.ts";

/** The context of one request; what it does not use is not made. */
export class RequestContext implements SubgraphContext {
  readonly #parts: ContextParts;
  readonly #db: TenantDatabase | null;
  readonly #signal: () => AbortSignal | undefined;
  #load: Load | undefined;
  readonly actor: Actor;
  /** What is left of the answer's size. */
  readonly budget: AnswerBudget;

  constructor(parts: ContextParts, request: RequestParts) {
    this.#parts = parts;
    this.#db = request.db;
    this.#signal = request.signal;
    this.actor = request.actor;
    this.budget = request.budget;
  }

  get db() {
    if (!this.#db) throw exposed("UNAUTHENTICATED", "rows were asked for without a tenant");
    return this.#db;
  }

  get load() {
    return (this.#load ??= createLoad(this.db));
  }

  get pubsub() {
    return this.#parts.pubsub;
  }

  get services() {
    return this.#parts.services;
  }

  get log() {
    return this.#parts.log;
  }

  get signal() {
    return this.#signal() ?? never;
  }

  now() {
    return this.db.now();
  }

  /** Forgets what was loaded, since a mutation is about to change it. */
  forget() {
    this.#load = undefined;
  }
}

/** What all requests to a subgraph share. */
export interface ContextParts {
  readonly pubsub: Pubsub;
  readonly services: unknown;
  readonly log: Log;
}

/** What is one request's own. `db` is null where no tenant is known. */
export interface RequestParts {
  readonly actor: Actor;
  readonly db: TenantDatabase | null;
  readonly signal: () => AbortSignal | undefined;
  readonly budget: AnswerBudget;
}

const never = new AbortController().signal;
