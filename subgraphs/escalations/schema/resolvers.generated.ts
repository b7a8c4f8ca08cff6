// Generated from the SDL beside it by `npm run codegen`. Never edited.

import type { Answered, Demanded } from "#shared/subgraph/answered.ts";
import type { Row } from "#shared/database/entity.ts";
import type { Connection } from "#shared/subgraph/connection.ts";
import type { Escalation as EscalationEntity } from "../entities/Escalation.ts";
import type { Page as PageEntity } from "../entities/Page.ts";
import type { PageAttempt as PageAttemptEntity } from "../entities/PageAttempt.ts";
import type { EscalationPath as EscalationPathEntity } from "../entities/EscalationPath.ts";
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

/** The paging of people about one incident, along one escalation path, until somebody answers. */
export type Escalation = {
  __typename?: "Escalation";
  id: Scalars["ID"]["output"];
  /** Null, with an error, when it is nowhere to be found. */
  incident: Maybe<Incident>;
  /** The path as it was when the escalation started; that is the path that runs. */
  path: EscalationPathSnapshot;
  state: EscalationState;
  /** The level reached, from 1; 0 before the first. */
  level: Scalars["Int"]["output"];
  /** How often the path has been gone through, from 1. */
  round: Scalars["Int"]["output"];
  /** When it moves on to the next level, if nobody answers. */
  nextLevelAt: Maybe<Scalars["DateTime"]["output"]>;
  /** When the escalation began. */
  startedAt: Scalars["DateTime"]["output"];
  /** The person who answered; null while nobody has, and when no person did. */
  acknowledgedBy: Maybe<User>;
  /** Who was paged when and how, in the order in which it was decided. */
  pages: PageConnection;
  /** Every move of the escalation, the oldest first. */
  history: Array<EscalationTransition>;
};

/** The paging of people about one incident, along one escalation path, until somebody answers. */
export type EscalationPagesArgs = {
  first?: InputMaybe<Scalars["Int"]["input"]>;
  after?: InputMaybe<Scalars["String"]["input"]>;
  last?: InputMaybe<Scalars["Int"]["input"]>;
  before?: InputMaybe<Scalars["String"]["input"]>;
};

/** How far an escalation has come. */
export type EscalationState =
  /** Accepted, nobody paged yet. */
  | "PENDING"
  /** People are being paged. */
  | "TRIGGERED"
  /** In a whole round nobody could be reached; it is tried again until somebody can. */
  | "UNDELIVERABLE"
  /** Somebody answered; no further page goes out. */
  | "ACKNOWLEDGED"
  /** The incident is over. */
  | "RESOLVED"
  /** All levels and repeats are through, and nobody answered. An answer still counts. */
  | "EXPIRED"
  /** Another run took its place. */
  | "CANCELLED";

/** One move of an escalation from a state to the next: when, and who or what moved it. */
export type EscalationTransition = {
  __typename?: "EscalationTransition";
  /** The state before it; null for the first. */
  from: Maybe<EscalationState>;
  /** The state after it. */
  to: EscalationState;
  /** When the escalation moved. */
  at: Scalars["DateTime"]["output"];
  /** The person who made the move; null when the system did. */
  by: Maybe<User>;
};

/** An escalation path as it was at one moment. */
export type EscalationPathSnapshot = {
  __typename?: "EscalationPathSnapshot";
  /** The path as it is now; null when it was deleted. */
  path: Maybe<EscalationPath>;
  name: Scalars["String"]["output"];
  /** How often to start again from the first level when nobody answered. */
  repeats: Scalars["Int"]["output"];
  /** In the order in which they are paged. */
  levels: Array<EscalationLevel>;
};

/** One call on one person through one contact method. */
export type Page = {
  __typename?: "Page";
  id: Scalars["ID"]["output"];
  escalation: Escalation;
  /** Null, with an error, when they are nowhere to be found. */
  user: Maybe<User>;
  /** The level of the path that it belongs to, from 1. */
  level: Scalars["Int"]["output"];
  /** The round of the path that it belongs to, from 1. */
  round: Scalars["Int"]["output"];
  /** How it is sent. */
  notifier: NotifierType;
  /** Where it goes, with the middle left out. */
  address: Scalars["String"]["output"];
  state: PageState;
  /** Why it was not sent, when the person or the contact method is gone. */
  cancelReason: Maybe<Scalars["String"]["output"]>;
  /** The page that failed, in whose place this one is sent. */
  fallbackOf: Maybe<Page>;
  /** When it is due; later than the level by the notification rule's delay. */
  dueAt: Scalars["DateTime"]["output"];
  /** When its notifier confirmed it; null until then. */
  sentAt: Maybe<Scalars["DateTime"]["output"]>;
  /** The oldest first. */
  attempts: Array<PageAttempt>;
};

/** What has become of a page. */
export type PageState =
  /** Its time has not come. */
  | "PENDING"
  /** Handed to its notifier, which has not confirmed it yet. */
  | "SENDING"
  /** Its notifier confirmed it. */
  | "SENT"
  /** Every attempt failed. */
  | "FAILED"
  /** Somebody answered before its time came, or there is a reason for not sending it. */
  | "CANCELLED";

/** One try to hand a page over, and how it ended. */
export type PageAttempt = {
  __typename?: "PageAttempt";
  /** Counts from 1 for each page. */
  number: Scalars["Int"]["output"];
  /** When the attempt was made. */
  at: Scalars["DateTime"]["output"];
  /** Whether the receiver took it. */
  succeeded: Scalars["Boolean"]["output"];
  /** What went wrong, in a sentence; what the receiver itself said is in the log only. */
  error: Maybe<Scalars["String"]["output"]>;
  /** What went wrong. */
  errorCode: Maybe<DeliveryErrorCode>;
};

/** Why something was not delivered. */
export type DeliveryErrorCode =
  /** It answered that it does not take it: a webhook with something else than 2xx, a mail server with 4yz or 5yz. */
  | "RECEIVER_REFUSED"
  /** There is no such host, nobody listens there, or the connection broke off. */
  | "RECEIVER_UNREACHABLE"
  /** It did not answer in time. */
  | "RECEIVER_TIMED_OUT"
  /** The address is in a private network, which the installation does not allow. */
  | "RECEIVER_NOT_ALLOWED"
  /** The installation lacks what the notifier needs, such as a mail server. */
  | "NOTIFIER_NOT_CONFIGURED"
  /** Somebody answered while it was being made. */
  | "ATTEMPT_CALLED_OFF"
  /** Another reason, which is in the log. */
  | "DELIVERY_FAILED";

/** A way of reaching somebody: one value per member of the notifier registry. */
export type NotifierType =
  /** A mail to an address. */
  | "EMAIL"
  /** A signed HTTP request to a URL. */
  | "WEBHOOK"
  /** A line in the log of the service. */
  | "CONSOLE";

export type User = {
  __typename?: "User";
  id: Scalars["ID"]["output"];
  /** How this person is reached. Seen by themselves and by those who may. */
  contactMethods: Maybe<Array<ContactMethod>>;
  /** In which order and how soon the contact methods are used. With none, a mail goes out at once. */
  notificationRules: Maybe<Array<NotificationRule>>;
};

export type Incident = {
  __typename?: "Incident";
  id: Scalars["ID"]["output"];
  /** The oldest first. */
  escalations: Array<Escalation>;
};

