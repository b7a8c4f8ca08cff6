import { defineSubgraph } from "#shared/subgraph/defineSubgraph.ts";
import { openMailer } from "#shared/mail/mailer.ts";
import { commonSdl } from "#supergraph/commonSdl.ts";
import { ScheduleService } from "#supergraph/rpc/schedules_pb.ts";
import type { CalledService, IdentitySettings } from "./config.ts";
import { deliverInvitation } from "./invitations/deliverInvitation.ts";
import { ApiKey as ApiKeyEntity } from "./entities/ApiKey.ts";
import { Role as RoleEntity } from "./entities/Role.ts";
import { RoleAssignment } from "./entities/RoleAssignment.ts";
import { Team as TeamEntity } from "./entities/Team.ts";
import { TeamMember } from "./entities/TeamMember.ts";
import { Tenant as TenantEntity } from "./entities/Tenant.ts";
import { User as UserEntity } from "./entities/User.ts";
import { ApiKey } from "./resolvers/ApiKey.ts";
import { Mutation } from "./resolvers/Mutation.ts";
import { Query } from "./resolvers/Query.ts";
import { Role } from "./resolvers/Role.ts";
import { Team } from "./resolvers/Team.ts";
import { Tenant } from "./resolvers/Tenant.ts";
import { User } from "./resolvers/User.ts";
import { Viewer } from "./resolvers/Viewer.ts";
import { rpc } from "./rpc.ts";
import type { Services } from "./services.ts";
import type { Resolvers } from "./schema/resolvers.generated.ts";

/** Knows the people and machines of a tenant, and what they may do. */
export const identity = defineSubgraph<Services, IdentitySettings, CalledService>({
  name: "identity",
  schemaFolder: new URL("./schema/", import.meta.url),
  commonSdl,
  resolvers: { Query, Mutation, User, Team, Role, ApiKey, Tenant, Viewer } satisfies Resolvers,
  entities: [ApiKeyEntity, RoleEntity, RoleAssignment, TeamEntity, TeamMember, TenantEntity, UserEntity],
  effects: [deliverInvitation],
  rpc,
  services({ ask, config }) {
    const { SMTP_URL: url, MAIL_FROM: from, PUBLIC_URL: publicUrl } = config;
    const mailer = url ? openMailer({ url, from }) : null;
    const { INVITATIONS_PER_DAY: invitationsPerDay } = config;
    return { mailer, publicUrl, invitationsPerDay, schedules: ask("schedules", ScheduleService) };
  },
});
