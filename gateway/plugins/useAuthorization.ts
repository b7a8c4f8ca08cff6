import { GraphQLError, type ExecutionArgs, type ExecutionResult } from "graphql";
import { isAsyncIterable } from "graphql-yoga";
import { isAuthenticated } from "#shared/subgraph/actor.ts";
import { counter } from "#shared/telemetry/metrics.ts";
import type { Authentication, Principal } from "../authentication/authentication.ts";
import { chosenOperation, type GatewayContext, type GatewayPlugin } from "../context.ts";
import { messages } from "../errors.ts";
import type { Denial } from "../executor/engine.ts";
import { NOBODY, SIGNED_IN, type GuardedField, type Need } from "../permissions.ts";

/**
 * Enforces @authorize. Of a query, what the caller may not read is answered null with an error, and no subgraph is asked for
 * it; a mutation or subscription with anything of that kind in it is refused whole. A subscription is checked again, with the
 * caller's credentials, at each event.
 */
export function useAuthorization(authentication: Authentication | undefined): GatewayPlugin {
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
          if (isAsyncIterable(result)) setResult(whileAllowed(result, args, context, authentication));
        },
      };
    },
  };
}

const denials = counter("gateway_denied_fields_total", "Fields that were not allowed to be read or done", [
  "code",
]);

// Whoever signed out, lost a role or let a token run out hears nothing more than that.
async function* whileAllowed(
  events: AsyncIterable<ExecutionResult>,
  args: ExecutionArgs,
  context: GatewayContext,
  authentication: Authentication | undefined,
): AsyncGenerator<ExecutionResult> {
  for await (const event of events) {
    const principal = await authentication?.authenticate(context.request.headers);
    const { principal: _before, ...rest } = context;
    const refused = authorize(args, principal ? { ...rest, principal } : rest);
    yield refused ? { data: null, errors: refused } : event;
    if (refused) return;
  }
}

function authorize(
  { document, operationName }: ExecutionArgs,
  context: GatewayContext,
): GraphQLError[] | null {
  const operation = chosenOperation(document, operationName);
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

function lacking(principal: Principal | undefined): (need: Need) => boolean {
  if (!principal || !isAuthenticated(principal.actor)) return () => true;
  return (need) => need !== SIGNED_IN && !principal.granted.has(need);
}

function denialOf({ needs }: GuardedField, principal: Principal | undefined): Denial {
  if (!principal || !isAuthenticated(principal.actor)) {
    return { message: messages.UNAUTHENTICATED.message(), extensions: { code: "UNAUTHENTICATED" } };
  }
  const lacks = lacking(principal);
  const permissions = needs.filter((need) => need !== NOBODY && lacks(need));
  const message = messages.PERMISSION_DENIED.message({ permissions });
  return { message, extensions: { code: "PERMISSION_DENIED", permissions } };
}

function errorOf(field: GuardedField, principal: Principal | undefined): GraphQLError {
  return new GraphQLError(denialOf(field, principal).message, {
    path: field.path,
    extensions: { ...denialOf(field, principal).extensions },
  });
}
