import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { isDeepStrictEqual } from "node:util";
import { composeServices, type CompositionResult } from "@apollo/composition";
import type { ServiceDefinition } from "@apollo/federation-internals";
import { GraphQLError, parse, type ASTNode } from "graphql";
import { validateSDL } from "graphql/validation/validate.js";
import { locationOf, printLocation, readSubgraphSdl, type SdlLocation } from "#shared/subgraph/sdl.ts";
import { requirements, requirementsOfSupergraph } from "./authorization.ts";
import { authorizationFaults, type SubgraphSdl } from "./authorizationRules.ts";
import { inexactDefaults } from "./inexactDefaults.ts";
import { locationsOf } from "./locations.ts";

/** One reason why subgraphs do not make a graph. */
export interface CompositionFault {
  /** The code of composition, of a hint, or of the rule about authorization. */
  readonly code: string;
  readonly message: string;
  readonly place?: SdlLocation | undefined;
  /** Where else: the same field in other subgraphs, most often. */
  readonly otherPlaces?: readonly SdlLocation[] | undefined;
}

/** What composing comes to: a supergraph, or every reason why not. */
export type Composed =
  | { readonly supergraphSdl: string; readonly faults?: undefined }
  | { readonly supergraphSdl?: undefined; readonly faults: readonly CompositionFault[] };

/**
 * Composes subgraphs into a supergraph. Hints are faults like any other, unless they say how far the move of a field has come; and so are
 * breaches of the rules about authorization.
 */
export function compose(subgraphs: readonly SubgraphSdl[]): Composed {
  const { supergraphSdl, errors, hints } = composeSubgraphs(subgraphs);
  const faults = [
    ...authorizationOf(subgraphs, supergraphSdl),
    ...errors,
    ...hints.filter((hint) => !isAboutMove(hint)),
  ];
  return supergraphSdl && faults.length === 0 ? { supergraphSdl: `${HEADER}${supergraphSdl}\n` } : { faults };
}

/** Whether a hint says how far the move of a field from one subgraph to another has come: what @override is for, and no mistake. */
export function isAboutMove({ code }: CompositionFault): boolean {
  return MOVES.has(code);
}

const MOVES: ReadonlySet<string> = new Set([
  "OVERRIDDEN_FIELD_CAN_BE_REMOVED",
  "OVERRIDE_DIRECTIVE_CAN_BE_REMOVED",
  "OVERRIDE_MIGRATION_IN_PROGRESS",
]);

const HEADER = "# Composed from the subgraphs by `npm run schema:compose`. Never edited.\n\n";

/** What composing alone says of subgraphs, whoever they belong to: the supergraph unless there are errors; and hints. */
export function composeSubgraphs(subgraphs: readonly SubgraphSdl[]): {
  readonly supergraphSdl?: string | undefined;
  readonly errors: readonly CompositionFault[];
  readonly hints: readonly CompositionFault[];
} {
  const services = subgraphs.map(({ name, document, url }) => {
    return { name, typeDefs: document, url: url ?? `http://${name}/graphql` };
  });
  const inexact = inexactDefaults(subgraphs);
  const composed: CompositionResult = inexact.length ? { errors: inexact } : composedOrTooDeep(services);
  const { supergraphSdl, errors = [], hints = [] } = composed;
  return {
    supergraphSdl,
    errors: errors.map((error) => faultOf(error, subgraphs)),
    hints: hints.map(({ definition, message, nodes }) => {
      const [place = locationOfCoordinate(message, subgraphs), ...otherPlaces] = locationsOfNodes(nodes);
      return { code: definition.code, message, place, otherPlaces };
    }),
  };
}

// The composer follows fields from type to type on the stack, which a chain of thousands of types exhausts.
function composedOrTooDeep(services: ServiceDefinition[]): CompositionResult {
  try {
    return composeServices(services);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    const message = "Fields lead from type to type in a chain that is too long to compose";
    return { errors: [new GraphQLError(message, { extensions: { code: "CHAIN_TOO_LONG" } })] };
  }
}

