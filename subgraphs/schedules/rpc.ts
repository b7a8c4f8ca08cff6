import { timestampDate } from "@bufbuild/protobuf/wkt";
import type { Asked } from "#shared/subgraph/defineSubgraph.ts";
import { answer } from "#shared/rpc/rpcServer.ts";
import { OnCallService } from "#supergraph/rpc/schedules_pb.ts";
import { whoIsOnCall } from "./whoIsOnCall.ts";
import type { Services } from "./services.ts";

/** The questions that schedules answer. */
export const rpc = [
  answer<typeof OnCallService, Asked<Services>>(OnCallService, {
    async whoIsOnCall({ scheduleIds, at }, { db }) {
      const moment = at ? timestampDate(at).toTemporalInstant() : await db.now();
      return { schedules: await whoIsOnCall(db, { scheduleIds, at: moment }) };
    },
  }),
];
