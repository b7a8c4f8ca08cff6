import { getOperationAST, GraphQLError, type ExecutionArgs, type ExecutionResult } from "graphql";
import { isAsyncIterable } from "graphql-yoga";
import { isAuthenticated } from "#shared/subgraph/actor.ts";
import { counter } from "#shared/telemetry/metrics.ts";
import type { Authentication, Principal } from "../authentication/authentication.ts";
import type { GatewayContext, OperationPlugin } from "../context.ts";
import { messages } from "../errors.ts";
import type { Denial } from "../executor/engine.ts";
import { DENY_ALL, AUTHENTICATED, type GuardedField, type Requirement } from "../permissions.ts";

/**
 * Enforces @authorize. Of a query, what the caller may not read is answered null with an error, and no subgraph is asked for
 * it; a mutation or subscription with anything of that kind in it is refused whole. A subscription is checked again, with the
 * caller's credentials, at each event and every so often in between, and ends when the caller lost anything that it needs.
 */
export function useAuthorization(
  authentication: Authentication | undefined,
  { checkSeconds }: { checkSeconds: number },
): OperationPlugin {
  return {
    onExecute({ args, context, setResultAndStopExecution }) {
      const refused = authorize(args, context);
      if (refused) setResultAndStopExecution({ data: null, errors: refused });
    },
    onSubscribe({ args, context, setResultAndStopExecution }) {
      const refused = authorize(args, context);
      if (refused) return setResultAndStopExecution({ data: null, errors: refused });
      return {
        onSubscribeResult({ result, setResult }) {
          if (!isAsyncIterable(result)) return;
          setResult(whileAllowed(result, () => refusalNow(args, context, authentication), checkSeconds));
        },
      };
    },
  };
}

const denials = counter("gateway_denied_fields_total", "Fields that were not allowed to be read or done", [
  "code",
]);

type Refusal = readonly GraphQLError[] | null;

// Whoever signed out, lost a role or let a token run out hears nothing more than that.
async function* whileAllowed(
  events: AsyncIterable<ExecutionResult>,
  refusal: () => Promise<Refusal>,
  checkSeconds: number,
): AsyncGenerator<ExecutionResult> {
  const iterator = events[Symbol.asyncIterator]();
  try {
    let next = iterator.next();
    for (;;) {
      const event = await within(next, checkSeconds * 1_000);
      if (event?.done) return;
      const refused = await refusal();
      if (refused) {
        yield { data: null, errors: refused };
        return;
      }
      if (!event) continue;
      yield event.value;
      next = iterator.next();
    }
  } finally {
    // Not awaited: it waits for an event that may never come.
    void iterator.return?.();
  }
}

// Null when nothing came in time.
async function within<T>(coming: Promise<T>, milliseconds: number): Promise<T | null> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), milliseconds);
    timer.unref();
  });
  try {
    return await Promise.race([coming, late]);
  } finally {
    clearTimeout(timer);
  }
}

async function refusalNow(
  args: ExecutionArgs,
  context: GatewayContext,
  authentication: Authentication | undefined,
): Promise<Refusal> {
  const principal = await authentication?.authenticate(context.request.headers);
  const { principal: before, ...rest } = context;
  return (
    authorize(args, principal ? { ...rest, principal } : rest) ?? lostSince(before, principal, args, context)
  );
}

// A subgraph goes on with the permissions that a subscription began with, so whoever lost one of those that count begins anew.
function lostSince(
  before: Principal | undefined,
  now: Principal | null | undefined,
  { document, operationName }: ExecutionArgs,
  { graph: { permissions } }: GatewayContext,
): Refusal {
  const operation = getOperationAST(document, operationName || null);
  if (!before || !permissions || !operation) return null;
  const lost = permissions
    .needsOf(document, operation)
    .needs.filter((need) => before.granted.has(need) && !now?.granted.has(need));
  if (lost.length === 0) return null;
  const message = messages.PERMISSION_DENIED.message({ permissions: lost });
  return [new GraphQLError(message, { extensions: { code: "PERMISSION_DENIED", permissions: lost } })];
}

function authorize(
  { document, operationName }: ExecutionArgs,
  context: GatewayContext,
): GraphQLError[] | null {
  const operation = getOperationAST(document, operationName || null);
  const { permissions } = context.graph;
  if (!permissions || !operation) return null;
  const lacks = lacking(context.principal);
  const isPerson = context.principal?.actor.kind === "user";
  const { needs, fields } = permissions[isPerson ? "needsOfPerson" : "needsOf"](document, operation);
  if (!needs.some(lacks)) return null;
  const denied = fields.filter((field) => field.needs.some(lacks));
  for (const field of denied) denials.inc({ code: denialOf(field, context.principal).extensions.code });
  if (operation.operation !== "query") {
    return outermost(denied).map((field) => errorOf(field, context.principal));
  }
  context.denied = new Map(denied.map((field) => [field.coordinate, denialOf(field, context.principal)]));
  return null;
}

// Where a thing may not be read, nothing is said of what is in it.
function outermost(denied: readonly GuardedField[]): GuardedField[] {
  const paths = new Set(denied.map(({ path }) => path.join(".")));
  return denied.filter(
    ({ path }) => !path.some((_name, length) => paths.has(path.slice(0, length).join("."))),
  );
}

function lacking(principal: Principal | undefined): (need: Requirement) => boolean {
  if (!principal || !isAuthenticated(principal.actor)) return () => true;
  return (need) => need !== AUTHENTICATED && !principal.granted.has(need);
}

function denialOf({ needs }: GuardedField, principal: Principal | undefined): Denial {
  if (!principal || !isAuthenticated(principal.actor)) {
    return { message: messages.UNAUTHENTICATED.message(), extensions: { code: "UNAUTHENTICATED" } };
  }
  const lacks = lacking(principal);
  const permissions = needs.filter((need) => need !== DENY_ALL && lacks(need));
  const message = messages.PERMISSION_DENIED.message({ permissions });
  return { message, extensions: { code: "PERMISSION_DENIED", permissions } };
}

function errorOf(field: GuardedField, principal: Principal | undefined): GraphQLError {
  return new GraphQLError(denialOf(field, principal).message, {
    path: field.path,
    extensions: { ...denialOf(field, principal).extensions },
  });
}
