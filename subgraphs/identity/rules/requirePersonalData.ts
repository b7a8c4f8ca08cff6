import { invalidArgument, requireText } from "#supergraph/domainErrors.ts";
import { oneLine } from "#shared/text/plainName.ts";
import { z } from "zod";

/** The address in lower case. Throws INVALID_ARGUMENT when it is none. */
export function requireEmail(email: string): string {
  const parsed = z.email().max(254).safeParse(email.trim().toLowerCase());
  if (!parsed.success) throw invalidArgument("email", `${email} is not an e-mail address`);
  return parsed.data;
}

/** Throws INVALID_ARGUMENT for an empty name, one of over 200 characters, of more than one line, or with an address of the web. */
export function requireName(name: string): void {
  requireText("name", name);
  if (oneLine(name) !== name) throw invalidArgument("name", "must be one line without control characters");
  if (/:\/\/|\bwww\./i.test(name)) throw invalidArgument("name", "must not contain an address of the web");
}
