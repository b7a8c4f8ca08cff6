import { timestampDate, timestampFromMs } from "@bufbuild/protobuf/wkt";
import type { Asked } from "#shared/subgraph/defineSubgraph.ts";
import { answer } from "#shared/rpc/rpcServer.ts";
import { OnCallService, ScheduleService } from "#supergraph/rpc/schedules_pb.ts";
import { findSchedulesOfTeams } from "./findSchedulesOfTeams.ts";
import { whoIsOnCall, type OnCallAnswer } from "./whoIsOnCall.ts";
import type { Services } from "./services.ts";

/** The questions that schedules answer. */
export const rpc = [
  answer<typeof OnCallService, Asked<Services>>(OnCallService, {
    async whoIsOnCall({ scheduleIds, at }, { db }) {
      const moment = at ? timestampDate(at).toTemporalInstant() : await db.now();
      const schedules = await whoIsOnCall(db, { scheduleIds, at: moment });
      return { schedules: schedules.map(answerOf) };
    },
  }),
  answer<typeof ScheduleService, Asked<Services>>(ScheduleService, {
    async findSchedulesOfTeams(asked, { db }) {
      return { schedules: await findSchedulesOfTeams(db, asked) };
    },
  }),
];

// A moment that lies between two milliseconds is told as the later one: asked again then, the answer is another.
function answerOf({ nextChangeAt, ...onCall }: OnCallAnswer) {
  if (!nextChangeAt) return onCall;
  const milliseconds = Math.ceil(Number(nextChangeAt.epochNanoseconds) / 1_000_000);
  return { ...onCall, nextChangeAt: timestampFromMs(milliseconds) };
}
