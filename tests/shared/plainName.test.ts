import { expect, it } from "vitest";
import { oneLine, plainName } from "#shared/text/plainName.ts";

it.each([
  ["Ann Müller", "Ann Müller"],
  ["Team A: on call", "Team A: on call"],
  ["J.R. O'Neil-Smith Jr.", "J.R. O'Neil-Smith Jr."],
  ["Booking.com", "Booking com"],
  ["https://evil.example/pay?now=1", "evil example pay?now=1"],
  ["Prize at www.evil.example", "Prize at www evil example"],
  ["evil。example", "evil example"],
  ["mailto:ann@evil.example", "ann evil example"],
  ["javascript:alert(1)", "alert(1)"],
  ["Ann\r\nBcc: bob@evil.example", "Ann Bcc: bob evil example"],
  ["Ann\u202Emoc.live", "Ann moc live"],
])("has nothing of %j that a mail program would make a link of", (name, plain) => {
  expect(plainName(name)).toBe(plain);
});

it("puts a text on one line", () => {
  expect(oneLine("one\r\ntwo\u2028three\u0000")).toBe("one two three ");
});
