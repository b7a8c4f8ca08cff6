import fc from "fast-check";
import {
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  type GraphQLArgument,
  type GraphQLInputObjectType,
  type GraphQLInputType,
} from "graphql";

/** Ids to ask with: a tenant's own things by kind, and those of somebody else. */
export interface KnownIds {
  readonly own: Readonly<Record<string, string>>;
  readonly foreign: readonly string[];
}

/**
 * Values for the arguments of a field, generated from their types: most are as they are meant, some are what nobody means.
 * `fieldName` tells what an argument called `id` names.
 */
export function oddArguments(
  args: readonly GraphQLArgument[],
  fieldName: string,
  ids: KnownIds,
): fc.Arbitrary<Record<string, unknown>> {
  // About one thing is odd at a time: what is refused for one argument is not looked at further.
  const usual = 2 + 2 * args.reduce((sum, { type }) => sum + leavesOf(type), 0);
  return fc.record(
    Object.fromEntries(
      args.map(({ name, type }) => [name, valueOf(type, { name, fieldName, ids, usual }, false)]),
    ),
    { requiredKeys: args.filter(({ type }) => isNonNullType(type)).map(({ name }) => name) },
  );
}

/**
 * Arguments that are as they are meant but for one text: all of them, one for each place that takes a text, named by
 * its place as an error names it.
 */
export function withTextAtEachPlace(
  args: readonly GraphQLArgument[],
  fieldName: string,
  ids: KnownIds,
  text: string,
): { place: string; variables: Record<string, unknown> }[] {
  return args.flatMap(({ name, type }) => {
    const others = args.map((arg) => [
      arg.name,
      meant(arg.type, { name: arg.name, fieldName, ids, usual: 1 }),
    ]);
    return withTextAt(type, { name, fieldName, ids, usual: 1 }, text).map(({ place, value }) => ({
      place: `${name}${place}`.replace(/^input\.(changes\.)?/, ""),
      variables: { ...(Object.fromEntries(others) as object), [name]: value },
    }));
  });
}

function withTextAt(type: GraphQLInputType, at: At, text: string): { place: string; value: unknown }[] {
  if (isNonNullType(type)) return withTextAt(type.ofType, at, text);
  if (isListType(type))
    return withTextAt(type.ofType, at, text).map(({ place, value }) => ({
      place: `[0]${place}`,
      value: [value],
    }));
  if (!isInputObjectType(type)) return /^(String|ID)$/.test(type.name) ? [{ place: "", value: text }] : [];
  return Object.values(type.getFields()).flatMap((field) =>
    withTextAt(field.type, { ...at, name: field.name }, text).map(({ place, value }) => ({
      place: `.${field.name}${place}`,
      value: { ...(meant(type, at) as object), [field.name]: value },
    })),
  );
}

/** Stands for JSON that is nested deeper than a caller can write with JSON.stringify; `bodyOf` puts it in its place. */
const DEEP = "@deep@";

/** The body of a request with these variables. */
export function bodyOf(query: string, variables: object): string {
  const depth = 100_000;
  return JSON.stringify({ query, variables }).replaceAll(
    `"${DEEP}"`,
    `${"[".repeat(depth)}${"]".repeat(depth)}`,
  );
}

interface At {
  readonly name: string;
  readonly fieldName: string;
  readonly ids: KnownIds;
  /** How much more often a value is as it is meant than not. */
  readonly usual: number;
}

function leavesOf(type: GraphQLInputType): number {
  if (isNonNullType(type) || isListType(type)) return leavesOf(type.ofType);
  if (!isInputObjectType(type)) return 1;
  return Object.values(type.getFields()).reduce((sum, field) => sum + leavesOf(field.type), 0);
}

function valueOf(type: GraphQLInputType, at: At, isNullable = true): fc.Arbitrary<unknown> {
  if (isNonNullType(type)) return valueOf(type.ofType, at, false);
  const values = fc.oneof(
    { weight: 6 * at.usual, arbitrary: present(type, at) },
    { weight: 1, arbitrary: fc.constantFrom(...(isNullable ? [null, misfit] : [misfit])) },
  );
  return isNullable ? fc.oneof({ weight: 3, arbitrary: values }, fc.constant(undefined)) : values;
}

