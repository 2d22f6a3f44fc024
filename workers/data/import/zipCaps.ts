/** @file Looks at the directory of a zip archive before anything is unpacked, so that a small file cannot fill the memory. */

const unpackedLimit = 536_870_912;
const entryLimit = 10_000;
const ratioLimit = 200;

/** Whether an archive is small enough to unpack: entries, total size and ratio as its own directory states them. Undefined if there is no directory. */
export function isModestZip(bytes: Uint8Array<ArrayBuffer>): boolean | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let end = bytes.length - 22;
  const stop = Math.max(0, end - 65_535);
  while (end >= stop && view.getUint32(end, true) !== 0x06054b50) end -= 1;
  if (end < stop) return undefined;
  const entries = view.getUint16(end + 10, true);
  let at = view.getUint32(end + 16, true);
  if (entries > entryLimit) return false;
  let total = 0;
  for (let entry = 0; entry < entries; entry += 1) {
    if (at + 46 > bytes.length || view.getUint32(at, true) !== 0x02014b50) return undefined;
    const packed = view.getUint32(at + 20, true);
    const unpacked = view.getUint32(at + 24, true);
    total += unpacked;
    if (total > unpackedLimit || (unpacked > 1_048_576 && unpacked > ratioLimit * packed)) return false;
    at += 46 + view.getUint16(at + 28, true) + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return true;
}
