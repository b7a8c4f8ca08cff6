// Generated from the SDL beside it by `npm run codegen`. Never edited.

import type { Answered, Demanded } from "#shared/subgraph/answered.ts";
import type { Row } from "#shared/database/entity.ts";
import type { Connection } from "#shared/subgraph/connection.ts";
import type { ApiKey as ApiKeyEntity } from "../entities/ApiKey.ts";
import type { Role as RoleEntity } from "../entities/Role.ts";
import type { Team as TeamEntity } from "../entities/Team.ts";
import type { User as UserEntity } from "../entities/User.ts";
import type { Tenant as TenantEntity } from "../entities/Tenant.ts";
import type * as mapped from "./mappers.ts";
import type { Services } from "../services.ts";
import type { SubgraphContext } from "#shared/subgraph/defineSubgraph.ts";
type Context = SubgraphContext<Services>;
import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from "graphql";
export type Maybe<T> = T | null;
export type InputMaybe<T> = Maybe<T>;
export type Omit<T, K extends keyof T> = Pick<T, Exclude<keyof T, K>>;
export type RequireFields<T, K extends keyof T> = Omit<T, K> & { [P in K]-?: NonNullable<T[P]> };
/** All built-in and custom scalars, mapped to their actual values */
export type Scalars = {
  ID: { input: string; output: string };
  String: { input: string; output: string };
  Boolean: { input: boolean; output: boolean };
  Int: { input: number; output: number };
  Float: { input: number; output: number };
  /** A moment: ISO 8601 with an offset, for example 2026-11-20T09:00:00Z. */
  DateTime: { input: Temporal.Instant; output: Temporal.Instant };
  /** A time zone of the IANA database, by name, for example Europe/Vienna. An offset is none: it knows no summer time. */
  TimeZone: { input: string; output: string };
  /** An e-mail address as HTML's forms take it. */
  EmailAddress: { input: string; output: string };
  _FieldSet: { input: string; output: string };
};

/** Which way a list runs. */
export type SortDirection = "ASCENDING" | "DESCENDING";

/** Where a page of a connection lies. A page holds 20 unless first or last says otherwise, and 100 at most. */
export type PageInfo = {
  __typename?: "PageInfo";
  /** Whether the list goes on after endCursor. */
  hasNextPage: Scalars["Boolean"]["output"];
  /** Whether the list begins before startCursor. */
  hasPreviousPage: Scalars["Boolean"]["output"];
  /** The cursor of the first edge, to give as before; null on an empty page. */
  startCursor: Maybe<Scalars["String"]["output"]>;
  /** The cursor of the last edge, to give as after; null on an empty page. */
  endCursor: Maybe<Scalars["String"]["output"]>;
};

/** What somebody may be permitted to do. */
export type Permission =
  /** Read the schema by introspection */
  | "SchemaRead"
  /** See the people of the tenant */
  | "UserRead"
  /** Invite a person into the tenant */
  | "UserInvite"
  /** Change another person's name, time zone or state */
  | "UserUpdate"
  /** See teams and who is in them */
  | "TeamRead"
  /** Create teams and change who is in them */
  | "TeamManage"
  /** See roles and what they permit */
  | "RoleRead"
  /** Create roles and change what they permit */
  | "RoleManage"
  /** Give a role to a person or take it away */
  | "RoleAssign"
  /** See the tenant's API keys, never their secrets */
  | "ApiKeyRead"
  /** Create an API key with at most one's own permissions */
  | "ApiKeyCreate"
  /** Revoke an API key */
  | "ApiKeyRevoke"
  /** Read alerts and their events */
  | "AlertRead"
  /** Resolve an alert by hand */
  | "AlertResolve"
  /** See alert sources */
  | "AlertSourceRead"
  /** Create alert sources, rotate their tokens, disable them */
  | "AlertSourceManage"
  /** See alert routes and preview what a payload would do */
  | "AlertRouteRead"
  /** Create, change, order and delete alert routes */
  | "AlertRouteManage"
  /** Look at webhook requests that were refused */
  | "RefusedRequestRead"
  /** Replay a webhook request that was refused */
  | "RefusedRequestReplay"
  /** Read incidents and their timeline */
  | "IncidentRead"
  /** Open an incident */
  | "IncidentCreate"
  /** Change title, summary, severity and lead, add notes to the timeline */
  | "IncidentUpdate"
  /** Acknowledge an incident, which stops its pages */
  | "IncidentAcknowledge"
  /** Resolve, close and reopen an incident */
  | "IncidentResolve"
  /** Merge an incident into another */
  | "IncidentMerge"
  /** See what keeps failing and waits for somebody to look at it */
  | "ParkedWorkRead"
  /** Have what keeps failing tried again, or discard it */
  | "ParkedWorkManage"
  /** See schedules, shifts and who is on call */
  | "ScheduleRead"
  /** Create schedules and change their rotations */
  | "ScheduleManage"
  /** Put somebody on call for a while in place of another */
  | "ScheduleOverride"
  /** See escalation paths */
  | "EscalationPathRead"
  /** Create, change and delete escalation paths */
  | "EscalationPathManage"
  /** See escalations and who was paged when and how */
  | "EscalationRead"
  /** Page people about an incident by hand */
  | "EscalationStart"
  /** Acknowledge an escalation, which stops its pages */
  | "EscalationAcknowledge"
  /** See how another person is reached */
  | "ContactMethodRead"
  /** Change how another person is reached */
  | "ContactMethodManage";

/** A key with which a machine asks in the tenant's name. It may do what it lists and its creator may do at the time. */
export type ApiKey = {
  __typename?: "ApiKey";
  id: Scalars["ID"]["output"];
  name: Scalars["String"]["output"];
  /** The part of the key that may be shown. */
  prefix: Scalars["String"]["output"];
  /** What it lists; null for whoever may not see API keys. */
  permissions: Maybe<Array<Permission>>;
  /** The person who created it; null for one that another key or the system created. */
  createdBy: Maybe<User>;
  /** The key that created it, with which it is revoked and expires. */
  createdByKey: Maybe<ApiKey>;
  /** Null for whoever may not see API keys. */
  createdAt: Maybe<Scalars["DateTime"]["output"]>;
  /** When it stops working; null for never. */
  expiresAt: Maybe<Scalars["DateTime"]["output"]>;
  /** When it was revoked; null when it was not. */
  revokedAt: Maybe<Scalars["DateTime"]["output"]>;
  /** To the minute. */
  lastUsedAt: Maybe<Scalars["DateTime"]["output"]>;
};

/** One API key on a page, and where the page can be cut. */
export type ApiKeyEdge = {
  __typename?: "ApiKeyEdge";
  node: ApiKey;
  cursor: Scalars["String"]["output"];
};

/** A page of API keys. */
export type ApiKeyConnection = {
  __typename?: "ApiKeyConnection";
  nodes: Array<ApiKey>;
  edges: Array<ApiKeyEdge>;
  pageInfo: PageInfo;
  totalCount: Scalars["Int"]["output"];
};

/** What a new key is called and may do. */
export type CreateApiKeyInput = {
  name: Scalars["String"]["input"];
  /** At most the creator's own. */
  permissions: Array<Permission>;
  /** When it stops working, in the future; null or left out: never, or with the key that creates it. */
  expiresAt?: InputMaybe<Scalars["DateTime"]["input"]>;
  /** Of your own making, at least 16 characters, such as a UUID. Sent again with the same key within 24 hours, the same input creates nothing more and is answered with what was created. */
  idempotencyKey?: InputMaybe<Scalars["String"]["input"]>;
};

/** The result of createApiKey. */
export type CreateApiKeyPayload = {
  __typename?: "CreateApiKeyPayload";
  apiKey: ApiKey;
  /** The whole key, which is shown this once, and again only to the same request with the same idempotency key. */
  key: Scalars["String"]["output"];
};

