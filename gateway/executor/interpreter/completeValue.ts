import {
  GraphQLError,
  isAbstractType,
  isEnumType,
  isInterfaceType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  type GraphQLAbstractType,
  type GraphQLLeafType,
  type GraphQLOutputType,
  type GraphQLSchema,
  type SelectionSetNode,
} from "graphql";
import type { AnswerBudget } from "../subgraphs/answerBudget.ts";
import type { SubgraphClient } from "../subgraphs/subgraphClient.ts";
import type { PlannedOperation } from "../operation/planOperation.ts";
import type { Denial, FetchError, PathStep } from "../contract.ts";
import {
  clientPath,
  commonPath,
  errorsBelow,
  type FailedBelow,
  type LocatedErrorView,
  type SubgraphErrors,
} from "../subgraphs/subgraphErrors.ts";
import { isUnequalLists } from "./merge.ts";
import { leafText, leafValueOf } from "../operation/leafValues.ts";
import type { DeferredFragment } from "#shared/graphql/collectFields.ts";
import { renamedRootType } from "#shared/graphql/rootTypes.ts";
import type { CollectedField, FieldedType } from "../operation/collectedFields.ts";

/** What stands for a null that a non-null type does not allow: the null is its parent's. */
export const propagatedNull = Symbol("propagatedNull");

/** A place of the answer, and under which name its value is in the subgraphs' data. */
type ResponsePath = {
  readonly parent: ResponsePath | undefined;
  readonly step: PathStep;
  readonly name: PathStep;
  /** The field that it is the value of, or an item of. */
  readonly field: CollectedField;
};

/** A fragment that is answered later: of which object, and where that is in the answer. */
export interface Deferral {
  readonly fragment: DeferredFragment;
  readonly type: FieldedType;
  readonly data: object;
  readonly place: ResponsePath | undefined;
}

/** The specification's CompleteValue over merged data of subgraphs. */
export class ValueCompletion {
  readonly #schema: GraphQLSchema;
  readonly #dataSchema: GraphQLSchema;
  readonly #operation: PlannedOperation;
  readonly #subgraphErrors: SubgraphErrors;
  readonly #denied: ReadonlyMap<string, Denial>;
  readonly #mostErrors: number;
  readonly #budget: AnswerBudget;
  readonly #reported = new Set<string>();
  readonly errors: GraphQLError[] = [];
  /** How many nulls there are around that have taken with them what is completed. */
  #lost = 0;
  /** Whether there is an error that says why the last null is one. */
  #isNullExplained = false;
  /** Whether something was not there at all, not even as a null. */
  isMissing = false;
  /** Whether something of it was missing, and no error of a subgraph explains it. */
  isUnexplained = false;
  /** What was come by that is to be answered later; its place may have become null since. */
  readonly deferrals: Deferral[] = [];

  constructor(
    {
      schema,
      dataSchema,
      client,
    }: {
      readonly schema: GraphQLSchema;
      readonly dataSchema: GraphQLSchema;
      readonly client: SubgraphClient;
    },
    operation: PlannedOperation,
    subgraphErrors: SubgraphErrors,
    denied: ReadonlyMap<string, Denial>,
    mostErrors: number,
  ) {
    this.#schema = schema;
    this.#dataSchema = dataSchema;
    this.#budget = client.budget;
    this.#operation = operation;
    this.#subgraphErrors = subgraphErrors;
    this.#denied = denied;
    this.#mostErrors = mostErrors;
  }

  /** The value of one root field out of the data its plan merged. */
  rootField(field: CollectedField, data: object): unknown {
    return this.#field(field, data, this.#subgraphErrors.of(data), undefined);
  }

  /** Notes what is deferred at the root, which no field leads to. */
  deferAtRoot(type: FieldedType, sets: readonly SelectionSetNode[], data: object): void {
    this.#defer(sets, type, data, undefined);
  }

  /** The fields of a deferred fragment, out of the whole data; null when one of them must not be null but is. */
  deferred({ fragment, type, data, place }: Deferral, root: object): Record<string, unknown> | null {
    const fields = this.#operation.selections.on(fragment.sets, type);
    const values = this.#fields(fields, data, this.#viewsAt(place, root), place);
    if (values === propagatedNull) return null;
    this.#defer(fragment.sets, type, data, place);
    return values as Record<string, unknown>;
  }

