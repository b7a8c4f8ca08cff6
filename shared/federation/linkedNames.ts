import { Kind, type ConstDirectiveNode, type ConstValueNode, type DocumentNode } from "graphql";

/** How a document spells the directives of the specifications it @links. */
export interface LinkedNames {
  /** The specification, without its version, and the name it gives to what is spelled `@spelled` here; undefined when nothing does. */
  resolve(spelled: string): LinkedName | undefined;
  /** Every name that an `import` asks for, with the @link that asks. */
  readonly imports: readonly (LinkedName & { node: ConstDirectiveNode })[];
}

/** A directive as its specification calls it. */
export interface LinkedName {
  readonly spec: string;
  readonly name: string;
}

/** Reads the @links of a document: imports, renamed imports, and the `spec__name` form of what is not imported. */
export function linkedNames(document: DocumentNode): LinkedNames {
  const imported = new Map<string, LinkedName>();
  const prefixes = new Map<string, LinkedName>();
  const imports: (LinkedName & { node: ConstDirectiveNode })[] = [];
  for (const node of links(document)) {
    const { spec, name } = identityOf(stringArgument(node, "url") ?? "");
    prefixes.set(stringArgument(node, "as") ?? name, { spec, name });
    for (const { spelled, name: original } of importsOf(node)) {
      imported.set(spelled, { spec, name: original });
      imports.push({ spec, name: original, node });
    }
  }
  return { imports, resolve: (spelled) => imported.get(spelled) ?? byPrefix(spelled, prefixes) };
}

/** The text of a directive's argument, when it has one. */
export function stringArgument(directive: ConstDirectiveNode, name: string): string | undefined {
  const value = directive.arguments?.find((argument) => argument.name.value === name)?.value;
  return value?.kind === Kind.STRING ? value.value : undefined;
}

function byPrefix(spelled: string, prefixes: ReadonlyMap<string, LinkedName>): LinkedName | undefined {
  // @join is the join specification's own directive of that name; @join__field is its directive `field`.
  const [prefix = "", ...rest] = spelled.split("__");
  const linked = prefixes.get(prefix);
  if (!linked) return undefined;
  return { spec: linked.spec, name: rest.length > 0 ? rest.join("__") : linked.name };
}

function links(document: DocumentNode): ConstDirectiveNode[] {
  const onSchema = document.definitions.flatMap((definition) => {
    const isSchema = definition.kind === Kind.SCHEMA_DEFINITION || definition.kind === Kind.SCHEMA_EXTENSION;
    return isSchema ? (definition.directives ?? []) : [];
  });
  const own = onSchema.find((directive) => stringArgument(directive, "url")?.startsWith(`${LINK_SPEC}/`));
  const name = (own && stringArgument(own, "as")) ?? "link";
  return onSchema.filter((directive) => directive.name.value === name);
}

const LINK_SPEC = "https://specs.apollo.dev/link";

function identityOf(url: string): LinkedName {
  const spec = url.replace(/\/v\d+\.\d+\/?$/, "").replace(/\/$/, "");
  return { spec, name: spec.slice(spec.lastIndexOf("/") + 1) };
}

function importsOf(link: ConstDirectiveNode): { spelled: string; name: string }[] {
  const list = link.arguments?.find((argument) => argument.name.value === "import")?.value;
  if (list?.kind !== Kind.LIST) return [];
  return list.values.flatMap((entry) => {
    const name = entry.kind === Kind.STRING ? entry.value : textOf(entry, "name");
    const spelled = entry.kind === Kind.STRING ? entry.value : (textOf(entry, "as") ?? name);
    if (!name?.startsWith("@") || !spelled) return [];
    return [{ spelled: spelled.replace(/^@/, ""), name: name.slice(1) }];
  });
}

function textOf(value: ConstValueNode, key: string): string | undefined {
  if (value.kind !== Kind.OBJECT) return undefined;
  const field = value.fields.find((each) => each.name.value === key)?.value;
  return field?.kind === Kind.STRING ? field.value : undefined;
}
