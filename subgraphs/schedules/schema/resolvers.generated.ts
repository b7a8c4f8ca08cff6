// Generated from the SDL beside it by `npm run codegen`. Never edited.

import type { Answered, Demanded } from "#shared/subgraph/answered.ts";
import type { Row } from "#shared/database/entity.ts";
import type { Connection } from "#shared/subgraph/connection.ts";
import type { Schedule as ScheduleEntity } from "../entities/Schedule.ts";
import type { Rotation as RotationEntity } from "../entities/Rotation.ts";
import type { Override as OverrideEntity } from "../entities/Override.ts";
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
  /** A date of the calendar in no time zone: 2026-11-20. */
  Date: { input: string; output: string };
  /** A time of day to the minute, in no time zone: 09:00. */
  LocalTime: { input: string; output: string };
  /** A time zone of the IANA database, by name, for example Europe/Vienna. An offset is none: it knows no summer time. */
  TimeZone: { input: string; output: string };
  _FieldSet: { input: string; output: string };
};

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

/** Who is on call when. */
export type Schedule = {
  __typename?: "Schedule";
  id: Scalars["ID"]["output"];
  name: Scalars["String"]["output"];
  /** IANA time zone in which the schedule is shown; each rotation has its own. */
  timeZone: Scalars["TimeZone"]["output"];
  /** The team it belongs to; null when it belongs to none. */
  team: Maybe<Team>;
  /** In the order in which they were added. */
  rotations: Array<Rotation>;
  /** Overrides that touch the time between from and to, at most 366 days. */
  overrides: Array<Override>;
  /** Who is on call at this moment; now, when left out. */
  onCall: Array<Shift>;
  /** Who is on call when between from and to, at most 366 days and 5,000 shifts, with overrides in force. */
  shifts: Array<Shift>;
  /** When nobody who can be paged is on call between from and to, at most 366 days. */
  gaps: Array<Gap>;
  /** Counts the changes of its name, time zone and team: what was looked at, for whoever changes it next. */
  version: Scalars["Int"]["output"];
};

/** Who is on call when. */
export type ScheduleOverridesArgs = {
  from: Scalars["DateTime"]["input"];
  to: Scalars["DateTime"]["input"];
};

/** Who is on call when. */
export type ScheduleOnCallArgs = {
  at?: InputMaybe<Scalars["DateTime"]["input"]>;
};

/** Who is on call when. */
export type ScheduleShiftsArgs = {
  from: Scalars["DateTime"]["input"];
  to: Scalars["DateTime"]["input"];
};

/** Who is on call when. */
export type ScheduleGapsArgs = {
  from: Scalars["DateTime"]["input"];
  to: Scalars["DateTime"]["input"];
};

/** People who take turns. */
export type Rotation = {
  __typename?: "Rotation";
  id: Scalars["ID"]["output"];
  schedule: Schedule;
  name: Scalars["String"]["output"];
  /** In the order of their turns. Null, with an error, when one of them is nowhere to be found. */
  participants: Maybe<Array<User>>;
  /** IANA time zone in which the handover time is meant: 09:00 stays 09:00 when the clocks change. */
  timeZone: Scalars["TimeZone"]["output"];
  /** Local time of the handover, for example 09:00. */
  handoverTime: Scalars["LocalTime"]["output"];
  /** The weekday of the handover, for shifts of weeks. */
  handoverWeekday: Maybe<Weekday>;
  /** How many of shiftUnit one turn lasts. */
  shiftLength: Scalars["Int"]["output"];
  shiftUnit: ShiftUnit;
  /** The local date of the first participant's first handover. Nobody is on call by this rotation before it. */
  startsOn: Scalars["Date"]["output"];
  /** The local date on which it ends, exclusive; null for never. */
  endsOn: Maybe<Scalars["Date"]["output"]>;
  /** Counts the changes: what was looked at, for whoever changes it next. */
  version: Scalars["Int"]["output"];
};

/** In what shifts are counted. */
export type ShiftUnit = "HOURS" | "DAYS" | "WEEKS";

/** A day of the week. */
export type Weekday = "MONDAY" | "TUESDAY" | "WEDNESDAY" | "THURSDAY" | "FRIDAY" | "SATURDAY" | "SUNDAY";

