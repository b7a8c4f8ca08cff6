-- The clock that everything goes by: when an alert came in, when a page is due. Tests move it.
create schema if not exists "process";

create function "process"."now" () returns timestamptz (6) language sql stable parallel safe as 'select now()';