/** The input of revokeApiKey. */
export type RevokeApiKeyInput = {
  id: Scalars["ID"]["input"];
};

/** The result of revokeApiKey. */
export type RevokeApiKeyPayload = {
  __typename?: "RevokeApiKeyPayload";
  apiKey: ApiKey;
};

/** A named set of permissions that is given to people. */
export type Role = {
  __typename?: "Role";
  id: Scalars["ID"]["output"];
  name: Scalars["String"]["output"];
  /** What whoever has it may do. */
  permissions: Array<Permission>;
  /** Counts the changes: what was looked at, for whoever changes it next. */
  version: Scalars["Int"]["output"];
};

/** One role on a page, and where the page can be cut. */
export type RoleEdge = {
  __typename?: "RoleEdge";
  node: Role;
  cursor: Scalars["String"]["output"];
};

/** A page of roles. */
export type RoleConnection = {
  __typename?: "RoleConnection";
  nodes: Array<Role>;
  edges: Array<RoleEdge>;
  pageInfo: PageInfo;
  totalCount: Scalars["Int"]["output"];
};

/** What a new role is called and permits. */
export type CreateRoleInput = {
  name: Scalars["String"]["input"];
  permissions: Array<Permission>;
  /** Of your own making, at least 16 characters, such as a UUID. Sent again with the same key within 24 hours, the same input creates nothing more and is answered with what was created. */
  idempotencyKey?: InputMaybe<Scalars["String"]["input"]>;
};

/** What changes about a role; what is left out stays. */
export type RoleChangesInput = {
  name?: InputMaybe<Scalars["String"]["input"]>;
  permissions?: InputMaybe<Array<Permission>>;
};

/** The input of updateRole. */
export type UpdateRoleInput = {
  id: Scalars["ID"]["input"];
  /** The version that was looked at: when somebody changed it since, nothing is changed, and the error says what holds now. Left out: not looked at. */
  expectedVersion?: InputMaybe<Scalars["Int"]["input"]>;
  changes: RoleChangesInput;
};

/** The result of createRole. */
export type CreateRolePayload = {
  __typename?: "CreateRolePayload";
  role: Role;
};

/** The result of updateRole. */
export type UpdateRolePayload = {
  __typename?: "UpdateRolePayload";
  role: Role;
};

/** The input of deleteRole. */
export type DeleteRoleInput = {
  id: Scalars["ID"]["input"];
  /** The role that whoever has the deleted one gets in its place. */
  replaceWithId?: InputMaybe<Scalars["ID"]["input"]>;
};

/** The result of deleteRole. */
export type DeleteRolePayload = {
  __typename?: "DeleteRolePayload";
  deletedRoleId: Scalars["ID"]["output"];
};

/** The input of assignRole. */
export type AssignRoleInput = {
  userId: Scalars["ID"]["input"];
  roleId: Scalars["ID"]["input"];
};

/** The result of assignRole. */
export type AssignRolePayload = {
  __typename?: "AssignRolePayload";
  user: User;
};

/** The input of unassignRole. */
export type UnassignRoleInput = {
  userId: Scalars["ID"]["input"];
  roleId: Scalars["ID"]["input"];
};

/** The result of unassignRole. */
export type UnassignRolePayload = {
  __typename?: "UnassignRolePayload";
  user: User;
};

/** People who look after something together. */
export type Team = {
  __typename?: "Team";
  id: Scalars["ID"]["output"];
  name: Scalars["String"]["output"];
  /** The people in it, by name. */
  members: UserConnection;
  createdAt: Scalars["DateTime"]["output"];
  /** Counts the changes of its name: what was looked at, for whoever changes it next. */
  version: Scalars["Int"]["output"];
};

/** People who look after something together. */
export type TeamMembersArgs = {
  first?: InputMaybe<Scalars["Int"]["input"]>;
  after?: InputMaybe<Scalars["String"]["input"]>;
  last?: InputMaybe<Scalars["Int"]["input"]>;
  before?: InputMaybe<Scalars["String"]["input"]>;
};

/** One team on a page, and where the page can be cut. */
export type TeamEdge = {
  __typename?: "TeamEdge";
  node: Team;
  cursor: Scalars["String"]["output"];
};

/** A page of teams. */
export type TeamConnection = {
  __typename?: "TeamConnection";
  nodes: Array<Team>;
  edges: Array<TeamEdge>;
  pageInfo: PageInfo;
  totalCount: Scalars["Int"]["output"];
};

/** What a new team is called, and who is in it. */
export type CreateTeamInput = {
  name: Scalars["String"]["input"];
  /** The people in it, at most 1,000. */
  memberIds: Array<Scalars["ID"]["input"]>;
  /** Of your own making, at least 16 characters, such as a UUID. Sent again with the same key within 24 hours, the same input creates nothing more and is answered with what was created. */
  idempotencyKey?: InputMaybe<Scalars["String"]["input"]>;
};

/** The result of createTeam. */
export type CreateTeamPayload = {
  __typename?: "CreateTeamPayload";
  team: Team;
};

/** What changes about a team; what is left out stays. */
export type TeamChangesInput = {
  name?: InputMaybe<Scalars["String"]["input"]>;
};

/** The input of updateTeam. */
export type UpdateTeamInput = {
  id: Scalars["ID"]["input"];
  /** The version that was looked at: when somebody changed it since, nothing is changed, and the error says what holds now. Left out: not looked at. */
  expectedVersion?: InputMaybe<Scalars["Int"]["input"]>;
  changes: TeamChangesInput;
};

/** The result of updateTeam. */
export type UpdateTeamPayload = {
  __typename?: "UpdateTeamPayload";
  team: Team;
};

/** The input of deleteTeam. */
export type DeleteTeamInput = {
  id: Scalars["ID"]["input"];
};

/** The result of deleteTeam. */
export type DeleteTeamPayload = {
  __typename?: "DeleteTeamPayload";
  deletedTeamId: Scalars["ID"]["output"];
};

/** The input of addTeamMember. */
export type AddTeamMemberInput = {
  teamId: Scalars["ID"]["input"];
  userId: Scalars["ID"]["input"];
};

/** The result of addTeamMember. */
export type AddTeamMemberPayload = {
  __typename?: "AddTeamMemberPayload";
  team: Team;
  user: User;
};

/** The input of removeTeamMember. */
export type RemoveTeamMemberInput = {
  teamId: Scalars["ID"]["input"];
  userId: Scalars["ID"]["input"];
};

/** The result of removeTeamMember. */
export type RemoveTeamMemberPayload = {
  __typename?: "RemoveTeamMemberPayload";
  team: Team;
  /** Null when the tenant has no such person. */
  user: Maybe<User>;
};

/** A person who may sign in to the tenant, be paged and be put on call. Whoever may read a thing may read the names of the people in it; all else about a person is for themselves and for those who may see people. */
export type User = {
  __typename?: "User";
  id: Scalars["ID"]["output"];
  /** The address they sign in with. Null for whoever may not read it. */
  email: Maybe<Scalars["EmailAddress"]["output"]>;
  name: Scalars["String"]["output"];
  /** IANA time zone in which this person wants to read times, for example Europe/Vienna. */
  timeZone: Maybe<Scalars["TimeZone"]["output"]>;
  /** Null for whoever may not read it. */
  state: Maybe<UserState>;
  /** Sorted by name. */
  roles: Array<Role>;
  /** Sorted by name. */
  teams: Array<Team>;
  /** When they were invited. Null for whoever may not read it. */
  createdAt: Maybe<Scalars["DateTime"]["output"]>;
  /** Counts the changes: what was looked at, for whoever changes it next. */
  version: Maybe<Scalars["Int"]["output"]>;
};

/** Whether a person has signed in, and may. */
export type UserState =
  /** Invited, has not signed in yet. Can be paged and put on call already. */
  | "INVITED"
  /** Has signed in and may again. */
  | "ACTIVE"
  /** May no longer sign in and is no longer paged. */
  | "DISABLED";

