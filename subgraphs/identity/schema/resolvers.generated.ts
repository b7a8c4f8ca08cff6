// Generated from the SDL beside it by `npm run codegen`. Never edited.

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
  _FieldSet: { input: string; output: string };
};

/** Which way a list runs. */
export type SortDirection = "ASCENDING" | "DESCENDING";

/** Where a page of a connection lies. A page holds 20 unless first or last says otherwise, and 100 at most. */
export type PageInfo = {
  __typename?: "PageInfo";
  hasNextPage: Scalars["Boolean"]["output"];
  hasPreviousPage: Scalars["Boolean"]["output"];
  startCursor?: Maybe<Scalars["String"]["output"]>;
  endCursor?: Maybe<Scalars["String"]["output"]>;
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
  permissions?: Maybe<Array<Permission>>;
  /** The person who created it; null for one that another key or the system created. */
  createdBy?: Maybe<User>;
  /** The key that created it, with which it is revoked and expires. */
  createdByKey?: Maybe<ApiKey>;
  createdAt?: Maybe<Scalars["DateTime"]["output"]>;
  /** When it stops working; null for never. */
  expiresAt?: Maybe<Scalars["DateTime"]["output"]>;
  revokedAt?: Maybe<Scalars["DateTime"]["output"]>;
  /** To the minute. */
  lastUsedAt?: Maybe<Scalars["DateTime"]["output"]>;
};

/** The only time the whole key is seen. */
export type CreatedApiKey = {
  __typename?: "CreatedApiKey";
  apiKey: ApiKey;
  key: Scalars["String"]["output"];
};

/** What a new key is called and may do. */
export type CreateApiKeyInput = {
  name: Scalars["String"]["input"];
  /** At most the creator's own. */
  permissions: Array<Permission>;
  expiresAt?: InputMaybe<Scalars["DateTime"]["input"]>;
};

/** A named set of permissions that is given to people. */
export type Role = {
  __typename?: "Role";
  id: Scalars["ID"]["output"];
  name: Scalars["String"]["output"];
  permissions: Array<Permission>;
  /** Counts the changes: what was looked at, for whoever changes it next. */
  version: Scalars["Int"]["output"];
};

/** What a new role is called and permits. */
export type CreateRoleInput = {
  name: Scalars["String"]["input"];
  permissions: Array<Permission>;
};

/** What changes about a role; what is left out stays. */
export type UpdateRoleInput = {
  id: Scalars["ID"]["input"];
  name?: InputMaybe<Scalars["String"]["input"]>;
  permissions?: InputMaybe<Array<Permission>>;
  /** The version that was looked at: when somebody changed the role since, nothing is changed. */
  expectedVersion?: InputMaybe<Scalars["Int"]["input"]>;
};

/** People who look after something together. */
export type Team = {
  __typename?: "Team";
  id: Scalars["ID"]["output"];
  name: Scalars["String"]["output"];
  members: Array<User>;
  createdAt: Scalars["DateTime"]["output"];
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
  memberIds: Array<Scalars["ID"]["input"]>;
};

/** A person who may sign in to the tenant, be paged and be put on call. Whoever may read a thing may read the names of the people in it; all else about a person is for themselves and for those who may see people. */
export type User = {
  __typename?: "User";
  id: Scalars["ID"]["output"];
  email?: Maybe<Scalars["String"]["output"]>;
  name: Scalars["String"]["output"];
  /** IANA time zone in which this person wants to read times, for example Europe/Vienna. */
  timeZone?: Maybe<Scalars["String"]["output"]>;
  state?: Maybe<UserState>;
  roles: Array<Role>;
  teams: Array<Team>;
  createdAt?: Maybe<Scalars["DateTime"]["output"]>;
};

/** Whether a person has signed in, and may. */
export type UserState =
  /** Invited, has not signed in yet. Can be paged and put on call already. */
  | "INVITED"
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
export type UserOrder = "NAME" | "EMAIL" | "CREATED_AT";

/** Who is invited, and what they may do from the start. */
export type InviteUserInput = {
  email: Scalars["String"]["input"];
  name: Scalars["String"]["input"];
  timeZone: Scalars["String"]["input"];
  roleIds: Array<Scalars["ID"]["input"]>;
};

/** What changes about a person; what is left out stays. */
export type UpdateUserInput = {
  id: Scalars["ID"]["input"];
  name?: InputMaybe<Scalars["String"]["input"]>;
  timeZone?: InputMaybe<Scalars["String"]["input"]>;
  /** ACTIVE or DISABLED. */
  state?: InputMaybe<UserState>;
};

