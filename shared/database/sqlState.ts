/** The SQLSTATE that the database gave as the reason of an error, wherever in its chain of causes; null when it gave none. */
export function sqlStateOf(error: unknown): string | null {
  if (!(error instanceof Error)) return null;
  const { code } = error as { code?: unknown };
  if (typeof code === "string" && /^[0-9A-Z]{5}$/.test(code)) return code;
  return sqlStateOf(error.cause);
}
