import type { FetchError, PathStep } from "../contract.ts";
import type { SelectionShape } from "../planning/selectionShape.ts";
import type { CollectedField, CollectedFields } from "../operation/collectedFields.ts";

/** Errors and the objects of the merged data they are about. */
interface LocatedError {
  readonly errors: readonly FetchError[];
  /** Whether nobody knows which of several objects, or what of one, they are about: they are told once, at what all that is missing lies in. */
  readonly isShared: boolean;
  isReported: boolean;
  /** Where in the client's answer it belongs as far as is known. */
  place: readonly PathStep[] | undefined;
}

/** What of an object is missing because something else of it failed: how far up the object is, and where below it that is. */
export interface FailedBelow {
  readonly up: number;
  readonly path: readonly PathStep[];
}

/** A fault as seen from one place of the data: about the value at `path` below, or about whatever of `shape` is missing. */
export type LocatedErrorView =
  | { readonly about: "place"; readonly located: LocatedError; readonly path: readonly PathStep[] }
  | {
      readonly about: "shape";
      readonly located: LocatedError;
      readonly shape: SelectionShape | null;
      readonly failed?: FailedBelow | undefined;
    }
  | {
      /** As "shape", of what lies at a path below. */
      readonly about: "below";
      readonly located: LocatedError;
      readonly path: readonly PathStep[];
      readonly shape: SelectionShape | null;
      readonly failed: FailedBelow;
    };

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
    const located = this.#located([error], false);
    const view: LocatedErrorView = path.length
      ? { about: "place", located, path }
      : { about: "shape", located, shape };
    for (const object of objects) this.#see(object, view);
  }

  /**
   * An error of an answer, with the data that it came with. Where that is null further up than at the error's path (GraphQL specification,
   * section 6.4.4), the error explains whatever is missing there of the shape, and is told at its own path.
   */
  addAnswered(
    objects: readonly object[],
    {
      error,
      path,
      data,
    }: { readonly error: FetchError; readonly path: readonly PathStep[]; readonly data: unknown },
    shape: SelectionShape,
  ): void {
    const depth = depthOfNull(data, path);
    if (depth === null) this.add(objects, path, error, shape);
    else this.addFatal(objects, { error, path }, shape, depth);
  }

  /** An error for which nothing was answered of these objects, or of what lies so many steps on the way to its path. */
  addFatal(
    objects: readonly object[],
    { error, path }: { readonly error: FetchError; readonly path: readonly PathStep[] },
    shape: SelectionShape,
    depth = 0,
  ): void {
    const located = this.#located([error], false);
    const failed = { up: 0, path };
    for (const object of objects) {
      this.#see(object, { about: "place", located, path });
      if (depth === 0) this.#see(object, { about: "shape", located, shape, failed });
      else this.#see(object, { about: "below", located, path: path.slice(0, depth), shape, failed });
    }
  }

  /** Errors about one or another of several objects: they explain what is missing of any. */
  addShared(objects: readonly object[], errors: readonly FetchError[], shape: SelectionShape): void {
    const located = this.#located(errors, true);
    for (const object of objects) this.#see(object, { about: "shape", located, shape });
  }

  /** What explains that something of an object is missing explains as well that this shape is. */
  inherit(object: object, shape: SelectionShape): void {
    const known = this.of(object).filter((view) => view.about === "shape");
    for (const view of known) this.#see(object, { ...view, shape });
  }

  #located(errors: readonly FetchError[], isShared: boolean): LocatedError {
    const located: LocatedError = { errors, isShared, isReported: false, place: undefined };
    this.#all.push(located);
    return located;
  }

  #see(object: object, view: LocatedErrorView): void {
    const views = this.#byObject.get(object);
    if (views) views.push(view);
    else this.#byObject.set(object, [view]);
  }

  get any(): boolean {
    return this.#all.length > 0;
  }

  of(object: object): readonly LocatedErrorView[] {
    const own = this.#byObject.get(object) ?? [];
    if (!this.#others.length) return own;
    return [...this.#others.flatMap((subgraphErrors) => subgraphErrors.of(object)), ...own];
  }

  /** Those that no path of the response has shown; each is told once. */
  *unreported(): Generator<{ error: FetchError; place: readonly PathStep[] | undefined }> {
    for (const located of this.#all) {
      if (located.isReported) continue;
      located.isReported = true;
      for (const error of located.errors) yield { error, place: located.place };
    }
  }
}

// After how many steps of a path there is nothing; null where that is at its end, or nowhere.
function depthOfNull(data: unknown, path: readonly PathStep[]): number | null {
  let here = data;
  for (const [depth, step] of path.entries()) {
    if (here === null || here === undefined) return depth;
    here =
      typeof here === "object" && Object.hasOwn(here, step)
        ? (here as Record<PathStep, unknown>)[step]
        : null;
  }
  return null;
}

/** What of these faults is about the value of one field or list item. */
export function errorsBelow(views: readonly LocatedErrorView[], step: PathStep): LocatedErrorView[] {
  const below: LocatedErrorView[] = [];
  for (const view of views) {
    if (view.about === "place") {
      if (view.path.length && view.path[0] === step) below.push({ ...view, path: view.path.slice(1) });
    } else if (view.about === "below") {
      if (view.path[0] === step) below.push(further(view, step));
    } else if (typeof step === "number") {
      below.push(oneUp(view));
    } else if (view.shape?.has(step)) {
      below.push({ ...oneUp(view), shape: view.shape.get(step) ?? null });
    }
  }
  return below;
}

function further(view: LocatedErrorView & { readonly about: "below" }, step: PathStep): LocatedErrorView {
  const path = view.path.slice(1);
  const shape = typeof step === "number" ? view.shape : (view.shape?.get(step) ?? null);
  return path.length ? { ...oneUp(view), path, shape } : { ...oneUp(view), about: "shape", shape };
}

function oneUp<View extends { readonly failed?: FailedBelow | undefined }>(view: View): View {
  return view.failed ? { ...view, failed: { ...view.failed, up: view.failed.up + 1 } } : view;
}

/** What two paths begin with alike. */
export function commonPath(one: readonly PathStep[], other: readonly PathStep[]): readonly PathStep[] {
  let length = 0;
  while (length < one.length && one[length] === other[length]) length += 1;
  return length === one.length ? one : one.slice(0, length);
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
