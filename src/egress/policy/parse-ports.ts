import { UNBLOCKED_PORTS } from "./blocked-ports.ts";
import type { Parsed } from "./parsed.ts";
import { type PortRange, parsePortRange } from "./port-range.ts";
import { splitList } from "./split-list.ts";

/** `QUERN_ALLOW_PORTS`, such as `80,443,8000-8999`. Empty means all but those that the Fetch standard blocks. */
export function parsePorts(text: string): Parsed<readonly PortRange[]> {
  const ranges: PortRange[] = [];
  for (const entry of splitList(text)) {
    const range = parsePortRange(entry);
    if (range === null) {
      return {
        ok: false,
        problem: `"${entry}" is neither a port (1 to 65535) nor a range of ports such as 8000-8999`,
      };
    }
    ranges.push(range);
  }
  return { ok: true, value: ranges.length === 0 ? UNBLOCKED_PORTS : ranges };
}