/** One person on a page, and where the page can be cut. */
export type UserEdge = {
  __typename?: "UserEdge";
  node: User;
  cursor: Scalars["String"]["output"];
};

/** A page of people. */
export type UserConnection = {
  __typename?: "UserConnection";
  nodes: Array<User>;
  edges: Array<UserEdge>;
  pageInfo: PageInfo;
  totalCount: Scalars["Int"]["output"];
};

/** Which people are meant; what is left out excludes nobody. */
export type UserFilter = {
  /** Part of the name or the e-mail address, whatever its case. */
  text?: InputMaybe<Scalars["String"]["input"]>;
  states?: InputMaybe<Array<UserState>>;
  teamId?: InputMaybe<Scalars["ID"]["input"]>;
};

/** By what people are sorted. */
export type UserOrder =
  /** By name. */
  | "NAME"
  /** By e-mail address. */
  | "EMAIL"
  /** By when they were invited. */
  | "CREATED_AT";

/** Who is invited, and what they may do from the start. */
export type InviteUserInput = {
  /** The address they sign in with, which is unique in the tenant. */
  email: Scalars["EmailAddress"]["input"];
  name: Scalars["String"]["input"];
  timeZone: Scalars["TimeZone"]["input"];
  roleIds: Array<Scalars["ID"]["input"]>;
  /** Of your own making, at least 16 characters, such as a UUID. Sent again with the same key within 24 hours, the same input creates nothing more and is answered with what was created. */
  idempotencyKey?: InputMaybe<Scalars["String"]["input"]>;
};

/** What changes about a person; what is left out stays. */
export type UserChangesInput = {
  name?: InputMaybe<Scalars["String"]["input"]>;
  timeZone?: InputMaybe<Scalars["TimeZone"]["input"]>;
  /** ACTIVE or DISABLED. */
  state?: InputMaybe<UserState>;
};

/** The input of updateUser. */
export type UpdateUserInput = {
  id: Scalars["ID"]["input"];
  /** The version that was looked at: when somebody changed it since, nothing is changed, and the error says what holds now. Left out: not looked at. */
  expectedVersion?: InputMaybe<Scalars["Int"]["input"]>;
  changes: UserChangesInput;
};

/** The result of inviteUser. */
export type InviteUserPayload = {
  __typename?: "InviteUserPayload";
  user: User;
};

/** The result of updateUser. */
export type UpdateUserPayload = {
  __typename?: "UpdateUserPayload";
  user: User;
};

/** Whoever sends this request: a signed-in person or an API key. */
export type Viewer = {
  __typename?: "Viewer";
  tenant: Tenant;
  /** The signed-in person; null for an API key. */
  user: Maybe<User>;
  /** The API key; null for a person. */
  apiKey: Maybe<ApiKey>;
  /** What the sender of this request may do. */
  permissions: Array<Permission>;
};

/** A customer: everything else belongs to exactly one tenant. */
export type Tenant = {
  __typename?: "Tenant";
  id: Scalars["ID"]["output"];
  name: Scalars["String"]["output"];
  /** Short name for addresses, unique over all tenants. */
  slug: Scalars["String"]["output"];
};

export type Query = {
  __typename?: "Query";
  /** The tenant's API keys, newest first, revoked ones included. Null, with an error, when it fails. */
  apiKeys: Maybe<ApiKeyConnection>;
  /** The roles of the tenant, by name. Null, with an error, when it fails. */
  roles: Maybe<RoleConnection>;
  /** The team of this id. Null when the tenant has none. */
  team: Maybe<Team>;
  /** The teams of the tenant, by name. Null, with an error, when it fails. */
  teams: Maybe<TeamConnection>;
  /** The person of this id or of this e-mail address: give exactly one of the two. Null when the tenant has none. */
  user: Maybe<User>;
  /** The tenant's people who match the filter, by name unless another order is asked for. Null, with an error, when it fails. */
  users: Maybe<UserConnection>;
  /** Whoever sends this request. Needs an actor, and no permission. Null, with an error, when it fails. */
  viewer: Maybe<Viewer>;
};

export type QueryApiKeysArgs = {
  first?: InputMaybe<Scalars["Int"]["input"]>;
  after?: InputMaybe<Scalars["String"]["input"]>;
  last?: InputMaybe<Scalars["Int"]["input"]>;
  before?: InputMaybe<Scalars["String"]["input"]>;
};

export type QueryRolesArgs = {
  first?: InputMaybe<Scalars["Int"]["input"]>;
  after?: InputMaybe<Scalars["String"]["input"]>;
  last?: InputMaybe<Scalars["Int"]["input"]>;
  before?: InputMaybe<Scalars["String"]["input"]>;
};

export type QueryTeamArgs = {
  id: Scalars["ID"]["input"];
};

export type QueryTeamsArgs = {
  text?: InputMaybe<Scalars["String"]["input"]>;
  first?: InputMaybe<Scalars["Int"]["input"]>;
  after?: InputMaybe<Scalars["String"]["input"]>;
  last?: InputMaybe<Scalars["Int"]["input"]>;
  before?: InputMaybe<Scalars["String"]["input"]>;
};

export type QueryUserArgs = {
  id?: InputMaybe<Scalars["ID"]["input"]>;
  email?: InputMaybe<Scalars["EmailAddress"]["input"]>;
};

export type QueryUsersArgs = {
  filter?: InputMaybe<UserFilter>;
  orderBy?: InputMaybe<UserOrder>;
  direction?: InputMaybe<SortDirection>;
  first?: InputMaybe<Scalars["Int"]["input"]>;
  after?: InputMaybe<Scalars["String"]["input"]>;
  last?: InputMaybe<Scalars["Int"]["input"]>;
  before?: InputMaybe<Scalars["String"]["input"]>;
};

export type Mutation = {
  __typename?: "Mutation";
  /** Creates an API key and shows it once. Null, with an error, when it fails. */
  createApiKey: Maybe<CreateApiKeyPayload>;
  /** Revokes an API key at once. Null, with an error, when it fails. */
  revokeApiKey: Maybe<RevokeApiKeyPayload>;
  /** Creates a role. Nobody can permit what they may not do themselves. Null, with an error, when it fails. */
  createRole: Maybe<CreateRolePayload>;
  /** Changes a role's name or what it permits. Null, with an error, when it fails. */
  updateRole: Maybe<UpdateRolePayload>;
  /** Deletes a role. Refused with who has it, unless a role is given that they get in its place. Null, with an error, when it fails. */
  deleteRole: Maybe<DeleteRolePayload>;
  /** Gives a role to a user; does nothing when they have it already. Null, with an error, when it fails. */
  assignRole: Maybe<AssignRolePayload>;
  /** Takes a role from a user. The tenant's last user who may assign roles keeps theirs. Null, with an error, when it fails. */
  unassignRole: Maybe<UnassignRolePayload>;
  /** Changes what a team is called. Its name is unique in the tenant. Null, with an error, when it fails. */
  updateTeam: Maybe<UpdateTeamPayload>;
  /** Creates a team. Its name is unique in the tenant. Null, with an error, when it fails. */
  createTeam: Maybe<CreateTeamPayload>;
  /** Deletes a team; its people stay. Refused with the schedules that belong to it. Null, with an error, when it fails. */
  deleteTeam: Maybe<DeleteTeamPayload>;
  /** Puts a user into a team; does nothing when they are in it already. Null, with an error, when it fails. */
  addTeamMember: Maybe<AddTeamMemberPayload>;
  /** Takes a user out of a team; does nothing when they are not in it. Null, with an error, when it fails. */
  removeTeamMember: Maybe<RemoveTeamMemberPayload>;
  /** Invites a person: they exist at once, can be paged, and sign in when they accept. An invitation goes out by e-mail where mail is configured. Null, with an error, when it fails. */
  inviteUser: Maybe<InviteUserPayload>;
  /** Changes a user's name, time zone or state. Null, with an error, when it fails. */
  updateUser: Maybe<UpdateUserPayload>;
};

