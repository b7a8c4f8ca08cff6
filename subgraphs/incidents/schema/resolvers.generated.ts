// Generated from the SDL beside it by `npm run codegen`. Never edited.

import type { Answered, Demanded } from "#shared/subgraph/answered.ts";
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

/** Something is wrong and somebody should do something about it. */
export type Incident = {
  __typename?: "Incident";
  id: Scalars["ID"]["output"];
  /** Counts from 1 in each tenant. */
  number: Scalars["Int"]["output"];
  title: Scalars["String"]["output"];
  /** More than the title says; null when nobody wrote any. */
  summary: Maybe<Scalars["String"]["output"]>;
  /** As bad as the worst of its alerts that fires, unless a person said how bad it is. */
  severity: Severity;
  /** Whether it stays what a person said, whatever its alerts are. */
  severitySetByPerson: Scalars["Boolean"]["output"];
  state: IncidentState;
  /** Who leads the response: whoever acknowledged it first, unless somebody else was made to. */
  lead: Maybe<User>;
  /** The incident this one was merged into. */
  mergedInto: Maybe<Incident>;
  /** The incidents that were merged into this one. */
  mergedFrom: IncidentConnection;
  /** Those that belong to it or did, in the order in which they were added. */
  alerts: IncidentAlertConnection;
  /** What happened, the oldest first. */
  timeline: TimelineEntryConnection;
  /** How often an alert of it fired again, within its route's damping time, after it was resolved. */
  flapCount: Scalars["Int"]["output"];
  /** When people were last paged about it; null when they never were. */
  pagedAt: Maybe<Scalars["DateTime"]["output"]>;
  /** Alerts of it that fire again are damped: nobody is paged about them before this time, and then only if they fire still. */
  dampedUntil: Maybe<Scalars["DateTime"]["output"]>;
  createdAt: Scalars["DateTime"]["output"];
  /** When it was first taken on; null while nobody has, also after it went back to triage. */
  acknowledgedAt: Maybe<Scalars["DateTime"]["output"]>;
  /** The person who took it on; null while nobody has, and when a machine did. */
  acknowledgedBy: Maybe<User>;
  /** When it was resolved; null while it is not, also after it was reopened. */
  resolvedAt: Maybe<Scalars["DateTime"]["output"]>;
  /** When it was closed; null while it is not, also after it was reopened. */
  closedAt: Maybe<Scalars["DateTime"]["output"]>;
  /** Counts the changes that people made of its title, summary, severity and lead: what was looked at, for whoever changes it next. */
  version: Scalars["Int"]["output"];
};

/** Something is wrong and somebody should do something about it. */
export type IncidentMergedFromArgs = {
  first?: InputMaybe<Scalars["Int"]["input"]>;
  after?: InputMaybe<Scalars["String"]["input"]>;
  last?: InputMaybe<Scalars["Int"]["input"]>;
  before?: InputMaybe<Scalars["String"]["input"]>;
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
  /** Nothing is left to do; it can be reopened. */
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
  incident: Maybe<Incident>;
};

/** One alert of an incident, and where the page can be cut. */
export type IncidentAlertEdge = {
  __typename?: "IncidentAlertEdge";
  /** Null, with an error, when it is nowhere to be found. */
  node: Maybe<Alert>;
  cursor: Scalars["String"]["output"];
  /** When it began to belong to the incident. */
  addedAt: Scalars["DateTime"]["output"];
  /** When it stopped firing. */
  settledAt: Maybe<Scalars["DateTime"]["output"]>;
  /** When it stopped belonging to the incident while it fired. */
  leftAt: Maybe<Scalars["DateTime"]["output"]>;
};

/** A page of an incident's alerts. */
export type IncidentAlertConnection = {
  __typename?: "IncidentAlertConnection";
  /** Null, with an error, when one of them is nowhere to be found; the edges have the others. */
  nodes: Maybe<Array<Alert>>;
  edges: Array<IncidentAlertEdge>;
  pageInfo: PageInfo;
  totalCount: Scalars["Int"]["output"];
};

/** Something that happened in an incident, told by whichever service it happened in. */
export type TimelineEntry = {
  __typename?: "TimelineEntry";
  id: Scalars["ID"]["output"];
  kind: TimelineEntryKind;
  /** What happened, in a sentence. */
  message: Scalars["String"]["output"];
  /** When it happened, which may be earlier than when it was told. */
  occurredAt: Scalars["DateTime"]["output"];
  /** The person who did it; null when the system or a machine did. */
  actor: Maybe<User>;
  /** What the entry is about, by kind: ids, states, reasons. */
  data: Scalars["JSON"]["output"];
};

