import type { Routes } from "#shared/http/server.ts";

/** Asks the graph as somebody would over HTTP. Throws with the first error when there is one. */
export async function askGraph<Data>(
  routes: Routes,
  as: Caller,
  query: string,
  variables: object = {},
): Promise<Data> {
  const response = await routes(
    new Request("http://localhost/graphql", {
      method: "POST",
      headers: {
        "content-type": "application/json",
        authorization: `Bearer ${as.token}`,
        "x-tenant-id": as.tenantId,
      },
      body: JSON.stringify({ query, variables }),
    }),
  );
  const { data, errors } = (await response!.json()) as { data?: Data; errors?: { message: string }[] };
  if (errors?.length || !data)
    throw new Error(`The graph answered: ${errors?.[0]?.message ?? response!.status}`);
  return data;
}

/** In whose name the graph is asked. */
export interface Caller {
  readonly token: string;
  readonly tenantId: string;
}
