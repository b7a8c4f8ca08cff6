create table "process"."effect_cancellation" ("tenant_id" uuid not null, "id" uuid not null default uuidv7(), "cancelled_at" timestamptz(6) not null, primary key ("tenant_id", "id"));

alter table "process"."effect_cancellation" enable row level security;
alter table "process"."effect_cancellation" force row level security;
create policy "own_tenant" on "process"."effect_cancellation" using (tenant_id = ( SELECT (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid AS "nullif")) with check (tenant_id = ( SELECT (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid AS "nullif"));
create policy "across_tenants" on "process"."effect_cancellation" to "tocsin_worker" using (true) with check (true);
