/** How subscriptions of a subgraph, or with null of every subgraph, are followed. */
export interface SubscriptionRule {
  readonly subgraph: string | null;
  readonly protocol: "sse" | "websocket" | "callback";
  /** Where the WebSocket is, when not at the subgraph's own path. */
  readonly path?: string;
}

/** Reads `subgraph=sse`, `subgraph=callback`, `subgraph=websocket` or `subgraph=websocket:/path`, with `*` for every subgraph; throws a TypeError otherwise. */
export function readSubscriptionRule(text: string): SubscriptionRule {
  const [, subgraph, protocol, path] = /^([^=]+)=(sse|callback|websocket)(?::(\/\S*))?$/.exec(text) ?? [];
  if (subgraph === undefined || (path !== undefined && protocol !== "websocket"))
    throw new TypeError(
      `${text} is not one of reviews=sse, reviews=websocket, reviews=websocket:/path, reviews=callback and *=websocket`,
    );
  return {
    subgraph: subgraph === "*" ? null : subgraph,
    protocol: protocol as SubscriptionRule["protocol"],
    ...(path !== undefined && { path }),
  };
}

/** What is said of a subgraph, or else of every subgraph; undefined where nothing is. */
export function ruleFor<Rule extends { readonly subgraph: string | null }>(
  rules: readonly Rule[],
  subgraph: string,
): Rule | undefined {
  return rules.find((rule) => rule.subgraph === subgraph) ?? rules.find((rule) => rule.subgraph === null);
}
