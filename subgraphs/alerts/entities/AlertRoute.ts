import { tenantEntity, type Row } from "#shared/database/entity.ts";
import type { RepagePolicy, Severity } from "#supergraph/commands.ts";

/** What a condition looks at. */
export type RouteConditionSubject = "SOURCE" | "TITLE" | "LABEL" | "PRIORITY";

/** How a condition compares. */
export type RouteConditionOperator = "ONE_OF" | "NONE_OF" | "MATCHES" | "EXISTS" | "DOES_NOT_EXIST";

/** Something that must hold for a route to be taken. */
export interface RouteCondition {
  subject: RouteConditionSubject;
  /** The label's name, when the subject is LABEL. */
  label: string | null;
  operator: RouteConditionOperator;
  values: string[];
}

/** What a route does with the alerts it takes. */
export interface RouteAction {
  openIncident: boolean;
  /** Null: each alert is an incident of its own; empty: all alerts of the route are one group. */
  groupByLabels: string[] | null;
  groupWindowSeconds: number;
  /** Null: follows from the alert's priority. */
  severity: Severity | null;
  escalationPathId: string | null;
  resolveWithAlerts: boolean;
  /** When an alert that joins an open incident pages again. Routes of before this was a choice lack it. */
  repage?: RepagePolicy;
  /** How long an alert that flaps belongs to one incident and pages once; 0 for never. Routes of before lack it. */
  dampingSeconds?: number;
}

/** A rule that says what an alert leads to. */
export const AlertRoute = tenantEntity({
  name: "AlertRoute",
  schema: "alerts",
  properties: (p) => ({
    name: p.text(),
    /** From 1, without holes. */
    position: p.integer(),
    enabled: p.boolean(),
    conditions: p.json().$type<RouteCondition[]>(),
    action: p.json().$type<RouteAction>(),
    /** Counts the changes from 1. */
    version: p.integer().default(1),
  }),
  indexes: [{ properties: ["position"] }],
});

/** One alert route as it is stored. */
export type AlertRoute = Row<typeof AlertRoute>;
