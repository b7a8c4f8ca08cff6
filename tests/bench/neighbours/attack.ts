import { attacks, type Target } from "./attacks.ts";

// A process of its own, so that whoever attacks does not slow down whoever measures: until SIGTERM, then it prints what it was answered.
const target = JSON.parse(process.env["TARGET"]!) as Target;
const over = new AbortController();
process.once("SIGTERM", () => over.abort());
const answers: Record<string, Record<string, number>> = {};
const attacking = Object.entries(attacks).map(([name, attack]) => {
  const counts: Record<string, number> = (answers[name] = {});
  return attack(target, over.signal, (what) => void (counts[what] = (counts[what] ?? 0) + 1));
});
process.stdout.write("Attacking\n");
await Promise.all(attacking);
process.stdout.write(`ANSWERS ${JSON.stringify(answers)}\n`);
