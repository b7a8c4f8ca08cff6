import type { EngineLimits } from "./contract.ts";
import { EVALUATED_PLANS } from "./planning/plannedGraph.ts";

const defaultLimits: EngineLimits = {
  planBytes: 128 * 1024 * 1024,
  usesBeforeCompiling: 2,
  fetchesPerPlan: 50,
  evaluatedPlans: EVALUATED_PLANS,
  planningMilliseconds: 5_000,
  planningMegabytes: 512,
  concurrentPerSubgraph: 1_000,
  failuresToOpenCircuit: 5,
  circuitOpenMilliseconds: 1_000,
  errorsPerAnswer: 1_000,
  answerBytes: 8 * 1024 * 1024,
  answerObjects: 150_000,
};

/** The limits of an engine: those given, and for the others what they are by default. */
export function engineLimits(given: Partial<EngineLimits> = {}): EngineLimits {
  return { ...defaultLimits, ...given };
}
