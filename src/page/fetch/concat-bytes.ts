/** The first `size` bytes of the chunks, in memory of their own, which can be handed to a thread. */
export function concatBytes(chunks: readonly Uint8Array[], size: number): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(size);
  let offset = 0;
  for (const chunk of chunks) {
    const part = chunk.subarray(0, size - offset);
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
}
