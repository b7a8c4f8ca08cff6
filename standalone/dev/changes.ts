/** What files that changed mean for the processes that run them. */
export interface Concerned {
  /** The subgraphs whose SDL is another; all of them when what they share is. */
  readonly sdl: readonly string[];
  /** Whether the server's code changed. */
  readonly server: boolean;
  /** Whether the code of the subgraph beside it changed. */
  readonly beside: boolean;
  /** Whether what others are generated from changed. */
  readonly promises: boolean;
}

/** Sorts the paths of files that changed, given the subgraphs that there are and the one that is a process of its own. */
export function concernedBy(
  paths: readonly string[],
  { names, beside }: { names: readonly string[]; beside: string | null },
): Concerned {
  const code = paths.filter((path) => path.endsWith(".ts"));
  const ofBeside = (path: string) => beside !== null && path.startsWith(`subgraphs/${beside}/`);
  const ofAll = (path: string) => /^(shared|supergraph)\//.test(path);
  // The session itself goes on as it began.
  const ofServer = (path: string) =>
    !ofBeside(path) && (!path.startsWith("standalone/dev") || SERVER.test(path));
  return {
    sdl: sdlOf(paths, names),
    server: code.some(ofServer) || paths.some((path) => path.endsWith(".sql")),
    beside: beside !== null && code.some((path) => ofBeside(path) || ofAll(path)),
    promises: paths.some((path) => path === "supergraph/permissions.yml" || path.endsWith(".proto")),
  };
}

const SERVER = /^standalone\/dev\/(server|innerGateway|elsewhere|gate|pushedGraph|remoteAuthentication)\.ts$/;

function sdlOf(paths: readonly string[], names: readonly string[]): readonly string[] {
  const sdl = paths.filter((path) => path.endsWith(".graphql"));
  const owner = (path: string) => /^subgraphs\/([^/]+)\/schema\//.exec(path)?.[1];
  if (sdl.some((path) => !path.startsWith("subgraphs/"))) return names;
  return [...new Set(sdl.flatMap((path) => owner(path) ?? []))];
}

/** What two changes mean when they are taken as one. */
export function together(one: Concerned, other: Concerned): Concerned {
  return {
    sdl: [...new Set([...one.sdl, ...other.sdl])],
    server: one.server || other.server,
    beside: one.beside || other.beside,
    promises: one.promises || other.promises,
  };
}
