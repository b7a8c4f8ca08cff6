import {
  getNamedType,
  getOperationAST,
  isCompositeType,
  isInterfaceType,
  isObjectType,
  isUnionType,
  parse,
  type GraphQLCompositeType,
  type GraphQLSchema,
} from "graphql";
import { requirementsOfSupergraph } from "#shared/federation/authorization.ts";
import { possibleObjectTypes } from "#shared/graphql/typeConditions.ts";
import type { SubgraphSdl } from "#shared/federation/authorizationRules.ts";
import { authorizationOf } from "#shared/federation/compose.ts";
import { openPermissions, hasAuthorization, type Permissions } from "../../../gateway/permissions.ts";
import type { Finding } from "../finding.ts";

/** The graph whose authorization is checked; without a supergraph the rules about the subgraphs' own SDL are all that is. */
export interface Guarded {
  readonly subgraphs: readonly SubgraphSdl[];
  readonly supergraphSdl?: string | undefined;
  readonly apiSchema?: GraphQLSchema | undefined;
}

/** Whether these subgraphs say anything about who may read: those of somebody else may not. */
export function isGuarded(subgraphs: readonly SubgraphSdl[]): boolean {
  return subgraphs.some(({ document }) => hasAuthorization(document));
}

/** Rules A1 to A5 in the SDL, and A6 by asking what the gateway itself would demand for every spelling of every guarded field. */
export function checkAuthorization({ subgraphs, supergraphSdl, apiSchema }: Guarded): Finding[] {
  const inSdl = authorizationOf(subgraphs, supergraphSdl).map(({ code, message, place }): Finding => {
    return { severity: "error", code, message, at: place };
  });
  return inSdl.length > 0 || !supergraphSdl || !apiSchema ? inSdl : spellings(supergraphSdl, apiSchema);
}

function spellings(supergraphSdl: string, apiSchema: GraphQLSchema): Finding[] {
  const supergraph = parse(supergraphSdl, { noLocation: true });
  const permissions = openPermissions(supergraph, apiSchema);
  const ways = waysTo(apiSchema);
  return [...requirementsOfSupergraph(supergraph)].flatMap(([coordinate, needed]) => {
    const [type = "", field = ""] = coordinate.split(".");
    const way = ways.get(type);
    if (!way || !hasField(apiSchema, type, field)) return [];
    const tooLittle = Object.entries(SPELLINGS).filter(([, spell]) => {
      const needs = needsOf(permissions, spell([...way.steps, { on: type, field }]), way.kind);
      return !needed.every((permission) => needs.has(permission));
    });
    return tooLittle.map(([spelling]): Finding => {
      const message = `${coordinate} can be read without ${needed.join(", ")} when it is written ${spelling}`;
      return { severity: "error", code: "A6", coordinate, message };
    });
  });
}

/** A field that is selected on a type on the way from the root. */
interface Step {
  readonly on: string;
  readonly field: string;
}
interface Way {
  readonly kind: "query" | "mutation" | "subscription";
  readonly steps: readonly Step[];
}

// The shortest way to each type: breadth first, so that a way is known when it is needed.
function waysTo(schema: GraphQLSchema): ReadonlyMap<string, Way> {
  const ways = new Map<string, Way>();
  const roots = [
    ["query", schema.getQueryType()],
    ["mutation", schema.getMutationType()],
    ["subscription", schema.getSubscriptionType()],
  ] as const;
  const queue: GraphQLCompositeType[] = [];
  const arrive = (type: GraphQLCompositeType, way: Way) => {
    if (ways.has(type.name)) return;
    ways.set(type.name, way);
    queue.push(type);
    for (const possible of possibleObjectTypes(schema, type)) arrive(possible, way);
  };
  for (const [kind, type] of roots) if (type) arrive(type, { kind, steps: [] });
  for (const type of queue) {
    if (isUnionType(type)) continue;
    const { kind, steps } = ways.get(type.name)!;
    for (const field of Object.values(type.getFields())) {
      const returned = getNamedType(field.type);
      if (isCompositeType(returned)) {
        arrive(returned, { kind, steps: [...steps, { on: type.name, field: field.name }] });
      }
    }
  }
  return ways;
}

type Spell = (steps: readonly Step[]) => string;

const SPELLINGS: Readonly<Record<string, Spell>> = {
  plainly: (steps) => nested(steps, ({ field }) => field),
  "under an alias": (steps) => nested(steps, ({ field }) => `other: ${field}`),
  "with @skip and @include": (steps) =>
    nested(steps, ({ field }) => `${field} @skip(if: true) @include(if: false)`),
  "in a fragment": (steps) =>
    `...Spread } fragment Spread on ${steps[0]?.on} { ${nested(steps, ({ field }) => field)}`,
};

// On the way through an interface or a union, the type is named in an inline fragment.
function nested(steps: readonly Step[], write: (step: Step) => string): string {
  return steps.reduceRight((inner, step) => {
    return `... on ${step.on} { ${write(step)}${inner ? ` { ${inner} }` : ""} }`;
  }, "");
}

function needsOf(permissions: Permissions, selection: string, kind: Way["kind"]): ReadonlySet<string> {
  const document = parse(`${kind} { ${selection} }`, { noLocation: true });
  const operation = getOperationAST(document);
  return new Set(operation ? permissions.needsOf(document, operation).needs : []);
}

function hasField(schema: GraphQLSchema, typeName: string, field: string): boolean {
  const type = schema.getType(typeName);
  return (isObjectType(type) || isInterfaceType(type)) && field in type.getFields();
}
