import { describe, expect, it } from "vitest";
import { defineRegistry } from "#shared/registry/registry.ts";

const dog = { type: "dog", says: "woof" } as const;
const cat = { type: "cat", says: "meow" } as const;

describe("a registry", () => {
  it("finds its members by their type, in the order they are listed", () => {
    const animals = defineRegistry({ name: "animals", members: [dog, cat], key: ({ type }) => type });
    expect(animals.types).toEqual(["dog", "cat"]);
    expect(animals.get("cat")).toBe(cat);
    expect(animals.find("bird")).toBeNull();
    // @ts-expect-error a type that no member has does not compile
    expect(() => animals.get("bird")).toThrow("animals has no bird");
  });

  it("does not take two members of one type", () => {
    const twice = (): unknown =>
      defineRegistry({ name: "animals", members: [dog, dog], key: ({ type }) => type });
    expect(twice).toThrow("animals lists dog twice");
  });
});
