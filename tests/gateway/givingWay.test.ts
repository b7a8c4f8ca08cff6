import { expect, it, onTestFinished } from "vitest";
import type { RequestLoadShedder } from "#shared/http/requestPlaces.ts";
import { openTestGateway, type TestGateway } from "./support/testGateway.ts";

const shop = {
  name: "shop",
  sdl: "type Query { name: String @public sold: Int @public }",
  resolvers: { Query: { name: () => "Ada", sold: () => 3 } },
};

async function open(loadShedder: RequestLoadShedder, env: Record<string, string> = {}): Promise<TestGateway> {
  const gateway = await openTestGateway({ subgraphs: [shop], loadShedder, env });
  onTestFinished(() => gateway.close());
  return gateway;
}

/** A load shedder that tells who had a place when, and has room for all. */
function recording(): { readonly heard: string[]; readonly loadShedder: RequestLoadShedder } {
  const heard: string[] = [];
  const loadShedder = {
    acquire: () => void heard.push("takes a place"),
    release: () => void heard.push("gives it back"),
  };
  return { heard, loadShedder };
}

const once = ["takes a place", "gives it back"];
const names = { data: { name: "Ada" }, errors: [] };

it("gives the place of a request to others while its operation is planned, and keeps it for one that has a plan", async () => {
  const { heard, loadShedder } = recording();
  const gateway = await open(loadShedder);
  expect(await gateway.ask("{ name }")).toMatchObject(names);
  expect(heard).toEqual([...once, ...once]);
  heard.length = 0;
  expect(await gateway.ask("{ name }")).toMatchObject(names);
  expect(heard).toEqual(once);
});

it("gives it away while a large document is validated as well", async () => {
  const { heard, loadShedder } = recording();
  const gateway = await open(loadShedder);
  const large = `{ name } # ${"long ".repeat(600)}`;
  expect(await gateway.ask(large)).toMatchObject(names);
  expect(heard).toEqual([...once, ...once, ...once]);
  heard.length = 0;
  expect((await gateway.ask(large.replace("name", "nothing"))).errors).toHaveLength(1);
  expect(heard).toEqual([...once, ...once]);
});

it("lets somebody else in at the only place there is, and goes on once that one has left", async () => {
  const order: string[] = [];
  const [isGivenBack, isLeft] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  let free = 1;
  const gateway = await open({
    acquire() {
      order.push(`${free} free`);
      free -= 1;
      return free < 0 ? isLeft.promise : undefined;
    },
    release() {
      free += 1;
      isGivenBack.resolve();
    },
  });
  const planned = gateway.ask("{ name sold }").then(() => order.push("what was planned is answered"));
  await isGivenBack.promise;
  await gateway.ask("{ __typename }").then(() => order.push("what needs no plan is answered"));
  isLeft.resolve();
  await planned;
  expect(order.filter((what) => !what.includes("free"))).toEqual([
    "what needs no plan is answered",
    "what was planned is answered",
  ]);
  expect(order.slice(0, 2)).toEqual(["1 free", "1 free"]);
});