/** One way in which a person is reached. */
export type ContactMethod = {
  __typename?: "ContactMethod";
  id: Scalars["ID"]["output"];
  name: Scalars["String"]["output"];
  /** How it is reached. */
  notifier: NotifierType;
  /** A mail address, a webhook's address, or a name to print. */
  address: Maybe<Scalars["String"]["output"]>;
  /** Since when it is known to be its person's. Null: nothing is sent there until confirmContactMethod is given the code that was mailed. */
  confirmedAt: Maybe<Scalars["DateTime"]["output"]>;
};

/** When after the start of a page a person is reached in which way. */
export type NotificationRule = {
  __typename?: "NotificationRule";
  contactMethod: ContactMethod;
  /** How long after the start of the page; PT0S: at once. */
  delay: Scalars["Duration"]["output"];
};

/** One page to a person of a list, and where the list can be cut. */
export type PageEdge = {
  __typename?: "PageEdge";
  node: Page;
  cursor: Scalars["String"]["output"];
};

/** A part of the list of pages to people. */
export type PageConnection = {
  __typename?: "PageConnection";
  nodes: Array<Page>;
  edges: Array<PageEdge>;
  pageInfo: PageInfo;
  totalCount: Scalars["Int"]["output"];
};

/** One escalation on a page of a list, and where the list can be cut. */
export type EscalationEdge = {
  __typename?: "EscalationEdge";
  node: Escalation;
  cursor: Scalars["String"]["output"];
};

/** A page of escalations. */
export type EscalationConnection = {
  __typename?: "EscalationConnection";
  nodes: Array<Escalation>;
  edges: Array<EscalationEdge>;
  pageInfo: PageInfo;
  totalCount: Scalars["Int"]["output"];
};

/** Which escalations are meant; what is left out excludes nothing. */
export type EscalationFilter = {
  states?: InputMaybe<Array<EscalationState>>;
  incidentIds?: InputMaybe<Array<Scalars["ID"]["input"]>>;
  /** Escalations that began at this time or later. */
  startedAfter?: InputMaybe<Scalars["DateTime"]["input"]>;
  /** Escalations that began before this time. */
  startedBefore?: InputMaybe<Scalars["DateTime"]["input"]>;
};

/** A new way in which a person is reached. */
export type CreateContactMethodInput = {
  /** Left out: one's own. Another person's needs ContactMethodManage. */
  userId?: InputMaybe<Scalars["ID"]["input"]>;
  name: Scalars["String"]["input"];
  /** How it is reached. */
  notifier: NotifierType;
  /** A mail address, a webhook's address, or a name to print, by notifier. */
  address: Scalars["String"]["input"];
  /** Of your own making, at least 16 characters, such as a UUID. Sent again with the same key within 24 hours, the same input creates nothing more and is answered with what was created. */
  idempotencyKey?: InputMaybe<Scalars["String"]["input"]>;
};

/** One rule: which contact method, and after how long. */
export type NotificationRuleInput = {
  contactMethodId: Scalars["ID"]["input"];
  /** How long after the start of the page, in whole minutes from PT0S to PT24H. */
  delay: Scalars["Duration"]["input"];
};

/** The input of startEscalation. */
export type StartEscalationInput = {
  incidentId: Scalars["ID"]["input"];
  pathId: Scalars["ID"]["input"];
  /** Of your own making, at least 16 characters, such as a UUID. Sent again with the same key within 24 hours, the same input creates nothing more and is answered with what was created. */
  idempotencyKey?: InputMaybe<Scalars["String"]["input"]>;
};

/** The result of startEscalation. */
export type StartEscalationPayload = {
  __typename?: "StartEscalationPayload";
  escalation: Escalation;
};

/** The input of acknowledgeEscalation. */
export type AcknowledgeEscalationInput = {
  id: Scalars["ID"]["input"];
};

/** The result of acknowledgeEscalation. */
export type AcknowledgeEscalationPayload = {
  __typename?: "AcknowledgeEscalationPayload";
  escalation: Escalation;
};

/** The result of createContactMethod. */
export type CreateContactMethodPayload = {
  __typename?: "CreateContactMethodPayload";
  contactMethod: ContactMethod;
  /** What signs the requests to a webhook, which is shown this once; null for every other notifier. */
  signingSecret: Maybe<Scalars["String"]["output"]>;
};

/** The input of confirmContactMethod. */
export type ConfirmContactMethodInput = {
  id: Scalars["ID"]["input"];
  /** What was mailed to it last. */
  code: Scalars["String"]["input"];
};

/** The result of confirmContactMethod. */
export type ConfirmContactMethodPayload = {
  __typename?: "ConfirmContactMethodPayload";
  contactMethod: ContactMethod;
};

/** The input of mailContactMethodCode. */
export type MailContactMethodCodeInput = {
  id: Scalars["ID"]["input"];
};

/** The result of mailContactMethodCode. */
export type MailContactMethodCodePayload = {
  __typename?: "MailContactMethodCodePayload";
  contactMethod: ContactMethod;
};

/** The input of deleteContactMethod. */
export type DeleteContactMethodInput = {
  id: Scalars["ID"]["input"];
  /** Another of their contact methods, with which the notification rules go on. */
  replaceWithId?: InputMaybe<Scalars["ID"]["input"]>;
};

/** The result of deleteContactMethod. */
export type DeleteContactMethodPayload = {
  __typename?: "DeleteContactMethodPayload";
  deletedContactMethodId: Scalars["ID"]["output"];
  user: User;
};

/** The input of setNotificationRules. */
export type SetNotificationRulesInput = {
  /** Left out: one's own. Another person's needs ContactMethodManage. */
  userId?: InputMaybe<Scalars["ID"]["input"]>;
  rules: Array<NotificationRuleInput>;
};

/** The result of setNotificationRules. */
export type SetNotificationRulesPayload = {
  __typename?: "SetNotificationRulesPayload";
  user: User;
};

/**
 * Pages to whoever is signed in that came to be, or came into another state, as they are now. An event speaks of 20 pages at most, and of
 * each once, however often it changed meanwhile.
 */
export type PageChanges = {
  __typename?: "PageChanges";
  /** The pages that changed. Where mayHaveMissed, the latest of the last 24 hours instead, at most 20, newest first. */
  pages: Array<Page>;
  /** Whether changes may have been missed, or were too many to be told one by one. */
  mayHaveMissed: Scalars["Boolean"]["output"];
};

/** Whom to page, in which order, and how long to wait for an answer. */
export type EscalationPath = {
  __typename?: "EscalationPath";
  id: Scalars["ID"]["output"];
  name: Scalars["String"]["output"];
  /** How often to start again from the first level when nobody answered. */
  repeats: Scalars["Int"]["output"];
  /** In the order in which they are paged. */
  levels: Array<EscalationLevel>;
  createdAt: Scalars["DateTime"]["output"];
  /** Grows with each change. */
  version: Scalars["Int"]["output"];
};

/** Who is paged at one step of a path, and how long they have to answer. */
export type EscalationLevel = {
  __typename?: "EscalationLevel";
  /** All of them are paged at once. */
  targets: Array<EscalationTarget>;
  /** How long to wait for an answer before the next level. */
  wait: Scalars["Duration"]["output"];
};

/** Whom a level pages: a user, or whoever is on call in a schedule. What a target names and is gone is null, with an error. */
export type EscalationTarget = {
  __typename?: "EscalationTarget";
  /** The person who is paged; null in a target that names a schedule. */
  user: Maybe<User>;
  /** The schedule whose people are paged; null in a target that names a user. */
  schedule: Maybe<Schedule>;
};

