import fc from "fast-check";
import { parseValue } from "graphql";
import { describe, expect, it } from "vitest";
import { DateTime, JSONScalar } from "#shared/subgraph/scalars.ts";

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
