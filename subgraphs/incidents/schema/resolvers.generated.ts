// Generated from the SDL beside it by `npm run codegen`. Never edited.

import type { Row } from "#shared/database/entity.ts";
import type { Connection } from "#shared/subgraph/connection.ts";
import type { Incident as IncidentEntity } from "../entities/Incident.ts";
import type { TimelineEntry as TimelineEntryEntity } from "../entities/TimelineEntry.ts";
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
  /** Any JSON value. */
  JSON: { input: unknown; output: unknown };
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

/** Something is wrong and somebody should do something about it. */
export type Incident = {
  __typename?: "Incident";
  id: Scalars["ID"]["output"];
  /** Counts from 1 in each tenant. */
  number: Scalars["Int"]["output"];
  title: Scalars["String"]["output"];
  summary?: Maybe<Scalars["String"]["output"]>;
  /** As bad as the worst of its alerts that fires, unless a person said how bad it is. */
  severity: Severity;
  /** Whether it stays what a person said, whatever its alerts are. */
  severitySetByPerson: Scalars["Boolean"]["output"];
  state: IncidentState;
  /** Who leads the response: whoever acknowledged it first, unless somebody else was made to. */
  lead?: Maybe<User>;
  /** The incident this one was merged into. */
  mergedInto?: Maybe<Incident>;
  /** The incidents that were merged into this one. */
  mergedFrom: Array<Incident>;
  alerts: IncidentAlertConnection;
  timeline: TimelineEntryConnection;
  /** How often an alert of it fired again, within its route's damping time, after it was resolved. */
  flapCount: Scalars["Int"]["output"];
  /** When people were last paged about it; null when they never were. */
  pagedAt?: Maybe<Scalars["DateTime"]["output"]>;
  /** Alerts of it that fire again are damped: nobody is paged about them before this time, and then only if they fire still. */
  dampedUntil?: Maybe<Scalars["DateTime"]["output"]>;
  createdAt: Scalars["DateTime"]["output"];
  acknowledgedAt?: Maybe<Scalars["DateTime"]["output"]>;
  /** The person who took it on; null while nobody has, and when a machine did. */
  acknowledgedBy?: Maybe<User>;
  resolvedAt?: Maybe<Scalars["DateTime"]["output"]>;
  closedAt?: Maybe<Scalars["DateTime"]["output"]>;
};

/** Something is wrong and somebody should do something about it. */
export type IncidentAlertsArgs = {
  first?: InputMaybe<Scalars["Int"]["input"]>;
  after?: InputMaybe<Scalars["String"]["input"]>;
  last?: InputMaybe<Scalars["Int"]["input"]>;
  before?: InputMaybe<Scalars["String"]["input"]>;
};

/** Something is wrong and somebody should do something about it. */
export type IncidentTimelineArgs = {
  first?: InputMaybe<Scalars["Int"]["input"]>;
  after?: InputMaybe<Scalars["String"]["input"]>;
  last?: InputMaybe<Scalars["Int"]["input"]>;
  before?: InputMaybe<Scalars["String"]["input"]>;
};

/** How far the response to an incident has come. */
export type IncidentState =
  /** Nobody has taken it yet, or not since it got worse or recurred. */
  | "TRIAGE"
  /** Somebody acknowledged it and works on it. */
  | "ACTIVE"
  /** It is over; what follows is writing it up. */
  | "RESOLVED"
  | "CLOSED";

/** How bad an incident is. */
export type Severity = "CRITICAL" | "HIGH" | "MEDIUM" | "LOW";

export type User = {
  __typename?: "User";
  id: Scalars["ID"]["output"];
};

export type Alert = {
  __typename?: "Alert";
  id: Scalars["ID"]["output"];
  /** The incident that it belongs to, or else belonged to last. */
  incident?: Maybe<Incident>;
};

/** One alert of an incident, and where the page can be cut. */
export type IncidentAlertEdge = {
  __typename?: "IncidentAlertEdge";
  /** Null, with an error, when it is nowhere to be found. */
  node?: Maybe<Alert>;
  cursor: Scalars["String"]["output"];
  addedAt: Scalars["DateTime"]["output"];
  /** When it stopped firing. */
  settledAt?: Maybe<Scalars["DateTime"]["output"]>;
  /** When it stopped belonging to the incident while it fired. */
  leftAt?: Maybe<Scalars["DateTime"]["output"]>;
};

