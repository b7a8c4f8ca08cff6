// shared <- supergraph <- { gateway, each subgraph } <- standalone, scripts, tests: nothing points the other way.
const TOPS = "gateway|supergraph|shared|subgraphs|standalone|scripts|migrations|tests";

// Rooms of the executor, each of which imports those after it and no other.
const ROOMS = ["compiled", "interpreter", "subgraphs", "operation", "planning"];
const EXECUTOR = "^gateway/executor";

const rooms = ROOMS.map((room, index) => ({
  name: `executor-${room}`,
  comment: `${room}/ imports ${
    ROOMS.slice(index + 1)
      .map((name) => `${name}/`)
      .join(", ") || "no other room"
  } and contract.ts, types included`,
  severity: "error",
  from: { path: `${EXECUTOR}/${room}/` },
  to: {
    path: "^gateway/",
    pathNot: `${EXECUTOR}/((${ROOMS.slice(index).join("|")})/|contract\\.ts$)`,
  },
}));

/** @type {import("dependency-cruiser").IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: "shared-knows-nobody",
      comment: "shared/ says how: it depends on packages and on itself",
      severity: "error",
      from: { path: "^shared/" },
      to: { path: `^(${TOPS})/`, pathNot: "^shared/" },
    },
    {
      name: "supergraph-knows-shared-only",
      comment: "supergraph/ holds promises between services, so it cannot know any of them",
      severity: "error",
      from: { path: "^supergraph/" },
      to: { path: `^(${TOPS})/`, pathNot: "^(shared|supergraph)/" },
    },
    {
      name: "no-subgraph-imports-another",
      comment: "services refer, ask, send and tell; they do not call each other's code",
      severity: "error",
      from: { path: "^subgraphs/([^/]+)/" },
      to: { path: "^subgraphs/", pathNot: "^subgraphs/$1/" },
    },
    {
      name: "nobody-imports-the-gateway",
      comment: "the gateway is an entry point: only what assembles or checks the whole product may import it",
      severity: "error",
      from: { pathNot: "^(gateway|standalone|scripts|tests)/" },
      to: { path: "^gateway/" },
    },
    ...rooms,
    {
      name: "executor-contract",
      comment: "what every room agrees on depends on none",
      severity: "error",
      from: { path: `${EXECUTOR}/contract\\.ts$` },
      to: { path: "^gateway/" },
    },
    {
      name: "gateway-knows-the-engine-alone",
      comment: "the gateway opens an engine; how it works is nobody else's business",
      severity: "error",
      from: { path: "^(gateway|standalone)/", pathNot: `^gateway/(executor|stock)/` },
      to: { path: `${EXECUTOR}/`, pathNot: `${EXECUTOR}/engine\\.ts$` },
    },
    {
      name: "stock-executor",
      comment:
        "stock/ is another engine by the same contract: it shares what comes before planning, and the way to subgraphs",
      severity: "error",
      from: { path: "^gateway/stock/" },
      to: {
        path: "^gateway/",
        pathNot:
          "^gateway/(stock/|executor/((operation|planning|subgraphs)/|(contract|limits|prepare|planCache)\\.ts$))",
      },
    },
    {
      name: "stock-executor-is-optional",
      comment:
        "@apollo/gateway is an optional package: what imports it is imported when it is switched on, and by one file",
      severity: "error",
      from: {
        path: "^(gateway|shared|supergraph|subgraphs|standalone|scripts|migrations)/",
        pathNot: "^gateway/(stock/|openExecutor\\.ts$)",
      },
      to: { path: "^gateway/stock/|node_modules/@apollo/gateway/" },
    },
    {
      name: "stock-executor-when-switched-on",
      comment: "a static import would load @apollo/gateway whenever the gateway starts",
      severity: "error",
      from: { path: "^gateway/openExecutor\\.ts$" },
      to: { path: "^gateway/stock/", dynamic: false },
    },
    {
      name: "gateway-knows-no-subgraph",
      comment: "the gateway asks services over their schemas",
      severity: "error",
      from: { path: "^gateway/" },
      to: { path: "^(subgraphs|standalone|scripts|tests)/" },
    },
    {
      name: "subgraphs-know-shared-and-supergraph",
      comment: "a service is copied out with these two folders and must boot there",
      severity: "error",
      from: { path: "^subgraphs/" },
      to: { path: "^(gateway|standalone|scripts|tests)/" },
    },
    {
      name: "production-does-not-import-tests",
      severity: "error",
      from: { pathNot: "^tests/" },
      to: { path: "^tests/" },
    },
    {
      name: "no-cycles",
      comment:
        "two files that need each other are one file, or three; naming each other's types is needing them",
      severity: "error",
      from: {},
      to: { circular: true },
    },
    {
      name: "everything-resolves",
      severity: "error",
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: "packages-are-declared",
      comment: "what is imported stands in package.json",
      severity: "error",
      from: {},
      to: { dependencyTypes: ["npm-no-pkg", "npm-unknown"] },
    },
    {
      name: "production-runs-without-development-packages",
      severity: "error",
      from: { path: "^((gateway|shared|subgraphs|standalone)/|migrations/migrate\\.ts$)" },
      to: { dependencyTypes: ["npm-dev"], dependencyTypesNot: ["npm", "type-only"] },
    },
  ],
  options: {
    parser: "swc",
    doNotFollow: { path: "node_modules" },
    exclude: { path: "^node_modules/.*/node_modules/" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "node", "default", "types"],
      extensions: [".ts", ".js", ".mjs", ".cjs", ".json"],
    },
    cache: false,
  },
};
