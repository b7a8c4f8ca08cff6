import { randomUUID } from "node:crypto";
import { isData } from "#shared/graphql/data.ts";
import { SubgraphFailure, type SubgraphRequest, type Uploads } from "../contract.ts";

/** A request with files as it goes out, by the GraphQL multipart request specification. */
export interface MultipartRequest {
  readonly headers: readonly string[];
  readonly body: AsyncIterable<Uint8Array | string>;
}

/**
 * The request as one with files, streamed on as they come; null when none of its variables is a file. It cannot be sent twice. Throws
 * SubgraphFailure for a file that another request has been given.
 */
export function multipartRequest(
  { bodyText, variables }: SubgraphRequest,
  uploads: Uploads,
): MultipartRequest | null {
  const paths = new Map<string, string[]>();
  findFiles(variables, "variables", uploads, paths);
  if (!paths.size) return null;
  const files = [...paths.keys()].map((value, index) => {
    const file = uploads.take(value);
    if (!file) throw new SubgraphFailure("cancelled", "would be sent a file that is sent elsewhere");
    return { name: String(index), value, file };
  });
  // In the text, so that whatever else is in it stays as it is.
  const operations = files.reduce(
    (text, { value }) => text.replaceAll(JSON.stringify(value), "null"),
    bodyText,
  );
  const map = Object.fromEntries(files.map(({ name, value }) => [name, paths.get(value)]));
  const boundary = `--------${randomUUID()}`;
  const headers = [
    "content-type",
    `multipart/form-data; boundary=${boundary}`,
    // Servers that keep foreign pages from posting forms ask for it.
    "apollo-require-preflight",
    "true",
  ];
  return { headers, body: written(boundary, { operations, map: JSON.stringify(map) }, files) };
}

function findFiles(value: unknown, path: string, uploads: Uploads, paths: Map<string, string[]>): void {
  if (typeof value === "string") {
    if (uploads.isFile(value)) paths.set(value, [...(paths.get(value) ?? []), path]);
  } else if (Array.isArray(value) || isData(value)) {
    for (const [key, inner] of Object.entries(value)) findFiles(inner, `${path}.${key}`, uploads, paths);
  }
}

async function* written(
  boundary: string,
  fields: Readonly<Record<string, string>>,
  files: readonly { readonly name: string; readonly file: ReturnType<Uploads["take"]> & object }[],
): AsyncGenerator<Uint8Array | string> {
  for (const [name, text] of Object.entries(fields))
    yield `--${boundary}\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${text}\r\n`;
  for (const { name, file } of files) {
    const { filename, contentType, chunks } = await file;
    yield `--${boundary}\r\ncontent-disposition: form-data; name="${name}"; filename="${escaped(filename)}"\r\n`;
    yield `content-type: ${contentType.replaceAll(/[^\x20-\x7e]/g, "")}\r\n\r\n`;
    yield* chunks;
    yield "\r\n";
  }
  yield `--${boundary}--\r\n`;
}

// As browsers do it (HTML, "multipart/form-data encoding algorithm").
function escaped(filename: string): string {
  return filename.replaceAll("\r", "%0D").replaceAll("\n", "%0A").replaceAll('"', "%22");
}