/** What kind of thing happened. */
export type TimelineEntryKind =
  /** The incident was opened. */
  | "INCIDENT_CREATED"
  /** The incident went from one state to another. */
  | "INCIDENT_STATE_CHANGED"
  /** Its title, summary or severity changed. */
  | "INCIDENT_UPDATED"
  /** It was merged into another incident, or another into it. */
  | "INCIDENT_MERGED"
  /** Somebody was made its lead, or the lead was taken away. */
  | "LEAD_ASSIGNED"
  /** An alert began to belong to it. */
  | "ALERT_ADDED"
  /** One of its alerts was resolved. */
  | "ALERT_RESOLVED"
  /** Paging along an escalation path began. */
  | "ESCALATION_STARTED"
  /** Paging reached a level of its path. */
  | "LEVEL_REACHED"
  /** A level had nobody to page. */
  | "NOBODY_ON_CALL"
  /** A page was delivered to its notifier. */
  | "PAGE_SENT"
  /** Every attempt at a page failed. */
  | "PAGE_FAILED"
  /** A page was not sent: the person or the contact method is gone. */
  | "PAGE_CANCELLED"
  /** Nobody could be reached in a whole round; paging goes on. */
  | "ESCALATION_UNDELIVERABLE"
  /** All levels and repeats are through, and nobody answered. */
  | "ESCALATION_EXPIRED"
  /** Those who administer the tenant were told that paging reached nobody. */
  | "ADMINISTRATORS_TOLD"
  /** Somebody answered. */
  | "ESCALATION_ACKNOWLEDGED"
  /** Paging ended without an answer, or could not begin. */
  | "ESCALATION_ENDED"
  /** A note that somebody added. */
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
  /** Incidents that this person leads. */
  leadId?: InputMaybe<Scalars["ID"]["input"]>;
  /** Whether it is one that you lead, acknowledged or were paged about; a page that was just sent counts within seconds. Not for API keys. */
  mine?: InputMaybe<Scalars["Boolean"]["input"]>;
  /** People were paged about it along one of these escalation paths, at whatever time; paging that just began counts within seconds. */
  escalationPathIds?: InputMaybe<Array<Scalars["ID"]["input"]>>;
  /** People were paged about it, at whatever time, along an escalation path that now pages a schedule of one of these teams. */
  teamIds?: InputMaybe<Array<Scalars["ID"]["input"]>>;
  /** It has, or had, an alert of one of these sources; with alertLabels, an alert that has those labels as well. Needs AlertRead. */
  alertSourceIds?: InputMaybe<Array<Scalars["ID"]["input"]>>;
  /** It has, or had, an alert with every one of these labels, as the alert was when incidents were last told of it. The first 100 labels count whose values have up to 200 characters. Needs AlertRead. */
  alertLabels?: InputMaybe<Array<AlertLabelInput>>;
  /** Part of the title or summary, whatever its case. */
  text?: InputMaybe<Scalars["String"]["input"]>;
  /** Incidents that were opened at this time or later. */
  createdAfter?: InputMaybe<Scalars["DateTime"]["input"]>;
  /** Incidents that were opened before this time. */
  createdBefore?: InputMaybe<Scalars["DateTime"]["input"]>;
};

/** A label that an alert has to have. */
export type AlertLabelInput = {
  name: Scalars["String"]["input"];
  /** Compared exactly, upper and lower case included. */
  value: Scalars["String"]["input"];
};

/** By what incidents are sorted. */
export type IncidentOrder =
  /** By when they were opened. */
  | "CREATED_AT"
  /** By their number. */
  | "NUMBER"
  /** By severity: ascending from LOW to CRITICAL. */
  | "SEVERITY";

/** What a new incident is about. */
export type CreateIncidentInput = {
  title: Scalars["String"]["input"];
  /** More than the title says, at most 10,000 characters; null or left out: nothing. */
  summary?: InputMaybe<Scalars["String"]["input"]>;
  severity: Severity;
  /** Who leads; null or left out: whoever acknowledges it first. */
  leadId?: InputMaybe<Scalars["ID"]["input"]>;
  /** Who is paged. Left out: nobody. */
  escalationPathId?: InputMaybe<Scalars["ID"]["input"]>;
  /** Of your own making, at least 16 characters, such as a UUID. Sent again with the same key within 24 hours, the same input creates nothing more and is answered with what was created. */
  idempotencyKey?: InputMaybe<Scalars["String"]["input"]>;
};

/** What changes about an incident; what is left out stays. */
export type IncidentChangesInput = {
  title?: InputMaybe<Scalars["String"]["input"]>;
  /** At most 10,000 characters; null takes it away. */
  summary?: InputMaybe<Scalars["String"]["input"]>;
  /** Stays so, whatever its alerts are; null has it follow them again. */
  severity?: InputMaybe<Severity>;
};

/** The input of updateIncident. */
export type UpdateIncidentInput = {
  id: Scalars["ID"]["input"];
  /** The version that was looked at: when somebody changed it since, nothing is changed, and the error says what holds now. Left out: not looked at. */
  expectedVersion?: InputMaybe<Scalars["Int"]["input"]>;
  changes: IncidentChangesInput;
};

