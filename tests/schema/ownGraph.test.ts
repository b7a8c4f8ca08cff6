import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "graphql";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parseSdl } from "#shared/subgraph/sdl.ts";
import { subgraphNames } from "#supergraph/subgraphs.ts";
import { checkSchema, type Checked } from "../../scripts/schema/checkSchema.ts";
import { onlyChanging, readProject, type Project } from "../../scripts/schema/project.ts";
import { checkComposition } from "../../scripts/schema/sections/composition.ts";
import { checkAuthorization } from "../../scripts/schema/sections/authorization.ts";
import { versionFiles } from "../../scripts/schema/versionFiles.ts";
import { apiSchemaOf } from "../../scripts/schema/apiSchema.ts";

const MOVING = (override: string) => `
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@override", "@shareable"])
  type Query { items: [Item!] @shareable }
  type Item @key(fields: "id") { id: ID! stock: Int ${override} }
`;
const today = Temporal.PlainDate.from("2026-11-21");

describe("this project's own graph", () => {
  let project: Project;
  let registry: string;
  beforeAll(async () => {
    registry = await mkdtemp(join(tmpdir(), "registry-"));
    await cp(new URL("../../supergraph/registry/", import.meta.url), registry, { recursive: true });
    project = { ...(await readProject()), registry, versions: versionFiles(registry) };
  });
  afterAll(() => rm(registry, { recursive: true }));

  /** A check of the graph as it would be if one file of one subgraph said something else. */
  async function checkWith(name: string, change: (sdl: string) => string): Promise<Checked> {
    const published = await readFile(join(registry, `current/subgraphs/${name}.graphql`), "utf8");
    const changed = { name, document: parseSdl(change(published), `${name}.graphql`) };
    expect(change(published)).not.toBe(published);
    const subgraphs = project.subgraphs.map((subgraph) => (subgraph.name === name ? changed : subgraph));
    return checkSchema({ ...project, subgraphs, changing: [] }, { strict: false, today });
  }

  const findings = (checked: Checked, title: string) =>
    checked.report.sections.find((section) => section.title === title)?.findings ?? [];

  it("passes every section", async () => {
    const { report } = await checkSchema(project, { strict: false, today });
    expect(
      report.sections.flatMap((section) => section.findings.filter(({ severity }) => severity === "error")),
    ).toEqual([]);
    expect(report.sections.map(({ title, status }) => `${title} ${status}`)).toEqual([
      "Lint PASSED",
      "Subgraphs PASSED",
      "Composition PASSED",
      "Authorization PASSED",
      "Changes PASSED",
      "Operations PASSED",
      "Contracts PASSED",
    ]);
  });

  it.each(subgraphNames)("passes for %s beside the others as they are published", async (name) => {
    const { report } = await checkSchema(await onlyChanging(project, [name]), { strict: false, today });
    const errors = report.sections.flatMap((section) =>
      section.findings.filter(({ severity }) => severity === "error"),
    );
    expect(errors).toEqual([]);
  });

  it("lets a field move from one subgraph to another, and says how far that has come", () => {
    const subgraphs = [
      { name: "inventory", document: parseSdl(MOVING(""), "inventory.graphql") },
      { name: "shop", document: parseSdl(MOVING('@override(from: "inventory")'), "shop.graphql") },
    ];
    const { supergraphSdl, findings: found } = checkComposition(subgraphs, { isOwn: true });
    expect(supergraphSdl).toContain('override: "inventory"');
    expect(found).toMatchObject([{ severity: "note", code: "OVERRIDDEN_FIELD_CAN_BE_REMOVED" }]);

    const alone = checkComposition(subgraphs.slice(1), { isOwn: true }).findings;
    expect(alone).toMatchObject([{ severity: "error", code: "FROM_SUBGRAPH_DOES_NOT_EXIST" }]);
  });

  it("fails when a root field says nothing of who may read it", async () => {
    const checked = await checkWith("schedules", (sdl) =>
      sdl.replace(/\): ScheduleConnection @authorize\([^)]*\)/, "): ScheduleConnection"),
    );
    expect(findings(checked, "Authorization")).toMatchObject([{ severity: "error", code: "A1" }]);
    expect(findings(checked, "Changes")).toContainEqual(
      expect.objectContaining({
        code: "AUTHORIZATION_LOOSENED",
        coordinate: "Query.schedules",
        severity: "error",
      }),
    );
  });

  it("calls it breaking when those who could read something no longer may", async () => {
    const checked = await checkWith("schedules", (sdl) =>
      sdl.replace(/(schedule\(id: ID!\): Schedule @authorize\(permissions: \[)[^\]]*/, "$1RoleManage"),
    );
    const tightened = findings(checked, "Changes").filter(({ code }) => code === "AUTHORIZATION_TIGHTENED");
    expect(tightened).toMatchObject([
      {
        coordinate: "Query.schedule",
        message: expect.stringContaining("needed ScheduleRead and needs RoleManage") as string,
      },
    ]);
  });

  it("asks the gateway itself whether any spelling of a field demands less", async () => {
    const { graph } = await checkSchema(project, { strict: false, today });
    const sdl = graph!.supergraphSdl;
    expect(
      checkAuthorization({ subgraphs: project.subgraphs, supergraphSdl: sdl, apiSchema: apiSchemaOf(sdl) }),
    ).toEqual([]);
  });

  it("has a variant for responders, which keeps what the graph demands", async () => {
    const [api, supergraph] = await Promise.all(
      ["api", "supergraph"].map((name) => readFile(join(registry, `responders/${name}.graphql`), "utf8")),
    );
    expect(api).toContain("acknowledgeEscalation");
    expect(api).not.toContain("createApiKey");
    expect(api).not.toContain("CreateApiKeyPayload");
    const acknowledge = parse(supergraph!)
      .definitions.flatMap((node) => (node.kind === "ObjectTypeDefinition" ? (node.fields ?? []) : []))
      .find(({ name }) => name.value === "acknowledgeEscalation");
    expect(acknowledge?.directives?.map(({ name }) => name.value)).toContain("authorize");
  });

  it("names the tag that nothing carries", async () => {
    const contracts = [{ variant: "small", include: [], exclude: ["adminstration"] }];
    const checked = await checkSchema({ ...project, contracts }, { strict: false, today });
    expect(findings(checked, "Contracts")).toMatchObject([
      { code: "UNKNOWN_TAG", message: 'small: nothing is tagged "adminstration"' },
    ]);
  });

  it("fails a trusted document that the graph no longer answers", async () => {
    const file = join(registry, "operations/app/1.json");
    const body = "query Open { incidents(first: 5) { nodes { id isOnFire } } }";
    const operations = [{ id: "1", name: "Open", type: "query", body }];
    await mkdir(join(registry, "operations/app"), { recursive: true });
    await writeFile(
      file,
      JSON.stringify({ format: "apollo-persisted-query-manifest", version: 1, operations }),
    );
    const checked = await checkSchema(project, { strict: false, today });
    await rm(file);
    expect(findings(checked, "Operations")).toMatchObject([
      { severity: "error", code: "OPERATION_INVALID", usedBy: [{ client: "app 1", operation: "Open" }] },
    ]);
  });
});
