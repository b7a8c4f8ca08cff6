// Generated from the SDL beside it by `npm run codegen`. Never edited.

import type { Row } from "#shared/database/entity.ts";
import type { Connection } from "#shared/subgraph/connection.ts";
import type { Alert as AlertEntity } from "../entities/Alert.ts";
import type { AlertRoute as AlertRouteEntity } from "../entities/AlertRoute.ts";
import type { AlertSource as AlertSourceEntity } from "../entities/AlertSource.ts";
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

/** One condition that a monitoring tool reports, from its first firing until it is resolved. */
export type Alert = {
  __typename?: "Alert";
  id: Scalars["ID"]["output"];
  source: AlertSource;
  /** What makes two firings the same alert while it is open. */
  dedupKey: Scalars["String"]["output"];
  title: Scalars["String"]["output"];
  description?: Maybe<Scalars["String"]["output"]>;
  status: AlertStatus;
  priority: AlertPriority;
  labels: Array<AlertLabel>;
  /** Where the monitoring tool shows it. */
  sourceUrl?: Maybe<Scalars["String"]["output"]>;
  /** The route that was taken last, when one was. */
  route?: Maybe<AlertRoute>;
  firedAt: Scalars["DateTime"]["output"];
  lastFiredAt: Scalars["DateTime"]["output"];
  resolvedAt?: Maybe<Scalars["DateTime"]["output"]>;
  /** When the episode began, as its source says; null when it does not. */
  startsAt?: Maybe<Scalars["DateTime"]["output"]>;
  /** When the episode ended, as its source says; null when it does not. */
  endsAt?: Maybe<Scalars["DateTime"]["output"]>;
  /** Every firing and resolving that was received, newest first. */
  events: AlertEventConnection;
};

/** One condition that a monitoring tool reports, from its first firing until it is resolved. */
export type AlertEventsArgs = {
  first?: InputMaybe<Scalars["Int"]["input"]>;
  after?: InputMaybe<Scalars["String"]["input"]>;
  last?: InputMaybe<Scalars["Int"]["input"]>;
  before?: InputMaybe<Scalars["String"]["input"]>;
};

/** Whether what an alert reports still holds. */
export type AlertStatus = "FIRING" | "RESOLVED";

/** How urgent the tool that reports an alert says it is. */
export type AlertPriority = "CRITICAL" | "HIGH" | "MEDIUM" | "LOW" | "INFO";

/** A name and a value that the source gave an alert, for routing and for finding it. */
export type AlertLabel = {
  __typename?: "AlertLabel";
  name: Scalars["String"]["output"];
  value: Scalars["String"]["output"];
};

/** One message about an alert, as it was received. */
export type AlertEvent = {
  __typename?: "AlertEvent";
  id: Scalars["ID"]["output"];
  status: AlertStatus;
  title: Scalars["String"]["output"];
  receivedAt: Scalars["DateTime"]["output"];
  /** The part of the payload that was about this alert, as it came, unless a note says that it was cut. In a list, of one longer than 4,000 characters as JSON, a text that is its beginning; whole by alertEvent. */
  payload: Scalars["JSON"]["output"];
  /** Whether the payload is its beginning only. */
  payloadTruncated: Scalars["Boolean"]["output"];
  /** What of it could not be used and was left out, replaced or cut, and what it was taken for. */
  notes: Array<Scalars["String"]["output"]>;
};

/** One event on a page, and where the page can be cut. */
export type AlertEventEdge = {
  __typename?: "AlertEventEdge";
  node: AlertEvent;
  cursor: Scalars["String"]["output"];
};

/** A page of an alert's events. */
export type AlertEventConnection = {
  __typename?: "AlertEventConnection";
  nodes: Array<AlertEvent>;
  edges: Array<AlertEventEdge>;
  pageInfo: PageInfo;
  totalCount: Scalars["Int"]["output"];
};

/** One alert on a page, and where the page can be cut. */
export type AlertEdge = {
  __typename?: "AlertEdge";
  node: Alert;
  cursor: Scalars["String"]["output"];
};

/** A page of alerts. */
export type AlertConnection = {
  __typename?: "AlertConnection";
  nodes: Array<Alert>;
  edges: Array<AlertEdge>;
  pageInfo: PageInfo;
  totalCount: Scalars["Int"]["output"];
};

/** Which alerts are meant; what is left out excludes nothing. */
export type AlertFilter = {
  statuses?: InputMaybe<Array<AlertStatus>>;
  priorities?: InputMaybe<Array<AlertPriority>>;
  sourceIds?: InputMaybe<Array<Scalars["ID"]["input"]>>;
  /** Part of the title, whatever its case. */
  text?: InputMaybe<Scalars["String"]["input"]>;
  /** Every one of these labels with exactly this value. */
  labels?: InputMaybe<Array<AlertLabelInput>>;
  firedAfter?: InputMaybe<Scalars["DateTime"]["input"]>;
  firedBefore?: InputMaybe<Scalars["DateTime"]["input"]>;
};

/** A label that an alert has to have. */
export type AlertLabelInput = {
  name: Scalars["String"]["input"];
  value: Scalars["String"]["input"];
};

/** By what alerts are sorted. */
export type AlertOrder = "LAST_FIRED_AT" | "FIRED_AT" | "PRIORITY";

/** A rule that says what an alert leads to. Routes are tried in order; the first whose conditions all hold is taken. */
export type AlertRoute = {
  __typename?: "AlertRoute";
  id: Scalars["ID"]["output"];
  name: Scalars["String"]["output"];
  /** Its place in the order, from 1. */
  position: Scalars["Int"]["output"];
  enabled: Scalars["Boolean"]["output"];
  /** All of them must hold. With none, the route takes every alert. */
  conditions: Array<RouteCondition>;
  action: RouteAction;
  /** Counts the changes of it, from 1. */
  version: Scalars["Int"]["output"];
};

