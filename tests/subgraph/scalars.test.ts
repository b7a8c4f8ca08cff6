import fc from "fast-check";
import { parseValue } from "graphql";
import { describe, expect, it } from "vitest";
import { DateTime, JSONScalar } from "#shared/subgraph/scalars.ts";
import {
  DateScalar,
  DurationScalar,
  EmailAddress,
  LocalTime,
  TimeZone,
  URLScalar,
} from "#shared/subgraph/textScalars.ts";

const years = {
  min: new Date("0001-01-02T00:00:00Z"),
  max: new Date("9999-12-30T00:00:00Z"),
  noInvalidDate: true,
};

describe("A DateTime", () => {
  it("comes back as it was sent, to the microsecond and wherever it was meant", () => {
    fc.assert(
      fc.property(
        fc.date(years),
        fc.nat(999),
        fc.integer({ min: -840, max: 840 }),
        (date, micros, minutes) => {
          const moment = date.toTemporalInstant().add({ microseconds: micros });
          const zone = `${minutes < 0 ? "-" : "+"}${String(Math.trunc(Math.abs(minutes) / 60)).padStart(2, "0")}:${String(Math.abs(minutes) % 60).padStart(2, "0")}`;
          const text = moment.toString({ timeZone: zone });
          expect(Temporal.Instant.compare(DateTime.parseValue(text), moment)).toBe(0);
          expect(DateTime.parseValue(DateTime.serialize(moment)).toString()).toBe(moment.toString());
        },
      ),
    );
  });

  it("keeps of a second what a database keeps of it, also where rounding up would end in another year", () => {
    expect(DateTime.parseValue("9999-12-31T23:59:59.999999999Z").toString()).toBe(
      "9999-12-31T23:59:59.999999Z",
    );
  });

  it.each([
    "2026-11-20",
    "2026-11-20T09:00:00",
    "2026-11-20T09:00Z",
    "2026-02-30T09:00:00Z",
    "2026-11-20T25:00:00Z",
    "2026-11-20T09:00:00[Europe/Vienna]",
    "0000-01-01T00:00:00Z",
    "0001-01-01T00:00:00+14:00",
    "-000001-01-01T00:00:00Z",
    "9999-12-31T23:59:59-14:00",
    "now",
    "",
    1_763_629_200,
    null,
    {},
  ])("is not %j", (value) => {
    expect(() => DateTime.parseValue(value)).toThrow("This is not a DateTime");
  });

  it("is not served from anything but a moment", () => {
    expect(() => DateTime.serialize("2026-11-20T09:00:00Z")).toThrow("Temporal.Instant");
  });
});

describe("JSON", () => {
  it("is what was sent, in a document and in a variable", () => {
    const literal = parseValue(`{ list: [1, 2.5, "three", true, null, $four], deep: { __proto__: "name" } }`);
    const value = JSONScalar.parseLiteral(literal, { four: 4 });
    expect(JSON.stringify(value)).toBe(`{"list":[1,2.5,"three",true,null,4],"deep":{"__proto__":"name"}}`);
    expect(JSONScalar.parseValue({ a: [1] })).toEqual({ a: [1] });
  });
});

describe("A text of a form", () => {
  it.each([
    [
      DateScalar,
      ["2026-11-20", "2024-02-29", "0001-01-01"],
      ["2026-02-29", "2026-1-1", "0000-01-01", "2026-11-20T00:00", ""],
    ],
    [LocalTime, ["00:00", "23:59"], ["24:00", "9:00", "09:00:00", ""]],
    [
      DurationScalar,
      ["PT30M", "P1DT2H3M4S", "PT0S", "PT90S"],
      ["PT", "P", "P1W", "P1M", "P1Y", "-PT1M", "PT1.5H", "pt1h", "PT1M1H", "PT9999999999S", "30", ""],
    ],
    [TimeZone, ["Europe/Vienna", "UTC"], ["Europe/Atlantis", "+01:00", "", "\0"]],
    [
      EmailAddress,
      ["ann@example.com", " ann+pager@example.co.uk "],
      ["ann", "ann@localhost", `${"a".repeat(300)}@example.com`, ""],
    ],
    [
      URLScalar,
      ["https://example.com/?a=1", "http://[::1]:80/"],
      ["javascript:alert(1)", "example.com", "mailto:ann@example.com", ""],
    ],
  ])("is a %s or is refused, in a variable and in a document", (scalar, good, bad) => {
    const literal = (value: unknown) => parseValue(JSON.stringify(value));
    for (const text of good) {
      expect(scalar.parseValue(text)).toBe(text);
      expect(scalar.parseLiteral(literal(text), {})).toBe(text);
      expect(scalar.serialize(text)).toBe(text);
    }
    for (const value of [...bad, 7, null, {}, [good[0]]]) {
      expect(() => scalar.parseValue(value)).toThrow();
      expect(() => scalar.parseLiteral(literal(value), {})).toThrow();
    }
  });

  it("tells what is wrong with it, and no more than its beginning", () => {
    expect(() => TimeZone.parseValue("Europe/Atlantis")).toThrow(
      "there is no time zone Europe/Atlantis; name one such as Europe/Vienna",
    );
    expect(() => EmailAddress.parseValue("x".repeat(10_000))).toThrow(/^x{100}… is not an e-mail address$/);
  });
});
