/** Receipts that have left an item together: where they are, and which they may be. */
export interface Batch {
  /** Random, so that no other attempt to let receipts leave has the same; base64url of six bytes. */
  readonly id: string;
  /** Epoch seconds until which they are kept, and looked for. */
  readonly until: number;
  /** {@link markOf} of each receipt's key. */
  readonly marks: readonly number[];
}

/** Bytes of a batch before its marks, and of each mark. */
const ID_BYTES = 6;
const MARK_BYTES = 2;
const HEAD_BYTES = 4 + ID_BYTES + 1;

/** Sixteen bits of a key's hash: of 65,536 other keys, one is looked for in vain. */
export const markOf = (keyHash: string): number => Buffer.from(keyHash, 'base64url').readUInt16BE();

/** As they are kept in the item: 39 bytes for a batch of fourteen. */
export function encodeBatches(batches: readonly Batch[]): Uint8Array {
  return Buffer.concat(
    batches.map(({ id, until, marks }) => {
      const bytes = Buffer.alloc(HEAD_BYTES + marks.length * MARK_BYTES);
      bytes.writeUInt32BE(until);
      bytes.write(id, 4, 'base64url');
      bytes.writeUInt8(marks.length, HEAD_BYTES - 1);
      for (const [i, mark] of marks.entries()) bytes.writeUInt16BE(mark, HEAD_BYTES + i * MARK_BYTES);
      return bytes;
    }),
  );
}

/** The batches of an item; none where it has none. */
export function decodeBatches(bytes: Uint8Array = new Uint8Array()): readonly Batch[] {
  const all = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const batches: Batch[] = [];
  for (let at = 0; at < all.length; ) {
    const marksAt = at + HEAD_BYTES;
    const count = all.readUInt8(marksAt - 1);
    batches.push({
      until: all.readUInt32BE(at),
      id: all.toString('base64url', at + 4, marksAt - 1),
      marks: Array.from({ length: count }, (_, i) => all.readUInt16BE(marksAt + i * MARK_BYTES)),
    });
    at = marksAt + count * MARK_BYTES;
  }
  return batches;
}

/** Those in which the receipt of a key may be. */
export const mayHold = (batches: readonly Batch[], keyHash: string, nowMs: number): readonly Batch[] =>
  batches.filter(({ until, marks }) => until * 1000 >= nowMs && marks.includes(markOf(keyHash)));
