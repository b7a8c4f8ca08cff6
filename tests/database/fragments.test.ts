import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { flattened, fragment, ownText } from "#shared/database/fragment.ts";
import { acme, openShelves, Shelf, shelve, type Shelves } from "./shelves.ts";

let shelves: Shelves;
beforeAll(async () => {
  shelves = await openShelves();
  for (const name of ["Physics", "Poetry", "Maps"]) await shelve(shelves.database, acme, name);
});
afterAll(() => shelves.close());

const acmes = () => shelves.database.tenant(acme);

describe("fragments of SQL", () => {
  it("nest, each value a parameter in its place", () => {
    const inner = fragment`name = ${"a"} or name = ${"b"}`;
    const whole = fragment`select ${1} from ${ownText("x")} where (${inner}) and id = ${"c"}`;
    expect(flattened(whole)).toEqual({
      text: "select $1 from x where (name = $2 or name = $3) and id = $4",
      values: [1, "a", "b", "c"],
    });
    expect(flattened(fragment`true`)).toEqual({ text: "true", values: [] });
  });

  it("become a part of a statement, and what they hold is never text", async () => {
    const named = (name: string) => fragment`name = ${name}`;
    const find = (condition: ReturnType<typeof named>) =>
      acmes().sql<{ name: string }>`
        select name from ${ownText(Shelf.table)} where ${condition} and tenant_id = ${acme} order by name`;
    expect(await find(fragment`(${named("Maps")} or ${named("Poetry")})`)).toEqual([
      { name: "Maps" },
      { name: "Poetry" },
    ]);
    expect(await find(named("Maps' or 'a' = 'a"))).toEqual([]);
  });

  it("bring values to the database as the sql tag does", async () => {
    const at = Temporal.Instant.from("2026-11-29T03:00:00.123456Z");
    const values = fragment`${at}::timestamptz as at, ${["a", "b"]}::text[] as texts, ${{ a: [1] }}::jsonb as json`;
    expect(await acmes().sql`select ${values}`).toEqual([{ at, texts: ["a", "b"], json: { a: [1] } }]);
  });
});
