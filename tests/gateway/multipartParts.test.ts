import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { acceptedParts } from "../../gateway/acceptedParts.ts";
import { openTickingGateway, READER, TICKED, type TickingGateway } from "./clients/tickingGateway.ts";
import { openTestGateway, type TestGateway } from "./support/testGateway.ts";

const DEFERRED = `{ me { name ... @defer(label: "mail") { subjects } } }`;

/** What comes, read as far as a story waits for it. */
async function reading(url: string, accept: string, query: string, headers: Record<string, string> = {}) {
  const leaving = new AbortController();
  const response = await fetch(`${url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json", accept, ...headers },
    body: JSON.stringify({ query }),
    signal: leaving.signal,
  });
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
  const boundary = /boundary="?([^";]+)/.exec(response.headers.get("content-type") ?? "")?.[1] ?? "";
  let text = "\r\n";
  return {
    status: response.status,
    contentType: response.headers.get("content-type"),
    leave: () => leaving.abort(),
    /** The parts that a parser knows to be whole, once there are so many. */
    async parts(count: number): Promise<unknown[]> {
      for (;;) {
        const parts = text.split(`\r\n--${boundary}`).slice(1, -1);
        if (parts.length >= count)
          return parts.map((part) => JSON.parse(part.split("\r\n\r\n")[1] ?? "") as unknown);
        const { done, value } = await reader.read();
        if (done) throw new Error(`There are no ${count} parts in ${text}`);
        text += value;
      }
    },
    async rest(): Promise<string> {
      for (let next = await reader.read(); !next.done; next = await reader.read()) text += next.value;
      return text;
    },
  };
}

describe("an event of a subscription", () => {
  let gateway: TickingGateway;
  beforeEach(async () => void (gateway = await openTickingGateway()));
  afterEach(() => gateway.close());

  it("is whole for who reads parts as soon as it was told, whatever comes after it", async () => {
    const accept = "multipart/mixed;subscriptionSpec=1.0,application/json";
    const following = await reading(gateway.url, accept, TICKED, { authorization: READER });
    expect(await following.parts(1)).toEqual([{}]);
    await expect.poll(() => gateway.followers()).toBe(1);
    for (const count of [1, 2]) {
      gateway.tick(count);
      const told = await following.parts(1 + count);
      expect(told.at(-1)).toEqual({ payload: { data: { ticked: { count, doubled: 2 * count } } } });
    }
    following.leave();
  });

  it.each(["multipart/mixed", "multipart/mixed;deferSpec=20220824", "multipart/mixed;incrementalSpec=v0.2"])(
    "is none of the parts that are accepted with %s",
    async (accept) => {
      const heard = await gateway.ask(TICKED, { headers: { accept, authorization: READER } });
      expect(heard.status).toBe(406);
      expect(heard.headers.get("accept")).toContain("text/event-stream");
    },
  );
});

describe("a query with @defer", () => {
  let gate: PromiseWithResolvers<void>;
  let gateway: TestGateway;
  beforeEach(async () => {
    gate = Promise.withResolvers();
    gateway = await openTestGateway({
      subgraphs: [
        {
          name: "people",
          sdl: `
            type Query { me: Person @public }
            type Mutation { wave: Int @public }
            type Person @key(fields: "id") { id: ID! name: String }
          `,
          resolvers: { Query: { me: () => ({ id: "1", name: "Ada" }) }, Mutation: { wave: () => 1 } },
        },
        {
          name: "letters",
          sdl: `type Person @key(fields: "id") { id: ID! subjects: [String!] }`,
          resolvers: { Person: { subjects: () => gate.promise.then(() => ["Hello"]) } },
        },
      ],
    });
  });
  afterEach(async () => {
    gate.resolve();
    await gateway.close();
  });

  const inDraft = [
    { data: { me: { name: "Ada" } }, pending: [{ id: "0", path: ["me"], label: "mail" }], hasNext: true },
    { incremental: [{ id: "0", data: { subjects: ["Hello"] } }], completed: [{ id: "0" }], hasNext: false },
  ];
  const in2022 = [
    { data: { me: { name: "Ada" } }, hasNext: true },
    { incremental: [{ data: { subjects: ["Hello"] }, path: ["me"], label: "mail" }], hasNext: false },
  ];

  it.each([
    ["multipart/mixed", 'multipart/mixed;boundary="-"', inDraft],
    [
      "application/graphql-response+json, application/json, multipart/mixed;q=0.5",
      'multipart/mixed;boundary="-"',
      inDraft,
    ],
    ['multipart/mixed;boundary="-"', 'multipart/mixed;boundary="-"', inDraft],
    ["multipart/mixed; incrementalSpec=v0.2", 'multipart/mixed;boundary="-";incrementalSpec=v0.2', inDraft],
    ["multipart/mixed;deferSpec=20220824", 'multipart/mixed;boundary="-";deferSpec=20220824', in2022],
  ])("asked with %s has each part whole as soon as it was told", async (accept, contentType, parts) => {
    const answer = await reading(gateway.url, accept, DEFERRED);
    expect(answer).toMatchObject({ status: 200, contentType });
    expect(await answer.parts(1)).toEqual(parts.slice(0, 1));
    gate.resolve();
    expect(await answer.parts(2)).toEqual(parts);
    expect(await answer.rest()).toMatch(/\r\n-----\r\n$/);
  });

  it.each([
    "application/json",
    "multipart/mixed;q=0, application/json",
    "multipart/mixed;deferSpec=1, application/json",
  ])("asked with %s has all of it at once", async (accept) => {
    gate.resolve();
    const heard = await gateway.ask(DEFERRED, { headers: { accept } });
    expect(heard.data).toEqual({ me: { name: "Ada", subjects: ["Hello"] } });
  });

  it("has nothing in common with what is answered at once, which is the only part then", async () => {
    for (const [query, status, answered] of [
      ["{ me { name } }", 200, { data: { me: { name: "Ada" } } }],
      ["mutation { wave }", 200, { data: { wave: 1 } }],
      ["{ me", 400, { errors: [{ extensions: { code: "GRAPHQL_PARSE_FAILED" } }] }],
    ] as const) {
      const answer = await reading(gateway.url, "multipart/mixed", query);
      expect(answer.status).toBe(status);
      expect(await answer.parts(1)).toMatchObject([answered]);
      expect(await answer.rest()).toMatch(/\r\n-----\r\n$/);
    }
  });
});

it("accepts parts by each of their parameters, in any case and with quotes", () => {
  const of = (accept: string) => [...acceptedParts(new Request("http://gateway", { headers: { accept } }))];
  expect(of('Multipart/Mixed;boundary="graphql";subscriptionspec="1.0", multipart/mixed ; q=0.1')).toEqual([
    "subscriptionSpec=1.0",
    "draft",
  ]);
  expect(of("multipart/mixed;deferSpec=20220824;incrementalSpec=v0.2")).toEqual([
    "deferSpec=20220824",
    "incrementalSpec=v0.2",
  ]);
  expect(of("application/json, */*")).toEqual([]);
});
