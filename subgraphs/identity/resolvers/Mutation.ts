import { creates, createsWithSecrets } from "#shared/subgraph/creates.ts";
import type { MutationResolvers } from "../schema/resolvers.generated.ts";
import { addTeamMember } from "../addTeamMember.ts";
import { assignRole } from "../assignRole.ts";
import { createApiKey } from "../createApiKey.ts";
import { createRole } from "../createRole.ts";
import { createTeam } from "../createTeam.ts";
import { deleteRole } from "../deleteRole.ts";
import { deleteTeam } from "../deleteTeam.ts";
import { inviteUser } from "../inviteUser.ts";
import { apiKeyById } from "../loaders/apiKeyById.ts";
import { roleById } from "../loaders/roleById.ts";
import { teamById } from "../loaders/teamById.ts";
import { userById } from "../loaders/userById.ts";
import { removeTeamMember } from "../removeTeamMember.ts";
import { revokeApiKey } from "../revokeApiKey.ts";
import { requireOwnPermissions } from "../rules/requireOwnPermissions.ts";
import { unassignRole } from "../unassignRole.ts";
import { updateRole } from "../updateRole.ts";
import { updateTeam } from "../updateTeam.ts";
import { updateUser } from "../updateUser.ts";

/** What can be done to people, teams, roles and keys. */
export const Mutation: MutationResolvers = {
  inviteUser: creates("user", userById, (db, { actor, services }, input) =>
    inviteUser(db, actor, input, services),
  ),
  updateUser: async (_, { input }, { db, actor }) => ({ user: await updateUser(db, actor, input) }),
  createTeam: creates("team", teamById, (db, { actor }, input) => createTeam(db, actor, input)),
  updateTeam: async (_, { input }, { db, actor }) => ({ team: await updateTeam(db, actor, input) }),
  deleteTeam: async (_, { input }, { db, actor, services }) => ({
    deletedTeamId: await deleteTeam(db, actor, input, services.schedules),
  }),
  addTeamMember: (_, { input }, { db, actor }) => addTeamMember(db, actor, input),
  removeTeamMember: (_, { input }, { db, actor }) => removeTeamMember(db, actor, input),
  createRole: creates("role", roleById, (db, { actor }, input) => createRole(db, actor, input)),
  updateRole: async (_, { input }, { db, actor }) => ({ role: await updateRole(db, actor, input) }),
  deleteRole: async (_, { input }, { db, actor }) => ({ deletedRoleId: await deleteRole(db, actor, input) }),
  assignRole: async (_, { input }, { db, actor }) => ({ user: await assignRole(db, actor, input) }),
  unassignRole: async (_, { input }, { db, actor }) => ({ user: await unassignRole(db, actor, input) }),
  createApiKey: createsWithSecrets(
    "apiKey",
    apiKeyById,
    (db, { actor }, input) => createApiKey(db, actor, input),
    (actor, { permissions }) => requireOwnPermissions(actor, permissions),
  ),
  revokeApiKey: async (_, { input }, { db, actor }) => ({ apiKey: await revokeApiKey(db, actor, input) }),
};
