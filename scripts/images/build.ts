import { parseArgs } from "node:util";
import { CannotRun, runCommand, type Writing } from "../schema/cannotRun.ts";
import { LOCAL_NODE_IMAGE, makeLocalNodeImage, openBuilder } from "./builder.ts";
import { checkImages } from "./checkImages.ts";
import { imageOf, images } from "./images.ts";

/**
 * `npm run images [-- --only alerts --only gateway] [--check] [--node-image IMAGE]`: builds the images by buildah. Without an image to build
 * on, it makes one of Debian's packages, for machines that pull none. With --check each image is booted on a read-only root as its
 * user against a PostgreSQL, and its size is printed; the exit code is 1 when one does not do as it should.
 */
export async function buildImages(args: readonly string[], { out, error }: Writing): Promise<number> {
  const { values } = parseArgs({ args: [...args], options: OPTIONS });
  const wanted = (values.only ?? []).map((name) => {
    const image = imageOf(name);
    if (image) return image;
    const names = images.map(({ tag }) => tag.replace("tocsin/", "")).join(", ");
    throw new CannotRun(`--only ${name}: there is no such image; there are ${names}`);
  });
  const say = (text: string) => out(`… ${text}\n`);
  const nodeImage = values["node-image"] ?? LOCAL_NODE_IMAGE;
  const builder = await openBuilder(nodeImage);
  if (nodeImage === LOCAL_NODE_IMAGE) {
    say("what images are built on, of Debian's packages");
    await makeLocalNodeImage();
  }
  // Whatever is booted needs a database that is up to date.
  const migrations = values.check ? [imageOf("migrations")!] : [];
  const chosen = wanted.length > 0 ? [...new Set([...migrations, ...wanted])] : images;
  for (const image of chosen) {
    say(`building ${image.tag}`);
    await builder.build(image);
  }
  if (!values.check) return 0;
  const faults = await checkImages({ builder, images: chosen, say, out });
  for (const fault of faults) error(`${fault}\n`);
  return faults.length > 0 ? 1 : 0;
}

const OPTIONS = {
  only: { type: "string", multiple: true },
  check: { type: "boolean", default: false },
  "node-image": { type: "string" },
} as const;

process.exitCode = await runCommand(buildImages);