/** What has to hold of an alert for a route to take it. */
export type RouteCondition = {
  __typename?: "RouteCondition";
  subject: RouteConditionSubject;
  /** The label's name, when the subject is LABEL. */
  label?: Maybe<Scalars["String"]["output"]>;
  operator: RouteConditionOperator;
  values: Array<Scalars["String"]["output"]>;
};

/** What of an alert a condition looks at. */
export type RouteConditionSubject =
  /** The alert source's id. */
  | "SOURCE"
  | "TITLE"
  | "LABEL"
  /** CRITICAL, HIGH, MEDIUM, LOW or INFO. */
  | "PRIORITY";

/** How a condition compares. */
export type RouteConditionOperator =
  /** Equal to one of the values. */
  | "ONE_OF"
  /** Equal to none of the values; holds for a label that is missing. */
  | "NONE_OF"
  /** Matches one of the values, in which * stands for anything, whatever its case. */
  | "MATCHES"
  /** There is such a label. Takes no values. */
  | "EXISTS";

/** What a matching route does. */
export type RouteAction = {
  __typename?: "RouteAction";
  /** False: the alert is kept and nobody is bothered. */
  openIncident: Scalars["Boolean"]["output"];
  /** Alerts with the same values of these labels belong to one incident; one that has none of them is an incident of its own. Null: each alert is an incident of its own. Empty: all alerts of the route are one group. */
  groupByLabels?: Maybe<Array<Scalars["String"]["output"]>>;
  /** How long after its last alert an open incident takes further ones. */
  groupWindowSeconds: Scalars["Int"]["output"];
  /** Null: follows from the alert's priority. */
  severity?: Maybe<Severity>;
  /** Who is paged. Null: nobody. */
  escalationPath?: Maybe<EscalationPath>;
  /** Whether the incident is resolved once all of its alerts are. */
  resolveWithAlerts: Scalars["Boolean"]["output"];
  /** When an alert that joins an open incident pages again. */
  repage: RepagePolicy;
  /** How long after its last page an alert that fires again belongs to the same incident and pages only when it keeps firing. 0: it pages each time. */
  dampingSeconds: Scalars["Int"]["output"];
};

/** When an alert that joins an open incident pages again. */
export type RepagePolicy =
  /** When it is worse than all before it, also after somebody acknowledged the incident. */
  | "ON_RISE"
  /** Each alert that joins. */
  | "ON_EACH_ALERT"
  /** Never: only the first alert of an incident pages. */
  | "NEVER";

/** How bad an incident is. */
export type Severity = "CRITICAL" | "HIGH" | "MEDIUM" | "LOW";

export type EscalationPath = {
  __typename?: "EscalationPath";
  id: Scalars["ID"]["output"];
};

/** What one alert of a payload would lead to. */
export type RoutingPreview = {
  __typename?: "RoutingPreview";
  dedupKey: Scalars["String"]["output"];
  title: Scalars["String"]["output"];
  status: AlertStatus;
  priority: AlertPriority;
  labels: Array<AlertLabel>;
  /** An open alert that this would be one more event of. */
  existingAlert?: Maybe<Alert>;
  /** The route that would be taken; null when none matches. */
  route?: Maybe<AlertRoute>;
  /** The group of the incident it would belong to; null when it would be an incident of its own. */
  groupKey?: Maybe<Scalars["String"]["output"]>;
  /** The labels by which the route groups and which the alert lacks. With some missing, the group is of those present; with all missing, the alert is not grouped. */
  missingGroupLabels: Array<Scalars["String"]["output"]>;
  severity?: Maybe<Severity>;
  /** What of the payload could not be used and would be left out, replaced or cut. */
  notes: Array<Scalars["String"]["output"]>;
};

/** A condition of a route: subject, operator, and the values it compares with. */
export type RouteConditionInput = {
  subject: RouteConditionSubject;
  label?: InputMaybe<Scalars["String"]["input"]>;
  operator: RouteConditionOperator;
  values: Array<Scalars["String"]["input"]>;
};

/** What a route does with the alerts it takes. */
export type RouteActionInput = {
  openIncident: Scalars["Boolean"]["input"];
  groupByLabels?: InputMaybe<Array<Scalars["String"]["input"]>>;
  groupWindowSeconds: Scalars["Int"]["input"];
  severity?: InputMaybe<Severity>;
  escalationPathId?: InputMaybe<Scalars["ID"]["input"]>;
  resolveWithAlerts: Scalars["Boolean"]["input"];
  repage: RepagePolicy;
  /** From 0, which switches damping off, to 86,400. */
  dampingSeconds: Scalars["Int"]["input"];
};

/** What a new route is. */
export type CreateAlertRouteInput = {
  name: Scalars["String"]["input"];
  /** Its place in the order, from 1. Left out: last. */
  position?: InputMaybe<Scalars["Int"]["input"]>;
  conditions: Array<RouteConditionInput>;
  action: RouteActionInput;
};

/** What changes about a route; what is left out stays. */
export type UpdateAlertRouteInput = {
  id: Scalars["ID"]["input"];
  name?: InputMaybe<Scalars["String"]["input"]>;
  enabled?: InputMaybe<Scalars["Boolean"]["input"]>;
  conditions?: InputMaybe<Array<RouteConditionInput>>;
  action?: InputMaybe<RouteActionInput>;
  /** The version that was seen when the change was made: when the route has another by now, the change is refused and told what holds. Left out: not looked at. */
  expectedVersion?: InputMaybe<Scalars["Int"]["input"]>;
};

