import { existsSync, readdirSync } from "node:fs";
import type { TenantEntity } from "#shared/database/entity.ts";

/** The folders in which entities are declared, by the owner whose tables they are. */
export function ownersOfEntities(): { owner: string; folder: URL }[] {
  const subgraphs = new URL("../subgraphs/", import.meta.url);
  const owners = readdirSync(subgraphs).map((owner) => ({
    owner,
    folder: new URL(`${owner}/entities/`, subgraphs),
  }));
  const all = [
    { owner: "process", folder: new URL("../shared/process/entities/", import.meta.url) },
    ...owners,
  ];
  return all.filter(({ folder }) => existsSync(folder));
}

/** Every entity that is declared in a folder. */
export async function entitiesIn(folder: URL): Promise<TenantEntity[]> {
  const files = readdirSync(folder).filter((file) => file.endsWith(".ts"));
  const modules = await Promise.all(
    files.map((file) => import(new URL(file, folder).href) as Promise<object>),
  );
  return modules.flatMap((module) => Object.values(module).filter(isEntity));
}

function isEntity(value: unknown): value is TenantEntity {
  return typeof value === "object" && value !== null && "definition" in value && "columns" in value;
}
