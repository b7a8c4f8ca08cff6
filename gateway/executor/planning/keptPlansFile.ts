import { createHash, randomUUID } from "node:crypto";
import { mkdir, open, readdir, readFile, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { deserialize, serialize } from "node:v8";

/** Texts of operations, and their plans. */
export type PlansOfTexts = readonly (readonly [text: string, plan: Uint8Array])[];

/** Of how many supergraphs plans are kept: of this one, and of those to which one may go back. */
const FILES = 4;
const NAME = /^[0-9a-f]{64}\.plans$/;

function fileOf(folder: string, key: string): string {
  return join(folder, `${createHash("sha256").update(key).digest("hex")}.plans`);
}

/** Reads what was kept under a key; none where nothing was. Rejects for a file that is damaged, larger than that, or of something else. */
export async function readPlans(folder: string, key: string, maximumBytes: number): Promise<PlansOfTexts> {
  const file = fileOf(folder, key);
  try {
    const { size } = await stat(file);
    if (size > maximumBytes) throw new Error(`It has ${size} bytes`);
    return plansIn(await readFile(file), key);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw error;
  }
}

/** Keeps plans under a key, in place of what was there: under another name first, so that there is never half a file. */
export async function writePlans(folder: string, key: string, plans: PlansOfTexts): Promise<void> {
  const body = serialize({ key, plans });
  await writeWhole(folder, fileOf(folder, key), Buffer.concat([digestOf(body), body]));
  await forgetOthers(folder);
}

/** The bytes of SHA-256, of the key and of all that follows. */
const DIGEST_BYTES = 32;

function plansIn(file: Buffer, key: string): PlansOfTexts {
  const body = file.subarray(DIGEST_BYTES);
  if (!digestOf(body).equals(file.subarray(0, DIGEST_BYTES))) throw new Error("It is damaged");
  const read = deserialize(body) as { key?: unknown; plans?: unknown };
  if (read.key !== key || !Array.isArray(read.plans)) throw new Error("It is of something else");
  return read.plans as PlansOfTexts;
}

function digestOf(body: Uint8Array): Buffer {
  return createHash("sha256").update(body).digest();
}

async function writeWhole(folder: string, file: string, content: Buffer): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const written = `${file}.${randomUUID()}`;
  try {
    const handle = await open(written, "wx", 0o600);
    try {
      await handle.writeFile(content);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(written, file);
  } catch (error) {
    await rm(written, { force: true });
    throw error;
  }
}

async function forgetOthers(folder: string): Promise<void> {
  const names = (await readdir(folder)).filter((name) => NAME.test(name));
  const files = await Promise.all(
    names.map(async (name) => ({ name, time: (await stat(join(folder, name))).mtimeMs })),
  );
  const old = files.sort((one, other) => other.time - one.time).slice(FILES);
  await Promise.all(old.map(({ name }) => rm(join(folder, name), { force: true })));
}
