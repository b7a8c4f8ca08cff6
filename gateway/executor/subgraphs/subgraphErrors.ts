import type { FetchError, PathStep } from "../contract.ts";
import type { SelectionShape } from "../planning/selectionShape.ts";
import type { CollectedField, CollectedFields } from "../operation/collectedFields.ts";

/** An error and the object of the merged data it is about. */
interface LocatedError {
  readonly error: FetchError;
  isReported: boolean;
  /** Where in the client's answer it belongs as far as is known. */
  place: readonly PathStep[] | undefined;
}

/** A fault as seen from one place of the data: about the value at `path` below, or about whatever of `shape` is missing. */
export type LocatedErrorView =
  | { readonly about: "place"; readonly located: LocatedError; readonly path: readonly PathStep[] }
  | { readonly about: "shape"; readonly located: LocatedError; readonly shape: SelectionShape | null };

/** Keeps every error by the object it is about, so that it is reported at each path of the response that shows the object. */
export class SubgraphErrors {
  readonly #byObject = new Map<object, LocatedErrorView[]>();
  readonly #all: LocatedError[] = [];
  readonly #others: readonly SubgraphErrors[];

  /** With those that were found elsewhere, which are reported there, but explain what is missing here as well. */
  constructor(...others: readonly SubgraphErrors[]) {
    this.#others = others;
  }

  /** One error about several objects is one fault. */
  add(objects: Iterable<object>, path: readonly PathStep[], error: FetchError, shape: SelectionShape): void {
    const located: LocatedError = { error, isReported: false, place: undefined };
    this.#all.push(located);
    for (const object of objects) {
      const views = this.#byObject.get(object);
      const view: LocatedErrorView = path.length
        ? { about: "place", located, path }
        : { about: "shape", located, shape };
      if (views) views.push(view);
      else this.#byObject.set(object, [view]);
    }
  }

  get any(): boolean {
    return this.#all.length > 0;
  }

  of(object: object): readonly LocatedErrorView[] {
    const own = this.#byObject.get(object) ?? [];
    if (!this.#others.length) return own;
    return [...this.#others.flatMap((subgraphErrors) => subgraphErrors.of(object)), ...own];
  }

  /** Those that no path of the response has shown. */
  unreported(): Iterable<{ error: FetchError; place: readonly PathStep[] | undefined }> {
    return this.#all.filter((located) => !located.isReported);
  }
}

/** What of these faults is about the value of one field or list item. */
export function errorsBelow(views: readonly LocatedErrorView[], step: PathStep): LocatedErrorView[] {
  const below: LocatedErrorView[] = [];
  for (const view of views) {
    if (view.about === "place") {
      if (view.path.length && view.path[0] === step) below.push({ ...view, path: view.path.slice(1) });
    } else if (typeof step === "number") {
      below.push(view);
    } else if (view.shape?.has(step)) {
      below.push({ ...view, shape: view.shape.get(step) ?? null });
    }
  }
  return below;
}

/** A path below a field in the client's own names; it ends where the client asked no further. */
export function clientPath(
  selections: CollectedFields,
  field: CollectedField,
  path: readonly PathStep[],
): PathStep[] {
  const steps: PathStep[] = [];
  let here: CollectedField | null = field;
  for (const step of path) {
    if (typeof step === "number") {
      steps.push(step);
      continue;
    }
    here = selections.anyUnder(here, step);
    if (!here) break;
    steps.push(here.key);
  }
  return steps;
}
