import { reference } from "#shared/subgraph/reference.ts";
import type { ScheduleResolvers } from "../schema/resolvers.generated.ts";
import { findGaps } from "../findGaps.ts";
import { findOnCall } from "../findOnCall.ts";
import { findOverrides } from "../findOverrides.ts";
import { findShifts } from "../findShifts.ts";
import { rotationsBySchedule } from "../loaders/rotationsBySchedule.ts";
import { scheduleById } from "../loaders/scheduleById.ts";

/** The fields of a schedule. */
export const Schedule: ScheduleResolvers = {
  __resolveReference: ({ id }, { load }) => load(scheduleById, id),
  team: ({ teamId }) => reference(teamId),
  rotations: ({ id }, _, { load }) => load(rotationsBySchedule, id),
  overrides: ({ id }, window, { load }) => findOverrides(load, { scheduleId: id, ...window }),
  onCall: ({ id }, { at }, context) => findOnCall(context, { scheduleId: id, at }),
  shifts: ({ id }, window, { load }) => findShifts(load, { scheduleId: id, ...window }),
  gaps: ({ id }, window, context) => findGaps(context, { scheduleId: id, ...window }),
};
