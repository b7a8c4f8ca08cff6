import { readdirSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { gatewayShape } from "../../gateway/config.ts";
import { answers } from "./support/rawAnswers/answers.ts";

const readme = readFileSync(new URL("../../gateway/README.md", import.meta.url), "utf8");
const plugins = readdirSync(new URL("../../gateway/plugins/", import.meta.url)).map((file) =>
  file.replace(".ts", ""),
);

it.each(Object.keys(gatewayShape))("the gateway's README says what %s is for", (variable) => {
  expect(readme).toMatch(new RegExp(`^\\| \`${variable}\`\\s*\\|`, "m"));
});

it.each(plugins)("the gateway's README says what %s stops", (plugin) => {
  expect(readme).toMatch(new RegExp(`^\\| \`${plugin}\`\\s*\\|`, "m"));
});

it("the gateway's README names no plugin that is not there", () => {
  const named = [...readme.matchAll(/^\| `(use\w+)`/gm)].map(([, name]) => name);
  expect(new Set(named)).toEqual(new Set(plugins));
});

it("the gateway's README says of each way to answer what becomes of it", () => {
  const table = readme.slice(readme.indexOf("<!-- answers of"), readme.indexOf("## The plugins"));
  const rows = [...table.matchAll(/^\| (.+?) +\| (.+?) +\| (.+?) +\|$/gm)].map(([, ...cells]) => cells);
  const expected = Object.entries(answers).flatMap(([about, all]) =>
    all.map(({ answer, reads }) => [about, answer, reads.words]),
  );
  expect(rows.slice(2)).toEqual(expected);
});
