import { parse, type GraphQLSchema } from "graphql";
import type { SdlLocation } from "#shared/subgraph/sdl.ts";
import { coordinatesOf } from "#shared/federation/coordinates.ts";
import { nearestLocation } from "#shared/federation/locations.ts";
import type { Approval } from "../approvals.ts";
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
  readonly approvals: ReadonlyMap<string, Approval>;
  readonly today: Temporal.PlainDate;
  /** Where coordinates are defined now, and where they were when they were published. */
  readonly places: {
    readonly now: ReadonlyMap<string, SdlLocation>;
    readonly before: ReadonlyMap<string, SdlLocation>;
  };
  /** Where an approval of this id belongs. */
  readonly approvalFile: (changeId: string) => string;
}

/** Breaking and used is an error unless somebody approved it; breaking and unused is safe; dangerous warns. */
export function judge(change: Change, judging: Judging): Finding {
  const { uses, approvals, places } = judging;
  const { coordinate } = change;
  const usedBy = uses
    .filter(({ coordinates }) => change.noticedBy.some((each) => coordinates.has(each)))
    .map(({ by }) => by);
  const found = {
    code: change.type,
    coordinate,
    message: [change.message, change.level !== "safe" && change.reason].filter(Boolean).join(". "),
    at: places.now.get(coordinate) ?? nearestLocation(places.before, coordinate),
    ...(usedBy.length > 0 && { usedBy }),
  };
  if (change.level === "safe") return { severity: "note", ...found };
  if (change.level === "dangerous") return { severity: "warning", ...found };
  const approval = approvals.get(change.id);
  if (approval) return approved(found, approval, judging.today);
  // Without a single known operation, nobody using something only means that nobody has looked.
  if (usedBy.length === 0 && uses.length > 0)
    return {
      severity: "note",
      ...found,
      message: `${found.message} Breaking, but safe: no known operation uses it.`,
    };
  return {
    severity: "error",
    ...found,
    fix: fixOf(change),
    approve: `${judging.approvalFile(change.id)} with reason, owner and expires`,
  };
}

function approved(
  found: Omit<Finding, "severity">,
  { reason, owner, expires, place }: Approval,
  today: Temporal.PlainDate,
): Finding {
  const said = `${found.message} Approved by ${owner} until ${expires.toString()}: ${reason}`;
  if (Temporal.PlainDate.compare(today, expires) <= 0) return { severity: "note", ...found, message: said };
  const message = `${found.message} Its approval by ${owner} expired on ${expires.toString()}`;
  return {
    severity: "error",
    ...found,
    message,
    at: place,
    fix: "undo the change, or have it approved anew",
  };
}

function fixOf({ type }: Change): string {
  if (type === "AUTHORIZATION_TIGHTENED")
    return "see that those who use it have the permission, then approve; or guard a new field instead";
  if (type.endsWith("_REMOVED"))
    return "keep it with @deprecated, a reason and a day, until no known operation uses it";
  if (type.endsWith("_ADDED")) return "make it optional, or give it a default";
  if (type.endsWith("_TYPE_CHANGED"))
    return "add a field or argument of the new type beside it and deprecate this one";
  return "add the new beside the old and deprecate the old";
}
