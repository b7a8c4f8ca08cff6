import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { Kind, parse } from "graphql";

/**
 * The manifests of trusted documents whose operations are written one a file: of `operations/<client>/*.graphql` the manifest
 * `operations/<client>/1.json`, in the format of Apollo's persisted query manifests.
 */
export async function codegenManifests(root: string): Promise<Record<string, string>> {
  const folder = "supergraph/registry/operations";
  const clients = existsSync(join(root, folder)) ? await readdir(join(root, folder)) : [];
  const manifests = clients.map(async (client): Promise<[string, string][]> => {
    const names = (await readdir(join(root, folder, client)))
      .filter((name) => name.endsWith(".graphql"))
      .sort();
    const texts = names.map((name) => readFile(join(root, folder, client, name), "utf8"));
    const operations = (await Promise.all(texts)).map((text, index) => operationOf(text, names[index]!));
    const manifest = { format: "apollo-persisted-query-manifest", version: 1, operations };
    return operations.length > 0
      ? [[`${folder}/${client}/1.json`, `${JSON.stringify(manifest, null, 2)}\n`]]
      : [];
  });
  return Object.fromEntries((await Promise.all(manifests)).flat());
}

function operationOf(text: string, file: string): { id: string; name: string; type: string; body: string } {
  const body = text.trimEnd();
  const operations = parse(body).definitions.filter((node) => node.kind === Kind.OPERATION_DEFINITION);
  const [operation] = operations;
  if (operations.length !== 1 || `${operation?.name?.value}.graphql` !== file) {
    throw new Error(`${file} has to hold one operation of its own name`);
  }
  const id = createHash("sha256").update(body).digest("hex");
  return { id, name: operation!.name!.value, type: operation!.operation, body };
}
