import { createServer, type AddressInfo, type Server } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { deliveryErrorOf } from "../../subgraphs/escalations/notifiers/deliveryError.ts";
import { handOver } from "../../subgraphs/escalations/notifiers/handOver.ts";
import { freePort } from "../../standalone/freePort.ts";
import { pageUserAt } from "../support/demo.ts";
import { closeAll, openPager, pagingSource, responder, type Pager } from "../stories/setting.ts";
import { createWorld, type World } from "../support/world.ts";

let world: World;
let pager: Pager;
let hangingUp: Server;
let tenants = 0;

beforeAll(async () => {
  world = await createWorld();
  pager = await openPager();
  pager.answerWith(503);
  hangingUp = createServer((socket) => void socket.destroy());
  await new Promise<void>((resolve) => hangingUp.listen(0, "127.0.0.1", resolve));
});

afterAll(async () => {
  await new Promise<void>((resolve) => hangingUp.close(() => resolve()));
  await closeAll(world, pager);
});

interface Told {
  incidents: {
    nodes: {
      timeline: { nodes: { message: string; data: unknown }[] };
      escalations: {
        pages: { nodes: { attempts: { error: string | null; errorCode: string | null }[] }[] };
      }[];
    }[];
  };
}

/** What people are told of a page that goes to this address until it is given up. */
async function toldOf(address: string): Promise<Told> {
  const tenant = await world.tenant(`told-${++tenants}`);
  const ann = await responder(tenant, "ann");
  await pageUserAt(tenant.admin.ask, ann.id, address);
  const { webhook } = await pagingSource(tenant, [{ userIds: [ann.id], wait: "PT10H" }]);
  await world.post(webhook, { title: "The disk is full" });
  await world.settle();
  for (let minutes = 0; minutes < 8; minutes++) await world.advance({ minutes: 1 });
  return tenant.admin.ask<Told>(
    "{ incidents { nodes { timeline(first: 50) { nodes { message data } } escalations { pages { nodes { attempts { error errorCode } } } } } } }",
  );
}

describe("a page that is not delivered", () => {
  it.each([
    ["that answers 503", () => pager.url, "RECEIVER_REFUSED", "the receiver refused it"],
    [
      "where nobody listens",
      async () => `http://127.0.0.1:${await freePort()}`,
      "RECEIVER_UNREACHABLE",
      "the receiver cannot be reached",
    ],
    [
      "whose name nobody knows",
      () => "http://pager.invalid",
      "RECEIVER_UNREACHABLE",
      "the receiver cannot be reached",
    ],
    [
      "that hangs up",
      () => `http://127.0.0.1:${(hangingUp.address() as AddressInfo).port}`,
      "RECEIVER_UNREACHABLE",
      "the receiver cannot be reached",
    ],
  ])(
    "to a receiver %s fails with a code of ours, and tells nothing of the network",
    async (_where, at, code, error) => {
      const address = await at();
      const told = await toldOf(`${address}/path`);
      const attempts = told.incidents.nodes[0]!.escalations[0]!.pages.nodes[0]!.attempts;
      expect(attempts.length).toBeGreaterThan(1);
      expect(attempts).toEqual(attempts.map(() => ({ error, errorCode: code })));
      const messages = told.incidents.nodes[0]!.timeline.nodes.map(({ message }) => message);
      expect(messages).toContain(`A page by webhook failed: ${error}`);
      expect(JSON.stringify(told)).not.toMatch(/127\.0\.0\.1|ECONN|ENOTFOUND|getaddrinfo|other side|invalid/);
    },
  );

  it("because the attempt was called off, or for a reason that nobody foresaw, says that", async () => {
    const outgoing = { id: "1", address: `${pager.url}/x`, secret: null, incidentId: "1", incidentNumber: 1 };
    const page = {
      ...outgoing,
      title: "x",
      severity: "LOW",
      escalationId: null,
      level: 0,
      notice: null,
      url: "",
    };
    const way = { mailer: null, allowPrivateWebhooks: true };
    const calledOff = handOver("WEBHOOK", page, { ...way, signal: AbortSignal.abort() });
    await expect(calledOff).rejects.toMatchObject({ message: "ATTEMPT_CALLED_OFF" });
    const send = () => Promise.reject(new Error("10.0.0.5 said something odd"));
    const mailer = { send, close: () => undefined };
    const odd = handOver("EMAIL", page, { ...way, mailer, signal: new AbortController().signal });
    await expect(odd).rejects.toMatchObject({
      message: "DELIVERY_FAILED",
      cause: { message: "10.0.0.5 said something odd" },
    });
  });

  it.each([
    ["ETIMEDOUT", "RECEIVER_TIMED_OUT"],
    ["UND_ERR_HEADERS_TIMEOUT", "RECEIVER_TIMED_OUT"],
    ["ECONNECTION", "RECEIVER_UNREACHABLE"],
    ["DEPTH_ZERO_SELF_SIGNED_CERT", "RECEIVER_UNREACHABLE"],
    ["EAUTH", "NOTIFIER_NOT_CONFIGURED"],
  ])("because of %s is %s", async (libraryCode, code) => {
    const failure = Object.assign(new Error("10.0.0.5"), { code: libraryCode, responseCode: 535 });
    const refused =
      code === "NOTIFIER_NOT_CONFIGURED" ? failure : Object.assign(failure, { responseCode: undefined });
    const mailer = { send: () => Promise.reject(refused), close: () => undefined };
    const outgoing = {
      id: "1",
      address: "ann@example.com",
      secret: null,
      incidentId: "1",
      incidentNumber: 1,
    };
    const page = {
      ...outgoing,
      title: "x",
      severity: "LOW",
      escalationId: null,
      level: 0,
      notice: null,
      url: "",
    };
    const way = { mailer, allowPrivateWebhooks: true, signal: new AbortController().signal };
    await expect(handOver("EMAIL", page, way)).rejects.toMatchObject({ message: code });
  });

  it("long ago, for a reason that was kept as a library said it, keeps that to itself", () => {
    expect(deliveryErrorOf("connect ECONNREFUSED 10.0.0.5:80")).toBe("DELIVERY_FAILED");
    expect(deliveryErrorOf("toString")).toBe("DELIVERY_FAILED");
  });
});
