create table "process"."call_backlog" ("tenant_id" uuid not null, "id" uuid not null default uuidv7(), "kind" text not null, "seen_at" timestamptz(6) not null, primary key ("tenant_id", "id"));
alter table "process"."call_backlog" add constraint "call_backlog_tenant_id_kind_unique" unique ("tenant_id", "kind");

alter table "process"."call_backlog" enable row level security;
alter table "process"."call_backlog" force row level security;
create policy "own_tenant" on "process"."call_backlog" using (tenant_id = ( SELECT (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid AS "nullif")) with check (tenant_id = ( SELECT (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid AS "nullif"));
