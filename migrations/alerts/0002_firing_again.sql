alter table "alerts"."alert" add "told_severity" text null, add "told_path_id" uuid null, add "released_at" timestamptz(6) null, add "source_resolved_at" timestamptz(6) null, add "starts_at" timestamptz(6) null, add "ends_at" timestamptz(6) null, add "late_firings" jsonb not null default '[]';
create index "alert_last_episode_index" on "alerts"."alert" ("tenant_id", "source_id", "dedup_key", "starts_at") where status = 'RESOLVED' and starts_at is not null;

alter table "alerts"."alert_event" add "notes" jsonb not null default '[]';

alter table "alerts"."alert_route" add "version" int not null default 1;

alter table "alerts"."refused_request" add "place" text null, add "is_cut" boolean not null default false, add "size_bytes" int not null default 0;

update "alerts"."refused_request" set "size_bytes" = octet_length("body");
