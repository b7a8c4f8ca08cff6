create table "escalations"."administrator_notice" ("tenant_id" uuid not null, "id" uuid not null default uuidv7(), "escalation_id" uuid null, "incident_id" uuid not null, "incident_number" int not null, "title" text not null, "severity" text not null, "reason" text not null, "created_at" timestamptz(6) not null, "sent_at" timestamptz(6) null, primary key ("tenant_id", "id"));
create index "administrator_notice_tenant_id_incident_id_reason__0d1a2_index" on "escalations"."administrator_notice" ("tenant_id", "incident_id", "reason", "created_at");

alter table "escalations"."escalation" add "waits_for" text not null default 'answer', add "undelivered_rounds" int not null default 0, add "consecutive_undelivered" int not null default 0, add "asking_levels" jsonb null, add "asking_since" timestamptz(6) null;

alter table "escalations"."escalation_path" add "version" int not null default 1;

alter table "escalations"."page" add "contact_method_id" uuid null, add "account_email" text null, add "fallback_of" uuid null, add "cancel_reason" text null;

alter table "escalations"."administrator_notice" enable row level security;
alter table "escalations"."administrator_notice" force row level security;
create policy "own_tenant" on "escalations"."administrator_notice" using (tenant_id = ( SELECT (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid AS "nullif")) with check (tenant_id = ( SELECT (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid AS "nullif"));
