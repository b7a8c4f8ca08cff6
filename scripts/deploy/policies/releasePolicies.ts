import type { KubernetesObject, Labels, Specified } from "../kubernetesObject.ts";
import { matches, ofKind, podMakers, serviceOf, type Rendered } from "../render.ts";
import { containersOf, nameOf } from "./podPolicies.ts";
import type { Policy } from "./policy.ts";

/** What must hold of a release as a whole: what comes first, how pods are replaced, what is watched. */
export const releasePolicies: readonly Policy[] = [
  { says: "migrates the database in one way, before any new pod", breaks: migratesFirst },
  {
    says: "takes no pod away before another is ready, and never runs two pods on one data folder",
    breaks: replacesPods,
  },
  {
    says: "keeps a pod of each service while nodes are drained, and lets them be drained",
    breaks: keepsPods,
  },
  { says: "scales what is there, from two pods on, and leaves the number to the autoscaler", breaks: scales },
  { says: "scrapes every service that it scrapes at its port for metrics", breaks: scrapes },
  { says: "names each object once, with all its labels, in 63 characters", breaks: namesObjects },
];

function migratesFirst(rendered: Rendered): readonly string[] {
  const services = podMakers(rendered).filter(({ kind }) => kind === "Deployment");
  if (services.every((service) => serviceOf(service) === "standalone")) return [];
  const jobs = podMakers(rendered).filter(
    (maker) => maker.kind === "Job" && serviceOf(maker) === "migrations",
  );
  const inPods = services.filter((service) => containersOf(service)[0]?.name === "migrations");
  if (jobs.length === 0 && inPods.length === 0) return [];
  const early = rendered.objects.filter(
    (object) => serviceOf(object) === "migrations" && /Job|Secret/.test(object.kind),
  );
  return [
    ...(jobs.length + Math.sign(inPods.length) > 1 ? ["the database is migrated in more than one way"] : []),
    ...(inPods.length > 0 && inPods.length < services.length
      ? ["not every pod migrates the database first"]
      : []),
    ...(jobs.length > 0 ? early : [])
      .filter(({ metadata }) => !comesFirst(metadata.annotations))
      .map(({ kind, metadata }) => `${kind} ${metadata.name}: does not come before the new pods`),
  ];
}

function comesFirst(annotations: Labels = {}): boolean {
  const hooks = (annotations["helm.sh/hook"] ?? "").split(",");
  return (
    annotations["argocd.argoproj.io/hook"] === "PreSync" ||
    (hooks.includes("pre-install") && hooks.includes("pre-upgrade"))
  );
}

function replacesPods(rendered: Rendered): readonly string[] {
  return podMakers(rendered)
    .filter(({ kind }) => kind === "Deployment")
    .flatMap((maker) => {
      const { strategy, replicas, template } = maker.spec;
      const hasData = (template.spec.volumes ?? []).some(
        ({ persistentVolumeClaim }) => persistentVolumeClaim,
      );
      if (hasData && (replicas !== 1 || strategy?.type !== "Recreate"))
        return [`${nameOf(maker)}: two of its pods may hold the same data folder`];
      if (!hasData && strategy?.rollingUpdate?.maxUnavailable !== 0)
        return [`${nameOf(maker)}: its maxUnavailable is not 0`];
      return [];
    });
}

interface BudgetSpec {
  readonly maxUnavailable?: number;
  readonly selector: { readonly matchLabels: Labels };
}