function present(type: GraphQLInputType, at: At): fc.Arbitrary<unknown> {
  if (isListType(type)) {
    const item = valueOf(type.ofType, at);
    return fc.oneof(
      { weight: 2 * at.usual, arbitrary: fc.array(item, { minLength: 1, maxLength: 3 }) },
      fc.constant([]),
      item.map((value) => [value, value]),
      fc.constant(() => Array.from({ length: 1_200 }, () => meant(type.ofType, at))).map(shown),
    );
  }
  if (isInputObjectType(type)) {
    const fields = Object.values(type.getFields());
    const values = Object.fromEntries(
      fields.map((field) => [field.name, valueOf(field.type, { ...at, name: field.name }, false)]),
    );
    const requiredKeys = fields.filter((field) => isNonNullType(field.type)).map((field) => field.name);
    const record = fc.record(values, { requiredKeys });
    return fc.oneof(
      { weight: 6 * at.usual, arbitrary: takesOne(type) ? ofOne(values, requiredKeys) : record },
      { weight: 1, arbitrary: fc.constantFrom({}, { unknown: 1 }) },
    );
  }
  if (isEnumType(type))
    return fc.oneof(
      { weight: 6 * at.usual, arbitrary: fc.constantFrom(...type.getValues().map((value) => value.name)) },
      { weight: 1, arbitrary: fc.constant("NOPE") },
    );
  const odd = [...(oddities[type.name] ?? []), ...oddIds(type.name, at)];
  return fc.oneof(
    { weight: at.usual, arbitrary: meantScalar(type.name, at) },
    { weight: 1, arbitrary: fc.constantFrom(...odd).map(shown) },
  );
}

// Conditions are said by the one field that is given.
function takesOne({ name }: GraphQLInputObjectType): boolean {
  return name.endsWith("ConditionInput");
}

function ofOne(
  values: Readonly<Record<string, fc.Arbitrary<unknown>>>,
  required: readonly string[],
): fc.Arbitrary<unknown> {
  const choices = Object.keys(values).filter((name) => !required.includes(name));
  const given = (name: string) => Object.fromEntries([...required, name].map((key) => [key, values[key]!]));
  return fc.constantFrom(...choices).chain((name) => fc.record(given(name)));
}

const misfit = { of: "another type" };

// fast-check prints what it failed with; a constant of 100 kB is made only when it is used.
function shown(value: unknown): unknown {
  return typeof value === "function" ? (value as () => unknown)() : value;
}

function meant(type: GraphQLInputType, at: At): unknown {
  if (isNonNullType(type)) return meant(type.ofType, at);
  if (isListType(type)) return [meant(type.ofType, at)];
  if (isEnumType(type)) return type.getValues()[0]!.name;
  if (!isInputObjectType(type)) return meantValue(type.name, at, 7);
  const fields = Object.values(type.getFields());
  return Object.fromEntries(
    fields.map((field) => [field.name, meant(field.type, { ...at, name: field.name })]),
  );
}

function meantScalar(type: string, at: At): fc.Arbitrary<unknown> {
  return fc.nat(1_000_000_000).map((number) => meantValue(type, at, number));
}

function meantValue(type: string, at: At, number: number): unknown {
  if (type === "ID") return at.ids.own[kindOf(at)] ?? Object.values(at.ids.own)[number % 10];
  if (type === "Int") return 1 + (number % 5);
  if (type === "Boolean") return number % 2 === 0;
  if (type === "DateTime") return at.name === "to" ? "2026-12-08T00:00:00Z" : "2026-12-01T00:00:00Z";
  if (type === "JSON") return { title: "The disk is full", labels: { service: "api" } };
  return meantTexts[at.name]?.(number) ?? `${at.name} ${number}`;
}

const meantTexts: Readonly<Record<string, (number: number) => string | undefined>> = {
  timeZone: () => "Europe/Vienna",
  startsOn: () => "2026-01-05",
  endsOn: () => "2027-01-05",
  handoverTime: () => "09:00",
  email: (number) => `somebody-${number}@example.com`,
  groupWindow: () => "PT1H",
  damping: () => "PT30M",
  wait: (number) => `PT${1 + (number % 5)}M`,
  delay: (number) => `PT${number % 5}M`,
  address: () => "https://example.com/pages",
  idempotencyKey: (number) => `key of a request ${number}`,
};

