alter table "escalations"."administrator_notice" add "ended_at" timestamptz(6) null;
