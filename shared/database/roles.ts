import pg from "pg";

/** Whose schema all services share: the clock and the queues. */
export const SHARED_OWNER = "process";

/** The role that sees all tenants' rows of those tables that say so; a service takes it on for one transaction at a time. */
export const WORKER_ROLE = "tocsin_worker";

/** The role that has what an owner of tables may touch: its own schema. The service's login role is a member, and of no other's. */
export function roleOf(owner: string): string {
  return `tocsin_${owner}`;
}

/** The addresses of a database by service, each with a login role of its own; services that are left out get none. */
export type Logins = Readonly<Record<string, string>>;

/** Makes the roles of these owners, and the login roles that are given, with their passwords. They own nothing. */
export async function prepareRoles(
  client: pg.Client,
  owners: readonly string[],
  logins: Logins,
): Promise<void> {
  for (const role of [...owners.map(roleOf), WORKER_ROLE]) await createRole(client, role, "nologin");
  for (const owner of owners.filter(hasWork))
    await change(client, `grant ${roleOf(SHARED_OWNER)} to ${roleOf(owner)} with inherit true, set false`);
  for (const [service, url] of Object.entries(logins)) await prepareLogin(client, service, url);
}

/** Gives an owner's role what it may do in its own schema, and in that of all services. Which rows it sees is up to the policies. */
export async function grantAccess(client: pg.Client, owner: string): Promise<void> {
  const schema = pg.escapeIdentifier(owner);
  const role = roleOf(owner);
  await withdrawFormerGrants(client, schema);
  await client.query(`
    grant usage on schema ${schema} to ${role};
    grant usage on schema ${SHARED_OWNER} to ${role};
    grant select, insert, update, delete on all tables in schema ${schema} to ${role};
    grant usage on all sequences in schema ${schema} to ${role};
    grant execute on all functions in schema ${schema} to ${role}`);
  await grantWorker(client, owner);
}

/** The schemas of these owners that a database has. */
export async function existingSchemas(client: pg.Client, owners: readonly string[]): Promise<string[]> {
  const text = "select nspname as schema from pg_namespace where nspname = any ($1) order by nspname";
  const { rows } = await client.query<{ schema: string }>(text, [owners]);
  return rows.map(({ schema }) => schema);
}

// The gateway only counts, and reads the clock for that: nothing waits for it.
function hasWork(owner: string): boolean {
  return owner !== SHARED_OWNER && owner !== "gateway";
}

async function prepareLogin(client: pg.Client, service: string, url: string): Promise<void> {
  const { username, password } = new URL(url);
  const name = decodeURIComponent(username);
  const { rows } = await client.query<{ owner: string }>("select current_user as owner");
  // Whoever gives the same role for both is told so when a service starts and refuses it.
  if (rows[0]!.owner === name) return;
  await createRole(client, name, "login");
  const login = pg.escapeIdentifier(name);
  const secret = pg.escapeLiteral(decodeURIComponent(password));
  await change(client, `alter role ${login} with login password ${secret}`);
  await leaveOtherRoles(client, name, [roleOf(service), WORKER_ROLE]);
  await change(client, `grant ${roleOf(service)} to ${login} with inherit true, set false`);
  if (hasWork(service)) await change(client, `grant ${WORKER_ROLE} to ${login} with inherit false, set true`);
}

// A login that several services had together before is one service's from now on.
async function leaveOtherRoles(client: pg.Client, login: string, own: readonly string[]): Promise<void> {
  const { rows } = await client.query<{ role: string }>(
    `select granted.rolname as role from pg_auth_members
     join pg_roles granted on granted.oid = roleid join pg_roles member on member.oid = member
     where member.rolname = $1 and granted.rolname like 'tocsin\\_%' and granted.rolname <> all ($2)`,
    [login, own],
  );
  for (const { role } of rows)
    await change(client, `revoke ${pg.escapeIdentifier(role)} from ${pg.escapeIdentifier(login)}`);
}

/** The one role that all services had together, before each had its own. */
const FORMER_ROLE = "tocsin_service";

async function withdrawFormerGrants(client: pg.Client, schema: string): Promise<void> {
  const { rowCount } = await client.query("select from pg_roles where rolname = $1", [FORMER_ROLE]);
  const roles = [WORKER_ROLE, ...(rowCount ? [FORMER_ROLE] : [])].join(", ");
  await client.query(`
    revoke all on schema ${schema} from ${roles};
    revoke all on all tables in schema ${schema} from ${roles};
    revoke all on all sequences in schema ${schema} from ${roles};
    revoke all on all functions in schema ${schema} from ${roles}`);
}

// What the policies for it say, and no more: of a table whose rows it may only see, the ids.
async function grantWorker(client: pg.Client, owner: string): Promise<void> {
  const { rows } = await client.query<{ table: string; command: string }>(
    `select format('%I.%I', schemaname, tablename) as table, cmd as command from pg_policies
     where schemaname = $1 and $2 = any (roles) order by tablename`,
    [owner, WORKER_ROLE],
  );
  const schema = pg.escapeIdentifier(owner);
  if (rows.length > 0) await client.query(`grant usage on schema ${schema} to ${WORKER_ROLE}`);
  if (owner === SHARED_OWNER)
    await client.query(`
      grant usage on schema ${schema} to ${WORKER_ROLE};
      grant usage on all sequences in schema ${schema} to ${WORKER_ROLE};
      grant execute on all functions in schema ${schema} to ${WORKER_ROLE}`);
  for (const { table, command } of rows) {
    const may = command === "ALL" ? "select, insert, update, delete" : "select (id)";
    await client.query(`grant ${may} on ${table} to ${WORKER_ROLE}`);
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
