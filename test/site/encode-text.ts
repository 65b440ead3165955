/**
 * Text as bytes of a legacy charset. Node only decodes those, so the table is made by decoding every single
 * byte and every pair of bytes once. What the charset cannot write becomes "?".
 */
export function encodeText(text: string, label: string): Uint8Array {
  if (label === "utf-8") return Buffer.from(text);
  if (label === "utf-16le") return Buffer.from(text, "utf16le");
  if (label === "utf-16be") return Buffer.from(text, "utf16le").swap16();
  const table = tableOf(label);
  return Buffer.concat([...text].map((character) => table.get(character) ?? Buffer.from("?")));
}

const tables = new Map<string, ReadonlyMap<string, Buffer>>();

function tableOf(label: string): ReadonlyMap<string, Buffer> {
  const known = tables.get(label);
  if (known) return known;
  const table = new Map<string, Buffer>();
  const decoder = new TextDecoder(label);
  for (let first = 0; first < 0x100; first++) add(table, decoder, [first]);
  for (let first = 0x81; first < 0xff; first++) {
    for (let second = 0x40; second < 0xff; second++) add(table, decoder, [first, second]);
  }
  tables.set(label, table);
  return table;
}

function add(table: Map<string, Buffer>, decoder: TextDecoder, bytes: number[]): void {
  const text = decoder.decode(Uint8Array.from(bytes));
  const isOneCharacter = [...text].length === 1 && text !== "\uFFFD";
  if (isOneCharacter && !table.has(text)) table.set(text, Buffer.from(bytes));
}