/** A stretch of time for which one person is on call. */
export type Shift = {
  __typename?: "Shift";
  /** Null, with an error, when they are nowhere to be found. */
  user: Maybe<User>;
  /** When it begins. */
  from: Scalars["DateTime"]["output"];
  /** When it ends, exclusive. */
  to: Scalars["DateTime"]["output"];
  schedule: Schedule;
  /** Whether they can be paged: a disabled person cannot, nor one without any contact method that works. A time in which nobody can is a gap. Null, with an error, when it cannot be found out. */
  canBePaged: Maybe<Scalars["Boolean"]["output"]>;
  /** Null for an override in place of everybody, and where the rotation was removed since. */
  rotation: Maybe<Rotation>;
  /** Set when the person stands in by an override. */
  override: Maybe<Override>;
};

/** Somebody is on call for a while in place of whoever would be. */
export type Override = {
  __typename?: "Override";
  id: Scalars["ID"]["output"];
  schedule: Schedule;
  /** Null, with an error, when they are nowhere to be found. */
  user: Maybe<User>;
  /** Only in place of this person; null: in place of everybody. */
  replaces: Maybe<User>;
  /** When it begins. */
  from: Scalars["DateTime"]["output"];
  /** When it ends, exclusive. */
  to: Scalars["DateTime"]["output"];
  /** Why they stand in, in a person's words; null when nobody said. */
  reason: Maybe<Scalars["String"]["output"]>;
};

/** A stretch of time in which nobody is on call who can be paged. */
export type Gap = {
  __typename?: "Gap";
  /** When it begins. */
  from: Scalars["DateTime"]["output"];
  /** When it ends, exclusive. */
  to: Scalars["DateTime"]["output"];
};

export type User = {
  __typename?: "User";
  id: Scalars["ID"]["output"];
  /** The shifts this person is on right now. */
  onCall: Array<Shift>;
};

export type Team = {
  __typename?: "Team";
  id: Scalars["ID"]["output"];
  /** Sorted by name. */
  schedules: Array<Schedule>;
};

/** One schedule on a page, and where the page can be cut. */
export type ScheduleEdge = {
  __typename?: "ScheduleEdge";
  node: Schedule;
  cursor: Scalars["String"]["output"];
};

/** A page of schedules. */
export type ScheduleConnection = {
  __typename?: "ScheduleConnection";
  nodes: Array<Schedule>;
  edges: Array<ScheduleEdge>;
  pageInfo: PageInfo;
  totalCount: Scalars["Int"]["output"];
};

/** Who takes turns, from when, and for how long each. */
export type RotationInput = {
  name: Scalars["String"]["input"];
  /** The people in the order of their turns, from 1 to 100. */
  participantIds: Array<Scalars["ID"]["input"]>;
  timeZone: Scalars["TimeZone"]["input"];
  /** Local time of the handover, in the rotation's time zone. */
  handoverTime: Scalars["LocalTime"]["input"];
  /** The weekday of the handover, for shifts of weeks only; null or left out: that of startsOn. */
  handoverWeekday?: InputMaybe<Weekday>;
  /** How many of shiftUnit one turn lasts: at most 8,784 hours, 366 days or 52 weeks. */
  shiftLength: Scalars["Int"]["input"];
  shiftUnit: ShiftUnit;
  /** The local date of the first handover; with a weekday, of the first such day on or after it. */
  startsOn: Scalars["Date"]["input"];
  /** The local date on which it ends, exclusive, after startsOn; null or left out: never. */
  endsOn?: InputMaybe<Scalars["Date"]["input"]>;
};

/** What a new schedule is called, where its clock is, and who takes turns. */
export type CreateScheduleInput = {
  name: Scalars["String"]["input"];
  timeZone: Scalars["TimeZone"]["input"];
  /** The team it belongs to; null or left out: none. */
  teamId?: InputMaybe<Scalars["ID"]["input"]>;
  rotations: Array<RotationInput>;
  /** Of your own making, at least 16 characters, such as a UUID. Sent again with the same key within 24 hours, the same input creates nothing more and is answered with what was created. */
  idempotencyKey?: InputMaybe<Scalars["String"]["input"]>;
};

/** What changes about a schedule; what is left out stays. */
export type ScheduleChangesInput = {
  name?: InputMaybe<Scalars["String"]["input"]>;
  timeZone?: InputMaybe<Scalars["TimeZone"]["input"]>;
  teamId?: InputMaybe<Scalars["ID"]["input"]>;
};

/** The input of updateSchedule. */
export type UpdateScheduleInput = {
  id: Scalars["ID"]["input"];
  /** The version that was looked at: when somebody changed it since, nothing is changed, and the error says what holds now. Left out: not looked at. */
  expectedVersion?: InputMaybe<Scalars["Int"]["input"]>;
  changes: ScheduleChangesInput;
};

