/** HTML that is safe to be sent to a browser. */
export interface Html {
  readonly html: string;
}

/** What may stand in HTML: text, which is escaped; HTML; lists of either; nothing. */
export type Part = string | number | Html | readonly Part[] | null | false;

/** Writes HTML: html`<b>${text}</b>`. Text in braces is escaped, also within quoted attributes. */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Html {
  return {
    html: strings.reduce((before, string, index) => before + written(parts[index - 1] ?? null) + string),
  };
}

/** Descriptions as people write them: paragraphs, and `code` between backticks. */
export function prose(text: string): Html {
  const paragraphs = text.split(/\n\s*\n/).filter((paragraph) => paragraph.trim() !== "");
  return html`${paragraphs.map((paragraph) => {
    const pieces = paragraph.split(/`([^`]+)`/);
    return html`<p>${pieces.map((piece, index) => (index % 2 ? html`<code>${piece}</code>` : piece))}</p>`;
  })}`;
}

function written(part: Part): string {
  if (part === null || part === false) return "";
  if (typeof part === "object" && "html" in part) return part.html;
  if (typeof part === "object") return part.map(written).join("");
  return String(part).replaceAll(/[&<>"']/g, (character) => ESCAPED[character]!);
}

const ESCAPED: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};
