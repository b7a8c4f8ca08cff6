import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { basename, join } from "node:path";
import { GraphQLError, Kind, parse, validate, type GraphQLSchema } from "graphql";
import { z } from "zod";
import { shapeOf } from "#shared/federation/operationShape.ts";
import { shownPath } from "./shownPath.ts";
import { CannotRun } from "./cannotRun.ts";
import { readYaml, type YamlFile } from "./yamlFile.ts";

/** An operation that a client sends: one it was promised, or one that a gateway has seen. */
export interface RecordedOperation {
  readonly client: string;
  readonly version: string;
  readonly name: string;
  /** The SHA-256 of the text, in hex. */
  readonly hash: string;
  readonly text: string;
  /** Whether it is a trusted document, which was promised to go on working. */
  readonly trusted: boolean;
  /** How often gateways have seen it in the days that were asked for; 0 for one that is trusted only. */
  readonly count: number;
}

/** What `npm run schema:usage` writes: operations that gateways have seen, the text without anybody's values. */
export const USAGE_FILE = "usage.json";

/**
 * Every operation that clients of this registry send: trusted documents (`operations/<client>/<version>.json`, Apollo's manifest of
 * persisted queries) and what was recorded (`usage.json`); with the schema they were run on, a trusted document that was recorded is
 * one operation and not two. Throws CannotRun with file and position for a file that is neither.
 */
export async function readUsage(
  registry: string,
  schema: GraphQLSchema | null = null,
): Promise<RecordedOperation[]> {
  const trusted = await readTrusted(join(registry, "operations"));
  const recorded = await readRecorded(join(registry, USAGE_FILE));
  const keyOf = ({ client, version }: RecordedOperation, hash: string) => `${client}\n${version}\n${hash}`;
  const seen = new Map(recorded.map((operation) => [keyOf(operation, operation.hash), operation]));
  const promised = trusted.map((operation) => {
    const keys = recordedHashes(operation, schema).map((hash) => keyOf(operation, hash));
    const count = keys.reduce((sum, key) => sum + (seen.get(key)?.count ?? 0), 0);
    for (const key of keys) seen.delete(key);
    return { ...operation, count };
  });
  return [...promised, ...seen.values()];
}

// Gateways record shapes; a document that is not valid on this schema has none, and was not run on it either.
function recordedHashes({ hash, text }: RecordedOperation, schema: GraphQLSchema | null): string[] {
  const document = parse(text);
  if (!schema || validate(schema, document).length > 0) return [hash];
  const operations = document.definitions.filter((node) => node.kind === Kind.OPERATION_DEFINITION);
  return [hash, ...operations.map((operation) => shapeOf(schema, document, operation).hash)];
}

const MANIFEST = z.object({
  format: z.literal("apollo-persisted-query-manifest"),
  version: z.literal(1),
  operations: z.array(
    z.object({
      id: z.string().min(1),
      name: z.string().min(1),
      type: z.enum(["query", "mutation", "subscription"]),
      body: z.string().min(1),
    }),
  ),
});

/** The shape of the file of recorded operations. */
export const USAGE = z.strictObject({
  days: z.int().min(1),
  operations: z.array(
    z.strictObject({
      client: z.string(),
      version: z.string(),
      name: z.string(),
      hash: z.string(),
      text: z.string(),
      count: z.int().min(1),
      lastUsedOn: z.string(),
    }),
  ),
});

/** What the file of recorded operations holds. */
export type UsageFile = z.input<typeof USAGE>;

async function readTrusted(folder: string): Promise<RecordedOperation[]> {
  const clients = existsSync(folder) ? await readdir(folder, { withFileTypes: true }) : [];
  const files = clients
    .filter((entry) => entry.isDirectory())
    .map(async ({ name: client }) => {
      const names = await readdir(join(folder, client));
      return names
        .filter((name) => name.endsWith(".json"))
        .map((name) => ({ client, file: join(folder, client, name) }));
    });
  const manifests = (await Promise.all(files)).flat().map(async ({ client, file }) => {
    const manifest = await readYaml(file, shownPath(file), MANIFEST);
    return manifest.value.operations.map(({ name, body }, index): RecordedOperation => {
      requireDocument(body, manifest, ["operations", index, "body"]);
      const hash = createHash("sha256").update(body).digest("hex");
      return { client, version: basename(file, ".json"), name, hash, text: body, trusted: true, count: 0 };
    });
  });
  return (await Promise.all(manifests)).flat();
}

async function readRecorded(file: string): Promise<RecordedOperation[]> {
  if (!existsSync(file)) return [];
  const usage = await readYaml(file, shownPath(file), USAGE);
  return usage.value.operations.map(({ client, version, name, hash, text, count }, index) => {
    requireDocument(text, usage, ["operations", index, "text"]);
    return { client, version, name, hash, text, trusted: false, count };
  });
}

function requireDocument(text: string, file: YamlFile<unknown>, path: readonly PropertyKey[]): void {
  try {
    parse(text, { noLocation: true });
  } catch (error) {
    if (error instanceof GraphQLError) throw new CannotRun(error.message, file.locationOf(path));
    throw error;
  }
}