/** Who stands in, for whom, from when until when. */
export type CreateOverrideInput = {
  scheduleId: Scalars["ID"]["input"];
  userId: Scalars["ID"]["input"];
  /** Only in place of this person; null or left out: in place of everybody. */
  replacesUserId?: InputMaybe<Scalars["ID"]["input"]>;
  /** When it begins; a time in the past means now. */
  from: Scalars["DateTime"]["input"];
  /** When it ends, exclusive: in the future, and at most 366 days after it begins. */
  to: Scalars["DateTime"]["input"];
  /** Why they stand in, at most 10,000 characters; null or left out: not said. */
  reason?: InputMaybe<Scalars["String"]["input"]>;
  /** Of your own making, at least 16 characters, such as a UUID. Sent again with the same key within 24 hours, the same input creates nothing more and is answered with what was created. */
  idempotencyKey?: InputMaybe<Scalars["String"]["input"]>;
};

/** The result of createSchedule. */
export type CreateSchedulePayload = {
  __typename?: "CreateSchedulePayload";
  schedule: Schedule;
};

/** The result of updateSchedule. */
export type UpdateSchedulePayload = {
  __typename?: "UpdateSchedulePayload";
  schedule: Schedule;
};

/** The input of deleteSchedule. */
export type DeleteScheduleInput = {
  id: Scalars["ID"]["input"];
};

/** The result of deleteSchedule. */
export type DeleteSchedulePayload = {
  __typename?: "DeleteSchedulePayload";
  deletedScheduleId: Scalars["ID"]["output"];
};

/** The input of addRotation. */
export type AddRotationInput = {
  scheduleId: Scalars["ID"]["input"];
  rotation: RotationInput;
  /** Of your own making, at least 16 characters, such as a UUID. Sent again with the same key within 24 hours, the same input creates nothing more and is answered with what was created. */
  idempotencyKey?: InputMaybe<Scalars["String"]["input"]>;
};

/** The result of addRotation. */
export type AddRotationPayload = {
  __typename?: "AddRotationPayload";
  rotation: Rotation;
};

/** The input of updateRotation. */
export type UpdateRotationInput = {
  id: Scalars["ID"]["input"];
  /** The version that was looked at: when somebody changed it since, nothing is changed, and the error says what holds now. Left out: not looked at. */
  expectedVersion?: InputMaybe<Scalars["Int"]["input"]>;
  /** All that it says from now on. */
  rotation: RotationInput;
};

/** The result of updateRotation. */
export type UpdateRotationPayload = {
  __typename?: "UpdateRotationPayload";
  rotation: Rotation;
};

/** The input of removeRotation. */
export type RemoveRotationInput = {
  id: Scalars["ID"]["input"];
};

/** The result of removeRotation. */
export type RemoveRotationPayload = {
  __typename?: "RemoveRotationPayload";
  deletedRotationId: Scalars["ID"]["output"];
  schedule: Schedule;
};

/** The result of createOverride. */
export type CreateOverridePayload = {
  __typename?: "CreateOverridePayload";
  override: Override;
};

/** The input of cancelOverride. */
export type CancelOverrideInput = {
  id: Scalars["ID"]["input"];
};

/** The result of cancelOverride. */
export type CancelOverridePayload = {
  __typename?: "CancelOverridePayload";
  /** The override as it is now; null when it had not begun, and is gone. */
  override: Maybe<Override>;
  schedule: Schedule;
};

export type Query = {
  __typename?: "Query";
  /** The schedule of this id. Null when the tenant has none. */
  schedule: Maybe<Schedule>;
  /** The tenant's schedules, by name. Null, with an error, when it fails. */
  schedules: Maybe<ScheduleConnection>;
};

export type QueryScheduleArgs = {
  id: Scalars["ID"]["input"];
};

export type QuerySchedulesArgs = {
  text?: InputMaybe<Scalars["String"]["input"]>;
  teamId?: InputMaybe<Scalars["ID"]["input"]>;
  first?: InputMaybe<Scalars["Int"]["input"]>;
  after?: InputMaybe<Scalars["String"]["input"]>;
  last?: InputMaybe<Scalars["Int"]["input"]>;
  before?: InputMaybe<Scalars["String"]["input"]>;
};

