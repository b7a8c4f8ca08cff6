import type { SdlLocation } from "#shared/subgraph/sdl.ts";

/** One thing that a check of the graph found. */
export interface Finding {
  /** An error fails the section; a warning does with --strict; a note never does. */
  readonly severity: "error" | "warning" | "note";
  /** The rule that found it, as machines know it: INVALID_FIELD_SHARING, A1, FIELD_REMOVED, require-description. */
  readonly code: string;
  /** The schema coordinate, as in Query.incidents(first:). */
  readonly coordinate?: string | undefined;
  readonly message: string;
  readonly at?: SdlLocation | undefined;
  /** Where else it stands: the same field in other subgraphs, most often. */
  readonly alsoAt?: readonly SdlLocation[] | undefined;
  /** Who asks for it: clients and their operations. */
  readonly usedBy?: readonly Usage[] | undefined;
  /** What to do about it. */
  readonly fix?: string | undefined;
  /** How to say that it is meant. */
  readonly approve?: string | undefined;
}

/** A use of a coordinate by an operation of a client. */
export interface Usage {
  readonly client: string;
  readonly operation: string;
}
