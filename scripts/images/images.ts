import { subgraphNames } from "#supergraph/subgraphs.ts";
import type { ImageToBuild } from "./builder.ts";

/** The images of the product, each a target of the Dockerfile. */
export const images: readonly ImageToBuild[] = [
  { tag: "tocsin/migrations", target: "migrations" },
  { tag: "tocsin/gateway", target: "gateway" },
  ...subgraphNames.map((service) => ({ tag: `tocsin/${service}`, target: "subgraph", service })),
  { tag: "tocsin/standalone", target: "standalone" },
];

/** The image of a service, or of `migrations` or `standalone`; undefined when there is none of that name. */
export function imageOf(name: string): ImageToBuild | undefined {
  return images.find(({ tag }) => tag === `tocsin/${name}`);
}