/** Whoever sends this request: a signed-in person or an API key. */
export type Viewer = {
  __typename?: "Viewer";
  tenant: Tenant;
  /** The signed-in person; null for an API key. */
  user?: Maybe<User>;
  /** The API key; null for a person. */
  apiKey?: Maybe<ApiKey>;
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
  /** The tenant's API keys, newest first, revoked ones included. */
  apiKeys?: Maybe<Array<ApiKey>>;
  /** The roles of the tenant, by name. */
  roles?: Maybe<Array<Role>>;
  /** The team of this id; null when the tenant has none. */
  team?: Maybe<Team>;
  /** The teams of the tenant, by name. */
  teams?: Maybe<TeamConnection>;
  /** The person of this id or of this e-mail address: give exactly one of the two. Null when the tenant has none. */
  user?: Maybe<User>;
  /** The tenant's people who match the filter, by name unless another order is asked for. */
  users?: Maybe<UserConnection>;
  /** Whoever sends this request. Needs an actor, and no permission. */
  viewer?: Maybe<Viewer>;
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
  email?: InputMaybe<Scalars["String"]["input"]>;
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
  /** Creates an API key and shows it once. */
  createApiKey: CreatedApiKey;
  /** Revokes an API key at once. */
  revokeApiKey: ApiKey;
  /** Creates a role. Nobody can permit what they may not do themselves. */
  createRole: Role;
  /** Changes a role's name or what it permits. */
  updateRole: Role;
  /** Deletes a role. Refused with who has it, unless a role is given that they get in its place. */
  deleteRole: Scalars["Boolean"]["output"];
  /** Gives a role to a user; does nothing when they have it already. */
  assignRole: User;
  /** Takes a role from a user. The tenant's last user who may assign roles keeps theirs. */
  unassignRole: User;
  /** Creates a team. Its name is unique in the tenant. */
  createTeam: Team;
  /** Deletes a team; its people stay. Refused with the schedules that belong to it. */
  deleteTeam: Scalars["Boolean"]["output"];
  /** Puts a user into a team; does nothing when they are in it already. */
  addTeamMember: Team;
  /** Takes a user out of a team; does nothing when they are not in it. */
  removeTeamMember: Team;
  /** Invites a person: they exist at once, can be paged, and sign in when they accept. An invitation goes out by e-mail where mail is configured. */
  inviteUser: User;
  /** Changes a user's name, time zone or state. */
  updateUser: User;
};

export type MutationCreateApiKeyArgs = {
  input: CreateApiKeyInput;
};

export type MutationRevokeApiKeyArgs = {
  id: Scalars["ID"]["input"];
};

export type MutationCreateRoleArgs = {
  input: CreateRoleInput;
};

export type MutationUpdateRoleArgs = {
  input: UpdateRoleInput;
};

export type MutationDeleteRoleArgs = {
  id: Scalars["ID"]["input"];
  replaceWithId?: InputMaybe<Scalars["ID"]["input"]>;
};

export type MutationAssignRoleArgs = {
  userId: Scalars["ID"]["input"];
  roleId: Scalars["ID"]["input"];
};

export type MutationUnassignRoleArgs = {
  userId: Scalars["ID"]["input"];
  roleId: Scalars["ID"]["input"];
};

export type MutationCreateTeamArgs = {
  input: CreateTeamInput;
};

export type MutationDeleteTeamArgs = {
  id: Scalars["ID"]["input"];
};

export type MutationAddTeamMemberArgs = {
  teamId: Scalars["ID"]["input"];
  userId: Scalars["ID"]["input"];
};

