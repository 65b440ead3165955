import assert from "node:assert/strict";
import { test } from "node:test";
import { BLOCKED_PORTS } from "./blocked-ports.ts";
import { parsePorts } from "./parse-ports.ts";
import { includesPort } from "./port-range.ts";

test("ports and ranges are read", () => {
  assert.deepEqual(parsePorts("80, 8000-8999"), {
    ok: true,
    value: [
      { first: 80, last: 80 },
      { first: 8000, last: 8999 },
    ],
  });
});

test("nothing means all ports but those that the Fetch standard blocks", () => {
  const parsed = parsePorts("");
  assert.ok(parsed.ok);
  const open = Array.from({ length: 65_537 }, (_, port) => port).filter((port) =>
    includesPort(parsed.value, port),
  );
  assert.equal(open.length, 65_536 - BLOCKED_PORTS.length);
  assert.ok(BLOCKED_PORTS.every((port) => !open.includes(port)));
});

for (const text of ["0", "65536", "http", "9-8", "1-", "80;443", "-1"]) {
  test(`${text} is a problem that names it`, () => {
    const parsed = parsePorts(`80,${text}`);
    assert.ok(!parsed.ok);
    assert.ok(parsed.problem.includes(`"${text}"`));
  });
}