export type Schedule = {
  __typename?: "Schedule";
  id: Scalars["ID"]["output"];
};

/** A way of reaching somebody that Tocsin knows. */
export type NotifierKind = {
  __typename?: "NotifierKind";
  type: NotifierType;
  name: Scalars["String"]["output"];
  /** What an address looks like, in Markdown. */
  docs: Scalars["String"]["output"];
};

/** One escalation path on a page, and where the page can be cut. */
export type EscalationPathEdge = {
  __typename?: "EscalationPathEdge";
  node: EscalationPath;
  cursor: Scalars["String"]["output"];
};

/** A page of escalation paths. */
export type EscalationPathConnection = {
  __typename?: "EscalationPathConnection";
  nodes: Array<EscalationPath>;
  edges: Array<EscalationPathEdge>;
  pageInfo: PageInfo;
  totalCount: Scalars["Int"]["output"];
};

/** One step of a path: people, schedules, and how long they have to answer. */
export type EscalationLevelInput = {
  userIds: Array<Scalars["ID"]["input"]>;
  scheduleIds: Array<Scalars["ID"]["input"]>;
  /** How long to wait for an answer before the next level, in whole minutes from PT1M to PT24H. */
  wait: Scalars["Duration"]["input"];
};

/** What a new path is. */
export type CreateEscalationPathInput = {
  name: Scalars["String"]["input"];
  /** How often to start again from the first level when nobody answered, from 0 to 9. */
  repeats: Scalars["Int"]["input"];
  levels: Array<EscalationLevelInput>;
  /** Of your own making, at least 16 characters, such as a UUID. Sent again with the same key within 24 hours, the same input creates nothing more and is answered with what was created. */
  idempotencyKey?: InputMaybe<Scalars["String"]["input"]>;
};

/** What changes about a path; what is left out stays. Escalations under way keep the path they started on. */
export type EscalationPathChangesInput = {
  name?: InputMaybe<Scalars["String"]["input"]>;
  /** How often to start again from the first level when nobody answered, from 0 to 9. */
  repeats?: InputMaybe<Scalars["Int"]["input"]>;
  levels?: InputMaybe<Array<EscalationLevelInput>>;
};

/** The input of updateEscalationPath. */
export type UpdateEscalationPathInput = {
  id: Scalars["ID"]["input"];
  /** The version that was looked at: when somebody changed it since, nothing is changed, and the error says what holds now. Left out: not looked at. */
  expectedVersion?: InputMaybe<Scalars["Int"]["input"]>;
  changes: EscalationPathChangesInput;
};

/** The result of createEscalationPath. */
export type CreateEscalationPathPayload = {
  __typename?: "CreateEscalationPathPayload";
  escalationPath: EscalationPath;
};

/** The result of updateEscalationPath. */
export type UpdateEscalationPathPayload = {
  __typename?: "UpdateEscalationPathPayload";
  escalationPath: EscalationPath;
};

/** The input of deleteEscalationPath. */
export type DeleteEscalationPathInput = {
  id: Scalars["ID"]["input"];
};

/** The result of deleteEscalationPath. */
export type DeleteEscalationPathPayload = {
  __typename?: "DeleteEscalationPathPayload";
  deletedEscalationPathId: Scalars["ID"]["output"];
};

export type Query = {
  __typename?: "Query";
  /** The escalation of this id. Null when the tenant has none. */
  escalation: Maybe<Escalation>;
  /** The tenant's escalations that match the filter, newest first unless asked otherwise. Null, with an error, when it fails. */
  escalations: Maybe<EscalationConnection>;
  /** The escalation path of this id. Null when the tenant has none. */
  escalationPath: Maybe<EscalationPath>;
  /** The tenant's escalation paths, by name. Null, with an error, when it fails. */
  escalationPaths: Maybe<EscalationPathConnection>;
  /** The ways of reaching somebody that a contact method can use. Null, with an error, when it fails. */
  notifierKinds: Maybe<Array<NotifierKind>>;
};

export type QueryEscalationArgs = {
  id: Scalars["ID"]["input"];
};

export type QueryEscalationsArgs = {
  filter?: InputMaybe<EscalationFilter>;
  direction?: InputMaybe<SortDirection>;
  first?: InputMaybe<Scalars["Int"]["input"]>;
  after?: InputMaybe<Scalars["String"]["input"]>;
  last?: InputMaybe<Scalars["Int"]["input"]>;
  before?: InputMaybe<Scalars["String"]["input"]>;
};

export type QueryEscalationPathArgs = {
  id: Scalars["ID"]["input"];
};

export type QueryEscalationPathsArgs = {
  first?: InputMaybe<Scalars["Int"]["input"]>;
  after?: InputMaybe<Scalars["String"]["input"]>;
  last?: InputMaybe<Scalars["Int"]["input"]>;
  before?: InputMaybe<Scalars["String"]["input"]>;
};

export type Subscription = {
  __typename?: "Subscription";
  /**
   * The pages to whoever is signed in, as they are sent, arrive, fail or are cancelled. The first event says `mayHaveMissed`, and gives the
   * latest as they are: what changes from then on is heard. An API key is paged by nobody, and refused (PERMISSION_DENIED). Null,
   * with an error, when it fails.
   */
  myPages: Maybe<PageChanges>;
};

export type Mutation = {
  __typename?: "Mutation";
  /** Pages people about an incident that is neither resolved nor closed by hand. Null, with an error, when it fails. */
  startEscalation: Maybe<StartEscalationPayload>;
  /** Answers: no later page of this escalation goes out, and whoever answers takes the incident on, also after it expired. Does nothing when somebody answered already or the incident is over. Null, with an error, when it fails. */
  acknowledgeEscalation: Maybe<AcknowledgeEscalationPayload>;
  /** Adds a way of reaching a person. A mail address other than the one they sign in with is mailed a code first, and nothing else until it is confirmed by that. Null, with an error, when it fails. */
  createContactMethod: Maybe<CreateContactMethodPayload>;
  /** Confirms by the code that was mailed last that an address is its person's, so that pages go there. Null, with an error, when it fails. */
  confirmContactMethod: Maybe<ConfirmContactMethodPayload>;
  /** Mails another code to a contact method that is not confirmed; those before are no good any more. Null, with an error, when it fails. */
  mailContactMethodCode: Maybe<MailContactMethodCodePayload>;
  /** Takes a way of reaching a person away. While notification rules use it, it takes another method of theirs, with which the rules go on. Null, with an error, when it fails. */
  deleteContactMethod: Maybe<DeleteContactMethodPayload>;
  /** Says in which order and how soon a person's contact methods are used; replaces what was said before. Left out: one's own. Null, with an error, when it fails. */
  setNotificationRules: Maybe<SetNotificationRulesPayload>;
  /** Creates an escalation path with at least one level, each with at least one target. Null, with an error, when it fails. */
  createEscalationPath: Maybe<CreateEscalationPathPayload>;
  /** Changes an escalation path; escalations that run keep the one they started with. Null, with an error, when it fails. */
  updateEscalationPath: Maybe<UpdateEscalationPathPayload>;
  /** Deletes an escalation path that no alert route pages along; escalations that run keep theirs. Null, with an error, when it fails. */
  deleteEscalationPath: Maybe<DeleteEscalationPathPayload>;
};

export type MutationStartEscalationArgs = {
  input: StartEscalationInput;
};

export type MutationAcknowledgeEscalationArgs = {
  input: AcknowledgeEscalationInput;
};

export type MutationCreateContactMethodArgs = {
  input: CreateContactMethodInput;
};

