import pg from "pg";

/** The role that has what services have; each service's login role is a member. */
export const SERVICE_ROLE = "tocsin_service";

/** The role that sees all tenants' rows of those tables that say so; a service takes it on for one transaction at a time. */
export const WORKER_ROLE = "tocsin_worker";

/** Makes the roles, and the login role of the URL with its password: one that owns nothing and inherits no look across tenants. */
export async function prepareRoles(client: pg.Client, serviceUrl: string): Promise<void> {
  await createRole(client, SERVICE_ROLE, "nologin");
  await createRole(client, WORKER_ROLE, "nologin");
  const { username, password } = new URL(serviceUrl);
  const name = decodeURIComponent(username);
  const { rows } = await client.query<{ owner: string }>("select current_user as owner");
  // Whoever gives the same role for both is told so when a service starts and refuses it.
  if (rows[0]!.owner === name) return;
  await createRole(client, name, "login");
  const login = pg.escapeIdentifier(name);
  const secret = pg.escapeLiteral(decodeURIComponent(password));
  await change(client, `alter role ${login} with login password ${secret}`);
  await change(client, `grant ${SERVICE_ROLE} to ${login} with inherit true, set false`);
  await change(client, `grant ${WORKER_ROLE} to ${login} with inherit false, set true`);
}

/** Gives both roles what they may do in these schemas, as far as they exist. Which rows they see is up to the policies. */
export async function grantAccess(client: pg.Client, schemas: readonly string[]): Promise<void> {
  const { rows } = await client.query<{ schema: string }>(
    "select nspname as schema from pg_namespace where nspname = any ($1)",
    [schemas],
  );
  for (const { schema } of rows) {
    const name = pg.escapeIdentifier(schema);
    await client.query(`
      grant usage on schema ${name} to ${SERVICE_ROLE}, ${WORKER_ROLE};
      grant select, insert, update, delete on all tables in schema ${name} to ${SERVICE_ROLE}, ${WORKER_ROLE};
      grant usage on all sequences in schema ${name} to ${SERVICE_ROLE}, ${WORKER_ROLE};
      grant execute on all functions in schema ${name} to ${SERVICE_ROLE}, ${WORKER_ROLE}`);
  }
}

async function createRole(client: pg.Client, name: string, kind: "login" | "nologin"): Promise<void> {
  const role = pg.escapeIdentifier(name);
  const exists = async () =>
    (await client.query("select from pg_roles where rolname = $1", [name])).rowCount === 1;
  await change(client, `create role ${role} ${kind}`, exists);
}

// Roles belong to the whole server: whoever migrates another of its databases at the same moment may be quicker, and no lock
// of a database keeps them apart.
async function change(client: pg.Client, statement: string, isDone?: () => Promise<boolean>): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    if (await isDone?.()) return;
    try {
      await client.query(statement);
      return;
    } catch (error) {
      const { code, message } = error as pg.DatabaseError;
      const wasQuicker = code === "42710" || code === "23505" || message.includes("concurrently updated");
      if (!wasQuicker || attempt === 20) throw error;
    }
  }
}
