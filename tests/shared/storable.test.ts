import fc from "fast-check";
import { expect, it } from "vitest";
import { cutText, storableJson, storableText } from "#shared/text/storable.ts";

const odd = fc.string({ unit: "binary", maxLength: 40 }).map((text) => text.replaceAll("a", "\ud800"));

it("makes any text well-formed, without NUL, and leaves what is so already as it is", () => {
  expect(storableText("a\0b\ud83dc\udc4d👍")).toBe("ab\ufffdc\ufffd👍");
  fc.assert(
    fc.property(odd, (text) => {
      const stored = storableText(text);
      expect(stored.isWellFormed() && !stored.includes("\0")).toBe(true);
      expect(storableText(stored)).toBe(stored);
    }),
  );
});

it("cuts a text between two characters, and never within one", () => {
  expect(cutText("👍👍", 4)).toBe("👍👍");
  expect(cutText("👍👍", 3)).toBe("👍…");
  expect(cutText("👍👍👍", 4)).toBe("👍…");
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), fc.integer({ min: 1, max: 20 }), (text, longest) => {
      const short = cutText(text, longest);
      expect(short.length).toBeLessThanOrEqual(longest);
      expect(short.isWellFormed()).toBe(true);
    }),
  );
});

it("keeps any JSON within its bounds, and says whether something is missing", () => {
  const bounds = { characters: 300, depth: 4 };
  fc.assert(
    fc.property(fc.jsonValue({ stringUnit: "binary", maxDepth: 8 }), (value) => {
      const stored = storableJson(value, bounds);
      const text = JSON.stringify(stored.value);
      expect(text.length).toBeLessThan(12 * bounds.characters);
      expect(stored.isCut || text === JSON.stringify(value).replaceAll("\\u0000", "")).toBe(true);
    }),
  );
});

it("is done soon with what is nested a million levels deep", () => {
  const deep = JSON.parse(`${"[".repeat(1_000_000)}${"]".repeat(1_000_000)}`) as unknown;
  expect(storableJson(deep, { characters: 1_000, depth: 3 })).toEqual({ value: [[["…"]]], isCut: true });
  const wide = JSON.parse(
    `{${Array.from({ length: 9 }, (_, index) => `"k${index}":"value"`).join()}}`,
  ) as unknown;
  expect(storableJson(wide, { characters: 18, depth: 3 })).toEqual({
    value: { k0: "value", k1: "va…", "…": "…" },
    isCut: true,
  });
});
