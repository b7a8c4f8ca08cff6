import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { librarian, openLibrary, type OpenLibrary } from "./library/openLibrary.ts";

let library: OpenLibrary;
beforeAll(async () => void (library = await openLibrary()));
afterAll(() => library.close());

const QUERY = "{ slow(seconds: 60) }";

/** What the database works on at the moment for those who ask. */
async function asleep(): Promise<number> {
  const sleepers = `select pid from pg_stat_activity
    where datname = current_database() and state = 'active' and wait_event = 'PgSleep'`;
  return (await library.test.query(sleepers)).length;
}

const headers = () => library.headersOf(librarian);

describe("what nobody waits for any longer", () => {
  it("ends in the database at the request's deadline", async () => {
    const deadline = Date.now() + 500;
    const heard = await library.subgraph.execute({
      query: QUERY,
      variables: {},
      headers: headers(),
      deadline,
    });
    expect(heard.errors).toHaveLength(1);
    expect(await asleep()).toBe(0);
  });

  it("ends in the database when whoever asked has left, and the connection serves on", async () => {
    const leaving = new AbortController();
    const { signal } = leaving;
    const answer = library.subgraph.execute({ query: QUERY, variables: {}, headers: headers(), signal });
    await expect.poll(asleep).toBe(1);
    leaving.abort();
    expect((await answer).errors).toHaveLength(1);
    expect(await asleep()).toBe(0);
    for (let i = 0; i < 20; i++) {
      const again = await library.subgraph.execute({
        query: "{ transaction }",
        variables: {},
        headers: headers(),
      });
      expect(again.errors).toBeUndefined();
    }
  });

  it("ends after the time that a service says over the network, too", async () => {
    const body = JSON.stringify({ query: QUERY });
    const all = { ...headers(), "content-type": "application/json", "x-internal-timeout": "500" };
    const request = new Request("http://library/graphql", { method: "POST", headers: all, body });
    const response = await library.subgraph.fetch(request);
    expect(((await response.json()) as { errors: unknown[] }).errors).toHaveLength(1);
    expect(await asleep()).toBe(0);
  });

  it("is not begun at all", async () => {
    const before = library.database.statements();
    const deadline = Date.now() - 1;
    await library.subgraph.execute({ query: QUERY, variables: {}, headers: headers(), deadline });
    expect(library.database.statements() - before).toBeLessThanOrEqual(2);
    expect(await asleep()).toBe(0);
  });

  it("asks for nothing more after its time: the statements that wait their turn are not sent", async () => {
    const deadline = Date.now() + 700;
    const fields = Array.from({ length: 8 }, (_, i) => `a${i}: slow(seconds: 0.3)`).join(" ");
    const heard = await library.subgraph.execute({
      query: `{ ${fields} }`,
      variables: {},
      headers: headers(),
      deadline,
    });
    expect(heard.errors?.length).toBeGreaterThan(3);
    expect(await asleep()).toBe(0);
  });
});
