create table "process"."idempotency_key" ("tenant_id" uuid not null, "id" uuid not null default uuidv7(), "actor" text not null, "operation" text not null, "key_digest" text not null, "input_digest" text not null, "created_id" uuid null, "sealed" text null, "created_at" timestamptz(6) not null, primary key ("tenant_id", "id"));
create index "idempotency_key_tenant_id_created_at_index" on "process"."idempotency_key" ("tenant_id", "created_at");
alter table "process"."idempotency_key" add constraint "idempotency_key_tenant_id_actor_operation_key_digest_unique" unique ("tenant_id", "actor", "operation", "key_digest");

alter table "process"."idempotency_key" enable row level security;
alter table "process"."idempotency_key" force row level security;
create policy "own_tenant" on "process"."idempotency_key" using (tenant_id = ( SELECT (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid AS "nullif")) with check (tenant_id = ( SELECT (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid AS "nullif"));