export type MutationCreateApiKeyArgs = {
  input: CreateApiKeyInput;
};

export type MutationRevokeApiKeyArgs = {
  input: RevokeApiKeyInput;
};

export type MutationCreateRoleArgs = {
  input: CreateRoleInput;
};

export type MutationUpdateRoleArgs = {
  input: UpdateRoleInput;
};

export type MutationDeleteRoleArgs = {
  input: DeleteRoleInput;
};

export type MutationAssignRoleArgs = {
  input: AssignRoleInput;
};

export type MutationUnassignRoleArgs = {
  input: UnassignRoleInput;
};

export type MutationUpdateTeamArgs = {
  input: UpdateTeamInput;
};

export type MutationCreateTeamArgs = {
  input: CreateTeamInput;
};

export type MutationDeleteTeamArgs = {
  input: DeleteTeamInput;
};

export type MutationAddTeamMemberArgs = {
  input: AddTeamMemberInput;
};

export type MutationRemoveTeamMemberArgs = {
  input: RemoveTeamMemberInput;
};

export type MutationInviteUserArgs = {
  input: InviteUserInput;
};

export type MutationUpdateUserArgs = {
  input: UpdateUserInput;
};

export type ResolverTypeWrapper<T> = Promise<T> | T;

export type ReferenceResolver<TResult, TReference, TContext> = (
  reference: TReference,
  context: TContext,
  info: GraphQLResolveInfo,
) => Promise<TResult> | TResult;

type ScalarCheck<T, S> = S extends true ? T : NullableCheck<T, S>;
type NullableCheck<T, S> = Maybe<T> extends T ? Maybe<ListCheck<NonNullable<T>, S>> : ListCheck<T, S>;
type ListCheck<T, S> = T extends (infer U)[] ? NullableCheck<U, S>[] : GraphQLRecursivePick<T, S>;
export type GraphQLRecursivePick<T, S> = { [K in keyof T & keyof S]: ScalarCheck<T[K], S[K]> };

export type ResolverWithResolve<TResult, TParent, TContext, TArgs> = {
  resolve: ResolverFn<TResult, TParent, TContext, TArgs>;
};
export type Resolver<
  TResult,
  TParent = Record<PropertyKey, never>,
  TContext = Record<PropertyKey, never>,
  TArgs = Record<PropertyKey, never>,
> = ResolverFn<TResult, TParent, TContext, TArgs> | ResolverWithResolve<TResult, TParent, TContext, TArgs>;

export type ResolverFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo,
) => Promise<TResult> | TResult;

export type SubscriptionSubscribeFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo,
) => AsyncIterable<TResult> | Promise<AsyncIterable<TResult>>;

export type SubscriptionResolveFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo,
) => TResult | Promise<TResult>;

export interface SubscriptionSubscriberObject<TResult, TKey extends string, TParent, TContext, TArgs> {
  subscribe: SubscriptionSubscribeFn<{ [key in TKey]: TResult }, TParent, TContext, TArgs>;
  resolve?: SubscriptionResolveFn<TResult, { [key in TKey]: TResult }, TContext, TArgs>;
}

export interface SubscriptionResolverObject<TResult, TParent, TContext, TArgs> {
  subscribe: SubscriptionSubscribeFn<any, TParent, TContext, TArgs>;
  resolve: SubscriptionResolveFn<TResult, any, TContext, TArgs>;
}

export type SubscriptionObject<TResult, TKey extends string, TParent, TContext, TArgs> =
  | SubscriptionSubscriberObject<TResult, TKey, TParent, TContext, TArgs>
  | SubscriptionResolverObject<TResult, TParent, TContext, TArgs>;

export type SubscriptionResolver<
  TResult,
  TKey extends string,
  TParent = Record<PropertyKey, never>,
  TContext = Record<PropertyKey, never>,
  TArgs = Record<PropertyKey, never>,
> =
  | ((...args: any[]) => SubscriptionObject<TResult, TKey, TParent, TContext, TArgs>)
  | SubscriptionObject<TResult, TKey, TParent, TContext, TArgs>;

export type TypeResolveFn<
  TTypes,
  TParent = Record<PropertyKey, never>,
  TContext = Record<PropertyKey, never>,
> = (parent: TParent, context: TContext, info: GraphQLResolveInfo) => Maybe<TTypes> | Promise<Maybe<TTypes>>;

export type IsTypeOfResolverFn<T = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>> = (
  obj: T,
  context: TContext,
  info: GraphQLResolveInfo,
) => boolean | Promise<boolean>;

export type NextResolverFn<T> = () => Promise<T>;

export type DirectiveResolverFn<
  TResult = Record<PropertyKey, never>,
  TParent = Record<PropertyKey, never>,
  TContext = Record<PropertyKey, never>,
  TArgs = Record<PropertyKey, never>,
> = (
  next: NextResolverFn<TResult>,
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo,
) => TResult | Promise<TResult>;

/** Mapping of federation types */
export type FederationTypes = {
  ApiKey: ApiKey;
  Role: Role;
  Team: Team;
  User: User;
  Tenant: Tenant;
};

/** Mapping of federation reference types */
export type FederationReferenceTypes = {
  ApiKey: { __typename: "ApiKey" } & GraphQLRecursivePick<FederationTypes["ApiKey"], { id: true }>;
  Role: { __typename: "Role" } & GraphQLRecursivePick<FederationTypes["Role"], { id: true }>;
  Team: { __typename: "Team" } & GraphQLRecursivePick<FederationTypes["Team"], { id: true }>;
  User: { __typename: "User" } & GraphQLRecursivePick<FederationTypes["User"], { id: true }>;
  Tenant: { __typename: "Tenant" } & GraphQLRecursivePick<FederationTypes["Tenant"], { id: true }>;
};