// What an argument names: it says so itself, or the field does.
function kindOf({ name, fieldName }: At): string {
  const said = /^(id|ids)$/.test(name) ? fieldName : name;
  return KINDS.find(([pattern]) => pattern.test(said))?.[1] ?? "";
}

const KINDS: readonly (readonly [RegExp, string])[] = [
  [/escalationPath|^pathId/i, "path"],
  [/escalation/i, "escalation"],
  [/alertRoute/i, "route"],
  [/alertSource|^sourceIds/i, "source"],
  [/refusedRequest/i, "refused"],
  [/apiKey/i, "key"],
  [/contactMethod/i, "contact"],
  [/override/i, "override"],
  [/rotation/i, "rotation"],
  [/schedule/i, "schedule"],
  [/incident|intoId/i, "incident"],
  [/alert/i, "alert"],
  [/role/i, "role"],
  [/team/i, "team"],
  [/user|participant|member|lead/i, "user"],
];

function oddIds(type: string, { ids }: At): string[] {
  if (type !== "ID") return [];
  const own = Object.values(ids.own);
  return [...own, ...ids.foreign.slice(0, 5), own[0]!.toUpperCase(), `{${own[0]!}}`];
}

const texts = [
  "",
  " ",
  "\u0000",
  "a\u0000b",
  "\ud800",
  "a\udfffb",
  "%",
  "\\",
  "'; select 1; --",
  "__proto__",
  "\u202eright to left",
  () => "語".repeat(3_000),
  () => "🔥".repeat(100),
  () => "x".repeat(100_000),
];

const cursor = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");

const dates = ["2026-02-30", "0000-01-01", "9999-12-31", "-000001-01-01", "2026-1-1", 20_260_101];

const oddities: Readonly<Record<string, readonly unknown[]>> = {
  String: [
    ...texts,
    7,
    true,
    "2026-02-30",
    "0000-01-01",
    "9999-12-31",
    "25:61",
    "Etc/GMT+99",
    cursor(["id+", "x"]),
    cursor(["name+id+", "a", "019a0000-0000-7000-8000-00000000dead"]),
    cursor(["createdAt-id-", "9999-99-99T00:00:00Z", {}]),
    cursor({}),
  ],
  ID: [
    ...texts,
    7,
    -1,
    0,
    1.5,
    "7",
    "019a0000-0000-7000-8000-00000000dead",
    "019a0000000070008000000000000000",
  ],
  Int: [0, -1, 100, 101, 1_000_000_000, 2_147_483_647, -2_147_483_648, 2_147_483_648, 1e300, 1.5, "1", true],
  Boolean: ["true", 1],
  DateTime: [
    "",
    "0001-01-01T00:00:00Z",
    "0001-01-01T00:00:00+23:59",
    "9999-12-31T23:59:59.999999999Z",
    "9999-12-31T23:59:59-23:59",
    "2026-12-01",
    "2026-12-01T24:00:00Z",
    "2016-12-31T23:59:60Z",
    "\u0000",
    0,
  ],
  Date: [...texts, ...dates],
  LocalTime: [...texts, "25:61", "24:00", "09:00:00", 900],
  Duration: [...texts, "PT0S", "PT59S", "P1W", "P1M", "-PT1M", "P999999999D", "PT1.5M", 30],
  TimeZone: [...texts, "Etc/GMT+99", "+01:00", "europe/vienna", "Europe/Vienna ", 1],
  EmailAddress: [...texts, "a@b", "@", " ann@example.com ", `${"a".repeat(300)}@example.com`, 1],
  URL: [...texts, "javascript:alert(1)", "https://", 1],
  JSON: [
    [],
    7,
    "text",
    false,
    {},
    DEEP,
    { deep: [[[[DEEP]]]] },
    { title: "a\u0000b" },
    { title: "\ud800" },
    { "a\u0000b": 1 },
    { title: () => 1 },
    { labels: { ["x".repeat(3_000)]: "語".repeat(3_000) } },
    { title: "🔥".repeat(2_000), dedupKey: "語".repeat(5_000) },
    { __proto__: null, constructor: { prototype: 1 } },
    { title: { a: 1 }, labels: [1], priority: 1e308, status: null },
    Array.from({ length: 2_000 }, () => ({ title: "many" })),
    { alerts: [null, 7, {}, { labels: null }] },
  ],
};
