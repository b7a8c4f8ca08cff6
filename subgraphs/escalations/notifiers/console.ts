import { defineNotifier } from "./notifier.ts";

/** Prints pages where the service runs, for trying it out. */
export const console = defineNotifier({
  type: "CONSOLE",
  name: "Console",
  docs: "Any name. The page is printed where Tocsin runs, which only helps where somebody looks at it.",
  example: "terminal",
  isSigned: false,
  problemWith: (address) => (address.trim() ? null : "must not be empty"),
  async deliver({ id, address, severity, incidentNumber, title, level }) {
    const time = new Date().toISOString().slice(11, 19);
    process.stdout.write(
      `  ${time}  PAGE to ${address}  [${severity}] #${incidentNumber} ${title}  (level ${level}, page ${id})\n`,
    );
  },
});
