import type { RouteAction as StoredAction } from "../entities/AlertRoute.ts";
import type { RoutingPreview as Preview } from "../previewAlertRouting.ts";
import type { AnyAlertSourceKind } from "../sources/alertSources.ts";

// What resolvers hand on for a type, where that is not the row of its entity.

/** A member of the registry. */
export type AlertSourceKind = AnyAlertSourceKind;

/** The action as it is stored. */
export type RouteAction = StoredAction;

/** The preview as the use case gives it. */
export type RoutingPreview = Preview;

/** A label as the graph lists it. */
export interface AlertLabel {
  name: string;
  value: string;
}