export type Mutation = {
  __typename?: "Mutation";
  /** Creates a schedule with at least one rotation. Null, with an error, when it fails. */
  createSchedule: Maybe<CreateSchedulePayload>;
  /** Changes a schedule's name, time zone or team; what is left out stays. Null, with an error, when it fails. */
  updateSchedule: Maybe<UpdateSchedulePayload>;
  /** Deletes a schedule with its past. Refused with the escalation paths that page it. Null, with an error, when it fails. */
  deleteSchedule: Maybe<DeleteSchedulePayload>;
  /** Adds a rotation to a schedule, from now on; at most 50. Null, with an error, when it fails. */
  addRotation: Maybe<AddRotationPayload>;
  /** Replaces everything a rotation says, from now on. Whoever is on call stays until their handover, and the past stays as it was. With expectedVersion it is refused when somebody changed it meanwhile. Null, with an error, when it fails. */
  updateRotation: Maybe<UpdateRotationPayload>;
  /** Takes a rotation out of its schedule at once; its past shifts stay. The last one cannot be taken out. Null, with an error, when it fails. */
  removeRotation: Maybe<RemoveRotationPayload>;
  /** Puts somebody on call for a while, from now on at the earliest. Overrides of one schedule that replace the same person do not overlap; at most 1,000 are still to end. Null, with an error, when it fails. */
  createOverride: Maybe<CreateOverridePayload>;
  /** Takes an override back: one that has not begun is gone, one that runs ends now, one that is over stays. Null, with an error, when it fails. */
  cancelOverride: Maybe<CancelOverridePayload>;
};

export type MutationCreateScheduleArgs = {
  input: CreateScheduleInput;
};

export type MutationUpdateScheduleArgs = {
  input: UpdateScheduleInput;
};

export type MutationDeleteScheduleArgs = {
  input: DeleteScheduleInput;
};

export type MutationAddRotationArgs = {
  input: AddRotationInput;
};

export type MutationUpdateRotationArgs = {
  input: UpdateRotationInput;
};

export type MutationRemoveRotationArgs = {
  input: RemoveRotationInput;
};

export type MutationCreateOverrideArgs = {
  input: CreateOverrideInput;
};

export type MutationCancelOverrideArgs = {
  input: CancelOverrideInput;
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
  Schedule: Schedule;
  User: User;
  Team: Team;
};

/** Mapping of federation reference types */
export type FederationReferenceTypes = {
  Schedule: { __typename: "Schedule" } & GraphQLRecursivePick<FederationTypes["Schedule"], { id: true }>;
  User: { __typename: "User" } & GraphQLRecursivePick<FederationTypes["User"], { id: true }>;
  Team: { __typename: "Team" } & GraphQLRecursivePick<FederationTypes["Team"], { id: true }>;
};

