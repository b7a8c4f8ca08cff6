/** A text on one line: control characters and what else breaks a line or turns its direction is a space. */
export function oneLine(text: string): string {
  return text.replaceAll(/[\p{Cc}\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]+/gu, " ");
}

/**
 * A name as strangers may be sent it: on one line, and with nothing in it that a mail program makes a link of. `Booking.com`
 * becomes `Booking com`.
 */
export function plainName(name: string): string {
  return oneLine(name)
    .replaceAll(/\p{L}[\p{L}\d+.-]*:\/*(?=\S)/gu, "")
    .replaceAll(/[./@\\\u3002\uff0e\uff61]+(?=[\p{L}\d-]{2,})/gu, " ")
    .replaceAll(/\s+/g, " ")
    .trim();
}
