import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { buildSubgraphSchema } from "@apollo/subgraph";
import { parse } from "graphql";
import { createYoga } from "graphql-yoga";

const LINK =
  'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@tag"])\n';

/** The SDL of books, whose type has `more` fields. */
export const books = (more = ""): string => `${LINK}
"Something to read."
type Book @key(fields: "id") {
  id: ID!
  title: String${more}
}
type Query {
  "All of them."
  books: [Book!]
}
`;
const resolvers = { Query: { books: () => [{ id: "1", title: "Emma", pages: 474 }] } };

/** A subgraph that runs, and whose SDL may change. */
export interface RunningSubgraph {
  readonly url: string;
  become(sdl: string): void;
  /** The headers of the last request. */
  headers(): Readonly<Record<string, unknown>>;
  stop(): Promise<void>;
}

/** Serves books over HTTP. */
export async function runningBooks(): Promise<RunningSubgraph> {
  const open = (sdl: string) =>
    createYoga({ schema: buildSubgraphSchema([{ typeDefs: parse(sdl), resolvers }]), logging: false });
  let yoga = open(books());
  let headers = {};
  const server = createServer((request, response) => {
    headers = request.headers;
    void yoga(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`,
    become: (sdl) => void (yoga = open(sdl)),
    headers: () => headers,
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
