import { isUuid } from "#shared/database/where.ts";
import { requireAtMost } from "#shared/limits/limits.ts";
import { invalidArgument, LONGEST_NAME, requireLength, requireText } from "#supergraph/domainErrors.ts";
import type { RouteCondition } from "../entities/AlertRoute.ts";
import { limits } from "../limits.ts";

/** A condition as somebody says it: what of the alert it looks at, and how it compares, are each named by the one field that is given. */
export interface RouteConditionInput {
  source?: Comparison | null | undefined;
  priority?: Comparison | null | undefined;
  title?: Comparison | null | undefined;
  label?: (Comparison & { name: string }) | null | undefined;
}

interface Comparison {
  oneOf?: readonly string[] | null | undefined;
  noneOf?: readonly string[] | null | undefined;
  matches?: readonly string[] | null | undefined;
  exists?: boolean | null | undefined;
}

/** Makes conditions of what somebody said. Throws INVALID_ARGUMENT for the first that could never mean anything, LIMIT_REACHED for too many values. */
export function validConditions(said: readonly RouteConditionInput[]): RouteCondition[] {
  const most = limits.conditions.most;
  if (said.length > most) throw invalidArgument("conditions", `at most ${most}`);
  const conditions = said.map((condition, index) => validCondition(condition, `conditions[${index}]`));
  requireAtMost(
    limits.routeValues,
    conditions.reduce((sum, { values }) => sum + values.length, 0),
  );
  return conditions;
}

/** A stored condition as one would say it: what is read of a route can be sent back. */
export function sayCondition({ subject, label, operator, values }: RouteCondition): RouteConditionInput {
  const comparison =
    operator === "EXISTS" || operator === "DOES_NOT_EXIST"
      ? { exists: operator === "EXISTS" }
      : { [WORDS[operator]]: values };
  return {
    SOURCE: { source: comparison },
    PRIORITY: { priority: comparison },
    TITLE: { title: comparison },
    LABEL: { label: { name: label ?? "", ...comparison } },
  }[subject];
}

const WORDS = { ONE_OF: "oneOf", NONE_OF: "noneOf", MATCHES: "matches" } as const;
const OPERATORS = { oneOf: "ONE_OF", noneOf: "NONE_OF", matches: "MATCHES" } as const;
const SUBJECTS = { source: "SOURCE", priority: "PRIORITY", title: "TITLE", label: "LABEL" } as const;

const COMPARISONS = {
  source: ["oneOf", "noneOf"],
  priority: ["oneOf", "noneOf"],
  title: ["oneOf", "noneOf", "matches"],
  label: ["oneOf", "noneOf", "matches", "exists"],
} as const;

/** No label of an alert has a longer value. */
const LONGEST_VALUE = 2_000;
/** Pieces that are longer may take much longer to be found. */
const LONGEST_PATTERN = 500;

function validCondition(said: RouteConditionInput, argument: string): RouteCondition {
  const word = theOneGiven(said, ["source", "priority", "title", "label"], argument);
  const place = `${argument}.${word}`;
  const label = said.label?.name ?? null;
  if (label !== null) requireText(`${place}.name`, label, LONGEST_NAME);
  const { operator, values } = validComparison(said[word] ?? {}, COMPARISONS[word], place);
  const impossible = word === "source" ? values.find((value) => !isUuid(value)) : undefined;
  if (impossible !== undefined) throw invalidArgument(place, `${impossible} is no id of an alert source`);
  return { subject: SUBJECTS[word], label, operator, values };
}

function validComparison(
  said: Comparison,
  operators: readonly (keyof Comparison)[],
  argument: string,
): Pick<RouteCondition, "operator" | "values"> {
  const word = theOneGiven(said, operators, argument);
  if (word === "exists") return { operator: said.exists ? "EXISTS" : "DOES_NOT_EXIST", values: [] };
  const [values, place, most] = [[...(said[word] ?? [])], `${argument}.${word}`, limits.conditionValues.most];
  if (values.length === 0) throw invalidArgument(place, "needs at least one value");
  if (values.length > most) throw invalidArgument(place, `at most ${most}`);
  const longest = word === "matches" ? LONGEST_PATTERN : LONGEST_VALUE;
  values.forEach((value, index) => requireLength(`${place}[${index}]`, value, longest));
  return { operator: OPERATORS[word], values };
}

function theOneGiven<Name extends string>(
  said: Partial<Record<Name, unknown>>,
  names: readonly Name[],
  argument: string,
): Name {
  const [given, ...others] = names.filter((name) => said[name] !== null && said[name] !== undefined);
  if (given !== undefined && others.length === 0) return given;
  throw invalidArgument(argument, `needs exactly one of ${names.join(", ")}`);
}
