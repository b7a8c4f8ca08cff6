alter table "alerts"."alert" add "told_severity" text null, add "told_path_id" uuid null, add "released_at" timestamptz(6) null, add "source_resolved_at" timestamptz(6) null, add "starts_at" timestamptz(6) null, add "ends_at" timestamptz(6) null, add "late_firings" jsonb not null default '[]';

alter table "alerts"."alert_event" add "notes" jsonb not null default '[]';

alter table "alerts"."alert_route" add "version" int not null default 1;

alter table "alerts"."refused_request" add "place" text null, add "is_cut" boolean not null default false, add "size_bytes" int not null default 0;

-- allowed: for this transaction only, under its lock, so that the rows of all tenants can be filled in
alter table "alerts"."refused_request" no force row level security;
update "alerts"."refused_request" set "size_bytes" = octet_length("body");
alter table "alerts"."refused_request" force row level security;