/** A monitoring tool that posts its alerts to this tenant. */
export type AlertSource = {
  __typename?: "AlertSource";
  id: Scalars["ID"]["output"];
  name: Scalars["String"]["output"];
  kind: AlertSourceKind;
  /** Where its webhook posts to, with the secret part left out. */
  webhookUrl: Scalars["String"]["output"];
  createdAt: Scalars["DateTime"]["output"];
  /** Set once it no longer accepts anything. */
  disabledAt?: Maybe<Scalars["DateTime"]["output"]>;
  lastReceivedAt?: Maybe<Scalars["DateTime"]["output"]>;
  /** How many of its requests, and of the alerts in them, were refused in the last 24 hours, those that were only counted included. */
  refusedLately: Scalars["Int"]["output"];
};

/** The kinds of alert source there are: one value per member of the registry. */
export type AlertSourceType = "ALERTMANAGER" | "GRAFANA" | "HTTP";

/** How a source's alerts come about. */
export type AlertSourceClass = "METRICS" | "GENERIC";

/** A kind of alert source that Tocsin understands. */
export type AlertSourceKind = {
  __typename?: "AlertSourceKind";
  type: AlertSourceType;
  name: Scalars["String"]["output"];
  /** How to set it up on the other side, in Markdown. */
  docs: Scalars["String"]["output"];
  class: AlertSourceClass;
  /** A payload as this kind sends it. */
  example: Scalars["JSON"]["output"];
  /** How a request is known to come from the source. */
  verification: Scalars["String"]["output"];
};

/** The only time the whole webhook address is seen. */
export type CreatedAlertSource = {
  __typename?: "CreatedAlertSource";
  alertSource: AlertSource;
  token: Scalars["String"]["output"];
  webhookUrl: Scalars["String"]["output"];
};

/** A webhook request, or an alert of one, that was refused, kept for its owner to look at and replay. */
export type RefusedRequest = {
  __typename?: "RefusedRequest";
  id: Scalars["ID"]["output"];
  alertSource: AlertSource;
  /** The code of the error that was answered. */
  code: Scalars["String"]["output"];
  /** What was wrong, and where. */
  message: Scalars["String"]["output"];
  /** Which of its alerts, for example alerts[3], when the others were accepted; null for the whole of the request. */
  place?: Maybe<Scalars["String"]["output"]>;
  /** What was sent; of one alert, a payload with that alone. In a list, its first 4,000 characters; whole by refusedRequest. */
  body: Scalars["String"]["output"];
  /** Whether the body here is the beginning of what was kept. */
  bodyTruncated: Scalars["Boolean"]["output"];
  /** Whether the body is not all that was sent, so that only a mended one can be replayed. */
  isCut: Scalars["Boolean"]["output"];
  /** How long the whole request was, in bytes, as far as it is known. */
  sizeBytes: Scalars["Int"]["output"];
  /** How many it stands for: of more than 1,000 of a source in an hour, those beyond are one with their code, which counts them. */
  times: Scalars["Int"]["output"];
  receivedAt: Scalars["DateTime"]["output"];
  replayedAt?: Maybe<Scalars["DateTime"]["output"]>;
};

/** One refused request on a page, and where the page can be cut. */
export type RefusedRequestEdge = {
  __typename?: "RefusedRequestEdge";
  node: RefusedRequest;
  cursor: Scalars["String"]["output"];
};

/** A page of refused requests. */
export type RefusedRequestConnection = {
  __typename?: "RefusedRequestConnection";
  nodes: Array<RefusedRequest>;
  edges: Array<RefusedRequestEdge>;
  pageInfo: PageInfo;
  totalCount: Scalars["Int"]["output"];
};

/** What replaying a refused request came to. */
export type ReplayedRequest = {
  __typename?: "ReplayedRequest";
  refusedRequest: RefusedRequest;
  alerts: Array<Alert>;
};

/** What a new source is. */
export type CreateAlertSourceInput = {
  name: Scalars["String"]["input"];
  type: AlertSourceType;
};

export type Query = {
  __typename?: "Query";
  /** The event of this id with its whole payload; null when the tenant has none. */
  alertEvent?: Maybe<AlertEvent>;
  /** The alert of this id; null when the tenant has none. */
  alert?: Maybe<Alert>;
  /** The tenant's alerts that match the filter, the last to fire first unless another order is asked for. */
  alerts?: Maybe<AlertConnection>;
  /** The alert route of this id; null when the tenant has none. */
  alertRoute?: Maybe<AlertRoute>;
  /** The tenant's alert routes, in their order. */
  alertRoutes?: Maybe<Array<AlertRoute>>;
  /** What a payload posted to this source would do. Does nothing. */
  previewAlertRouting?: Maybe<Array<RoutingPreview>>;
  /** The alert source of this id; null when the tenant has none. */
  alertSource?: Maybe<AlertSource>;
  /** The tenant's alert sources, by name. */
  alertSources?: Maybe<Array<AlertSource>>;
  /** The kinds of alert source that can be created. */
  alertSourceKinds?: Maybe<Array<AlertSourceKind>>;
  /** The refused request of this id with the whole body that was kept; null when the tenant has none. */
  refusedRequest?: Maybe<RefusedRequest>;
  /** Webhook requests that were refused, newest first. Kept for 30 days. */
  refusedRequests?: Maybe<RefusedRequestConnection>;
};

export type QueryAlertEventArgs = {
  id: Scalars["ID"]["input"];
};

export type QueryAlertArgs = {
  id: Scalars["ID"]["input"];
};

export type QueryAlertsArgs = {
  filter?: InputMaybe<AlertFilter>;
  orderBy?: InputMaybe<AlertOrder>;
  direction?: InputMaybe<SortDirection>;
  first?: InputMaybe<Scalars["Int"]["input"]>;
  after?: InputMaybe<Scalars["String"]["input"]>;
  last?: InputMaybe<Scalars["Int"]["input"]>;
  before?: InputMaybe<Scalars["String"]["input"]>;
};

