-- What is published of graphs, by variant, for gateways that take it from here: each runs the newest version of its variant. No row is ever
-- changed: going back to a version is a newer one with the same texts.
create table "gateway"."graph_version" (
  "graph" text not null,
  "variant" text not null,
  "version" int not null check ("version" >= 1),
  "published_at" timestamptz (6) not null,
  "published_by" text not null,
  "restores" int null,
  "digest" text not null,
  "changes" json not null,
  "supergraph_sdl" text not null,
  "api_sdl" text not null,
  "subgraph_sdl" json not null,
  primary key ("graph", "variant", "version")
);
