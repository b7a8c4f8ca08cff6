import { readFileSync } from "node:fs";
import type { KnownOperation } from "#shared/federation/describedGraph.ts";

const MANIFEST = new URL("../supergraph/registry/operations/explorer/1.json", import.meta.url);

/** The example operations of the explorer, which are trusted documents like any other client's. */
export function exampleOperations(): KnownOperation[] {
  const { operations } = JSON.parse(readFileSync(MANIFEST, "utf8")) as {
    operations: { name: string; body: string }[];
  };
  return operations.map(({ name, body }) => ({ client: "explorer", version: "1", name, text: body }));
}
