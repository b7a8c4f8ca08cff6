import { valueFromASTUntyped, type DirectiveNode, type DocumentNode } from "graphql";
import { linkedNames } from "./linkedNames.ts";

/** Reads the directives of a document by the names that their specifications give them, whatever the document calls them. */
export interface DirectiveReader {
  /** Whether this directive is the one that a specification calls so. */
  is(directive: DirectiveNode, spec: string, name: string): boolean;
  /** The arguments of every application of a directive on a node. */
  read(node: Directed, spec: string, name: string): readonly DirectiveArguments[];
}

/** A node that may have directives. */
export type Directed = { readonly directives?: readonly DirectiveNode[] | undefined };
/** The arguments of a directive as plain values; what an enum is given is its name. */
export type DirectiveArguments = Readonly<Record<string, unknown>>;

/** Reads the directives of this document, of one subgraph or of a supergraph. */
export function directiveReader(document: DocumentNode): DirectiveReader {
  const names = linkedNames(document);
  const is: DirectiveReader["is"] = (directive, spec, name) => {
    const linked = names.resolve(directive.name.value);
    return linked?.spec === spec && linked.name === name;
  };
  return {
    is,
    read: ({ directives = [] }, spec, name) =>
      directives.filter((directive) => is(directive, spec, name)).map(argumentsOf),
  };
}

/** The arguments of a directive as plain values. */
export function argumentsOf({ arguments: given = [] }: DirectiveNode): DirectiveArguments {
  return Object.fromEntries(given.map(({ name, value }) => [name.value, valueFromASTUntyped(value)]));
}