export type MutationConfirmContactMethodArgs = {
  input: ConfirmContactMethodInput;
};

export type MutationMailContactMethodCodeArgs = {
  input: MailContactMethodCodeInput;
};

export type MutationDeleteContactMethodArgs = {
  input: DeleteContactMethodInput;
};

export type MutationSetNotificationRulesArgs = {
  input: SetNotificationRulesInput;
};

export type MutationCreateEscalationPathArgs = {
  input: CreateEscalationPathInput;
};

export type MutationUpdateEscalationPathArgs = {
  input: UpdateEscalationPathInput;
};

export type MutationDeleteEscalationPathArgs = {
  input: DeleteEscalationPathInput;
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
  Escalation: Escalation;
  Page: Page;
  User: User;
  Incident: Incident;
  ContactMethod: ContactMethod;
  EscalationPath: EscalationPath;
};

/** Mapping of federation reference types */
export type FederationReferenceTypes = {
  Escalation: { __typename: "Escalation" } & GraphQLRecursivePick<
    FederationTypes["Escalation"],
    { id: true }
  >;
  Page: { __typename: "Page" } & GraphQLRecursivePick<FederationTypes["Page"], { id: true }>;
  User: { __typename: "User" } & GraphQLRecursivePick<FederationTypes["User"], { id: true }>;
  Incident: { __typename: "Incident" } & GraphQLRecursivePick<FederationTypes["Incident"], { id: true }>;
  ContactMethod: { __typename: "ContactMethod" } & GraphQLRecursivePick<
    FederationTypes["ContactMethod"],
    { id: true }
  >;
  EscalationPath: { __typename: "EscalationPath" } & GraphQLRecursivePick<
    FederationTypes["EscalationPath"],
    { id: true }
  >;
};

/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  DateTime: ResolverTypeWrapper<Scalars["DateTime"]["output"]>;
  Duration: ResolverTypeWrapper<Scalars["Duration"]["output"]>;
  SortDirection: SortDirection;
  PageInfo: ResolverTypeWrapper<PageInfo>;
  Boolean: ResolverTypeWrapper<Scalars["Boolean"]["output"]>;
  String: ResolverTypeWrapper<Scalars["String"]["output"]>;
  Permission: Permission;
  Escalation: ResolverTypeWrapper<Row<typeof EscalationEntity>>;
  ID: ResolverTypeWrapper<Scalars["ID"]["output"]>;
  EscalationState: EscalationState;
  EscalationTransition: ResolverTypeWrapper<mapped.EscalationTransition>;
  EscalationPathSnapshot: ResolverTypeWrapper<mapped.EscalationPathSnapshot>;
  Page: ResolverTypeWrapper<Row<typeof PageEntity>>;
  PageState: PageState;
  PageAttempt: ResolverTypeWrapper<Row<typeof PageAttemptEntity>>;
  DeliveryErrorCode: DeliveryErrorCode;
  NotifierType: NotifierType;
  User: ResolverTypeWrapper<{ id: string }>;
  Incident: ResolverTypeWrapper<{ id: string }>;
  ContactMethod: ResolverTypeWrapper<mapped.ContactMethod>;
  NotificationRule: ResolverTypeWrapper<mapped.NotificationRule>;
  PageEdge: ResolverTypeWrapper<Omit<PageEdge, "node"> & { node: ResolversTypes["Page"] }>;
  PageConnection: ResolverTypeWrapper<
    Connection<ResolversParentTypes["Page"], ResolversParentTypes["PageEdge"]>
  >;
  EscalationEdge: ResolverTypeWrapper<Omit<EscalationEdge, "node"> & { node: ResolversTypes["Escalation"] }>;
  EscalationConnection: ResolverTypeWrapper<
    Connection<ResolversParentTypes["Escalation"], ResolversParentTypes["EscalationEdge"]>
  >;
  EscalationFilter: EscalationFilter;
  CreateContactMethodInput: CreateContactMethodInput;
  NotificationRuleInput: NotificationRuleInput;
  StartEscalationInput: StartEscalationInput;
  StartEscalationPayload: ResolverTypeWrapper<
    Omit<StartEscalationPayload, "escalation"> & { escalation: ResolversTypes["Escalation"] }
  >;
  AcknowledgeEscalationInput: AcknowledgeEscalationInput;
  AcknowledgeEscalationPayload: ResolverTypeWrapper<
    Omit<AcknowledgeEscalationPayload, "escalation"> & { escalation: ResolversTypes["Escalation"] }
  >;
  CreateContactMethodPayload: ResolverTypeWrapper<
    Omit<CreateContactMethodPayload, "contactMethod"> & { contactMethod: ResolversTypes["ContactMethod"] }
  >;
  ConfirmContactMethodInput: ConfirmContactMethodInput;
  ConfirmContactMethodPayload: ResolverTypeWrapper<
    Omit<ConfirmContactMethodPayload, "contactMethod"> & { contactMethod: ResolversTypes["ContactMethod"] }
  >;
  MailContactMethodCodeInput: MailContactMethodCodeInput;
  MailContactMethodCodePayload: ResolverTypeWrapper<
    Omit<MailContactMethodCodePayload, "contactMethod"> & { contactMethod: ResolversTypes["ContactMethod"] }
  >;
  DeleteContactMethodInput: DeleteContactMethodInput;
  DeleteContactMethodPayload: ResolverTypeWrapper<
    Omit<DeleteContactMethodPayload, "user"> & { user: ResolversTypes["User"] }
  >;
  SetNotificationRulesInput: SetNotificationRulesInput;
  SetNotificationRulesPayload: ResolverTypeWrapper<
    Omit<SetNotificationRulesPayload, "user"> & { user: ResolversTypes["User"] }
  >;
  PageChanges: ResolverTypeWrapper<Omit<PageChanges, "pages"> & { pages: Array<ResolversTypes["Page"]> }>;
  EscalationPath: ResolverTypeWrapper<Row<typeof EscalationPathEntity>>;
  EscalationLevel: ResolverTypeWrapper<mapped.EscalationLevel>;
  EscalationTarget: ResolverTypeWrapper<mapped.EscalationTarget>;
  Schedule: ResolverTypeWrapper<{ id: string }>;
  NotifierKind: ResolverTypeWrapper<mapped.NotifierKind>;
  EscalationPathEdge: ResolverTypeWrapper<
    Omit<EscalationPathEdge, "node"> & { node: ResolversTypes["EscalationPath"] }
  >;
  EscalationPathConnection: ResolverTypeWrapper<
    Connection<ResolversParentTypes["EscalationPath"], ResolversParentTypes["EscalationPathEdge"]>
  >;
  EscalationLevelInput: EscalationLevelInput;
  CreateEscalationPathInput: CreateEscalationPathInput;
  EscalationPathChangesInput: EscalationPathChangesInput;
  UpdateEscalationPathInput: UpdateEscalationPathInput;
  CreateEscalationPathPayload: ResolverTypeWrapper<
    Omit<CreateEscalationPathPayload, "escalationPath"> & { escalationPath: ResolversTypes["EscalationPath"] }
  >;
  UpdateEscalationPathPayload: ResolverTypeWrapper<
    Omit<UpdateEscalationPathPayload, "escalationPath"> & { escalationPath: ResolversTypes["EscalationPath"] }
  >;
  DeleteEscalationPathInput: DeleteEscalationPathInput;
  DeleteEscalationPathPayload: ResolverTypeWrapper<DeleteEscalationPathPayload>;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  Subscription: ResolverTypeWrapper<Record<PropertyKey, never>>;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  Int: ResolverTypeWrapper<Scalars["Int"]["output"]>;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  DateTime: Scalars["DateTime"]["output"];
  Duration: Scalars["Duration"]["output"];
  PageInfo: PageInfo;
  Boolean: Scalars["Boolean"]["output"];
  String: Scalars["String"]["output"];
  Escalation: Row<typeof EscalationEntity>;
  ID: Scalars["ID"]["output"];
  EscalationTransition: mapped.EscalationTransition;
  EscalationPathSnapshot: mapped.EscalationPathSnapshot;
  Page: Row<typeof PageEntity>;
  PageAttempt: Row<typeof PageAttemptEntity>;
  User: { id: string };
  Incident: { id: string };
  ContactMethod: mapped.ContactMethod;
  NotificationRule: mapped.NotificationRule;
  PageEdge: Omit<PageEdge, "node"> & { node: ResolversParentTypes["Page"] };
  PageConnection: Connection<ResolversParentTypes["Page"], ResolversParentTypes["PageEdge"]>;
  EscalationEdge: Omit<EscalationEdge, "node"> & { node: ResolversParentTypes["Escalation"] };
  EscalationConnection: Connection<
    ResolversParentTypes["Escalation"],
    ResolversParentTypes["EscalationEdge"]
  >;
  EscalationFilter: EscalationFilter;
  CreateContactMethodInput: CreateContactMethodInput;
  NotificationRuleInput: NotificationRuleInput;
  StartEscalationInput: StartEscalationInput;
  StartEscalationPayload: Omit<StartEscalationPayload, "escalation"> & {
    escalation: ResolversParentTypes["Escalation"];
  };
  AcknowledgeEscalationInput: AcknowledgeEscalationInput;
  AcknowledgeEscalationPayload: Omit<AcknowledgeEscalationPayload, "escalation"> & {
    escalation: ResolversParentTypes["Escalation"];
  };
  CreateContactMethodPayload: Omit<CreateContactMethodPayload, "contactMethod"> & {
    contactMethod: ResolversParentTypes["ContactMethod"];
  };
  ConfirmContactMethodInput: ConfirmContactMethodInput;
  ConfirmContactMethodPayload: Omit<ConfirmContactMethodPayload, "contactMethod"> & {
    contactMethod: ResolversParentTypes["ContactMethod"];
  };
  MailContactMethodCodeInput: MailContactMethodCodeInput;
  MailContactMethodCodePayload: Omit<MailContactMethodCodePayload, "contactMethod"> & {
    contactMethod: ResolversParentTypes["ContactMethod"];
  };
  DeleteContactMethodInput: DeleteContactMethodInput;
  DeleteContactMethodPayload: Omit<DeleteContactMethodPayload, "user"> & {
    user: ResolversParentTypes["User"];
  };
  SetNotificationRulesInput: SetNotificationRulesInput;
  SetNotificationRulesPayload: Omit<SetNotificationRulesPayload, "user"> & {
    user: ResolversParentTypes["User"];
  };
  PageChanges: Omit<PageChanges, "pages"> & { pages: Array<ResolversParentTypes["Page"]> };
  EscalationPath: Row<typeof EscalationPathEntity>;
  EscalationLevel: mapped.EscalationLevel;
  EscalationTarget: mapped.EscalationTarget;
  Schedule: { id: string };
  NotifierKind: mapped.NotifierKind;
  EscalationPathEdge: Omit<EscalationPathEdge, "node"> & { node: ResolversParentTypes["EscalationPath"] };
  EscalationPathConnection: Connection<
    ResolversParentTypes["EscalationPath"],
    ResolversParentTypes["EscalationPathEdge"]
  >;
  EscalationLevelInput: EscalationLevelInput;
  CreateEscalationPathInput: CreateEscalationPathInput;
  EscalationPathChangesInput: EscalationPathChangesInput;
  UpdateEscalationPathInput: UpdateEscalationPathInput;
  CreateEscalationPathPayload: Omit<CreateEscalationPathPayload, "escalationPath"> & {
    escalationPath: ResolversParentTypes["EscalationPath"];
  };
  UpdateEscalationPathPayload: Omit<UpdateEscalationPathPayload, "escalationPath"> & {
    escalationPath: ResolversParentTypes["EscalationPath"];
  };
  DeleteEscalationPathInput: DeleteEscalationPathInput;
  DeleteEscalationPathPayload: DeleteEscalationPathPayload;
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

