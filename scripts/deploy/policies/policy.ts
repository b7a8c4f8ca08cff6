import type { Rendered } from "../render.ts";

/** What must hold of everything that the chart renders, whatever the values. */
export interface Policy {
  /** One sentence that says it. */
  readonly says: string;
  /** Every break of it, named so that whoever reads it finds the place. */
  readonly breaks: (rendered: Rendered) => readonly string[];
}