/** A page of an incident's alerts. */
export type IncidentAlertConnection = {
  __typename?: "IncidentAlertConnection";
  /** Null, with an error, when one of them is nowhere to be found; the edges have the others. */
  nodes?: Maybe<Array<Alert>>;
  edges: Array<IncidentAlertEdge>;
  pageInfo: PageInfo;
  totalCount: Scalars["Int"]["output"];
};

/** Something that happened in an incident, told by whichever service it happened in. */
export type TimelineEntry = {
  __typename?: "TimelineEntry";
  id: Scalars["ID"]["output"];
  kind: TimelineEntryKind;
  message: Scalars["String"]["output"];
  /** When it happened, which may be earlier than when it was told. */
  occurredAt: Scalars["DateTime"]["output"];
  /** The person who did it; null when the system or a machine did. */
  actor?: Maybe<User>;
  /** What the entry is about, by kind: ids, states, reasons. */
  data: Scalars["JSON"]["output"];
};

/** What kind of thing happened. */
export type TimelineEntryKind =
  | "INCIDENT_CREATED"
  | "INCIDENT_STATE_CHANGED"
  | "INCIDENT_UPDATED"
  | "INCIDENT_MERGED"
  | "LEAD_ASSIGNED"
  | "ALERT_ADDED"
  | "ALERT_RESOLVED"
  | "ESCALATION_STARTED"
  | "LEVEL_REACHED"
  | "NOBODY_ON_CALL"
  | "PAGE_SENT"
  | "PAGE_FAILED"
  /** A page was not sent: the person or the contact method is gone. */
  | "PAGE_CANCELLED"
  /** Nobody could be reached in a whole round; paging goes on. */
  | "ESCALATION_UNDELIVERABLE"
  /** All levels and repeats are through, and nobody answered. */
  | "ESCALATION_EXPIRED"
  /** Those who administer the tenant were told that paging reached nobody. */
  | "ADMINISTRATORS_TOLD"
  | "ESCALATION_ACKNOWLEDGED"
  | "ESCALATION_ENDED"
  | "NOTE";

/** One entry of a timeline, and where the page can be cut. */
export type TimelineEntryEdge = {
  __typename?: "TimelineEntryEdge";
  node: TimelineEntry;
  cursor: Scalars["String"]["output"];
};

/** A page of a timeline. */
export type TimelineEntryConnection = {
  __typename?: "TimelineEntryConnection";
  nodes: Array<TimelineEntry>;
  edges: Array<TimelineEntryEdge>;
  pageInfo: PageInfo;
  totalCount: Scalars["Int"]["output"];
};

/** One incident on a page, and where the page can be cut. */
export type IncidentEdge = {
  __typename?: "IncidentEdge";
  node: Incident;
  cursor: Scalars["String"]["output"];
};

/** A page of incidents. */
export type IncidentConnection = {
  __typename?: "IncidentConnection";
  nodes: Array<Incident>;
  edges: Array<IncidentEdge>;
  pageInfo: PageInfo;
  totalCount: Scalars["Int"]["output"];
};

/** Which incidents are meant; what is left out excludes nothing. */
export type IncidentFilter = {
  states?: InputMaybe<Array<IncidentState>>;
  severities?: InputMaybe<Array<Severity>>;
  leadId?: InputMaybe<Scalars["ID"]["input"]>;
  /** Part of the title or summary, whatever its case. */
  text?: InputMaybe<Scalars["String"]["input"]>;
  createdAfter?: InputMaybe<Scalars["DateTime"]["input"]>;
  createdBefore?: InputMaybe<Scalars["DateTime"]["input"]>;
};

/** By what incidents are sorted. */
export type IncidentOrder = "CREATED_AT" | "NUMBER" | "SEVERITY";

/** What a new incident is about. */
export type CreateIncidentInput = {
  title: Scalars["String"]["input"];
  summary?: InputMaybe<Scalars["String"]["input"]>;
  severity: Severity;
  leadId?: InputMaybe<Scalars["ID"]["input"]>;
  /** Who is paged. Left out: nobody. */
  escalationPathId?: InputMaybe<Scalars["ID"]["input"]>;
};

/** What changes about an incident; what is left out stays. */
export type UpdateIncidentInput = {
  id: Scalars["ID"]["input"];
  title?: InputMaybe<Scalars["String"]["input"]>;
  summary?: InputMaybe<Scalars["String"]["input"]>;
  /** Stays so, whatever its alerts are; null has it follow them again. */
  severity?: InputMaybe<Severity>;
};

