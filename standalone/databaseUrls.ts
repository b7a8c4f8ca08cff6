import { createHmac } from "node:crypto";

/**
 * The address for a service of a database that is given by its owner's: a login role of its own, for a role that owns tables
 * would pass by row-level security. Its password follows from the owner's, so that nothing more has to be kept.
 */
export function serviceUrlOf(ownerUrl: string, service: string): string {
  const url = new URL(ownerUrl);
  const owner = decodeURIComponent(url.username);
  const database = url.pathname.slice(1);
  url.password = createHmac("sha256", decodeURIComponent(url.password))
    .update(`${service} of ${database}`)
    .digest("hex");
  url.username = encodeURIComponent(`${owner.slice(0, 40)}_tocsin_${service}`.slice(0, 63));
  return url.href;
}