/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  DateTime: ResolverTypeWrapper<Scalars["DateTime"]["output"]>;
  Date: ResolverTypeWrapper<Scalars["Date"]["output"]>;
  LocalTime: ResolverTypeWrapper<Scalars["LocalTime"]["output"]>;
  TimeZone: ResolverTypeWrapper<Scalars["TimeZone"]["output"]>;
  PageInfo: ResolverTypeWrapper<PageInfo>;
  Boolean: ResolverTypeWrapper<Scalars["Boolean"]["output"]>;
  String: ResolverTypeWrapper<Scalars["String"]["output"]>;
  Permission: Permission;
  Schedule: ResolverTypeWrapper<Row<typeof ScheduleEntity>>;
  ID: ResolverTypeWrapper<Scalars["ID"]["output"]>;
  Rotation: ResolverTypeWrapper<Row<typeof RotationEntity>>;
  ShiftUnit: ShiftUnit;
  Weekday: Weekday;
  Shift: ResolverTypeWrapper<mapped.Shift>;
  Override: ResolverTypeWrapper<Row<typeof OverrideEntity>>;
  Gap: ResolverTypeWrapper<Gap>;
  User: ResolverTypeWrapper<{ id: string }>;
  Team: ResolverTypeWrapper<{ id: string }>;
  ScheduleEdge: ResolverTypeWrapper<Omit<ScheduleEdge, "node"> & { node: ResolversTypes["Schedule"] }>;
  ScheduleConnection: ResolverTypeWrapper<
    Connection<ResolversParentTypes["Schedule"], ResolversParentTypes["ScheduleEdge"]>
  >;
  RotationInput: RotationInput;
  CreateScheduleInput: CreateScheduleInput;
  ScheduleChangesInput: ScheduleChangesInput;
  UpdateScheduleInput: UpdateScheduleInput;
  CreateOverrideInput: CreateOverrideInput;
  CreateSchedulePayload: ResolverTypeWrapper<
    Omit<CreateSchedulePayload, "schedule"> & { schedule: ResolversTypes["Schedule"] }
  >;
  UpdateSchedulePayload: ResolverTypeWrapper<
    Omit<UpdateSchedulePayload, "schedule"> & { schedule: ResolversTypes["Schedule"] }
  >;
  DeleteScheduleInput: DeleteScheduleInput;
  DeleteSchedulePayload: ResolverTypeWrapper<DeleteSchedulePayload>;
  AddRotationInput: AddRotationInput;
  AddRotationPayload: ResolverTypeWrapper<
    Omit<AddRotationPayload, "rotation"> & { rotation: ResolversTypes["Rotation"] }
  >;
  UpdateRotationInput: UpdateRotationInput;
  UpdateRotationPayload: ResolverTypeWrapper<
    Omit<UpdateRotationPayload, "rotation"> & { rotation: ResolversTypes["Rotation"] }
  >;
  RemoveRotationInput: RemoveRotationInput;
  RemoveRotationPayload: ResolverTypeWrapper<
    Omit<RemoveRotationPayload, "schedule"> & { schedule: ResolversTypes["Schedule"] }
  >;
  CreateOverridePayload: ResolverTypeWrapper<
    Omit<CreateOverridePayload, "override"> & { override: ResolversTypes["Override"] }
  >;
  CancelOverrideInput: CancelOverrideInput;
  CancelOverridePayload: ResolverTypeWrapper<
    Omit<CancelOverridePayload, "override" | "schedule"> & {
      override: Maybe<ResolversTypes["Override"]>;
      schedule: ResolversTypes["Schedule"];
    }
  >;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  Int: ResolverTypeWrapper<Scalars["Int"]["output"]>;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  DateTime: Scalars["DateTime"]["output"];
  Date: Scalars["Date"]["output"];
  LocalTime: Scalars["LocalTime"]["output"];
  TimeZone: Scalars["TimeZone"]["output"];
  PageInfo: PageInfo;
  Boolean: Scalars["Boolean"]["output"];
  String: Scalars["String"]["output"];
  Schedule: Row<typeof ScheduleEntity>;
  ID: Scalars["ID"]["output"];
  Rotation: Row<typeof RotationEntity>;
  Shift: mapped.Shift;
  Override: Row<typeof OverrideEntity>;
  Gap: Gap;
  User: { id: string };
  Team: { id: string };
  ScheduleEdge: Omit<ScheduleEdge, "node"> & { node: ResolversParentTypes["Schedule"] };
  ScheduleConnection: Connection<ResolversParentTypes["Schedule"], ResolversParentTypes["ScheduleEdge"]>;
  RotationInput: RotationInput;
  CreateScheduleInput: CreateScheduleInput;
  ScheduleChangesInput: ScheduleChangesInput;
  UpdateScheduleInput: UpdateScheduleInput;
  CreateOverrideInput: CreateOverrideInput;
  CreateSchedulePayload: Omit<CreateSchedulePayload, "schedule"> & {
    schedule: ResolversParentTypes["Schedule"];
  };
  UpdateSchedulePayload: Omit<UpdateSchedulePayload, "schedule"> & {
    schedule: ResolversParentTypes["Schedule"];
  };
  DeleteScheduleInput: DeleteScheduleInput;
  DeleteSchedulePayload: DeleteSchedulePayload;
  AddRotationInput: AddRotationInput;
  AddRotationPayload: Omit<AddRotationPayload, "rotation"> & { rotation: ResolversParentTypes["Rotation"] };
  UpdateRotationInput: UpdateRotationInput;
  UpdateRotationPayload: Omit<UpdateRotationPayload, "rotation"> & {
    rotation: ResolversParentTypes["Rotation"];
  };
  RemoveRotationInput: RemoveRotationInput;
  RemoveRotationPayload: Omit<RemoveRotationPayload, "schedule"> & {
    schedule: ResolversParentTypes["Schedule"];
  };
  CreateOverridePayload: Omit<CreateOverridePayload, "override"> & {
    override: ResolversParentTypes["Override"];
  };
  CancelOverrideInput: CancelOverrideInput;
  CancelOverridePayload: Omit<CancelOverridePayload, "override" | "schedule"> & {
    override: Maybe<ResolversParentTypes["Override"]>;
    schedule: ResolversParentTypes["Schedule"];
  };
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

export interface DateScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes["Date"], any> {
  name: "Date";
}

export interface LocalTimeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes["LocalTime"], any> {
  name: "LocalTime";
}

