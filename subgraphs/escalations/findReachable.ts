import type { TenantDatabase } from "#shared/database/tenantDatabase.ts";
import type { Caller } from "#shared/subgraph/defineSubgraph.ts";
import { ContactMethod } from "./entities/ContactMethod.ts";
import { NotificationRule } from "./entities/NotificationRule.ts";
import type { Page } from "./entities/Page.ts";
import { notifiers } from "./notifiers/notifiers.ts";
import type { Services } from "./services.ts";

/** A way by which somebody is paged, and how long after their level was reached. */
export interface WayToPage {
  /** Null for the account's e-mail. */
  contactMethodId: string | null;
  notifier: Page["notifier"];
  address: string;
  sealedSecret: string | null;
  delayMinutes: number;
}

/** Somebody and the ways by which they are reached. */
export interface Reachable {
  id: string;
  name: string;
  /** The soonest first; none when there is no way that works. */
  ways: readonly WayToPage[];
  /** Where mail goes when every way failed; null where no mail is sent, or the address is not known. */
  accountEmail: string | null;
}

/** Who can be paged, and of whom it is not known. */
export interface FoundReachable {
  people: ReadonlyMap<string, Reachable>;
  unknown: ReadonlySet<string>;
}

/**
 * Which of these people can be paged: the one notion of it. They exist, are not disabled, and have a way that works: a confirmed
 * contact method of theirs whose notifier is configured, or the account's confirmed e-mail where a mail server is. While identity cannot be
 * asked, those with contact methods can be paged by them; of the others it is not known.
 */
export async function findReachable(
  services: Pick<Services, "people" | "delivery" | "database"> & {
    readonly breakers: Pick<Services["breakers"], "identity">;
  },
  caller: Caller,
  ids: readonly string[],
): Promise<FoundReachable> {
  if (ids.length === 0) return { people: new Map(), unknown: new Set() };
  const answer = await services.breakers.identity(() => services.people.findUsers({ ids: [...ids] }, caller));
  const accounts = answer?.users ?? ids.map((id) => ({ id, name: `person ${id}`, email: null }));
  const addressed = await findWaysOfPeople(services, caller.tenantId, accounts, "as ruled");
  const people = new Map(
    addressed.filter(({ ways }) => ways.length > 0).map((person) => [person.id, person]),
  );
  return { people, unknown: new Set(answer ? [] : ids.filter((id) => !people.has(id))) };
}

/** An account as identity tells of it; without e-mail when it is not confirmed, or identity could not be asked. */
interface Account {
  id: string;
  name: string;
  email: string | null;
}

/**
 * The ways of people that work: as their notification rules say, or every way there is. Without rules it is the account's
 * e-mail, and where no mail is sent, whatever contact methods they have.
 */
export async function findWaysOfPeople(
  { delivery, database }: Pick<Services, "delivery" | "database">,
  tenantId: string,
  accounts: readonly Account[],
  which: "as ruled" | "every way" = "every way",
): Promise<Reachable[]> {
  const userIds = accounts.map(({ id }) => id);
  const known = await database.tenant(tenantId).reading((db) => readWays(db, userIds));
  const works = ({ notifier }: { notifier: Page["notifier"] }) =>
    notifiers.get(notifier).lacks(delivery) === null;
  return accounts.map(({ id, name, email }) => {
    const accountEmail = email && works({ notifier: "EMAIL" }) ? email : null;
    const mail = accountEmail === null ? [] : [mailTo(accountEmail)];
    const methods = known.methods.filter(
      (method) => method.userId === id && method.confirmedAt !== null && works(method),
    );
    const ruled = known.rules.flatMap(({ contactMethodId, delayMinutes }) =>
      methods.filter((method) => method.id === contactMethodId).map((method) => wayOf(method, delayMinutes)),
    );
    const all = methods.map((method) => wayOf(method, 0));
    const chosen = which === "every way" ? [...all, ...mail] : firstOf(ruled, mail, all);
    return { id, name, accountEmail, ways: distinct(chosen) };
  });
}

async function readWays(db: TenantDatabase, userIds: readonly string[]) {
  const ofThem = { userId: { $in: [...userIds] } };
  const [rules, methods] = await Promise.all([
    db.find(NotificationRule, ofThem, { orderBy: { delayMinutes: "asc", id: "asc" } }),
    db.find(ContactMethod, ofThem, { orderBy: { id: "asc" } }),
  ]);
  return { rules, methods };
}

function mailTo(address: string): WayToPage {
  return { contactMethodId: null, notifier: "EMAIL", address, sealedSecret: null, delayMinutes: 0 };
}

function wayOf({ id, notifier, address, sealedSecret }: ContactMethod, delayMinutes: number): WayToPage {
  return { contactMethodId: id, notifier, address, sealedSecret, delayMinutes };
}

function firstOf(...choices: WayToPage[][]): WayToPage[] {
  return choices.find((choice) => choice.length > 0) ?? [];
}

// The same way twice is once, at the earlier time.
function distinct(ways: readonly WayToPage[]): WayToPage[] {
  const isSame = (one: WayToPage, other: WayToPage) =>
    one.notifier === other.notifier && one.address === other.address;
  return ways.filter((way, index) => ways.findIndex((other) => isSame(other, way)) === index);
}
