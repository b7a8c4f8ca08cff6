import { readServerSentResults } from "#shared/graphql/serverSentResults.ts";
import { metricsText } from "#shared/telemetry/metrics.ts";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  openTestGateway,
  composeStory,
  type StorySubgraph,
  type TestGateway,
} from "./support/testGateway.ts";

// Five clients follow, twenty requests a second are answered, and supergraphs come one after the other.

/** Five streams, one each, that a test tells something; the subgraph beside it has what it does not. */
function openStories() {
  const channels = new Map<string, { tell(count: number | null): void }>();
  const ending = new AbortController();
  let opened = 0;
  const stream = (name: string) =>
    async function* () {
      opened += 1;
      const waiting: number[] = [];
      let wake = Promise.withResolvers<void>();
      channels.set(name, {
        tell(count) {
          if (count !== null) waiting.push(count);
          wake.resolve();
        },
      });
      while (!ending.signal.aborted) {
        for (const count of waiting.splice(0)) yield { [name]: { id: String(count), count } };
        await wake.promise;
        wake = Promise.withResolvers();
      }
    };
  const told = (name: string) => [name, { subscribe: stream(name) }] as const;
  const subgraphs: StorySubgraph[] = [
    {
      name: "counter",
      sdl: `type Query { now: Int @public }
        type Subscription { ${NAMES.map((name) => `${name}: Tick @public`).join(" ")} }
        type Tick @key(fields: "id") { id: ID! count: Int }`,
      resolvers: { Query: { now: () => 1 }, Subscription: Object.fromEntries(NAMES.map(told)) },
    },
    {
      name: "doubler",
      sdl: `type Tick @key(fields: "id") { id: ID! doubled: Int tripled: Int }`,
      resolvers: {
        Tick: {
          __resolveReference: ({ id }: { id: string }) => ({
            id,
            doubled: 2 * Number(id),
            tripled: 3 * Number(id),
          }),
        },
      },
    },
  ];
  return {
    subgraphs,
    tell: (count: number) => channels.forEach((channel) => channel.tell(count)),
    opened: () => opened,
    end() {
      ending.abort();
      channels.forEach((channel) => channel.tell(null));
    },
  };
}

const NAMES = ["first", "second", "third", "fourth", "fifth"];
// One of them asks for what the others do not.
const selection = (name: string) => (name === "fifth" ? "count doubled tripled" : "count doubled");

interface Heard {
  readonly data?: Record<string, { count: number; doubled: number }>;
  readonly errors?: readonly { readonly extensions: { readonly code: string } }[];
}

let stories: ReturnType<typeof openStories>;
let gateway: TestGateway;
let urls: string[];
let leaving: AbortController;

beforeEach(async () => {
  leaving = new AbortController();
  stories = openStories();
  gateway = await openTestGateway({ subgraphs: stories.subgraphs });
  urls = [...gateway.supergraphSdl.matchAll(/join__graph\(name: "\w+", url: "([^"]*)"\)/g)].map(
    ([, url]) => url!,
  );
});
afterEach(async () => {
  leaving.abort();
  stories.end();
  await gateway.close();
});