/** Something that does not hold, though it always does from an accepted alert to the answer of whoever was paged about it. */
export type LedgerBreak = {
  __typename?: "LedgerBreak";
  /** The name of the invariant. */
  invariant: Scalars["String"]["output"];
  /** What always holds, and which work under way excuses that it does not yet. */
  promise: Scalars["String"]["output"];
  /** The ids of what is concerned, by their names, and since when where that is known. */
  about: Scalars["JSON"]["output"];
};

/** Something that a service was asked, or looks at, and that keeps failing: it waits for somebody to mend what keeps it. */
export type ParkedWork = {
  __typename?: "ParkedWork";
  id: Scalars["ID"]["output"];
  kind: ParkedWorkKind;
  /** The command's name, or the kind of process or call. */
  name: Scalars["String"]["output"];
  /** The service that does it; null for any but a command. */
  owner?: Maybe<Scalars["String"]["output"]>;
  /** When it was parked, or since when it fails. */
  since: Scalars["DateTime"]["output"];
  attempts: Scalars["Int"]["output"];
  /** Why it is parked. */
  error: Scalars["String"]["output"];
  /** The title of what it is about, where there is one. */
  about?: Maybe<Scalars["String"]["output"]>;
};

/** What kind of work is parked. */
export type ParkedWorkKind =
  /** Asked of a service once. It is not tried again until somebody says so; what was asked after it goes on. */
  | "COMMAND"
  /** Looked at again and again. It goes on by itself as soon as it can. */
  | "PROCESS"
  /** Made already; what follows from it cannot be written down. It goes on by itself as soon as it can. */
  | "CALL";

/** One piece of parked work on a page, and where the page can be cut. */
export type ParkedWorkEdge = {
  __typename?: "ParkedWorkEdge";
  node: ParkedWork;
  cursor: Scalars["String"]["output"];
};

/** A page of parked work. */
export type ParkedWorkConnection = {
  __typename?: "ParkedWorkConnection";
  nodes: Array<ParkedWork>;
  edges: Array<ParkedWorkEdge>;
  pageInfo: PageInfo;
  totalCount: Scalars["Int"]["output"];
};

export type Query = {
  __typename?: "Query";
  /** The incident of this id or of this number: give exactly one of the two. Null when the tenant has none. */
  incident?: Maybe<Incident>;
  /** The tenant's incidents that match the filter, newest first unless another order is asked for. */
  incidents?: Maybe<IncidentConnection>;
  /** What does not hold between alerts, incidents, escalations and pages; at most 100 breaks, and none when all is well. */
  ledgerBreaks?: Maybe<Array<LedgerBreak>>;
  /** What keeps failing and waits for somebody to look at it, newest first. */
  parkedWork?: Maybe<ParkedWorkConnection>;
};

export type QueryIncidentArgs = {
  id?: InputMaybe<Scalars["ID"]["input"]>;
  number?: InputMaybe<Scalars["Int"]["input"]>;
};

export type QueryIncidentsArgs = {
  filter?: InputMaybe<IncidentFilter>;
  orderBy?: InputMaybe<IncidentOrder>;
  direction?: InputMaybe<SortDirection>;
  first?: InputMaybe<Scalars["Int"]["input"]>;
  after?: InputMaybe<Scalars["String"]["input"]>;
  last?: InputMaybe<Scalars["Int"]["input"]>;
  before?: InputMaybe<Scalars["String"]["input"]>;
};

export type QueryParkedWorkArgs = {
  first?: InputMaybe<Scalars["Int"]["input"]>;
  after?: InputMaybe<Scalars["String"]["input"]>;
  last?: InputMaybe<Scalars["Int"]["input"]>;
  before?: InputMaybe<Scalars["String"]["input"]>;
};

