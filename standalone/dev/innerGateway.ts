import type { Routes } from "#shared/http/server.ts";
import type { Tocsin } from "../openTocsin.ts";
import type { Session } from "./session.ts";

/** Serves each subgraph of this process under /<its name>, to subgraphs that run beside it and whose keys it knows. */
export function innerGateway(tocsin: Tocsin, { remote, elsewhere }: Session): Routes {
  return async (request) => {
    const { pathname, search, origin } = new URL(request.url);
    const [, name = "", ...path] = pathname.split("/");
    const subgraph = tocsin.subgraph(name);
    if (subgraph) {
      const inner = new Request(`${origin}/${path.join("/")}${search}`, request);
      return (await subgraph.routes(inner)) ?? new Response(null, { status: 404 });
    }
    const place = elsewhere[name] ?? remote;
    return Response.json({ code: "unavailable", message: notLent(name, place) }, { status: 503 });
  };
}

/** Why a subgraph cannot be asked what services ask of each other. */
export function notLent(name: string, place: string | null): string {
  return `${name} is at ${place}, which lends graphs and answers no questions between services; --override ${name}=<url> does`;
}
