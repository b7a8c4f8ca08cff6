import { z } from "zod";

/** Reads the variables of the shape from `env`, or throws one ConfigError with all faults; an empty variable counts as absent. */
export function readConfig<Shape extends ConfigShape>(
  shape: Shape,
  env: Readonly<Record<string, string | undefined>>,
): Config<Shape> {
  const given = Object.fromEntries(Object.keys(shape).map((name) => [name, env[name] || undefined]));
  const result = z.object(shape).safeParse(given);
  if (result.success) return result.data;
  throw new ConfigError(result.error.issues.map((issue) => faultOf(issue, given)));
}

/** The variables a process reads, each with its rule; `.describe()` says what it is for. */
export type ConfigShape = z.ZodRawShape;

/** What a shape reads as. */
export type Config<Shape extends ConfigShape> = z.output<z.ZodObject<Shape>>;

/** The environment does not fit: every fault at once, one `NAME: what is wrong` each, without the values. */
export class ConfigError extends Error {
  readonly faults: readonly string[];

  constructor(faults: readonly string[]) {
    super(`The environment does not fit:\n${faults.map((fault) => `  ${fault}`).join("\n")}`);
    this.name = "ConfigError";
    this.faults = faults;
  }
}

/** The rule for a port: 0 lets the system choose. */
export const port = z.coerce.number().int().min(0).max(65_535);

/** The rule for a switch: true, false, 1, 0, yes, no, on, off. */
export const flag = z.stringbool();

/** What a variable is for, and what it is when it is absent. */
export interface VariableDescription {
  name: string;
  description: string;
  required: boolean;
  fallback: unknown;
}

/** Describes the variables of a shape, for the table of a README. */
export function describeConfig(shape: ConfigShape): VariableDescription[] {
  return Object.entries(shape).map(([name, rule]) => {
    const absent = (rule as z.ZodType).safeParse(undefined);
    const description = (rule as z.ZodType).description ?? "";
    return { name, description, required: !absent.success, fallback: absent.data };
  });
}

// A rule's own words may quote the value, and the value may be a secret.
function faultOf(issue: z.core.$ZodIssue, given: Record<string, string | undefined>): string {
  const name = String(issue.path[0]);
  const value = given[name];
  if (value === undefined) return `${name}: is missing`;
  return `${name}: ${value.length > 3 ? issue.message.replaceAll(value, "[hidden]") : issue.message}`;
}