export type QueryAlertRouteArgs = {
  id: Scalars["ID"]["input"];
};

export type QueryPreviewAlertRoutingArgs = {
  alertSourceId: Scalars["ID"]["input"];
  payload: Scalars["JSON"]["input"];
};

export type QueryAlertSourceArgs = {
  id: Scalars["ID"]["input"];
};

export type QueryRefusedRequestArgs = {
  id: Scalars["ID"]["input"];
};

export type QueryRefusedRequestsArgs = {
  alertSourceId?: InputMaybe<Scalars["ID"]["input"]>;
  first?: InputMaybe<Scalars["Int"]["input"]>;
  after?: InputMaybe<Scalars["String"]["input"]>;
  last?: InputMaybe<Scalars["Int"]["input"]>;
  before?: InputMaybe<Scalars["String"]["input"]>;
};

export type Mutation = {
  __typename?: "Mutation";
  /** Resolves an alert by hand. If it fires again it is a new alert. */
  resolveAlert: Alert;
  /** Creates an alert route. */
  createAlertRoute: AlertRoute;
  /** Changes an alert route; what is left out stays. */
  updateAlertRoute: AlertRoute;
  /** Moves an alert route to another place in the order, from 1; the others close up. */
  moveAlertRoute: Array<AlertRoute>;
  /** Deletes an alert route; the answer is the routes that are left. */
  deleteAlertRoute: Array<AlertRoute>;
  /** Creates an alert source and shows its webhook address once. */
  createAlertSource: CreatedAlertSource;
  /** Gives an alert source a new token; the old one stops working at once. */
  rotateAlertSourceToken: CreatedAlertSource;
  /** Stops an alert source from accepting anything; its alerts stay. Refused while an enabled route is made for it alone. */
  disableAlertSource: AlertSource;
  /** Sends a refused request through the source's present rules again; with a body, that one in place of what was kept. */
  replayRefusedRequest: ReplayedRequest;
};

export type MutationResolveAlertArgs = {
  id: Scalars["ID"]["input"];
};

export type MutationCreateAlertRouteArgs = {
  input: CreateAlertRouteInput;
};

export type MutationUpdateAlertRouteArgs = {
  input: UpdateAlertRouteInput;
};

export type MutationMoveAlertRouteArgs = {
  id: Scalars["ID"]["input"];
  position: Scalars["Int"]["input"];
};

export type MutationDeleteAlertRouteArgs = {
  id: Scalars["ID"]["input"];
};

export type MutationCreateAlertSourceArgs = {
  input: CreateAlertSourceInput;
};

export type MutationRotateAlertSourceTokenArgs = {
  id: Scalars["ID"]["input"];
};

export type MutationDisableAlertSourceArgs = {
  id: Scalars["ID"]["input"];
};

export type MutationReplayRefusedRequestArgs = {
  id: Scalars["ID"]["input"];
  body?: InputMaybe<Scalars["String"]["input"]>;
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
  Alert: Alert;
  AlertRoute: AlertRoute;
  AlertSource: AlertSource;
  RefusedRequest: RefusedRequest;
};