/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  DateTime: ResolverTypeWrapper<Scalars["DateTime"]["output"]>;
  TimeZone: ResolverTypeWrapper<Scalars["TimeZone"]["output"]>;
  EmailAddress: ResolverTypeWrapper<Scalars["EmailAddress"]["output"]>;
  SortDirection: SortDirection;
  PageInfo: ResolverTypeWrapper<PageInfo>;
  Boolean: ResolverTypeWrapper<Scalars["Boolean"]["output"]>;
  String: ResolverTypeWrapper<Scalars["String"]["output"]>;
  Permission: Permission;
  ApiKey: ResolverTypeWrapper<Row<typeof ApiKeyEntity>>;
  ID: ResolverTypeWrapper<Scalars["ID"]["output"]>;
  ApiKeyEdge: ResolverTypeWrapper<Omit<ApiKeyEdge, "node"> & { node: ResolversTypes["ApiKey"] }>;
  ApiKeyConnection: ResolverTypeWrapper<
    Connection<ResolversParentTypes["ApiKey"], ResolversParentTypes["ApiKeyEdge"]>
  >;
  CreateApiKeyInput: CreateApiKeyInput;
  CreateApiKeyPayload: ResolverTypeWrapper<
    Omit<CreateApiKeyPayload, "apiKey"> & { apiKey: ResolversTypes["ApiKey"] }
  >;
  RevokeApiKeyInput: RevokeApiKeyInput;
  RevokeApiKeyPayload: ResolverTypeWrapper<
    Omit<RevokeApiKeyPayload, "apiKey"> & { apiKey: ResolversTypes["ApiKey"] }
  >;
  Role: ResolverTypeWrapper<Row<typeof RoleEntity>>;
  RoleEdge: ResolverTypeWrapper<Omit<RoleEdge, "node"> & { node: ResolversTypes["Role"] }>;
  RoleConnection: ResolverTypeWrapper<
    Connection<ResolversParentTypes["Role"], ResolversParentTypes["RoleEdge"]>
  >;
  CreateRoleInput: CreateRoleInput;
  RoleChangesInput: RoleChangesInput;
  UpdateRoleInput: UpdateRoleInput;
  CreateRolePayload: ResolverTypeWrapper<Omit<CreateRolePayload, "role"> & { role: ResolversTypes["Role"] }>;
  UpdateRolePayload: ResolverTypeWrapper<Omit<UpdateRolePayload, "role"> & { role: ResolversTypes["Role"] }>;
  DeleteRoleInput: DeleteRoleInput;
  DeleteRolePayload: ResolverTypeWrapper<DeleteRolePayload>;
  AssignRoleInput: AssignRoleInput;
  AssignRolePayload: ResolverTypeWrapper<Omit<AssignRolePayload, "user"> & { user: ResolversTypes["User"] }>;
  UnassignRoleInput: UnassignRoleInput;
  UnassignRolePayload: ResolverTypeWrapper<
    Omit<UnassignRolePayload, "user"> & { user: ResolversTypes["User"] }
  >;
  Team: ResolverTypeWrapper<Row<typeof TeamEntity>>;
  TeamEdge: ResolverTypeWrapper<Omit<TeamEdge, "node"> & { node: ResolversTypes["Team"] }>;
  TeamConnection: ResolverTypeWrapper<
    Connection<ResolversParentTypes["Team"], ResolversParentTypes["TeamEdge"]>
  >;
  CreateTeamInput: CreateTeamInput;
  CreateTeamPayload: ResolverTypeWrapper<Omit<CreateTeamPayload, "team"> & { team: ResolversTypes["Team"] }>;
  TeamChangesInput: TeamChangesInput;
  UpdateTeamInput: UpdateTeamInput;
  UpdateTeamPayload: ResolverTypeWrapper<Omit<UpdateTeamPayload, "team"> & { team: ResolversTypes["Team"] }>;
  DeleteTeamInput: DeleteTeamInput;
  DeleteTeamPayload: ResolverTypeWrapper<DeleteTeamPayload>;
  AddTeamMemberInput: AddTeamMemberInput;
  AddTeamMemberPayload: ResolverTypeWrapper<
    Omit<AddTeamMemberPayload, "team" | "user"> & {
      team: ResolversTypes["Team"];
      user: ResolversTypes["User"];
    }
  >;
  RemoveTeamMemberInput: RemoveTeamMemberInput;
  RemoveTeamMemberPayload: ResolverTypeWrapper<
    Omit<RemoveTeamMemberPayload, "team" | "user"> & {
      team: ResolversTypes["Team"];
      user: Maybe<ResolversTypes["User"]>;
    }
  >;
  User: ResolverTypeWrapper<Row<typeof UserEntity>>;
  UserState: UserState;
  UserEdge: ResolverTypeWrapper<Omit<UserEdge, "node"> & { node: ResolversTypes["User"] }>;
  UserConnection: ResolverTypeWrapper<
    Connection<ResolversParentTypes["User"], ResolversParentTypes["UserEdge"]>
  >;
  UserFilter: UserFilter;
  UserOrder: UserOrder;
  InviteUserInput: InviteUserInput;
  UserChangesInput: UserChangesInput;
  UpdateUserInput: UpdateUserInput;
  InviteUserPayload: ResolverTypeWrapper<Omit<InviteUserPayload, "user"> & { user: ResolversTypes["User"] }>;
  UpdateUserPayload: ResolverTypeWrapper<Omit<UpdateUserPayload, "user"> & { user: ResolversTypes["User"] }>;
  Viewer: ResolverTypeWrapper<mapped.Viewer>;
  Tenant: ResolverTypeWrapper<Row<typeof TenantEntity>>;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  Int: ResolverTypeWrapper<Scalars["Int"]["output"]>;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  DateTime: Scalars["DateTime"]["output"];
  TimeZone: Scalars["TimeZone"]["output"];
  EmailAddress: Scalars["EmailAddress"]["output"];
  PageInfo: PageInfo;
  Boolean: Scalars["Boolean"]["output"];
  String: Scalars["String"]["output"];
  ApiKey: Row<typeof ApiKeyEntity>;
  ID: Scalars["ID"]["output"];
  ApiKeyEdge: Omit<ApiKeyEdge, "node"> & { node: ResolversParentTypes["ApiKey"] };
  ApiKeyConnection: Connection<ResolversParentTypes["ApiKey"], ResolversParentTypes["ApiKeyEdge"]>;
  CreateApiKeyInput: CreateApiKeyInput;
  CreateApiKeyPayload: Omit<CreateApiKeyPayload, "apiKey"> & { apiKey: ResolversParentTypes["ApiKey"] };
  RevokeApiKeyInput: RevokeApiKeyInput;
  RevokeApiKeyPayload: Omit<RevokeApiKeyPayload, "apiKey"> & { apiKey: ResolversParentTypes["ApiKey"] };
  Role: Row<typeof RoleEntity>;
  RoleEdge: Omit<RoleEdge, "node"> & { node: ResolversParentTypes["Role"] };
  RoleConnection: Connection<ResolversParentTypes["Role"], ResolversParentTypes["RoleEdge"]>;
  CreateRoleInput: CreateRoleInput;
  RoleChangesInput: RoleChangesInput;
  UpdateRoleInput: UpdateRoleInput;
  CreateRolePayload: Omit<CreateRolePayload, "role"> & { role: ResolversParentTypes["Role"] };
  UpdateRolePayload: Omit<UpdateRolePayload, "role"> & { role: ResolversParentTypes["Role"] };
  DeleteRoleInput: DeleteRoleInput;
  DeleteRolePayload: DeleteRolePayload;
  AssignRoleInput: AssignRoleInput;
  AssignRolePayload: Omit<AssignRolePayload, "user"> & { user: ResolversParentTypes["User"] };
  UnassignRoleInput: UnassignRoleInput;
  UnassignRolePayload: Omit<UnassignRolePayload, "user"> & { user: ResolversParentTypes["User"] };
  Team: Row<typeof TeamEntity>;
  TeamEdge: Omit<TeamEdge, "node"> & { node: ResolversParentTypes["Team"] };
  TeamConnection: Connection<ResolversParentTypes["Team"], ResolversParentTypes["TeamEdge"]>;
  CreateTeamInput: CreateTeamInput;
  CreateTeamPayload: Omit<CreateTeamPayload, "team"> & { team: ResolversParentTypes["Team"] };
  TeamChangesInput: TeamChangesInput;
  UpdateTeamInput: UpdateTeamInput;
  UpdateTeamPayload: Omit<UpdateTeamPayload, "team"> & { team: ResolversParentTypes["Team"] };
  DeleteTeamInput: DeleteTeamInput;
  DeleteTeamPayload: DeleteTeamPayload;
  AddTeamMemberInput: AddTeamMemberInput;
  AddTeamMemberPayload: Omit<AddTeamMemberPayload, "team" | "user"> & {
    team: ResolversParentTypes["Team"];
    user: ResolversParentTypes["User"];
  };
  RemoveTeamMemberInput: RemoveTeamMemberInput;
  RemoveTeamMemberPayload: Omit<RemoveTeamMemberPayload, "team" | "user"> & {
    team: ResolversParentTypes["Team"];
    user: Maybe<ResolversParentTypes["User"]>;
  };
  User: Row<typeof UserEntity>;
  UserEdge: Omit<UserEdge, "node"> & { node: ResolversParentTypes["User"] };
  UserConnection: Connection<ResolversParentTypes["User"], ResolversParentTypes["UserEdge"]>;
  UserFilter: UserFilter;
  InviteUserInput: InviteUserInput;
  UserChangesInput: UserChangesInput;
  UpdateUserInput: UpdateUserInput;
  InviteUserPayload: Omit<InviteUserPayload, "user"> & { user: ResolversParentTypes["User"] };
  UpdateUserPayload: Omit<UpdateUserPayload, "user"> & { user: ResolversParentTypes["User"] };
  Viewer: mapped.Viewer;
  Tenant: Row<typeof TenantEntity>;
  Query: Record<PropertyKey, never>;
  Mutation: Record<PropertyKey, never>;
  Int: Scalars["Int"]["output"];
};

