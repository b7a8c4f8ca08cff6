import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type * as GraphiQL from "@graphql-yoga/render-graphiql";
import { html } from "#shared/http/html.ts";
import { BAR_STYLE } from "./style.ts";

/** An operation to try. */
export interface ExampleOperation {
  readonly name: string;
  readonly body: string;
}

/** What the explorer's page is made of. */
export interface ExplorerParts {
  readonly endpoint: string;
  readonly title: string;
  readonly examples: readonly ExampleOperation[];
  /** Whether people can be signed in with a click. */
  readonly signsIn: boolean;
}

/** GraphiQL with a bar above it: people to sign in as, example operations, the supergraph, Apollo Sandbox. Needs no other server. */
export function explorerPage({ endpoint, title, examples, signsIn }: ExplorerParts): string {
  // Nine megabytes of source, which no gateway has in memory before somebody opens the page.
  const { renderGraphiQL } = load("@graphql-yoga/render-graphiql") as typeof GraphiQL;
  const page = renderGraphiQL({ endpoint, title, defaultQuery: welcome(signsIn, examples) });
  const options = examples.map(({ name, body }) => html`<option value="${body}">${name}</option>`);
  const bar = html`<style>
      ${{ html: BAR_STYLE }}
    </style>
    <div id="tocsin">
      <b>${title}</b>
      ${signsIn && html`<span id="tocsin-people" role="group" aria-label="Sign in as">Sign in as </span>`}
      ${
        examples.length > 0 &&
        html`<label
          >Examples
          <select id="tocsin-examples">
            <option value="">choose one</option>
            ${options}
          </select></label
        >`
      }
      <span class="spacer"></span>
      <a href="/supergraph">The supergraph</a>
      ${signsIn && html`<a id="tocsin-sandbox" href="${SANDBOX}/sandbox/explorer" rel="noopener" target="_blank">Apollo Sandbox</a>`}
    </div>
    <div id="tocsin-problem" role="alert" hidden></div>
    <script>
      {
        const { endpoint, signsIn } = ${{ html: JSON.stringify({ endpoint, signsIn }) }};
        ${{ html: BROWSER }};
      }
    </script>`;
  return page.replace(/<body[^>]*>/, (body) => `${body}${bar.html}`);
}

const load = createRequire(import.meta.url);

/** Where Apollo Sandbox runs; in development its pages may ask this gateway. */
export const SANDBOX = "https://studio.apollographql.com";

const BROWSER = readFileSync(new URL("./browser.js", import.meta.url), "utf8");

function welcome(signsIn: boolean, [first]: readonly ExampleOperation[]): string {
  const how = signsIn ? "Sign in with a click, above" : 'Headers, below, takes {"authorization": "Bearer …"}';
  return `# ${how}\n\n${first?.body ?? "query {\n  __typename\n}"}\n`;
}
