import { gauge } from "#shared/telemetry/metrics.ts";
import type { Principal } from "./authentication/authentication.ts";
import { exposed } from "./errors.ts";

/** Counts what each client has open at a time, and says when it is too much. */
export interface SubscriptionSlots {
  /** Takes a place for this client; the result gives it back, once. null when all its places are taken. */
  take(client: string): (() => void) | null;
  /** The error for a client that has no slot left. */
  refusal(): Error;
}

/** Whose subscription it is: a person or a key in a tenant, or else whoever is at an address. */
export function subscriberOf(principal: Principal | null, address: string | undefined): string {
  if (!principal) return `address ${address ?? "unknown"}`;
  const { tenantId, actor } = principal;
  return JSON.stringify([tenantId, actor.kind, actor.id]);
}

/** Opens places for subscriptions, `maximum` for each client. */
export function openSubscriptionSlots(maximum: number): SubscriptionSlots {
  const taken = new Map<string, number>();
  const limit = "subscriptions";
  return {
    refusal: () => exposed("LIMIT_EXCEEDED", `more than ${maximum} ${limit}`, { limit, maximum }),
    take(client) {
      const count = taken.get(client) ?? 0;
      if (count >= maximum) return null;
      taken.set(client, count + 1);
      subscriptions.inc();
      let isTaken = true;
      return () => {
        if (!isTaken) return;
        isTaken = false;
        subscriptions.dec();
        const left = (taken.get(client) ?? 1) - 1;
        if (left === 0) taken.delete(client);
        else taken.set(client, left);
      };
    },
  };
}

const subscriptions = gauge("gateway_subscriptions", "Subscriptions that are open");