/** Mapping of federation reference types */
export type FederationReferenceTypes = {
  Alert: { __typename: "Alert" } & GraphQLRecursivePick<FederationTypes["Alert"], { id: true }>;
  AlertRoute: { __typename: "AlertRoute" } & GraphQLRecursivePick<
    FederationTypes["AlertRoute"],
    { id: true }
  >;
  AlertSource: { __typename: "AlertSource" } & GraphQLRecursivePick<
    FederationTypes["AlertSource"],
    { id: true }
  >;
  RefusedRequest: { __typename: "RefusedRequest" } & GraphQLRecursivePick<
    FederationTypes["RefusedRequest"],
    { id: true }
  >;
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
  Alert: ResolverTypeWrapper<Row<typeof AlertEntity>>;
  ID: ResolverTypeWrapper<Scalars["ID"]["output"]>;
  AlertStatus: AlertStatus;
  AlertPriority: AlertPriority;
  AlertLabel: ResolverTypeWrapper<mapped.AlertLabel>;
  AlertEvent: ResolverTypeWrapper<mapped.AlertEvent>;
  AlertEventEdge: ResolverTypeWrapper<Omit<AlertEventEdge, "node"> & { node: ResolversTypes["AlertEvent"] }>;
  AlertEventConnection: ResolverTypeWrapper<
    Connection<ResolversParentTypes["AlertEvent"], ResolversParentTypes["AlertEventEdge"]>
  >;
  AlertEdge: ResolverTypeWrapper<Omit<AlertEdge, "node"> & { node: ResolversTypes["Alert"] }>;
  AlertConnection: ResolverTypeWrapper<
    Connection<ResolversParentTypes["Alert"], ResolversParentTypes["AlertEdge"]>
  >;
  AlertFilter: AlertFilter;
  AlertLabelInput: AlertLabelInput;
  AlertOrder: AlertOrder;
  AlertRoute: ResolverTypeWrapper<Row<typeof AlertRouteEntity>>;
  RouteCondition: ResolverTypeWrapper<RouteCondition>;
  RouteConditionSubject: RouteConditionSubject;
  RouteConditionOperator: RouteConditionOperator;
  RouteAction: ResolverTypeWrapper<mapped.RouteAction>;
  RepagePolicy: RepagePolicy;
  Severity: Severity;
  EscalationPath: ResolverTypeWrapper<{ id: string }>;
  RoutingPreview: ResolverTypeWrapper<mapped.RoutingPreview>;
  RouteConditionInput: RouteConditionInput;
  RouteActionInput: RouteActionInput;
  CreateAlertRouteInput: CreateAlertRouteInput;
  UpdateAlertRouteInput: UpdateAlertRouteInput;
  AlertSource: ResolverTypeWrapper<Row<typeof AlertSourceEntity>>;
  AlertSourceType: AlertSourceType;
  AlertSourceClass: AlertSourceClass;
  AlertSourceKind: ResolverTypeWrapper<mapped.AlertSourceKind>;
  CreatedAlertSource: ResolverTypeWrapper<
    Omit<CreatedAlertSource, "alertSource"> & { alertSource: ResolversTypes["AlertSource"] }
  >;
  RefusedRequest: ResolverTypeWrapper<mapped.RefusedRequest>;
  RefusedRequestEdge: ResolverTypeWrapper<
    Omit<RefusedRequestEdge, "node"> & { node: ResolversTypes["RefusedRequest"] }
  >;
  RefusedRequestConnection: ResolverTypeWrapper<
    Connection<ResolversParentTypes["RefusedRequest"], ResolversParentTypes["RefusedRequestEdge"]>
  >;
  ReplayedRequest: ResolverTypeWrapper<
    Omit<ReplayedRequest, "refusedRequest" | "alerts"> & {
      refusedRequest: ResolversTypes["RefusedRequest"];
      alerts: Array<ResolversTypes["Alert"]>;
    }
  >;
  CreateAlertSourceInput: CreateAlertSourceInput;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  Int: ResolverTypeWrapper<Scalars["Int"]["output"]>;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  DateTime: Scalars["DateTime"]["output"];
  JSON: Scalars["JSON"]["output"];
  PageInfo: PageInfo;
  Boolean: Scalars["Boolean"]["output"];
  String: Scalars["String"]["output"];
  Alert: Row<typeof AlertEntity>;
  ID: Scalars["ID"]["output"];
  AlertLabel: mapped.AlertLabel;
  AlertEvent: mapped.AlertEvent;
  AlertEventEdge: Omit<AlertEventEdge, "node"> & { node: ResolversParentTypes["AlertEvent"] };
  AlertEventConnection: Connection<
    ResolversParentTypes["AlertEvent"],
    ResolversParentTypes["AlertEventEdge"]
  >;
  AlertEdge: Omit<AlertEdge, "node"> & { node: ResolversParentTypes["Alert"] };
  AlertConnection: Connection<ResolversParentTypes["Alert"], ResolversParentTypes["AlertEdge"]>;
  AlertFilter: AlertFilter;
  AlertLabelInput: AlertLabelInput;
  AlertRoute: Row<typeof AlertRouteEntity>;
  RouteCondition: RouteCondition;
  RouteAction: mapped.RouteAction;
  EscalationPath: { id: string };
  RoutingPreview: mapped.RoutingPreview;
  RouteConditionInput: RouteConditionInput;
  RouteActionInput: RouteActionInput;
  CreateAlertRouteInput: CreateAlertRouteInput;
  UpdateAlertRouteInput: UpdateAlertRouteInput;
  AlertSource: Row<typeof AlertSourceEntity>;
  AlertSourceKind: mapped.AlertSourceKind;
  CreatedAlertSource: Omit<CreatedAlertSource, "alertSource"> & {
    alertSource: ResolversParentTypes["AlertSource"];
  };
  RefusedRequest: mapped.RefusedRequest;
  RefusedRequestEdge: Omit<RefusedRequestEdge, "node"> & { node: ResolversParentTypes["RefusedRequest"] };
  RefusedRequestConnection: Connection<
    ResolversParentTypes["RefusedRequest"],
    ResolversParentTypes["RefusedRequestEdge"]
  >;
  ReplayedRequest: Omit<ReplayedRequest, "refusedRequest" | "alerts"> & {
    refusedRequest: ResolversParentTypes["RefusedRequest"];
    alerts: Array<ResolversParentTypes["Alert"]>;
  };
  CreateAlertSourceInput: CreateAlertSourceInput;
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
  source?: Resolver<ResolversTypes["AlertSource"], ParentType, ContextType>;
  dedupKey?: Resolver<ResolversTypes["String"], ParentType, ContextType>;
  title?: Resolver<ResolversTypes["String"], ParentType, ContextType>;
  description?: Resolver<Maybe<ResolversTypes["String"]>, ParentType, ContextType>;
  status?: Resolver<ResolversTypes["AlertStatus"], ParentType, ContextType>;
  priority?: Resolver<ResolversTypes["AlertPriority"], ParentType, ContextType>;
  labels?: Resolver<Array<ResolversTypes["AlertLabel"]>, ParentType, ContextType>;
  sourceUrl?: Resolver<Maybe<ResolversTypes["String"]>, ParentType, ContextType>;
  route?: Resolver<Maybe<ResolversTypes["AlertRoute"]>, ParentType, ContextType>;
  firedAt?: Resolver<ResolversTypes["DateTime"], ParentType, ContextType>;
  lastFiredAt?: Resolver<ResolversTypes["DateTime"], ParentType, ContextType>;
  resolvedAt?: Resolver<Maybe<ResolversTypes["DateTime"]>, ParentType, ContextType>;
  startsAt?: Resolver<Maybe<ResolversTypes["DateTime"]>, ParentType, ContextType>;
  endsAt?: Resolver<Maybe<ResolversTypes["DateTime"]>, ParentType, ContextType>;
  events?: Resolver<
    ResolversTypes["AlertEventConnection"],
    ParentType,
    ContextType,
    Partial<AlertEventsArgs>
  >;
};

export type AlertLabelResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes["AlertLabel"] = ResolversParentTypes["AlertLabel"],
> = {
  name?: Resolver<ResolversTypes["String"], ParentType, ContextType>;
  value?: Resolver<ResolversTypes["String"], ParentType, ContextType>;
};

