import { defineNotifier } from "./notifier.ts";

/** Prints pages where the service runs, for trying it out. */
export const console = defineNotifier({
  type: "CONSOLE",
  name: "Console",
  docs: "Any name. The page is printed where Tocsin runs, which only helps where somebody looks at it.",
  example: "terminal",
  isSigned: false,
  isConfirmedByCode: false,
  validateAddress: (address) => (address.trim() ? null : "must not be empty"),
  lacks: () => null,
  async deliver({ id, address, severity, incidentNumber, title, level, notice }) {
    const time = new Date().toISOString().slice(11, 19);
    const about = `[${severity}] #${incidentNumber} ${title}`;
    const line = notice
      ? `  ${time}  NOTICE to ${address}  ${notice}: ${about}  (notice ${id})`
      : `  ${time}  PAGE to ${address}  ${about}  (level ${level}, page ${id})`;
    process.stdout.write(`${harmless(line)}\n`);
  },
});

// A title comes from whoever sends alerts, and must neither command the terminal nor look like two lines.
function harmless(text: string): string {
  return text.replace(/\p{Cc}/gu, " ");
}
