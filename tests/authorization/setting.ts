import {
  createWorld,
  following,
  type Following,
  type GraphAnswer,
  type Tenant,
  type World,
  type WorldOptions,
} from "../support/world.ts";

/** A tenant of a world of its own, whose people and keys a story is about. */
export async function openSetting(options: WorldOptions = {}): Promise<Setting> {
  const world = await createWorld(options);
  return { world, tenant: await world.tenant("acme"), close: () => world.close() };
}

/** Where a story about permissions takes place. */
export interface Setting {
  readonly world: World;
  readonly tenant: Tenant;
  close(): Promise<void>;
}

/** Asks the graph, or whatever is at a path, with an API key. */
export async function askWithKey(
  world: World,
  key: string,
  body: object,
  path = "/graphql",
): Promise<GraphAnswer> {
  const headers = { "content-type": "application/json", authorization: `Bearer ${key}` };
  const request = new Request(`http://localhost${path}`, {
    method: "POST",
    headers,
    body: JSON.stringify(body),
  });
  return (await (await world.tocsin.routes(request))!.json()) as GraphAnswer;
}

/** A key that somebody created; the administrator, unless it is somebody else. */
export async function createKey(
  { world, tenant }: Pick<Setting, "world" | "tenant">,
  permissions: readonly string[],
  how: { by?: Caller; expiresAt?: string } = {},
): Promise<Key> {
  const { by = tenant.admin, ...more } = how;
  const input = { name: "Key", permissions, ...more };
  const { createApiKey } = await by.ask<{ createApiKey: { key: string; apiKey: { id: string } } }>(CREATE, {
    input,
  });
  const { key, apiKey } = createApiKey;
  const answer: Key["answer"] = (query, variables = {}) => askWithKey(world, key, { query, variables });
  return {
    id: apiKey.id,
    key,
    answer,
    async ask<Data>(query: string, variables: object = {}) {
      const { data, errors } = await answer(query, variables);
      if (errors?.length) throw new Error(errors[0]!.message);
      return data as Data;
    },
  };
}

const CREATE = "mutation ($input: CreateApiKeyInput!) { createApiKey(input: $input) { key apiKey { id } } }";

/** Whoever asks the graph: a person or a machine. */
export interface Caller {
  ask<Data>(query: string, variables?: object): Promise<Data>;
  answer(query: string, variables?: object): Promise<GraphAnswer>;
}

/** An API key with what it asks. */
export interface Key extends Caller {
  readonly id: string;
  readonly key: string;
}

/** The codes of an answer's errors. */
export function codesOf({ errors = [] }: GraphAnswer): string[] {
  return errors.map((error) => error.extensions.code);
}

/** Follows a subscription with an API key. */
export async function followWithKey(
  world: World,
  key: string,
  query: string,
  variables: object,
): Promise<Following> {
  const headers = {
    accept: "text/event-stream",
    "content-type": "application/json",
    authorization: `Bearer ${key}`,
  };
  const body = JSON.stringify({ query, variables });
  const request = new Request("http://localhost/graphql", { method: "POST", headers, body });
  return following((await world.tocsin.routes(request))!);
}
