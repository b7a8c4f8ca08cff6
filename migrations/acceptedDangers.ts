/**
 * Dangers of migrations that were written before anything looked for them, by file and line, and why each was accepted. A file that was
 * applied is never changed, so it cannot say so itself; a newer one does, in a line above the statement.
 */
export const acceptedDangers: ReadonlyMap<string, string> = new Map([
  ["alerts/0002_firing_again.sql:11", "the column is new, and refused requests are kept for days only"],
  [
    "escalations/0004_confirmed_addresses.sql:14",
    "the column is new, and a person has a few contact methods",
  ],
  ["incidents/0002_firing_alerts.sql:3", "what replaces the constraint follows in the same transaction"],
]);
