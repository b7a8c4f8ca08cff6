import { Kind, type ConstDirectiveNode, type ConstValueNode, type DocumentNode } from "graphql";
import { argumentValue } from "#shared/graphql/argumentValue.ts";
import { LINK_SPECS } from "./specifications.ts";

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
  const known = new Map<string, LinkedName | undefined>();
  const prefixes = new Map<string, LinkedName>();
  const imports: (LinkedName & { node: ConstDirectiveNode })[] = [];
  for (const node of links(document)) {
    const { spec, name } = identityOf(urlOf(node) ?? "");
    prefixes.set(textOf(argumentValue(node, "as")) ?? name, { spec, name });
    for (const { spelled, name: original } of importsOf(node)) {
      known.set(spelled, { spec, name: original });
      imports.push({ spec, name: original, node });
    }
  }
  return {
    imports,
    resolve(spelled) {
      // A supergraph has thousands of directives, of a few names.
      if (!known.has(spelled)) known.set(spelled, byPrefix(spelled, prefixes));
      return known.get(spelled);
    },
  };
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
  const own = onSchema.find((directive) =>
    LINK_SPECS.some((spec) => urlOf(directive)?.startsWith(`${spec}/`)),
  );
  const name = own && (textOf(argumentValue(own, "as")) ?? identityOf(urlOf(own) ?? "").name);
  return onSchema.filter((directive) => directive.name.value === (name ?? "link"));
}

// What a @link calls its url, a @core calls its feature.
function urlOf(link: ConstDirectiveNode): string | undefined {
  return textOf(argumentValue(link, "url") ?? argumentValue(link, "feature"));
}

function identityOf(url: string): LinkedName {
  const spec = url.replace(/\/v\d+\.\d+\/?$/, "").replace(/\/$/, "");
  return { spec, name: spec.slice(spec.lastIndexOf("/") + 1) };
}

function importsOf(link: ConstDirectiveNode): { spelled: string; name: string }[] {
  const list = argumentValue(link, "import");
  if (list?.kind !== Kind.LIST) return [];
  return list.values.flatMap((entry) => {
    const name = textOf(entry) ?? textOf(memberOf(entry, "name"));
    const spelled = textOf(memberOf(entry, "as")) ?? name;
    if (!name?.startsWith("@") || !spelled) return [];
    return [{ spelled: spelled.replace(/^@/, ""), name: name.slice(1) }];
  });
}

function memberOf(value: ConstValueNode, key: string): ConstValueNode | undefined {
  if (value.kind !== Kind.OBJECT) return undefined;
  return value.fields.find((each) => each.name.value === key)?.value;
}

function textOf(value: ConstValueNode | undefined): string | undefined {
  return value?.kind === Kind.STRING ? value.value : undefined;
}
