import type { Report } from "../report.ts";
import { github } from "./github.ts";
import { json } from "./json.ts";
import { junit } from "./junit.ts";
import { markdown } from "./markdown.ts";
import type { PathInRepository } from "./pathInRepository.ts";
import { text } from "./text.ts";

/** Every way a report can be written, by the name that --format takes. */
export const formats: Readonly<Record<string, (report: Report, pathOf: PathInRepository) => string>> = {
  text,
  json,
  junit,
  markdown,
  github,
};
