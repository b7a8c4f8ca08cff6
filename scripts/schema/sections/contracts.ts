import { parse } from "graphql";
import { supergraphFaults } from "#shared/federation/authorizationRules.ts";
import { apiSchemaOf } from "../apiSchema.ts";
import { changesBetween, comparable, comparedGraph, type Change, type ComposedGraph } from "../changes.ts";
import { composeContract, unknownTags } from "../contract.ts";
import type { Finding } from "../finding.ts";
import type { Contract, Project } from "../project.ts";
import type { Published } from "../published.ts";
import { isGuarded } from "./authorization.ts";

/** A variant by tags: composed, with what changes in it since it was published; and what is wrong with it. */
export interface CheckedContract {
  readonly variant: string;
  /** null when it does not compose. */
  readonly graph: ComposedGraph | null;
  readonly changes: readonly Change[];
  readonly findings: readonly Finding[];
}

/** Composes one contract of a graph that composes. Tags that nothing carries, and root fields that say nothing, are errors. */
export async function checkContract(
  { subgraphs }: Project,
  contract: Contract,
  whole: ComposedGraph,
  published: Published | null,
): Promise<CheckedContract> {
  const { variant } = contract;
  const error = (code: string, message: string): Finding => {
    return { severity: "error", code, message: `${variant}: ${message}` };
  };
  const misspelt = unknownTags(whole.supergraphSdl, contract).map((tag) =>
    error("UNKNOWN_TAG", `nothing is tagged "${tag}"`),
  );
  const { supergraphSdl, errors } = composeContract(subgraphs, contract, whole.supergraphSdl);
  if (errors) {
    const failed = errors.map((message) => error("CONTRACT_DOES_NOT_COMPOSE", message));
    return { variant, graph: null, changes: [], findings: [...misspelt, ...failed] };
  }
  const graph = { supergraphSdl, apiSchema: apiSchemaOf(supergraphSdl) };
  const before = published && comparedGraph(published.apiSdl, published.supergraphSdl);
  const changes = before ? await changesBetween(before, comparable(graph)) : [];
  const open = isGuarded(subgraphs) ? supergraphFaults(parse(supergraphSdl)) : [];
  const unguarded = open.map(({ rule, message }) => error(rule, message));
  return { variant, graph, changes, findings: [...misspelt, ...unguarded] };
}