export type MutationRemoveTeamMemberArgs = {
  teamId: Scalars["ID"]["input"];
  userId: Scalars["ID"]["input"];
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
  SortDirection: SortDirection;
  PageInfo: ResolverTypeWrapper<PageInfo>;
  Boolean: ResolverTypeWrapper<Scalars["Boolean"]["output"]>;
  String: ResolverTypeWrapper<Scalars["String"]["output"]>;
  Permission: Permission;
  ApiKey: ResolverTypeWrapper<Row<typeof ApiKeyEntity>>;
  ID: ResolverTypeWrapper<Scalars["ID"]["output"]>;
  CreatedApiKey: ResolverTypeWrapper<Omit<CreatedApiKey, "apiKey"> & { apiKey: ResolversTypes["ApiKey"] }>;
  CreateApiKeyInput: CreateApiKeyInput;
  Role: ResolverTypeWrapper<Row<typeof RoleEntity>>;
  CreateRoleInput: CreateRoleInput;
  UpdateRoleInput: UpdateRoleInput;
  Team: ResolverTypeWrapper<Row<typeof TeamEntity>>;
  TeamEdge: ResolverTypeWrapper<Omit<TeamEdge, "node"> & { node: ResolversTypes["Team"] }>;
  TeamConnection: ResolverTypeWrapper<
    Connection<ResolversParentTypes["Team"], ResolversParentTypes["TeamEdge"]>
  >;
  CreateTeamInput: CreateTeamInput;
  User: ResolverTypeWrapper<Row<typeof UserEntity>>;
  UserState: UserState;
  UserEdge: ResolverTypeWrapper<Omit<UserEdge, "node"> & { node: ResolversTypes["User"] }>;
  UserConnection: ResolverTypeWrapper<
    Connection<ResolversParentTypes["User"], ResolversParentTypes["UserEdge"]>
  >;
  UserFilter: UserFilter;
  UserOrder: UserOrder;
  InviteUserInput: InviteUserInput;
  UpdateUserInput: UpdateUserInput;
  Viewer: ResolverTypeWrapper<mapped.Viewer>;
  Tenant: ResolverTypeWrapper<Row<typeof TenantEntity>>;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  Int: ResolverTypeWrapper<Scalars["Int"]["output"]>;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  DateTime: Scalars["DateTime"]["output"];
  PageInfo: PageInfo;
  Boolean: Scalars["Boolean"]["output"];
  String: Scalars["String"]["output"];
  ApiKey: Row<typeof ApiKeyEntity>;
  ID: Scalars["ID"]["output"];
  CreatedApiKey: Omit<CreatedApiKey, "apiKey"> & { apiKey: ResolversParentTypes["ApiKey"] };
  CreateApiKeyInput: CreateApiKeyInput;
  Role: Row<typeof RoleEntity>;
  CreateRoleInput: CreateRoleInput;
  UpdateRoleInput: UpdateRoleInput;
  Team: Row<typeof TeamEntity>;
  TeamEdge: Omit<TeamEdge, "node"> & { node: ResolversParentTypes["Team"] };
  TeamConnection: Connection<ResolversParentTypes["Team"], ResolversParentTypes["TeamEdge"]>;
  CreateTeamInput: CreateTeamInput;
  User: Row<typeof UserEntity>;
  UserEdge: Omit<UserEdge, "node"> & { node: ResolversParentTypes["User"] };
  UserConnection: Connection<ResolversParentTypes["User"], ResolversParentTypes["UserEdge"]>;
  UserFilter: UserFilter;
  InviteUserInput: InviteUserInput;
  UpdateUserInput: UpdateUserInput;
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

export type PageInfoResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes["PageInfo"] = ResolversParentTypes["PageInfo"],
> = {
  hasNextPage?: Resolver<ResolversTypes["Boolean"], ParentType, ContextType>;
  hasPreviousPage?: Resolver<ResolversTypes["Boolean"], ParentType, ContextType>;
  startCursor?: Resolver<Maybe<ResolversTypes["String"]>, ParentType, ContextType>;
  endCursor?: Resolver<Maybe<ResolversTypes["String"]>, ParentType, ContextType>;
};

export type ApiKeyResolvers<
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

export type CreatedApiKeyResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes["CreatedApiKey"] = ResolversParentTypes["CreatedApiKey"],
> = {
  apiKey?: Resolver<ResolversTypes["ApiKey"], ParentType, ContextType>;
  key?: Resolver<ResolversTypes["String"], ParentType, ContextType>;
};

export type RoleResolvers<
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

export type TeamResolvers<
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
  members?: Resolver<Array<ResolversTypes["User"]>, ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes["DateTime"], ParentType, ContextType>;
};

export type TeamEdgeResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes["TeamEdge"] = ResolversParentTypes["TeamEdge"],
> = {
  node?: Resolver<ResolversTypes["Team"], ParentType, ContextType>;
  cursor?: Resolver<ResolversTypes["String"], ParentType, ContextType>;
};

export type TeamConnectionResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes["TeamConnection"] = ResolversParentTypes["TeamConnection"],
> = {
  nodes?: Resolver<Array<ResolversTypes["Team"]>, ParentType, ContextType>;
  edges?: Resolver<Array<ResolversTypes["TeamEdge"]>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes["PageInfo"], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes["Int"], ParentType, ContextType>;
};

export type UserResolvers<
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
  email?: Resolver<Maybe<ResolversTypes["String"]>, ParentType, ContextType>;
  name?: Resolver<ResolversTypes["String"], ParentType, ContextType>;
  timeZone?: Resolver<Maybe<ResolversTypes["String"]>, ParentType, ContextType>;
  state?: Resolver<Maybe<ResolversTypes["UserState"]>, ParentType, ContextType>;
  roles?: Resolver<Array<ResolversTypes["Role"]>, ParentType, ContextType>;
  teams?: Resolver<Array<ResolversTypes["Team"]>, ParentType, ContextType>;
  createdAt?: Resolver<Maybe<ResolversTypes["DateTime"]>, ParentType, ContextType>;
};

