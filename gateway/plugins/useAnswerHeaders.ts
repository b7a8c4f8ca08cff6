import { collectAnswerHeaders, type AnswerHeaderRule } from "../answerHeaders.ts";
import type { GatewayContext, HttpPlugin } from "../context.ts";

/** Passes on headers of subgraphs' answers as rules say: of those that came before the answer to the caller began. */
export function useAnswerHeaders(rules: readonly AnswerHeaderRule[]): HttpPlugin {
  return {
    onRequestParse({ serverContext }) {
      serverContext.answerHeaders = collectAnswerHeaders(rules);
    },
    onResponse({ response, serverContext }) {
      const { answerHeaders } = serverContext as unknown as Partial<GatewayContext>;
      answerHeaders?.addTo(response.headers);
    },
  };
}
