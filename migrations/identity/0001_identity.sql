create schema if not exists "identity";
create table "identity"."api_key" ("tenant_id" uuid not null, "id" uuid not null default uuidv7(), "name" text not null, "secret_digest" text not null, "permissions" jsonb not null, "created_by_id" uuid null, "created_at" timestamptz(6) not null, "expires_at" timestamptz(6) null, "revoked_at" timestamptz(6) null, "last_used_at" timestamptz(6) null, primary key ("tenant_id", "id"));
create index "api_key_tenant_id_created_at_id_index" on "identity"."api_key" ("tenant_id", "created_at", "id");

create table "identity"."role" ("tenant_id" uuid not null, "id" uuid not null default uuidv7(), "name" text not null, "permissions" jsonb not null, primary key ("tenant_id", "id"));
alter table "identity"."role" add constraint "role_tenant_id_name_unique" unique ("tenant_id", "name");

create table "identity"."role_assignment" ("tenant_id" uuid not null, "id" uuid not null default uuidv7(), "user_id" uuid not null, "role_id" uuid not null, primary key ("tenant_id", "id"));
create index "role_assignment_tenant_id_role_id_index" on "identity"."role_assignment" ("tenant_id", "role_id");
alter table "identity"."role_assignment" add constraint "role_assignment_tenant_id_user_id_role_id_unique" unique ("tenant_id", "user_id", "role_id");

create table "identity"."team" ("tenant_id" uuid not null, "id" uuid not null default uuidv7(), "name" text not null, "created_at" timestamptz(6) not null, primary key ("tenant_id", "id"));
alter table "identity"."team" add constraint "team_tenant_id_name_unique" unique ("tenant_id", "name");

create table "identity"."team_member" ("tenant_id" uuid not null, "id" uuid not null default uuidv7(), "team_id" uuid not null, "user_id" uuid not null, primary key ("tenant_id", "id"));
create index "team_member_tenant_id_user_id_index" on "identity"."team_member" ("tenant_id", "user_id");
alter table "identity"."team_member" add constraint "team_member_tenant_id_team_id_user_id_unique" unique ("tenant_id", "team_id", "user_id");

create table "identity"."tenant" ("tenant_id" uuid not null, "id" uuid not null default uuidv7(), "name" text not null, "slug" text not null, "created_at" timestamptz(6) not null, primary key ("tenant_id", "id"));

create table "identity"."user_account" ("tenant_id" uuid not null, "id" uuid not null default uuidv7(), "email" text not null, "name" text not null, "time_zone" text not null, "state" text not null, "created_at" timestamptz(6) not null, primary key ("tenant_id", "id"));
create index "user_account_tenant_id_name_id_index" on "identity"."user_account" ("tenant_id", "name", "id");
create index "user_account_tenant_id_created_at_id_index" on "identity"."user_account" ("tenant_id", "created_at", "id");
alter table "identity"."user_account" add constraint "user_account_tenant_id_email_unique" unique ("tenant_id", "email");

alter table "identity"."api_key" enable row level security;
alter table "identity"."api_key" force row level security;
create policy "own_tenant" on "identity"."api_key" using (tenant_id = ( SELECT (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid AS "nullif")) with check (tenant_id = ( SELECT (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid AS "nullif"));

alter table "identity"."role" enable row level security;
alter table "identity"."role" force row level security;
create policy "own_tenant" on "identity"."role" using (tenant_id = ( SELECT (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid AS "nullif")) with check (tenant_id = ( SELECT (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid AS "nullif"));

alter table "identity"."role_assignment" enable row level security;
alter table "identity"."role_assignment" force row level security;
create policy "own_tenant" on "identity"."role_assignment" using (tenant_id = ( SELECT (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid AS "nullif")) with check (tenant_id = ( SELECT (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid AS "nullif"));

alter table "identity"."team" enable row level security;
alter table "identity"."team" force row level security;
create policy "own_tenant" on "identity"."team" using (tenant_id = ( SELECT (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid AS "nullif")) with check (tenant_id = ( SELECT (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid AS "nullif"));

alter table "identity"."team_member" enable row level security;
alter table "identity"."team_member" force row level security;
create policy "own_tenant" on "identity"."team_member" using (tenant_id = ( SELECT (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid AS "nullif")) with check (tenant_id = ( SELECT (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid AS "nullif"));

alter table "identity"."tenant" enable row level security;
alter table "identity"."tenant" force row level security;
create policy "own_tenant" on "identity"."tenant" using (tenant_id = ( SELECT (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid AS "nullif")) with check (tenant_id = ( SELECT (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid AS "nullif"));
create policy "across_tenants" on "identity"."tenant" for select to "tocsin_worker" using (true);

alter table "identity"."user_account" enable row level security;
alter table "identity"."user_account" force row level security;
create policy "own_tenant" on "identity"."user_account" using (tenant_id = ( SELECT (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid AS "nullif")) with check (tenant_id = ( SELECT (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid AS "nullif"));
alter table "identity"."api_key" add constraint "api_key_created_by_id_reference" foreign key ("tenant_id", "created_by_id") references "identity"."user_account" ("tenant_id", "id");
alter table "identity"."role_assignment" add constraint "role_assignment_user_id_reference" foreign key ("tenant_id", "user_id") references "identity"."user_account" ("tenant_id", "id");
alter table "identity"."role_assignment" add constraint "role_assignment_role_id_reference" foreign key ("tenant_id", "role_id") references "identity"."role" ("tenant_id", "id");
alter table "identity"."team_member" add constraint "team_member_team_id_reference" foreign key ("tenant_id", "team_id") references "identity"."team" ("tenant_id", "id");
alter table "identity"."team_member" add constraint "team_member_user_id_reference" foreign key ("tenant_id", "user_id") references "identity"."user_account" ("tenant_id", "id");
