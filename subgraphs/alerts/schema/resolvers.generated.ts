// Generated from the SDL beside it by `npm run codegen`. Never edited.

import type { Answered, Demanded } from "#shared/subgraph/answered.ts";
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
  /** How long something takes, as ISO 8601 writes it, in days of 24 hours, hours, minutes and seconds: PT30M. */
  Duration: { input: string; output: string };
  /** An address of the web: http or https. */
  URL: { input: string; output: string };
  /** Any JSON value. */
  JSON: { input: unknown; output: unknown };
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

/** One condition that a monitoring tool reports, from its first firing until it is resolved. */
export type Alert = {
  __typename?: "Alert";
  id: Scalars["ID"]["output"];
  source: AlertSource;
  /** What makes two firings the same alert while it is open. */
  dedupKey: Scalars["String"]["output"];
  title: Scalars["String"]["output"];
  /** More than the title says, as the source sent it; null when it sent nothing. */
  description: Maybe<Scalars["String"]["output"]>;
  status: AlertStatus;
  priority: AlertPriority;
  /** Sorted by name. */
  labels: Array<AlertLabel>;
  /** Where the monitoring tool shows it. */
  sourceUrl: Maybe<Scalars["URL"]["output"]>;
  /** The route that was taken last, when one was. */
  route: Maybe<AlertRoute>;
  /** When the first firing was received. */
  firedAt: Scalars["DateTime"]["output"];
  /** When the latest firing was received. */
  lastFiredAt: Scalars["DateTime"]["output"];
  /** When it was resolved; null while it fires. */
  resolvedAt: Maybe<Scalars["DateTime"]["output"]>;
  /** When the episode began, as its source says; null when it does not. */
  startsAt: Maybe<Scalars["DateTime"]["output"]>;
  /** When the episode ended, as its source says; null when it does not. */
  endsAt: Maybe<Scalars["DateTime"]["output"]>;
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
export type AlertStatus =
  /** It still holds. */
  | "FIRING"
  /** It is over, as the source or a person said. */
  | "RESOLVED";

/** How urgent the tool that reports an alert says it is. */
export type AlertPriority =
  | "CRITICAL"
  | "HIGH"
  | "MEDIUM"
  | "LOW"
  /** For information only. */
  | "INFO";

/** A name and a value that the source gave an alert, for routing and for finding it. */
export type AlertLabel = {
  __typename?: "AlertLabel";
  name: Scalars["String"]["output"];
  /** Plain text; may be empty. */
  value: Scalars["String"]["output"];
};

/** One message about an alert, as it was received. */
export type AlertEvent = {
  __typename?: "AlertEvent";
  id: Scalars["ID"]["output"];
  status: AlertStatus;
  title: Scalars["String"]["output"];
  /** When the server received it. */
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
  /** The incident that it belongs to, or else belonged to last, is in one of these states; a change of it counts within seconds. Needs IncidentRead. */
  incidentStates?: InputMaybe<Array<IncidentState>>;
  /** Whether it ever led to an incident. */
  hasIncident?: InputMaybe<Scalars["Boolean"]["input"]>;
  /** Part of the title, whatever its case. */
  text?: InputMaybe<Scalars["String"]["input"]>;
  /** Every one of these labels with exactly this value. */
  labels?: InputMaybe<Array<AlertLabelInput>>;
  /** Alerts that first fired at this time or later. */
  firedAfter?: InputMaybe<Scalars["DateTime"]["input"]>;
  /** Alerts that first fired before this time. */
  firedBefore?: InputMaybe<Scalars["DateTime"]["input"]>;
};

/** How far the response to an incident has come. */
export type IncidentState =
  /** Nobody has taken it yet, or not since it got worse or recurred. */
  | "TRIAGE"
  /** Somebody acknowledged it and works on it. */
  | "ACTIVE"
  /** It is over; what follows is writing it up. */
  | "RESOLVED"
  /** Nothing is left to do; it can be reopened. */
  | "CLOSED";

/** A label that an alert has to have. */
export type AlertLabelInput = {
  name: Scalars["String"]["input"];
  /** Compared exactly, upper and lower case included. */
  value: Scalars["String"]["input"];
};

/** By what alerts are sorted. */
export type AlertOrder =
  /** By the latest firing. */
  | "LAST_FIRED_AT"
  /** By the first firing. */
  | "FIRED_AT"
  /** By urgency: ascending from INFO to CRITICAL. */
  | "PRIORITY";

/** The input of resolveAlert. */
export type ResolveAlertInput = {
  id: Scalars["ID"]["input"];
};

/** The result of resolveAlert. */
export type ResolveAlertPayload = {
  __typename?: "ResolveAlertPayload";
  alert: Alert;
};

/**
 * What became of a list of alerts that matches a filter: which of those that changed are in it, as they are now, and which are not, or
 * no more. An event speaks of 20 alerts at most, and of each once, however often it changed meanwhile.
 */
export type AlertChanges = {
  __typename?: "AlertChanges";
  /** Those that match the filter, as they are now: new in the list, or changed. */
  alerts: Array<Alert>;
  /** Those that do not match the filter, whether or not they did before: whoever shows one in the list takes it out. */
  notMatchingIds: Array<Scalars["ID"]["output"]>;
  /** Whether changes may have been missed, or were too many to be told one by one: the list is to be fetched again. The rest of the event is empty then. */
  mayHaveMissed: Scalars["Boolean"]["output"];
};

/** A rule that says what an alert leads to. Routes are tried in order; the first whose conditions all hold is taken. */
export type AlertRoute = {
  __typename?: "AlertRoute";
  id: Scalars["ID"]["output"];
  name: Scalars["String"]["output"];
  /** Its place in the order, from 1. */
  position: Scalars["Int"]["output"];
  /** False: the route is skipped. */
  enabled: Scalars["Boolean"]["output"];
  /** All of them must hold. With none, the route takes every alert. */
  conditions: Array<RouteCondition>;
  action: RouteAction;
  /** Counts the changes of it, from 1. */
  version: Scalars["Int"]["output"];
};

/** What has to hold of an alert for a route to take it. One field is not null: what of the alert is looked at. */
export type RouteCondition = {
  __typename?: "RouteCondition";
  /** Of the source it comes from. */
  source: Maybe<SourceCondition>;
  /** Of its priority. */
  priority: Maybe<PriorityCondition>;
  /** Of its title. */
  title: Maybe<TextCondition>;
  /** Of one of its labels. */
  label: Maybe<LabelCondition>;
};

/** What an alert's source has to be. One field is not null. */
export type SourceCondition = {
  __typename?: "SourceCondition";
  /** The ids of alert sources, one of which it is. */
  oneOf: Maybe<Array<Scalars["ID"]["output"]>>;
  /** The ids of alert sources, none of which it is. */
  noneOf: Maybe<Array<Scalars["ID"]["output"]>>;
};

/** What an alert's priority has to be. One field is not null. */
export type PriorityCondition = {
  __typename?: "PriorityCondition";
  /** It is one of these. */
  oneOf: Maybe<Array<AlertPriority>>;
  /** It is none of these. */
  noneOf: Maybe<Array<AlertPriority>>;
};

/** What a text has to be. One field is not null. */
export type TextCondition = {
  __typename?: "TextCondition";
  /** Equal to one of these. */
  oneOf: Maybe<Array<Scalars["String"]["output"]>>;
  /** Equal to none of these. */
  noneOf: Maybe<Array<Scalars["String"]["output"]>>;
  /** It matches one of these, in which * stands for anything, whatever its case. */
  matches: Maybe<Array<Scalars["String"]["output"]>>;
};

/** What the label of a name has to be. One field besides the name is not null. */
export type LabelCondition = {
  __typename?: "LabelCondition";
  /** The label's name. */
  name: Scalars["String"]["output"];
  /** Equal to one of these. */
  oneOf: Maybe<Array<Scalars["String"]["output"]>>;
  /** Equal to none of these; holds for a label that is missing. */
  noneOf: Maybe<Array<Scalars["String"]["output"]>>;
  /** It matches one of these, in which * stands for anything, whatever its case. */
  matches: Maybe<Array<Scalars["String"]["output"]>>;
  /** Whether there is such a label. */
  exists: Maybe<Scalars["Boolean"]["output"]>;
};

/** What a matching route does. */
export type RouteAction = {
  __typename?: "RouteAction";
  /** False: the alert is kept and nobody is bothered. */
  openIncident: Scalars["Boolean"]["output"];
  /** Alerts with the same values of these labels belong to one incident; one that has none of them is an incident of its own. Null: each alert is an incident of its own. Empty: all alerts of the route are one group. */
  groupByLabels: Maybe<Array<Scalars["String"]["output"]>>;
  /** How long after its last alert an open incident takes further ones. */
  groupWindow: Scalars["Duration"]["output"];
  /** Null: follows from the alert's priority. */
  severity: Maybe<Severity>;
  /** Who is paged. Null: nobody. */
  escalationPath: Maybe<EscalationPath>;
  /** Whether the incident is resolved once all of its alerts are. */
  resolveWithAlerts: Scalars["Boolean"]["output"];
  /** When an alert that joins an open incident pages again. */
  repage: RepagePolicy;
  /** How long after its last page an alert that fires again belongs to the same incident and pages only when it keeps firing. 0: it pages each time. */
  damping: Scalars["Duration"]["output"];
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
  /** What makes two firings the same alert while it is open. */
  dedupKey: Scalars["String"]["output"];
  title: Scalars["String"]["output"];
  status: AlertStatus;
  priority: AlertPriority;
  /** Sorted by name. */
  labels: Array<AlertLabel>;
  /** An open alert that this would be one more event of. */
  existingAlert: Maybe<Alert>;
  /** The route that would be taken; null when none matches. */
  route: Maybe<AlertRoute>;
  /** The group of the incident it would belong to; null when it would be an incident of its own. */
  groupKey: Maybe<Scalars["String"]["output"]>;
  /** The labels by which the route groups and which the alert lacks. With some missing, the group is of those present; with all missing, the alert is not grouped. */
  missingGroupLabels: Array<Scalars["String"]["output"]>;
  /** The severity of the incident it would open or join; null when no route matches. */
  severity: Maybe<Severity>;
  /** What of the payload could not be used and would be left out, replaced or cut. */
  notes: Array<Scalars["String"]["output"]>;
};

/** One alert route on a page, and where the page can be cut. */
export type AlertRouteEdge = {
  __typename?: "AlertRouteEdge";
  node: AlertRoute;
  cursor: Scalars["String"]["output"];
};

/** A page of alert routes. */
export type AlertRouteConnection = {
  __typename?: "AlertRouteConnection";
  nodes: Array<AlertRoute>;
  edges: Array<AlertRouteEdge>;
  pageInfo: PageInfo;
  totalCount: Scalars["Int"]["output"];
};

/** What has to hold of an alert for a route to take it. Exactly one field is given, and says what of the alert is looked at; null counts as left out. */
export type RouteConditionInput = {
  /** Of the source it comes from. */
  source?: InputMaybe<SourceConditionInput>;
  /** Of its priority. */
  priority?: InputMaybe<PriorityConditionInput>;
  /** Of its title. */
  title?: InputMaybe<TextConditionInput>;
  /** Of one of its labels. */
  label?: InputMaybe<LabelConditionInput>;
};

/** What an alert's source has to be. Exactly one field is given. */
export type SourceConditionInput = {
  /** From 1 to 100 ids of alert sources, one of which it is. */
  oneOf?: InputMaybe<Array<Scalars["ID"]["input"]>>;
  /** From 1 to 100 ids of alert sources, none of which it is. */
  noneOf?: InputMaybe<Array<Scalars["ID"]["input"]>>;
};

/** What an alert's priority has to be. Exactly one field is given. */
export type PriorityConditionInput = {
  /** It is one of these. */
  oneOf?: InputMaybe<Array<AlertPriority>>;
  /** It is none of these. */
  noneOf?: InputMaybe<Array<AlertPriority>>;
};

/** What a text has to be. Exactly one field is given. */
export type TextConditionInput = {
  /** Equal to one of these, from 1 to 100. */
  oneOf?: InputMaybe<Array<Scalars["String"]["input"]>>;
  /** Equal to none of these, from 1 to 100. */
  noneOf?: InputMaybe<Array<Scalars["String"]["input"]>>;
  /** It matches one of these, from 1 to 100, in which * stands for anything, whatever its case. */
  matches?: InputMaybe<Array<Scalars["String"]["input"]>>;
};

/** What the label of a name has to be. Exactly one field besides the name is given. */
export type LabelConditionInput = {
  /** The label's name. */
  name: Scalars["String"]["input"];
  /** Equal to one of these, from 1 to 100. */
  oneOf?: InputMaybe<Array<Scalars["String"]["input"]>>;
  /** Equal to none of these, from 1 to 100; holds for a label that is missing. */
  noneOf?: InputMaybe<Array<Scalars["String"]["input"]>>;
  /** It matches one of these, from 1 to 100, in which * stands for anything, whatever its case. */
  matches?: InputMaybe<Array<Scalars["String"]["input"]>>;
  /** Whether there is such a label. */
  exists?: InputMaybe<Scalars["Boolean"]["input"]>;
};

/** What a route does with the alerts it takes. */
export type RouteActionInput = {
  /** False: the alert is kept and nobody is paged. */
  openIncident: Scalars["Boolean"]["input"];
  /** At most 100 names of labels; alerts with the same values of them belong to one incident. Null or left out: each alert is an incident of its own. Empty: all alerts of the route are one group. */
  groupByLabels?: InputMaybe<Array<Scalars["String"]["input"]>>;
  /** How long after its last alert an open incident takes further ones, from 0 to 2,592,000 seconds. */
  groupWindow: Scalars["Duration"]["input"];
  /** The severity of incidents that it opens. Null or left out: follows from the alert's priority. */
  severity?: InputMaybe<Severity>;
  /** Who is paged. Null or left out: nobody. */
  escalationPathId?: InputMaybe<Scalars["ID"]["input"]>;
  /** Whether the incident is resolved once all of its alerts are. */
  resolveWithAlerts: Scalars["Boolean"]["input"];
  /** When an alert that joins an open incident pages again. */
  repage: RepagePolicy;
  /** From 0, which switches damping off, to 86,400. */
  damping: Scalars["Duration"]["input"];
};

/** What a new route is. */
export type CreateAlertRouteInput = {
  name: Scalars["String"]["input"];
  /** Its place in the order, from 1. Left out: last. */
  position?: InputMaybe<Scalars["Int"]["input"]>;
  conditions: Array<RouteConditionInput>;
  action: RouteActionInput;
  /** Of your own making, at least 16 characters, such as a UUID. Sent again with the same key within 24 hours, the same input creates nothing more and is answered with what was created. */
  idempotencyKey?: InputMaybe<Scalars["String"]["input"]>;
};

/** What changes about a route; what is left out stays. */
export type AlertRouteChangesInput = {
  name?: InputMaybe<Scalars["String"]["input"]>;
  /** False: the route is skipped. */
  enabled?: InputMaybe<Scalars["Boolean"]["input"]>;
  conditions?: InputMaybe<Array<RouteConditionInput>>;
  action?: InputMaybe<RouteActionInput>;
};

/** The input of updateAlertRoute. */
export type UpdateAlertRouteInput = {
  id: Scalars["ID"]["input"];
  /** The version that was looked at: when somebody changed it since, nothing is changed, and the error says what holds now. Left out: not looked at. */
  expectedVersion?: InputMaybe<Scalars["Int"]["input"]>;
  changes: AlertRouteChangesInput;
};

/** The result of createAlertRoute. */
export type CreateAlertRoutePayload = {
  __typename?: "CreateAlertRoutePayload";
  alertRoute: AlertRoute;
};

/** The result of updateAlertRoute. */
export type UpdateAlertRoutePayload = {
  __typename?: "UpdateAlertRoutePayload";
  alertRoute: AlertRoute;
};

/** The input of moveAlertRoute. */
export type MoveAlertRouteInput = {
  id: Scalars["ID"]["input"];
  /** Its new place in the order, from 1. */
  position: Scalars["Int"]["input"];
};

/** The result of moveAlertRoute. */
export type MoveAlertRoutePayload = {
  __typename?: "MoveAlertRoutePayload";
  alertRoute: AlertRoute;
  /** All routes in their order, as they are now. */
  alertRoutes: Array<AlertRoute>;
};

/** The input of deleteAlertRoute. */
export type DeleteAlertRouteInput = {
  id: Scalars["ID"]["input"];
};

/** The result of deleteAlertRoute. */
export type DeleteAlertRoutePayload = {
  __typename?: "DeleteAlertRoutePayload";
  deletedAlertRouteId: Scalars["ID"]["output"];
  /** All routes in their order, as they are now. */
  alertRoutes: Array<AlertRoute>;
};

/** A monitoring tool that posts its alerts to this tenant. */
export type AlertSource = {
  __typename?: "AlertSource";
  id: Scalars["ID"]["output"];
  name: Scalars["String"]["output"];
  kind: AlertSourceKind;
  /** Where its webhook posts to, with the secret part left out. */
  webhookUrl: Scalars["URL"]["output"];
  createdAt: Scalars["DateTime"]["output"];
  /** Set once it no longer accepts anything. */
  disabledAt: Maybe<Scalars["DateTime"]["output"]>;
  /** When its latest alert was received; null when none ever was. */
  lastReceivedAt: Maybe<Scalars["DateTime"]["output"]>;
  /** How many of its requests, and of the alerts in them, were refused in the last 24 hours, those that were only counted included. */
  refusedLately: Scalars["Int"]["output"];
};

/** The kinds of alert source there are: one value per member of the registry. */
export type AlertSourceType =
  /** Prometheus Alertmanager. */
  | "ALERTMANAGER"
  /** Grafana Alerting. */
  | "GRAFANA"
  /** Anything that can post JSON. */
  | "HTTP";

/** How a source's alerts come about. */
export type AlertSourceClass =
  /** Rules over metrics, which a monitoring tool evaluates. */
  | "METRICS"
  /** Anything else. */
  | "GENERIC";

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
  place: Maybe<Scalars["String"]["output"]>;
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
  /** When the server received it. */
  receivedAt: Scalars["DateTime"]["output"];
  /** When it was replayed; null when it never was. */
  replayedAt: Maybe<Scalars["DateTime"]["output"]>;
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

/** One alert source on a page, and where the page can be cut. */
export type AlertSourceEdge = {
  __typename?: "AlertSourceEdge";
  node: AlertSource;
  cursor: Scalars["String"]["output"];
};

/** A page of alert sources. */
export type AlertSourceConnection = {
  __typename?: "AlertSourceConnection";
  nodes: Array<AlertSource>;
  edges: Array<AlertSourceEdge>;
  pageInfo: PageInfo;
  totalCount: Scalars["Int"]["output"];
};

/** What a new source is. */
export type CreateAlertSourceInput = {
  name: Scalars["String"]["input"];
  type: AlertSourceType;
  /** Of your own making, at least 16 characters, such as a UUID. Sent again with the same key within 24 hours, the same input creates nothing more and is answered with what was created. */
  idempotencyKey?: InputMaybe<Scalars["String"]["input"]>;
};

/** The result of createAlertSource. */
export type CreateAlertSourcePayload = {
  __typename?: "CreateAlertSourcePayload";
  /** Null, with an error, for whoever may not read alert sources. */
  alertSource: Maybe<AlertSource>;
  /** The secret part of the address, which is shown this once. */
  token: Scalars["String"]["output"];
  /** The whole address to post alerts to, which is shown this once. */
  webhookUrl: Scalars["URL"]["output"];
};

/** The input of rotateAlertSourceToken. */
export type RotateAlertSourceTokenInput = {
  id: Scalars["ID"]["input"];
};

/** The result of rotateAlertSourceToken. */
export type RotateAlertSourceTokenPayload = {
  __typename?: "RotateAlertSourceTokenPayload";
  /** Null, with an error, for whoever may not read alert sources. */
  alertSource: Maybe<AlertSource>;
  /** The secret part of the address, which is shown this once. */
  token: Scalars["String"]["output"];
  /** The whole address to post alerts to, which is shown this once. */
  webhookUrl: Scalars["URL"]["output"];
};

/** The input of disableAlertSource. */
export type DisableAlertSourceInput = {
  id: Scalars["ID"]["input"];
};

/** The result of disableAlertSource. */
export type DisableAlertSourcePayload = {
  __typename?: "DisableAlertSourcePayload";
  alertSource: AlertSource;
};

/** The input of replayRefusedRequest. */
export type ReplayRefusedRequestInput = {
  id: Scalars["ID"]["input"];
  /** What is sent in place of what was kept. */
  body?: InputMaybe<Scalars["String"]["input"]>;
};

/** The result of replayRefusedRequest. */
export type ReplayRefusedRequestPayload = {
  __typename?: "ReplayRefusedRequestPayload";
  refusedRequest: RefusedRequest;
  /** The alerts that came of it. */
  alerts: Array<Alert>;
};

export type Query = {
  __typename?: "Query";
  /** The event of this id with its whole payload. Null when the tenant has none. */
  alertEvent: Maybe<AlertEvent>;
  /** The alert of this id. Null when the tenant has none. */
  alert: Maybe<Alert>;
  /** The tenant's alerts that match the filter, the last to fire first unless another order is asked for. Null, with an error, when it fails. */
  alerts: Maybe<AlertConnection>;
  /** The alert route of this id. Null when the tenant has none. */
  alertRoute: Maybe<AlertRoute>;
  /** The tenant's alert routes, in their order. A page begins behind a position: when routes are moved, made or deleted between two pages, one may be shown twice or not at all. Null, with an error, when it fails. */
  alertRoutes: Maybe<AlertRouteConnection>;
  /** What a payload posted to this source would do. Does nothing. Null, with an error, when it fails. */
  previewAlertRouting: Maybe<Array<RoutingPreview>>;
  /** The alert source of this id. Null when the tenant has none. */
  alertSource: Maybe<AlertSource>;
  /** The tenant's alert sources, by name. Null, with an error, when it fails. */
  alertSources: Maybe<AlertSourceConnection>;
  /** The kinds of alert source that can be created. Null, with an error, when it fails. */
  alertSourceKinds: Maybe<Array<AlertSourceKind>>;
  /** The refused request of this id with the whole body that was kept. Null when the tenant has none. */
  refusedRequest: Maybe<RefusedRequest>;
  /** Webhook requests that were refused, newest first. Kept for 30 days. Null, with an error, when it fails. */
  refusedRequests: Maybe<RefusedRequestConnection>;
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

export type QueryAlertRoutesArgs = {
  first?: InputMaybe<Scalars["Int"]["input"]>;
  after?: InputMaybe<Scalars["String"]["input"]>;
  last?: InputMaybe<Scalars["Int"]["input"]>;
  before?: InputMaybe<Scalars["String"]["input"]>;
};

export type QueryPreviewAlertRoutingArgs = {
  alertSourceId: Scalars["ID"]["input"];
  payload: Scalars["JSON"]["input"];
};

export type QueryAlertSourceArgs = {
  id: Scalars["ID"]["input"];
};

export type QueryAlertSourcesArgs = {
  first?: InputMaybe<Scalars["Int"]["input"]>;
  after?: InputMaybe<Scalars["String"]["input"]>;
  last?: InputMaybe<Scalars["Int"]["input"]>;
  before?: InputMaybe<Scalars["String"]["input"]>;
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

export type Subscription = {
  __typename?: "Subscription";
  /**
   * What becomes of the list of alerts that match the filter, as alerts fire and are resolved. The first event says `mayHaveMissed`, which
   * means that changes are heard from now on: fetch the list then, and again at each later event that says so. Null,
   * with an error, when it fails.
   */
  alertsChanged: Maybe<AlertChanges>;
};

export type SubscriptionAlertsChangedArgs = {
  filter?: InputMaybe<AlertFilter>;
};

export type Mutation = {
  __typename?: "Mutation";
  /** Resolves an alert by hand. If it fires again it is a new alert. Null, with an error, when it fails. */
  resolveAlert: Maybe<ResolveAlertPayload>;
  /** Creates an alert route. Null, with an error, when it fails. */
  createAlertRoute: Maybe<CreateAlertRoutePayload>;
  /** Changes an alert route; what is left out stays. Null, with an error, when it fails. */
  updateAlertRoute: Maybe<UpdateAlertRoutePayload>;
  /** Moves an alert route to another place in the order, from 1; the others close up. Null, with an error, when it fails. */
  moveAlertRoute: Maybe<MoveAlertRoutePayload>;
  /** Deletes an alert route; the answer is the routes that are left. Null, with an error, when it fails. */
  deleteAlertRoute: Maybe<DeleteAlertRoutePayload>;
  /** Creates an alert source and shows its webhook address once. Null, with an error, when it fails. */
  createAlertSource: Maybe<CreateAlertSourcePayload>;
  /** Gives an alert source a new token; the old one stops working at once. Null, with an error, when it fails. */
  rotateAlertSourceToken: Maybe<RotateAlertSourceTokenPayload>;
  /** Stops an alert source from accepting anything; its alerts stay. Refused while an enabled route is made for it alone. Null, with an error, when it fails. */
  disableAlertSource: Maybe<DisableAlertSourcePayload>;
  /** Sends a refused request through the source's present rules again; with a body, that one in place of what was kept. Null, with an error, when it fails. */
  replayRefusedRequest: Maybe<ReplayRefusedRequestPayload>;
};

export type MutationResolveAlertArgs = {
  input: ResolveAlertInput;
};

export type MutationCreateAlertRouteArgs = {
  input: CreateAlertRouteInput;
};

export type MutationUpdateAlertRouteArgs = {
  input: UpdateAlertRouteInput;
};

export type MutationMoveAlertRouteArgs = {
  input: MoveAlertRouteInput;
};

export type MutationDeleteAlertRouteArgs = {
  input: DeleteAlertRouteInput;
};

export type MutationCreateAlertSourceArgs = {
  input: CreateAlertSourceInput;
};

export type MutationRotateAlertSourceTokenArgs = {
  input: RotateAlertSourceTokenInput;
};

export type MutationDisableAlertSourceArgs = {
  input: DisableAlertSourceInput;
};

export type MutationReplayRefusedRequestArgs = {
  input: ReplayRefusedRequestInput;
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
  Duration: ResolverTypeWrapper<Scalars["Duration"]["output"]>;
  URL: ResolverTypeWrapper<Scalars["URL"]["output"]>;
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
  IncidentState: IncidentState;
  AlertLabelInput: AlertLabelInput;
  AlertOrder: AlertOrder;
  ResolveAlertInput: ResolveAlertInput;
  ResolveAlertPayload: ResolverTypeWrapper<
    Omit<ResolveAlertPayload, "alert"> & { alert: ResolversTypes["Alert"] }
  >;
  AlertChanges: ResolverTypeWrapper<
    Omit<AlertChanges, "alerts"> & { alerts: Array<ResolversTypes["Alert"]> }
  >;
  AlertRoute: ResolverTypeWrapper<Row<typeof AlertRouteEntity>>;
  RouteCondition: ResolverTypeWrapper<mapped.RouteCondition>;
  SourceCondition: ResolverTypeWrapper<SourceCondition>;
  PriorityCondition: ResolverTypeWrapper<PriorityCondition>;
  TextCondition: ResolverTypeWrapper<TextCondition>;
  LabelCondition: ResolverTypeWrapper<LabelCondition>;
  RouteAction: ResolverTypeWrapper<mapped.RouteAction>;
  RepagePolicy: RepagePolicy;
  Severity: Severity;
  EscalationPath: ResolverTypeWrapper<{ id: string }>;
  RoutingPreview: ResolverTypeWrapper<mapped.RoutingPreview>;
  AlertRouteEdge: ResolverTypeWrapper<Omit<AlertRouteEdge, "node"> & { node: ResolversTypes["AlertRoute"] }>;
  AlertRouteConnection: ResolverTypeWrapper<
    Connection<ResolversParentTypes["AlertRoute"], ResolversParentTypes["AlertRouteEdge"]>
  >;
  RouteConditionInput: RouteConditionInput;
  SourceConditionInput: SourceConditionInput;
  PriorityConditionInput: PriorityConditionInput;
  TextConditionInput: TextConditionInput;
  LabelConditionInput: LabelConditionInput;
  RouteActionInput: RouteActionInput;
  CreateAlertRouteInput: CreateAlertRouteInput;
  AlertRouteChangesInput: AlertRouteChangesInput;
  UpdateAlertRouteInput: UpdateAlertRouteInput;
  CreateAlertRoutePayload: ResolverTypeWrapper<
    Omit<CreateAlertRoutePayload, "alertRoute"> & { alertRoute: ResolversTypes["AlertRoute"] }
  >;
  UpdateAlertRoutePayload: ResolverTypeWrapper<
    Omit<UpdateAlertRoutePayload, "alertRoute"> & { alertRoute: ResolversTypes["AlertRoute"] }
  >;
  MoveAlertRouteInput: MoveAlertRouteInput;
  MoveAlertRoutePayload: ResolverTypeWrapper<
    Omit<MoveAlertRoutePayload, "alertRoute" | "alertRoutes"> & {
      alertRoute: ResolversTypes["AlertRoute"];
      alertRoutes: Array<ResolversTypes["AlertRoute"]>;
    }
  >;
  DeleteAlertRouteInput: DeleteAlertRouteInput;
  DeleteAlertRoutePayload: ResolverTypeWrapper<
    Omit<DeleteAlertRoutePayload, "alertRoutes"> & { alertRoutes: Array<ResolversTypes["AlertRoute"]> }
  >;
  AlertSource: ResolverTypeWrapper<Row<typeof AlertSourceEntity>>;
  AlertSourceType: AlertSourceType;
  AlertSourceClass: AlertSourceClass;
  AlertSourceKind: ResolverTypeWrapper<mapped.AlertSourceKind>;
  RefusedRequest: ResolverTypeWrapper<mapped.RefusedRequest>;
  RefusedRequestEdge: ResolverTypeWrapper<
    Omit<RefusedRequestEdge, "node"> & { node: ResolversTypes["RefusedRequest"] }
  >;
  RefusedRequestConnection: ResolverTypeWrapper<
    Connection<ResolversParentTypes["RefusedRequest"], ResolversParentTypes["RefusedRequestEdge"]>
  >;
  AlertSourceEdge: ResolverTypeWrapper<
    Omit<AlertSourceEdge, "node"> & { node: ResolversTypes["AlertSource"] }
  >;
  AlertSourceConnection: ResolverTypeWrapper<
    Connection<ResolversParentTypes["AlertSource"], ResolversParentTypes["AlertSourceEdge"]>
  >;
  CreateAlertSourceInput: CreateAlertSourceInput;
  CreateAlertSourcePayload: ResolverTypeWrapper<
    Omit<CreateAlertSourcePayload, "alertSource"> & { alertSource: Maybe<ResolversTypes["AlertSource"]> }
  >;
  RotateAlertSourceTokenInput: RotateAlertSourceTokenInput;
  RotateAlertSourceTokenPayload: ResolverTypeWrapper<
    Omit<RotateAlertSourceTokenPayload, "alertSource"> & { alertSource: Maybe<ResolversTypes["AlertSource"]> }
  >;
  DisableAlertSourceInput: DisableAlertSourceInput;
  DisableAlertSourcePayload: ResolverTypeWrapper<
    Omit<DisableAlertSourcePayload, "alertSource"> & { alertSource: ResolversTypes["AlertSource"] }
  >;
  ReplayRefusedRequestInput: ReplayRefusedRequestInput;
  ReplayRefusedRequestPayload: ResolverTypeWrapper<
    Omit<ReplayRefusedRequestPayload, "refusedRequest" | "alerts"> & {
      refusedRequest: ResolversTypes["RefusedRequest"];
      alerts: Array<ResolversTypes["Alert"]>;
    }
  >;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  Subscription: ResolverTypeWrapper<Record<PropertyKey, never>>;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  Int: ResolverTypeWrapper<Scalars["Int"]["output"]>;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  DateTime: Scalars["DateTime"]["output"];
  Duration: Scalars["Duration"]["output"];
  URL: Scalars["URL"]["output"];
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
  ResolveAlertInput: ResolveAlertInput;
  ResolveAlertPayload: Omit<ResolveAlertPayload, "alert"> & { alert: ResolversParentTypes["Alert"] };
  AlertChanges: Omit<AlertChanges, "alerts"> & { alerts: Array<ResolversParentTypes["Alert"]> };
  AlertRoute: Row<typeof AlertRouteEntity>;
  RouteCondition: mapped.RouteCondition;
  SourceCondition: SourceCondition;
  PriorityCondition: PriorityCondition;
  TextCondition: TextCondition;
  LabelCondition: LabelCondition;
  RouteAction: mapped.RouteAction;
  EscalationPath: { id: string };
  RoutingPreview: mapped.RoutingPreview;
  AlertRouteEdge: Omit<AlertRouteEdge, "node"> & { node: ResolversParentTypes["AlertRoute"] };
  AlertRouteConnection: Connection<
    ResolversParentTypes["AlertRoute"],
    ResolversParentTypes["AlertRouteEdge"]
  >;
  RouteConditionInput: RouteConditionInput;
  SourceConditionInput: SourceConditionInput;
  PriorityConditionInput: PriorityConditionInput;
  TextConditionInput: TextConditionInput;
  LabelConditionInput: LabelConditionInput;
  RouteActionInput: RouteActionInput;
  CreateAlertRouteInput: CreateAlertRouteInput;
  AlertRouteChangesInput: AlertRouteChangesInput;
  UpdateAlertRouteInput: UpdateAlertRouteInput;
  CreateAlertRoutePayload: Omit<CreateAlertRoutePayload, "alertRoute"> & {
    alertRoute: ResolversParentTypes["AlertRoute"];
  };
  UpdateAlertRoutePayload: Omit<UpdateAlertRoutePayload, "alertRoute"> & {
    alertRoute: ResolversParentTypes["AlertRoute"];
  };
  MoveAlertRouteInput: MoveAlertRouteInput;
  MoveAlertRoutePayload: Omit<MoveAlertRoutePayload, "alertRoute" | "alertRoutes"> & {
    alertRoute: ResolversParentTypes["AlertRoute"];
    alertRoutes: Array<ResolversParentTypes["AlertRoute"]>;
  };
  DeleteAlertRouteInput: DeleteAlertRouteInput;
  DeleteAlertRoutePayload: Omit<DeleteAlertRoutePayload, "alertRoutes"> & {
    alertRoutes: Array<ResolversParentTypes["AlertRoute"]>;
  };
  AlertSource: Row<typeof AlertSourceEntity>;
  AlertSourceKind: mapped.AlertSourceKind;
  RefusedRequest: mapped.RefusedRequest;
  RefusedRequestEdge: Omit<RefusedRequestEdge, "node"> & { node: ResolversParentTypes["RefusedRequest"] };
  RefusedRequestConnection: Connection<
    ResolversParentTypes["RefusedRequest"],
    ResolversParentTypes["RefusedRequestEdge"]
  >;
  AlertSourceEdge: Omit<AlertSourceEdge, "node"> & { node: ResolversParentTypes["AlertSource"] };
  AlertSourceConnection: Connection<
    ResolversParentTypes["AlertSource"],
    ResolversParentTypes["AlertSourceEdge"]
  >;
  CreateAlertSourceInput: CreateAlertSourceInput;
  CreateAlertSourcePayload: Omit<CreateAlertSourcePayload, "alertSource"> & {
    alertSource: Maybe<ResolversParentTypes["AlertSource"]>;
  };
  RotateAlertSourceTokenInput: RotateAlertSourceTokenInput;
  RotateAlertSourceTokenPayload: Omit<RotateAlertSourceTokenPayload, "alertSource"> & {
    alertSource: Maybe<ResolversParentTypes["AlertSource"]>;
  };
  DisableAlertSourceInput: DisableAlertSourceInput;
  DisableAlertSourcePayload: Omit<DisableAlertSourcePayload, "alertSource"> & {
    alertSource: ResolversParentTypes["AlertSource"];
  };
  ReplayRefusedRequestInput: ReplayRefusedRequestInput;
  ReplayRefusedRequestPayload: Omit<ReplayRefusedRequestPayload, "refusedRequest" | "alerts"> & {
    refusedRequest: ResolversParentTypes["RefusedRequest"];
    alerts: Array<ResolversParentTypes["Alert"]>;
  };
  Query: Record<PropertyKey, never>;
  Subscription: Record<PropertyKey, never>;
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

export interface DurationScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes["Duration"], any> {
  name: "Duration";
}

export interface UrlScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes["URL"], any> {
  name: "URL";
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

type AlertFields<
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
  sourceUrl?: Resolver<Maybe<ResolversTypes["URL"]>, ParentType, ContextType>;
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

type AlertLabelFields<
  ContextType = Context,
  ParentType extends ResolversParentTypes["AlertLabel"] = ResolversParentTypes["AlertLabel"],
> = {
  name?: Resolver<ResolversTypes["String"], ParentType, ContextType>;
  value?: Resolver<ResolversTypes["String"], ParentType, ContextType>;
};

type AlertEventFields<
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

type AlertEventConnectionFields<
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

type AlertConnectionFields<
  ContextType = Context,
  ParentType extends ResolversParentTypes["AlertConnection"] = ResolversParentTypes["AlertConnection"],
> = {
  nodes?: Resolver<Array<ResolversTypes["Alert"]>, ParentType, ContextType>;
  edges?: Resolver<Array<ResolversTypes["AlertEdge"]>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes["PageInfo"], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes["Int"], ParentType, ContextType>;
};

export type ResolveAlertPayloadResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes["ResolveAlertPayload"] =
    ResolversParentTypes["ResolveAlertPayload"],
> = {
  alert?: Resolver<ResolversTypes["Alert"], ParentType, ContextType>;
};

export type AlertChangesResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes["AlertChanges"] = ResolversParentTypes["AlertChanges"],
> = {
  alerts?: Resolver<Array<ResolversTypes["Alert"]>, ParentType, ContextType>;
  notMatchingIds?: Resolver<Array<ResolversTypes["ID"]>, ParentType, ContextType>;
  mayHaveMissed?: Resolver<ResolversTypes["Boolean"], ParentType, ContextType>;
};

type AlertRouteFields<
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

type RouteConditionFields<
  ContextType = Context,
  ParentType extends ResolversParentTypes["RouteCondition"] = ResolversParentTypes["RouteCondition"],
> = {
  source?: Resolver<Maybe<ResolversTypes["SourceCondition"]>, ParentType, ContextType>;
  priority?: Resolver<Maybe<ResolversTypes["PriorityCondition"]>, ParentType, ContextType>;
  title?: Resolver<Maybe<ResolversTypes["TextCondition"]>, ParentType, ContextType>;
  label?: Resolver<Maybe<ResolversTypes["LabelCondition"]>, ParentType, ContextType>;
};

export type SourceConditionResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes["SourceCondition"] = ResolversParentTypes["SourceCondition"],
> = {
  oneOf?: Resolver<Maybe<Array<ResolversTypes["ID"]>>, ParentType, ContextType>;
  noneOf?: Resolver<Maybe<Array<ResolversTypes["ID"]>>, ParentType, ContextType>;
};

export type PriorityConditionResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes["PriorityCondition"] = ResolversParentTypes["PriorityCondition"],
> = {
  oneOf?: Resolver<Maybe<Array<ResolversTypes["AlertPriority"]>>, ParentType, ContextType>;
  noneOf?: Resolver<Maybe<Array<ResolversTypes["AlertPriority"]>>, ParentType, ContextType>;
};

export type TextConditionResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes["TextCondition"] = ResolversParentTypes["TextCondition"],
> = {
  oneOf?: Resolver<Maybe<Array<ResolversTypes["String"]>>, ParentType, ContextType>;
  noneOf?: Resolver<Maybe<Array<ResolversTypes["String"]>>, ParentType, ContextType>;
  matches?: Resolver<Maybe<Array<ResolversTypes["String"]>>, ParentType, ContextType>;
};

export type LabelConditionResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes["LabelCondition"] = ResolversParentTypes["LabelCondition"],
> = {
  name?: Resolver<ResolversTypes["String"], ParentType, ContextType>;
  oneOf?: Resolver<Maybe<Array<ResolversTypes["String"]>>, ParentType, ContextType>;
  noneOf?: Resolver<Maybe<Array<ResolversTypes["String"]>>, ParentType, ContextType>;
  matches?: Resolver<Maybe<Array<ResolversTypes["String"]>>, ParentType, ContextType>;
  exists?: Resolver<Maybe<ResolversTypes["Boolean"]>, ParentType, ContextType>;
};

type RouteActionFields<
  ContextType = Context,
  ParentType extends ResolversParentTypes["RouteAction"] = ResolversParentTypes["RouteAction"],
> = {
  openIncident?: Resolver<ResolversTypes["Boolean"], ParentType, ContextType>;
  groupByLabels?: Resolver<Maybe<Array<ResolversTypes["String"]>>, ParentType, ContextType>;
  groupWindow?: Resolver<ResolversTypes["Duration"], ParentType, ContextType>;
  severity?: Resolver<Maybe<ResolversTypes["Severity"]>, ParentType, ContextType>;
  escalationPath?: Resolver<Maybe<ResolversTypes["EscalationPath"]>, ParentType, ContextType>;
  resolveWithAlerts?: Resolver<ResolversTypes["Boolean"], ParentType, ContextType>;
  repage?: Resolver<ResolversTypes["RepagePolicy"], ParentType, ContextType>;
  damping?: Resolver<ResolversTypes["Duration"], ParentType, ContextType>;
};

type EscalationPathFields<
  ContextType = Context,
  ParentType extends ResolversParentTypes["EscalationPath"] = ResolversParentTypes["EscalationPath"],
> = {
  id?: Resolver<ResolversTypes["ID"], ParentType, ContextType>;
};

type RoutingPreviewFields<
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

export type AlertRouteEdgeResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes["AlertRouteEdge"] = ResolversParentTypes["AlertRouteEdge"],
> = {
  node?: Resolver<ResolversTypes["AlertRoute"], ParentType, ContextType>;
  cursor?: Resolver<ResolversTypes["String"], ParentType, ContextType>;
};

type AlertRouteConnectionFields<
  ContextType = Context,
  ParentType extends ResolversParentTypes["AlertRouteConnection"] =
    ResolversParentTypes["AlertRouteConnection"],
> = {
  nodes?: Resolver<Array<ResolversTypes["AlertRoute"]>, ParentType, ContextType>;
  edges?: Resolver<Array<ResolversTypes["AlertRouteEdge"]>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes["PageInfo"], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes["Int"], ParentType, ContextType>;
};

export type CreateAlertRoutePayloadResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes["CreateAlertRoutePayload"] =
    ResolversParentTypes["CreateAlertRoutePayload"],
> = {
  alertRoute?: Resolver<ResolversTypes["AlertRoute"], ParentType, ContextType>;
};

export type UpdateAlertRoutePayloadResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes["UpdateAlertRoutePayload"] =
    ResolversParentTypes["UpdateAlertRoutePayload"],
> = {
  alertRoute?: Resolver<ResolversTypes["AlertRoute"], ParentType, ContextType>;
};

export type MoveAlertRoutePayloadResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes["MoveAlertRoutePayload"] =
    ResolversParentTypes["MoveAlertRoutePayload"],
> = {
  alertRoute?: Resolver<ResolversTypes["AlertRoute"], ParentType, ContextType>;
  alertRoutes?: Resolver<Array<ResolversTypes["AlertRoute"]>, ParentType, ContextType>;
};

export type DeleteAlertRoutePayloadResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes["DeleteAlertRoutePayload"] =
    ResolversParentTypes["DeleteAlertRoutePayload"],
> = {
  deletedAlertRouteId?: Resolver<ResolversTypes["ID"], ParentType, ContextType>;
  alertRoutes?: Resolver<Array<ResolversTypes["AlertRoute"]>, ParentType, ContextType>;
};

type AlertSourceFields<
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
  webhookUrl?: Resolver<ResolversTypes["URL"], ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes["DateTime"], ParentType, ContextType>;
  disabledAt?: Resolver<Maybe<ResolversTypes["DateTime"]>, ParentType, ContextType>;
  lastReceivedAt?: Resolver<Maybe<ResolversTypes["DateTime"]>, ParentType, ContextType>;
  refusedLately?: Resolver<ResolversTypes["Int"], ParentType, ContextType>;
};

type AlertSourceKindFields<
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

type RefusedRequestFields<
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

type RefusedRequestConnectionFields<
  ContextType = Context,
  ParentType extends ResolversParentTypes["RefusedRequestConnection"] =
    ResolversParentTypes["RefusedRequestConnection"],
> = {
  nodes?: Resolver<Array<ResolversTypes["RefusedRequest"]>, ParentType, ContextType>;
  edges?: Resolver<Array<ResolversTypes["RefusedRequestEdge"]>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes["PageInfo"], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes["Int"], ParentType, ContextType>;
};

export type AlertSourceEdgeResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes["AlertSourceEdge"] = ResolversParentTypes["AlertSourceEdge"],
> = {
  node?: Resolver<ResolversTypes["AlertSource"], ParentType, ContextType>;
  cursor?: Resolver<ResolversTypes["String"], ParentType, ContextType>;
};

type AlertSourceConnectionFields<
  ContextType = Context,
  ParentType extends ResolversParentTypes["AlertSourceConnection"] =
    ResolversParentTypes["AlertSourceConnection"],
> = {
  nodes?: Resolver<Array<ResolversTypes["AlertSource"]>, ParentType, ContextType>;
  edges?: Resolver<Array<ResolversTypes["AlertSourceEdge"]>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes["PageInfo"], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes["Int"], ParentType, ContextType>;
};

export type CreateAlertSourcePayloadResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes["CreateAlertSourcePayload"] =
    ResolversParentTypes["CreateAlertSourcePayload"],
> = {
  alertSource?: Resolver<Maybe<ResolversTypes["AlertSource"]>, ParentType, ContextType>;
  token?: Resolver<ResolversTypes["String"], ParentType, ContextType>;
  webhookUrl?: Resolver<ResolversTypes["URL"], ParentType, ContextType>;
};

export type RotateAlertSourceTokenPayloadResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes["RotateAlertSourceTokenPayload"] =
    ResolversParentTypes["RotateAlertSourceTokenPayload"],
> = {
  alertSource?: Resolver<Maybe<ResolversTypes["AlertSource"]>, ParentType, ContextType>;
  token?: Resolver<ResolversTypes["String"], ParentType, ContextType>;
  webhookUrl?: Resolver<ResolversTypes["URL"], ParentType, ContextType>;
};

export type DisableAlertSourcePayloadResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes["DisableAlertSourcePayload"] =
    ResolversParentTypes["DisableAlertSourcePayload"],
> = {
  alertSource?: Resolver<ResolversTypes["AlertSource"], ParentType, ContextType>;
};

export type ReplayRefusedRequestPayloadResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes["ReplayRefusedRequestPayload"] =
    ResolversParentTypes["ReplayRefusedRequestPayload"],
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
  alertRoutes?: Resolver<
    Maybe<ResolversTypes["AlertRouteConnection"]>,
    ParentType,
    ContextType,
    Partial<QueryAlertRoutesArgs>
  >;
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
  alertSources?: Resolver<
    Maybe<ResolversTypes["AlertSourceConnection"]>,
    ParentType,
    ContextType,
    Partial<QueryAlertSourcesArgs>
  >;
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

export type SubscriptionResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes["Subscription"] = ResolversParentTypes["Subscription"],
> = {
  alertsChanged?: SubscriptionResolver<
    Maybe<ResolversTypes["AlertChanges"]>,
    "alertsChanged",
    ParentType,
    ContextType,
    Partial<SubscriptionAlertsChangedArgs>
  >;
};

export type MutationResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes["Mutation"] = ResolversParentTypes["Mutation"],
> = {
  resolveAlert?: Resolver<
    Maybe<ResolversTypes["ResolveAlertPayload"]>,
    ParentType,
    ContextType,
    RequireFields<MutationResolveAlertArgs, "input">
  >;
  createAlertRoute?: Resolver<
    Maybe<ResolversTypes["CreateAlertRoutePayload"]>,
    ParentType,
    ContextType,
    RequireFields<MutationCreateAlertRouteArgs, "input">
  >;
  updateAlertRoute?: Resolver<
    Maybe<ResolversTypes["UpdateAlertRoutePayload"]>,
    ParentType,
    ContextType,
    RequireFields<MutationUpdateAlertRouteArgs, "input">
  >;
  moveAlertRoute?: Resolver<
    Maybe<ResolversTypes["MoveAlertRoutePayload"]>,
    ParentType,
    ContextType,
    RequireFields<MutationMoveAlertRouteArgs, "input">
  >;
  deleteAlertRoute?: Resolver<
    Maybe<ResolversTypes["DeleteAlertRoutePayload"]>,
    ParentType,
    ContextType,
    RequireFields<MutationDeleteAlertRouteArgs, "input">
  >;
  createAlertSource?: Resolver<
    Maybe<ResolversTypes["CreateAlertSourcePayload"]>,
    ParentType,
    ContextType,
    RequireFields<MutationCreateAlertSourceArgs, "input">
  >;
  rotateAlertSourceToken?: Resolver<
    Maybe<ResolversTypes["RotateAlertSourceTokenPayload"]>,
    ParentType,
    ContextType,
    RequireFields<MutationRotateAlertSourceTokenArgs, "input">
  >;
  disableAlertSource?: Resolver<
    Maybe<ResolversTypes["DisableAlertSourcePayload"]>,
    ParentType,
    ContextType,
    RequireFields<MutationDisableAlertSourceArgs, "input">
  >;
  replayRefusedRequest?: Resolver<
    Maybe<ResolversTypes["ReplayRefusedRequestPayload"]>,
    ParentType,
    ContextType,
    RequireFields<MutationReplayRefusedRequestArgs, "input">
  >;
};

type OptionalResolvers<ContextType = Context> = {
  DateTime?: GraphQLScalarType;
  Duration?: GraphQLScalarType;
  URL?: GraphQLScalarType;
  JSON?: GraphQLScalarType;
  PageInfo?: PageInfoResolvers<ContextType>;
  Alert?: AlertResolvers<ContextType>;
  AlertLabel?: AlertLabelResolvers<ContextType>;
  AlertEvent?: AlertEventResolvers<ContextType>;
  AlertEventEdge?: AlertEventEdgeResolvers<ContextType>;
  AlertEventConnection?: AlertEventConnectionResolvers<ContextType>;
  AlertEdge?: AlertEdgeResolvers<ContextType>;
  AlertConnection?: AlertConnectionResolvers<ContextType>;
  ResolveAlertPayload?: ResolveAlertPayloadResolvers<ContextType>;
  AlertChanges?: AlertChangesResolvers<ContextType>;
  AlertRoute?: AlertRouteResolvers<ContextType>;
  RouteCondition?: RouteConditionResolvers<ContextType>;
  SourceCondition?: SourceConditionResolvers<ContextType>;
  PriorityCondition?: PriorityConditionResolvers<ContextType>;
  TextCondition?: TextConditionResolvers<ContextType>;
  LabelCondition?: LabelConditionResolvers<ContextType>;
  RouteAction?: RouteActionResolvers<ContextType>;
  EscalationPath?: EscalationPathResolvers<ContextType>;
  RoutingPreview?: RoutingPreviewResolvers<ContextType>;
  AlertRouteEdge?: AlertRouteEdgeResolvers<ContextType>;
  AlertRouteConnection?: AlertRouteConnectionResolvers<ContextType>;
  CreateAlertRoutePayload?: CreateAlertRoutePayloadResolvers<ContextType>;
  UpdateAlertRoutePayload?: UpdateAlertRoutePayloadResolvers<ContextType>;
  MoveAlertRoutePayload?: MoveAlertRoutePayloadResolvers<ContextType>;
  DeleteAlertRoutePayload?: DeleteAlertRoutePayloadResolvers<ContextType>;
  AlertSource?: AlertSourceResolvers<ContextType>;
  AlertSourceKind?: AlertSourceKindResolvers<ContextType>;
  RefusedRequest?: RefusedRequestResolvers<ContextType>;
  RefusedRequestEdge?: RefusedRequestEdgeResolvers<ContextType>;
  RefusedRequestConnection?: RefusedRequestConnectionResolvers<ContextType>;
  AlertSourceEdge?: AlertSourceEdgeResolvers<ContextType>;
  AlertSourceConnection?: AlertSourceConnectionResolvers<ContextType>;
  CreateAlertSourcePayload?: CreateAlertSourcePayloadResolvers<ContextType>;
  RotateAlertSourceTokenPayload?: RotateAlertSourceTokenPayloadResolvers<ContextType>;
  DisableAlertSourcePayload?: DisableAlertSourcePayloadResolvers<ContextType>;
  ReplayRefusedRequestPayload?: ReplayRefusedRequestPayloadResolvers<ContextType>;
  Query?: QueryResolvers<ContextType>;
  Subscription?: SubscriptionResolvers<ContextType>;
  Mutation?: MutationResolvers<ContextType>;
};

export type DirectiveResolvers<ContextType = Context> = {
  authorize?: AuthorizeDirectiveResolver<any, any, ContextType>;
  orSelf?: OrSelfDirectiveResolver<any, any, ContextType>;
  public?: PublicDirectiveResolver<any, any, ContextType>;
  maxLength?: MaxLengthDirectiveResolver<any, any, ContextType>;
};

export type AlertResolvers<ContextType = Context> = Answered<
  AlertFields<ContextType>,
  ResolversParentTypes["Alert"]
>;
export type AlertLabelResolvers<ContextType = Context> = Answered<
  AlertLabelFields<ContextType>,
  ResolversParentTypes["AlertLabel"]
>;
export type AlertEventResolvers<ContextType = Context> = Answered<
  AlertEventFields<ContextType>,
  ResolversParentTypes["AlertEvent"]
>;
export type AlertEventConnectionResolvers<ContextType = Context> = Answered<
  AlertEventConnectionFields<ContextType>,
  ResolversParentTypes["AlertEventConnection"]
>;
export type AlertConnectionResolvers<ContextType = Context> = Answered<
  AlertConnectionFields<ContextType>,
  ResolversParentTypes["AlertConnection"]
>;
export type AlertRouteResolvers<ContextType = Context> = Answered<
  AlertRouteFields<ContextType>,
  ResolversParentTypes["AlertRoute"]
>;
export type RouteConditionResolvers<ContextType = Context> = Answered<
  RouteConditionFields<ContextType>,
  ResolversParentTypes["RouteCondition"]
>;
export type RouteActionResolvers<ContextType = Context> = Answered<
  RouteActionFields<ContextType>,
  ResolversParentTypes["RouteAction"]
>;
export type EscalationPathResolvers<ContextType = Context> = Answered<
  EscalationPathFields<ContextType>,
  ResolversParentTypes["EscalationPath"]
>;
export type RoutingPreviewResolvers<ContextType = Context> = Answered<
  RoutingPreviewFields<ContextType>,
  ResolversParentTypes["RoutingPreview"]
>;
export type AlertRouteConnectionResolvers<ContextType = Context> = Answered<
  AlertRouteConnectionFields<ContextType>,
  ResolversParentTypes["AlertRouteConnection"]
>;
export type AlertSourceResolvers<ContextType = Context> = Answered<
  AlertSourceFields<ContextType>,
  ResolversParentTypes["AlertSource"]
>;
export type AlertSourceKindResolvers<ContextType = Context> = Answered<
  AlertSourceKindFields<ContextType>,
  ResolversParentTypes["AlertSourceKind"]
>;
export type RefusedRequestResolvers<ContextType = Context> = Answered<
  RefusedRequestFields<ContextType>,
  ResolversParentTypes["RefusedRequest"]
>;
export type RefusedRequestConnectionResolvers<ContextType = Context> = Answered<
  RefusedRequestConnectionFields<ContextType>,
  ResolversParentTypes["RefusedRequestConnection"]
>;
export type AlertSourceConnectionResolvers<ContextType = Context> = Answered<
  AlertSourceConnectionFields<ContextType>,
  ResolversParentTypes["AlertSourceConnection"]
>;
export type Resolvers<ContextType = Context> = OptionalResolvers<ContextType> &
  Demanded<{
    Alert: AlertResolvers<ContextType>;
    AlertLabel: AlertLabelResolvers<ContextType>;
    AlertEvent: AlertEventResolvers<ContextType>;
    AlertEventConnection: AlertEventConnectionResolvers<ContextType>;
    AlertConnection: AlertConnectionResolvers<ContextType>;
    AlertRoute: AlertRouteResolvers<ContextType>;
    RouteCondition: RouteConditionResolvers<ContextType>;
    RouteAction: RouteActionResolvers<ContextType>;
    EscalationPath: EscalationPathResolvers<ContextType>;
    RoutingPreview: RoutingPreviewResolvers<ContextType>;
    AlertRouteConnection: AlertRouteConnectionResolvers<ContextType>;
    AlertSource: AlertSourceResolvers<ContextType>;
    AlertSourceKind: AlertSourceKindResolvers<ContextType>;
    RefusedRequest: RefusedRequestResolvers<ContextType>;
    RefusedRequestConnection: RefusedRequestConnectionResolvers<ContextType>;
    AlertSourceConnection: AlertSourceConnectionResolvers<ContextType>;
  }>;
