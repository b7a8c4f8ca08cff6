import type { ConfigShape } from "#shared/config/config.ts";
import { environmentPolicies } from "./environmentPolicies.ts";
import { networkPolicies } from "./networkPolicies.ts";
import { podPolicies } from "./podPolicies.ts";
import type { Policy } from "./policy.ts";
import { releasePolicies } from "./releasePolicies.ts";

/** Every policy, by what it is about. `shapes` are the environments that the services read, by name. */
export function policiesFor(
  shapes: Readonly<Record<string, ConfigShape>>,
): Readonly<Record<string, readonly Policy[]>> {
  return {
    "Every pod": podPolicies,
    "Every container": environmentPolicies(shapes),
    "The network": networkPolicies,
    "The release": releasePolicies,
  };
}