export type PageInfoResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes["PageInfo"] = ResolversParentTypes["PageInfo"],
> = {
  hasNextPage?: Resolver<ResolversTypes["Boolean"], ParentType, ContextType>;
  hasPreviousPage?: Resolver<ResolversTypes["Boolean"], ParentType, ContextType>;
  startCursor?: Resolver<Maybe<ResolversTypes["String"]>, ParentType, ContextType>;
  endCursor?: Resolver<Maybe<ResolversTypes["String"]>, ParentType, ContextType>;
};

type EscalationFields<
  ContextType = Context,
  ParentType extends ResolversParentTypes["Escalation"] = ResolversParentTypes["Escalation"],
  FederationReferenceType extends FederationReferenceTypes["Escalation"] =
    FederationReferenceTypes["Escalation"],
> = {
  __resolveReference?: ReferenceResolver<
    Maybe<ResolversTypes["Escalation"]> | FederationReferenceType,
    FederationReferenceType,
    ContextType
  >;
  id?: Resolver<ResolversTypes["ID"], ParentType, ContextType>;
  incident?: Resolver<Maybe<ResolversTypes["Incident"]>, ParentType, ContextType>;
  path?: Resolver<ResolversTypes["EscalationPathSnapshot"], ParentType, ContextType>;
  state?: Resolver<ResolversTypes["EscalationState"], ParentType, ContextType>;
  level?: Resolver<ResolversTypes["Int"], ParentType, ContextType>;
  round?: Resolver<ResolversTypes["Int"], ParentType, ContextType>;
  nextLevelAt?: Resolver<Maybe<ResolversTypes["DateTime"]>, ParentType, ContextType>;
  startedAt?: Resolver<ResolversTypes["DateTime"], ParentType, ContextType>;
  acknowledgedBy?: Resolver<Maybe<ResolversTypes["User"]>, ParentType, ContextType>;
  pages?: Resolver<ResolversTypes["PageConnection"], ParentType, ContextType, Partial<EscalationPagesArgs>>;
  history?: Resolver<Array<ResolversTypes["EscalationTransition"]>, ParentType, ContextType>;
};

type EscalationTransitionFields<
  ContextType = Context,
  ParentType extends ResolversParentTypes["EscalationTransition"] =
    ResolversParentTypes["EscalationTransition"],
> = {
  from?: Resolver<Maybe<ResolversTypes["EscalationState"]>, ParentType, ContextType>;
  to?: Resolver<ResolversTypes["EscalationState"], ParentType, ContextType>;
  at?: Resolver<ResolversTypes["DateTime"], ParentType, ContextType>;
  by?: Resolver<Maybe<ResolversTypes["User"]>, ParentType, ContextType>;
};

type EscalationPathSnapshotFields<
  ContextType = Context,
  ParentType extends ResolversParentTypes["EscalationPathSnapshot"] =
    ResolversParentTypes["EscalationPathSnapshot"],
