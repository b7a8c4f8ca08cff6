import { afterEach, expect, it } from "vitest";
import type { Principal } from "../../gateway/authentication/authentication.ts";
import { exposed } from "../../gateway/errors.ts";
import { rawSocket } from "./clients/rawSocket.ts";
import { ACME, openTestGateway, type TestGateway } from "./support/testGateway.ts";

const waiting: ((event: { ticked: number } | null) => void)[] = [];

const ticker = {
  name: "ticker",
  sdl: `
    type Query { now: Int @public }
    type Subscription { ticked: Int @authorize(permissions: [NoteRead]) }
  `,
  resolvers: {
    Subscription: {
      ticked: {
        async *subscribe() {
          for (;;) {
            const event = await new Promise<{ ticked: number } | null>((resolve) => waiting.push(resolve));
            if (!event) return;
            yield event;
          }
        },
      },
    },
  },
};

const reader: Principal = {
  tenantId: ACME,
  actor: { kind: "user", id: "ada", permissions: ["NoteRead"] },
  granted: new Set(["NoteRead"]),
};

let gateway: TestGateway;
afterEach(async () => {
  tick(null);
  await gateway.close();
});

function tick(ticked: number | null): void {
  for (const resolve of waiting.splice(0)) resolve(ticked === null ? null : { ticked });
}

async function follow(accept: string) {
  const response = await fetch(`${gateway.url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json", accept },
    body: JSON.stringify({ query: "subscription { ticked }" }),
  });
  const reading = response.body!.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  return {
    response,
    async until(pattern: RegExp): Promise<string> {
      while (!pattern.test(text)) {
        const { done, value } = await reading.read();
        if (done) throw new Error(`ended without ${pattern}: ${text}`);
        text += value;
      }
      return text;
    },
    async rest(): Promise<string> {
      for (let next = await reading.read(); !next.done; next = await reading.read()) text += next.value;
      return text;
    },
  };
}

// The subgraph has been asked once somebody waits for its next event.
async function tickOnceAsked(ticked: number): Promise<void> {
  while (waiting.length === 0) await new Promise((resolve) => setImmediate(resolve));
  tick(ticked);
}

it.each([
  ["text/event-stream", /"ticked":1/],
  [
    'multipart/mixed;boundary="graphql";subscriptionSpec=1.0,application/json',
    /\{"payload":\{"data":\{"ticked":1\}\}\}/,
  ],
])("tells events as %s", async (accept, told) => {
  gateway = await openTestGateway({
    subgraphs: [ticker],
    gateway: { authentication: { authenticate: async () => reader } },
  });
  const following = await follow(accept);
  await tickOnceAsked(1);
  await following.until(told);
  await tickOnceAsked(2);
  expect(await following.until(/"ticked":2/)).not.toContain("errors");
});

it("ends for whoever may no longer read it, before the event that they may not read", async () => {
  let mayRead = true;
  const authenticate = async () => (mayRead ? reader : { ...reader, granted: new Set<string>() });
  gateway = await openTestGateway({ subgraphs: [ticker], gateway: { authentication: { authenticate } } });
  const following = await follow("text/event-stream");
  await tickOnceAsked(1);
  await following.until(/"ticked":1/);
  mayRead = false;
  await tickOnceAsked(2);
  const rest = await following.rest();
  expect(rest).toContain("PERMISSION_DENIED");
  expect(rest).not.toContain(`"ticked":2`);
});

it("ends with a word about it for whoever is no longer who they were", async () => {
  let isGood = true;
  const authenticate = async () => {
    if (isGood) return reader;
    throw exposed("UNAUTHENTICATED", "the token has run out");
  };
  gateway = await openTestGateway({ subgraphs: [ticker], gateway: { authentication: { authenticate } } });
  const socket = rawSocket(`${gateway.url.replace("http", "ws")}/graphql`);
  await socket.begin();
  socket.subscribe("1", "subscription { ticked }");
  await tickOnceAsked(1);
  expect(await socket.next()).toMatchObject({ payload: { data: { ticked: 1 } } });
  isGood = false;
  await tickOnceAsked(2);
  expect(await socket.next()).toMatchObject({
    type: "next",
    payload: { errors: [{ extensions: { code: "UNAUTHENTICATED" } }] },
  });
  expect(await socket.next()).toEqual({ id: "1", type: "complete" });
  socket.socket.terminate();
});

it.each([
  ["text/event-stream", /(^:\n\n[^]*){2}/m],
  ['multipart/mixed;boundary="graphql";subscriptionSpec=1.0', /(\r\n\{\}\r\n[^]*){3}/],
])("says that it is still there while nothing happens, as %s", async (accept, heartbeats) => {
  const authentication = { authenticate: async () => reader };
  const options = { authentication, heartbeats: { multipartSeconds: 0.01 } };
  gateway = await openTestGateway({ subgraphs: [ticker], gateway: options });
  const following = await follow(accept);
  await following.until(heartbeats);
  await tickOnceAsked(1);
  expect(await following.until(/"ticked":1/)).not.toContain("errors");
});

it("is refused whole, and nobody is asked, when it was never allowed", async () => {
  gateway = await openTestGateway({ subgraphs: [ticker] });
  const heard = await gateway.ask("subscription { ticked }", { headers: { accept: "application/json" } });
  expect(heard).toMatchObject({
    data: null,
    errors: [{ path: ["ticked"], extensions: { code: "UNAUTHENTICATED" } }],
  });
  expect(gateway.asked).toEqual([]);
});
