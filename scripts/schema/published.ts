import { parse } from "graphql";
import { parseSdl } from "#shared/subgraph/sdl.ts";
import type { SubgraphSdl } from "#shared/federation/authorizationRules.ts";
import { routingUrls, type RoutingUrls } from "./routingUrls.ts";
import type { PublishedTexts, VersionStore } from "./versionStore.ts";

/** What is published of one variant of a graph. */
export interface Published extends PublishedTexts {
  readonly version: number;
}

/**
 * Reads what is published of a variant; null when nothing is. Throws CannotRun when a part of it is missing, or is not what its version
 * published: an edit by hand, or two publications that were merged. Nothing is ever compared with it, or published over it.
 */
export async function readPublished(
  versions: Pick<VersionStore, "read">,
  variant: string,
): Promise<Published | null> {
  const stored = await versions.read(variant);
  return stored && { version: stored.entry.version, ...stored.texts };
}

/** The subgraphs of what is published of a variant, each with the URL under which gateways ask it. */
export function publishedSubgraphs(
  published: Published,
  placeOf: (subgraph: string) => string,
): SubgraphSdl[] {
  const urls = publishedUrls(published);
  return [...published.subgraphs].map(([name, sdl]) => {
    return { name, document: parseSdl(sdl, placeOf(name)), url: urls.get(name) };
  });
}

/** The URL of each subgraph of what is published of a variant. */
export function publishedUrls({ supergraphSdl }: Published): RoutingUrls {
  return routingUrls(parse(supergraphSdl, { noLocation: true }));
}