/** The result of createIncident. */
export type CreateIncidentPayload = {
  __typename?: "CreateIncidentPayload";
  incident: Incident;
};

/** The result of updateIncident. */
export type UpdateIncidentPayload = {
  __typename?: "UpdateIncidentPayload";
  incident: Incident;
};

/** The input of assignIncidentLead. */
export type AssignIncidentLeadInput = {
  id: Scalars["ID"]["input"];
  /** The version that was looked at: when somebody changed it since, nothing is changed, and the error says what holds now. Left out: not looked at. */
  expectedVersion?: InputMaybe<Scalars["Int"]["input"]>;
  /** Who leads from now on; null, or left out: nobody. */
  userId?: InputMaybe<Scalars["ID"]["input"]>;
};

/** The result of assignIncidentLead. */
export type AssignIncidentLeadPayload = {
  __typename?: "AssignIncidentLeadPayload";
  incident: Incident;
};

/** The input of acknowledgeIncident. */
export type AcknowledgeIncidentInput = {
  id: Scalars["ID"]["input"];
};

/** The result of acknowledgeIncident. */
export type AcknowledgeIncidentPayload = {
  __typename?: "AcknowledgeIncidentPayload";
  incident: Incident;
};

/** The input of resolveIncident. */
export type ResolveIncidentInput = {
  id: Scalars["ID"]["input"];
  /** Whether its alerts are resolved with it. */
  alerts: Scalars["Boolean"]["input"];
};

/** The result of resolveIncident. */
export type ResolveIncidentPayload = {
  __typename?: "ResolveIncidentPayload";
  incident: Incident;
};

/** The input of closeIncident. */
export type CloseIncidentInput = {
  id: Scalars["ID"]["input"];
};

/** The result of closeIncident. */
export type CloseIncidentPayload = {
  __typename?: "CloseIncidentPayload";
  incident: Incident;
};

/** The input of reopenIncident. */
export type ReopenIncidentInput = {
  id: Scalars["ID"]["input"];
};

/** The result of reopenIncident. */
export type ReopenIncidentPayload = {
  __typename?: "ReopenIncidentPayload";
  incident: Incident;
};

/** The input of mergeIncident. */
export type MergeIncidentInput = {
  /** The incident that is merged, and closed. */
  id: Scalars["ID"]["input"];
  /** The incident that goes on. */
  intoId: Scalars["ID"]["input"];
};

/** The result of mergeIncident. */
export type MergeIncidentPayload = {
  __typename?: "MergeIncidentPayload";
  /** The incident that goes on. */
  incident: Incident;
  /** The incident that was merged into it. */
  mergedIncident: Maybe<Incident>;
};

/** The input of addTimelineNote. */
export type AddTimelineNoteInput = {
  incidentId: Scalars["ID"]["input"];
  /** What to note: from 1 to 10,000 characters. */
  message: Scalars["String"]["input"];
  /** Of your own making, at least 16 characters, such as a UUID. Sent again with the same key within 24 hours, the same input creates nothing more and is answered with what was created. */
  idempotencyKey?: InputMaybe<Scalars["String"]["input"]>;
};

/** The result of addTimelineNote. */
export type AddTimelineNotePayload = {
  __typename?: "AddTimelineNotePayload";
  timelineEntry: TimelineEntry;
};

/**
 * What became of a list of incidents that matches a filter: which of those that changed are in it, as they are now, and which are
 * not, or no more. An event speaks of 20 incidents at most, and of each once, however often it changed meanwhile.
 */
