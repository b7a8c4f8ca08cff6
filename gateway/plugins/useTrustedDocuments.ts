import type { GraphQLParams } from "graphql-yoga";
import { z } from "zod";
import { rateLimited, type Log } from "#shared/log/log.ts";
import { counter } from "#shared/telemetry/metrics.ts";
import type { HttpPlugin } from "../context.ts";
import { exposed } from "../errors.ts";

/** What becomes of documents that are not in the manifest: they are run, run and logged, or refused. */
export interface TrustedDocumentsOptions {
  readonly mode: "off" | "log" | "enforce";
  readonly documents: TrustedDocuments;
  readonly log: Log;
}

/** Runs documents of the manifest by their id; of any other, says so (log) or refuses it (enforce). */
export function useTrustedDocuments({ mode, documents, log }: TrustedDocumentsOptions): HttpPlugin {
  const quiet = rateLimited(log, { perSeconds: 10 });
  const unknown = (params: GraphQLParams) => {
    untrusted.inc({ mode });
    if (mode === "enforce") throw exposed("DOCUMENT_NOT_TRUSTED", "the document is not in the manifest");
    quiet.warn({ operationName: params.operationName }, "A document was run that is not in the manifest");
  };
  return {
    onParams({ params, setParams }) {
      const id = idOf(params);
      const body = id === undefined ? undefined : documents.byId.get(id);
      if (body !== undefined) return setParams({ ...params, query: body });
      if (id !== undefined && !params.query) {
        if (documents.byId.size === 0) throw exposed("PERSISTED_QUERY_NOT_SUPPORTED", "there is no manifest");
        throw exposed("PERSISTED_QUERY_NOT_FOUND", "an id that no document has");
      }
      if (mode !== "off" && !documents.bodies.has(params.query ?? "")) unknown(params);
    },
  };
}

/** The documents of a manifest, by id, and their texts. */
export interface TrustedDocuments {
  readonly byId: ReadonlyMap<string, string>;
  readonly bodies: ReadonlySet<string>;
}

/** Reads a manifest in Apollo's persisted query manifest format; throws when it is not one. */
export function readTrustedDocuments(text: string): TrustedDocuments {
  const { operations } = Manifest.parse(JSON.parse(text));
  return {
    byId: new Map(operations.map(({ id, body }) => [id, body])),
    bodies: new Set(operations.map(({ body }) => body)),
  };
}

/** No documents at all. */
export const noDocuments: TrustedDocuments = { byId: new Map(), bodies: new Set() };

const Manifest = z.object({
  format: z.literal("apollo-persisted-query-manifest"),
  version: z.literal(1),
  operations: z.array(z.object({ id: z.string().min(1), body: z.string().min(1) })),
});

const untrusted = counter(
  "gateway_untrusted_documents_total",
  "Documents asked for that are not in the manifest",
  ["mode"],
);

function idOf({ extensions, ...params }: GraphQLParams & { documentId?: unknown }): string | undefined {
  if (typeof params.documentId === "string") return params.documentId;
  const hash = (extensions?.["persistedQuery"] as { sha256Hash?: unknown } | undefined)?.sha256Hash;
  return typeof hash === "string" ? hash : undefined;
}