export interface TimeZoneScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes["TimeZone"], any> {
  name: "TimeZone";
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

type ScheduleFields<
  ContextType = Context,
  ParentType extends ResolversParentTypes["Schedule"] = ResolversParentTypes["Schedule"],
  FederationReferenceType extends FederationReferenceTypes["Schedule"] = FederationReferenceTypes["Schedule"],
> = {
  __resolveReference?: ReferenceResolver<
    Maybe<ResolversTypes["Schedule"]> | FederationReferenceType,
    FederationReferenceType,
    ContextType
  >;
  id?: Resolver<ResolversTypes["ID"], ParentType, ContextType>;
  name?: Resolver<ResolversTypes["String"], ParentType, ContextType>;
  timeZone?: Resolver<ResolversTypes["TimeZone"], ParentType, ContextType>;
  team?: Resolver<Maybe<ResolversTypes["Team"]>, ParentType, ContextType>;
  rotations?: Resolver<Array<ResolversTypes["Rotation"]>, ParentType, ContextType>;
  overrides?: Resolver<
    Array<ResolversTypes["Override"]>,
    ParentType,
    ContextType,
    RequireFields<ScheduleOverridesArgs, "from" | "to">
  >;
  onCall?: Resolver<Array<ResolversTypes["Shift"]>, ParentType, ContextType, Partial<ScheduleOnCallArgs>>;
  shifts?: Resolver<
    Array<ResolversTypes["Shift"]>,
    ParentType,
    ContextType,
    RequireFields<ScheduleShiftsArgs, "from" | "to">
  >;
  gaps?: Resolver<
    Array<ResolversTypes["Gap"]>,
    ParentType,
    ContextType,
    RequireFields<ScheduleGapsArgs, "from" | "to">
  >;
  version?: Resolver<ResolversTypes["Int"], ParentType, ContextType>;
};

type RotationFields<
  ContextType = Context,
  ParentType extends ResolversParentTypes["Rotation"] = ResolversParentTypes["Rotation"],
> = {
  id?: Resolver<ResolversTypes["ID"], ParentType, ContextType>;
  schedule?: Resolver<ResolversTypes["Schedule"], ParentType, ContextType>;
  name?: Resolver<ResolversTypes["String"], ParentType, ContextType>;
  participants?: Resolver<Maybe<Array<ResolversTypes["User"]>>, ParentType, ContextType>;
  timeZone?: Resolver<ResolversTypes["TimeZone"], ParentType, ContextType>;
  handoverTime?: Resolver<ResolversTypes["LocalTime"], ParentType, ContextType>;
  handoverWeekday?: Resolver<Maybe<ResolversTypes["Weekday"]>, ParentType, ContextType>;
  shiftLength?: Resolver<ResolversTypes["Int"], ParentType, ContextType>;
  shiftUnit?: Resolver<ResolversTypes["ShiftUnit"], ParentType, ContextType>;
  startsOn?: Resolver<ResolversTypes["Date"], ParentType, ContextType>;
  endsOn?: Resolver<Maybe<ResolversTypes["Date"]>, ParentType, ContextType>;
  version?: Resolver<ResolversTypes["Int"], ParentType, ContextType>;
};

type ShiftFields<
  ContextType = Context,
  ParentType extends ResolversParentTypes["Shift"] = ResolversParentTypes["Shift"],
> = {
  user?: Resolver<Maybe<ResolversTypes["User"]>, ParentType, ContextType>;
  from?: Resolver<ResolversTypes["DateTime"], ParentType, ContextType>;
  to?: Resolver<ResolversTypes["DateTime"], ParentType, ContextType>;
  schedule?: Resolver<ResolversTypes["Schedule"], ParentType, ContextType>;
  canBePaged?: Resolver<Maybe<ResolversTypes["Boolean"]>, ParentType, ContextType>;
  rotation?: Resolver<Maybe<ResolversTypes["Rotation"]>, ParentType, ContextType>;
  override?: Resolver<Maybe<ResolversTypes["Override"]>, ParentType, ContextType>;
};

type OverrideFields<
  ContextType = Context,
  ParentType extends ResolversParentTypes["Override"] = ResolversParentTypes["Override"],
> = {
  id?: Resolver<ResolversTypes["ID"], ParentType, ContextType>;
  schedule?: Resolver<ResolversTypes["Schedule"], ParentType, ContextType>;
  user?: Resolver<Maybe<ResolversTypes["User"]>, ParentType, ContextType>;
  replaces?: Resolver<Maybe<ResolversTypes["User"]>, ParentType, ContextType>;
  from?: Resolver<ResolversTypes["DateTime"], ParentType, ContextType>;
  to?: Resolver<ResolversTypes["DateTime"], ParentType, ContextType>;
  reason?: Resolver<Maybe<ResolversTypes["String"]>, ParentType, ContextType>;
};

export type GapResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes["Gap"] = ResolversParentTypes["Gap"],
> = {
  from?: Resolver<ResolversTypes["DateTime"], ParentType, ContextType>;
  to?: Resolver<ResolversTypes["DateTime"], ParentType, ContextType>;
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
  onCall?: Resolver<Array<ResolversTypes["Shift"]>, ParentType, ContextType>;
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
  schedules?: Resolver<Array<ResolversTypes["Schedule"]>, ParentType, ContextType>;
};

export type ScheduleEdgeResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes["ScheduleEdge"] = ResolversParentTypes["ScheduleEdge"],
> = {
  node?: Resolver<ResolversTypes["Schedule"], ParentType, ContextType>;
  cursor?: Resolver<ResolversTypes["String"], ParentType, ContextType>;
};

type ScheduleConnectionFields<
  ContextType = Context,
  ParentType extends ResolversParentTypes["ScheduleConnection"] = ResolversParentTypes["ScheduleConnection"],
> = {
  nodes?: Resolver<Array<ResolversTypes["Schedule"]>, ParentType, ContextType>;
  edges?: Resolver<Array<ResolversTypes["ScheduleEdge"]>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes["PageInfo"], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes["Int"], ParentType, ContextType>;
};

export type CreateSchedulePayloadResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes["CreateSchedulePayload"] =
    ResolversParentTypes["CreateSchedulePayload"],
> = {
  schedule?: Resolver<ResolversTypes["Schedule"], ParentType, ContextType>;
};

export type UpdateSchedulePayloadResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes["UpdateSchedulePayload"] =
    ResolversParentTypes["UpdateSchedulePayload"],
> = {
  schedule?: Resolver<ResolversTypes["Schedule"], ParentType, ContextType>;
};

export type DeleteSchedulePayloadResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes["DeleteSchedulePayload"] =
    ResolversParentTypes["DeleteSchedulePayload"],
> = {
  deletedScheduleId?: Resolver<ResolversTypes["ID"], ParentType, ContextType>;
};

export type AddRotationPayloadResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes["AddRotationPayload"] = ResolversParentTypes["AddRotationPayload"],
> = {
  rotation?: Resolver<ResolversTypes["Rotation"], ParentType, ContextType>;
};

export type UpdateRotationPayloadResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes["UpdateRotationPayload"] =
    ResolversParentTypes["UpdateRotationPayload"],
> = {
  rotation?: Resolver<ResolversTypes["Rotation"], ParentType, ContextType>;
};

export type RemoveRotationPayloadResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes["RemoveRotationPayload"] =
    ResolversParentTypes["RemoveRotationPayload"],
> = {
  deletedRotationId?: Resolver<ResolversTypes["ID"], ParentType, ContextType>;
  schedule?: Resolver<ResolversTypes["Schedule"], ParentType, ContextType>;
};

export type CreateOverridePayloadResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes["CreateOverridePayload"] =
    ResolversParentTypes["CreateOverridePayload"],
> = {
  override?: Resolver<ResolversTypes["Override"], ParentType, ContextType>;
};

export type CancelOverridePayloadResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes["CancelOverridePayload"] =
    ResolversParentTypes["CancelOverridePayload"],
> = {
  override?: Resolver<Maybe<ResolversTypes["Override"]>, ParentType, ContextType>;
  schedule?: Resolver<ResolversTypes["Schedule"], ParentType, ContextType>;
};

export type QueryResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes["Query"] = ResolversParentTypes["Query"],
> = {
  schedule?: Resolver<
    Maybe<ResolversTypes["Schedule"]>,
    ParentType,
    ContextType,
    RequireFields<QueryScheduleArgs, "id">
  >;
  schedules?: Resolver<
    Maybe<ResolversTypes["ScheduleConnection"]>,
    ParentType,
    ContextType,
    Partial<QuerySchedulesArgs>
  >;
};

export type MutationResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes["Mutation"] = ResolversParentTypes["Mutation"],
> = {
  createSchedule?: Resolver<
    Maybe<ResolversTypes["CreateSchedulePayload"]>,
    ParentType,
    ContextType,
    RequireFields<MutationCreateScheduleArgs, "input">
  >;
  updateSchedule?: Resolver<
    Maybe<ResolversTypes["UpdateSchedulePayload"]>,
    ParentType,
    ContextType,
    RequireFields<MutationUpdateScheduleArgs, "input">
  >;
  deleteSchedule?: Resolver<
    Maybe<ResolversTypes["DeleteSchedulePayload"]>,
    ParentType,
    ContextType,
    RequireFields<MutationDeleteScheduleArgs, "input">
  >;
  addRotation?: Resolver<
    Maybe<ResolversTypes["AddRotationPayload"]>,
    ParentType,
    ContextType,
    RequireFields<MutationAddRotationArgs, "input">
  >;
  updateRotation?: Resolver<
    Maybe<ResolversTypes["UpdateRotationPayload"]>,
    ParentType,
    ContextType,
    RequireFields<MutationUpdateRotationArgs, "input">
  >;
  removeRotation?: Resolver<
    Maybe<ResolversTypes["RemoveRotationPayload"]>,
    ParentType,
    ContextType,
    RequireFields<MutationRemoveRotationArgs, "input">
  >;
  createOverride?: Resolver<
    Maybe<ResolversTypes["CreateOverridePayload"]>,
    ParentType,
    ContextType,
    RequireFields<MutationCreateOverrideArgs, "input">
  >;
  cancelOverride?: Resolver<
    Maybe<ResolversTypes["CancelOverridePayload"]>,
    ParentType,
    ContextType,
    RequireFields<MutationCancelOverrideArgs, "input">
  >;
};

type OptionalResolvers<ContextType = Context> = {
  DateTime?: GraphQLScalarType;
  Date?: GraphQLScalarType;
  LocalTime?: GraphQLScalarType;
  TimeZone?: GraphQLScalarType;
  PageInfo?: PageInfoResolvers<ContextType>;
  Schedule?: ScheduleResolvers<ContextType>;
  Rotation?: RotationResolvers<ContextType>;
  Shift?: ShiftResolvers<ContextType>;
  Override?: OverrideResolvers<ContextType>;
  Gap?: GapResolvers<ContextType>;
  User?: UserResolvers<ContextType>;
  Team?: TeamResolvers<ContextType>;
  ScheduleEdge?: ScheduleEdgeResolvers<ContextType>;
  ScheduleConnection?: ScheduleConnectionResolvers<ContextType>;
  CreateSchedulePayload?: CreateSchedulePayloadResolvers<ContextType>;
  UpdateSchedulePayload?: UpdateSchedulePayloadResolvers<ContextType>;
  DeleteSchedulePayload?: DeleteSchedulePayloadResolvers<ContextType>;
  AddRotationPayload?: AddRotationPayloadResolvers<ContextType>;
  UpdateRotationPayload?: UpdateRotationPayloadResolvers<ContextType>;
  RemoveRotationPayload?: RemoveRotationPayloadResolvers<ContextType>;
  CreateOverridePayload?: CreateOverridePayloadResolvers<ContextType>;
  CancelOverridePayload?: CancelOverridePayloadResolvers<ContextType>;
  Query?: QueryResolvers<ContextType>;
  Mutation?: MutationResolvers<ContextType>;
};

export type DirectiveResolvers<ContextType = Context> = {
  authorize?: AuthorizeDirectiveResolver<any, any, ContextType>;
  orSelf?: OrSelfDirectiveResolver<any, any, ContextType>;
  public?: PublicDirectiveResolver<any, any, ContextType>;
  maxLength?: MaxLengthDirectiveResolver<any, any, ContextType>;
};

export type ScheduleResolvers<ContextType = Context> = Answered<
  ScheduleFields<ContextType>,
  ResolversParentTypes["Schedule"]
>;
export type RotationResolvers<ContextType = Context> = Answered<
  RotationFields<ContextType>,
  ResolversParentTypes["Rotation"]
>;
export type ShiftResolvers<ContextType = Context> = Answered<
  ShiftFields<ContextType>,
  ResolversParentTypes["Shift"]
>;
export type OverrideResolvers<ContextType = Context> = Answered<
  OverrideFields<ContextType>,
  ResolversParentTypes["Override"]
>;
export type UserResolvers<ContextType = Context> = Answered<
  UserFields<ContextType>,
  ResolversParentTypes["User"]
>;
export type TeamResolvers<ContextType = Context> = Answered<
  TeamFields<ContextType>,
  ResolversParentTypes["Team"]
>;
export type ScheduleConnectionResolvers<ContextType = Context> = Answered<
  ScheduleConnectionFields<ContextType>,
  ResolversParentTypes["ScheduleConnection"]
>;
export type Resolvers<ContextType = Context> = OptionalResolvers<ContextType> &
  Demanded<{
    Schedule: ScheduleResolvers<ContextType>;
    Rotation: RotationResolvers<ContextType>;
    Shift: ShiftResolvers<ContextType>;
    Override: OverrideResolvers<ContextType>;
    User: UserResolvers<ContextType>;
    Team: TeamResolvers<ContextType>;
    ScheduleConnection: ScheduleConnectionResolvers<ContextType>;
  }>;
