import { Kind, visit, type ConstDirectiveNode } from "graphql";
import type { Breach, LintRule } from "./lintRule.ts";

/** What is deprecated says why, and until when it stays: a day such as 2027-01-31 in the reason, which has not come yet. */
export const datedDeprecations: LintRule = {
  name: "dated-deprecations",
  scope: "general",
  check(documents, today) {
    const found: Breach[] = [];
    for (const definition of documents.flatMap((document) => document.definitions)) {
      const owner = "name" in definition ? (definition.name?.value ?? "") : "";
      const look = (node: {
        name: { value: string };
        directives?: readonly ConstDirectiveNode[] | undefined;
      }) => {
        const coordinate = `${owner}.${node.name.value}`;
        const directive = node.directives?.find(({ name }) => name.value === "deprecated");
        const problem = directive && problemOf(directive, today);
        if (problem) found.push({ node: directive, coordinate, message: `${coordinate} ${problem}` });
      };
      visit(definition, {
        FieldDefinition: (node) => look(node),
        InputValueDefinition: (node) => look(node),
        EnumValueDefinition: (node) => look(node),
      });
    }
    return found;
  },
  fix: 'write @deprecated(reason: "Use … instead. Goes on 2027-01-31."), or remove it when its day has come',
  bad: '"A book." type Book { name: String ^@deprecated(reason: "use title") }',
  good: '"A book." type Book { name: String @deprecated(reason: "Use title instead. Goes on 2999-01-31.") }',
};

function problemOf(directive: ConstDirectiveNode, today: Temporal.PlainDate): string | undefined {
  const reason = directive.arguments?.find(({ name }) => name.value === "reason")?.value;
  if (reason?.kind !== Kind.STRING || !reason.value.trim()) return "is deprecated without a reason";
  const day = dayIn(reason.value);
  if (!day) return "is deprecated without the day on which it goes";
  return Temporal.PlainDate.compare(day, today) < 0 ? `was to go on ${day.toString()}` : undefined;
}

function dayIn(text: string): Temporal.PlainDate | undefined {
  const [written] = /\b\d{4}-\d{2}-\d{2}\b/.exec(text) ?? [];
  try {
    return written === undefined ? undefined : Temporal.PlainDate.from(written, { overflow: "reject" });
  } catch {
    return undefined;
  }
}