> = {
  path?: Resolver<Maybe<ResolversTypes["EscalationPath"]>, ParentType, ContextType>;
  name?: Resolver<ResolversTypes["String"], ParentType, ContextType>;
  repeats?: Resolver<ResolversTypes["Int"], ParentType, ContextType>;
  levels?: Resolver<Array<ResolversTypes["EscalationLevel"]>, ParentType, ContextType>;
};

type PageFields<
  ContextType = Context,
  ParentType extends ResolversParentTypes["Page"] = ResolversParentTypes["Page"],
  FederationReferenceType extends FederationReferenceTypes["Page"] = FederationReferenceTypes["Page"],
> = {
  __resolveReference?: ReferenceResolver<
    Maybe<ResolversTypes["Page"]> | FederationReferenceType,
    FederationReferenceType,
    ContextType
  >;
  id?: Resolver<ResolversTypes["ID"], ParentType, ContextType>;
  escalation?: Resolver<ResolversTypes["Escalation"], ParentType, ContextType>;
  user?: Resolver<Maybe<ResolversTypes["User"]>, ParentType, ContextType>;
  level?: Resolver<ResolversTypes["Int"], ParentType, ContextType>;
  round?: Resolver<ResolversTypes["Int"], ParentType, ContextType>;
  notifier?: Resolver<ResolversTypes["NotifierType"], ParentType, ContextType>;
  address?: Resolver<ResolversTypes["String"], ParentType, ContextType>;
  state?: Resolver<ResolversTypes["PageState"], ParentType, ContextType>;
  cancelReason?: Resolver<Maybe<ResolversTypes["String"]>, ParentType, ContextType>;
  fallbackOf?: Resolver<Maybe<ResolversTypes["Page"]>, ParentType, ContextType>;
  dueAt?: Resolver<ResolversTypes["DateTime"], ParentType, ContextType>;
  sentAt?: Resolver<Maybe<ResolversTypes["DateTime"]>, ParentType, ContextType>;
  attempts?: Resolver<Array<ResolversTypes["PageAttempt"]>, ParentType, ContextType>;
};

type PageAttemptFields<
  ContextType = Context,
  ParentType extends ResolversParentTypes["PageAttempt"] = ResolversParentTypes["PageAttempt"],
> = {
  number?: Resolver<ResolversTypes["Int"], ParentType, ContextType>;
  at?: Resolver<ResolversTypes["DateTime"], ParentType, ContextType>;
  succeeded?: Resolver<ResolversTypes["Boolean"], ParentType, ContextType>;
  error?: Resolver<Maybe<ResolversTypes["String"]>, ParentType, ContextType>;
  errorCode?: Resolver<Maybe<ResolversTypes["DeliveryErrorCode"]>, ParentType, ContextType>;
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
  contactMethods?: Resolver<Maybe<Array<ResolversTypes["ContactMethod"]>>, ParentType, ContextType>;
  notificationRules?: Resolver<Maybe<Array<ResolversTypes["NotificationRule"]>>, ParentType, ContextType>;
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
  escalations?: Resolver<Array<ResolversTypes["Escalation"]>, ParentType, ContextType>;
};

type ContactMethodFields<
  ContextType = Context,
  ParentType extends ResolversParentTypes["ContactMethod"] = ResolversParentTypes["ContactMethod"],
  FederationReferenceType extends FederationReferenceTypes["ContactMethod"] =
    FederationReferenceTypes["ContactMethod"],
> = {
  __resolveReference?: ReferenceResolver<
    Maybe<ResolversTypes["ContactMethod"]> | FederationReferenceType,
    FederationReferenceType,
    ContextType
  >;
  id?: Resolver<ResolversTypes["ID"], ParentType, ContextType>;
  name?: Resolver<ResolversTypes["String"], ParentType, ContextType>;
  notifier?: Resolver<ResolversTypes["NotifierType"], ParentType, ContextType>;
  address?: Resolver<Maybe<ResolversTypes["String"]>, ParentType, ContextType>;
  confirmedAt?: Resolver<Maybe<ResolversTypes["DateTime"]>, ParentType, ContextType>;
};

type NotificationRuleFields<
  ContextType = Context,
  ParentType extends ResolversParentTypes["NotificationRule"] = ResolversParentTypes["NotificationRule"],
> = {
  contactMethod?: Resolver<ResolversTypes["ContactMethod"], ParentType, ContextType>;
  delay?: Resolver<ResolversTypes["Duration"], ParentType, ContextType>;
};

export type PageEdgeResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes["PageEdge"] = ResolversParentTypes["PageEdge"],
> = {
  node?: Resolver<ResolversTypes["Page"], ParentType, ContextType>;
  cursor?: Resolver<ResolversTypes["String"], ParentType, ContextType>;
};

type PageConnectionFields<
  ContextType = Context,
  ParentType extends ResolversParentTypes["PageConnection"] = ResolversParentTypes["PageConnection"],
> = {
  nodes?: Resolver<Array<ResolversTypes["Page"]>, ParentType, ContextType>;
  edges?: Resolver<Array<ResolversTypes["PageEdge"]>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes["PageInfo"], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes["Int"], ParentType, ContextType>;
};

export type EscalationEdgeResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes["EscalationEdge"] = ResolversParentTypes["EscalationEdge"],
> = {
  node?: Resolver<ResolversTypes["Escalation"], ParentType, ContextType>;
  cursor?: Resolver<ResolversTypes["String"], ParentType, ContextType>;
};

type EscalationConnectionFields<
  ContextType = Context,
  ParentType extends ResolversParentTypes["EscalationConnection"] =
    ResolversParentTypes["EscalationConnection"],
> = {
  nodes?: Resolver<Array<ResolversTypes["Escalation"]>, ParentType, ContextType>;
  edges?: Resolver<Array<ResolversTypes["EscalationEdge"]>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes["PageInfo"], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes["Int"], ParentType, ContextType>;
};

export type StartEscalationPayloadResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes["StartEscalationPayload"] =
    ResolversParentTypes["StartEscalationPayload"],
> = {
  escalation?: Resolver<ResolversTypes["Escalation"], ParentType, ContextType>;
};

export type AcknowledgeEscalationPayloadResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes["AcknowledgeEscalationPayload"] =
    ResolversParentTypes["AcknowledgeEscalationPayload"],
> = {
  escalation?: Resolver<ResolversTypes["Escalation"], ParentType, ContextType>;
};

export type CreateContactMethodPayloadResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes["CreateContactMethodPayload"] =
    ResolversParentTypes["CreateContactMethodPayload"],
> = {
  contactMethod?: Resolver<ResolversTypes["ContactMethod"], ParentType, ContextType>;
  signingSecret?: Resolver<Maybe<ResolversTypes["String"]>, ParentType, ContextType>;
};

export type ConfirmContactMethodPayloadResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes["ConfirmContactMethodPayload"] =
    ResolversParentTypes["ConfirmContactMethodPayload"],
> = {
  contactMethod?: Resolver<ResolversTypes["ContactMethod"], ParentType, ContextType>;
};

export type MailContactMethodCodePayloadResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes["MailContactMethodCodePayload"] =
    ResolversParentTypes["MailContactMethodCodePayload"],
> = {
  contactMethod?: Resolver<ResolversTypes["ContactMethod"], ParentType, ContextType>;
};

export type DeleteContactMethodPayloadResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes["DeleteContactMethodPayload"] =
    ResolversParentTypes["DeleteContactMethodPayload"],
> = {
  deletedContactMethodId?: Resolver<ResolversTypes["ID"], ParentType, ContextType>;
  user?: Resolver<ResolversTypes["User"], ParentType, ContextType>;
};

export type SetNotificationRulesPayloadResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes["SetNotificationRulesPayload"] =
    ResolversParentTypes["SetNotificationRulesPayload"],
> = {
  user?: Resolver<ResolversTypes["User"], ParentType, ContextType>;
};

export type PageChangesResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes["PageChanges"] = ResolversParentTypes["PageChanges"],
> = {
  pages?: Resolver<Array<ResolversTypes["Page"]>, ParentType, ContextType>;
  mayHaveMissed?: Resolver<ResolversTypes["Boolean"], ParentType, ContextType>;
};

type EscalationPathFields<
  ContextType = Context,
  ParentType extends ResolversParentTypes["EscalationPath"] = ResolversParentTypes["EscalationPath"],
  FederationReferenceType extends FederationReferenceTypes["EscalationPath"] =
    FederationReferenceTypes["EscalationPath"],
> = {
  __resolveReference?: ReferenceResolver<
    Maybe<ResolversTypes["EscalationPath"]> | FederationReferenceType,
    FederationReferenceType,
    ContextType
  >;
  id?: Resolver<ResolversTypes["ID"], ParentType, ContextType>;
  name?: Resolver<ResolversTypes["String"], ParentType, ContextType>;
  repeats?: Resolver<ResolversTypes["Int"], ParentType, ContextType>;
  levels?: Resolver<Array<ResolversTypes["EscalationLevel"]>, ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes["DateTime"], ParentType, ContextType>;
  version?: Resolver<ResolversTypes["Int"], ParentType, ContextType>;
};

type EscalationLevelFields<
  ContextType = Context,
  ParentType extends ResolversParentTypes["EscalationLevel"] = ResolversParentTypes["EscalationLevel"],
> = {
  targets?: Resolver<Array<ResolversTypes["EscalationTarget"]>, ParentType, ContextType>;
  wait?: Resolver<ResolversTypes["Duration"], ParentType, ContextType>;
};

type EscalationTargetFields<
  ContextType = Context,
  ParentType extends ResolversParentTypes["EscalationTarget"] = ResolversParentTypes["EscalationTarget"],
> = {
  user?: Resolver<Maybe<ResolversTypes["User"]>, ParentType, ContextType>;
  schedule?: Resolver<Maybe<ResolversTypes["Schedule"]>, ParentType, ContextType>;
};

type ScheduleFields<
  ContextType = Context,
  ParentType extends ResolversParentTypes["Schedule"] = ResolversParentTypes["Schedule"],
> = {
  id?: Resolver<ResolversTypes["ID"], ParentType, ContextType>;
};

type NotifierKindFields<
  ContextType = Context,
  ParentType extends ResolversParentTypes["NotifierKind"] = ResolversParentTypes["NotifierKind"],
> = {
  type?: Resolver<ResolversTypes["NotifierType"], ParentType, ContextType>;
  name?: Resolver<ResolversTypes["String"], ParentType, ContextType>;
  docs?: Resolver<ResolversTypes["String"], ParentType, ContextType>;
};

export type EscalationPathEdgeResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes["EscalationPathEdge"] = ResolversParentTypes["EscalationPathEdge"],
> = {
  node?: Resolver<ResolversTypes["EscalationPath"], ParentType, ContextType>;
  cursor?: Resolver<ResolversTypes["String"], ParentType, ContextType>;
};

type EscalationPathConnectionFields<
  ContextType = Context,
  ParentType extends ResolversParentTypes["EscalationPathConnection"] =
    ResolversParentTypes["EscalationPathConnection"],
> = {
  nodes?: Resolver<Array<ResolversTypes["EscalationPath"]>, ParentType, ContextType>;
  edges?: Resolver<Array<ResolversTypes["EscalationPathEdge"]>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes["PageInfo"], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes["Int"], ParentType, ContextType>;
};

export type CreateEscalationPathPayloadResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes["CreateEscalationPathPayload"] =
    ResolversParentTypes["CreateEscalationPathPayload"],
> = {
  escalationPath?: Resolver<ResolversTypes["EscalationPath"], ParentType, ContextType>;
};

export type UpdateEscalationPathPayloadResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes["UpdateEscalationPathPayload"] =
    ResolversParentTypes["UpdateEscalationPathPayload"],
> = {
  escalationPath?: Resolver<ResolversTypes["EscalationPath"], ParentType, ContextType>;
};

export type DeleteEscalationPathPayloadResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes["DeleteEscalationPathPayload"] =
    ResolversParentTypes["DeleteEscalationPathPayload"],
> = {
  deletedEscalationPathId?: Resolver<ResolversTypes["ID"], ParentType, ContextType>;
};

export type QueryResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes["Query"] = ResolversParentTypes["Query"],
> = {
  escalation?: Resolver<
    Maybe<ResolversTypes["Escalation"]>,
    ParentType,
    ContextType,
    RequireFields<QueryEscalationArgs, "id">
  >;
  escalations?: Resolver<
    Maybe<ResolversTypes["EscalationConnection"]>,
    ParentType,
    ContextType,
    RequireFields<QueryEscalationsArgs, "direction">
  >;
  escalationPath?: Resolver<
    Maybe<ResolversTypes["EscalationPath"]>,
    ParentType,
    ContextType,
    RequireFields<QueryEscalationPathArgs, "id">
  >;
  escalationPaths?: Resolver<
    Maybe<ResolversTypes["EscalationPathConnection"]>,
    ParentType,
    ContextType,
    Partial<QueryEscalationPathsArgs>
  >;
  notifierKinds?: Resolver<Maybe<Array<ResolversTypes["NotifierKind"]>>, ParentType, ContextType>;
};

export type SubscriptionResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes["Subscription"] = ResolversParentTypes["Subscription"],
> = {
  myPages?: SubscriptionResolver<Maybe<ResolversTypes["PageChanges"]>, "myPages", ParentType, ContextType>;
};

export type MutationResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes["Mutation"] = ResolversParentTypes["Mutation"],
> = {
  startEscalation?: Resolver<
    Maybe<ResolversTypes["StartEscalationPayload"]>,
    ParentType,
    ContextType,
    RequireFields<MutationStartEscalationArgs, "input">
  >;
  acknowledgeEscalation?: Resolver<
    Maybe<ResolversTypes["AcknowledgeEscalationPayload"]>,
    ParentType,
    ContextType,
    RequireFields<MutationAcknowledgeEscalationArgs, "input">
  >;
  createContactMethod?: Resolver<
    Maybe<ResolversTypes["CreateContactMethodPayload"]>,
    ParentType,
    ContextType,
    RequireFields<MutationCreateContactMethodArgs, "input">
  >;
  confirmContactMethod?: Resolver<
    Maybe<ResolversTypes["ConfirmContactMethodPayload"]>,
    ParentType,
    ContextType,
    RequireFields<MutationConfirmContactMethodArgs, "input">
  >;
  mailContactMethodCode?: Resolver<
    Maybe<ResolversTypes["MailContactMethodCodePayload"]>,
    ParentType,
    ContextType,
    RequireFields<MutationMailContactMethodCodeArgs, "input">
  >;
  deleteContactMethod?: Resolver<
    Maybe<ResolversTypes["DeleteContactMethodPayload"]>,
    ParentType,
    ContextType,
    RequireFields<MutationDeleteContactMethodArgs, "input">
  >;
  setNotificationRules?: Resolver<
    Maybe<ResolversTypes["SetNotificationRulesPayload"]>,
    ParentType,
    ContextType,
    RequireFields<MutationSetNotificationRulesArgs, "input">
  >;
  createEscalationPath?: Resolver<
    Maybe<ResolversTypes["CreateEscalationPathPayload"]>,
    ParentType,
    ContextType,
    RequireFields<MutationCreateEscalationPathArgs, "input">
  >;
  updateEscalationPath?: Resolver<
    Maybe<ResolversTypes["UpdateEscalationPathPayload"]>,
    ParentType,
    ContextType,
    RequireFields<MutationUpdateEscalationPathArgs, "input">
  >;
  deleteEscalationPath?: Resolver<
    Maybe<ResolversTypes["DeleteEscalationPathPayload"]>,
    ParentType,
    ContextType,
    RequireFields<MutationDeleteEscalationPathArgs, "input">
  >;
};

