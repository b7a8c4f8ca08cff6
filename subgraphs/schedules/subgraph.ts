import { defineSubgraph } from "#shared/subgraph/defineSubgraph.ts";
import { commonSdl } from "#supergraph/commonSdl.ts";
import { EscalationPathService, ReachService } from "#supergraph/rpc/escalations_pb.ts";
import { IdentityService } from "#supergraph/rpc/identity_pb.ts";
import type { CalledService } from "./config.ts";
import { Override as OverrideEntity } from "./entities/Override.ts";
import { PastRotationVersion } from "./entities/PastRotationVersion.ts";
import { Rotation as RotationEntity } from "./entities/Rotation.ts";
import { Schedule as ScheduleEntity } from "./entities/Schedule.ts";
import { Mutation } from "./resolvers/Mutation.ts";
import { Override } from "./resolvers/Override.ts";
import { Query } from "./resolvers/Query.ts";
import { Rotation } from "./resolvers/Rotation.ts";
import { Schedule } from "./resolvers/Schedule.ts";
import { Shift } from "./resolvers/Shift.ts";
import { Team } from "./resolvers/Team.ts";
import { User } from "./resolvers/User.ts";
import { rpc } from "./rpc.ts";
import type { Services } from "./services.ts";
import type { Resolvers } from "./schema/resolvers.generated.ts";

/** Says who is on call when. */
export const schedules = defineSubgraph<Services, unknown, CalledService>({
  name: "schedules",
  schemaFolder: new URL("./schema/", import.meta.url),
  commonSdl,
  resolvers: { Query, Mutation, Schedule, Rotation, Override, Shift, User, Team } satisfies Resolvers,
  entities: [OverrideEntity, PastRotationVersion, RotationEntity, ScheduleEntity],
  rpc,
  services: ({ ask }) => ({
    people: ask("identity", IdentityService),
    paths: ask("escalations", EscalationPathService),
    reach: ask("escalations", ReachService),
  }),
});
