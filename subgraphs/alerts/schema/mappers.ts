import type { AlertEvent as StoredEvent } from "../entities/AlertEvent.ts";
import type { RouteAction as StoredAction } from "../entities/AlertRoute.ts";
import type { RefusedRequest as StoredRequest } from "../entities/RefusedRequest.ts";
import type { RoutingPreview as Preview } from "../previewAlertRouting.ts";
import type { RouteConditionInput } from "../rules/routeConditions.ts";
import type { AnyAlertSourceKind } from "../sources/alertSources.ts";

// What resolvers hand on for a type, where that is not the row of its entity.

/** A member of the registry. */
export type AlertSourceKind = AnyAlertSourceKind;

/** The action as it is stored. */
export type RouteAction = StoredAction;

/** The condition as one would say it. */
export type RouteCondition = RouteConditionInput;

/** The preview as the use case gives it. */
export type RoutingPreview = Preview;

/** A label as the graph lists it. */
export interface AlertLabel {
  name: string;
  value: string;
}

/** The event as it is stored; its payload where it was asked for by its id. */
export type AlertEvent = Omit<StoredEvent, "payload"> & { payload?: unknown };

/** The request as it is stored; its body where it was asked for by its id. */
export type RefusedRequest = Omit<StoredRequest, "body"> & { body?: string };
