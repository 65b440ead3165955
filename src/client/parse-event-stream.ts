/** One message of a stream of server-sent events. */
export interface StreamEvent {
  readonly name: string;
  /** The last one that the stream gave. */
  readonly id: string | null;
  readonly data: string;
}

/** Reads `text/event-stream` as the HTML standard says; an event that is cut off by the end is none. */
export async function* parseEventStream(
  chunks: AsyncIterable<string>,
): AsyncGenerator<StreamEvent, void, undefined> {
  let name = "message";
  let id: string | null = null;
  let data: string[] = [];
  for await (const line of splitLines(chunks)) {
    if (line === "") {
      if (data.length > 0) yield { name, id, data: data.join("\n") };
      name = "message";
      data = [];
      continue;
    }
    const { field, value } = splitField(line);
    if (field === "event") name = value;
    else if (field === "data") data.push(value);
    else if (field === "id") id = value;
  }
}

/** A line ends with LF, CR or both, and a chunk ends anywhere. */
async function* splitLines(chunks: AsyncIterable<string>): AsyncGenerator<string> {
  let begun: string[] = [];
  let endedWithReturn = false;
  for await (const chunk of chunks) {
    const text = endedWithReturn && chunk.startsWith("\n") ? chunk.slice(1) : chunk;
    const [first = "", ...others] = text.split(/\r\n|\n|\r/);
    begun.push(first);
    for (const other of others) {
      yield begun.join("");
      begun = [other];
    }
    endedWithReturn = chunk.endsWith("\r");
  }
}

/** A comment is a line whose field has no name. */
function splitField(line: string): { field: string; value: string } {
  const colon = line.indexOf(":");
  if (colon === -1) return { field: line, value: "" };
  return { field: line.slice(0, colon), value: line.slice(colon + 1).replace(/^ /, "") };
}
