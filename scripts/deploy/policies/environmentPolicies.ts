import { ConfigError, readConfig, type ConfigShape } from "#shared/config/config.ts";
import { generateKeyPairs } from "#shared/subgraph/serviceKeys.ts";
import { readGatewayConfig } from "../../../gateway/config.ts";
import { SECRET } from "../chartServices.ts";
import type { Container, PodMaker, ServiceSpec, Specified } from "../kubernetesObject.ts";
import { ofKind, podMakers, serviceOf, type Rendered } from "../render.ts";
import { containersOf, nameOf } from "./podPolicies.ts";
import type { Policy } from "./policy.ts";

/** What must hold of the environment of every container; `shapes` are those that the services read, by name. */
export function environmentPolicies(shapes: Readonly<Record<string, ConfigShape>>): readonly Policy[] {
  return [
    {
      says: "has an environment that its service reads without a fault",
      breaks: (rendered) => all(rendered, ({ container }) => faultsOf(shapes[container.name]!, container)),
    },
    {
      says: "has no variable that its service does not read",
      breaks: (rendered) =>
        all(rendered, ({ container }) =>
          (container.env ?? [])
            .filter(({ name }) => !(name in shapes[container.name]!))
            .map(({ name }) => `${name} is read by nobody`),
        ),
    },
    {
      says: "has its secrets from Secrets, and nothing else",
      breaks: (rendered) => all(rendered, secretsInTheOpen),
    },
    { says: "reads its own Secret and no other's", breaks: (rendered) => all(rendered, secretsOfOthers) },
    {
      says: "knows the owner's credentials only where it migrates",
      breaks: (rendered) => all(rendered, ownersCredentials),
    },
    {
      says: "listens on every address of its pod, on the ports that it names",
      breaks: (rendered) => all(rendered, listens),
    },
    {
      says: "asks other services at addresses that lead to them",
      breaks: (rendered) => all(rendered, asksServices),
    },
  ];
}

interface Place {
  readonly container: Container;
  readonly maker: Specified<PodMaker>;
  readonly rendered: Rendered;
}

function all(rendered: Rendered, breaks: (place: Place) => readonly string[]): readonly string[] {
  return podMakers(rendered).flatMap((maker) =>
    containersOf(maker).flatMap((container) =>
      breaks({ container, maker, rendered }).map((text) => `${nameOf(maker)}: ${container.name}: ${text}`),
    ),
  );
}

// What a Secret holds is not the chart's: anything that fits stands for it.
function faultsOf(shape: ConfigShape, { name: service, env = [] }: Container): readonly string[] {
  const read = env.map(({ name, value }) => [name, value ?? exampleOf(name)]);
  const environment = Object.fromEntries(read) as Record<string, string>;
  try {
    readConfig(shape, environment);
    // It knows besides which of its variables need each other.
    if (ENTRIES.has(service)) readGatewayConfig(environment);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.faults;
    throw error;
  }
}

const ENTRIES: ReadonlySet<string> = new Set(["gateway", "standalone"]);

const { example } = generateKeyPairs(["example"]);

function exampleOf(name: string): string {
  if (name.includes("DATABASE")) return "postgres://service:secret@database.example/tocsin";
  if (name.endsWith("PRIVATE_KEY")) return example!.privateKey.export({ type: "pkcs8", format: "pem" });
  if (name === "SMTP_URL") return "smtps://user:secret@mail.example.com";
  if (name.endsWith("_URL")) return "https://example.com/secret";
  return "0123456789abcdef0123456789abcdef";
}

function secretsInTheOpen({ container: { env = [] } }: Place): readonly string[] {
  return env
    .filter(({ name, valueFrom }) => SECRET.test(name) !== !!valueFrom?.secretKeyRef)
    .map(({ name }) =>
      SECRET.test(name) ? `${name} is a secret, and stands in the open` : `${name} is no secret`,
    );
}

function secretsOfOthers({ container: { name: owner, env = [] }, rendered }: Place): readonly string[] {
  const others = podMakers(rendered)
    .flatMap(containersOf)
    .filter(({ name }) => name !== owner);
  const theirs = new Set(others.flatMap((other) => secretNames(other)));
  return secretNames({ env })
    .filter((name, index, names) => theirs.has(name) && names.indexOf(name) === index)
    .map((name) => `reads the Secret ${name}, as another service does`);
}

function secretNames({ env = [] }: Pick<Container, "env">): string[] {
  return env.flatMap(({ valueFrom }) => valueFrom?.secretKeyRef?.name ?? []);
}

function ownersCredentials({ container: { name, env = [] } }: Place): readonly string[] {
  const known = env.some((variable) => variable.name === "DATABASE_OWNER_URL");
  return known && name !== "migrations" ? ["reads DATABASE_OWNER_URL"] : [];
}

function listens({ container: { ports = [], env = [] }, maker }: Place): readonly string[] {
  if (maker.kind !== "Deployment" || ports.length === 0) return [];
  const valueOf = (variable: string) => env.find(({ name }) => name === variable)?.value;
  const portOf = (named: string) => ports.find(({ name }) => name === named)?.containerPort;
  return [
    ...["HOST", "METRICS_HOST"]
      .filter((name) => valueOf(name) !== "0.0.0.0")
      .map((name) => `${name} is ${valueOf(name)}`),
    ...(valueOf("PORT") === String(portOf("http"))
      ? []
      : [`PORT is ${valueOf("PORT")}, its port http is ${portOf("http")}`]),
    ...(valueOf("METRICS_PORT") === String(portOf("metrics"))
      ? []
      : [`METRICS_PORT is not its port metrics`]),
  ];
}

function asksServices({ container, rendered }: Place): readonly string[] {
  const { calls = [] } = rendered.services[container.name] ?? {};
  return calls.flatMap((called) => {
    const variable = `${called.toUpperCase()}_URL`;
    const value = container.env?.find(({ name }) => name === variable)?.value ?? "";
    if (!URL.canParse(value)) return [`${variable} is ${value || "not set"}`];
    const { hostname, port } = new URL(value);
    const service = ofKind<ServiceSpec>(rendered, "Service").find(
      ({ metadata }) => metadata.name === hostname,
    );
    const leadsThere =
      service &&
      serviceOf(service) === called &&
      service.spec.ports.some((each) => String(each.port) === port);
    return leadsThere ? [] : [`${variable} is ${value}, where ${called} is not`];
  });
}
