create table "alerts"."alert_allowance" ("tenant_id" uuid not null, "id" uuid not null default uuidv7(), "allowance_of" text not null, "full_at" timestamptz(6) not null, primary key ("tenant_id", "id"));
alter table "alerts"."alert_allowance" add constraint "alert_allowance_tenant_id_allowance_of_unique" unique ("tenant_id", "allowance_of");

alter table "alerts"."refused_request" add "is_beyond" boolean not null default false, add "times" int not null default 1;

alter table "alerts"."alert_allowance" enable row level security;
alter table "alerts"."alert_allowance" force row level security;
create policy "own_tenant" on "alerts"."alert_allowance" using (tenant_id = ( SELECT (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid AS "nullif")) with check (tenant_id = ( SELECT (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid AS "nullif"));