type OptionalResolvers<ContextType = Context> = {
  DateTime?: GraphQLScalarType;
  Duration?: GraphQLScalarType;
  PageInfo?: PageInfoResolvers<ContextType>;
  Escalation?: EscalationResolvers<ContextType>;
  EscalationTransition?: EscalationTransitionResolvers<ContextType>;
  EscalationPathSnapshot?: EscalationPathSnapshotResolvers<ContextType>;
  Page?: PageResolvers<ContextType>;
  PageAttempt?: PageAttemptResolvers<ContextType>;
  User?: UserResolvers<ContextType>;
  Incident?: IncidentResolvers<ContextType>;
  ContactMethod?: ContactMethodResolvers<ContextType>;
  NotificationRule?: NotificationRuleResolvers<ContextType>;
  PageEdge?: PageEdgeResolvers<ContextType>;
  PageConnection?: PageConnectionResolvers<ContextType>;
  EscalationEdge?: EscalationEdgeResolvers<ContextType>;
  EscalationConnection?: EscalationConnectionResolvers<ContextType>;
  StartEscalationPayload?: StartEscalationPayloadResolvers<ContextType>;
  AcknowledgeEscalationPayload?: AcknowledgeEscalationPayloadResolvers<ContextType>;
  CreateContactMethodPayload?: CreateContactMethodPayloadResolvers<ContextType>;
  ConfirmContactMethodPayload?: ConfirmContactMethodPayloadResolvers<ContextType>;
  MailContactMethodCodePayload?: MailContactMethodCodePayloadResolvers<ContextType>;
  DeleteContactMethodPayload?: DeleteContactMethodPayloadResolvers<ContextType>;
  SetNotificationRulesPayload?: SetNotificationRulesPayloadResolvers<ContextType>;
  PageChanges?: PageChangesResolvers<ContextType>;
  EscalationPath?: EscalationPathResolvers<ContextType>;
  EscalationLevel?: EscalationLevelResolvers<ContextType>;
  EscalationTarget?: EscalationTargetResolvers<ContextType>;
  Schedule?: ScheduleResolvers<ContextType>;
  NotifierKind?: NotifierKindResolvers<ContextType>;
  EscalationPathEdge?: EscalationPathEdgeResolvers<ContextType>;
  EscalationPathConnection?: EscalationPathConnectionResolvers<ContextType>;
  CreateEscalationPathPayload?: CreateEscalationPathPayloadResolvers<ContextType>;
  UpdateEscalationPathPayload?: UpdateEscalationPathPayloadResolvers<ContextType>;
  DeleteEscalationPathPayload?: DeleteEscalationPathPayloadResolvers<ContextType>;
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

export type EscalationResolvers<ContextType = Context> = Answered<
  EscalationFields<ContextType>,
  ResolversParentTypes["Escalation"]
>;
export type EscalationTransitionResolvers<ContextType = Context> = Answered<
  EscalationTransitionFields<ContextType>,
  ResolversParentTypes["EscalationTransition"]
>;
export type EscalationPathSnapshotResolvers<ContextType = Context> = Answered<
  EscalationPathSnapshotFields<ContextType>,
  ResolversParentTypes["EscalationPathSnapshot"]
>;
export type PageResolvers<ContextType = Context> = Answered<
  PageFields<ContextType>,
  ResolversParentTypes["Page"]
>;
export type PageAttemptResolvers<ContextType = Context> = Answered<
  PageAttemptFields<ContextType>,
  ResolversParentTypes["PageAttempt"]
>;
export type UserResolvers<ContextType = Context> = Answered<
  UserFields<ContextType>,
  ResolversParentTypes["User"]
>;
export type IncidentResolvers<ContextType = Context> = Answered<
  IncidentFields<ContextType>,
  ResolversParentTypes["Incident"]
>;
export type ContactMethodResolvers<ContextType = Context> = Answered<
  ContactMethodFields<ContextType>,
  ResolversParentTypes["ContactMethod"]
>;
export type NotificationRuleResolvers<ContextType = Context> = Answered<
  NotificationRuleFields<ContextType>,
  ResolversParentTypes["NotificationRule"]
>;
export type PageConnectionResolvers<ContextType = Context> = Answered<
  PageConnectionFields<ContextType>,
  ResolversParentTypes["PageConnection"]
>;
export type EscalationConnectionResolvers<ContextType = Context> = Answered<
  EscalationConnectionFields<ContextType>,
  ResolversParentTypes["EscalationConnection"]
>;
export type EscalationPathResolvers<ContextType = Context> = Answered<
  EscalationPathFields<ContextType>,
  ResolversParentTypes["EscalationPath"]
>;
export type EscalationLevelResolvers<ContextType = Context> = Answered<
  EscalationLevelFields<ContextType>,
  ResolversParentTypes["EscalationLevel"]
>;
export type EscalationTargetResolvers<ContextType = Context> = Answered<
  EscalationTargetFields<ContextType>,
  ResolversParentTypes["EscalationTarget"]
>;
export type ScheduleResolvers<ContextType = Context> = Answered<
  ScheduleFields<ContextType>,
  ResolversParentTypes["Schedule"]
>;
export type NotifierKindResolvers<ContextType = Context> = Answered<
  NotifierKindFields<ContextType>,
  ResolversParentTypes["NotifierKind"]
>;
export type EscalationPathConnectionResolvers<ContextType = Context> = Answered<
  EscalationPathConnectionFields<ContextType>,
  ResolversParentTypes["EscalationPathConnection"]
>;
export type Resolvers<ContextType = Context> = OptionalResolvers<ContextType> &
  Demanded<{
    Escalation: EscalationResolvers<ContextType>;
    EscalationTransition: EscalationTransitionResolvers<ContextType>;
    EscalationPathSnapshot: EscalationPathSnapshotResolvers<ContextType>;
    Page: PageResolvers<ContextType>;
    PageAttempt: PageAttemptResolvers<ContextType>;
    User: UserResolvers<ContextType>;
    Incident: IncidentResolvers<ContextType>;
    ContactMethod: ContactMethodResolvers<ContextType>;
    NotificationRule: NotificationRuleResolvers<ContextType>;
    PageConnection: PageConnectionResolvers<ContextType>;
    EscalationConnection: EscalationConnectionResolvers<ContextType>;
    EscalationPath: EscalationPathResolvers<ContextType>;
    EscalationLevel: EscalationLevelResolvers<ContextType>;
    EscalationTarget: EscalationTargetResolvers<ContextType>;
    Schedule: ScheduleResolvers<ContextType>;
    NotifierKind: NotifierKindResolvers<ContextType>;
    EscalationPathConnection: EscalationPathConnectionResolvers<ContextType>;
  }>;
