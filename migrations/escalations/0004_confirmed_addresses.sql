create table "escalations"."mailed_code" ("tenant_id" uuid not null, "id" uuid not null default uuidv7(), "contact_method_id" uuid not null, "address" text not null, "digest" text not null, "wrong" int not null default 0, "created_at" timestamptz(6) not null, primary key ("tenant_id", "id"));
create index "mailed_code_tenant_id_created_at_index" on "escalations"."mailed_code" ("tenant_id", "created_at");
create index "mailed_code_tenant_id_contact_method_id_created_at_index" on "escalations"."mailed_code" ("tenant_id", "contact_method_id", "created_at");

alter table "escalations"."contact_method" add "confirmed_at" timestamptz(6) null;

alter table "escalations"."mailed_code" enable row level security;
alter table "escalations"."mailed_code" force row level security;
create policy "own_tenant" on "escalations"."mailed_code" using (tenant_id = ( SELECT (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid AS "nullif")) with check (tenant_id = ( SELECT (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid AS "nullif"));


-- allowed: for this transaction only, under its lock, so that whoever is paged today stays so
alter table "escalations"."contact_method" no force row level security;
update "escalations"."contact_method" set "confirmed_at" = process.now();
alter table "escalations"."contact_method" force row level security;
