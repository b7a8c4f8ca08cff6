import { composeServices, type CompositionResult } from "@theguild/federation-composition";
import {
  buildSchema,
  Kind,
  lexicographicSortSchema,
  parse,
  print,
  printSchema,
  type GraphQLSchema,
} from "graphql";
import type { SubgraphSdl } from "#shared/federation/authorizationRules.ts";
import { composeSubgraphs, isAboutMove, type CompositionFault } from "#shared/federation/compose.ts";
import { apiSchemaOf } from "../apiSchema.ts";
import { servicesOf } from "../otherComposer.ts";
import type { Finding } from "../finding.ts";

/** What composing comes to, by two composers that must agree. */
export interface CompositionChecked {
  readonly supergraphSdl?: string | undefined;
  readonly apiSchema?: GraphQLSchema | undefined;
  readonly findings: readonly Finding[];
}

/**
 * Composes, and composes again with another composer, as much of it as that one knows. In a graph of ours a hint is an error; elsewhere it warns. How far the move of a
 * field has come is a note.
 */
export function checkComposition(
  subgraphs: readonly SubgraphSdl[],
  { isOwn }: { isOwn: boolean },
): CompositionChecked {
  const { supergraphSdl, errors, hints } = composeSubgraphs(subgraphs);
  const findings = [
    ...errors.map((fault) => findingOf(fault, "error")),
    ...hints.map((fault) => findingOf(fault, isAboutMove(fault) ? "note" : isOwn ? "error" : "warning")),
  ];
  const second = secondOpinion(subgraphs);
  const disagreement = (message: string): Finding => {
    return { severity: isOwn ? "error" : "warning", code: "COMPOSERS_DISAGREE", message };
  };
  if (!supergraphSdl) {
    if (second && !second.errors)
      findings.push(disagreement("Another composer finds nothing wrong with these subgraphs"));
    return { findings };
  }
  const apiSchema = apiSchemaOf(supergraphSdl);
  const others = second?.errors ?? [];
  findings.push(...others.map(({ message }) => disagreement(`Another composer refuses this: ${message}`)));
  if (second?.publicSdl) {
    const [difference] = differences(printSchema(apiSchema), second.publicSdl);
    if (difference) findings.push(disagreement(`Another composer makes another API of this: ${difference}`));
  }
  return { supergraphSdl, apiSchema, findings };
}

// What exhausts the stack of one composer exhausts the other's too, somewhat earlier or later: then it has no opinion.
function secondOpinion(subgraphs: readonly SubgraphSdl[]): CompositionResult | null {
  try {
    return composeServices(servicesOf(subgraphs).services);
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

function findingOf(fault: CompositionFault, severity: Finding["severity"]): Finding {
  const { code, message, place: at, otherPlaces = [] } = fault;
  return { severity, code, message, at, ...(otherPlaces.length > 0 && { alsoAt: otherPlaces }) };
}

function differences(ours: string, theirs: string): string[] {
  const [a, b] = [definitionsOf(ours), definitionsOf(theirs)];
  const names = new Set([...a.keys(), ...b.keys()]);
  return [...names].filter((name) => a.get(name) !== b.get(name));
}

// Definitions of directives aside: whether those that only subgraphs apply are part of an API, composers see differently.
function definitionsOf(sdl: string): Map<string, string> {
  const sorted = parse(printSchema(lexicographicSortSchema(buildSchema(sdl, { assumeValidSDL: true }))));
  return new Map(
    sorted.definitions.flatMap((node) => {
      if (node.kind === Kind.DIRECTIVE_DEFINITION || !("name" in node) || !node.name) return [];
      return [[node.name.value, print(node)]];
    }),
  );
}
