const SPACE = 32;

/** Whether no byte is a control character of ASCII, which JSON does not allow in strings; DEL, which it does allow, is none here. */
export function isPrintable(bytes: Buffer): boolean {
  const { buffer, byteOffset, length } = bytes;
  if (length < 8) return bytes.every((byte) => byte >= SPACE);
  const start = -byteOffset & 3;
  const words = new Int32Array(buffer, byteOffset + start, (length - start) >> 2);
  let small = 0;
  // Taking 32 from each of four bytes borrows into the high bit of those that are smaller and had none. By index: an iterator takes
  // six times as long.
  for (let at = 0; at < words.length; at++) {
    const word = words[at] as number;
    small |= (word - 0x20202020) & ~word;
  }
  if (small & 0x80808080) return false;
  for (let at = 0; at < start; at++) if ((bytes[at] as number) < SPACE) return false;
  for (let at = start + words.length * 4; at < length; at++) if ((bytes[at] as number) < SPACE) return false;
  return true;
}
