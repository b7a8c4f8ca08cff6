import { describe, expect, it } from "vitest";
import { formats } from "../../scripts/schema/formats/formats.ts";
import type { Report } from "../../scripts/schema/report.ts";

const REPORT: Report = {
  subject: "supergraph.yml (products)",
  passed: false,
  milliseconds: 1_234,
  sections: [
    {
      title: "Changes",
      status: "FAILED",
      summary: "since version 3",
      findings: [
        {
          severity: "error",
          code: "FIELD_REMOVED",
          coordinate: "Product.name",
          message: 'Field "name" (A & B) was removed from <Product>\nfor good, 100%',
          at: { file: "products, old.graphql", line: 9, column: 3 },
          usedBy: [1, 2, 3, 4, 5, 6, 7].map((version) => ({ client: `web ${version}`, operation: "Page" })),
          fix: "keep it | deprecate it",
          approve: "registry/approvals/current/0123456789ab.yml with reason, owner and expires",
        },
        { severity: "note", code: "FIELD_ADDED", coordinate: "Product.size", message: "Field added" },
        {
          severity: "warning",
          code: "FIELD_ADDED",
          coordinate: "Product.size",
          message: "Twice",
          at: { file: "a.graphql", line: 1, column: 2 },
          alsoAt: [{ file: "b.graphql", line: 3, column: 4 }],
        },
      ],
    },
    { title: "Contracts", status: "NOT RUN", summary: "the graph does not compose", findings: [] },
  ],
};

const written = (format: string, report: Report) => formats[format]!(report, (file) => `graph/${file}`);

describe("a report", () => {
  it("is a table in a terminal", () => {
    expect(written("text", REPORT)).toBe(`Checked supergraph.yml (products) in 1234 ms

1 Changes: FAILED  since version 3
  ✗ FIELD_REMOVED  Product.name  products, old.graphql:9:3
      Field "name" (A & B) was removed from <Product>
for good, 100%
      used by  web 1 (Page), web 2 (Page), web 3 (Page), web 4 (Page), web 5 (Page), and 2 more
      fix      keep it | deprecate it
      approve  registry/approvals/current/0123456789ab.yml with reason, owner and expires
  · FIELD_ADDED  Product.size
      Field added
  ! FIELD_ADDED  Product.size  a.graphql:1:2
      Twice
      and at   b.graphql:3:4
  1 error, 1 warning, 1 note

2 Contracts: NOT RUN  the graph does not compose

FAILED: Changes
`);
  });

  it("is the same report again when it is read as JSON", () => {
    expect(JSON.parse(written("json", REPORT))).toEqual(REPORT);
  });

  it("is XML that escapes whatever was found, for readers of JUnit", () => {
    expect(written("junit", REPORT)).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="supergraph.yml (products)" time="1.234">
  <testsuite name="Changes" tests="3" failures="1" skipped="0">
    <testcase classname="FIELD_REMOVED" name="Product.name FIELD_REMOVED" file="graph/products, old.graphql" line="9"><failure type="FIELD_REMOVED" message="Field &quot;name&quot; (A &amp; B) was removed from &lt;Product&gt;&#10;for good, 100%">products, old.graphql:9:3&#10;used by: web 1 (Page), web 2 (Page), web 3 (Page), web 4 (Page), web 5 (Page), and 2 more&#10;fix: keep it | deprecate it&#10;approve: registry/approvals/current/0123456789ab.yml with reason, owner and expires</failure></testcase>
    <testcase classname="FIELD_ADDED" name="Product.size FIELD_ADDED"><system-out>note&#10;Field added</system-out></testcase>
    <testcase classname="FIELD_ADDED" name="Product.size FIELD_ADDED (2)" file="graph/a.graphql" line="1"><system-out>warning&#10;Twice&#10;a.graphql:1:2&#10;and at: b.graphql:3:4</system-out></testcase>
  </testsuite>
  <testsuite name="Contracts" tests="1" failures="0" skipped="1">
    <testcase classname="Contracts" name="the graph does not compose"><skipped message="the graph does not compose"/></testcase>
  </testsuite>
</testsuites>
`);
    const odd = { ...REPORT, subject: "a bell \u0007 and a tab \t" };
    expect(written("junit", odd)).toContain('name="a bell \ufffd and a tab \t"');
  });

  it("is a table in a comment, in which nothing that was found is markup", () => {
    const text = written("markdown", REPORT);
    expect(text).toContain("## Schema check: FAILED\n");
    expect(text).toContain("### Changes: FAILED\n\nsince version 3 · 1 error, 1 warning, 1 note\n");
    expect(text).toContain('Field "name" (A & B) was removed from \\<Product\\><br>for good, 100%');
    expect(text).toContain("`a.graphql:1:2`<br>`b.graphql:3:4`");
    expect(text).toContain("keep it \\| deprecate it");
    for (const line of text.split("\n").filter((each) => each.startsWith("| "))) {
      expect(line.replaceAll("\\|", "").split("|")).toHaveLength(7);
    }
  });

  it("is an annotation at the line of the diff for a GitHub workflow, one line each", () => {
    const [error, notice, here, there, totals] = written("github", REPORT).split("\n");
    expect(error).toBe(
      "::error file=graph/products%2C old.graphql,line=9,col=3,title=Changes%3A FIELD_REMOVED::" +
        'Field "name" (A & B) was removed from <Product>%0Afor good, 100%25%0A' +
        "Used by web 1 (Page), web 2 (Page), web 3 (Page), web 4 (Page), web 5 (Page), and 2 more%0A" +
        "Fix: keep it | deprecate it%0A" +
        "Approve: registry/approvals/current/0123456789ab.yml with reason, owner and expires",
    );
    expect(notice).toBe("::notice title=Changes%3A FIELD_ADDED::Field added");
    expect(here).toBe("::warning file=graph/a.graphql,line=1,col=2,title=Changes%3A FIELD_ADDED::Twice");
    expect(there).toBe("::warning file=graph/b.graphql,line=3,col=4,title=Changes%3A FIELD_ADDED::Twice");
    expect(totals).toBe("Changes: FAILED, Contracts: NOT RUN");
  });
});
