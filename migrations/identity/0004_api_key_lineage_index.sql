-- no transaction
create index concurrently "api_key_tenant_id_created_by_key_id_index" on "identity"."api_key" ("tenant_id", "created_by_key_id");
