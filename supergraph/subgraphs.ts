/** The subgraphs of the product, by the names of their folders. */
export const subgraphNames = ["identity", "alerts", "incidents", "schedules", "escalations"] as const;

/** The name of a subgraph of the product. */
export type SubgraphName = (typeof subgraphNames)[number];
