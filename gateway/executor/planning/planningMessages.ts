// What goes between the main thread and a planning thread.

/** What a planning thread is asked. A planner is opened before anything is asked of it. */
export type ThreadRequest =
  | {
      readonly kind: "open";
      readonly planner: number;
      readonly supergraphSdl: string;
      readonly evaluatedPlans: number;
    }
  | { readonly kind: "close"; readonly planner: number }
  | {
      readonly kind: "plan" | "validate";
      readonly planner: number;
      readonly job: number;
      readonly text: string;
      readonly how?: ValidateHow | undefined;
      /** The labels of @override that are on, where something is to be planned. */
      readonly labelsOn?: readonly string[] | undefined;
    };

/** How a document is validated: as graphql-js takes it. */
export interface ValidateHow {
  readonly maxErrors: number;
  readonly hideSuggestions: boolean;
}

/** What it answers. A plan comes as bytes in the form of `node:v8`, which cost least to move and can be kept as they are. */
export type ThreadReply =
  | { readonly kind: "begun"; readonly job: number }
  | { readonly kind: "planned"; readonly job: number; readonly plan: Uint8Array<ArrayBuffer> }
  | { readonly kind: "validated"; readonly job: number; readonly errors: readonly InvalidAt[] }
  | {
      readonly kind: "failed";
      /** Null when a planner could not be opened. */
      readonly job: number | null;
      readonly message: string;
      readonly stack: string | undefined;
    };

/** What is wrong with a document, and where in its text. */
export interface InvalidAt {
  readonly message: string;
  readonly positions: readonly number[];
}
