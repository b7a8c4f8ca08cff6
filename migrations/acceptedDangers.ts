/**
 * Dangers of migrations that were written before anything looked for them, by file and line, and why each was accepted. A file that was
 * applied is never changed, so it cannot say so itself; a newer one does, in a line above the statement. What they did is done, and with
 * it what a later migration could have made better.
 */
export const acceptedDangers: ReadonlyMap<string, string> = new Map([
  [
    "alerts/0002_firing_again.sql:11",
    "services of the version before do not know the column; a source had at most a hundred refused requests an hour, for 30 days, and how long a body is does not have to be read from it",
  ],
  [
    "escalations/0004_confirmed_addresses.sql:14",
    "services of the version before do not know the column; a person has a few contact methods, so there are some thousand rows",
  ],
  [
    "incidents/0002_firing_alerts.sql:3",
    "services of the version before name the constraint nowhere, and what they write stays unique: a row of theirs has not left, and of these the index that follows in the same transaction lets an alert have one",
  ],
]);
