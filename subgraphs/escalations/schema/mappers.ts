import type { ContactMethod as StoredMethod } from "../entities/ContactMethod.ts";
import type { PathSnapshot } from "../entities/Escalation.ts";
import type { EscalationLevel as StoredLevel } from "../entities/EscalationPath.ts";
import type { EscalationTransition as StoredTransition } from "../entities/EscalationTransition.ts";
import type { NotificationRule as StoredRule } from "../entities/NotificationRule.ts";
import type { Target } from "../resolvers/targetsOf.ts";
import type { NotifierKind as Kind } from "../notifiers/notifier.ts";
import type { NotifierType } from "../notifiers/notifiers.ts";

// What resolvers hand on for a type, where that is not the row of its entity.

/** The snapshot as it is stored. */
export type EscalationPathSnapshot = PathSnapshot;

/** A level as it is stored. */
export type EscalationLevel = StoredLevel;

/** A user or a schedule, by its id. */
export type EscalationTarget = Target;

/** A move as it is stored. */
export type EscalationTransition = StoredTransition;

/** A rule as it is stored. */
export type NotificationRule = StoredRule;

/** A contact method as it is stored. */
export type ContactMethod = StoredMethod;

/** A member of the registry. */
export type NotifierKind = Kind<NotifierType>;
