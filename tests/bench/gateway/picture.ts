import type { Options } from "./options.ts";
import type { Row } from "./sideBySide.ts";
import { titleOf } from "./table.ts";

interface Panel {
  readonly title: string;
  readonly of: (row: Row) => number;
  readonly digits: number;
}

const panels: readonly Panel[] = [
  { title: "requests per second", of: (row) => row.requestsPerSecond, digits: 0 },
  { title: "CPU-milliseconds a request", of: (row) => row.cpuMilliseconds, digits: 2 },
  { title: "p95, milliseconds", of: (row) => row.p95, digits: 0 },
  { title: "memory, megabytes", of: (row) => row.megabytes, digits: 0 },
];

const width = 860;
const labels = 330;
const barHeight = 18;
const lineHeight = 26;

/** The measured rows as bars, a panel for each figure, as SVG. */
export function pictureOf(rows: readonly Row[], { scenario, connections, rounds, seconds }: Options): string {
  const panelHeight = 40 + rows.length * lineHeight;
  const height = 44 + panels.length * panelHeight;
  const heading = `npm run bench:gateway, ${scenario}: ${connections} connections, medians of ${rounds} rounds of ${seconds} s, one core each`;
  const drawn = panels.map((panel, index) => drawPanel(panel, rows, 44 + index * panelHeight));
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="system-ui, sans-serif" font-size="13">
<rect width="${width}" height="${height}" fill="#ffffff"/>
<text x="16" y="26" font-size="14" fill="#1c1c28">${escaped(heading)}</text>
${drawn.join("\n")}
</svg>
`;
}

function drawPanel({ title, of, digits }: Panel, rows: readonly Row[], top: number): string {
  const most = Math.max(...rows.map(of));
  const room = width - labels - 90;
  const lines = rows.map((row, index) => {
    const y = top + 30 + index * lineHeight;
    const length = Math.max(1, (of(row) / most) * room);
    const value = of(row).toLocaleString("en", {
      minimumFractionDigits: digits,
      maximumFractionDigits: digits,
    });
    return [
      `<text x="${labels - 10}" y="${y + 13}" text-anchor="end" fill="#1c1c28">${escaped(titleOf(row))}</text>`,
      `<rect x="${labels}" y="${y}" width="${length.toFixed(1)}" height="${barHeight}" rx="3" fill="${colorOf(row)}"/>`,
      `<text x="${(labels + length + 8).toFixed(1)}" y="${y + 13}" fill="#1c1c28">${value}</text>`,
    ].join("\n");
  });
  return `<text x="16" y="${top + 18}" font-weight="600" fill="#1c1c28">${escaped(title)}</text>\n${lines.join("\n")}`;
}

function colorOf({ gateway }: Row): string {
  if (gateway === "product" || gateway === "ours") return "#c2410c";
  return gateway === "floor" ? "#a8a29e" : "#57708f";
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
}
