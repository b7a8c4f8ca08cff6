alter table "identity"."api_key" add "created_by_key_id" uuid null;
alter table "identity"."api_key" add constraint "api_key_created_by_key_id_reference" foreign key ("tenant_id", "created_by_key_id") references "identity"."api_key" ("tenant_id", "id") not valid;
alter table "identity"."api_key" validate constraint "api_key_created_by_key_id_reference";
