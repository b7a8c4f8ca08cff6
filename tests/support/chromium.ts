import { existsSync } from "node:fs";
import { chromium, type Browser } from "playwright-core";

const CHROMIUM = process.env["CHROMIUM"] ?? "/usr/bin/chromium";

/** Whether there is a browser to test in. Without one these tests are left out on a desk, and fail where CI runs. */
export const hasChromium = existsSync(CHROMIUM);

/** What to do when there is none. */
export const noChromium = `There is no Chromium at ${CHROMIUM}: apt-get install chromium, or say with CHROMIUM where it is`;

/** Starts a browser without a window, which asks nobody anything on its own account. */
export function openChromium(): Promise<Browser> {
  if (!hasChromium) throw new Error(noChromium);
  const quiet = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
  ];
  return chromium.launch({
    executablePath: CHROMIUM,
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", ...quiet],
  });
}
