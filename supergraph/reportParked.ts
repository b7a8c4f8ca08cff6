import { z } from "zod";
import { send } from "#shared/process/commands.ts";
import type { OnParked } from "#shared/process/parkedWork.ts";
import { reportParkedWork } from "./commands.ts";

/** Has people told of a command that is parked; that they could not be told of one is told nobody. */
export const reportParked: OnParked = async (tx, { payload, ...parked }) => {
  if (parked.name === reportParkedWork.name) return;
  const { title, escalationPathId } = known.parse(payload);
  await send(tx, reportParkedWork, { ...parked, about: title, escalationPathId });
};

// What is parked may be anything; of whatever does not fit nothing is known.
const known = z
  .object({
    title: z.string().nullable().catch(null),
    escalationPathId: z.uuid().nullable().catch(null),
  })
  .catch({ title: null, escalationPathId: null });
