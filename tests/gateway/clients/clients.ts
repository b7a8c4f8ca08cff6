import {
  ApolloClient,
  CombinedGraphQLErrors,
  HttpLink,
  InMemoryCache,
  gql,
  type ApolloLink,
} from "@apollo/client";
import { GraphQLWsLink } from "@apollo/client/link/subscriptions";
import { createFetchMultipartSubscription } from "@apollo/client/utilities/subscriptions/relay";
import {
  Client as UrqlClient,
  fetchExchange,
  subscriptionExchange,
  type SubscriptionForwarder,
} from "@urql/core";
import { createClient as createSseClient } from "graphql-sse";
import { createClient as createWsClient } from "graphql-ws";
import { Network, type RequestParameters } from "relay-runtime";
import type { TickingGateway } from "./tickingGateway.ts";

/** What a client hands to its application: a result, why it failed, or that it is over. */
export interface Heard {
  readonly data?: unknown;
  readonly errors?: readonly { message: string; path?: unknown; extensions?: Record<string, unknown> }[];
  readonly failed?: string;
  readonly isOver?: true;
}

/** A client's subscription: what it hears, one after another, and a way to unsubscribe. */
export interface Subscribed {
  next(): Promise<Heard>;
  unsubscribe(): void;
}

/** Subscribes with one of the clients that people use. */
export interface StoryClient {
  readonly name: string;
  /** Whether it subscribes again by itself when it is sent away. */
  readonly returns: boolean;
  subscribe(gateway: TickingGateway, query: string, authorization?: string): Subscribed;
}

type Tell = (heard: Heard) => void;
type Errors = NonNullable<Heard["errors"]>;

/** All of them. */
export const clients: readonly StoryClient[] = [
  client("Apollo Client over HttpLink (multipart)", false, (gateway, query, headers, tell) =>
    withApollo(new HttpLink({ uri: `${gateway.url}/graphql`, headers }), query, tell),
  ),
  client("Apollo Client over GraphQLWsLink", true, (gateway, query, headers, tell) =>
    withApollo(new GraphQLWsLink(socketOf(gateway, headers)), query, tell),
  ),
  client("urql by its own fetch", false, (gateway, query, headers, tell) =>
    withUrql(gateway, query, headers, null, tell),
  ),
  client("urql with graphql-ws", true, (gateway, query, headers, tell) => {
    const socket = socketOf(gateway, headers);
    return withUrql(gateway, query, headers, forwardedTo(socket.subscribe), tell);
  }),
  client("urql with graphql-sse", false, (gateway, query, headers, tell) => {
    const sse = sseOf(gateway, headers);
    return withUrql(gateway, query, headers, forwardedTo(sse.subscribe), tell);
  }),
  client("graphql-sse", false, (gateway, query, headers, tell) =>
    sseOf(gateway, headers).subscribe({ query }, sinkOf(tell)),
  ),
  client("graphql-ws", true, (gateway, query, headers, tell) =>
    socketOf(gateway, headers).subscribe({ query }, sinkOf(tell)),
  ),
  client("Relay with fetchMultipartSubscription", false, (gateway, query, headers, tell) => {
    const subscribe = createFetchMultipartSubscription(`${gateway.url}/graphql`, { headers });
    const network = Network.create(
      () => ({ data: {} }),
      (operation, variables) => subscribe(operation, variables),
    );
    const request = { name: "Ticked", text: query, operationKind: "subscription", id: null, metadata: {} };
    const sink = sinkOf(tell);
    const subscription = network
      .execute(request as unknown as RequestParameters, {}, {})
      .subscribe({ next: (value) => sink.next(value), error: sink.error, complete: sink.complete });
    return () => subscription.unsubscribe();
  }),
];

type Begin = (
  gateway: TickingGateway,
  query: string,
  headers: Record<string, string>,
  tell: Tell,
) => () => void;

function client(name: string, returns: boolean, begin: Begin): StoryClient {
  return {
    name,
    returns,
    subscribe(gateway, query, authorization) {
      const heard: Heard[] = [];
      const waiting: ((one: Heard) => void)[] = [];
      const tell: Tell = (one) => {
        const resolve = waiting.shift();
        if (resolve) resolve(one);
        else heard.push(one);
      };
      const unsubscribe = begin(gateway, query, authorization ? { authorization } : {}, tell);
      return {
        unsubscribe,
        next() {
          const first = heard.shift();
          return first ? Promise.resolve(first) : new Promise((resolve) => waiting.push(resolve));
        },
      };
    },
  };
}

function withApollo(link: ApolloLink, query: string, tell: Tell): () => void {
  const apollo = new ApolloClient({ link, cache: new InMemoryCache() });
  const subscription = apollo.subscribe({ query: gql(query), errorPolicy: "all" }).subscribe({
    next: ({ data, error }) => tell({ data: plain(data), ...(error && told(error)) }),
    error: (error: unknown) => tell(told(error)),
    complete: () => tell({ isOver: true }),
  });
  return () => {
    subscription.unsubscribe();
    apollo.stop();
  };
}

function withUrql(
  gateway: TickingGateway,
  query: string,
  headers: Record<string, string>,
  forward: SubscriptionForwarder | null,
  tell: Tell,
): () => void {
  const urql = new UrqlClient({
    url: `${gateway.url}/graphql`,
    fetchSubscriptions: forward === null,
    fetchOptions: { headers },
    preferGetMethod: false,
    exchanges: forward ? [subscriptionExchange({ forwardSubscription: forward })] : [fetchExchange],
  });
  const { unsubscribe } = urql.subscription(query, {}).subscribe(({ data, error, hasNext }) => {
    const errors = error?.graphQLErrors as unknown as Errors | undefined;
    const failed = error?.networkError?.message;
    tell({
      data: plain(data),
      ...(errors?.length && { errors }),
      ...(failed && { failed }),
      // The end is told with what was told last.
      ...(!hasNext && { isOver: true }),
    });
  });
  return unsubscribe;
}

function forwardedTo(
  subscribe: (payload: { query: string }, sink: ReturnType<typeof sinkOf>) => () => void,
): SubscriptionForwarder {
  return ({ query = "", variables }) => ({
    subscribe: (sink) => ({
      unsubscribe: subscribe({ query, variables } as never, {
        next: (value) => sink.next(value as never),
        error: (error) => sink.error(error),
        complete: () => sink.complete(),
      }),
    }),
  });
}

function socketOf(gateway: TickingGateway, connectionParams: Record<string, string>) {
  return createWsClient({
    url: gateway.socketUrl,
    connectionParams,
    retryAttempts: 3,
    retryWait: async () => {},
  });
}

function sseOf(gateway: TickingGateway, headers: Record<string, string>) {
  return createSseClient({ url: `${gateway.url}/graphql`, headers, retryAttempts: 0 });
}

function sinkOf(tell: Tell) {
  return {
    next: (value: unknown) => tell(plain(value) as Heard),
    error: (error: unknown) => tell(told(error)),
    complete: () => tell({ isOver: true }),
  };
}

function told(error: unknown): Heard {
  if (CombinedGraphQLErrors.is(error)) return { errors: plain(error.errors) as Errors };
  if (Array.isArray(error)) return { errors: plain(error) as Errors };
  return { failed: String(error) };
}

function plain(value: unknown): unknown {
  return value === undefined ? null : JSON.parse(JSON.stringify(value));
}