export type Mutation = {
  __typename?: "Mutation";
  /** Opens an incident by hand and pages along the escalation path, when one is given. */
  createIncident: Incident;
  /** Changes an incident's title, summary or severity; what is left out stays. */
  updateIncident: Incident;
  /** Says who leads; null takes the lead away. */
  assignIncidentLead: Incident;
  /** Takes the incident on: from triage to active, and every later page stops. Does nothing when it is active already. */
  acknowledgeIncident: Incident;
  /**
   * Says that it is over, which ends its escalations. Its alerts are resolved with it, unless `alerts` is false: then they go on
   * firing, lead to no incident, and are routed anew when they fire the next time. Does nothing when it is resolved already.
   */
  resolveIncident: Incident;
  /** Closes a resolved incident. */
  closeIncident: Incident;
  /** Makes a resolved or closed incident active again. Pages nobody. */
  reopenIncident: Incident;
  /** Merges one incident into another: its alerts move over, its pages stop, and it is closed; where nobody had taken it on, people are paged about the other. The answer is the other. */
  mergeIncident: Incident;
  /** Adds a note to the timeline. */
  addTimelineNote: TimelineEntry;
  /** Has parked work tried again at once. The answer is the work as it was parked; should it fail again, it is parked again. */
  retryParkedWork: ParkedWork;
  /** Takes a parked command off the list for good: what it asked is never done. Nothing else can be discarded. */
  discardParkedWork: ParkedWork;
};

export type MutationCreateIncidentArgs = {
  input: CreateIncidentInput;
};

export type MutationUpdateIncidentArgs = {
  input: UpdateIncidentInput;
};

export type MutationAssignIncidentLeadArgs = {
  id: Scalars["ID"]["input"];
  userId?: InputMaybe<Scalars["ID"]["input"]>;
};

export type MutationAcknowledgeIncidentArgs = {
  id: Scalars["ID"]["input"];
};

export type MutationResolveIncidentArgs = {
  id: Scalars["ID"]["input"];
  alerts: Scalars["Boolean"]["input"];
};

export type MutationCloseIncidentArgs = {
  id: Scalars["ID"]["input"];
};

export type MutationReopenIncidentArgs = {
  id: Scalars["ID"]["input"];
};

export type MutationMergeIncidentArgs = {
  id: Scalars["ID"]["input"];
  intoId: Scalars["ID"]["input"];
};

export type MutationAddTimelineNoteArgs = {
  incidentId: Scalars["ID"]["input"];
  message: Scalars["String"]["input"];
};

export type MutationRetryParkedWorkArgs = {
  id: Scalars["ID"]["input"];
};

export type MutationDiscardParkedWorkArgs = {
  id: Scalars["ID"]["input"];
};

export type Subscription = {
  __typename?: "Subscription";
  /** An incident, each time it changes; at once as it is, when events may have been missed. */
  incidentUpdated?: Maybe<Incident>;
  /** Each new entry of an incident's timeline. */
  timelineAdded?: Maybe<TimelineEntry>;
};

export type SubscriptionIncidentUpdatedArgs = {
  id: Scalars["ID"]["input"];
};

export type SubscriptionTimelineAddedArgs = {
  incidentId: Scalars["ID"]["input"];
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
  Incident: Incident;
  Alert: Alert;
};

/** Mapping of federation reference types */
export type FederationReferenceTypes = {
  Incident: { __typename: "Incident" } & GraphQLRecursivePick<FederationTypes["Incident"], { id: true }>;
  Alert: { __typename: "Alert" } & GraphQLRecursivePick<FederationTypes["Alert"], { id: true }>;
};

