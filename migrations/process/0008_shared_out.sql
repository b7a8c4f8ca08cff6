-- allowed: the table holds what is to be done this minute
create index "command_name_tenant_id_due_at_place_index" on "process"."command" ("name", "tenant_id", "due_at", "place") where parked_at is null;

alter table "process"."effect" add "destination" text not null default '';
-- allowed: the table holds what is to be called this minute
create index "effect_kind_tenant_id_destination_due_at_index" on "process"."effect" ("kind", "tenant_id", "destination", "due_at");

-- allowed: one row for each process that waits for its time
create index "timer_kind_tenant_id_due_at_index" on "process"."timer" ("kind", "tenant_id", "due_at");
