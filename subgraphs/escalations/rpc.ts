import type { Asked } from "#shared/subgraph/defineSubgraph.ts";
import { answer } from "#shared/rpc/rpcServer.ts";
import { EscalationPathService, ReachService } from "#supergraph/rpc/escalations_pb.ts";
import { EscalationPath } from "./entities/EscalationPath.ts";
import { findPathsUsing } from "./findPathsUsing.ts";
import { findReachable } from "./findReachable.ts";
import type { Services } from "./services.ts";

/** The questions that escalations answers. */
export const rpc = [
  answer<typeof EscalationPathService, Asked<Services>>(EscalationPathService, {
    async findPathsUsing(asked, { db }) {
      return { paths: await findPathsUsing(db, asked) };
    },
    async findPaths({ ids }, { db }) {
      const paths = await db.find(EscalationPath, { id: { $in: ids } });
      return { paths: paths.map(({ id, name }) => ({ id, name })) };
    },
  }),
  answer<typeof ReachService, Asked<Services>>(ReachService, {
    async findReachable({ userIds }, { tenantId, services }) {
      const caller = { tenantId };
      const breakers = { identity: services.breakers.reads };
      const { people, unknown } = await findReachable({ ...services, breakers }, caller, userIds);
      return { userIds: [...people.keys()], unknownUserIds: [...unknown] };
    },
  }),
];