export type AlertEventResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes["AlertEvent"] = ResolversParentTypes["AlertEvent"],
> = {
  id?: Resolver<ResolversTypes["ID"], ParentType, ContextType>;
  status?: Resolver<ResolversTypes["AlertStatus"], ParentType, ContextType>;
  title?: Resolver<ResolversTypes["String"], ParentType, ContextType>;
  receivedAt?: Resolver<ResolversTypes["DateTime"], ParentType, ContextType>;
  payload?: Resolver<ResolversTypes["JSON"], ParentType, ContextType>;
  payloadTruncated?: Resolver<ResolversTypes["Boolean"], ParentType, ContextType>;
  notes?: Resolver<Array<ResolversTypes["String"]>, ParentType, ContextType>;
};

export type AlertEventEdgeResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes["AlertEventEdge"] = ResolversParentTypes["AlertEventEdge"],
> = {
  node?: Resolver<ResolversTypes["AlertEvent"], ParentType, ContextType>;
  cursor?: Resolver<ResolversTypes["String"], ParentType, ContextType>;
};

export type AlertEventConnectionResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes["AlertEventConnection"] =
    ResolversParentTypes["AlertEventConnection"],
> = {
  nodes?: Resolver<Array<ResolversTypes["AlertEvent"]>, ParentType, ContextType>;
  edges?: Resolver<Array<ResolversTypes["AlertEventEdge"]>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes["PageInfo"], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes["Int"], ParentType, ContextType>;
};

export type AlertEdgeResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes["AlertEdge"] = ResolversParentTypes["AlertEdge"],
> = {
  node?: Resolver<ResolversTypes["Alert"], ParentType, ContextType>;
  cursor?: Resolver<ResolversTypes["String"], ParentType, ContextType>;
};

export type AlertConnectionResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes["AlertConnection"] = ResolversParentTypes["AlertConnection"],
> = {
  nodes?: Resolver<Array<ResolversTypes["Alert"]>, ParentType, ContextType>;
  edges?: Resolver<Array<ResolversTypes["AlertEdge"]>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes["PageInfo"], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes["Int"], ParentType, ContextType>;
};

export type AlertRouteResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes["AlertRoute"] = ResolversParentTypes["AlertRoute"],
  FederationReferenceType extends FederationReferenceTypes["AlertRoute"] =
    FederationReferenceTypes["AlertRoute"],
> = {
  __resolveReference?: ReferenceResolver<
    Maybe<ResolversTypes["AlertRoute"]> | FederationReferenceType,
    FederationReferenceType,
    ContextType
  >;
  id?: Resolver<ResolversTypes["ID"], ParentType, ContextType>;
  name?: Resolver<ResolversTypes["String"], ParentType, ContextType>;
  position?: Resolver<ResolversTypes["Int"], ParentType, ContextType>;
  enabled?: Resolver<ResolversTypes["Boolean"], ParentType, ContextType>;
  conditions?: Resolver<Array<ResolversTypes["RouteCondition"]>, ParentType, ContextType>;
  action?: Resolver<ResolversTypes["RouteAction"], ParentType, ContextType>;
  version?: Resolver<ResolversTypes["Int"], ParentType, ContextType>;
};

export type RouteConditionResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes["RouteCondition"] = ResolversParentTypes["RouteCondition"],
> = {
  subject?: Resolver<ResolversTypes["RouteConditionSubject"], ParentType, ContextType>;
  label?: Resolver<Maybe<ResolversTypes["String"]>, ParentType, ContextType>;
  operator?: Resolver<ResolversTypes["RouteConditionOperator"], ParentType, ContextType>;
  values?: Resolver<Array<ResolversTypes["String"]>, ParentType, ContextType>;
};

export type RouteActionResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes["RouteAction"] = ResolversParentTypes["RouteAction"],
> = {
  openIncident?: Resolver<ResolversTypes["Boolean"], ParentType, ContextType>;
  groupByLabels?: Resolver<Maybe<Array<ResolversTypes["String"]>>, ParentType, ContextType>;
  groupWindowSeconds?: Resolver<ResolversTypes["Int"], ParentType, ContextType>;
  severity?: Resolver<Maybe<ResolversTypes["Severity"]>, ParentType, ContextType>;
  escalationPath?: Resolver<Maybe<ResolversTypes["EscalationPath"]>, ParentType, ContextType>;
  resolveWithAlerts?: Resolver<ResolversTypes["Boolean"], ParentType, ContextType>;
  repage?: Resolver<ResolversTypes["RepagePolicy"], ParentType, ContextType>;
  dampingSeconds?: Resolver<ResolversTypes["Int"], ParentType, ContextType>;
};

export type EscalationPathResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes["EscalationPath"] = ResolversParentTypes["EscalationPath"],
> = {
  id?: Resolver<ResolversTypes["ID"], ParentType, ContextType>;
};

export type RoutingPreviewResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes["RoutingPreview"] = ResolversParentTypes["RoutingPreview"],
> = {
  dedupKey?: Resolver<ResolversTypes["String"], ParentType, ContextType>;
  title?: Resolver<ResolversTypes["String"], ParentType, ContextType>;
  status?: Resolver<ResolversTypes["AlertStatus"], ParentType, ContextType>;
  priority?: Resolver<ResolversTypes["AlertPriority"], ParentType, ContextType>;
  labels?: Resolver<Array<ResolversTypes["AlertLabel"]>, ParentType, ContextType>;
  existingAlert?: Resolver<Maybe<ResolversTypes["Alert"]>, ParentType, ContextType>;
  route?: Resolver<Maybe<ResolversTypes["AlertRoute"]>, ParentType, ContextType>;
  groupKey?: Resolver<Maybe<ResolversTypes["String"]>, ParentType, ContextType>;
  missingGroupLabels?: Resolver<Array<ResolversTypes["String"]>, ParentType, ContextType>;
  severity?: Resolver<Maybe<ResolversTypes["Severity"]>, ParentType, ContextType>;
  notes?: Resolver<Array<ResolversTypes["String"]>, ParentType, ContextType>;
};

