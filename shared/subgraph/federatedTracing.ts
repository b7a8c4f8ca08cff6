import {
  defaultFieldResolver,
  isObjectType,
  responsePathAsArray,
  type ExecutionResult,
  type GraphQLError,
  type GraphQLField,
  type GraphQLResolveInfo,
  type GraphQLSchema,
} from "graphql";
import type { Trace } from "@apollo/usage-reporting-protobuf";
import { exposedBehind, INTERNAL_ERROR } from "#shared/errors/exposed.ts";

/** The header by which a gateway asks how long each field took; its value is `ftv1`. */
export const TRACE_HEADER = "apollo-federation-include-trace";

/** Whether the value of that header asks for a trace that this subgraph knows to make. */
export function wantsTrace(header: string | null | undefined): boolean {
  return header === "ftv1";
}

/**
 * Makes every field of the schema note how long it took, for `traced` to tell. Only ever done to a schema of its own: the one on which
 * operations without a trace run stays as it is, and costs what it costs.
 */
export function noteFields(schema: GraphQLSchema): GraphQLSchema {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith("__")) continue;
    for (const field of Object.values(type.getFields())) noteField(field);
  }
  return schema;
}

/** Runs an operation, and adds its trace to the answer's extensions as `ftv1`: a Trace of Apollo's protobuf, in base64. */
export async function traced(
  context: object,
  run: () => Promise<ExecutionResult> | ExecutionResult,
): Promise<ExecutionResult> {
  const { Trace: TraceMessage } = await import("@apollo/usage-reporting-protobuf");
  const notes: Notes = { startedAt: performance.now(), root: { child: [] }, byPath: new Map() };
  const startTime = timestamp();
  notesOf.set(context, notes);
  const result = await run();
  for (const error of result.errors ?? []) noteError(notes, error);
  const trace = {
    startTime,
    endTime: timestamp(),
    durationNs: since(notes),
    root: notes.root,
    fieldExecutionWeight: 1,
  };
  const ftv1 = Buffer.from(TraceMessage.encode(trace).finish()).toString("base64");
  return { ...result, extensions: { ...result.extensions, ftv1 } };
}

type Node = Trace.INode & { child: Node[] };
type Path = GraphQLResolveInfo["path"];

/** What is known of one operation so far. */
interface Notes {
  readonly startedAt: number;
  readonly root: Node;
  readonly byPath: Map<string, Node>;
}

const notesOf = new WeakMap<object, Notes>();

function noteField(field: GraphQLField<unknown, object>): void {
  const { resolve = defaultFieldResolver } = field;
  field.resolve = (source, args, context, info) => {
    const notes = notesOf.get(context);
    if (!notes) return resolve(source, args, context, info);
    const node = nodeAt(notes, info.path);
    Object.assign(node, {
      type: String(info.returnType),
      parentType: info.parentType.name,
      startTime: since(notes),
    });
    if (info.path.key !== info.fieldName) node.originalFieldName = info.fieldName;
    const end = () => void (node.endTime = since(notes));
    try {
      const result = resolve(source, args, context, info);
      if (isPromise(result)) result.then(end, end);
      else end();
      return result;
    } catch (error) {
      end();
      throw error;
    }
  };
}

function nodeAt(notes: Notes, path: Path | undefined): Node {
  if (!path) return notes.root;
  const key = responsePathAsArray(path).join("\n");
  const known = notes.byPath.get(key);
  if (known) return known;
  const node: Node = {
    child: [],
    ...(typeof path.key === "number" ? { index: path.key } : { responseName: path.key }),
  };
  nodeAt(notes, path.prev).child.push(node);
  notes.byPath.set(key, node);
  return node;
}

// The code and nothing else: what an error says is masked on its way out, and this is another way out.
function noteError(notes: Notes, error: GraphQLError): void {
  const path = error.path ?? [];
  let node = notes.root;
  for (let length = path.length; length > 0; length--) {
    const known = notes.byPath.get(path.slice(0, length).join("\n"));
    if (!known) continue;
    node = known;
    break;
  }
  const code = exposedBehind(error)?.code ?? INTERNAL_ERROR;
  const location = (error.locations ?? []).map(({ line, column }) => ({ line, column }));
  (node.error ??= []).push({ message: code, location, json: JSON.stringify({ extensions: { code } }) });
}

// Nanoseconds since the operation began.
function since({ startedAt }: Notes): number {
  return Math.round((performance.now() - startedAt) * 1_000_000);
}

function timestamp(): { seconds: number; nanos: number } {
  const milliseconds = Date.now();
  return { seconds: Math.floor(milliseconds / 1_000), nanos: (milliseconds % 1_000) * 1_000_000 };
}

function isPromise(value: unknown): value is Promise<unknown> {
  return typeof (value as Promise<unknown> | null)?.then === "function";
}
