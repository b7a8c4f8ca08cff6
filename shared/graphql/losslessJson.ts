/**
 * A number of a JSON text that no JavaScript number holds: 9007199254740993 would become 9007199254740992. JSON.stringify writes it as it
 * was written (https://tc39.es/proposal-json-parse-with-source/).
 */
export interface RawNumber {
  readonly rawJSON: string;
}

// TypeScript does not know these yet; every engine that this runs on has them.
const json = JSON as typeof JSON & {
  rawJSON(text: string): RawNumber;
  isRawJSON(value: unknown): value is RawNumber;
};

/** Whether a value is a number that no JavaScript number holds. */
export function isRawNumber(value: unknown): value is RawNumber {
  return typeof value === "object" && value !== null && json.isRawJSON(value);
}

/** Parses JSON; what no JavaScript number holds becomes a RawNumber, and nothing is rounded. Throws SyntaxError for what is no JSON. */
export function parseLossless(text: string): unknown {
  const parsed: unknown = JSON.parse(text);
  if (!mayBeInexact.test(text)) return parsed;
  let isInexact = false;
  const marked = text.replace(tokens, (token) => {
    if (token.startsWith('"') || isHeldExactly(token)) return token;
    isInexact = true;
    return `"${mark}${token}"`;
  });
  return isInexact ? unmarked(JSON.parse(marked)) : parsed;
}

const tokens = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d[\d.eE+-]*/g;

// Nobody else writes a string that begins so.
const mark = `number ${crypto.randomUUID()} `;

// Not by a reviver, which takes seven times as long, and more stack than there is for what is nested 3,000 deep.
function unmarked(value: unknown): unknown {
  const holders: object[] = [[value]];
  const root = holders[0] as [unknown];
  for (let holder = holders.pop(); holder; holder = holders.pop()) {
    for (const [key, inner] of Object.entries(holder) as [string, unknown][]) {
      if (typeof inner === "object" && inner !== null) holders.push(inner);
      else if (typeof inner === "string" && inner.startsWith(mark)) {
        const number = json.rawJSON(inner.slice(mark.length));
        Object.defineProperty(holder, key, {
          value: number,
          enumerable: true,
          writable: true,
          configurable: true,
        });
      }
    }
  }
  return root[0];
}

// Sixteen digits, or an exponent: every other number is held. Within strings it means nothing, and costs time alone.
const mayBeInexact = /(?:^|[[:,])\s*-?\d(?:[\d.]{15}|[\d.]*[eE])/;

/** What JSON.parse keeps every number by, for those who call it themselves. */
export function losslessReviver(
  _key: string,
  value: unknown,
  context?: { readonly source?: string },
): unknown {
  if (typeof value !== "number" || context?.source === undefined) return value;
  return isHeldExactly(context.source) ? value : json.rawJSON(context.source);
}

/** A number as it is written: a JavaScript number where that holds it, and else a RawNumber. */
export function numberWritten(text: string): number | RawNumber {
  return isHeldExactly(text) ? Number(text) : json.rawJSON(text);
}

/** Whether the number that this text (JSON or GraphQL) says is exactly what a JavaScript number is written as. */
export function isHeldExactly(text: string): boolean {
  const number = Number(text);
  if (!Number.isFinite(number)) return false;
  if (Number.isInteger(number) && !Number.isSafeInteger(number)) return false;
  const written = String(number);
  return written === text || isSameNumber(written, text);
}

/** Whether a double stands for this number with all of the digits that it is written with: a Float of GraphQL is a double. */
export function isDouble(text: string): boolean {
  const number = Number(text);
  const digits = decimalOf(text).digits.length;
  if (!Number.isFinite(number) || digits > MOST_DIGITS) return false;
  return isSameNumber(number.toPrecision(Math.max(digits, 1)), text);
}

// What toPrecision gives.
const MOST_DIGITS = 100;

function isSameNumber(one: string, other: string): boolean {
  const [a, b] = [decimalOf(one), decimalOf(other)];
  return (
    a.digits === b.digits && (a.digits === "" || (a.isNegative === b.isNegative && a.exponent === b.exponent))
  );
}

/** A number as digits that neither begin nor end with 0, times a power of ten. */
function decimalOf(text: string): {
  readonly isNegative: boolean;
  readonly digits: string;
  readonly exponent: number;
} {
  const [mantissa = "", exponent = "0"] = text.toLowerCase().split("e");
  const [whole = "", fraction = ""] = mantissa.replace("-", "").split(".");
  const all = (whole + fraction).replace(/^0+/, "");
  const digits = all.replace(/0+$/, "");
  return {
    isNegative: mantissa.startsWith("-"),
    digits,
    exponent: Number(exponent) - fraction.length + (all.length - digits.length),
  };
}
