import { parseAllDocuments } from "yaml";
import type { ChartService } from "./chartServices.ts";
import { helm } from "./helm.ts";
import type { KubernetesObject, NetworkPolicySpec, PodMaker, Specified } from "./kubernetesObject.ts";

/** A chart rendered with values. */
export interface Rendered {
  readonly objects: readonly KubernetesObject[];
  /** What the code says of each workload: see chartServices. */
  readonly services: Readonly<Record<string, ChartService>>;
}

/** Values for a chart, and the name under which they are spoken of. */
export interface ValueSet {
  readonly name: string;
  /** Paths of files of values, the later over the earlier. */
  readonly files: readonly string[];
}

/** The objects that Helm makes of the chart, or what Helm had against it. `root` is the project's folder. */
export async function render(
  root: string,
  chart: string,
  { files }: ValueSet,
): Promise<{ readonly objects: KubernetesObject[] } | { readonly fault: string }> {
  const values = files.flatMap((file) => ["--values", file]);
  const { succeeded, output } = await helm(root, [
    "template",
    "tocsin",
    chart,
    "--namespace",
    "tocsin",
    ...values,
  ]);
  if (!succeeded) return { fault: output.trim() };
  const documents = parseAllDocuments(output, { merge: true });
  if (!Array.isArray(documents)) return { objects: [] };
  const broken = documents.flatMap(({ errors }) => errors.map(({ message }) => message));
  if (broken.length > 0) return { fault: `what Helm renders is no YAML: ${broken.join("; ")}` };
  return {
    objects: documents
      .map((document) => document.toJS() as KubernetesObject | null)
      .filter((one) => one !== null),
  };
}

/** The objects of a kind. */
export function ofKind<Spec>({ objects }: Rendered, kind: string): Specified<Spec>[] {
  return objects.filter((object) => object.kind === kind) as Specified<Spec>[];
}

/** Everything that makes pods. */
export function podMakers(rendered: Rendered): Specified<PodMaker>[] {
  return [...ofKind<PodMaker>(rendered, "Deployment"), ...ofKind<PodMaker>(rendered, "Job")];
}

/** All NetworkPolicies. */
export function networkPolicies(rendered: Rendered): Specified<NetworkPolicySpec>[] {
  return ofKind<NetworkPolicySpec>(rendered, "NetworkPolicy");
}

/** The service that an object belongs to, by its label. */
export function serviceOf({ metadata }: Pick<KubernetesObject, "metadata">): string {
  return metadata.labels?.["app.kubernetes.io/component"] ?? "";
}

/** Whether labels fit a selector. */
export function matches(
  selector: Readonly<Record<string, string>> | undefined,
  labels: Readonly<Record<string, string>>,
): boolean {
  return Object.entries(selector ?? {}).every(([name, value]) => labels[name] === value);
}