/** Breaches of the rules about authorization, in the subgraphs' own SDL and in what composing made of it. */
export function authorizationOf(
  subgraphs: readonly SubgraphSdl[],
  supergraphSdl: string | undefined,
): CompositionFault[] {
  const faults = authorizationFaults(subgraphs).map(({ rule, message, node }) => {
    return { code: rule, message, place: locationOf(node) };
  });
  if (faults.length > 0 || !supergraphSdl) return faults;
  return lostInComposition(subgraphs, supergraphSdl);
}

/** Reads the SDL of every subgraph in a folder, with what they all have; throws a GraphQLError with file and line when one is not SDL. */
export function readSubgraphs(folder: URL, common: readonly URL[]): SubgraphSdl[] {
  const names = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();
  if (names.length === 0) throw new Error(`There is no subgraph in ${fileURLToPath(folder)}`);
  return names.map((name) => ({
    name,
    document: readSubgraphSdl(new URL(`${name}/schema/`, folder), common),
  }));
}

/** One line a fault: where, what kind, what, and where else. */
export function printFault({ code, message, place, otherPlaces = [] }: CompositionFault): string {
  const others = otherPlaces.length > 0 && `and at ${otherPlaces.map(printLocation).join(", ")}`;
  return [place && printLocation(place), code, message, others].filter(Boolean).join("  ");
}

/** What an error of parsing or of composing says, and where. */
export function faultOf(error: Error, subgraphs: readonly SubgraphSdl[]): CompositionFault {
  if (!(error instanceof GraphQLError)) return { code: "CANNOT_READ", message: error.message };
  const code = typeof error.extensions["code"] === "string" ? error.extensions["code"] : "INVALID_SDL";
  const at = error.locations?.[0];
  const inSource = error.source && at && { file: error.source.name, ...at };
  const [ofNodes, ...otherPlaces] = locationsOfNodes(error.nodes);
  const place =
    ofNodes ??
    inSource ??
    locationOfInvalid(error.message, subgraphs) ??
    locationOfCoordinate(error.message, subgraphs);
  return { code, message: error.message, place, ...(otherPlaces.length > 0 && { otherPlaces }) };
}

function locationsOfNodes(nodes: readonly ASTNode[] = []): SdlLocation[] {
  const found = nodes.flatMap((node) => locationOf(node) ?? []);
  return [...new Map(found.map((place) => [printLocation(place), place])).values()];
}

// Composing says what is not valid in a subgraph without saying where; plain validation finds the same in the same words.
function locationOfInvalid(message: string, subgraphs: readonly SubgraphSdl[]): SdlLocation | undefined {
  const of = subgraphs.find(({ name }) => message.startsWith(`[${name}] `));
  if (!of) return undefined;
  const found = validateSDL(of.document).find((error) => message.endsWith(error.message));
  return locationsOfNodes(found?.nodes)[0];
}

// Errors of satisfiability have no nodes; what they cannot find is the last coordinate that they name.
function locationOfCoordinate(message: string, subgraphs: readonly SubgraphSdl[]): SdlLocation | undefined {
  const places = locationsOf(subgraphs.map(({ document }) => document));
  const coordinates = [...message.matchAll(/"?\b([A-Z_]\w*\.\w+)\b/g)].reverse();
  return coordinates.map(([, coordinate = ""]) => places.get(coordinate)).find(Boolean);
}

// The gateway reads requirements from the supergraph, so nothing that a subgraph demands may be lost on the way there.
function lostInComposition(subgraphs: readonly SubgraphSdl[], supergraphSdl: string): CompositionFault[] {
  const demanded = requirements(subgraphs.map(({ document }) => document));
  const kept = requirementsOfSupergraph(parse(supergraphSdl));
  return [...demanded].flatMap(([coordinate, needed]) => {
    if (isDeepStrictEqual(kept.get(coordinate), needed)) return [];
    const message = `${coordinate} needs [${needed.join(", ")}], of which composition kept [${kept.get(coordinate)?.join(", ") ?? ""}]`;
    return [{ code: "A2", message, place: locationOfCoordinate(coordinate, subgraphs) }];
  });
}
