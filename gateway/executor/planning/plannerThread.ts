import { serialize } from "node:v8";
import { parentPort } from "node:worker_threads";
import { parse, specifiedRules, validate } from "graphql";
import { fetchesOf } from "./planNodes.ts";
import type { MadePlan } from "./planSource.ts";
import { openPlanner, type Planner } from "./planner.ts";
import type { InvalidAt, ThreadReply, ThreadRequest, ValidateHow } from "./planningMessages.ts";
import { selectionShapeOf } from "./selectionShape.ts";

// What a planning thread runs: planners of the graphs it is told of, each made when it is first needed.

const planners = new Map<number, Planner>();

function answer(request: ThreadRequest): void {
  if (request.kind === "open") {
    const { supergraphSdl, evaluatedPlans, planner } = request;
    planners.set(planner, openPlanner(supergraphSdl, { evaluatedPlans }));
    return;
  }
  if (request.kind === "close") return void planners.delete(request.planner);
  const planner = planners.get(request.planner);
  if (!planner) throw new Error("A planner was asked for that is not open.");
  reply({ kind: "begun", job: request.job });
  if (request.kind === "validate")
    return reply({ kind: "validated", job: request.job, errors: errorsIn(request, planner) });
  const plan = plannedBy(planner, request);
  reply({ kind: "planned", job: request.job, plan }, [plan.buffer]);
}

function plannedBy(
  planner: Planner,
  { text, labelsOn }: { readonly text: string; readonly labelsOn?: readonly string[] | undefined },
): Uint8Array<ArrayBuffer> {
  const { node } = planner.plan(parse(text, { noLocation: true }), { labelsOn });
  const made: MadePlan = { node, shapes: fetchesOf(node).map(selectionShapeOf) };
  return new Uint8Array(serialize(made));
}

function errorsIn(
  { text, how }: { text: string; how?: ValidateHow | undefined },
  planner: Planner,
): InvalidAt[] {
  return validate(planner.apiSchema, parse(text), specifiedRules, how).map(({ message, positions }) => ({
    message,
    positions: positions ?? [],
  }));
}

function reply(message: ThreadReply, moved: ArrayBuffer[] = []): void {
  parentPort!.postMessage(message, moved);
}

parentPort!.on("message", (request: ThreadRequest) => {
  try {
    answer(request);
  } catch (error) {
    const { message, stack } = error as Error;
    const job = "job" in request ? request.job : null;
    reply({ kind: "failed", job, message, stack });
  }
});
