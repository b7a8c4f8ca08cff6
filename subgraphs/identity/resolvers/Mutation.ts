import type { MutationResolvers } from "../schema/resolvers.generated.ts";
import { addTeamMember } from "../addTeamMember.ts";
import { assignRole } from "../assignRole.ts";
import { createApiKey } from "../createApiKey.ts";
import { createRole } from "../createRole.ts";
import { createTeam } from "../createTeam.ts";
import { deleteRole } from "../deleteRole.ts";
import { deleteTeam } from "../deleteTeam.ts";
import { inviteUser } from "../inviteUser.ts";
import { removeTeamMember } from "../removeTeamMember.ts";
import { revokeApiKey } from "../revokeApiKey.ts";
import { unassignRole } from "../unassignRole.ts";
import { updateRole } from "../updateRole.ts";
import { updateUser } from "../updateUser.ts";

/** What can be done to people, teams, roles and keys. */
export const Mutation: MutationResolvers = {
  inviteUser: (_, { input }, { db, actor, services }) => inviteUser(db, actor, input, services),
  updateUser: (_, { input }, { db, actor }) => updateUser(db, actor, input),
  createTeam: (_, { input }, { db, actor }) => createTeam(db, actor, input),
  deleteTeam: (_, args, { db, actor, services }) => deleteTeam(db, actor, args, services.schedules),
  addTeamMember: (_, args, { db, actor }) => addTeamMember(db, actor, args),
  removeTeamMember: (_, args, { db, actor }) => removeTeamMember(db, actor, args),
  createRole: (_, { input }, { db, actor }) => createRole(db, actor, input),
  updateRole: (_, { input }, { db, actor }) => updateRole(db, actor, input),
  deleteRole: (_, args, { db, actor }) => deleteRole(db, actor, args),
  assignRole: (_, args, { db, actor }) => assignRole(db, actor, args),
  unassignRole: (_, args, { db, actor }) => unassignRole(db, actor, args),
  createApiKey: (_, { input }, { db, actor }) => createApiKey(db, actor, input),
  revokeApiKey: (_, args, { db, actor }) => revokeApiKey(db, actor, args),
};
