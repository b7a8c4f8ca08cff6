import { expect, it } from "vitest";
import type { Addresses } from "#shared/config/addressVariable.ts";
import { defineSubgraph } from "#shared/subgraph/defineSubgraph.ts";
import type { OpenSubgraphOptions } from "#shared/subgraph/openSubgraph.ts";
import { commonSdl } from "#supergraph/commonSdl.ts";
import { IdentityService } from "#supergraph/rpc/identity_pb.ts";
import { ScheduleService } from "#supergraph/rpc/schedules_pb.ts";
import type { SubgraphSettings } from "../../standalone/subgraphs.ts";
import type { escalations } from "../../subgraphs/escalations/subgraph.ts";

type Config<Definition> = Definition extends { services?(parts: infer Parts): unknown }
  ? Parts extends { config: infer Settings }
    ? Settings
    : never
  : never;

it("a subgraph calls the services only whose addresses its configuration has", () => {
  type Definition = Parameters<typeof defineSubgraph<unknown, unknown, "schedules">>[0];
  const services: Definition["services"] = ({ ask }) => ({
    schedules: ask("schedules", ScheduleService),
    // @ts-expect-error -- nothing says where it is
    people: ask("identity", IdentityService),
  });
  const addresses: Addresses<"schedules"> = { SCHEDULES_URL: "http://localhost:4003" };
  // @ts-expect-error -- it does not say where schedules are
  const none: Addresses<"schedules"> = { IDENTITY_URL: "http://localhost:4001" };
  expect([services, addresses, none]).toHaveLength(3);
});

it("what a subgraph needs of its configuration is typed from its declaration to whoever opens it", () => {
  const greeter = defineSubgraph<{ greeting: string }, { GREETING: string }>({
    name: "greeter",
    schemaFolder: new URL("./library/schema/", import.meta.url),
    commonSdl,
    resolvers: {},
    services({ config }) {
      // @ts-expect-error -- nobody reads this of the environment
      void config.FAREWELL;
      return { greeting: config.GREETING };
    },
  });
  const told: OpenSubgraphOptions<Config<typeof greeter>>["config"] = { GREETING: "Good morning" };
  // @ts-expect-error -- it says nothing
  const silent: OpenSubgraphOptions<Config<typeof greeter>>["config"] = {};
  // @ts-expect-error -- what all subgraphs together are told has every part
  const whole: SubgraphSettings = { PUBLIC_URL: "http://localhost" };
  // @ts-expect-error -- a number is no text
  const wrong: Config<typeof escalations> = { PAGES_PER_MINUTE: "many" };
  expect([told, silent, whole, wrong]).toHaveLength(4);
});
