import {
  getNamedType,
  isCompositeType,
  Kind,
  OperationTypeNode,
  type DocumentNode,
  type GraphQLCompositeType,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from "graphql";
import {
  requirementsOfSelf,
  requirementsOfSupergraph,
  type Requirements,
} from "#shared/federation/authorization.ts";
import { factsOfSupergraph } from "#shared/federation/authorizationFacts.ts";
import { linkedNames } from "#shared/federation/linkedNames.ts";
import { AUTHORIZATION_SPEC } from "#shared/federation/specifications.ts";
import { responseName } from "#shared/graphql/collectFields.ts";
import { fragmentOf, fragmentTable, type FragmentTable } from "#shared/graphql/fragments.ts";
import { fragmentType } from "#shared/graphql/typeConditions.ts";

/** Tells what operations on this supergraph need. An operation is read once per document and remembered with it. */
export function openPermissions(supergraph: DocumentNode, schema: GraphQLSchema): Permissions {
  const open = publicFields(supergraph);
  const reader = (requirements: Requirements): Permissions["needsOf"] => {
    const known = new WeakMap<OperationDefinitionNode, OperationNeeds>();
    return (document, operation) => {
      const walk = () => new Walk(schema, document, { requirements, open }).operation(operation);
      const needs = known.get(operation) ?? walk();
      known.set(operation, needs);
      return needs;
    };
  };
  return {
    needsOf: reader(requirementsOfSupergraph(supergraph)),
    needsOfPerson: reader(requirementsOfSelf(supergraph)),
  };
}

/** Answers what the operations of a document need. */
export interface Permissions {
  needsOf(document: DocumentNode, operation: OperationDefinitionNode): OperationNeeds;
  /** The same for an actor who may be the person that is read: @orSelf is decided by the subgraph, which has the person's row. */
  needsOfPerson(document: DocumentNode, operation: OperationDefinitionNode): OperationNeeds;
}

/** What an operation needs altogether, and each guarded field in it. */
export interface OperationNeeds {
  readonly needs: readonly Requirement[];
  readonly fields: readonly GuardedField[];
}

/** A permission by name; or AUTHENTICATED; or DENY_ALL. */
export type Requirement = string;

/** Fulfilled by every authenticated actor, of whatever permissions. */
export const AUTHENTICATED: Requirement = "\u0000signed in";

/** Fulfilled by no actor: a root field that neither says what it needs nor that it is public. */
export const DENY_ALL: Requirement = "\u0000nobody";

/** A selected field that not everybody may read. */
export interface GuardedField {
  /** `Type.field`, of the type it is selected on. */
  readonly coordinate: string;
  readonly needs: readonly Requirement[];
  /** The names it has in the answer, from the root, without places in lists. */
  readonly path: readonly string[];
}

/** Whether a supergraph has any authorization directive; one of another project has none. */
export function hasAuthorization(supergraph: DocumentNode): boolean {
  const names = linkedNames(supergraph);
  return supergraph.definitions.some(
    (definition) =>
      definition.kind === Kind.DIRECTIVE_DEFINITION &&
      names.resolve(definition.name.value)?.spec === AUTHORIZATION_SPEC,
  );
}

interface WhoMay {
  readonly requirements: Requirements;
  readonly open: ReadonlySet<string>;
}

function publicFields(supergraph: DocumentNode): ReadonlySet<string> {
  const open = new Set<string>();
  for (const type of factsOfSupergraph(supergraph).values()) {
    for (const field of type.fields.values()) if (field.isPublic) open.add(`${type.name}.${field.name}`);
  }
  return open;
}

// Neither @skip nor @include is looked at: an operation is judged by what it may ask for, whatever its variables say.
class Walk {
  private readonly schema: GraphQLSchema;
  private readonly whoMay: WhoMay;
  private readonly fragments: FragmentTable;
  private readonly needs = new Set<Requirement>();
  private readonly fields = new Map<string, GuardedField>();

  constructor(schema: GraphQLSchema, document: DocumentNode, whoMay: WhoMay) {
    this.schema = schema;
    this.whoMay = whoMay;
    this.fragments = fragmentTable(document);
  }

  operation(operation: OperationDefinitionNode): OperationNeeds {
    const root = this.schema.getRootType(operation.operation);
    if (root) this.selections(operation.selectionSet, root, []);
    return { needs: [...this.needs], fields: [...this.fields.values()] };
  }

  private selections(set: SelectionSetNode, parent: GraphQLCompositeType, path: readonly string[]): void {
    for (const selection of set.selections) {
      if (selection.kind === Kind.FIELD) {
        const within = [...path, responseName(selection)];
        this.field(parent, selection.name.value, within);
        const type = fieldType(parent, selection.name.value);
        if (selection.selectionSet && type) this.selections(selection.selectionSet, type, within);
      } else {
        const fragment = fragmentOf(selection, this.fragments);
        if (fragment)
          this.selections(fragment.selectionSet, fragmentType(this.schema, fragment, parent), path);
      }
    }
  }

  private field(parent: GraphQLCompositeType, name: string, path: readonly string[]): void {
    const coordinate = `${parent.name}.${name}`;
    const needs = this.needsOf(parent, name, coordinate);
    if (needs.length === 0) return;
    for (const need of needs) this.needs.add(need);
    this.fields.set(`${coordinate} ${path.join(".")}`, { coordinate, needs, path });
  }

  private needsOf(parent: GraphQLCompositeType, name: string, coordinate: string): readonly Requirement[] {
    const needed = this.whoMay.requirements.get(coordinate);
    if (needed) return [AUTHENTICATED, ...needed];
    const isRoot = ROOTS.some((kind) => this.schema.getRootType(kind) === parent);
    return isRoot && !name.startsWith("__") && !this.whoMay.open.has(coordinate) ? [DENY_ALL] : [];
  }
}

const ROOTS = [OperationTypeNode.QUERY, OperationTypeNode.MUTATION, OperationTypeNode.SUBSCRIPTION];

function fieldType(parent: GraphQLCompositeType, name: string): GraphQLCompositeType | undefined {
  const definition = "getFields" in parent ? parent.getFields()[name] : undefined;
  const type = definition && getNamedType(definition.type);
  return isCompositeType(type) ? type : undefined;
}