export type UserEdgeResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes["UserEdge"] = ResolversParentTypes["UserEdge"],
> = {
  node?: Resolver<ResolversTypes["User"], ParentType, ContextType>;
  cursor?: Resolver<ResolversTypes["String"], ParentType, ContextType>;
};

export type UserConnectionResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes["UserConnection"] = ResolversParentTypes["UserConnection"],
> = {
  nodes?: Resolver<Array<ResolversTypes["User"]>, ParentType, ContextType>;
  edges?: Resolver<Array<ResolversTypes["UserEdge"]>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes["PageInfo"], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes["Int"], ParentType, ContextType>;
};

export type ViewerResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes["Viewer"] = ResolversParentTypes["Viewer"],
> = {
  tenant?: Resolver<ResolversTypes["Tenant"], ParentType, ContextType>;
  user?: Resolver<Maybe<ResolversTypes["User"]>, ParentType, ContextType>;
  apiKey?: Resolver<Maybe<ResolversTypes["ApiKey"]>, ParentType, ContextType>;
  permissions?: Resolver<Array<ResolversTypes["Permission"]>, ParentType, ContextType>;
};

export type TenantResolvers<
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
  apiKeys?: Resolver<Maybe<Array<ResolversTypes["ApiKey"]>>, ParentType, ContextType>;
  roles?: Resolver<Maybe<Array<ResolversTypes["Role"]>>, ParentType, ContextType>;
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
    ResolversTypes["CreatedApiKey"],
    ParentType,
    ContextType,
    RequireFields<MutationCreateApiKeyArgs, "input">
  >;
  revokeApiKey?: Resolver<
    ResolversTypes["ApiKey"],
    ParentType,
    ContextType,
    RequireFields<MutationRevokeApiKeyArgs, "id">
  >;
  createRole?: Resolver<
    ResolversTypes["Role"],
    ParentType,
    ContextType,
    RequireFields<MutationCreateRoleArgs, "input">
  >;
  updateRole?: Resolver<
    ResolversTypes["Role"],
    ParentType,
    ContextType,
    RequireFields<MutationUpdateRoleArgs, "input">
  >;
  deleteRole?: Resolver<
    ResolversTypes["Boolean"],
    ParentType,
    ContextType,
    RequireFields<MutationDeleteRoleArgs, "id">
  >;
  assignRole?: Resolver<
    ResolversTypes["User"],
    ParentType,
    ContextType,
    RequireFields<MutationAssignRoleArgs, "userId" | "roleId">
  >;
  unassignRole?: Resolver<
    ResolversTypes["User"],
    ParentType,
    ContextType,
    RequireFields<MutationUnassignRoleArgs, "userId" | "roleId">
  >;
  createTeam?: Resolver<
    ResolversTypes["Team"],
    ParentType,
    ContextType,
    RequireFields<MutationCreateTeamArgs, "input">
  >;
  deleteTeam?: Resolver<
    ResolversTypes["Boolean"],
    ParentType,
    ContextType,
    RequireFields<MutationDeleteTeamArgs, "id">
  >;
  addTeamMember?: Resolver<
    ResolversTypes["Team"],
    ParentType,
    ContextType,
    RequireFields<MutationAddTeamMemberArgs, "teamId" | "userId">
  >;
  removeTeamMember?: Resolver<
    ResolversTypes["Team"],
    ParentType,
    ContextType,
    RequireFields<MutationRemoveTeamMemberArgs, "teamId" | "userId">
  >;
  inviteUser?: Resolver<
    ResolversTypes["User"],
    ParentType,
    ContextType,
    RequireFields<MutationInviteUserArgs, "input">
  >;
  updateUser?: Resolver<
    ResolversTypes["User"],
    ParentType,
    ContextType,
    RequireFields<MutationUpdateUserArgs, "input">
  >;
};

export type Resolvers<ContextType = Context> = {
  DateTime?: GraphQLScalarType;
  PageInfo?: PageInfoResolvers<ContextType>;
  ApiKey?: ApiKeyResolvers<ContextType>;
  CreatedApiKey?: CreatedApiKeyResolvers<ContextType>;
  Role?: RoleResolvers<ContextType>;
  Team?: TeamResolvers<ContextType>;
  TeamEdge?: TeamEdgeResolvers<ContextType>;
  TeamConnection?: TeamConnectionResolvers<ContextType>;
  User?: UserResolvers<ContextType>;
  UserEdge?: UserEdgeResolvers<ContextType>;
  UserConnection?: UserConnectionResolvers<ContextType>;
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
