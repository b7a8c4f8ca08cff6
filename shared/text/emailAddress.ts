import { z } from "zod";

// The longest path of RFC 5321, section 4.5.3.1.3, without its angle brackets.
const LONGEST = 254;

/** Whether a text is an e-mail address as HTML's forms take it, of at most 254 characters. */
export function isEmailAddress(text: string): boolean {
  return z.email().max(LONGEST).safeParse(text).success;
}