  #defer(
    sets: readonly SelectionSetNode[],
    type: FieldedType,
    data: object,
    place: ResponsePath | undefined,
  ): void {
    for (const fragment of this.#operation.selections.deferredOn(sets, type)) {
      this.deferrals.push({ fragment, type, data, place });
    }
  }

  #viewsAt(place: ResponsePath | undefined, root: object): readonly LocatedErrorView[] {
    if (!place) return this.#subgraphErrors.of(root);
    const names: PathStep[] = [];
    for (let here: ResponsePath | undefined = place; here; here = here.parent) names.unshift(here.name);
    let views: readonly LocatedErrorView[] = this.#subgraphErrors.of(root);
    let data: unknown = root;
    for (const name of names) {
      data = (data as Record<PathStep, unknown>)[name];
      views = errorsBelow(views, name);
      if (typeof data === "object" && data !== null) views = [...views, ...this.#subgraphErrors.of(data)];
    }
    return views;
  }

  /** Reports, once, the errors that no path of the response has shown. */
  reportRemaining(subgraphErrors = this.#subgraphErrors): void {
    for (const { error, place } of subgraphErrors.unreported()) this.#report(error, place);
  }

  #field(
    field: CollectedField,
    data: object,
    views: readonly LocatedErrorView[],
    parent: ResponsePath | undefined,
  ): unknown {
    const place: ResponsePath = { parent, step: field.key, name: field.internalAlias, field };
    const denial = this.#denialOf(field);
    if (denial) {
      this.#report(denial, pathTo(place));
      this.#isNullExplained = true;
      return isNonNullType(field.type) ? propagatedNull : null;
    }
    if (!field.type) return this.#typename(field, place);
    const value = Object.hasOwn(data, field.internalAlias)
      ? (data as Record<string, unknown>)[field.internalAlias]
      : undefined;
    return this.#value(field.type, field, value, errorsBelow(views, field.internalAlias), place);
  }

  #denialOf(field: CollectedField): Denial | undefined {
    if (!this.#denied.size) return undefined;
    for (const node of field.nodes) {
      const coordinate = this.#operation.denied.get(node);
      if (coordinate) return this.#denied.get(coordinate);
    }
    return undefined;
  }

  #typename(field: CollectedField, place: ResponsePath): unknown {
    if (isObjectType(field.parentType)) return field.parentType.name;
    this.#refuse(`The type of an object of ${field.parentType.name} is not known.`, place);
    return propagatedNull;
  }

  #value(
    type: GraphQLOutputType,
    field: CollectedField,
    value: unknown,
    views: readonly LocatedErrorView[],
    place: ResponsePath,
  ): unknown {
    if (isNonNullType(type)) {
      const completed = this.#nullable(type.ofType, field, value, views, place);
      if (completed !== null) return completed;
      if (!this.#isNullExplained)
        this.#refuse(`Cannot return null for non-nullable field ${coordinateOf(field)}.`, place);
      return propagatedNull;
    }
    const completed = this.#nullable(type, field, value, views, place);
    return completed === propagatedNull ? null : completed;
  }

  #nullable(
    type: GraphQLOutputType,
    field: CollectedField,
    value: unknown,
    views: readonly LocatedErrorView[],
    place: ResponsePath,
  ): unknown {
    if (value === null || value === undefined) {
      if (value === undefined && !this.#lost) {
        this.isMissing = true;
        this.isUnexplained ||= !views.length;
      }
      this.#reportNull(value, field, views, place);
      return null;
    }
    if (isUnequalLists(value)) {
      const message = `${coordinateOf(field)} was answered by two subgraphs with ${value.description}.`;
      return this.#refuse(message, place);
    }
    for (const view of views) {
      if (!view.located.isShared) view.located.place ??= this.#placeOf(view, field, place);
    }
    if (isListType(type)) return this.#list(type.ofType, field, value, views, place);
    if (isLeafType(type)) return this.#leaf(type, field, value, place);
    if (typeof value !== "object" || Array.isArray(value)) {
      return this.#refuse(`${coordinateOf(field)} was answered with a value that is no object.`, place);
    }
    if (isNonNullType(type)) throw new Error("A nullable type cannot be non-null.");
    const objectType = isAbstractType(type) ? this.#runtimeType(type, value) : this.#checkedType(type, value);
    if (!objectType) {
      if (isAbstractType(type) && this.#isOfHiddenType(type, value)) return this.#unexplainedNull();
      const message = `${coordinateOf(field)} was answered with an object that is no ${type.name}.`;
      return this.#refuse(message, place);
    }
    if (
      isInterfaceType(objectType) &&
      this.#operation.selections.dependsOnType(this.#operation.selections.setsOf(field), objectType)
    )
      return this.#unknownType(objectType, field, value, views, place);
    return this.#object(objectType, field, value, views, place);
  }

  #leaf(type: GraphQLLeafType, field: CollectedField, value: unknown, place: ResponsePath): unknown {
    const length = lengthOf(value);
    if (length === null)
      return this.#refuse(
        `${coordinateOf(field)} was answered with a value that is nested too deeply.`,
        place,
      );
    this.#budget.countOutput(length);
    const leaf = leafValueOf(type, value);
    if (leaf !== undefined) return leaf;
    if (this.#isHiddenValue(type, value)) return this.#unexplainedNull();
    return this.#refuse(`${coordinateOf(field)} was answered with a value that is no ${type.name}.`, place);
  }

  #list(
    itemType: GraphQLOutputType,
    field: CollectedField,
    value: unknown,
    views: readonly LocatedErrorView[],
    place: ResponsePath,
  ): unknown {
    if (!Array.isArray(value))
      return this.#refuse(`${coordinateOf(field)} was answered with a value that is no list.`, place);
    const items: unknown[] = [];
    const complete = (index: number) => {
      const below = views.length ? errorsBelow(views, index) : views;
      const step = { parent: place, step: index, name: index, field };
      return this.#value(itemType, field, value[index], below, step);
    };
    for (let index = 0; index < value.length; index++) {
      const item = complete(index);
      if (item === propagatedNull) return this.#propagate(index + 1, value.length, complete);
      items.push(item);
    }
    return items;
  }

  // What stands beside it is lost, but for what subgraphs say of it: each of their errors is told at its own path.
  #propagate(from: number, to: number, complete: (index: number) => unknown): typeof propagatedNull {
    if (!this.#subgraphErrors.any) return propagatedNull;
    this.#lost += 1;
    for (let index = from; index < to; index++) complete(index);
    this.#lost -= 1;
    return propagatedNull;
  }

  #object(
    type: FieldedType,
    field: CollectedField,
    data: object,
    views: readonly LocatedErrorView[],
    place: ResponsePath,
  ): unknown {
    const own = this.#subgraphErrors.of(data);
    const all = own.length ? [...views, ...own] : views;
    const { selections } = this.#operation;
    const object = this.#fields(selections.under(field, type), data, all, place);
    if (this.#operation.defers && object !== propagatedNull) {
      this.#defer(selections.setsOf(field), type, data, place);
    }
    return object;
  }

  #fields(
    fields: readonly CollectedField[],
    data: object,
    views: readonly LocatedErrorView[],
    place: ResponsePath | undefined,
  ): unknown {
    this.#budget.countObjects(1);
    const object = Object.create(null) as Record<string, unknown>;
    const complete = (index: number) => this.#field(fields[index] as CollectedField, data, views, place);
    for (const [index, { key }] of fields.entries()) {
      const value = complete(index);
      if (value === propagatedNull) return this.#propagate(index + 1, fields.length, complete);
      object[key] = value;
    }
    return object;
  }

  #runtimeType(type: GraphQLAbstractType, data: object): FieldedType | null {
    const name = (data as { __typename?: unknown }).__typename;
    const named = typeof name === "string" ? this.#schema.getType(name) : undefined;
    if (isObjectType(named)) return this.#schema.isSubType(type, named) ? named : null;
    const root =
      typeof name === "string" &&
      renamedRootType(this.#dataSchema, this.#schema.getPossibleTypes(type), name);
    if (root) return root;
    // An @interfaceObject answers with the interface's name, and nobody asked for more when that is all there is.
    if (isInterfaceType(named) && (named === type || this.#schema.isSubType(type, named))) return named;
    return name === undefined && isInterfaceType(type) ? type : null;
  }

  // What tells the type of an object may have failed, and so has what is asked of that type.
  #unknownType(
    type: FieldedType,
    field: CollectedField,
    data: object,
    views: readonly LocatedErrorView[],
    place: ResponsePath,
  ): null {
    this.isMissing = true;
    const explaining = [...views, ...this.#subgraphErrors.of(data)].filter(({ about }) => about === "shape");
    if (!explaining.length) {
      this.isUnexplained = true;
      return this.#refuse(`The type of an object of ${type.name} is not known.`, place);
    }
    this.#reportNull(undefined, field, explaining, place);
    return null;
  }

  #checkedType(type: FieldedType, data: object): FieldedType | null {
    const name = (data as { __typename?: unknown }).__typename;
    if (name === undefined || name === null || name === type.name) return type;
    if (typeof name !== "string") return null;
    if (isObjectType(type) && renamedRootType(this.#dataSchema, [type], name)) return type;
    const named = this.#schema.getType(name);
    return isInterfaceType(named) && this.#schema.isSubType(named, type) ? type : null;
  }

  // What is @inaccessible is nothing to a client, and no subgraph's fault: a null, and an error only where there may be no null.
  #isHiddenValue(type: GraphQLLeafType, value: unknown): boolean {
    const whole = isEnumType(type) ? this.#dataSchema.getType(type.name) : undefined;
    return isEnumType(whole) && typeof value === "string" && whole.getValue(value) !== undefined;
  }

  #isOfHiddenType(type: GraphQLAbstractType, data: object): boolean {
    const name = (data as { __typename?: unknown }).__typename;
    if (typeof name !== "string" || this.#schema.getType(name)) return false;
    const [hidden, whole] = [this.#dataSchema.getType(name), this.#dataSchema.getType(type.name)];
    return isObjectType(hidden) && isAbstractType(whole) && this.#dataSchema.isSubType(whole, hidden);
  }

  #reportNull(
    value: unknown,
    field: CollectedField,
    views: readonly LocatedErrorView[],
    place: ResponsePath,
  ): void {
    this.#isNullExplained = false;
    for (const view of views) {
      const { located } = view;
      // An error without a path explains what is missing; of the nulls that are there it explains one at most.
      if (view.about === "shape" && value === null && (located.isReported || located.place)) continue;
      this.#isNullExplained = true;
      if (located.isShared) {
        const here = pathTo(place);
        located.place = located.place ? commonPath(located.place, here) : here;
        continue;
      }
      const steps = this.#placeOfNull(view, field, place);
      located.isReported = true;
      located.place = steps;
      for (const error of located.errors) this.#report(error, steps);
    }
  }

  #placeOfNull(view: LocatedErrorView, field: CollectedField, place: ResponsePath): PathStep[] {
    if (view.about === "place") return this.#placeOf(view, field, place);
    return view.failed ? this.#placeOfFailed(view.failed, place) : pathTo(place);
  }

  #placeOfFailed({ up, path }: FailedBelow, place: ResponsePath): PathStep[] {
    let object: ResponsePath | undefined = place;
    for (let steps = up; steps > 0; steps--) object = object?.parent;
    const { selections, rootFields } = this.#operation;
    // What is deferred is not found below its object, and this may be it.
    if (up === 1 && path[0] === place.name)
      return [...pathTo(place), ...clientPath(selections, place.field, path.slice(1))];
    if (object) return [...pathTo(object), ...clientPath(selections, object.field, path)];
    const [name, ...below] = path;
    const root = rootFields.find(({ internalAlias }) => internalAlias === name);
    return root ? [root.key, ...clientPath(selections, root, below)] : [];
  }

  #placeOf(view: LocatedErrorView, field: CollectedField, place: ResponsePath): PathStep[] {
    if (view.about === "shape") return pathTo(place.parent);
    return [...pathTo(place), ...clientPath(this.#operation.selections, field, view.path)];
  }

  #unexplainedNull(): null {
    this.#isNullExplained = false;
    return null;
  }

  #refuse(message: string, place: ResponsePath): null {
    this.#isNullExplained = true;
    if (!this.#lost)
      this.#report({ message, extensions: { code: "SUBGRAPH_ANSWER_INVALID" } }, pathTo(place));
    return null;
  }

  #report(error: FetchError, path: readonly PathStep[] | undefined): void {
    if (this.errors.length >= this.#mostErrors) return;
    const once = `${path?.length ? JSON.stringify(path) : ""} ${error.message}`;
    if (this.#reported.has(once)) return;
    this.#reported.add(once);
    const { message, extensions } = error;
    this.errors.push(
      new GraphQLError(message, { path: path?.length ? path : null, extensions: { ...extensions } }),
    );
  }
}

// Of how many characters a leaf is, about; null where it cannot be written.
function lengthOf(value: unknown): number | null {
  if (typeof value === "string") return value.length;
  return typeof value === "object" && value !== null ? (leafText(value)?.length ?? null) : 8;
}

function coordinateOf(field: CollectedField): string {
  return `${field.parentType.name}.${field.nodes[0]?.name.value}`;
}

/** The steps from the answer's root to a place; none to the root itself. */
export function pathTo(place: ResponsePath | undefined): PathStep[] {
  const steps: PathStep[] = [];
  for (let here: ResponsePath | undefined = place; here; here = here.parent) steps.unshift(here.step);
  return steps;
}
