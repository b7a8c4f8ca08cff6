// Generated from supergraph/permissions.yml by `npm run codegen`

/** Every permission there is, with what it permits. */
export const permissions = [
  { name: "SchemaRead", description: "Read the schema by introspection" },
  { name: "UserRead", description: "See the people of the tenant" },
  { name: "UserInvite", description: "Invite a person into the tenant" },
  { name: "UserUpdate", description: "Change another person's name, time zone or state" },
  { name: "TeamRead", description: "See teams and who is in them" },
  { name: "TeamManage", description: "Create teams and change who is in them" },
  { name: "RoleRead", description: "See roles and what they permit" },
  { name: "RoleManage", description: "Create roles and change what they permit" },
  { name: "RoleAssign", description: "Give a role to a person or take it away" },
  { name: "ApiKeyRead", description: "See the tenant's API keys, never their secrets" },
  { name: "ApiKeyCreate", description: "Create an API key with at most one's own permissions" },
  { name: "ApiKeyRevoke", description: "Revoke an API key" },
  { name: "AlertRead", description: "Read alerts and their events" },
  { name: "AlertResolve", description: "Resolve an alert by hand" },
  { name: "AlertSourceRead", description: "See alert sources" },
  { name: "AlertSourceManage", description: "Create alert sources, rotate their tokens, disable them" },
  { name: "AlertRouteRead", description: "See alert routes and preview what a payload would do" },
  { name: "AlertRouteManage", description: "Create, change, order and delete alert routes" },
  { name: "RefusedRequestRead", description: "Look at webhook requests that were refused" },
  { name: "RefusedRequestReplay", description: "Replay a webhook request that was refused" },
  { name: "IncidentRead", description: "Read incidents and their timeline" },
  { name: "IncidentCreate", description: "Open an incident" },
  {
    name: "IncidentUpdate",
    description: "Change title, summary, severity and lead, add notes to the timeline",
  },
  { name: "IncidentAcknowledge", description: "Acknowledge an incident, which stops its pages" },
  { name: "IncidentResolve", description: "Resolve, close and reopen an incident" },
  { name: "IncidentMerge", description: "Merge an incident into another" },
  { name: "ParkedWorkRead", description: "See what keeps failing and waits for somebody to look at it" },
  { name: "ParkedWorkManage", description: "Have what keeps failing tried again, or discard it" },
  { name: "ScheduleRead", description: "See schedules, shifts and who is on call" },
  { name: "ScheduleManage", description: "Create schedules and change their rotations" },
  { name: "ScheduleOverride", description: "Put somebody on call for a while in place of another" },
  { name: "EscalationPathRead", description: "See escalation paths" },
  { name: "EscalationPathManage", description: "Create, change and delete escalation paths" },
  { name: "EscalationRead", description: "See escalations and who was paged when and how" },
  { name: "EscalationStart", description: "Page people about an incident by hand" },
  { name: "EscalationAcknowledge", description: "Acknowledge an escalation, which stops its pages" },
  { name: "ContactMethodRead", description: "See how another person is reached" },
  { name: "ContactMethodManage", description: "Change how another person is reached" },
] as const;

/** The name of a permission. */
export type Permission = (typeof permissions)[number]["name"];
