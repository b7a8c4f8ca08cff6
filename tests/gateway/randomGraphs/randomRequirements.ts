import { print, type SelectionSetNode } from "graphql";
import { parseFieldSet } from "#shared/graphql/fieldSet.ts";
import { leafTypes, type FieldModel, type GraphModel, type TypeModel } from "./model.ts";
import { randomLiteral } from "./randomLiteral.ts";
import type { Random } from "./random.ts";

/** Has some fields of entities take what other subgraphs know of the same entity (@requires). */
export function addRequirements(model: GraphModel, random: Random): void {
  // What is required comes before what requires it, so that nothing requires itself.
  const order = new Map(
    [...model.types.values()].flatMap(({ fields }) => fields).map((field, index) => [field, index]),
  );
  for (const type of model.types.values()) {
    if (type.kind !== "entity" && type.name !== "Family") continue;
    for (const field of type.fields) {
      const [owner, ...others] = field.owners;
      if (owner === undefined || others.length || !isLeaf(field) || !random.chance(45)) continue;
      const isObject = model.subgraphs.some(
        ({ name, interfaceObject }) => name === owner && interfaceObject === type.name,
      );
      if (type.kind === "interface" && !isObject) continue;
      const isEarlier = (one: FieldModel) => (order.get(one) ?? 0) < (order.get(field) ?? 0) && one !== field;
      const choosing = { model, random, owner, isEarlier };
      const candidates = type.fields.filter(
        (one) => isEarlier(one) && one.owners.length && !one.owners.includes(owner),
      );
      const parts = random.some(candidates, 1 + random.next(2)).map((one) => required(one, choosing, 2));
      const text = parts.filter((part) => part !== null).join(" ");
      if (text) field.requires = parseFieldSet(text);
    }
  }
  for (const type of model.types.values())
    for (const { requires } of type.fields) if (requires) protect(requires, type.name, model);
}

interface Choosing {
  readonly model: GraphModel;
  readonly random: Random;
  readonly owner: string;
  readonly isEarlier: (field: FieldModel) => boolean;
}

function required(field: FieldModel, choosing: Choosing, depth: number): string | null {
  const { random } = choosing;
  const given = field.args.flatMap(({ name, type }) =>
    random.chance(70) || type.endsWith("!")
      ? [`${name}: ${randomLiteral(type.replace(/ =.*/, ""), random)}`]
      : [],
  );
  const text = given.length ? `${field.name}(${given.join(", ")})` : field.name;
  if (isLeaf(field)) return text;
  const inner = depth > 0 ? requiredOf(choosing.model.types.get(field.named)!, choosing, depth - 1) : null;
  return inner && `${text} { ${inner} }`;
}

function requiredOf(type: TypeModel, choosing: Choosing, depth: number): string | null {
  const { model, random, isEarlier } = choosing;
  if (type.kind === "root") return null;
  if (type.kind === "union" || (type.kind === "interface" && random.chance(50))) {
    const parts = random.some(type.members, 1 + random.next(2)).flatMap((member) => {
      const inner = requiredOf(model.types.get(member)!, choosing, depth);
      return inner ? [`... on ${member} { ${inner} }`] : [];
    });
    // A subgraph learns no types that it does not ask for.
    return parts.length ? `__typename ${parts.join(" ")}` : null;
  }
  const candidates = (type.kind === "interface" ? type.fields.slice(0, 1) : type.fields).filter(isEarlier);
  const parts = random.some(candidates, 1 + random.next(2)).map((one) => required(one, choosing, depth));
  return parts.filter((part) => part !== null).join(" ") || null;
}

// What a subgraph answers to a requirement is all that is known of it there: nothing beside it may fail so that it is lost.
function protect({ selections }: SelectionSetNode, type: string, model: GraphModel): void {
  for (const node of selections) {
    if (node.kind === "InlineFragment")
      protect(node.selectionSet, node.typeCondition?.name.value ?? type, model);
    if (node.kind !== "Field") continue;
    for (const object of [type, ...(model.types.get(type)?.members ?? [])]) {
      for (const field of model.types.get(object)?.fields ?? []) {
        if (field.name !== node.name.value) continue;
        if (field.type.kind === "NonNullType") field.mayFail = false;
        if (!isLeaf(field)) protectType(field.named, model, new Set());
      }
    }
    const named = model.types.get(type)?.fields.find(({ name }) => name === node.name.value)?.named;
    if (node.selectionSet && named) protect(node.selectionSet, named, model);
  }
}

function protectType(name: string, model: GraphModel, seen: Set<string>): void {
  const type = model.types.get(name);
  if (!type || seen.has(name)) return;
  seen.add(name);
  for (const member of type.members) protectType(member, model, seen);
  if (type.family) protectType(type.family, model, seen);
  for (const field of type.fields) {
    if (!print(field.type).includes("!")) continue;
    field.mayFail = false;
    protectType(field.named, model, seen);
  }
}

/** Has some fields bring along what another subgraph answers otherwise (@provides). */
export function addProvisions(model: GraphModel, random: Random): void {
  for (const { fields } of model.types.values()) {
    for (const field of fields) {
      const type = model.types.get(field.named);
      if (!type || type.kind === "root" || type.kind === "value") continue;
      for (const owner of field.owners) {
        if (!random.chance(20)) continue;
        const text = providedBy(owner, type, model, random);
        if (text) field.provides.set(owner, parseFieldSet(text));
      }
    }
  }
}

function providedBy(owner: string, type: TypeModel, model: GraphModel, random: Random): string | null {
  if (type.kind !== "entity") {
    const members = (type.membersIn.get(owner) ?? type.members).map((name) => model.types.get(name)!);
    const known = members.filter(({ kind }) => kind === "entity");
    const member = known.length ? random.pick(known) : undefined;
    const inner = member && providedBy(owner, member, model, random);
    return inner ? `... on ${member.name} { ${inner} }` : null;
  }
  const { interfaceObject } = model.subgraphs.find(({ name }) => name === owner)!;
  if (interfaceObject && type.family === interfaceObject) return null;
  const candidates = type.fields.filter(
    (one) =>
      isLeaf(one) && !one.args.length && !one.requires && one.owners.length && !one.owners.includes(owner),
  );
  if (!candidates.length) return null;
  const field = random.pick(candidates);
  field.isProvided = true;
  return field.name;
}

function isLeaf({ named }: FieldModel): boolean {
  return (leafTypes as readonly string[]).includes(named);
}