function keepsPods(rendered: Rendered): readonly string[] {
  const budgets = ofKind<BudgetSpec>(rendered, "PodDisruptionBudget");
  return podMakers(rendered)
    .filter((maker) => maker.kind === "Deployment" && serviceOf(maker) !== "standalone")
    .flatMap((maker) => {
      const labels = maker.spec.template.metadata.labels;
      const own = budgets.filter(({ spec }) => matches(spec.selector.matchLabels, labels));
      const fewest = fewestOf(rendered, maker);
      if (fewest < 2) return own.length > 0 ? [`${nameOf(maker)}: its only pod can never be drained`] : [];
      if (own.length !== 1) return [`${nameOf(maker)}: has ${own.length} PodDisruptionBudgets`];
      const away = own[0]!.spec.maxUnavailable ?? 0;
      return away >= 1 && away < fewest
        ? []
        : [`${nameOf(maker)}: ${away} of its ${fewest} pods may be away`];
    });
}

interface AutoscalerSpec {
  readonly scaleTargetRef: { readonly kind: string; readonly name: string };
  readonly minReplicas: number;
  readonly maxReplicas: number;
}

function autoscalerOf(
  rendered: Rendered,
  { metadata }: KubernetesObject,
): Specified<AutoscalerSpec> | undefined {
  const all = ofKind<AutoscalerSpec>(rendered, "HorizontalPodAutoscaler");
  return all.find(({ spec }) => spec.scaleTargetRef.name === metadata.name);
}

function fewestOf(rendered: Rendered, maker: ReturnType<typeof podMakers>[number]): number {
  return autoscalerOf(rendered, maker)?.spec.minReplicas ?? maker.spec.replicas ?? 1;
}

function scales(rendered: Rendered): readonly string[] {
  const deployments = podMakers(rendered).filter(({ kind }) => kind === "Deployment");
  return ofKind<AutoscalerSpec>(rendered, "HorizontalPodAutoscaler").flatMap(({ metadata, spec }) => {
    const target = deployments.find((each) => each.metadata.name === spec.scaleTargetRef.name);
    const name = `HorizontalPodAutoscaler ${metadata.name}`;
    if (!target) return [`${name}: there is no ${spec.scaleTargetRef.name}`];
    return [
      ...(target.spec.replicas === undefined
        ? []
        : [`${nameOf(target)}: sets replicas, as ${metadata.name} does`]),
      ...(spec.minReplicas >= 2 ? [] : [`${name}: begins at ${spec.minReplicas}`]),
      ...(spec.maxReplicas >= spec.minReplicas ? [] : [`${name}: its most is less than its fewest`]),
    ];
  });
}

interface MonitorSpec {
  readonly selector: { readonly matchLabels: Labels };
  readonly endpoints: readonly { readonly port: string }[];
}

function scrapes(rendered: Rendered): readonly string[] {
  const services = ofKind<{ ports: readonly { name: string }[] }>(rendered, "Service");
  return ofKind<MonitorSpec>(rendered, "ServiceMonitor").flatMap(({ metadata, spec }) => {
    const found = services.filter((service) =>
      matches(spec.selector.matchLabels, service.metadata.labels ?? {}),
    );
    if (found.length !== 1) return [`ServiceMonitor ${metadata.name}: selects ${found.length} Services`];
    return spec.endpoints
      .filter(({ port }) => port !== "metrics" || !found[0]!.spec.ports.some(({ name }) => name === port))
      .map(({ port }) => `ServiceMonitor ${metadata.name}: scrapes ${port}`);
  });
}

const LABELS = ["name", "instance", "component", "part-of", "version", "managed-by"];

function namesObjects({ objects }: Rendered): readonly string[] {
  const names = objects.map(({ kind, metadata }) => `${kind} ${metadata.name}`);
  return [
    ...names.filter((name, index) => names.indexOf(name) !== index).map((name) => `${name}: is there twice`),
    ...objects
      .filter(({ metadata }) => metadata.name.length > 63)
      .map(({ metadata }) => `${metadata.name}: is too long a name`),
    ...objects.flatMap(({ kind, metadata }) =>
      LABELS.filter((label) => !metadata.labels?.[`app.kubernetes.io/${label}`]).map(
        (label) => `${kind} ${metadata.name}: has no label app.kubernetes.io/${label}`,
      ),
    ),
  ];
}
