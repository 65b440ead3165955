/** One server-sent event, its fields as they stand. */
export interface ServerEvent {
  readonly event: string | null;
  readonly id: string | null;
  readonly data: string;
}

/** The events of a stream's text; comments are passed over. */
export function parseEvents(text: string): ServerEvent[] {
  return text
    .split("\n\n")
    .filter((block) => /^data:/m.test(block))
    .map((block) => ({
      event: fieldOf(block, "event"),
      id: fieldOf(block, "id"),
      data: fieldOf(block, "data") ?? "",
    }));
}

function fieldOf(block: string, name: string): string | null {
  const line = block.split("\n").find((text) => text.startsWith(`${name}: `));
  return line === undefined ? null : line.slice(name.length + 2);
}
