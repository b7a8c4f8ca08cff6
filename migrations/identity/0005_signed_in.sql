alter table "identity"."user_account" add "signed_in_at" timestamptz(6) null;


-- allowed: for this transaction only, under its lock, so that whoever is paged by mail today stays so
alter table "identity"."user_account" no force row level security;
update "identity"."user_account" set "signed_in_at" = "created_at" where "state" = 'ACTIVE';
alter table "identity"."user_account" force row level security;
