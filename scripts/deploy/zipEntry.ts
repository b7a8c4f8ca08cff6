import { promisify } from "node:util";
import { inflateRaw } from "node:zlib";

/**
 * The content of one file of a ZIP archive, stored or deflated. Throws when there is no such file. Archives of more than 4 GB or of
 * 65,535 files are not read. Offsets are those of PKWARE's APPNOTE, sections 4.3.7, 4.3.12 and 4.3.16.
 */
export async function zipEntry(archive: Buffer, name: string): Promise<Buffer> {
  const end = archive.lastIndexOf("PK\x05\x06");
  if (end < 0) throw new Error("This is no ZIP archive");
  let at = archive.readUInt32LE(end + 16);
  for (let left = archive.readUInt16LE(end + 10); left > 0; left -= 1) {
    const nameLength = archive.readUInt16LE(at + 28);
    if (archive.toString("utf8", at + 46, at + 46 + nameLength) === name) return contentOf(archive, at);
    at += 46 + nameLength + archive.readUInt16LE(at + 30) + archive.readUInt16LE(at + 32);
  }
  throw new Error(`There is no ${name} in the archive`);
}

async function contentOf(archive: Buffer, at: number): Promise<Buffer> {
  const local = archive.readUInt32LE(at + 42);
  const start = local + 30 + archive.readUInt16LE(local + 26) + archive.readUInt16LE(local + 28);
  const packed = archive.subarray(start, start + archive.readUInt32LE(at + 20));
  return archive.readUInt16LE(at + 10) === 0 ? packed : promisify<Buffer, Buffer>(inflateRaw)(packed);
}
