import { deserialize } from "node:v8";
import { GraphQLError, Source, print, type DocumentNode } from "graphql";
import type { KeptPlans } from "./keptPlans.ts";
import { isSmallOperation } from "./operationSize.ts";
import { planDemand, type PlanDemand } from "./planDemand.ts";
import type { ValidateHow } from "./planningMessages.ts";
import type { ThreadFailure } from "./planningThread.ts";
import { openThreadedPlanner, PlanningRefused, type PlanningLimits } from "./planningThreads.ts";
import { readPlannedGraph } from "./plannedGraph.ts";
import type { MadePlan, PlanHow, PlanSource } from "./planSource.ts";

/** A graph whose operations are planned beside the main thread. */
export interface ThreadedPlans extends PlanSource {
  plan(document: DocumentNode, how: PlanHow): Promise<MadePlan>;
  /** What is wrong with a document, found out beside the main thread; rejects as `plan` does. */
  errorsIn(text: string, how: ValidateHow, demand: PlanDemand): Promise<readonly GraphQLError[]>;
  /** Has the planner made, which takes about as long as opening the graph, before anybody waits for it. Never rejects. */
  warm(): Promise<void>;
  close(): void;
}

/** What plans are made by. */
export interface ThreadedPlansOptions {
  readonly supergraphSdl: string;
  /** The same, where it is parsed already. */
  readonly supergraph?: DocumentNode;
  readonly limits: PlanningLimits & { readonly evaluatedPlans: number };
  /** Where plans are kept beyond the life of the process, if anywhere. */
  readonly kept?: KeptPlans | undefined;
  readonly log: { error(fields: object, message: string): void };
}

/**
 * Reads a supergraph, and throws when it is not valid; its planner is made in a planning thread, with the first operation. What takes too
 * long to plan, or too much memory, is a GraphQLError of the code PLANNING_LIMIT_EXCEEDED; what finds no room to wait, PLANNING_OVERLOADED.
 */
export function openThreadedPlans(options: ThreadedPlansOptions): ThreadedPlans {
  const { supergraphSdl, supergraph = supergraphSdl, limits, log, kept } = options;
  const { graph } = readPlannedGraph(supergraph);
  const { evaluatedPlans } = limits;
  const planner = openThreadedPlanner({ supergraphSdl, evaluatedPlans }, limits);
  let isClosed = false;
  return {
    ...graph,
    async plan(document, { demand, labelsOn }) {
      const text = print(document);
      // A printed document begins with no comment.
      const key = labelsOn.length > 0 ? `# ${labelsOn.join(" ")}\n${text}` : text;
      const known = await kept?.get(key);
      if (known) return deserialize(known) as MadePlan;
      try {
        const isSmall = isSmallOperation(document);
        const result = await planner.run({ kind: "plan", text, labelsOn, isSmall, demand });
        if (result.kind !== "planned") throw new Error("A planning thread answered something else.");
        kept?.set(key, result.plan);
        return deserialize(result.plan) as MadePlan;
      } catch (error) {
        throw unplanned(error as Error, limits);
      }
    },
    async errorsIn(text, how, demand) {
      try {
        // What is large is validated in the lane of large operations: it may take as long as planning.
        const result = await planner.run({ kind: "validate", text, how, isSmall: false, demand });
        if (result.kind !== "validated") throw new Error("A planning thread answered something else.");
        const source = new Source(text);
        return result.errors.map(
          ({ message, positions }) => new GraphQLError(message, { source, positions }),
        );
      } catch (error) {
        throw unplanned(error as Error, limits);
      }
    },
    async warm() {
      const text = "{ __typename }";
      try {
        await planner.run({ kind: "plan", text, isSmall: true, demand: planDemand() });
      } catch (error) {
        if (!isClosed) log.error({ err: error }, "A planner could not be made");
      }
    },
    close() {
      isClosed = true;
      planner.close();
    },
  };
}

function unplanned(
  error: Error | ThreadFailure,
  { planningMilliseconds: milliseconds, planningMegabytes: megabytes }: PlanningLimits,
): Error {
  if (error instanceof PlanningRefused)
    return coded("PLANNING_OVERLOADED", "Too many operations wait to be planned. Try again.");
  if ("fault" in error && error.fault !== "error") {
    const message = `Planning this operation takes longer than ${milliseconds} ms, or more than ${megabytes} MB. Ask for less at once.`;
    return coded("PLANNING_LIMIT_EXCEEDED", message);
  }
  return error;
}

function coded(code: string, message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code } });
}
