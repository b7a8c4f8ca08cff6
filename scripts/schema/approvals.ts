import { existsSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { basename, join, relative } from "node:path";
import { z } from "zod";
import type { SdlLocation } from "#shared/subgraph/sdl.ts";
import { CannotRun } from "./cannotRun.ts";
import { readYaml } from "./yamlFile.ts";

/** Somebody's word that a breaking change is meant. */
export interface Approval {
  readonly changeId: string;
  readonly reason: string;
  readonly owner: string;
  /** The last day on which it counts. */
  readonly expires: Temporal.PlainDate;
  readonly file: string;
  readonly place: SdlLocation;
}

/** The approvals of a registry, by the id of the change. Throws CannotRun with file and position for one that is not well formed. */
export async function readApprovals(
  registry: string,
  folder: string,
): Promise<ReadonlyMap<string, Approval>> {
  const from = join(registry, "approvals");
  const names = existsSync(from) ? await readdir(from) : [];
  const files = names.filter((name) => /\.ya?ml$/.test(name)).sort();
  const approvals = files.map(async (name): Promise<Approval> => {
    const file = join(from, name);
    const { value, locationOf } = await readYaml(file, relative(folder, file), APPROVAL);
    return { ...value, changeId: basename(name).replace(/\.ya?ml$/, ""), file, place: locationOf([]) };
  });
  return new Map((await Promise.all(approvals)).map((approval) => [approval.changeId, approval]));
}

/** Throws CannotRun for the first approval of a change that there is not: it was published, undone, or misspelt. */
export function requireApprovalsUsed(
  approvals: ReadonlyMap<string, Approval>,
  changeIds: ReadonlySet<string>,
): void {
  for (const { changeId, place } of approvals.values()) {
    if (changeIds.has(changeId)) continue;
    throw new CannotRun(`Nothing that changed has the id ${changeId}: remove this approval`, place);
  }
}

const text = z.string().trim().min(1, "says nothing");
const APPROVAL = z.strictObject({
  reason: text,
  owner: text,
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
