import { readFile } from "node:fs/promises";
import { LineCounter, parseDocument, type Document } from "yaml";
import type { z } from "zod";
import type { SdlLocation } from "#shared/subgraph/sdl.ts";
import { CannotRun } from "./cannotRun.ts";

/** A file that somebody wrote by hand, and where each of its parts stands. */
export interface YamlFile<Value> {
  readonly value: Value;
  locationOf(path: readonly PropertyKey[]): SdlLocation;
}

/** Reads a YAML or JSON file of this shape; `name` is what messages call it. Throws CannotRun with line and column. */
export async function readYaml<Shape extends z.ZodType>(
  file: string,
  name: string,
  shape: Shape,
): Promise<YamlFile<z.output<Shape>>> {
  const text = await readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
    throw new CannotRun(error.code === "ENOENT" ? `There is no file ${name}` : `${name}: ${error.message}`);
  });
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const at = (offset: number): SdlLocation => {
    const { line, col } = lines.linePos(offset);
    return { file: name, line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  const [error] = document.errors;
  if (error) throw new CannotRun(error.message, at(error.pos[0]));
  const locationOf = (path: readonly PropertyKey[]) => at(offsetOf(document, path));
  const parsed = shape.safeParse(document.toJS() ?? {});
  if (parsed.success) return { value: parsed.data, locationOf };
  const [issue] = parsed.error.issues.map((each) => mostTelling(each));
  const where = issue?.path.join(".");
  throw new CannotRun([where, issue?.message].filter(Boolean).join(": "), locationOf(issue?.path ?? []));
}

/** What is wrong with a part of a file. */
type Issue = Pick<z.core.$ZodIssue, "path" | "message">;

// Of all that a value could have been, what went wrong deepest inside it is what its author meant it to be.
function mostTelling(issue: z.core.$ZodIssue): Issue {
  const inner = (issues: readonly z.core.$ZodIssue[]) =>
    issues.map((each) => {
      const { path, message } = mostTelling(each);
      return { path: [...issue.path, ...path], message };
    });
  if (issue.code === "invalid_key") return { path: issue.path, message: inner(issue.issues)[0]!.message };
  if (issue.code !== "invalid_union") return issue;
  const found = inner(issue.errors.flat());
  const depth = Math.max(...found.map(({ path }) => path.length));
  const deepest = found.filter(({ path }) => path.length === depth);
  if (depth > issue.path.length) return deepest[0]!;
  return { path: issue.path, message: deepest.map(({ message }) => message).join(", or ") || issue.message };
}

// What is missing stands nowhere, so its place is that of what it is missing in.
function offsetOf(document: Document, path: readonly PropertyKey[]): number {
  for (let length = path.length; length >= 0; length -= 1) {
    const node = length === 0 ? document.contents : document.getIn(path.slice(0, length), true);
    const { range } = (node ?? {}) as { range?: [number, number, number] };
    if (range) return range[0];
  }
  return 0;
}
