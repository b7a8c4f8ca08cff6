import { existsSync, readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { buildSubgraph } from "@apollo/federation-internals";
import { graphql, GraphQLError, parse, type DocumentNode } from "graphql";
import type { SubgraphDefinition } from "#shared/subgraph/defineSubgraph.ts";
import { AnswerBudget, answerLimits } from "#shared/subgraph/answerBudget.ts";
import { subgraphSchema } from "#shared/subgraph/subgraphSchema.ts";
import type { SubgraphSdl } from "#shared/federation/authorizationRules.ts";
import { faultOf } from "#shared/federation/compose.ts";
import { subgraphs as declared } from "../../../standalone/subgraphs.ts";
import type { Finding } from "../finding.ts";

/** Every subgraph is valid by itself; one of ours also fits its resolvers, and serves the SDL of its files. */
export async function checkSubgraphs(
  subgraphs: readonly SubgraphSdl[],
  { isOwn }: { isOwn: boolean },
): Promise<Finding[]> {
  const alone = subgraphs.flatMap(buildAlone);
  if (!isOwn || alone.length > 0) return alone;
  const served = await Promise.all(subgraphs.map((subgraph) => checkServed(subgraph)));
  return [...served.flat(), ...undeclared()];
}

function buildAlone({ name, document, url }: SubgraphSdl): Finding[] {
  try {
    buildSubgraph(name, url ?? "", document).validate();
    return [];
  } catch (error) {
    return reasonsOf(error).map((reason) => {
      const { code, message, place } = faultOf(reason, [{ name, document }]);
      return { severity: "error", code, message, at: place };
    });
  }
}

function reasonsOf(error: unknown): Error[] {
  const { causes } = error as { causes?: Error[] };
  if (causes?.length) return causes;
  if (error instanceof GraphQLError && Array.isArray(error.extensions["causes"])) {
    return error.extensions["causes"] as Error[];
  }
  return [error as Error];
}

async function checkServed({ name, document }: SubgraphSdl): Promise<Finding[]> {
  const definition = declared.find((each) => each.name === name);
  if (!definition) return [];
  const finding = (code: string, message: string, fix: string): Finding[] => {
    return [{ severity: "error", code, message, fix, at: { file: fileOf(definition), line: 1, column: 1 } }];
  };
  try {
    const schema = subgraphSchema(name, document, definition.resolvers);
    const contextValue = { budget: new AnswerBudget(answerLimits) };
    const { data, errors } = await graphql({ schema, source: "{ _service { sdl } }", contextValue });
    const sdl = (data?.["_service"] as { sdl?: string } | undefined)?.sdl;
    if (sdl === undefined) {
      return finding(
        "SDL_NOT_SERVED",
        `${name} serves no SDL: ${errors?.[0]?.message}`,
        "see what answers _service",
      );
    }
    if (normal(name, parse(sdl)) === normal(name, document)) return [];
    return finding(
      "SDL_DIFFERS",
      `${name} serves other SDL than its files have`,
      "build its schema from schema/",
    );
  } catch (error) {
    const fix = "give the resolver a field in the SDL, or the field a resolver";
    return finding("RESOLVERS_DIFFER", (error as Error).message, fix);
  }
}

// With the same names for what the specifications bring along, and nothing said of where it stands.
function normal(name: string, document: DocumentNode): string {
  return buildSubgraph(name, "", document).toString();
}

function fileOf({ name }: SubgraphDefinition): string {
  return `subgraphs/${name}/subgraph.ts`;
}

function undeclared(): Finding[] {
  const folder = fileURLToPath(new URL("../../../subgraphs/", import.meta.url));
  const names = new Set(declared.map(({ name }) => name));
  const folders = readdirSync(folder).filter((name) => existsSync(`${folder}${name}/schema`));
  return folders
    .filter((name) => !names.has(name))
    .map((name) => ({
      severity: "error",
      code: "SUBGRAPH_NOT_SERVED",
      message: `subgraphs/${name} is in nobody's list`,
      fix: "add it to standalone/subgraphs.ts",
      at: { file: "standalone/subgraphs.ts", line: 1, column: 1 },
    }));
}
