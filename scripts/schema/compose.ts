import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { compose, faultOf, printFault, readSubgraphs } from "#shared/federation/compose.ts";
import { commonSdl } from "#supergraph/commonSdl.ts";

/** Composes what `from` holds into the file `to`, or only checks that the file is up to date. Returns the exit code. */
export function composeFile(options: {
  from: URL;
  to: URL;
  check: boolean;
  say: (line: string) => void;
}): 0 | 1 | 2 {
  const { from, to, check, say } = options;
  let subgraphs;
  try {
    subgraphs = readSubgraphs(from, commonSdl);
  } catch (error) {
    say(printFault(faultOf(error instanceof Error ? error : new Error(String(error)), [])));
    return 2;
  }
  const { supergraphSdl, faults } = compose(subgraphs);
  if (faults) {
    for (const each of faults) say(printFault(each));
    return 1;
  }
  if (readIfThere(to) === supergraphSdl) return 0;
  if (!check) {
    writeFileSync(to, supergraphSdl);
    return 0;
  }
  say(`${fileURLToPath(to)} is not what the subgraphs compose to: run npm run schema:compose and commit it`);
  return 1;
}

const SUBGRAPHS = new URL("../../subgraphs/", import.meta.url);
const SUPERGRAPH = new URL("../../supergraph/supergraph.graphql", import.meta.url);

function readIfThere(file: URL): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}

if (import.meta.main) {
  const { values } = parseArgs({ options: { check: { type: "boolean", default: false } } });
  const say = (line: string) => console.error(line);
  process.exitCode = composeFile({ from: SUBGRAPHS, to: SUPERGRAPH, check: values.check, say });
}
