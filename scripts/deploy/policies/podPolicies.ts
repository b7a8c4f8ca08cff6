import type { Container, PodMaker, Specified } from "../kubernetesObject.ts";
import { podMakers, serviceOf, type Rendered } from "../render.ts";
import type { Policy } from "./policy.ts";

/** What must hold of every pod. */
export const podPolicies: readonly Policy[] = [
  { says: "runs as user 65532, with the runtime's seccomp profile", breaks: eachPod(runsUnprivileged) },
  { says: "has a read-only root, no capabilities, and can gain none", breaks: eachContainer(isConfined) },
  {
    says: "is given no token of a service account, and no variables of other services",
    breaks: eachPod(holdsNoToken),
  },
  { says: "requests CPU and memory, and has a limit of memory", breaks: eachContainer(hasResources) },
  {
    says: "has an image with a version: a tag that is not latest, or a digest",
    breaks: eachContainer(hasVersion),
  },
  {
    says: "is looked at: /healthz says that it lives, /readyz that it can work",
    breaks: eachServing(isProbed),
  },
  {
    says: "still takes requests for a while when it ends, and has time for what is at hand after that",
    breaks: eachServing(drains),
  },
  { says: "is spread over zones and nodes", breaks: eachServing(isSpread) },
  { says: "writes to volumes that it has", breaks: eachContainer(mountsVolumes) },
];

type Maker = Specified<PodMaker>;

function eachPod(breaks: (maker: Maker) => readonly string[]): Policy["breaks"] {
  return (rendered) =>
    podMakers(rendered).flatMap((maker) => breaks(maker).map((text) => `${nameOf(maker)}: ${text}`));
}

function eachContainer(breaks: (container: Container, maker: Maker) => readonly string[]): Policy["breaks"] {
  return eachPod((maker) =>
    containersOf(maker).flatMap((container) =>
      breaks(container, maker).map((text) => `${container.name}: ${text}`),
    ),
  );
}

function eachServing(breaks: (container: Container, maker: Maker) => readonly string[]): Policy["breaks"] {
  return (rendered: Rendered) =>
    podMakers(rendered)
      .filter(({ kind }) => kind === "Deployment")
      .flatMap((maker) =>
        breaks(podOf(maker).containers[0]!, maker).map((text) => `${nameOf(maker)}: ${text}`),
      );
}

/** All containers of what makes pods, those that run before the others included. */
export function containersOf(maker: Maker): readonly Container[] {
  const { initContainers = [], containers } = podOf(maker);
  return [...initContainers, ...containers];
}

/** How what makes pods is called in what is told. */
export function nameOf({ kind, metadata }: Maker): string {
  return `${kind} ${metadata.name}`;
}

function podOf(maker: Maker) {
  return maker.spec.template.spec;
}

function unless(holds: boolean, text: string): readonly string[] {
  return holds ? [] : [text];
}

function runsUnprivileged(maker: Maker): readonly string[] {
  const { runAsNonRoot, runAsUser, seccompProfile } = podOf(maker).securityContext ?? {};
  return [
    ...unless(runAsNonRoot === true, "runAsNonRoot is not true"),
    ...unless(runAsUser === 65_532, `runAsUser is ${runAsUser}`),
    ...unless(seccompProfile?.type === "RuntimeDefault", "seccompProfile is not RuntimeDefault"),
  ];
}

function isConfined({ securityContext: context = {} }: Container): readonly string[] {
  const { drop = [], add = [] } = context.capabilities ?? {};
  return [
    ...unless(context.readOnlyRootFilesystem === true, "readOnlyRootFilesystem is not true"),
    ...unless(context.allowPrivilegeEscalation === false, "allowPrivilegeEscalation is not false"),
    ...unless(drop.includes("ALL") && add.length === 0, "capabilities are not all dropped"),
  ];
}

function holdsNoToken(maker: Maker): readonly string[] {
  const { automountServiceAccountToken, enableServiceLinks } = podOf(maker);
  return [
    ...unless(automountServiceAccountToken === false, "automountServiceAccountToken is not false"),
    ...unless(enableServiceLinks === false, "enableServiceLinks is not false"),
  ];
}

function hasResources({ resources: { requests, limits } = {} }: Container): readonly string[] {
  return [
    ...unless(!!requests?.["cpu"], "requests no CPU"),
    ...unless(!!requests?.["memory"], "requests no memory"),
    ...unless(!!limits?.["memory"], "has no limit of memory"),
  ];
}

function hasVersion({ image }: Container): readonly string[] {
  const isVersioned = /(:[\w][\w.-]*|@sha256:[0-9a-f]{64})$/.test(image) && !image.endsWith(":latest");
  return unless(isVersioned, `its image is ${image}`);
}

function isProbed({ ports = [], startupProbe, livenessProbe, readinessProbe }: Container): readonly string[] {
  const asks = (probe: typeof livenessProbe, path: string) =>
    probe?.httpGet?.path === path &&
    ports.some(({ name }) => name === "http" && name === probe.httpGet?.port);
  return [
    ...unless(asks(startupProbe, "/healthz"), "startupProbe does not ask /healthz"),
    ...unless(asks(livenessProbe, "/healthz"), "livenessProbe does not ask /healthz"),
    ...unless(asks(readinessProbe, "/readyz"), "readinessProbe does not ask /readyz"),
  ];
}

/** The longest that a service takes to stop, in seconds: LONGEST_STOP_MS in shared/subgraph/serveSubgraph.ts. */
export const LONGEST_STOP_SECONDS = 6;

function drains({ lifecycle }: Container, maker: Maker): readonly string[] {
  const before = lifecycle?.preStop?.sleep?.seconds;
  const grace = podOf(maker).terminationGracePeriodSeconds ?? 30;
  if (before === undefined) return ["has no preStop"];
  const needed = before + LONGEST_STOP_SECONDS;
  return unless(
    grace > needed,
    `terminationGracePeriodSeconds is ${grace}, and has to be more than ${needed}`,
  );
}

function isSpread(_: Container, maker: Maker): readonly string[] {
  if (serviceOf(maker) === "standalone") return [];
  const keys = (podOf(maker).topologySpreadConstraints ?? []).map(({ topologyKey }) => topologyKey);
  return ["topology.kubernetes.io/zone", "kubernetes.io/hostname"]
    .filter((key) => !keys.includes(key))
    .map((key) => `has no topologySpreadConstraint of ${key}`);
}

function mountsVolumes({ volumeMounts = [] }: Container, maker: Maker): readonly string[] {
  const { volumes = [] } = podOf(maker);
  return [
    ...unless(
      volumeMounts.some(({ mountPath }) => mountPath === "/tmp"),
      "/tmp is not a volume, and the root cannot be written",
    ),
    ...volumeMounts
      .filter((mount) => !volumes.some(({ name }) => name === mount.name))
      .map(({ name }) => `mounts ${name}, which is no volume`),
  ];
}
