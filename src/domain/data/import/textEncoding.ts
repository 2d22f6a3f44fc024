/** @file Which encoding a text file is in, and whether it is text at all, told from its bytes. */

const magics: readonly { readonly kind: string; readonly bytes: readonly number[]; readonly at?: number }[] = [
  { kind: 'zip', bytes: [0x50, 0x4b, 0x03, 0x04] },
  { kind: 'zip', bytes: [0x50, 0x4b, 0x05, 0x06] },
  { kind: 'parquet', bytes: [0x50, 0x41, 0x52, 0x31] },
  { kind: 'png', bytes: [0x89, 0x50, 0x4e, 0x47] },
  { kind: 'jpeg', bytes: [0xff, 0xd8, 0xff] },
  { kind: 'gif', bytes: [0x47, 0x49, 0x46, 0x38] },
  { kind: 'pdf', bytes: [0x25, 0x50, 0x44, 0x46, 0x2d] },
  { kind: 'gzip', bytes: [0x1f, 0x8b] },
  { kind: 'bzip2', bytes: [0x42, 0x5a, 0x68] },
  { kind: 'xz', bytes: [0xfd, 0x37, 0x7a, 0x58, 0x5a] },
  { kind: 'zstd', bytes: [0x28, 0xb5, 0x2f, 0xfd] },
  { kind: '7z', bytes: [0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c] },
  { kind: 'rar', bytes: [0x52, 0x61, 0x72, 0x21, 0x1a] },
  { kind: 'xls', bytes: [0xd0, 0xcf, 0x11, 0xe0] },
  { kind: 'sqlite', bytes: [0x53, 0x51, 0x4c, 0x69, 0x74, 0x65, 0x20, 0x66, 0x6f, 0x72, 0x6d, 0x61, 0x74] },
  { kind: 'hdf5', bytes: [0x89, 0x48, 0x44, 0x46] },
  { kind: 'arrow', bytes: [0x41, 0x52, 0x52, 0x4f, 0x57, 0x31] },
  { kind: 'avro', bytes: [0x4f, 0x62, 0x6a, 0x01] },
  { kind: 'wav', bytes: [0x52, 0x49, 0x46, 0x46] },
  { kind: 'tar', bytes: [0x75, 0x73, 0x74, 0x61, 0x72], at: 257 },
];

/** The kind of file that the first bytes announce, undefined if none that is known. */
export function fileKind(head: Uint8Array): string | undefined {
  return magics.find(({ bytes, at = 0 }) => bytes.every((byte, index) => head[at + index] === byte))?.kind;
}

const beginsWith = (bytes: Uint8Array, ...start: number[]): boolean => start.every((byte, index) => bytes[index] === byte);

/** UTF-16 without a mark: nearly every second byte is 0, nearly always the same second one. */
function widePattern(head: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
  const pairs = Math.floor(Math.min(head.length, 8192) / 2);
  if (pairs < 2) return undefined;
  let even = 0;
  let odd = 0;
  for (let index = 0; index < pairs; index += 1) {
    if (head[2 * index] === 0) even += 1;
    if (head[2 * index + 1] === 0) odd += 1;
  }
  if (odd >= 0.7 * pairs && even <= 0.05 * pairs) return 'utf-16le';
  return even >= 0.7 * pairs && odd <= 0.05 * pairs ? 'utf-16be' : undefined;
}

/** The encoding that the first bytes prove: by a byte-order mark, or by the zeros of UTF-16. */
export function markedEncoding(head: Uint8Array): 'utf-8' | 'utf-16le' | 'utf-16be' | undefined {
  if (beginsWith(head, 0xef, 0xbb, 0xbf)) return 'utf-8';
  if (beginsWith(head, 0xff, 0xfe)) return 'utf-16le';
  if (beginsWith(head, 0xfe, 0xff)) return 'utf-16be';
  return widePattern(head);
}

/** Whether bytes that should be text are none: a kind of file is announced, or there are zeros that UTF-16 does not explain. */
export function isBinary(head: Uint8Array, encoding: string): boolean {
  const kind = fileKind(head);
  const printable = kind === 'bzip2' || kind === 'wav' || kind === 'avro' || kind === 'parquet' || kind === 'arrow' || kind === 'gif' || kind === 'rar' || kind === 'tar';
  if (kind !== undefined && !printable) return true;
  return !/^utf-?16/i.test(encoding) && head.includes(0);
}

/**
 * Whether a stretch cut out of a file is valid UTF-8. A character cut at either end is forgiven.
 * Shape of the sequences as in RFC 3629: no overlong forms, no surrogates, nothing above U+10FFFF.
 */
export function isUtf8(bytes: Uint8Array): boolean {
  let at = 0;
  while (at < 3 && at < bytes.length && (bytes[at]! & 0xc0) === 0x80) at += 1;
  while (at < bytes.length) {
    const lead = bytes[at]!;
    at += 1;
    if (lead < 0x80) continue;
    if (lead < 0xc2 || lead > 0xf4) return false;
    const more = lead < 0xe0 ? 1 : lead < 0xf0 ? 2 : 3;
    for (let index = 0; index < more; index += 1) {
      if (at >= bytes.length) return true;
      const next = bytes[at]!;
      if ((next & 0xc0) !== 0x80) return false;
      if (index === 0 && ((lead === 0xe0 && next < 0xa0) || (lead === 0xed && next > 0x9f) || (lead === 0xf0 && next < 0x90) || (lead === 0xf4 && next > 0x8f))) return false;
      at += 1;
    }
  }
  return true;
}
