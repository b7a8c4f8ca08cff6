import { isHeldExactly } from "#shared/graphql/losslessJson.ts";
import type { Data } from "#shared/graphql/data.ts";

// What is read, how far it has been read, and where the next backslash is. Reading is never interrupted, so one of each serves all.
let text = "";
let at = 0;
let backslash = -1;

const unexpected = new Error("An answer is written otherwise than expected.");
const [quotationMark, openingBracket, closingBracket, comma, t, f, n] = Array.from('"[],tfn', codeOf);
const escape = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;

const number = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;

function codeOf(character: string): number {
  return character.charCodeAt(0);
}

/** Reads an answer, whose data this reads; null for one that is written otherwise. The text must have no control characters. */
export function readWhole(whole: string, readData: () => Data): Data | null {
  [text, at, backslash] = [whole, 0, -1];
  try {
    expect('{"data":');
    const data = readData();
    expect("}");
    return at === text.length ? data : null;
  } catch (error) {
    if (error === unexpected) return null;
    throw error;
  } finally {
    text = "";
  }
}

/** Reads an answer to several fetches, each list of entities by what reads its like; null for one that is written otherwise. */
export function readMerged(
  whole: string,
  lists: readonly (readonly [name: string, readEntities: () => unknown[]])[],
): Map<string, Data> | null {
  const read = new Map<string, Data>();
  const readData = (): Data => {
    lists.forEach(([name, readEntities], index) => {
      expect(`${index ? "," : "{"}"${name}":`);
      read.set(name, { _entities: readEntities() });
    });
    expect("}");
    return {};
  };
  return readWhole(whole, readData) && read;
}

/**
 * What generated code reads an answer with, by the JSON grammar of RFC 8259 without space between tokens. Each step begins where the
 * one before it ended, gives leaves as the JSON that they are, and throws `unexpected` at anything else.
 */
export const steps = {
  unexpected,
  expect,
  isNull,
  readList,
  readString,
  readBoolean,
  readNumber,
  readInt,
  readScalar,
};

function expect(part: string): void {
  if (!text.startsWith(part, at)) throw unexpected;
  at += part.length;
}

function isNull(): boolean {
  if (text.charCodeAt(at) !== n) return false;
  expect("null");
  return true;
}

function readList(readItem: () => unknown): unknown[] {
  const items: unknown[] = [];
  if (text.charCodeAt(at++) !== openingBracket) throw unexpected;
  if (text.charCodeAt(at) === closingBracket) {
    at += 1;
    return items;
  }
  for (;;) {
    items.push(readItem());
    const code = text.charCodeAt(at++);
    if (code === closingBracket) return items;
    if (code !== comma) throw unexpected;
  }
}

function readString(): string {
  if (text.charCodeAt(at) !== quotationMark) throw unexpected;
  const start = at;
  at += 1;
  let quote = next('"');
  if (backslash < at) backslash = next("\\");
  while (backslash < quote) {
    escape.lastIndex = backslash;
    if (!escape.test(text)) throw unexpected;
    at = escape.lastIndex;
    if (quote < at) quote = next('"');
    backslash = next("\\");
  }
  if (quote === text.length) throw unexpected;
  at = quote + 1;
  return text.slice(start, at);
}

/** Where this is next; the end of the text where it is not. */
function next(character: string): number {
  const found = text.indexOf(character, at);
  return found === -1 ? text.length : found;
}

function readBoolean(): string {
  const value = text.charCodeAt(at) === t ? "true" : "false";
  expect(value);
  return value;
}

// Numbers have to be written as this process would write them: both executors answer the same.
function readNumber(): string {
  const start = at;
  while (isOfNumber(text.charCodeAt(at))) at += 1;
  const value = text.slice(start, at);
  if (String(Number(value)) !== value) throw unexpected;
  return value;
}

function isOfNumber(code: number): boolean {
  return (code >= 48 && code <= 57) || code === 45 || code === 43 || code === 46 || code === 101;
}

function readInt(): string {
  const value = readNumber();
  if (String(Number(value) | 0) !== value) throw unexpected;
  return value;
}

function readScalar(): string {
  const code = text.charCodeAt(at);
  if (code === quotationMark) return readString();
  return code === t || code === f ? readBoolean() : readAnyNumber();
}

// What no JavaScript number holds stays as it was written, as it does where it is parsed.
function readAnyNumber(): string {
  number.lastIndex = at;
  const [value] = number.exec(text) ?? [];
  if (value === undefined || (String(Number(value)) !== value && isHeldExactly(value))) throw unexpected;
  at += value.length;
  return value;
}
