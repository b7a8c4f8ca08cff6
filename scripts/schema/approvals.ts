import { existsSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { basename, join, relative } from "node:path";
import { z } from "zod";
import type { SdlLocation } from "#shared/subgraph/sdl.ts";
import { CannotRun } from "./cannotRun.ts";
import type { Finding } from "./finding.ts";
import { readYaml } from "./yamlFile.ts";

/** Somebody's word that a change of a variant is meant, or that an operation of it may fail. */
export interface Approval {
  readonly variant: string;
  /** Of the change or the finding. */
  readonly id: string;
  /** The names of the operations that may notice; undefined when it does not matter which do. */
  readonly operations?: readonly string[] | undefined;
  readonly reason: string;
  readonly owner: string;
  /** The last day on which it counts. */
  readonly expires: Temporal.PlainDate;
  readonly file: string;
  readonly place: SdlLocation;
}

/** The approvals of one variant, by the id of the change or of the finding about an operation. */
export type Approvals = ReadonlyMap<string, Approval>;

/**
 * The approvals of a registry, by variant: `approvals/<variant>/<id>.yml`. Throws CannotRun with file and position for one that is not
 * well formed, and for a variant that there is not.
 */
export async function readApprovals(
  registry: string,
  { folder, variants }: { folder: string; variants: readonly string[] },
): Promise<ReadonlyMap<string, Approvals>> {
  const from = join(registry, "approvals");
  const entries = existsSync(from) ? await readdir(from, { withFileTypes: true }) : [];
  const stray = entries.find((entry) => !entry.isDirectory() || !variants.includes(entry.name));
  if (stray) {
    const place = { file: relative(folder, join(from, stray.name)), line: 1, column: 1 };
    throw new CannotRun(`An approval is approvals/<variant>/<id>.yml, of ${variants.join(" or ")}`, place);
  }
  const read = entries.map(async ({ name: variant }) => {
    const names = (await readdir(join(from, variant))).filter((name) => /\.ya?ml$/.test(name)).sort();
    const approvals = names.map(async (name): Promise<Approval> => {
      const file = join(from, variant, name);
      const { value, locationOf } = await readYaml(file, relative(folder, file), APPROVAL);
      return { ...value, variant, id: basename(name).replace(/\.ya?ml$/, ""), file, place: locationOf([]) };
    });
    return [variant, new Map((await Promise.all(approvals)).map((each) => [each.id, each]))] as const;
  });
  return new Map(await Promise.all(read));
}

/** Where an approval belongs, from the folder that places are told from. */
export function approvalFile(registry: string, folder: string, variant: string, id: string): string {
  return relative(folder, join(registry, "approvals", variant, `${id}.yml`));
}

/** Those of the approvals that are of what was found. */
export function approvalsAmong(approvals: Approvals, ids: ReadonlySet<string>): Approvals {
  return new Map([...approvals].filter(([id]) => ids.has(id)));
}

/** Throws CannotRun for the first approval of something that there is not: it was published, undone, or misspelt. */
export function requireApprovalsUsed(approvals: Approvals, ids: ReadonlySet<string>): void {
  for (const { id, variant, place } of approvals.values()) {
    if (ids.has(id)) continue;
    throw new CannotRun(`Nothing that changed in ${variant} has the id ${id}: remove this approval`, place);
  }
}

/**
 * A finding that would fail, as an approval leaves it: a note while the approval counts, an error about the approval when it has
 * expired or is for other operations, and otherwise what it was, with the file that would approve it.
 */
export function withApproval(found: Finding, { id, approvals, today, fileOf }: ApprovedBy): Finding {
  const approval = approvals.get(id);
  if (!approval) return { ...found, approve: `${fileOf(id)} with reason, owner and expires` };
  const { reason, owner, expires, place, operations } = approval;
  const failed = (message: string, fix: string): Finding => {
    return { ...found, severity: "error", message: `${found.message} ${message}`, at: place, fix };
  };
  if (Temporal.PlainDate.compare(today, expires) > 0)
    return failed(
      `Its approval by ${owner} expired on ${expires.toString()}`,
      "undo it, or have it approved anew",
    );
  const further = found.usedBy?.find(({ operation }) => operations && !operations.includes(operation));
  if (further)
    return failed(
      `Its approval by ${owner} is for other operations than ${further.operation} of ${further.client}`,
      "see that this operation may fail too, and add its name to the approval",
    );
  const message = `${found.message} Approved by ${owner} until ${expires.toString()}: ${reason}`;
  return { ...found, severity: "note", message, fix: undefined };
}

/** What decides whether something is approved. */
export interface ApprovedBy {
  readonly id: string;
  readonly approvals: Approvals;
  readonly today: Temporal.PlainDate;
  /** Where an approval of this id belongs. */
  readonly fileOf: (id: string) => string;
}

const text = z.string().trim().min(1, "says nothing");
const APPROVAL = z.strictObject({
  reason: text,
  owner: text,
  operations: z.array(text).min(1).optional(),
  expires: z
    .string()
    .regex(/^\d{4}-\d{2}-\d{2}$/, "is not a day such as 2026-12-31")
    .transform((day, context) => {
      try {
        return Temporal.PlainDate.from(day, { overflow: "reject" });
      } catch {
        context.addIssue({ code: "custom", message: `${day} is no day of the calendar` });
        return z.NEVER;
      }
    }),
});
