import type pg from "pg";

/**
 * Throws when the role of these connections, or one that it could take on, passes by row-level security: a superuser,
 * BYPASSRLS, or an owner of tables.
 */
export async function refusePrivileges(pool: pg.Pool): Promise<void> {
  const { rows } = await pool.query<{ name: string; superuser: boolean; bypasses: boolean; owns: boolean }>(`
    select current_user as name, bool_or(rolsuper) as superuser, bool_or(rolbypassrls) as bypasses,
      exists (select from pg_class
        join pg_namespace on pg_namespace.oid = pg_class.relnamespace
        where relkind in ('r', 'p') and nspname not in ('pg_catalog', 'information_schema')
          and pg_has_role(current_user, relowner, 'member')) as owns
    from pg_roles where pg_has_role(current_user, oid, 'member')`);
  const { name, superuser, bypasses, owns } = rows[0]!;
  const why = superuser ? "is a superuser" : bypasses ? "has BYPASSRLS" : owns ? "owns tables" : null;
  if (!why) return;
  throw new Error(
    `The database role ${name} ${why}, so row-level security would not hold. ` +
      "Run `npm run migrate` as that role, and give services a role of their own in DATABASE_URL.",
  );
}
