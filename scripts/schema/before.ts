import { buildSchema } from "graphql";
import { readApprovals, type Approvals } from "./approvals.ts";
import { CannotRun } from "./cannotRun.ts";
import type { Project } from "./project.ts";
import { readPublished, type Published } from "./published.ts";
import { readUsage, type KnownUsage } from "./readUsage.ts";

/** What there was before a change: what is published, of the contracts too, who uses it, and what was approved. */
export interface Before {
  readonly published: Published | null;
  readonly ofContracts: ReadonlyMap<string, Published | null>;
  readonly usage: KnownUsage;
  /** By variant. */
  readonly approvals: ReadonlyMap<string, Approvals>;
}

/** Reads the registry of a project. Throws CannotRun when nothing is published in it, unless a version is to be. */
export async function readBefore(
  { registry, versions, variant, contracts, folder }: Project,
  { isPublishing = false }: { isPublishing?: boolean },
): Promise<Before> {
  if (!registry || !versions)
    return { published: null, ofContracts: new Map(), usage: NOTHING_KNOWN, approvals: new Map() };
  const published = await readPublished(versions, variant);
  if (!published && !isPublishing) {
    const where = versions.placeOf(variant);
    throw new CannotRun(`${where} has no published version: npm run schema:publish makes the first`);
  }
  const variants = [variant, ...contracts.map((contract) => contract.variant)];
  const ofContracts = contracts.map(async (contract) => {
    return [contract.variant, await readPublished(versions, contract.variant)] as const;
  });
  return {
    published,
    ofContracts: new Map(await Promise.all(ofContracts)),
    usage: await readUsage(registry, published && buildSchema(published.apiSdl)),
    approvals: await readApprovals(registry, { folder, variants }),
  };
}

const NOTHING_KNOWN: KnownUsage = { operations: [], recordedDays: 0 };
