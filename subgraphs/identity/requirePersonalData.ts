import { invalidArgument, requireText } from "#supergraph/refusals.ts";
import { z } from "zod";

/** The address in lower case. Throws INVALID_ARGUMENT when it is none. */
export function requireEmail(email: string): string {
  const parsed = z.email().max(254).safeParse(email.trim().toLowerCase());
  if (!parsed.success) throw invalidArgument("email", `${email} is not an e-mail address`);
  return parsed.data;
}

/** Throws INVALID_ARGUMENT for an empty name or one of over 200 characters. */
export function requireName(name: string): void {
  requireText("name", name);
}
