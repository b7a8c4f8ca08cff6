import {
  Kind,
  parse,
  print,
  visit,
  type ConstDirectiveNode,
  type ConstValueNode,
  type DocumentNode,
} from "graphql";
import type { ServiceDefinition } from "@theguild/federation-composition";
import type { SubgraphSdl } from "#shared/federation/authorizationRules.ts";
import { linkedNames, type LinkedName } from "#shared/federation/linkedNames.ts";
import { FEDERATION_SPEC } from "#shared/federation/specifications.ts";

/** Subgraphs as @theguild/federation-composition takes them. */
export interface OtherServices {
  readonly services: ServiceDefinition[];
  /** Whether they say all that the subgraphs do. */
  readonly isAll: boolean;
}

/**
 * Subgraphs for the other composer: copies, since it takes out what it knows of what it is given; and of what is newer than it knows only
 * what it knows. Federation 2.10 to 2.12 brought connectors and @cacheTag, which neither the API nor the reach of a field hangs on.
 */
export function servicesOf(subgraphs: readonly SubgraphSdl[]): OtherServices {
  let isAll = true;
  const services = subgraphs.map(({ name, document, url }) => {
    const known = withoutNewer(document);
    isAll &&= known === document;
    const typeDefs = parse(print(known), { noLocation: true });
    return { name, typeDefs, url: url ?? `http://${name}/graphql` };
  });
  return { services, isAll };
}

/** The newest minor version of Federation 2 that @theguild/federation-composition knows. */
const KNOWN_MINOR = 9;
const CONNECT_SPEC = "https://specs.apollo.dev/connect";

function withoutNewer(document: DocumentNode): DocumentNode {
  const names = linkedNames(document);
  const isNewer = (linked: LinkedName | undefined) =>
    linked?.spec === CONNECT_SPEC || (linked?.spec === FEDERATION_SPEC && linked.name === "cacheTag");
  return visit(document, {
    Directive: (node) => {
      if (isNewer(names.resolve(node.name.value))) return null;
      return isLink(node) ? knownLink(node as ConstDirectiveNode) : undefined;
    },
    DirectiveDefinition: (node) => (isNewer(names.resolve(node.name.value)) ? null : undefined),
  });
}

function isLink({
  arguments: given = [],
}: {
  arguments?: readonly { name: { value: string } }[] | undefined;
}): boolean {
  return given.some(({ name }) => name.value === "url");
}

// undefined leaves it as it is, null takes it out.
function knownLink(link: ConstDirectiveNode): ConstDirectiveNode | null | undefined {
  const url = link.arguments?.find(({ name }) => name.value === "url")?.value;
  if (url?.kind !== Kind.STRING) return undefined;
  if (url.value.startsWith(`${CONNECT_SPEC}/`)) return null;
  const [, minor] = /\/federation\/v2\.(\d+)$/.exec(url.value) ?? [];
  if (!url.value.startsWith(`${FEDERATION_SPEC}/`) || Number(minor ?? 0) <= KNOWN_MINOR) return undefined;
  const known = { ...url, value: `${FEDERATION_SPEC}/v2.${KNOWN_MINOR}` };
  return {
    ...link,
    arguments:
      link.arguments?.map((argument) => {
        if (argument.name.value === "url") return { ...argument, value: known };
        return argument.name.value === "import"
          ? { ...argument, value: knownImports(argument.value) }
          : argument;
      }) ?? [],
  };
}

function knownImports(list: ConstValueNode): ConstValueNode {
  if (list.kind !== Kind.LIST) return list;
  return { ...list, values: list.values.filter((value) => !/"@cacheTag"/.test(print(value))) };
}