export type AuthorizeDirectiveArgs = {
  permissions: Array<Permission>;
};

export type AuthorizeDirectiveResolver<
  Result,
  Parent,
  ContextType = Context,
  Args = AuthorizeDirectiveArgs,
> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export type OrSelfDirectiveArgs = {};

export type OrSelfDirectiveResolver<
  Result,
  Parent,
  ContextType = Context,
  Args = OrSelfDirectiveArgs,
> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export type PublicDirectiveArgs = {};

export type PublicDirectiveResolver<
  Result,
  Parent,
  ContextType = Context,
  Args = PublicDirectiveArgs,
> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export type MaxLengthDirectiveArgs = {
  characters: Scalars["Int"]["input"];
};

export type MaxLengthDirectiveResolver<
  Result,
  Parent,
  ContextType = Context,
  Args = MaxLengthDirectiveArgs,
> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export interface DateTimeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes["DateTime"], any> {
  name: "DateTime";
}

export interface TimeZoneScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes["TimeZone"], any> {
  name: "TimeZone";
}

export interface EmailAddressScalarConfig extends GraphQLScalarTypeConfig<
  ResolversTypes["EmailAddress"],
  any
> {
  name: "EmailAddress";
}

export type PageInfoResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes["PageInfo"] = ResolversParentTypes["PageInfo"],
> = {
  hasNextPage?: Resolver<ResolversTypes["Boolean"], ParentType, ContextType>;
  hasPreviousPage?: Resolver<ResolversTypes["Boolean"], ParentType, ContextType>;
  startCursor?: Resolver<Maybe<ResolversTypes["String"]>, ParentType, ContextType>;
  endCursor?: Resolver<Maybe<ResolversTypes["String"]>, ParentType, ContextType>;
};

type ApiKeyFields<
  ContextType = Context,
  ParentType extends ResolversParentTypes["ApiKey"] = ResolversParentTypes["ApiKey"],
  FederationReferenceType extends FederationReferenceTypes["ApiKey"] = FederationReferenceTypes["ApiKey"],
> = {
  __resolveReference?: ReferenceResolver<
    Maybe<ResolversTypes["ApiKey"]> | FederationReferenceType,
    FederationReferenceType,
    ContextType
  >;
  id?: Resolver<ResolversTypes["ID"], ParentType, ContextType>;
  name?: Resolver<ResolversTypes["String"], ParentType, ContextType>;
  prefix?: Resolver<ResolversTypes["String"], ParentType, ContextType>;
  permissions?: Resolver<Maybe<Array<ResolversTypes["Permission"]>>, ParentType, ContextType>;
  createdBy?: Resolver<Maybe<ResolversTypes["User"]>, ParentType, ContextType>;
  createdByKey?: Resolver<Maybe<ResolversTypes["ApiKey"]>, ParentType, ContextType>;
  createdAt?: Resolver<Maybe<ResolversTypes["DateTime"]>, ParentType, ContextType>;
  expiresAt?: Resolver<Maybe<ResolversTypes["DateTime"]>, ParentType, ContextType>;
  revokedAt?: Resolver<Maybe<ResolversTypes["DateTime"]>, ParentType, ContextType>;
  lastUsedAt?: Resolver<Maybe<ResolversTypes["DateTime"]>, ParentType, ContextType>;
};

export type ApiKeyEdgeResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes["ApiKeyEdge"] = ResolversParentTypes["ApiKeyEdge"],
> = {
  node?: Resolver<ResolversTypes["ApiKey"], ParentType, ContextType>;
  cursor?: Resolver<ResolversTypes["String"], ParentType, ContextType>;
};

type ApiKeyConnectionFields<
  ContextType = Context,
  ParentType extends ResolversParentTypes["ApiKeyConnection"] = ResolversParentTypes["ApiKeyConnection"],
> = {
  nodes?: Resolver<Array<ResolversTypes["ApiKey"]>, ParentType, ContextType>;
  edges?: Resolver<Array<ResolversTypes["ApiKeyEdge"]>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes["PageInfo"], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes["Int"], ParentType, ContextType>;
};

export type CreateApiKeyPayloadResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes["CreateApiKeyPayload"] =
    ResolversParentTypes["CreateApiKeyPayload"],
> = {
  apiKey?: Resolver<ResolversTypes["ApiKey"], ParentType, ContextType>;
  key?: Resolver<ResolversTypes["String"], ParentType, ContextType>;
};

export type RevokeApiKeyPayloadResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes["RevokeApiKeyPayload"] =
    ResolversParentTypes["RevokeApiKeyPayload"],
> = {
  apiKey?: Resolver<ResolversTypes["ApiKey"], ParentType, ContextType>;
};

type RoleFields<
  ContextType = Context,
  ParentType extends ResolversParentTypes["Role"] = ResolversParentTypes["Role"],
  FederationReferenceType extends FederationReferenceTypes["Role"] = FederationReferenceTypes["Role"],
> = {
  __resolveReference?: ReferenceResolver<
    Maybe<ResolversTypes["Role"]> | FederationReferenceType,
    FederationReferenceType,
    ContextType
  >;
  id?: Resolver<ResolversTypes["ID"], ParentType, ContextType>;
  name?: Resolver<ResolversTypes["String"], ParentType, ContextType>;
  permissions?: Resolver<Array<ResolversTypes["Permission"]>, ParentType, ContextType>;
  version?: Resolver<ResolversTypes["Int"], ParentType, ContextType>;
};

export type RoleEdgeResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes["RoleEdge"] = ResolversParentTypes["RoleEdge"],
> = {
  node?: Resolver<ResolversTypes["Role"], ParentType, ContextType>;
  cursor?: Resolver<ResolversTypes["String"], ParentType, ContextType>;
};

type RoleConnectionFields<
  ContextType = Context,
  ParentType extends ResolversParentTypes["RoleConnection"] = ResolversParentTypes["RoleConnection"],
> = {
  nodes?: Resolver<Array<ResolversTypes["Role"]>, ParentType, ContextType>;
  edges?: Resolver<Array<ResolversTypes["RoleEdge"]>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes["PageInfo"], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes["Int"], ParentType, ContextType>;
};

export type CreateRolePayloadResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes["CreateRolePayload"] = ResolversParentTypes["CreateRolePayload"],
> = {
  role?: Resolver<ResolversTypes["Role"], ParentType, ContextType>;
};

export type UpdateRolePayloadResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes["UpdateRolePayload"] = ResolversParentTypes["UpdateRolePayload"],
> = {
  role?: Resolver<ResolversTypes["Role"], ParentType, ContextType>;
};

export type DeleteRolePayloadResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes["DeleteRolePayload"] = ResolversParentTypes["DeleteRolePayload"],
> = {
  deletedRoleId?: Resolver<ResolversTypes["ID"], ParentType, ContextType>;
};

export type AssignRolePayloadResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes["AssignRolePayload"] = ResolversParentTypes["AssignRolePayload"],
> = {
  user?: Resolver<ResolversTypes["User"], ParentType, ContextType>;
};

export type UnassignRolePayloadResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes["UnassignRolePayload"] =
    ResolversParentTypes["UnassignRolePayload"],
> = {
  user?: Resolver<ResolversTypes["User"], ParentType, ContextType>;
};

type TeamFields<
  ContextType = Context,
  ParentType extends ResolversParentTypes["Team"] = ResolversParentTypes["Team"],
  FederationReferenceType extends FederationReferenceTypes["Team"] = FederationReferenceTypes["Team"],
