import type pg from "pg";
import { roleOf, SHARED_OWNER, WORKER_ROLE } from "./roles.ts";

/**
 * Throws when the role of these connections, or one that it could take on, passes by row-level security: a superuser,
 * BYPASSRLS, or an owner of tables. With a service given, also when it may touch what is another's.
 */
export async function refusePrivileges(pool: pg.Pool, service?: string): Promise<void> {
  const { rows } = await pool.query<{ name: string; superuser: boolean; bypasses: boolean; owns: boolean }>(`
    select current_user as name, bool_or(rolsuper) as superuser, bool_or(rolbypassrls) as bypasses,
      exists (select from pg_class
        join pg_namespace on pg_namespace.oid = pg_class.relnamespace
        where relkind in ('r', 'p') and nspname not in ('pg_catalog', 'information_schema')
          and pg_has_role(current_user, relowner, 'member')) as owns
    from pg_roles where pg_has_role(current_user, oid, 'member')`);
  const { name, superuser, bypasses, owns } = rows[0]!;
  const why = superuser ? "is a superuser" : bypasses ? "has BYPASSRLS" : owns ? "owns tables" : null;
  if (!why) return service === undefined ? undefined : refuseOthers(pool, service);
  throw new Error(
    `The database role ${name} ${why}, so row-level security would not hold. ` +
      "Run `npm run migrate` as that role, and give services a role of their own in DATABASE_URL.",
  );
}

async function refuseOthers(pool: pg.Pool, service: string): Promise<void> {
  const own = [roleOf(service), roleOf(SHARED_OWNER), WORKER_ROLE];
  const { rows } = await pool.query<{ name: string; member: boolean; others: string[] | null }>(
    `select current_user as name, coalesce(bool_or(rolname = $2), false) as member,
       array_agg(rolname::text order by rolname) filter (where rolname <> all ($1)) as others
     from pg_roles
     where not rolcanlogin and rolname like 'tocsin\\_%' and pg_has_role(current_user, oid, 'member')`,
    [own, roleOf(service)],
  );
  const { name, member, others } = rows[0]!;
  const why = others
    ? `may act as ${others.join(", ")}`
    : member
      ? null
      : `is no member of ${roleOf(service)}`;
  if (!why) return;
  throw new Error(
    `The database role ${name} ${why}: ${service} needs a role of its own in DATABASE_URL, which \`npm run migrate\` makes.`,
  );
}
