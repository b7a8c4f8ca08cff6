import { invalidArgument, requireText } from "#supergraph/domainErrors.ts";
import { isEmailAddress } from "#shared/text/emailAddress.ts";
import { oneLine } from "#shared/text/plainName.ts";

/** The address in lower case. Throws INVALID_ARGUMENT when it is none. */
export function requireEmail(email: string): string {
  const address = email.trim().toLowerCase();
  if (!isEmailAddress(address)) throw invalidArgument("email", `${email} is not an e-mail address`);
  return address;
}

/** Throws INVALID_ARGUMENT for an empty name, one of over 200 characters, of more than one line, or with an address of the web. */
export function requireName(name: string): void {
  requireText("name", name);
  if (oneLine(name) !== name) throw invalidArgument("name", "must be one line without control characters");
  if (/:\/\/|\bwww\./i.test(name)) throw invalidArgument("name", "must not contain an address of the web");
}