> = {
  __resolveReference?: ReferenceResolver<
    Maybe<ResolversTypes["Team"]> | FederationReferenceType,
    FederationReferenceType,
    ContextType
  >;
  id?: Resolver<ResolversTypes["ID"], ParentType, ContextType>;
  name?: Resolver<ResolversTypes["String"], ParentType, ContextType>;
  members?: Resolver<ResolversTypes["UserConnection"], ParentType, ContextType, Partial<TeamMembersArgs>>;
  createdAt?: Resolver<ResolversTypes["DateTime"], ParentType, ContextType>;
  version?: Resolver<ResolversTypes["Int"], ParentType, ContextType>;
};

export type TeamEdgeResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes["TeamEdge"] = ResolversParentTypes["TeamEdge"],
> = {
  node?: Resolver<ResolversTypes["Team"], ParentType, ContextType>;
  cursor?: Resolver<ResolversTypes["String"], ParentType, ContextType>;
};

type TeamConnectionFields<
  ContextType = Context,
  ParentType extends ResolversParentTypes["TeamConnection"] = ResolversParentTypes["TeamConnection"],
> = {
  nodes?: Resolver<Array<ResolversTypes["Team"]>, ParentType, ContextType>;
  edges?: Resolver<Array<ResolversTypes["TeamEdge"]>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes["PageInfo"], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes["Int"], ParentType, ContextType>;
};

export type CreateTeamPayloadResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes["CreateTeamPayload"] = ResolversParentTypes["CreateTeamPayload"],
> = {
  team?: Resolver<ResolversTypes["Team"], ParentType, ContextType>;
};

export type UpdateTeamPayloadResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes["UpdateTeamPayload"] = ResolversParentTypes["UpdateTeamPayload"],
> = {
  team?: Resolver<ResolversTypes["Team"], ParentType, ContextType>;
};

export type DeleteTeamPayloadResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes["DeleteTeamPayload"] = ResolversParentTypes["DeleteTeamPayload"],
> = {
  deletedTeamId?: Resolver<ResolversTypes["ID"], ParentType, ContextType>;
};

export type AddTeamMemberPayloadResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes["AddTeamMemberPayload"] =
    ResolversParentTypes["AddTeamMemberPayload"],
> = {
  team?: Resolver<ResolversTypes["Team"], ParentType, ContextType>;
  user?: Resolver<ResolversTypes["User"], ParentType, ContextType>;
};

export type RemoveTeamMemberPayloadResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes["RemoveTeamMemberPayload"] =
    ResolversParentTypes["RemoveTeamMemberPayload"],
> = {
  team?: Resolver<ResolversTypes["Team"], ParentType, ContextType>;
  user?: Resolver<Maybe<ResolversTypes["User"]>, ParentType, ContextType>;
};

type UserFields<
  ContextType = Context,
  ParentType extends ResolversParentTypes["User"] = ResolversParentTypes["User"],
  FederationReferenceType extends FederationReferenceTypes["User"] = FederationReferenceTypes["User"],
> = {
  __resolveReference?: ReferenceResolver<
    Maybe<ResolversTypes["User"]> | FederationReferenceType,
    FederationReferenceType,
    ContextType
  >;
  id?: Resolver<ResolversTypes["ID"], ParentType, ContextType>;
  email?: Resolver<Maybe<ResolversTypes["EmailAddress"]>, ParentType, ContextType>;
  name?: Resolver<ResolversTypes["String"], ParentType, ContextType>;
  timeZone?: Resolver<Maybe<ResolversTypes["TimeZone"]>, ParentType, ContextType>;
  state?: Resolver<Maybe<ResolversTypes["UserState"]>, ParentType, ContextType>;
  roles?: Resolver<Array<ResolversTypes["Role"]>, ParentType, ContextType>;
  teams?: Resolver<Array<ResolversTypes["Team"]>, ParentType, ContextType>;
  createdAt?: Resolver<Maybe<ResolversTypes["DateTime"]>, ParentType, ContextType>;
  version?: Resolver<Maybe<ResolversTypes["Int"]>, ParentType, ContextType>;
};

export type UserEdgeResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes["UserEdge"] = ResolversParentTypes["UserEdge"],
> = {
  node?: Resolver<ResolversTypes["User"], ParentType, ContextType>;
  cursor?: Resolver<ResolversTypes["String"], ParentType, ContextType>;
};

type UserConnectionFields<
  ContextType = Context,
  ParentType extends ResolversParentTypes["UserConnection"] = ResolversParentTypes["UserConnection"],
> = {
  nodes?: Resolver<Array<ResolversTypes["User"]>, ParentType, ContextType>;
  edges?: Resolver<Array<ResolversTypes["UserEdge"]>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes["PageInfo"], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes["Int"], ParentType, ContextType>;
};

export type InviteUserPayloadResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes["InviteUserPayload"] = ResolversParentTypes["InviteUserPayload"],
> = {
  user?: Resolver<ResolversTypes["User"], ParentType, ContextType>;
};

export type UpdateUserPayloadResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes["UpdateUserPayload"] = ResolversParentTypes["UpdateUserPayload"],
> = {
  user?: Resolver<ResolversTypes["User"], ParentType, ContextType>;
};

type ViewerFields<
  ContextType = Context,
  ParentType extends ResolversParentTypes["Viewer"] = ResolversParentTypes["Viewer"],
> = {
  tenant?: Resolver<ResolversTypes["Tenant"], ParentType, ContextType>;
  user?: Resolver<Maybe<ResolversTypes["User"]>, ParentType, ContextType>;
  apiKey?: Resolver<Maybe<ResolversTypes["ApiKey"]>, ParentType, ContextType>;
  permissions?: Resolver<Array<ResolversTypes["Permission"]>, ParentType, ContextType>;
};

type TenantFields<
  ContextType = Context,
  ParentType extends ResolversParentTypes["Tenant"] = ResolversParentTypes["Tenant"],
  FederationReferenceType extends FederationReferenceTypes["Tenant"] = FederationReferenceTypes["Tenant"],
> = {
  __resolveReference?: ReferenceResolver<
    Maybe<ResolversTypes["Tenant"]> | FederationReferenceType,
    FederationReferenceType,
    ContextType
  >;
  id?: Resolver<ResolversTypes["ID"], ParentType, ContextType>;
  name?: Resolver<ResolversTypes["String"], ParentType, ContextType>;
  slug?: Resolver<ResolversTypes["String"], ParentType, ContextType>;
};

export type QueryResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes["Query"] = ResolversParentTypes["Query"],
> = {
  apiKeys?: Resolver<
    Maybe<ResolversTypes["ApiKeyConnection"]>,
    ParentType,
    ContextType,
    Partial<QueryApiKeysArgs>
  >;
  roles?: Resolver<Maybe<ResolversTypes["RoleConnection"]>, ParentType, ContextType, Partial<QueryRolesArgs>>;
  team?: Resolver<Maybe<ResolversTypes["Team"]>, ParentType, ContextType, RequireFields<QueryTeamArgs, "id">>;
  teams?: Resolver<Maybe<ResolversTypes["TeamConnection"]>, ParentType, ContextType, Partial<QueryTeamsArgs>>;
  user?: Resolver<Maybe<ResolversTypes["User"]>, ParentType, ContextType, Partial<QueryUserArgs>>;
  users?: Resolver<
    Maybe<ResolversTypes["UserConnection"]>,
    ParentType,
    ContextType,
    RequireFields<QueryUsersArgs, "orderBy" | "direction">
  >;
  viewer?: Resolver<Maybe<ResolversTypes["Viewer"]>, ParentType, ContextType>;
};

