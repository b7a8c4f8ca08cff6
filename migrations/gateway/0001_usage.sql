-- What clients ask for, so that whoever changes the schema knows who would notice. These rows are of no tenant: an operation's text is
-- a client's, without any value that somebody put in, and who asked is not written down.
create schema if not exists "gateway";

create table "gateway"."operation" (
  "hash" text not null primary key,
  "name" text not null,
  "text" text not null,
  "coordinates" jsonb not null,
  "last_used_on" date not null
);
create index "operation_last_used_on_index" on "gateway"."operation" ("last_used_on");

create table "gateway"."operation_use" (
  "used_on" date not null,
  "client" text not null,
  "version" text not null,
  "hash" text not null,
  "count" bigint not null,
  primary key ("used_on", "client", "version", "hash")
);
