import {
  GraphQLError,
  specifiedRules,
  validate,
  type DocumentNode,
  type GraphQLSchema,
  type ValidationRule,
} from "graphql";
import { LRUCache } from "lru-cache";
import type { HttpPlugin } from "../context.ts";
import type { Engine } from "../executor/engine.ts";

/** What counts as large, and how validation is told. */
export interface LargeDocumentsOptions {
  /** From how many characters on a document is validated beside the main thread. */
  readonly characters?: number;
  readonly hideSuggestions: boolean;
  /** Whether a text is a document and within the limits; what is not is refused where those are held. */
  readonly isWithinLimits: (text: string) => boolean;
}

const CHARACTERS = 2_000;
const MOST_ERRORS = 20;

/**
 * Has large documents validated beside the main thread, the first time they come, so that this keeps nobody else waiting. What they come to is
 * what validation on the main thread would have come to.
 */
export function useLargeDocuments({
  characters = CHARACTERS,
  hideSuggestions,
  isWithinLimits,
}: LargeDocumentsOptions): HttpPlugin {
  const verdicts = new WeakMap<Engine, LRUCache<string, readonly GraphQLError[]>>();
  const verdictsOf = (engine: Engine) => {
    const known = verdicts.get(engine) ?? new LRUCache({ max: 500, maxSize: 8_000_000, sizeCalculation });
    verdicts.set(engine, known);
    return known;
  };
  return {
    onParams({ params: { query }, paramsHandler, setParamsHandler, context }) {
      if (typeof query !== "string" || query.length < characters) return;
      const { graph, principal, address, deadline, giveWay } = context;
      const known = verdictsOf(graph.engine);
      if (known.has(query) || !isWithinLimits(query)) return;
      const owner = principal?.tenantId ?? address;
      const how = { hideSuggestions, maxErrors: MOST_ERRORS, owner, deadline };
      setParamsHandler(async (payload) => {
        try {
          known.set(query, await giveWay(graph.engine.validate(query, how)));
        } catch (error) {
          if (error instanceof GraphQLError) return { errors: [error] };
          throw error;
        }
        return paramsHandler(payload);
      });
    },
    onValidate({ params: { documentAST }, context, setValidationFn }) {
      const { loc } = documentAST as DocumentNode;
      const text = loc?.source.body ?? "";
      const known = text.length < characters ? undefined : verdictsOf(context.graph.engine).get(text);
      if (!known) return;
      setValidationFn((schema: GraphQLSchema, document: DocumentNode, rules?: readonly ValidationRule[]) => {
        const others = rules?.filter((rule) => !OF_SPECIFICATION.has(rule)) ?? [];
        return others.length ? [...known, ...validate(schema, document, others)] : known;
      });
    },
  };
}

const OF_SPECIFICATION: ReadonlySet<ValidationRule> = new Set(specifiedRules);

function sizeCalculation(errors: readonly GraphQLError[], text: string): number {
  return text.length * 2 + errors.length * 1_000 + 1;
}
