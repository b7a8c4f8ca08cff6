import { z } from "zod";
import { flag } from "#shared/config/config.ts";
import { readAnswerHeaderRule } from "./answerHeaders.ts";
import { readForwardedHeader } from "./headers.ts";
import { readLabelRule } from "./overrideLabels.ts";
import { readSubscriptionRule } from "./subgraphProtocols.ts";

/** The rule for texts by comma, of which none is empty. */
export const list = z.string().transform((text) =>
  text
    .split(",")
    .map((item) => item.trim())
    .filter(Boolean),
);

// What is wrong with one of them is told in the words of whoever reads it.
const eachOf = <Rule>(read: (text: string) => Rule) =>
  list.transform((items, context) =>
    items.flatMap((item) => {
      try {
        return [read(item)];
      } catch (fault) {
        context.addIssue((fault as TypeError).message);
        return [];
      }
    }),
  );

/** The variables that say how subgraphs are asked, and what of their answers callers are given. */
export const subgraphShape = {
  FORWARD_HEADERS: eachOf(readForwardedHeader)
    .default([])
    .describe(
      "Headers of the caller that are passed on to every subgraph (`authorization`) or to one (`products/x-shop`), by comma",
    ),
  RESPONSE_HEADERS: eachOf(readAnswerHeaderRule)
    .default([])
    .describe(
      "Headers of subgraphs' answers that are passed on to the caller, and which of several: `set-cookie=append`, `products/x-left=last`, `cache-control=first`, by comma",
    ),
  OVERRIDE_LABELS: eachOf(readLabelRule)
    .default([])
    .describe(
      "The labels of @override that are on, by comma: `moved` for everybody, `moved=25` for that share of the clients in percent; `percent(n)` says so itself",
    ),
  OVERRIDE_HEADER: z
    .string()
    .regex(/^[a-z0-9-]+$/, "is not the name of a header in lower case")
    .optional()
    .describe(
      "The header in which callers name labels of @override, by comma, that are on for their request",
    ),
  SUBGRAPH_SUBSCRIPTIONS: eachOf(readSubscriptionRule)
    .default([])
    .describe(
      "How subscriptions of subgraphs are followed: `reviews=websocket`, `reviews=websocket:/path` (graphql-transport-ws), `prices=callback` (Apollo's HTTP callback protocol), `*=sse`, by comma; as server-sent events where nothing is said",
    ),
  CALLBACK_URL: z
    .url({ protocol: /^https?$/ })
    .optional()
    .describe(
      "Where subgraphs call back that are asked to: this very process, under /callback, as they reach it",
    ),
  CALLBACK_HEARTBEAT_SECONDS: z.coerce
    .number()
    .min(0)
    .max(3_600)
    .default(5)
    .describe(
      "How often they say that they are there; two that are missing end a subscription, 0 asks for none",
    ),
  SUBGRAPH_HTTP2: list
    .default([])
    .describe(
      "The subgraphs that are asked over HTTP/2, by comma, or `*`: over TLS where they agree to it, at http addresses with prior knowledge (h2c)",
    ),
  ERROR_SERVICE_NAMES: flag
    .default(false)
    .describe("Whether errors of subgraphs say in `extensions.serviceName` whose they are, as Apollo's do"),
  SUBGRAPH_ERRORS: z
    .enum(["known", "all"])
    .default("known")
    .describe("Which errors of subgraphs a caller reads: those with a code of the table, or all"),
};
