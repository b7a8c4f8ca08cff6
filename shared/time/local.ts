/** Whether a text is a date of the calendar from the year 1 on, written as in ISO 8601: 2026-11-20. */
export function isDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  try {
    return Temporal.PlainDate.from(text, { overflow: "reject" }).year > 0;
  } catch {
    return false;
  }
}

/** Whether a text is a time of day to the minute, written as in ISO 8601: 09:00. */
export function isTimeOfDay(text: string): boolean {
  return /^([01]\d|2[0-3]):[0-5]\d$/.test(text);
}
