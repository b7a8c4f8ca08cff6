import type {
  Labels,
  NetworkPolicySpec,
  NetworkRule,
  PodMaker,
  ServiceSpec,
  Specified,
} from "../kubernetesObject.ts";
import {
  matches,
  networkPolicies as policiesOf,
  ofKind,
  podMakers,
  serviceOf,
  type Rendered,
} from "../render.ts";
import { nameOf } from "./podPolicies.ts";
import type { Policy } from "./policy.ts";

/** What must hold of who reaches whom. */
export const networkPolicies: readonly Policy[] = [
  { says: "denies every pod whatever is not named", breaks: deniesByDefault },
  { says: "lets a service reach exactly the services that it calls", breaks: opensWhatIsCalled },
  { says: "lets nobody but the gateway's clients in from elsewhere", breaks: keepsOthersOut },
  { says: "lets those reach the database who have one", breaks: opensTheDatabase },
  {
    says: "lets only who sends pages to webhooks reach the Internet, and never private networks",
    breaks: keepsWebhooksOutside,
  },
  { says: "has Services that select the pods of one service, at ports they have", breaks: servicesSelect },
  { says: "exposes the gateway and nothing else", breaks: exposesTheGateway },
];

/** Who may reach whom on the port where it serves: `alerts -> escalations`, where both ends let it pass; sorted. */
export function openPairs(rendered: Rendered): string[] {
  const pods = podMakers(rendered).filter(({ kind }) => kind === "Deployment");
  const pairs = pods.flatMap((from) => pods.filter((to) => to !== from).map((to) => [from, to] as const));
  const open = pairs.filter(([from, to]) => {
    const port = portOf(to);
    const leaves = rulesFor(rendered, from, "egress").some((rule) => lets(rule, rule.to, labelsOf(to), port));
    return (
      leaves && rulesFor(rendered, to, "ingress").some((rule) => lets(rule, rule.from, labelsOf(from), port))
    );
  });
  return open.map(([from, to]) => `${serviceOf(from)} -> ${serviceOf(to)}`).sort();
}

type Maker = Specified<PodMaker>;

function labelsOf(maker: Maker): Labels {
  return maker.spec.template.metadata.labels;
}

function portOf(maker: Maker): number {
  return (
    maker.spec.template.spec.containers[0]!.ports?.find(({ name }) => name === "http")?.containerPort ?? 0
  );
}

function policiesFor(rendered: Rendered, maker: Maker): Specified<NetworkPolicySpec>[] {
  return policiesOf(rendered).filter(({ spec }) => matches(spec.podSelector.matchLabels, labelsOf(maker)));
}

function rulesFor(rendered: Rendered, maker: Maker, way: "ingress" | "egress"): readonly NetworkRule[] {
  return policiesFor(rendered, maker).flatMap(({ spec }) => spec[way] ?? []);
}

// Pods of this namespace are meant by a podSelector alone; whom a namespaceSelector or an address means is not of this release.
function lets(rule: NetworkRule, peers: NetworkRule["to"], labels: Labels, port: number): boolean {
  const isPort = !rule.ports || rule.ports.some((each) => each.port === port);
  const isPeer =
    !peers ||
    peers.some(
      (peer) => peer.podSelector && !peer.namespaceSelector && matches(peer.podSelector.matchLabels, labels),
    );
  return isPort && isPeer;
}

function isWithoutPolicies(rendered: Rendered): boolean {
  return policiesOf(rendered).length === 0;
}

function deniesByDefault(rendered: Rendered): readonly string[] {
  if (isWithoutPolicies(rendered)) return [];
  return podMakers(rendered).flatMap((maker) => {
    const denied = policiesFor(rendered, maker).filter(({ spec }) => !spec.ingress && !spec.egress);
    const ways = denied.flatMap(({ spec }) => spec.policyTypes ?? []);
    return ["Ingress", "Egress"]
      .filter((way) => !ways.includes(way))
      .map((way) => `${nameOf(maker)}: ${way} is not denied`);
  });
}

function opensWhatIsCalled(rendered: Rendered): readonly string[] {
  if (isWithoutPolicies(rendered)) return [];
  const services = new Set(podMakers(rendered).map(serviceOf));
  const called = Object.entries(rendered.services)
    .filter(([name]) => services.has(name))
    .flatMap(([name, { calls }]) => calls.map((callee) => `${name} -> ${callee}`));
  const open = openPairs(rendered);
  return [
    ...called.filter((pair) => !open.includes(pair)).map((pair) => `${pair} is called and not open`),
    ...open.filter((pair) => !called.includes(pair)).map((pair) => `${pair} is open and not called`),
  ];
}

