-- no transaction
create index concurrently "alert_last_episode_index" on "alerts"."alert" ("tenant_id", "source_id", "dedup_key", "starts_at") where status = 'RESOLVED' and starts_at is not null;
