import { parseArgs } from "node:util";

/** What `npm run dev` is asked for. */
export interface DevArguments {
  /** The subgraph that runs as a process of its own; null: all of them run in one. */
  readonly subgraph: string | null;
  /** The gateway that lends the other subgraphs; without a slash at its end. */
  readonly remote: string | null;
  /** Where single subgraphs are, by name. */
  readonly overrides: Readonly<Record<string, string>>;
}

/** Reads the arguments, given the names of the subgraphs; the answer is one line when they do not fit. */
export function readArguments(args: readonly string[], names: readonly string[]): DevArguments | string {
  let parsed;
  try {
    parsed = parse(args);
  } catch (error) {
    return `${(error as Error).message.split(". ")[0]}. ${USAGE}`;
  }
  const { values, positionals } = parsed;
  const [subgraph = null, ...more] = positionals;
  if (more.length > 0) return `One subgraph at a time. ${USAGE}`;
  const known = `the subgraphs are ${names.join(", ")}`;
  if (subgraph !== null && !names.includes(subgraph)) return `There is no subgraph ${subgraph}: ${known}`;
  const { remote } = values;
  if (remote !== undefined && !subgraph)
    return `--remote lends the others of one subgraph: name it. ${USAGE}`;
  if (remote !== undefined && !isAddress(remote)) return `--remote ${remote}: is not an http(s) address`;
  const overrides: Record<string, string> = {};
  for (const each of values.override ?? []) {
    const [name = "", url = ""] = each.split(/=(.*)/s);
    if (!names.includes(name)) return `--override ${each}: there is no subgraph ${name}; ${known}`;
    if (!isAddress(url)) return `--override ${each}: is not <subgraph>=<http(s) address>`;
    if (name === subgraph) return `--override ${each}: ${name} is the one that runs here`;
    overrides[name] = bare(url);
  }
  return { subgraph, remote: remote === undefined ? null : bare(remote), overrides };
}

const USAGE = "npm run dev -- [<subgraph>] [--remote <gateway url>] [--override <subgraph>=<url>]";

function parse(args: readonly string[]) {
  return parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { remote: { type: "string" }, override: { type: "string", multiple: true } },
  });
}

function isAddress(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
}

// People copy the address of the endpoint.
function bare(url: string): string {
  return url.replace(/\/(graphql\/?)?$/, "");
}