/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  DateTime: ResolverTypeWrapper<Scalars["DateTime"]["output"]>;
  JSON: ResolverTypeWrapper<Scalars["JSON"]["output"]>;
  SortDirection: SortDirection;
  PageInfo: ResolverTypeWrapper<PageInfo>;
  Boolean: ResolverTypeWrapper<Scalars["Boolean"]["output"]>;
  String: ResolverTypeWrapper<Scalars["String"]["output"]>;
  Permission: Permission;
  Incident: ResolverTypeWrapper<Row<typeof IncidentEntity>>;
  ID: ResolverTypeWrapper<Scalars["ID"]["output"]>;
  IncidentState: IncidentState;
  Severity: Severity;
  User: ResolverTypeWrapper<{ id: string }>;
  Alert: ResolverTypeWrapper<{ id: string }>;
  IncidentAlertEdge: ResolverTypeWrapper<
    Omit<IncidentAlertEdge, "node"> & { node?: Maybe<ResolversTypes["Alert"]> }
  >;
  IncidentAlertConnection: ResolverTypeWrapper<
    Connection<ResolversParentTypes["Alert"], ResolversParentTypes["IncidentAlertEdge"]>
  >;
  TimelineEntry: ResolverTypeWrapper<Row<typeof TimelineEntryEntity>>;
  TimelineEntryKind: TimelineEntryKind;
  TimelineEntryEdge: ResolverTypeWrapper<
    Omit<TimelineEntryEdge, "node"> & { node: ResolversTypes["TimelineEntry"] }
  >;
  TimelineEntryConnection: ResolverTypeWrapper<
    Connection<ResolversParentTypes["TimelineEntry"], ResolversParentTypes["TimelineEntryEdge"]>
  >;
  IncidentEdge: ResolverTypeWrapper<Omit<IncidentEdge, "node"> & { node: ResolversTypes["Incident"] }>;
  IncidentConnection: ResolverTypeWrapper<
    Connection<ResolversParentTypes["Incident"], ResolversParentTypes["IncidentEdge"]>
  >;
  IncidentFilter: IncidentFilter;
  IncidentOrder: IncidentOrder;
  CreateIncidentInput: CreateIncidentInput;
  UpdateIncidentInput: UpdateIncidentInput;
  LedgerBreak: ResolverTypeWrapper<LedgerBreak>;
  ParkedWork: ResolverTypeWrapper<mapped.ParkedWork>;
  ParkedWorkKind: ParkedWorkKind;
  ParkedWorkEdge: ResolverTypeWrapper<Omit<ParkedWorkEdge, "node"> & { node: ResolversTypes["ParkedWork"] }>;
  ParkedWorkConnection: ResolverTypeWrapper<
    Connection<ResolversParentTypes["ParkedWork"], ResolversParentTypes["ParkedWorkEdge"]>
  >;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  Subscription: ResolverTypeWrapper<Record<PropertyKey, never>>;
  Int: ResolverTypeWrapper<Scalars["Int"]["output"]>;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  DateTime: Scalars["DateTime"]["output"];
  JSON: Scalars["JSON"]["output"];
  PageInfo: PageInfo;
  Boolean: Scalars["Boolean"]["output"];
  String: Scalars["String"]["output"];
  Incident: Row<typeof IncidentEntity>;
  ID: Scalars["ID"]["output"];
  User: { id: string };
  Alert: { id: string };
  IncidentAlertEdge: Omit<IncidentAlertEdge, "node"> & { node?: Maybe<ResolversParentTypes["Alert"]> };
  IncidentAlertConnection: Connection<
    ResolversParentTypes["Alert"],
    ResolversParentTypes["IncidentAlertEdge"]
  >;
  TimelineEntry: Row<typeof TimelineEntryEntity>;
  TimelineEntryEdge: Omit<TimelineEntryEdge, "node"> & { node: ResolversParentTypes["TimelineEntry"] };
  TimelineEntryConnection: Connection<
    ResolversParentTypes["TimelineEntry"],
    ResolversParentTypes["TimelineEntryEdge"]
  >;
  IncidentEdge: Omit<IncidentEdge, "node"> & { node: ResolversParentTypes["Incident"] };
  IncidentConnection: Connection<ResolversParentTypes["Incident"], ResolversParentTypes["IncidentEdge"]>;
  IncidentFilter: IncidentFilter;
  CreateIncidentInput: CreateIncidentInput;
  UpdateIncidentInput: UpdateIncidentInput;
  LedgerBreak: LedgerBreak;
  ParkedWork: mapped.ParkedWork;
  ParkedWorkEdge: Omit<ParkedWorkEdge, "node"> & { node: ResolversParentTypes["ParkedWork"] };
  ParkedWorkConnection: Connection<
    ResolversParentTypes["ParkedWork"],
    ResolversParentTypes["ParkedWorkEdge"]
  >;
  Query: Record<PropertyKey, never>;
  Mutation: Record<PropertyKey, never>;
  Subscription: Record<PropertyKey, never>;
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

