import type { TenantDatabase } from "#shared/database/tenantDatabase.ts";

/** `db.reading`, but the transaction, and the connection it holds, begin with the first row that is asked for. */
export async function readingLazily<T>(
  db: TenantDatabase,
  work: (db: TenantDatabase) => Promise<T>,
): Promise<T> {
  const over = Promise.withResolvers<void>();
  let transaction: Promise<void> | undefined;
  let opened: Promise<TenantDatabase> | undefined;
  const open = () =>
    (opened ??= new Promise((resolve, reject) => {
      transaction = db.reading(async (reading) => {
        resolve(reading);
        await over.promise;
      });
      transaction.catch(reject);
    }));
  try {
    return await work(opening(db.tenantId, open));
  } finally {
    over.resolve();
    // Whatever was read was read; that a transaction which wrote nothing ends badly is no news to anybody.
    await transaction?.catch(() => {});
  }
}

function opening(tenantId: string, open: () => Promise<TenantDatabase>): TenantDatabase {
  return {
    tenantId,
    find: async (...args) => (await open()).find(...args),
    findOne: async (...args) => (await open()).findOne(...args),
    count: async (...args) => (await open()).count(...args),
    sql: async (...args) => (await open()).sql(...args),
    now: async () => (await open()).now(),
    transaction: async (work) => (await open()).transaction(work),
    reading: async (work) => (await open()).reading(work),
  };
}
