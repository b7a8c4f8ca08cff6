import { parse } from "graphql";
import {
  changesBetween,
  comparedGraph,
  type Change,
  type ComparedGraph,
} from "../../scripts/schema/changes.ts";
import type { Finding } from "../../scripts/schema/finding.ts";
import type { RecordedOperation } from "../../scripts/schema/readUsage.ts";
import { judge, usesOf } from "../../scripts/schema/sections/changes.ts";

/** What a check of changes says of one pair of graphs, to clients that are known to send these operations. */
export async function verdictOf(
  was: ComparedGraph,
  is: ComparedGraph,
  operations: readonly string[],
): Promise<{ readonly changes: readonly Change[]; readonly findings: readonly Finding[] }> {
  const changes = await changesBetween(was, is);
  const uses = usesOf(was.apiSchema, operations.map(recorded));
  const approvals = { approvals: new Map(), today: TODAY, fileOf: (id: string) => `${id}.yml` };
  const findings = changes.map((change) =>
    judge(change, { uses, knowsClients: true, approvals, placeOf: () => undefined }),
  );
  return { changes, findings };
}

/** Whether nothing fails and nothing warns, nothing fails, or something does. */
export function gravest(findings: readonly Finding[]): "safe" | "dangerous" | "breaking" {
  if (findings.some(({ severity }) => severity === "error")) return "breaking";
  return findings.some(({ severity }) => severity === "warning") ? "dangerous" : "safe";
}

/** The graph of an SDL in which directives say who may read: its schema as clients see it is without them. */
export function graphOf(sdl: string): ComparedGraph {
  return comparedGraph(withoutDirectives(sdl), supergraphOf(sdl));
}

/** A supergraph that says the same, and who may read. */
export function supergraphOf(sdl: string): string {
  return `${DIRECTIVES}${sdl}`;
}

const TODAY = Temporal.PlainDate.from("2026-11-21");

function recorded(text: string): RecordedOperation {
  parse(text);
  const operation = { client: "web", version: "1", name: "Op", hash: text, text };
  return { ...operation, trusted: false, count: 1, lastUsedOn: TODAY };
}

// A supergraph says with directives what an API does not show.
const DIRECTIVES = `schema
  @link(url: "https://specs.apollo.dev/link/v1.0")
  @link(url: "https://specs.apollo.dev/authenticated/v0.1")
  @link(url: "https://specs.apollo.dev/requiresScopes/v0.1")
  @link(url: "https://specs.apollo.dev/policy/v0.1")
  @link(url: "https://tocsin.dev/authorization/v1.0", import: ["@authorize", "@orSelf"])
{ query: Query }
enum Permission { Read }
directive @authorize(permissions: [Permission!]!) repeatable on FIELD_DEFINITION | OBJECT
directive @orSelf on FIELD_DEFINITION
directive @authenticated on FIELD_DEFINITION
directive @requiresScopes(scopes: [[String!]!]!) on FIELD_DEFINITION
directive @policy(policies: [[String!]!]!) on FIELD_DEFINITION
`;

function withoutDirectives(sdl: string): string {
  return sdl.replaceAll(/ @(authorize|orSelf|authenticated|requiresScopes|policy)(\([^)]*\))?/g, "");
}
