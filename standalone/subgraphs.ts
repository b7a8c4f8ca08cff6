import type { SubgraphDefinition } from "#shared/subgraph/defineSubgraph.ts";
import { GATEWAY } from "#shared/subgraph/serviceKeys.ts";
import { subgraphNames, type SubgraphName } from "#supergraph/subgraphs.ts";
import type { AlertsSettings } from "../subgraphs/alerts/config.ts";
import { alerts } from "../subgraphs/alerts/subgraph.ts";
import type { EscalationsSettings } from "../subgraphs/escalations/config.ts";
import { escalations } from "../subgraphs/escalations/subgraph.ts";
import type { IdentitySettings } from "../subgraphs/identity/config.ts";
import { identity } from "../subgraphs/identity/subgraph.ts";
import { incidents } from "../subgraphs/incidents/subgraph.ts";
import { schedules } from "../subgraphs/schedules/subgraph.ts";

/** Every subgraph of the product. */
export const subgraphs = [identity, alerts, incidents, schedules, escalations] as readonly AnySubgraph[];

type AnySubgraph = SubgraphDefinition<unknown, SubgraphSettings, SubgraphName>;

/** What subgraphs need of the configuration when they are opened together. */
export type SubgraphSettings = AlertsSettings & EscalationsSettings & IdentitySettings;

/** The name of a service of the product: the gateway, or a subgraph. */
export type ServiceName = typeof GATEWAY | SubgraphName;

/** Every service of the product by name. */
export const services: readonly ServiceName[] = [GATEWAY, ...subgraphNames];

/** What belongs to each service, by its name. */
export function byService<T>(of: (service: ServiceName) => T): Readonly<Record<ServiceName, T>> {
  return Object.fromEntries(services.map((service) => [service, of(service)])) as Record<ServiceName, T>;
}
