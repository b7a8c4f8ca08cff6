import { parse, type GraphQLSchema } from "graphql";
import type { SdlLocation } from "#shared/subgraph/sdl.ts";
import { coordinatesOf } from "#shared/federation/coordinates.ts";
import { withApproval, type ApprovedBy } from "../approvals.ts";
import type { Change } from "../changes.ts";
import type { Finding, Usage } from "../finding.ts";
import type { RecordedOperation } from "../readUsage.ts";

/** An operation somebody sends, and every coordinate it uses. */
export interface Use {
  readonly by: Usage;
  readonly coordinates: ReadonlySet<string>;
}

/** What the operations of clients use of a schema. */
export function usesOf(schema: GraphQLSchema, operations: readonly RecordedOperation[]): Use[] {
  return operations.map(({ client, version, name, text }) => ({
    by: { client: [client, version].filter(Boolean).join(" "), operation: name },
    coordinates: coordinatesOf(schema, parse(text, { noLocation: true })),
  }));
}

/** What a change is judged by. */
export interface Judging {
  readonly uses: readonly Use[];
  /** Whether enough is known of clients that using nothing means something. */
  readonly knowsClients: boolean;
  readonly approvals: Omit<ApprovedBy, "id">;
  /** Where a coordinate is defined; of one that is gone, where it was taken out. */
  readonly placeOf: (coordinate: string) => SdlLocation | undefined;
}

/**
 * Breaking and used is an error unless somebody approved it, and so is what asks less of who reads, whoever uses it; breaking and
 * unused is safe; dangerous warns.
 */
export function judge(change: Change, { uses, knowsClients, approvals, placeOf }: Judging): Finding {
  const { coordinate, level } = change;
  const usedBy = uses
    .filter(({ coordinates }) => change.noticedBy.some((each) => coordinates.has(each)))
    .map(({ by }) => by);
  const found = {
    code: change.type,
    coordinate,
    message: [change.message, level !== "safe" && change.reason].filter(Boolean).join(". "),
    at: placeOf(coordinate),
    ...(usedBy.length > 0 && { usedBy }),
  };
  if (level === "safe") return { severity: "note", ...found };
  const isUnused = level === "breaking" && usedBy.length === 0 && knowsClients;
  if (isUnused && !change.needsApproval) {
    const message = `${found.message} Breaking, but safe: no known operation uses it.`;
    return { severity: "note", ...found, message };
  }
  const severity = level === "breaking" || change.needsApproval ? "error" : "warning";
  return withApproval({ severity, ...found, fix: fixOf(change) }, { ...approvals, id: change.id });
}

function fixOf({ type }: Change): string {
  if (type === "AUTHORIZATION_LOOSENED")
    return "see that nobody reads what is not meant for them, then approve; or leave the guard as it was";
  if (type === "AUTHORIZATION_TIGHTENED")
    return "see that those who use it have the permission, then approve; or guard a new field instead";
  if (type.endsWith("_REMOVED"))
    return "keep it with @deprecated, a reason and a day, until no known operation uses it";
  if (type.endsWith("_ADDED")) return "make it optional, or give it a default";
  if (type.endsWith("_TYPE_CHANGED"))
    return "add a field or argument of the new type beside it and deprecate this one";
  return "add the new beside the old and deprecate the old";
}
