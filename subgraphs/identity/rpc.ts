import { timestampFromMs } from "@bufbuild/protobuf/wkt";
import type { Asked } from "#shared/subgraph/defineSubgraph.ts";
import { isUuid } from "#shared/database/where.ts";
import { answer } from "#shared/rpc/rpcServer.ts";
import { IdentityService } from "#supergraph/rpc/identity_pb.ts";
import { Team } from "./entities/Team.ts";
import { TeamMember } from "./entities/TeamMember.ts";
import { User } from "./entities/User.ts";
import { findAdministrators } from "./findAdministrators.ts";
import { resolveActor } from "./resolveActor.ts";
import type { Services } from "./services.ts";
import { verifyApiKey } from "./verifyApiKey.ts";

/** The questions that identity answers. */
export const rpc = [
  answer<typeof IdentityService, Asked<Services>>(IdentityService, {
    async resolveActor({ tenantId, subject, email }, { database }) {
      const actor = isUuid(tenantId)
        ? await resolveActor(database.tenant(tenantId), { subject, email })
        : null;
      if (!actor) return { exists: false };
      return { exists: true, userId: actor.user.id, name: actor.user.name, permissions: actor.permissions };
    },
    async verifyApiKey({ key }, { database }) {
      const apiKey = await verifyApiKey(database, key);
      if (!apiKey) return { valid: false };
      const { id: apiKeyId, tenantId, permissions, expiresAt } = apiKey;
      const expires = expiresAt && { expiresAt: timestampFromMs(expiresAt.epochMilliseconds) };
      return { valid: true, apiKeyId, tenantId, permissions, ...expires };
    },
    async findUsers({ ids, includeDisabled }, { db }) {
      const state = includeDisabled ? {} : { state: { $ne: "DISABLED" as const } };
      const users = await db.find(User, { id: { $in: ids }, ...state });
      return {
        users: users.map(foundUser),
      };
    },
    async findAdministrators(_, { db }) {
      return { administrators: (await findAdministrators(db)).map(foundUser) };
    },
    async findTeams({ ids }, { db }) {
      return db.reading(async (reading) => {
        const teams = await reading.find(Team, { id: { $in: ids } });
        const members = await reading.find(TeamMember, { teamId: { $in: ids } });
        const of = (id: string) =>
          members.filter((member) => member.teamId === id).map((member) => member.userId);
        return { teams: teams.map(({ id }) => ({ id, memberIds: of(id) })) };
      });
    },
  }),
];

// An address that nobody signed in with may be anybody's: no page goes there.
function foundUser({ id, name, email, timeZone, state, signedInAt }: User) {
  return { id, name, email: signedInAt ? email : "", timeZone, disabled: state === "DISABLED" };
}
