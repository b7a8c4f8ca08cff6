/** The specification that says which subgraph has what of a supergraph. */
export const JOIN_SPEC = "https://specs.apollo.dev/join";
/** The specification of what subgraphs say of themselves: @key, @requires, @provides and the like. */
export const FEDERATION_SPEC = "https://specs.apollo.dev/federation";
/** The specification that @authorize, @orSelf and @public belong to. */
export const AUTHORIZATION_SPEC = "https://tocsin.dev/authorization";
/** The specification that @cost and @listSize belong to in a supergraph; in a subgraph they are federation's. */
export const COST_SPEC = "https://specs.apollo.dev/cost";
/** The specification that @tag belongs to in a supergraph; in a subgraph it is federation's. */
export const TAG_SPEC = "https://specs.apollo.dev/tag";
/** The specification that @context belongs to in a supergraph; in a subgraph it is federation's. */
export const CONTEXT_SPEC = "https://specs.apollo.dev/context";
/** The specification that @inaccessible belongs to in a supergraph. */
export const INACCESSIBLE_SPEC = "https://specs.apollo.dev/inaccessible";
/** The specification of @link itself, by which a document says whose directives it uses; and of @core, which it was before. */
export const LINK_SPECS = ["https://specs.apollo.dev/link", "https://specs.apollo.dev/core"] as const;
