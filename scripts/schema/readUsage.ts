import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { basename, join } from "node:path";
import { GraphQLError, Kind, parse, validate, visit, type DocumentNode, type GraphQLSchema } from "graphql";
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
  /** The last day on which gateways have seen it; null for one that is trusted only. */
  readonly lastUsedOn: Temporal.PlainDate | null;
}

/** What is known of the clients of a graph. */
export interface KnownUsage {
  readonly operations: readonly RecordedOperation[];
  /** How many days gateways have recorded operations; 0 when there are no records. */
  readonly recordedDays: number;
}

/** What `npm run schema:usage` writes: operations that gateways have seen, the text without anybody's values. */
export const USAGE_FILE = "usage.json";

/**
 * Every operation that clients of this registry send: trusted documents (`operations/<client>/<version>.json`, Apollo's manifest of
 * persisted queries) and what was recorded (`usage.json`); with the schema they were run on, a trusted document that was recorded is
 * one operation and not two. Throws CannotRun with file and position for a file that is neither.
 */
export async function readUsage(registry: string, schema: GraphQLSchema | null = null): Promise<KnownUsage> {
  const trusted = await readTrusted(join(registry, "operations"));
  const { operations: recorded, recordedDays } = await readRecorded(join(registry, USAGE_FILE));
  const seen = Map.groupBy(recorded.map(withKeys(schema)), ({ key }) => key);
  const promised = trusted.map((operation) => {
    const keys = keysOf(operation, schema);
    const found = keys.flatMap((key) => seen.get(key) ?? []).map((each) => each.operation);
    for (const key of keys) seen.delete(key);
    const count = found.reduce((sum, each) => sum + each.count, 0);
    const days = found.flatMap(({ lastUsedOn }) => lastUsedOn ?? []);
    return { ...operation, count, lastUsedOn: days.sort(Temporal.PlainDate.compare).at(-1) ?? null };
  });
  const others = [...seen.values()].flat().map((each) => each.operation);
  return { operations: [...promised, ...others], recordedDays };
}

function withKeys(schema: GraphQLSchema | null) {
  return (operation: RecordedOperation) => ({ operation, key: keysOf(operation, schema).at(-1)! });
}

// Gateways record shapes, with the sizes that were asked for, which are no part of what is compared here. A document that is not valid
// on this schema has none, and was not run on it either.
function keysOf(recorded: RecordedOperation, schema: GraphQLSchema | null): string[] {
  const { client, version, hash, text } = recorded;
  const keyOf = (each: string) => `${client}\n${version}\n${each}`;
  const document = parse(text);
  if (!schema || validate(schema, document).length > 0) return [keyOf(hash)];
  const operations = document.definitions.filter((node) => node.kind === Kind.OPERATION_DEFINITION);
  const shapes = operations.map((operation) => shapeOf(schema, withoutDefaults(document), operation).text);
  return [keyOf(hash), ...shapes.map(keyOf)];
}

function withoutDefaults(document: DocumentNode): DocumentNode {
  return visit(document, {
    VariableDefinition: ({ defaultValue: _none, ...definition }) => definition,
  });
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

const DAY = z.iso.date();

/** The shape of the file of recorded operations. */
export const USAGE = z.strictObject({
  days: z.int().min(1),
  /** The first day of these on which anything was recorded. */
  since: DAY.optional(),
  operations: z.array(
    z.strictObject({
      client: z.string(),
      version: z.string(),
      name: z.string(),
      hash: z.string(),
      text: z.string(),
      count: z.int().min(1),
      lastUsedOn: DAY,
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
      return {
        client,
        version: basename(file, ".json"),
        name,
        hash,
        text: body,
        trusted: true,
        count: 0,
        lastUsedOn: null,
      };
    });
  });
  return (await Promise.all(manifests)).flat();
}

async function readRecorded(file: string): Promise<KnownUsage> {
  if (!existsSync(file)) return { operations: [], recordedDays: 0 };
  const usage = await readYaml(file, shownPath(file), USAGE);
  const { days, since } = usage.value;
  const operations = usage.value.operations.map(({ lastUsedOn, ...operation }, index): RecordedOperation => {
    requireDocument(operation.text, usage, ["operations", index, "text"]);
    return { ...operation, trusted: false, lastUsedOn: Temporal.PlainDate.from(lastUsedOn) };
  });
  const last = operations
    .flatMap((each) => each.lastUsedOn ?? [])
    .sort(Temporal.PlainDate.compare)
    .at(-1);
  const recorded = since && last ? Temporal.PlainDate.from(since).until(last).days + 1 : days;
  return { operations, recordedDays: operations.length > 0 ? Math.min(recorded, days) : 0 };
}

function requireDocument(text: string, file: YamlFile<unknown>, path: readonly PropertyKey[]): void {
  try {
    parse(text, { noLocation: true });
  } catch (error) {
    if (error instanceof GraphQLError) throw new CannotRun(error.message, file.locationOf(path));
    throw error;
  }
}