export interface JsonScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes["JSON"], any> {
  name: "JSON";
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

export type IncidentResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes["Incident"] = ResolversParentTypes["Incident"],
  FederationReferenceType extends FederationReferenceTypes["Incident"] = FederationReferenceTypes["Incident"],
> = {
  __resolveReference?: ReferenceResolver<
    Maybe<ResolversTypes["Incident"]> | FederationReferenceType,
    FederationReferenceType,
    ContextType
  >;
  id?: Resolver<ResolversTypes["ID"], ParentType, ContextType>;
  number?: Resolver<ResolversTypes["Int"], ParentType, ContextType>;
  title?: Resolver<ResolversTypes["String"], ParentType, ContextType>;
  summary?: Resolver<Maybe<ResolversTypes["String"]>, ParentType, ContextType>;
  severity?: Resolver<ResolversTypes["Severity"], ParentType, ContextType>;
  severitySetByPerson?: Resolver<ResolversTypes["Boolean"], ParentType, ContextType>;
  state?: Resolver<ResolversTypes["IncidentState"], ParentType, ContextType>;
  lead?: Resolver<Maybe<ResolversTypes["User"]>, ParentType, ContextType>;
  mergedInto?: Resolver<Maybe<ResolversTypes["Incident"]>, ParentType, ContextType>;
  mergedFrom?: Resolver<Array<ResolversTypes["Incident"]>, ParentType, ContextType>;
  alerts?: Resolver<
    ResolversTypes["IncidentAlertConnection"],
    ParentType,
    ContextType,
    Partial<IncidentAlertsArgs>
  >;
  timeline?: Resolver<
    ResolversTypes["TimelineEntryConnection"],
    ParentType,
    ContextType,
    Partial<IncidentTimelineArgs>
  >;
  flapCount?: Resolver<ResolversTypes["Int"], ParentType, ContextType>;
  pagedAt?: Resolver<Maybe<ResolversTypes["DateTime"]>, ParentType, ContextType>;
  dampedUntil?: Resolver<Maybe<ResolversTypes["DateTime"]>, ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes["DateTime"], ParentType, ContextType>;
  acknowledgedAt?: Resolver<Maybe<ResolversTypes["DateTime"]>, ParentType, ContextType>;
  acknowledgedBy?: Resolver<Maybe<ResolversTypes["User"]>, ParentType, ContextType>;
  resolvedAt?: Resolver<Maybe<ResolversTypes["DateTime"]>, ParentType, ContextType>;
  closedAt?: Resolver<Maybe<ResolversTypes["DateTime"]>, ParentType, ContextType>;
};

export type UserResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes["User"] = ResolversParentTypes["User"],
> = {
  id?: Resolver<ResolversTypes["ID"], ParentType, ContextType>;
};

export type AlertResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes["Alert"] = ResolversParentTypes["Alert"],
  FederationReferenceType extends FederationReferenceTypes["Alert"] = FederationReferenceTypes["Alert"],
> = {
  __resolveReference?: ReferenceResolver<
    Maybe<ResolversTypes["Alert"]> | FederationReferenceType,
    FederationReferenceType,
    ContextType
  >;
  id?: Resolver<ResolversTypes["ID"], ParentType, ContextType>;
  incident?: Resolver<Maybe<ResolversTypes["Incident"]>, ParentType, ContextType>;
};

export type IncidentAlertEdgeResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes["IncidentAlertEdge"] = ResolversParentTypes["IncidentAlertEdge"],
> = {
  node?: Resolver<Maybe<ResolversTypes["Alert"]>, ParentType, ContextType>;
  cursor?: Resolver<ResolversTypes["String"], ParentType, ContextType>;
  addedAt?: Resolver<ResolversTypes["DateTime"], ParentType, ContextType>;
  settledAt?: Resolver<Maybe<ResolversTypes["DateTime"]>, ParentType, ContextType>;
  leftAt?: Resolver<Maybe<ResolversTypes["DateTime"]>, ParentType, ContextType>;
};

export type IncidentAlertConnectionResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes["IncidentAlertConnection"] =
    ResolversParentTypes["IncidentAlertConnection"],
> = {
  nodes?: Resolver<Maybe<Array<ResolversTypes["Alert"]>>, ParentType, ContextType>;
  edges?: Resolver<Array<ResolversTypes["IncidentAlertEdge"]>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes["PageInfo"], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes["Int"], ParentType, ContextType>;
};

export type TimelineEntryResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes["TimelineEntry"] = ResolversParentTypes["TimelineEntry"],
> = {
  id?: Resolver<ResolversTypes["ID"], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes["TimelineEntryKind"], ParentType, ContextType>;
  message?: Resolver<ResolversTypes["String"], ParentType, ContextType>;
  occurredAt?: Resolver<ResolversTypes["DateTime"], ParentType, ContextType>;
  actor?: Resolver<Maybe<ResolversTypes["User"]>, ParentType, ContextType>;
  data?: Resolver<ResolversTypes["JSON"], ParentType, ContextType>;
};

export type TimelineEntryEdgeResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes["TimelineEntryEdge"] = ResolversParentTypes["TimelineEntryEdge"],
> = {
  node?: Resolver<ResolversTypes["TimelineEntry"], ParentType, ContextType>;
  cursor?: Resolver<ResolversTypes["String"], ParentType, ContextType>;
};

export type TimelineEntryConnectionResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes["TimelineEntryConnection"] =
    ResolversParentTypes["TimelineEntryConnection"],
> = {
  nodes?: Resolver<Array<ResolversTypes["TimelineEntry"]>, ParentType, ContextType>;
  edges?: Resolver<Array<ResolversTypes["TimelineEntryEdge"]>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes["PageInfo"], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes["Int"], ParentType, ContextType>;
};

export type IncidentEdgeResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes["IncidentEdge"] = ResolversParentTypes["IncidentEdge"],
> = {
  node?: Resolver<ResolversTypes["Incident"], ParentType, ContextType>;
  cursor?: Resolver<ResolversTypes["String"], ParentType, ContextType>;
};

export type IncidentConnectionResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes["IncidentConnection"] = ResolversParentTypes["IncidentConnection"],
> = {
  nodes?: Resolver<Array<ResolversTypes["Incident"]>, ParentType, ContextType>;
  edges?: Resolver<Array<ResolversTypes["IncidentEdge"]>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes["PageInfo"], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes["Int"], ParentType, ContextType>;
};

export type LedgerBreakResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes["LedgerBreak"] = ResolversParentTypes["LedgerBreak"],
> = {
  invariant?: Resolver<ResolversTypes["String"], ParentType, ContextType>;
  promise?: Resolver<ResolversTypes["String"], ParentType, ContextType>;
  about?: Resolver<ResolversTypes["JSON"], ParentType, ContextType>;
};

export type ParkedWorkResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes["ParkedWork"] = ResolversParentTypes["ParkedWork"],
> = {
  id?: Resolver<ResolversTypes["ID"], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes["ParkedWorkKind"], ParentType, ContextType>;
  name?: Resolver<ResolversTypes["String"], ParentType, ContextType>;
  owner?: Resolver<Maybe<ResolversTypes["String"]>, ParentType, ContextType>;
  since?: Resolver<ResolversTypes["DateTime"], ParentType, ContextType>;
  attempts?: Resolver<ResolversTypes["Int"], ParentType, ContextType>;
  error?: Resolver<ResolversTypes["String"], ParentType, ContextType>;
  about?: Resolver<Maybe<ResolversTypes["String"]>, ParentType, ContextType>;
};

export type ParkedWorkEdgeResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes["ParkedWorkEdge"] = ResolversParentTypes["ParkedWorkEdge"],
> = {
  node?: Resolver<ResolversTypes["ParkedWork"], ParentType, ContextType>;
  cursor?: Resolver<ResolversTypes["String"], ParentType, ContextType>;
};

export type ParkedWorkConnectionResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes["ParkedWorkConnection"] =
    ResolversParentTypes["ParkedWorkConnection"],
> = {
  nodes?: Resolver<Array<ResolversTypes["ParkedWork"]>, ParentType, ContextType>;
  edges?: Resolver<Array<ResolversTypes["ParkedWorkEdge"]>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes["PageInfo"], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes["Int"], ParentType, ContextType>;
};

export type QueryResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes["Query"] = ResolversParentTypes["Query"],
> = {
  incident?: Resolver<Maybe<ResolversTypes["Incident"]>, ParentType, ContextType, Partial<QueryIncidentArgs>>;
  incidents?: Resolver<
    Maybe<ResolversTypes["IncidentConnection"]>,
    ParentType,
    ContextType,
    RequireFields<QueryIncidentsArgs, "orderBy" | "direction">
  >;
  ledgerBreaks?: Resolver<Maybe<Array<ResolversTypes["LedgerBreak"]>>, ParentType, ContextType>;
  parkedWork?: Resolver<
    Maybe<ResolversTypes["ParkedWorkConnection"]>,
    ParentType,
    ContextType,
    Partial<QueryParkedWorkArgs>
  >;
};

export type MutationResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes["Mutation"] = ResolversParentTypes["Mutation"],
> = {
  createIncident?: Resolver<
    ResolversTypes["Incident"],
    ParentType,
    ContextType,
    RequireFields<MutationCreateIncidentArgs, "input">
  >;
  updateIncident?: Resolver<
    ResolversTypes["Incident"],
    ParentType,
    ContextType,
    RequireFields<MutationUpdateIncidentArgs, "input">
  >;
  assignIncidentLead?: Resolver<
    ResolversTypes["Incident"],
    ParentType,
    ContextType,
    RequireFields<MutationAssignIncidentLeadArgs, "id">
  >;
  acknowledgeIncident?: Resolver<
    ResolversTypes["Incident"],
    ParentType,
    ContextType,
    RequireFields<MutationAcknowledgeIncidentArgs, "id">
  >;
  resolveIncident?: Resolver<
    ResolversTypes["Incident"],
    ParentType,
    ContextType,
    RequireFields<MutationResolveIncidentArgs, "id" | "alerts">
  >;
  closeIncident?: Resolver<
    ResolversTypes["Incident"],
    ParentType,
    ContextType,
    RequireFields<MutationCloseIncidentArgs, "id">
  >;
  reopenIncident?: Resolver<
    ResolversTypes["Incident"],
    ParentType,
    ContextType,
    RequireFields<MutationReopenIncidentArgs, "id">
  >;
  mergeIncident?: Resolver<
    ResolversTypes["Incident"],
    ParentType,
    ContextType,
    RequireFields<MutationMergeIncidentArgs, "id" | "intoId">
  >;
  addTimelineNote?: Resolver<
    ResolversTypes["TimelineEntry"],
    ParentType,
    ContextType,
    RequireFields<MutationAddTimelineNoteArgs, "incidentId" | "message">
  >;
  retryParkedWork?: Resolver<
    ResolversTypes["ParkedWork"],
    ParentType,
    ContextType,
    RequireFields<MutationRetryParkedWorkArgs, "id">
  >;
  discardParkedWork?: Resolver<
    ResolversTypes["ParkedWork"],
    ParentType,
    ContextType,
    RequireFields<MutationDiscardParkedWorkArgs, "id">
  >;
};

export type SubscriptionResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes["Subscription"] = ResolversParentTypes["Subscription"],
> = {
  incidentUpdated?: SubscriptionResolver<
    Maybe<ResolversTypes["Incident"]>,
    "incidentUpdated",
    ParentType,
    ContextType,
    RequireFields<SubscriptionIncidentUpdatedArgs, "id">
  >;
  timelineAdded?: SubscriptionResolver<
    Maybe<ResolversTypes["TimelineEntry"]>,
    "timelineAdded",
    ParentType,
    ContextType,
    RequireFields<SubscriptionTimelineAddedArgs, "incidentId">
  >;
};

export type Resolvers<ContextType = Context> = {
  DateTime?: GraphQLScalarType;
  JSON?: GraphQLScalarType;
  PageInfo?: PageInfoResolvers<ContextType>;
  Incident?: IncidentResolvers<ContextType>;
  User?: UserResolvers<ContextType>;
  Alert?: AlertResolvers<ContextType>;
  IncidentAlertEdge?: IncidentAlertEdgeResolvers<ContextType>;
  IncidentAlertConnection?: IncidentAlertConnectionResolvers<ContextType>;
  TimelineEntry?: TimelineEntryResolvers<ContextType>;
  TimelineEntryEdge?: TimelineEntryEdgeResolvers<ContextType>;
  TimelineEntryConnection?: TimelineEntryConnectionResolvers<ContextType>;
  IncidentEdge?: IncidentEdgeResolvers<ContextType>;
  IncidentConnection?: IncidentConnectionResolvers<ContextType>;
  LedgerBreak?: LedgerBreakResolvers<ContextType>;
  ParkedWork?: ParkedWorkResolvers<ContextType>;
  ParkedWorkEdge?: ParkedWorkEdgeResolvers<ContextType>;
  ParkedWorkConnection?: ParkedWorkConnectionResolvers<ContextType>;
  Query?: QueryResolvers<ContextType>;
  Mutation?: MutationResolvers<ContextType>;
  Subscription?: SubscriptionResolvers<ContextType>;
};

export type DirectiveResolvers<ContextType = Context> = {
  authorize?: AuthorizeDirectiveResolver<any, any, ContextType>;
  orSelf?: OrSelfDirectiveResolver<any, any, ContextType>;
  public?: PublicDirectiveResolver<any, any, ContextType>;
  maxLength?: MaxLengthDirectiveResolver<any, any, ContextType>;
};