export type MutationResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes["Mutation"] = ResolversParentTypes["Mutation"],
> = {
  createApiKey?: Resolver<
    Maybe<ResolversTypes["CreateApiKeyPayload"]>,
    ParentType,
    ContextType,
    RequireFields<MutationCreateApiKeyArgs, "input">
  >;
  revokeApiKey?: Resolver<
    Maybe<ResolversTypes["RevokeApiKeyPayload"]>,
    ParentType,
    ContextType,
    RequireFields<MutationRevokeApiKeyArgs, "input">
  >;
  createRole?: Resolver<
    Maybe<ResolversTypes["CreateRolePayload"]>,
    ParentType,
    ContextType,
    RequireFields<MutationCreateRoleArgs, "input">
  >;
  updateRole?: Resolver<
    Maybe<ResolversTypes["UpdateRolePayload"]>,
    ParentType,
    ContextType,
    RequireFields<MutationUpdateRoleArgs, "input">
  >;
  deleteRole?: Resolver<
    Maybe<ResolversTypes["DeleteRolePayload"]>,
    ParentType,
    ContextType,
    RequireFields<MutationDeleteRoleArgs, "input">
  >;
  assignRole?: Resolver<
    Maybe<ResolversTypes["AssignRolePayload"]>,
    ParentType,
    ContextType,
    RequireFields<MutationAssignRoleArgs, "input">
  >;
  unassignRole?: Resolver<
    Maybe<ResolversTypes["UnassignRolePayload"]>,
    ParentType,
    ContextType,
    RequireFields<MutationUnassignRoleArgs, "input">
  >;
  updateTeam?: Resolver<
    Maybe<ResolversTypes["UpdateTeamPayload"]>,
    ParentType,
    ContextType,
    RequireFields<MutationUpdateTeamArgs, "input">
  >;
  createTeam?: Resolver<
    Maybe<ResolversTypes["CreateTeamPayload"]>,
    ParentType,
    ContextType,
    RequireFields<MutationCreateTeamArgs, "input">
  >;
  deleteTeam?: Resolver<
    Maybe<ResolversTypes["DeleteTeamPayload"]>,
    ParentType,
    ContextType,
    RequireFields<MutationDeleteTeamArgs, "input">
  >;
  addTeamMember?: Resolver<
    Maybe<ResolversTypes["AddTeamMemberPayload"]>,
    ParentType,
    ContextType,
    RequireFields<MutationAddTeamMemberArgs, "input">
  >;
  removeTeamMember?: Resolver<
    Maybe<ResolversTypes["RemoveTeamMemberPayload"]>,
    ParentType,
    ContextType,
    RequireFields<MutationRemoveTeamMemberArgs, "input">
  >;
  inviteUser?: Resolver<
    Maybe<ResolversTypes["InviteUserPayload"]>,
    ParentType,
    ContextType,
    RequireFields<MutationInviteUserArgs, "input">
  >;
  updateUser?: Resolver<
    Maybe<ResolversTypes["UpdateUserPayload"]>,
    ParentType,
    ContextType,
    RequireFields<MutationUpdateUserArgs, "input">
  >;
};

type OptionalResolvers<ContextType = Context> = {
  DateTime?: GraphQLScalarType;
  TimeZone?: GraphQLScalarType;
  EmailAddress?: GraphQLScalarType;
  PageInfo?: PageInfoResolvers<ContextType>;
  ApiKey?: ApiKeyResolvers<ContextType>;
  ApiKeyEdge?: ApiKeyEdgeResolvers<ContextType>;
  ApiKeyConnection?: ApiKeyConnectionResolvers<ContextType>;
  CreateApiKeyPayload?: CreateApiKeyPayloadResolvers<ContextType>;
  RevokeApiKeyPayload?: RevokeApiKeyPayloadResolvers<ContextType>;
  Role?: RoleResolvers<ContextType>;
  RoleEdge?: RoleEdgeResolvers<ContextType>;
  RoleConnection?: RoleConnectionResolvers<ContextType>;
  CreateRolePayload?: CreateRolePayloadResolvers<ContextType>;
  UpdateRolePayload?: UpdateRolePayloadResolvers<ContextType>;
  DeleteRolePayload?: DeleteRolePayloadResolvers<ContextType>;
  AssignRolePayload?: AssignRolePayloadResolvers<ContextType>;
  UnassignRolePayload?: UnassignRolePayloadResolvers<ContextType>;
  Team?: TeamResolvers<ContextType>;
  TeamEdge?: TeamEdgeResolvers<ContextType>;
  TeamConnection?: TeamConnectionResolvers<ContextType>;
  CreateTeamPayload?: CreateTeamPayloadResolvers<ContextType>;
  UpdateTeamPayload?: UpdateTeamPayloadResolvers<ContextType>;
  DeleteTeamPayload?: DeleteTeamPayloadResolvers<ContextType>;
  AddTeamMemberPayload?: AddTeamMemberPayloadResolvers<ContextType>;
  RemoveTeamMemberPayload?: RemoveTeamMemberPayloadResolvers<ContextType>;
  User?: UserResolvers<ContextType>;
  UserEdge?: UserEdgeResolvers<ContextType>;
  UserConnection?: UserConnectionResolvers<ContextType>;
  InviteUserPayload?: InviteUserPayloadResolvers<ContextType>;
  UpdateUserPayload?: UpdateUserPayloadResolvers<ContextType>;
  Viewer?: ViewerResolvers<ContextType>;
  Tenant?: TenantResolvers<ContextType>;
  Query?: QueryResolvers<ContextType>;
  Mutation?: MutationResolvers<ContextType>;
};

export type DirectiveResolvers<ContextType = Context> = {
  authorize?: AuthorizeDirectiveResolver<any, any, ContextType>;
  orSelf?: OrSelfDirectiveResolver<any, any, ContextType>;
  public?: PublicDirectiveResolver<any, any, ContextType>;
  maxLength?: MaxLengthDirectiveResolver<any, any, ContextType>;
};

export type ApiKeyResolvers<ContextType = Context> = Answered<
  ApiKeyFields<ContextType>,
  ResolversParentTypes["ApiKey"]
>;
export type ApiKeyConnectionResolvers<ContextType = Context> = Answered<
  ApiKeyConnectionFields<ContextType>,
  ResolversParentTypes["ApiKeyConnection"]
>;
export type RoleResolvers<ContextType = Context> = Answered<
  RoleFields<ContextType>,
  ResolversParentTypes["Role"]
>;
export type RoleConnectionResolvers<ContextType = Context> = Answered<
  RoleConnectionFields<ContextType>,
  ResolversParentTypes["RoleConnection"]
>;
export type TeamResolvers<ContextType = Context> = Answered<
  TeamFields<ContextType>,
  ResolversParentTypes["Team"]
>;
export type TeamConnectionResolvers<ContextType = Context> = Answered<
  TeamConnectionFields<ContextType>,
  ResolversParentTypes["TeamConnection"]
>;
export type UserResolvers<ContextType = Context> = Answered<
  UserFields<ContextType>,
  ResolversParentTypes["User"]
>;
export type UserConnectionResolvers<ContextType = Context> = Answered<
  UserConnectionFields<ContextType>,
  ResolversParentTypes["UserConnection"]
>;
export type ViewerResolvers<ContextType = Context> = Answered<
  ViewerFields<ContextType>,
  ResolversParentTypes["Viewer"]
>;
export type TenantResolvers<ContextType = Context> = Answered<
  TenantFields<ContextType>,
  ResolversParentTypes["Tenant"]
>;
export type Resolvers<ContextType = Context> = OptionalResolvers<ContextType> &
  Demanded<{
    ApiKey: ApiKeyResolvers<ContextType>;
    ApiKeyConnection: ApiKeyConnectionResolvers<ContextType>;
    Role: RoleResolvers<ContextType>;
    RoleConnection: RoleConnectionResolvers<ContextType>;
    Team: TeamResolvers<ContextType>;
    TeamConnection: TeamConnectionResolvers<ContextType>;
    User: UserResolvers<ContextType>;
    UserConnection: UserConnectionResolvers<ContextType>;
    Viewer: ViewerResolvers<ContextType>;
    Tenant: TenantResolvers<ContextType>;
  }>;