export type IncidentChanges = {
  __typename?: "IncidentChanges";
  /** Those that match the filter, as they are now: new in the list, or changed. */
  incidents: Array<Incident>;
  /** Those that do not match the filter, whether or not they did before: whoever shows one in the list takes it out. */
  notMatchingIds: Array<Scalars["ID"]["output"]>;
  /** Whether changes may have been missed, or were too many to be told one by one: the list is to be fetched again. The rest of the event is empty then. */
  mayHaveMissed: Scalars["Boolean"]["output"];
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
  owner: Maybe<Scalars["String"]["output"]>;
  /** When it was parked, or since when it fails. */
  since: Scalars["DateTime"]["output"];
  /** How often it was tried. */
  attempts: Scalars["Int"]["output"];
  /** Why it is parked. */
  error: Scalars["String"]["output"];
  /** The title of what it is about, where there is one. */
  about: Maybe<Scalars["String"]["output"]>;
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

/** The input of retryParkedWork. */
export type RetryParkedWorkInput = {
  id: Scalars["ID"]["input"];
};

/** The result of retryParkedWork. */
export type RetryParkedWorkPayload = {
  __typename?: "RetryParkedWorkPayload";
  parkedWork: ParkedWork;
};

/** The input of discardParkedWork. */
export type DiscardParkedWorkInput = {
  id: Scalars["ID"]["input"];
};

/** The result of discardParkedWork. */
export type DiscardParkedWorkPayload = {
  __typename?: "DiscardParkedWorkPayload";
  parkedWork: ParkedWork;
};

export type Query = {
  __typename?: "Query";
  /** The incident of this id or of this number: give exactly one of the two. Null when the tenant has none. */
  incident: Maybe<Incident>;
  /** The tenant's incidents that match the filter, newest first unless another order is asked for. Null, with an error, when it fails. */
  incidents: Maybe<IncidentConnection>;
  /** What does not hold between alerts, incidents, escalations and pages; at most 100 breaks, and none when all is well. Null, with an error, when it fails. */
  ledgerBreaks: Maybe<Array<LedgerBreak>>;
  /** What keeps failing and waits for somebody to look at it, newest first. Null, with an error, when it fails. */
  parkedWork: Maybe<ParkedWorkConnection>;
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
  /** Opens an incident by hand and pages along the escalation path, when one is given. Null, with an error, when it fails. */
  createIncident: Maybe<CreateIncidentPayload>;
  /** Changes an incident's title, summary or severity; what is left out stays. Null, with an error, when it fails. */
  updateIncident: Maybe<UpdateIncidentPayload>;
  /** Says who leads; null takes the lead away. Null, with an error, when it fails. */
  assignIncidentLead: Maybe<AssignIncidentLeadPayload>;
  /** Takes the incident on: from triage to active, and every later page stops. Does nothing when it is active already. Null, with an error, when it fails. */
  acknowledgeIncident: Maybe<AcknowledgeIncidentPayload>;
  /**
   * Says that it is over, which ends its escalations. Its alerts are resolved with it, unless `alerts` is false: then they go on
   * firing, lead to no incident, and are routed anew when they fire the next time. Does nothing when it is resolved already.
   * Null, with an error, when it fails.
   */
  resolveIncident: Maybe<ResolveIncidentPayload>;
  /** Closes a resolved incident. Null, with an error, when it fails. */
  closeIncident: Maybe<CloseIncidentPayload>;
  /** Makes a resolved or closed incident active again. Pages nobody. Null, with an error, when it fails. */
  reopenIncident: Maybe<ReopenIncidentPayload>;
  /** Merges one incident into another: its alerts move over, its pages stop, and it is closed; where nobody had taken it on, people are paged about the other. The answer is the other. Null, with an error, when it fails. */
  mergeIncident: Maybe<MergeIncidentPayload>;
  /** Adds a note to the timeline. Null, with an error, when it fails. */
  addTimelineNote: Maybe<AddTimelineNotePayload>;
  /** Has parked work tried again at once. The answer is the work as it was parked; should it fail again, it is parked again. Null, with an error, when it fails. */
  retryParkedWork: Maybe<RetryParkedWorkPayload>;
  /** Takes a parked command off the list for good: what it asked is never done. Nothing else can be discarded. Null, with an error, when it fails. */
  discardParkedWork: Maybe<DiscardParkedWorkPayload>;
};

export type MutationCreateIncidentArgs = {
  input: CreateIncidentInput;
};

export type MutationUpdateIncidentArgs = {
  input: UpdateIncidentInput;
};

export type MutationAssignIncidentLeadArgs = {
  input: AssignIncidentLeadInput;
};

export type MutationAcknowledgeIncidentArgs = {
  input: AcknowledgeIncidentInput;
};

export type MutationResolveIncidentArgs = {
  input: ResolveIncidentInput;
};

export type MutationCloseIncidentArgs = {
  input: CloseIncidentInput;
};

export type MutationReopenIncidentArgs = {
  input: ReopenIncidentInput;
};

export type MutationMergeIncidentArgs = {
  input: MergeIncidentInput;
};

export type MutationAddTimelineNoteArgs = {
  input: AddTimelineNoteInput;
};

export type MutationRetryParkedWorkArgs = {
  input: RetryParkedWorkInput;
};

export type MutationDiscardParkedWorkArgs = {
  input: DiscardParkedWorkInput;
};

export type Subscription = {
  __typename?: "Subscription";
  /**
   * What becomes of the list of incidents that match the filter, as incidents change. The first event says `mayHaveMissed`, which means
   * that changes are heard from now on: fetch the list then, and again at each later event that says so. Null,
   * with an error, when it fails.
   */
  incidentsChanged: Maybe<IncidentChanges>;
  /** An incident, each time it changes; at once as it is, when events may have been missed. Null, with an error, when it fails. */
  incidentUpdated: Maybe<Incident>;
  /** Each new entry of an incident's timeline. Null, with an error, when it fails. */
  timelineAdded: Maybe<TimelineEntry>;
};

export type SubscriptionIncidentsChangedArgs = {
  filter?: InputMaybe<IncidentFilter>;
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
    Omit<IncidentAlertEdge, "node"> & { node: Maybe<ResolversTypes["Alert"]> }
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
  AlertLabelInput: AlertLabelInput;
  IncidentOrder: IncidentOrder;
  CreateIncidentInput: CreateIncidentInput;
  IncidentChangesInput: IncidentChangesInput;
  UpdateIncidentInput: UpdateIncidentInput;
  CreateIncidentPayload: ResolverTypeWrapper<
    Omit<CreateIncidentPayload, "incident"> & { incident: ResolversTypes["Incident"] }
  >;
  UpdateIncidentPayload: ResolverTypeWrapper<
    Omit<UpdateIncidentPayload, "incident"> & { incident: ResolversTypes["Incident"] }
  >;
  AssignIncidentLeadInput: AssignIncidentLeadInput;
  AssignIncidentLeadPayload: ResolverTypeWrapper<
    Omit<AssignIncidentLeadPayload, "incident"> & { incident: ResolversTypes["Incident"] }
  >;
  AcknowledgeIncidentInput: AcknowledgeIncidentInput;
  AcknowledgeIncidentPayload: ResolverTypeWrapper<
    Omit<AcknowledgeIncidentPayload, "incident"> & { incident: ResolversTypes["Incident"] }
  >;
  ResolveIncidentInput: ResolveIncidentInput;
  ResolveIncidentPayload: ResolverTypeWrapper<
    Omit<ResolveIncidentPayload, "incident"> & { incident: ResolversTypes["Incident"] }
  >;
  CloseIncidentInput: CloseIncidentInput;
  CloseIncidentPayload: ResolverTypeWrapper<
    Omit<CloseIncidentPayload, "incident"> & { incident: ResolversTypes["Incident"] }
  >;
  ReopenIncidentInput: ReopenIncidentInput;
  ReopenIncidentPayload: ResolverTypeWrapper<
    Omit<ReopenIncidentPayload, "incident"> & { incident: ResolversTypes["Incident"] }
  >;
  MergeIncidentInput: MergeIncidentInput;
  MergeIncidentPayload: ResolverTypeWrapper<
    Omit<MergeIncidentPayload, "incident" | "mergedIncident"> & {
      incident: ResolversTypes["Incident"];
      mergedIncident: Maybe<ResolversTypes["Incident"]>;
    }
  >;
  AddTimelineNoteInput: AddTimelineNoteInput;
  AddTimelineNotePayload: ResolverTypeWrapper<
    Omit<AddTimelineNotePayload, "timelineEntry"> & { timelineEntry: ResolversTypes["TimelineEntry"] }
  >;
  IncidentChanges: ResolverTypeWrapper<
    Omit<IncidentChanges, "incidents"> & { incidents: Array<ResolversTypes["Incident"]> }
  >;
  LedgerBreak: ResolverTypeWrapper<LedgerBreak>;
  ParkedWork: ResolverTypeWrapper<mapped.ParkedWork>;
  ParkedWorkKind: ParkedWorkKind;
  ParkedWorkEdge: ResolverTypeWrapper<Omit<ParkedWorkEdge, "node"> & { node: ResolversTypes["ParkedWork"] }>;
  ParkedWorkConnection: ResolverTypeWrapper<
    Connection<ResolversParentTypes["ParkedWork"], ResolversParentTypes["ParkedWorkEdge"]>
  >;
  RetryParkedWorkInput: RetryParkedWorkInput;
  RetryParkedWorkPayload: ResolverTypeWrapper<
    Omit<RetryParkedWorkPayload, "parkedWork"> & { parkedWork: ResolversTypes["ParkedWork"] }
  >;
  DiscardParkedWorkInput: DiscardParkedWorkInput;
  DiscardParkedWorkPayload: ResolverTypeWrapper<
    Omit<DiscardParkedWorkPayload, "parkedWork"> & { parkedWork: ResolversTypes["ParkedWork"] }
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
  IncidentAlertEdge: Omit<IncidentAlertEdge, "node"> & { node: Maybe<ResolversParentTypes["Alert"]> };
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
  AlertLabelInput: AlertLabelInput;
  CreateIncidentInput: CreateIncidentInput;
  IncidentChangesInput: IncidentChangesInput;
  UpdateIncidentInput: UpdateIncidentInput;
  CreateIncidentPayload: Omit<CreateIncidentPayload, "incident"> & {
    incident: ResolversParentTypes["Incident"];
  };
  UpdateIncidentPayload: Omit<UpdateIncidentPayload, "incident"> & {
    incident: ResolversParentTypes["Incident"];
  };
  AssignIncidentLeadInput: AssignIncidentLeadInput;
  AssignIncidentLeadPayload: Omit<AssignIncidentLeadPayload, "incident"> & {
    incident: ResolversParentTypes["Incident"];
  };
  AcknowledgeIncidentInput: AcknowledgeIncidentInput;
  AcknowledgeIncidentPayload: Omit<AcknowledgeIncidentPayload, "incident"> & {
    incident: ResolversParentTypes["Incident"];
  };
  ResolveIncidentInput: ResolveIncidentInput;
  ResolveIncidentPayload: Omit<ResolveIncidentPayload, "incident"> & {
    incident: ResolversParentTypes["Incident"];
  };
  CloseIncidentInput: CloseIncidentInput;
  CloseIncidentPayload: Omit<CloseIncidentPayload, "incident"> & {
    incident: ResolversParentTypes["Incident"];
  };
  ReopenIncidentInput: ReopenIncidentInput;
  ReopenIncidentPayload: Omit<ReopenIncidentPayload, "incident"> & {
    incident: ResolversParentTypes["Incident"];
  };
  MergeIncidentInput: MergeIncidentInput;
  MergeIncidentPayload: Omit<MergeIncidentPayload, "incident" | "mergedIncident"> & {
    incident: ResolversParentTypes["Incident"];
    mergedIncident: Maybe<ResolversParentTypes["Incident"]>;
  };
  AddTimelineNoteInput: AddTimelineNoteInput;
  AddTimelineNotePayload: Omit<AddTimelineNotePayload, "timelineEntry"> & {
    timelineEntry: ResolversParentTypes["TimelineEntry"];
  };
  IncidentChanges: Omit<IncidentChanges, "incidents"> & {
    incidents: Array<ResolversParentTypes["Incident"]>;
  };
  LedgerBreak: LedgerBreak;
  ParkedWork: mapped.ParkedWork;
  ParkedWorkEdge: Omit<ParkedWorkEdge, "node"> & { node: ResolversParentTypes["ParkedWork"] };
  ParkedWorkConnection: Connection<
    ResolversParentTypes["ParkedWork"],
    ResolversParentTypes["ParkedWorkEdge"]
  >;
  RetryParkedWorkInput: RetryParkedWorkInput;
  RetryParkedWorkPayload: Omit<RetryParkedWorkPayload, "parkedWork"> & {
    parkedWork: ResolversParentTypes["ParkedWork"];
  };
  DiscardParkedWorkInput: DiscardParkedWorkInput;
  DiscardParkedWorkPayload: Omit<DiscardParkedWorkPayload, "parkedWork"> & {
    parkedWork: ResolversParentTypes["ParkedWork"];
  };
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

type IncidentFields<
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
  mergedFrom?: Resolver<
    ResolversTypes["IncidentConnection"],
    ParentType,
    ContextType,
    Partial<IncidentMergedFromArgs>
  >;
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
  version?: Resolver<ResolversTypes["Int"], ParentType, ContextType>;
};

type UserFields<
  ContextType = Context,
  ParentType extends ResolversParentTypes["User"] = ResolversParentTypes["User"],
> = {
  id?: Resolver<ResolversTypes["ID"], ParentType, ContextType>;
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

type IncidentAlertConnectionFields<
  ContextType = Context,
  ParentType extends ResolversParentTypes["IncidentAlertConnection"] =
    ResolversParentTypes["IncidentAlertConnection"],
> = {
  nodes?: Resolver<Maybe<Array<ResolversTypes["Alert"]>>, ParentType, ContextType>;
  edges?: Resolver<Array<ResolversTypes["IncidentAlertEdge"]>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes["PageInfo"], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes["Int"], ParentType, ContextType>;
};

type TimelineEntryFields<
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

type TimelineEntryConnectionFields<
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

type IncidentConnectionFields<
  ContextType = Context,
  ParentType extends ResolversParentTypes["IncidentConnection"] = ResolversParentTypes["IncidentConnection"],
> = {
  nodes?: Resolver<Array<ResolversTypes["Incident"]>, ParentType, ContextType>;
  edges?: Resolver<Array<ResolversTypes["IncidentEdge"]>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes["PageInfo"], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes["Int"], ParentType, ContextType>;
};

export type CreateIncidentPayloadResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes["CreateIncidentPayload"] =
    ResolversParentTypes["CreateIncidentPayload"],
> = {
  incident?: Resolver<ResolversTypes["Incident"], ParentType, ContextType>;
};

export type UpdateIncidentPayloadResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes["UpdateIncidentPayload"] =
    ResolversParentTypes["UpdateIncidentPayload"],
> = {
  incident?: Resolver<ResolversTypes["Incident"], ParentType, ContextType>;
};

export type AssignIncidentLeadPayloadResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes["AssignIncidentLeadPayload"] =
    ResolversParentTypes["AssignIncidentLeadPayload"],
> = {
  incident?: Resolver<ResolversTypes["Incident"], ParentType, ContextType>;
};

export type AcknowledgeIncidentPayloadResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes["AcknowledgeIncidentPayload"] =
    ResolversParentTypes["AcknowledgeIncidentPayload"],
> = {
  incident?: Resolver<ResolversTypes["Incident"], ParentType, ContextType>;
};

export type ResolveIncidentPayloadResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes["ResolveIncidentPayload"] =
    ResolversParentTypes["ResolveIncidentPayload"],
> = {
  incident?: Resolver<ResolversTypes["Incident"], ParentType, ContextType>;
};

export type CloseIncidentPayloadResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes["CloseIncidentPayload"] =
    ResolversParentTypes["CloseIncidentPayload"],
> = {
  incident?: Resolver<ResolversTypes["Incident"], ParentType, ContextType>;
};

export type ReopenIncidentPayloadResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes["ReopenIncidentPayload"] =
    ResolversParentTypes["ReopenIncidentPayload"],
> = {
  incident?: Resolver<ResolversTypes["Incident"], ParentType, ContextType>;
};

export type MergeIncidentPayloadResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes["MergeIncidentPayload"] =
    ResolversParentTypes["MergeIncidentPayload"],
> = {
  incident?: Resolver<ResolversTypes["Incident"], ParentType, ContextType>;
  mergedIncident?: Resolver<Maybe<ResolversTypes["Incident"]>, ParentType, ContextType>;
};

export type AddTimelineNotePayloadResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes["AddTimelineNotePayload"] =
    ResolversParentTypes["AddTimelineNotePayload"],
> = {
  timelineEntry?: Resolver<ResolversTypes["TimelineEntry"], ParentType, ContextType>;
};

export type IncidentChangesResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes["IncidentChanges"] = ResolversParentTypes["IncidentChanges"],
> = {
  incidents?: Resolver<Array<ResolversTypes["Incident"]>, ParentType, ContextType>;
  notMatchingIds?: Resolver<Array<ResolversTypes["ID"]>, ParentType, ContextType>;
  mayHaveMissed?: Resolver<ResolversTypes["Boolean"], ParentType, ContextType>;
};

export type LedgerBreakResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes["LedgerBreak"] = ResolversParentTypes["LedgerBreak"],
> = {
  invariant?: Resolver<ResolversTypes["String"], ParentType, ContextType>;
  promise?: Resolver<ResolversTypes["String"], ParentType, ContextType>;
  about?: Resolver<ResolversTypes["JSON"], ParentType, ContextType>;
};

type ParkedWorkFields<
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

type ParkedWorkConnectionFields<
  ContextType = Context,
  ParentType extends ResolversParentTypes["ParkedWorkConnection"] =
    ResolversParentTypes["ParkedWorkConnection"],
> = {
  nodes?: Resolver<Array<ResolversTypes["ParkedWork"]>, ParentType, ContextType>;
  edges?: Resolver<Array<ResolversTypes["ParkedWorkEdge"]>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes["PageInfo"], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes["Int"], ParentType, ContextType>;
};

export type RetryParkedWorkPayloadResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes["RetryParkedWorkPayload"] =
    ResolversParentTypes["RetryParkedWorkPayload"],
> = {
  parkedWork?: Resolver<ResolversTypes["ParkedWork"], ParentType, ContextType>;
};

export type DiscardParkedWorkPayloadResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes["DiscardParkedWorkPayload"] =
    ResolversParentTypes["DiscardParkedWorkPayload"],
> = {
  parkedWork?: Resolver<ResolversTypes["ParkedWork"], ParentType, ContextType>;
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
    Maybe<ResolversTypes["CreateIncidentPayload"]>,
    ParentType,
    ContextType,
    RequireFields<MutationCreateIncidentArgs, "input">
  >;
  updateIncident?: Resolver<
    Maybe<ResolversTypes["UpdateIncidentPayload"]>,
    ParentType,
    ContextType,
    RequireFields<MutationUpdateIncidentArgs, "input">
  >;
  assignIncidentLead?: Resolver<
    Maybe<ResolversTypes["AssignIncidentLeadPayload"]>,
    ParentType,
    ContextType,
    RequireFields<MutationAssignIncidentLeadArgs, "input">
  >;
  acknowledgeIncident?: Resolver<
    Maybe<ResolversTypes["AcknowledgeIncidentPayload"]>,
    ParentType,
    ContextType,
    RequireFields<MutationAcknowledgeIncidentArgs, "input">
  >;
  resolveIncident?: Resolver<
    Maybe<ResolversTypes["ResolveIncidentPayload"]>,
    ParentType,
    ContextType,
    RequireFields<MutationResolveIncidentArgs, "input">
  >;
  closeIncident?: Resolver<
    Maybe<ResolversTypes["CloseIncidentPayload"]>,
    ParentType,
    ContextType,
    RequireFields<MutationCloseIncidentArgs, "input">
  >;
  reopenIncident?: Resolver<
    Maybe<ResolversTypes["ReopenIncidentPayload"]>,
    ParentType,
    ContextType,
    RequireFields<MutationReopenIncidentArgs, "input">
  >;
  mergeIncident?: Resolver<
    Maybe<ResolversTypes["MergeIncidentPayload"]>,
    ParentType,
    ContextType,
    RequireFields<MutationMergeIncidentArgs, "input">
  >;
  addTimelineNote?: Resolver<
    Maybe<ResolversTypes["AddTimelineNotePayload"]>,
    ParentType,
    ContextType,
    RequireFields<MutationAddTimelineNoteArgs, "input">
  >;
  retryParkedWork?: Resolver<
    Maybe<ResolversTypes["RetryParkedWorkPayload"]>,
    ParentType,
    ContextType,
    RequireFields<MutationRetryParkedWorkArgs, "input">
  >;
  discardParkedWork?: Resolver<
    Maybe<ResolversTypes["DiscardParkedWorkPayload"]>,
    ParentType,
    ContextType,
    RequireFields<MutationDiscardParkedWorkArgs, "input">
  >;
};

export type SubscriptionResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes["Subscription"] = ResolversParentTypes["Subscription"],
> = {
  incidentsChanged?: SubscriptionResolver<
    Maybe<ResolversTypes["IncidentChanges"]>,
    "incidentsChanged",
    ParentType,
    ContextType,
    Partial<SubscriptionIncidentsChangedArgs>
  >;
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

type OptionalResolvers<ContextType = Context> = {
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
  CreateIncidentPayload?: CreateIncidentPayloadResolvers<ContextType>;
  UpdateIncidentPayload?: UpdateIncidentPayloadResolvers<ContextType>;
  AssignIncidentLeadPayload?: AssignIncidentLeadPayloadResolvers<ContextType>;
  AcknowledgeIncidentPayload?: AcknowledgeIncidentPayloadResolvers<ContextType>;
  ResolveIncidentPayload?: ResolveIncidentPayloadResolvers<ContextType>;
  CloseIncidentPayload?: CloseIncidentPayloadResolvers<ContextType>;
  ReopenIncidentPayload?: ReopenIncidentPayloadResolvers<ContextType>;
  MergeIncidentPayload?: MergeIncidentPayloadResolvers<ContextType>;
  AddTimelineNotePayload?: AddTimelineNotePayloadResolvers<ContextType>;
  IncidentChanges?: IncidentChangesResolvers<ContextType>;
  LedgerBreak?: LedgerBreakResolvers<ContextType>;
  ParkedWork?: ParkedWorkResolvers<ContextType>;
  ParkedWorkEdge?: ParkedWorkEdgeResolvers<ContextType>;
  ParkedWorkConnection?: ParkedWorkConnectionResolvers<ContextType>;
  RetryParkedWorkPayload?: RetryParkedWorkPayloadResolvers<ContextType>;
  DiscardParkedWorkPayload?: DiscardParkedWorkPayloadResolvers<ContextType>;
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

export type IncidentResolvers<ContextType = Context> = Answered<
  IncidentFields<ContextType>,
  ResolversParentTypes["Incident"]
>;
export type UserResolvers<ContextType = Context> = Answered<
  UserFields<ContextType>,
  ResolversParentTypes["User"]
>;
export type AlertResolvers<ContextType = Context> = Answered<
  AlertFields<ContextType>,
  ResolversParentTypes["Alert"]
>;
export type IncidentAlertConnectionResolvers<ContextType = Context> = Answered<
  IncidentAlertConnectionFields<ContextType>,
  ResolversParentTypes["IncidentAlertConnection"]
>;
export type TimelineEntryResolvers<ContextType = Context> = Answered<
  TimelineEntryFields<ContextType>,
  ResolversParentTypes["TimelineEntry"]
>;
export type TimelineEntryConnectionResolvers<ContextType = Context> = Answered<
  TimelineEntryConnectionFields<ContextType>,
  ResolversParentTypes["TimelineEntryConnection"]
>;
export type IncidentConnectionResolvers<ContextType = Context> = Answered<
  IncidentConnectionFields<ContextType>,
  ResolversParentTypes["IncidentConnection"]
>;
export type ParkedWorkResolvers<ContextType = Context> = Answered<
  ParkedWorkFields<ContextType>,
  ResolversParentTypes["ParkedWork"]
>;
export type ParkedWorkConnectionResolvers<ContextType = Context> = Answered<
  ParkedWorkConnectionFields<ContextType>,
  ResolversParentTypes["ParkedWorkConnection"]
>;
export type Resolvers<ContextType = Context> = OptionalResolvers<ContextType> &
  Demanded<{
    Incident: IncidentResolvers<ContextType>;
    User: UserResolvers<ContextType>;
    Alert: AlertResolvers<ContextType>;
    IncidentAlertConnection: IncidentAlertConnectionResolvers<ContextType>;
    TimelineEntry: TimelineEntryResolvers<ContextType>;
    TimelineEntryConnection: TimelineEntryConnectionResolvers<ContextType>;
    IncidentConnection: IncidentConnectionResolvers<ContextType>;
    ParkedWork: ParkedWorkResolvers<ContextType>;
    ParkedWorkConnection: ParkedWorkConnectionResolvers<ContextType>;
  }>;
