create table "escalations"."page_allowance" ("tenant_id" uuid not null, "id" uuid not null default uuidv7(), "full_at" timestamptz(6) not null, "single" boolean not null default true, primary key ("tenant_id", "id"));
alter table "escalations"."page_allowance" add constraint "page_allowance_tenant_id_single_unique" unique ("tenant_id", "single");

alter table "escalations"."page" add "held_until" timestamptz(6) null;

alter table "escalations"."page_allowance" enable row level security;
alter table "escalations"."page_allowance" force row level security;
create policy "own_tenant" on "escalations"."page_allowance" using (tenant_id = ( SELECT (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid AS "nullif")) with check (tenant_id = ( SELECT (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid AS "nullif"));