/** Everything that a client hears on one subscription, as it comes. */
async function follow(name: string) {
  const response = await fetch(`${gateway.url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json", accept: "text/event-stream" },
    body: JSON.stringify({ query: `subscription { ${name} { ${selection(name)} } }` }),
    signal: leaving.signal,
  });
  const heard: Heard[] = [];
  const over = (async () => {
    for await (const result of readServerSentResults(response.body!)) heard.push(result as Heard);
    // A client that leaves hears no end.
  })().catch(() => undefined);
  return { name, heard, over };
}

const followAll = async () => {
  const followers = await Promise.all(NAMES.map(follow));
  await expect.poll(() => stories.opened()).toBe(NAMES.length);
  return followers;
};

const wentOn = async () =>
  Number(/gateway_subscription_swaps_total\{outcome="went on"\} (\d+)/.exec(await metricsText())?.[1] ?? 0);

/** The graph of the stories with other SDL for one of them. */
function supergraph(name: string, edit: (sdl: string) => string): string {
  const subgraphs = stories.subgraphs.map((each) =>
    each.name === name ? { ...each, sdl: edit(each.sdl) } : each,
  );
  return composeStory(subgraphs, urls);
}

const withFields = (version: number) =>
  supergraph("doubler", (sdl) => sdl.replace("tripled: Int", `tripled: Int added${version}: Int`));

describe("subscriptions while newer supergraphs take over", () => {
  it("hear every event on the stream they began with, when what comes does not concern them", async () => {
    const before = await wentOn();
    const followers = await followAll();
    const answers: unknown[] = [];
    const asking = setInterval(() => void gateway.ask("{ now }").then(({ data }) => answers.push(data)), 50);
    for (let version = 1; version <= 10; version += 1) {
      stories.tell(version);
      await gateway.publish(withFields(version));
      const asked = await gateway.ask(`{ __type(name: "Tick") { fields { name } } }`);
      expect(asked.text).toContain(`added${version}`);
    }
    stories.tell(11);
    for (const { heard } of followers) await expect.poll(() => heard.length).toBe(11);
    clearInterval(asking);

    for (const { name, heard } of followers) {
      const expected = Array.from({ length: 11 }, (_none, index) => index + 1);
      expect(heard.map(({ data }) => data?.[name]?.count)).toEqual(expected);
      expect(heard.map(({ data }) => data?.[name]?.doubled)).toEqual(expected.map((count) => 2 * count));
    }
    expect(stories.opened()).toBe(NAMES.length);
    await expect.poll(() => answers.length).toBeGreaterThan(0);
    for (const answer of answers) expect(answer).toEqual({ now: 1 });
    expect((await wentOn()) - before).toBe(10 * NAMES.length);
  });

  it.each([
    [
      "asks another subgraph for something of it",
      () =>
        composeStory(
          stories.subgraphs.map((each) =>
            each.name === "counter"
              ? { ...each, sdl: each.sdl.replace("count: Int", "count: Int tripled: Int") }
              : { ...each, sdl: each.sdl.replace(" tripled: Int", "") },
          ),
          urls,
        ),
    ],
    [
      "lets nobody read it who does not sign in",
      () =>
        supergraph("doubler", (sdl) =>
          sdl.replace("tripled: Int", "tripled: Int @authorize(permissions: [NoteRead])"),
        ),
    ],
    [
      "lets it cost more",
      () => supergraph("doubler", (sdl) => sdl.replace("tripled: Int", "tripled: Int @cost(weight: 7)")),
    ],
    ["has it no longer", () => supergraph("doubler", (sdl) => sdl.replace(" tripled: Int", ""))],
  ])("are begun anew where a version %s, and only there", async (_what, changed) => {
    const followers = await followAll();
    stories.tell(1);
    for (const { heard } of followers) await expect.poll(() => heard.length).toBe(1);
    await gateway.publish(changed());
    const [last] = followers.splice(-1);
    await last!.over;
    expect(last!.heard[1]!.errors![0]!.extensions.code).toBe("SUBSCRIPTION_RESTARTED");

    stories.tell(2);
    for (const { name, heard } of followers) {
      await expect.poll(() => heard.length).toBe(2);
      expect(heard[1]).toEqual({ data: { [name]: { count: 2, doubled: 4 } } });
    }
    expect(stories.opened()).toBe(NAMES.length);
  });

  it("are begun anew where the subgraph is elsewhere", async () => {
    const followers = await followAll();
    const moved = gateway.supergraphSdl.replace(urls[0]!, `${urls[0]}?moved`);
    await gateway.publish(moved);
    for (const { over, heard } of followers) {
      await over;
      expect(heard.at(-1)!.errors![0]!.extensions.code).toBe("SUBSCRIPTION_RESTARTED");
    }
  });

  it("end with the gateway, whichever supergraph they began on", async () => {
    const followers = await followAll();
    await gateway.publish(withFields(1));
    stories.tell(1);
    for (const { heard } of followers) await expect.poll(() => heard.length).toBe(1);
    await gateway.publish(withFields(2));
    const closed = gateway.close();
    for (const { over } of followers) await over;
    await closed;
  });
});