export type AlertSourceResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes["AlertSource"] = ResolversParentTypes["AlertSource"],
  FederationReferenceType extends FederationReferenceTypes["AlertSource"] =
    FederationReferenceTypes["AlertSource"],
> = {
  __resolveReference?: ReferenceResolver<
    Maybe<ResolversTypes["AlertSource"]> | FederationReferenceType,
    FederationReferenceType,
    ContextType
  >;
  id?: Resolver<ResolversTypes["ID"], ParentType, ContextType>;
  name?: Resolver<ResolversTypes["String"], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes["AlertSourceKind"], ParentType, ContextType>;
  webhookUrl?: Resolver<ResolversTypes["String"], ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes["DateTime"], ParentType, ContextType>;
  disabledAt?: Resolver<Maybe<ResolversTypes["DateTime"]>, ParentType, ContextType>;
  lastReceivedAt?: Resolver<Maybe<ResolversTypes["DateTime"]>, ParentType, ContextType>;
  refusedLately?: Resolver<ResolversTypes["Int"], ParentType, ContextType>;
};

export type AlertSourceKindResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes["AlertSourceKind"] = ResolversParentTypes["AlertSourceKind"],
> = {
  type?: Resolver<ResolversTypes["AlertSourceType"], ParentType, ContextType>;
  name?: Resolver<ResolversTypes["String"], ParentType, ContextType>;
  docs?: Resolver<ResolversTypes["String"], ParentType, ContextType>;
  class?: Resolver<ResolversTypes["AlertSourceClass"], ParentType, ContextType>;
  example?: Resolver<ResolversTypes["JSON"], ParentType, ContextType>;
  verification?: Resolver<ResolversTypes["String"], ParentType, ContextType>;
};

export type CreatedAlertSourceResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes["CreatedAlertSource"] = ResolversParentTypes["CreatedAlertSource"],
> = {
  alertSource?: Resolver<ResolversTypes["AlertSource"], ParentType, ContextType>;
  token?: Resolver<ResolversTypes["String"], ParentType, ContextType>;
  webhookUrl?: Resolver<ResolversTypes["String"], ParentType, ContextType>;
};

export type RefusedRequestResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes["RefusedRequest"] = ResolversParentTypes["RefusedRequest"],
  FederationReferenceType extends FederationReferenceTypes["RefusedRequest"] =
    FederationReferenceTypes["RefusedRequest"],
> = {
  __resolveReference?: ReferenceResolver<
    Maybe<ResolversTypes["RefusedRequest"]> | FederationReferenceType,
    FederationReferenceType,
    ContextType
  >;
  id?: Resolver<ResolversTypes["ID"], ParentType, ContextType>;
  alertSource?: Resolver<ResolversTypes["AlertSource"], ParentType, ContextType>;
  code?: Resolver<ResolversTypes["String"], ParentType, ContextType>;
  message?: Resolver<ResolversTypes["String"], ParentType, ContextType>;
  place?: Resolver<Maybe<ResolversTypes["String"]>, ParentType, ContextType>;
  body?: Resolver<ResolversTypes["String"], ParentType, ContextType>;
  bodyTruncated?: Resolver<ResolversTypes["Boolean"], ParentType, ContextType>;
  isCut?: Resolver<ResolversTypes["Boolean"], ParentType, ContextType>;
  sizeBytes?: Resolver<ResolversTypes["Int"], ParentType, ContextType>;
  times?: Resolver<ResolversTypes["Int"], ParentType, ContextType>;
  receivedAt?: Resolver<ResolversTypes["DateTime"], ParentType, ContextType>;
  replayedAt?: Resolver<Maybe<ResolversTypes["DateTime"]>, ParentType, ContextType>;
};

export type RefusedRequestEdgeResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes["RefusedRequestEdge"] = ResolversParentTypes["RefusedRequestEdge"],
> = {
  node?: Resolver<ResolversTypes["RefusedRequest"], ParentType, ContextType>;
  cursor?: Resolver<ResolversTypes["String"], ParentType, ContextType>;
};

export type RefusedRequestConnectionResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes["RefusedRequestConnection"] =
    ResolversParentTypes["RefusedRequestConnection"],
> = {
  nodes?: Resolver<Array<ResolversTypes["RefusedRequest"]>, ParentType, ContextType>;
  edges?: Resolver<Array<ResolversTypes["RefusedRequestEdge"]>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes["PageInfo"], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes["Int"], ParentType, ContextType>;
};

export type ReplayedRequestResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes["ReplayedRequest"] = ResolversParentTypes["ReplayedRequest"],
> = {
  refusedRequest?: Resolver<ResolversTypes["RefusedRequest"], ParentType, ContextType>;
  alerts?: Resolver<Array<ResolversTypes["Alert"]>, ParentType, ContextType>;
};

