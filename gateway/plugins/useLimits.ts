import { GraphQLError, parse, type DocumentNode, type ParseOptions, type Source } from "graphql";
import { parseLossless } from "#shared/graphql/losslessJson.ts";
import { readBody } from "#shared/http/server.ts";
import type { HttpPlugin } from "../context.ts";
import { measure, type Measures } from "../documentSize.ts";
import { exposed } from "../errors.ts";

/** The most of each that a request may have. */
export interface Limits extends Measures {
  readonly bodyBytes: number;
  readonly documentBytes: number;
  readonly tokens: number;
  readonly operations: number;
  /** How deep lists and objects may lie in one another in the value of a variable. */
  readonly variableDepth: number;
}

/**
 * Refuses what is too large while it is still cheap to say so: a body before it is all received, a document before it is all
 * parsed, and its fields, aliases and directives before it is validated and planned; variables before anything walks them.
 */
export function useLimits(limits: Limits): HttpPlugin {
  const small = new WeakSet<DocumentNode>();
  return {
    onRequestParse({ request, setRequestParser }) {
      if (request.method === "POST") setRequestParser((received) => readJson(received, limits.bodyBytes));
      return {
        onRequestParseDone({ requestParserResult: batch }) {
          if (request.method === "GET") readVariables(request.url, batch);
          if (Array.isArray(batch)) check("operations", Math.max(batch.length, 1), limits.operations);
        },
      };
    },
    onParams({ params: { query, variables } }) {
      // Before anything looks for a document, or remembers it, by its text.
      if (typeof query === "string" && isLonger(query, limits.documentBytes))
        throw exceeded("documentBytes", limits.documentBytes);
      // What nests deeper than the stack is high can be parsed, and nothing else.
      if (Object.values(variables ?? {}).some((value) => isDeeperThan(limits.variableDepth, value)))
        throw exceeded("variableDepth", limits.variableDepth);
    },
    onParse({ setParseFn }) {
      setParseFn((source: string | Source, options?: ParseOptions) =>
        parseAtMost(source, options, limits.tokens),
      );
      return ({ result, replaceParseResult }) => {
        if (!result || result instanceof Error || small.has(result as DocumentNode)) return;
        const refused = tooLarge(result as DocumentNode, limits);
        if (refused) replaceParseResult(refused);
        else small.add(result as DocumentNode);
      };
    },
  };
}

/** Whether a text is a document, and none of it more than it may be. */
export function isWithinLimits(text: string, limits: Limits): boolean {
  try {
    return !tooLarge(parseAtMost(text, undefined, limits.tokens), limits);
  } catch {
    return false;
  }
}

async function readJson(request: Request, maximumBytes: number): Promise<object> {
  const bytes = await readBody(request, maximumBytes);
  let body: unknown;
  try {
    body = parseLossless(utf8.decode(bytes));
  } catch (error) {
    throw exposed("BODY_MALFORMED", `a body that is not JSON: ${String(error)}`, {
      reason: "it cannot be read",
    });
  }
  if (typeof body === "object" && body !== null) return body;
  throw exposed("BODY_MALFORMED", "a body that is not an object", { reason: "it is not an object" });
}

// They have been read once, and are JSON; numbers may have been rounded.
function readVariables(url: string, params: object): void {
  const variables = URL.parse(url)?.searchParams.get("variables");
  if (variables) Object.assign(params, { variables: parseLossless(variables) });
}

const utf8 = new TextDecoder("utf-8", { fatal: true });

// A character is one to three bytes of UTF-8: most texts need not be measured.
function isLonger(text: string, maximumBytes: number): boolean {
  if (text.length * 3 <= maximumBytes) return false;
  return text.length > maximumBytes || Buffer.byteLength(text) > maximumBytes;
}

function parseAtMost(
  source: string | Source,
  options: ParseOptions | undefined,
  maxTokens: number,
): DocumentNode {
  try {
    return parse(source, { ...options, maxTokens });
  } catch (error) {
    if (!(error instanceof GraphQLError) || !/tokens\. Parsing aborted/.test(error.message)) throw error;
    throw exceeded("tokens", maxTokens);
  }
}

function tooLarge(document: DocumentNode, limits: Limits): Error | null {
  const measures = measure(document);
  for (const [limit, value] of Object.entries(measures)) {
    const maximum = limits[limit as keyof Measures];
    if (value > maximum) return exceeded(limit, maximum);
  }
  return null;
}

function isDeeperThan(depth: number, value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  return depth === 0 || Object.values(value).some((inner) => isDeeperThan(depth - 1, inner));
}

function check(limit: string, value: number, maximum: number): void {
  if (value > maximum) throw exceeded(limit, maximum);
}

function exceeded(limit: string, maximum: number): Error {
  return exposed("LIMIT_EXCEEDED", `more than ${maximum} ${limit}`, { limit, maximum });
}