function keepsOthersOut(rendered: Rendered): readonly string[] {
  const inner = podMakers(rendered).filter((maker) => !["gateway", "standalone"].includes(serviceOf(maker)));
  return inner.flatMap((maker) =>
    rulesFor(rendered, maker, "ingress")
      .filter(({ ports }) => !ports || ports.some(({ port }) => port === portOf(maker)))
      .flatMap(({ from }) => from ?? [{}])
      .filter((peer) => !("podSelector" in peer) || "namespaceSelector" in peer)
      .map((peer) => `${nameOf(maker)}: lets in ${JSON.stringify(peer)}`),
  );
}

function opensTheDatabase(rendered: Rendered): readonly string[] {
  if (isWithoutPolicies(rendered)) return [];
  const uses = podMakers(rendered).filter((maker) => {
    const { initContainers = [], containers } = maker.spec.template.spec;
    return [...initContainers, ...containers].some(({ env = [] }) =>
      env.some(({ name }) => /DATABASE.*_URL$/.test(name)),
    );
  });
  return uses
    .filter(
      (maker) =>
        !rulesFor(rendered, maker, "egress").some(({ to = [], ports = [] }) => {
          const isElsewhere = to.every(
            (peer) => !peer.podSelector || peer.namespaceSelector || !isOwn(peer.podSelector.matchLabels),
          );
          return (
            isElsewhere && ports.some(({ port }) => port !== 53 && ![25, 80, 443, 465, 587].includes(port))
          );
        }),
    )
    .map((maker) => `${nameOf(maker)}: does not reach the database`);
}

function isOwn(labels: Labels = {}): boolean {
  return labels["app.kubernetes.io/name"] === "tocsin";
}

const PRIVATE = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16", "127.0.0.0/8"];

function keepsWebhooksOutside(rendered: Rendered): readonly string[] {
  return podMakers(rendered).flatMap((maker) => {
    const { variables } = rendered.services[serviceOf(maker)] ?? {};
    const mayAsk =
      serviceOf(maker) === "standalone" || variables?.settable.includes("ALLOW_PRIVATE_WEBHOOKS");
    const blocks = rulesFor(rendered, maker, "egress")
      .flatMap(({ to = [] }) => to)
      .flatMap(({ ipBlock }) => (ipBlock?.cidr === "0.0.0.0/0" ? [ipBlock] : []));
    if (!mayAsk) return blocks.map(() => `${nameOf(maker)}: reaches the Internet`);
    return blocks.flatMap(({ except = [] }) =>
      PRIVATE.filter((network) => !except.includes(network)).map(
        (network) => `${nameOf(maker)}: reaches ${network}`,
      ),
    );
  });
}

function servicesSelect(rendered: Rendered): readonly string[] {
  const deployments = podMakers(rendered).filter(({ kind }) => kind === "Deployment");
  return ofKind<ServiceSpec>(rendered, "Service").flatMap(({ metadata, spec }) => {
    const selected = podMakers(rendered).filter((maker) => matches(spec.selector, labelsOf(maker)));
    if (selected.length !== 1 || !deployments.includes(selected[0]!))
      return [`Service ${metadata.name}: selects ${selected.length} workloads`];
    const named = (selected[0]!.spec.template.spec.containers[0]!.ports ?? []).map(({ name }) => name);
    return spec.ports
      .filter(({ targetPort }) => !named.includes(String(targetPort)))
      .map(({ targetPort }) => `Service ${metadata.name}: its pods have no port ${targetPort}`);
  });
}

interface IngressSpec {
  readonly rules: readonly {
    readonly http: {
      readonly paths: readonly { readonly backend: { readonly service: { readonly name: string } } }[];
    };
  }[];
}

interface RouteSpec {
  readonly rules: readonly {
    readonly backendRefs: readonly { readonly name: string; readonly port: number }[];
  }[];
}

function exposesTheGateway(rendered: Rendered): readonly string[] {
  const ofIngress = ofKind<IngressSpec>(rendered, "Ingress").flatMap(({ spec }) =>
    spec.rules.flatMap(({ http }) => http.paths.map(({ backend }) => backend.service.name)),
  );
  const ofRoutes = ofKind<RouteSpec>(rendered, "HTTPRoute").flatMap(({ spec }) =>
    spec.rules.flatMap(({ backendRefs }) => backendRefs.map(({ name }) => name)),
  );
  const services = ofKind<ServiceSpec & { type?: string }>(rendered, "Service");
  const entry = services.filter((service) => ["gateway", "standalone"].includes(serviceOf(service)));
  return [
    ...[...ofIngress, ...ofRoutes]
      .filter((name) => !entry.some(({ metadata }) => metadata.name === name))
      .map((name) => `${name} is exposed, and is not the gateway`),
    ...services
      .filter(({ spec }) => spec.type && spec.type !== "ClusterIP")
      .map(({ metadata, spec }) => `Service ${metadata.name}: is a ${spec.type}`),
  ];
}