export type QueryResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes["Query"] = ResolversParentTypes["Query"],
> = {
  alertEvent?: Resolver<
    Maybe<ResolversTypes["AlertEvent"]>,
    ParentType,
    ContextType,
    RequireFields<QueryAlertEventArgs, "id">
  >;
  alert?: Resolver<
    Maybe<ResolversTypes["Alert"]>,
    ParentType,
    ContextType,
    RequireFields<QueryAlertArgs, "id">
  >;
  alerts?: Resolver<
    Maybe<ResolversTypes["AlertConnection"]>,
    ParentType,
    ContextType,
    RequireFields<QueryAlertsArgs, "orderBy" | "direction">
  >;
  alertRoute?: Resolver<
    Maybe<ResolversTypes["AlertRoute"]>,
    ParentType,
    ContextType,
    RequireFields<QueryAlertRouteArgs, "id">
  >;
  alertRoutes?: Resolver<Maybe<Array<ResolversTypes["AlertRoute"]>>, ParentType, ContextType>;
  previewAlertRouting?: Resolver<
    Maybe<Array<ResolversTypes["RoutingPreview"]>>,
    ParentType,
    ContextType,
    RequireFields<QueryPreviewAlertRoutingArgs, "alertSourceId" | "payload">
  >;
  alertSource?: Resolver<
    Maybe<ResolversTypes["AlertSource"]>,
    ParentType,
    ContextType,
    RequireFields<QueryAlertSourceArgs, "id">
  >;
  alertSources?: Resolver<Maybe<Array<ResolversTypes["AlertSource"]>>, ParentType, ContextType>;
  alertSourceKinds?: Resolver<Maybe<Array<ResolversTypes["AlertSourceKind"]>>, ParentType, ContextType>;
  refusedRequest?: Resolver<
    Maybe<ResolversTypes["RefusedRequest"]>,
    ParentType,
    ContextType,
    RequireFields<QueryRefusedRequestArgs, "id">
  >;
  refusedRequests?: Resolver<
    Maybe<ResolversTypes["RefusedRequestConnection"]>,
    ParentType,
    ContextType,
    Partial<QueryRefusedRequestsArgs>
  >;
};

export type MutationResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes["Mutation"] = ResolversParentTypes["Mutation"],
> = {
  resolveAlert?: Resolver<
    ResolversTypes["Alert"],
    ParentType,
    ContextType,
    RequireFields<MutationResolveAlertArgs, "id">
  >;
  createAlertRoute?: Resolver<
    ResolversTypes["AlertRoute"],
    ParentType,
    ContextType,
    RequireFields<MutationCreateAlertRouteArgs, "input">
  >;
  updateAlertRoute?: Resolver<
    ResolversTypes["AlertRoute"],
    ParentType,
    ContextType,
    RequireFields<MutationUpdateAlertRouteArgs, "input">
  >;
  moveAlertRoute?: Resolver<
    Array<ResolversTypes["AlertRoute"]>,
    ParentType,
    ContextType,
    RequireFields<MutationMoveAlertRouteArgs, "id" | "position">
  >;
  deleteAlertRoute?: Resolver<
    Array<ResolversTypes["AlertRoute"]>,
    ParentType,
    ContextType,
    RequireFields<MutationDeleteAlertRouteArgs, "id">
  >;
  createAlertSource?: Resolver<
    ResolversTypes["CreatedAlertSource"],
    ParentType,
    ContextType,
    RequireFields<MutationCreateAlertSourceArgs, "input">
  >;
  rotateAlertSourceToken?: Resolver<
    ResolversTypes["CreatedAlertSource"],
    ParentType,
    ContextType,
    RequireFields<MutationRotateAlertSourceTokenArgs, "id">
  >;
  disableAlertSource?: Resolver<
    ResolversTypes["AlertSource"],
    ParentType,
    ContextType,
    RequireFields<MutationDisableAlertSourceArgs, "id">
  >;
  replayRefusedRequest?: Resolver<
    ResolversTypes["ReplayedRequest"],
    ParentType,
    ContextType,
    RequireFields<MutationReplayRefusedRequestArgs, "id">
  >;
};

export type Resolvers<ContextType = Context> = {
  DateTime?: GraphQLScalarType;
  JSON?: GraphQLScalarType;
  PageInfo?: PageInfoResolvers<ContextType>;
  Alert?: AlertResolvers<ContextType>;
  AlertLabel?: AlertLabelResolvers<ContextType>;
  AlertEvent?: AlertEventResolvers<ContextType>;
  AlertEventEdge?: AlertEventEdgeResolvers<ContextType>;
  AlertEventConnection?: AlertEventConnectionResolvers<ContextType>;
  AlertEdge?: AlertEdgeResolvers<ContextType>;
  AlertConnection?: AlertConnectionResolvers<ContextType>;
  AlertRoute?: AlertRouteResolvers<ContextType>;
  RouteCondition?: RouteConditionResolvers<ContextType>;
  RouteAction?: RouteActionResolvers<ContextType>;
  EscalationPath?: EscalationPathResolvers<ContextType>;
  RoutingPreview?: RoutingPreviewResolvers<ContextType>;
  AlertSource?: AlertSourceResolvers<ContextType>;
  AlertSourceKind?: AlertSourceKindResolvers<ContextType>;
  CreatedAlertSource?: CreatedAlertSourceResolvers<ContextType>;
  RefusedRequest?: RefusedRequestResolvers<ContextType>;
  RefusedRequestEdge?: RefusedRequestEdgeResolvers<ContextType>;
  RefusedRequestConnection?: RefusedRequestConnectionResolvers<ContextType>;
  ReplayedRequest?: ReplayedRequestResolvers<ContextType>;
  Query?: QueryResolvers<ContextType>;
  Mutation?: MutationResolvers<ContextType>;
};

export type DirectiveResolvers<ContextType = Context> = {
  authorize?: AuthorizeDirectiveResolver<any, any, ContextType>;
  orSelf?: OrSelfDirectiveResolver<any, any, ContextType>;
  public?: PublicDirectiveResolver<any, any, ContextType>;
  maxLength?: MaxLengthDirectiveResolver<any, any, ContextType>;
};
