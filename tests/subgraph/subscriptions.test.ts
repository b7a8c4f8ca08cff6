import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import type { Actor } from "#shared/subgraph/actor.ts";
import { followers } from "./library/library.ts";
import { librarian, openLibrary, type OpenLibrary } from "./library/openLibrary.ts";

let opened: OpenLibrary;
let book: string;

beforeAll(async () => {
  opened = await openLibrary();
  book = (await opened.shelve([{ stars: 5 }]))[0]!.id;
});

afterAll(() => opened.close());

const query = "subscription ($by: String!) { bookRenamed(by: $by) { title } }";

function follow(by: string, actor: Actor = librarian, signal?: AbortSignal) {
  return opened.subgraph.subscribe({ query, variables: { by }, headers: opened.headersOf(actor), signal });
}

async function rename(title: string): Promise<void> {
  const renaming = `mutation ($title: String!) { renameBook(id: "${book}", title: $title) { title } }`;
  const headers = opened.headersOf(librarian);
  const { data } = await opened.subgraph.execute({ query: renaming, variables: { title }, headers });
  expect(data).toEqual({ renameBook: { title } });
}

/** Waits for the next event, once somebody follows at all. */
async function nextOf<T>(events: AsyncIterator<T>, by: string, act: () => Promise<void>): Promise<T> {
  const next = events.next();
  await vi.waitUntil(() => followers.has(by), { interval: 5 });
  await act();
  return (await next).value as T;
}

describe("A follower", () => {
  it("reads what is there at each event, not what was there at the one before", async () => {
    const events = follow("grace");
    for (const title of ["Emma", "Persuasion"]) {
      const event = await nextOf(events, "grace", () => rename(title));
      expect(event).toEqual({ data: { bookRenamed: { title } } });
    }
    await events.return?.();
  });

  it("is let go at once when leaving, though nothing happens any more", async () => {
    const events = follow("alan");
    const waiting = events.next();
    await vi.waitUntil(() => followers.has("alan"), { interval: 5 });
    await events.return?.();
    expect(followers).not.toContain("alan");
    expect(await waiting).toEqual({ done: true, value: undefined });
  });

  it("is let go at once when the request is given up", async () => {
    const giveUp = new AbortController();
    const waiting = follow("edsger", librarian, giveUp.signal).next();
    await vi.waitUntil(() => followers.has("edsger"), { interval: 5 });
    giveUp.abort();
    expect(await waiting).toEqual({ done: true, value: undefined });
    expect(followers).not.toContain("edsger");
  });

  it("hears with one event why there is nothing to follow, and then the end", async () => {
    const events = follow("nobody");
    const { value } = await events.next();
    expect(value?.errors?.[0]).toMatchObject({
      message: "There is no follower nobody.",
      extensions: { code: "NOT_FOUND" },
    });
    expect((await events.next()).done).toBe(true);
  });

  it("needs the permission, and a token", async () => {
    const eve: Actor = { kind: "user", id: "eve", permissions: [] };
    const { value } = await follow("eve", eve).next();
    expect(value?.errors?.[0]?.extensions?.["code"]).toBe("PERMISSION_DENIED");
    const unknown = opened.subgraph.subscribe({ query, variables: { by: "eve" }, headers: {} });
    expect((await unknown.next()).value?.errors?.[0]?.extensions?.["code"]).toBe("UNAUTHENTICATED");
    expect(followers).not.toContain("eve");
  });

  it("is not answered as if it had asked once", async () => {
    const headers = opened.headersOf(librarian);
    const { errors } = await opened.subgraph.execute({ query, variables: { by: "barbara" }, headers });
    expect(errors?.[0]?.message).toBe("A subscription has to be followed");
    expect(followers).not.toContain("barbara");
  });
});

describe("Over HTTP", () => {
  async function followOverHttp(by: string) {
    const request = new Request("http://library/graphql", {
      method: "POST",
      headers: {
        ...opened.headersOf(librarian),
        "content-type": "application/json",
        accept: "text/event-stream",
      },
      body: JSON.stringify({ query, variables: { by } }),
    });
    const response = await opened.subgraph.fetch(request);
    expect(response.headers.get("content-type")).toMatch("text/event-stream");
    return response.body!.pipeThrough(new TextDecoderStream()).getReader();
  }

  async function until(reader: ReadableStreamDefaultReader<string>, wanted: RegExp): Promise<string> {
    let heard = "";
    while (!wanted.test(heard)) {
      const { value, done } = await reader.read();
      if (done) break;
      heard += value;
    }
    return heard;
  }

  it("events are server-sent ones, and a reader who leaves is let go", async () => {
    const reader = await followOverHttp("katherine");
    await vi.waitUntil(() => followers.has("katherine"), { interval: 5 });
    await rename("Sanditon");
    const heard = await until(reader, /"bookRenamed"/);
    expect(heard).toContain('event: next\ndata: {"data":{"bookRenamed":{"title":"Sanditon"}}}');
    await reader.cancel();
    await vi.waitUntil(() => !followers.has("katherine"), { interval: 5 });
  });

  it("what there is not to follow is told as an event with the code, then the stream is complete", async () => {
    const heard = await until(await followOverHttp("nobody"), /event: complete/);
    expect(heard).toMatch(/event: next\ndata: \{.*"code":"NOT_FOUND"/);
  });
});
