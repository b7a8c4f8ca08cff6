/** What escalations are told about an incident is done in the order of telling: nobody is paged after it was taken on. */
export function escalationKey(incidentId: string): string {
  return `escalations ${incidentId}`;
}
