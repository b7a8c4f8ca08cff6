import { lookup } from "node:dns";
import { BlockList, isIP } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import { Agent, request, type Dispatcher } from "undici";
import { DeliveryError } from "./deliveryError.ts";

/** What is sent. */
export interface Outgoing {
  method: "POST";
  headers: Record<string, string>;
  body: string;
  signal: AbortSignal;
}

/**
 * Sends to an address that a user gave, and, unless allowed, to nothing in a private network, whatever its name resolves
 * to at the moment of connecting (OWASP, Server Side Request Forgery Prevention). Redirects are answers, not followed. The
 * status is the answer, as soon as the headers are in; a body that does not end or breaks off changes nothing about it.
 */
export function guardedFetch(address: string, allowPrivate: boolean) {
  return async (outgoing: Outgoing): Promise<{ status: number }> => {
    const response = await request(address, {
      ...outgoing,
      dispatcher: allowPrivate ? anywhere : publicOnly,
    });
    await letGo(response.body);
    return { status: response.statusCode };
  };
}

// A short body is read to its end, so that the connection can be used again; any other is not waited for.
async function letGo(body: Dispatcher.ResponseData["body"]): Promise<void> {
  const read = body.dump({ limit: 16_384 }).catch(() => undefined);
  const hasEnded = await Promise.race([read.then(() => true), wait(BODY_MS, false)]);
  if (!hasEnded) body.destroy();
}

const BODY_MS = 100;

/** The address, when a host is one of no public network, and null for a name or a public address. */
export function privateAddressOf(hostname: string): string | null {
  const address = hostname.replace(/^\[|\]$/g, "");
  return isPrivate(address) ? address : null;
}

const privateNetworks = new BlockList();
for (const [network, prefix] of [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.168.0.0", 16],
  ["198.18.0.0", 15],
  ["224.0.0.0", 4],
  ["240.0.0.0", 4],
] as const) {
  privateNetworks.addSubnet(network, prefix, "ipv4");
  // Where there is no IPv4, DNS64 tells public and private addresses alike by this prefix (RFC 6052).
  privateNetworks.addSubnet(`64:ff9b::${network}`, 96 + prefix, "ipv6");
}
for (const [network, prefix] of [
  // IPv4 addresses in IPv6 that nobody public has: compatible (RFC 4291), local NAT64 (RFC 8215), 6to4 (RFC 7526).
  ["::", 96],
  ["64:ff9b:1::", 48],
  ["2002::", 16],
  ["fc00::", 7],
  ["fe80::", 10],
  ["fec0::", 10],
  ["ff00::", 8],
] as const) {
  privateNetworks.addSubnet(network, prefix, "ipv6");
}

function isPrivate(address: string): boolean {
  const family = isIP(address);
  return family !== 0 && privateNetworks.check(address, family === 4 ? "ipv4" : "ipv6");
}

/** What is thrown for an address of a private network. */
export function notAllowed(address: string): DeliveryError {
  const cause = `${address} is in a private network`;
  return new DeliveryError("RECEIVER_NOT_ALLOWED", cause, { isFinal: true });
}

const anywhere = new Agent({ connect: { timeout: 5_000 } });

const publicOnly = new Agent({
  connect: {
    timeout: 5_000,
    lookup(hostname, options, done) {
      lookup(hostname, { ...options, all: true }, (error, addresses) => {
        if (error) return done(error, "", 0);
        const refused = addresses.find(({ address }) => isPrivate(address));
        if (refused) return done(notAllowed(refused.address), "", 0);
        return options.all ? done(null, addresses) : done(null, addresses[0]!.address, addresses[0]!.family);
      });
    },
  },
});
