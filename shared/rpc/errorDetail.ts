import { fromJson, toJson, type JsonObject, type Message } from "@bufbuild/protobuf";
import { StructSchema } from "@bufbuild/protobuf/wkt";
import type { ConnectError } from "@connectrpc/connect";
import { ExposedError, type ErrorArgs } from "#shared/errors/exposed.ts";

/** An exposed error as a detail of an answer: its code and args, and nothing else of it. */
export function errorDetail({ code, args }: ExposedError): { desc: typeof StructSchema; value: Message } {
  const json = JSON.parse(JSON.stringify({ code, args })) as JsonObject;
  return { desc: StructSchema, value: fromJson(StructSchema, json) };
}

/** The exposed error an answer carries as its detail, or null. */
export function errorOfDetail(error: ConnectError): ExposedError | null {
  const [detail] = error.findDetails(StructSchema);
  if (!detail) return null;
  const { code, args } = toJson(StructSchema, detail) as { code?: unknown; args?: ErrorArgs };
  return typeof code === "string" ? new ExposedError(code, `another service said ${code}`, args) : null;
}
