import type { TenantDatabase } from "#shared/database/tenantDatabase.ts";
import { containing } from "#shared/database/where.ts";
import { connection, type Connection } from "#shared/subgraph/connection.ts";
import { Schedule } from "./entities/Schedule.ts";
import type { PageArgs } from "#shared/subgraph/page.ts";

/** Which page of which schedules. */
export interface ScheduleList extends PageArgs {
  readonly text?: string | null | undefined;
  readonly teamId?: string | null | undefined;
}

/** A page of schedules, by name. Throws INVALID_ARGUMENT for a page that is none. */
export function listSchedules(db: TenantDatabase, args: ScheduleList): Promise<Connection<Schedule>> {
  const { text, teamId } = args;
  const where = { ...(text && { name: containing(text) }), ...(teamId != null && { teamId }) };
  return connection(db, { entity: Schedule, args, where, orderBy: { name: "ASCENDING" } });
}
