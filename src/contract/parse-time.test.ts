import assert from "node:assert/strict";
import { test } from "node:test";
import { parseTime } from "./parse-time.ts";

const TIMES = {
  "2026-01-30T12:00:00Z": "2026-01-30T12:00:00.000Z",
  "2026-01-30T12:00:00.123456Z": "2026-01-30T12:00:00.123Z",
  "2026-01-30T12:00:00.5": "2026-01-30T12:00:00.500Z",
  "2026-01-30T12:00": "2026-01-30T12:00:00.000Z",
  "2026-01-30 12:00:00": "2026-01-30T12:00:00.000Z",
  "2026-01-30T12:00:00+0000": "2026-01-30T12:00:00.000Z",
  "2026-01-30T12:00:00+02:00": "2026-01-30T10:00:00.000Z",
  "2026-01-30T12:00:00 02:00": "2026-01-30T10:00:00.000Z",
  "2026-01-30T00:30:00+01": "2026-01-29T23:30:00.000Z",
  "2026-01-30T12:00:00-0530": "2026-01-30T17:30:00.000Z",
  "2024-02-29t12:00:00z": "2024-02-29T12:00:00.000Z",
};

test("times are read with any zone, and without one as UTC", () => {
  for (const [text, expected] of Object.entries(TIMES)) {
    for (const edge of ["start", "end"] as const) {
      assert.equal(parseTime(text, edge)?.toISOString(), expected, text);
    }
  }
});

test("a date alone is the whole day", () => {
  assert.equal(parseTime("2026-01-30", "start")?.toISOString(), "2026-01-30T00:00:00.000Z");
  assert.equal(parseTime("2026-01-30", "end")?.toISOString(), "2026-01-30T23:59:59.999Z");
});

const NO_TIMES = [
  ...["", "yesterday", "2026", "2026-1-3", "20260130", "1769774400", "2026-13-01", "2026-02-30"],
  ...["2025-02-29", "2026-01-30T25:00:00Z", "2026-01-30T24:00:00Z", "2026-01-30T12:60:00Z"],
  ...["2026-01-30T12:00:00+24:00", "2026-01-30T12:00:00+01:60", "2026-01-30T12:00:00 Z"],
  ...["2026-01-30Z", "2026-01-30T", "2026-01-30T12", "+002026-01-30", "2026-01-30T12:00:00Zx"],
];

test("what is no time, or one that the calendar does not have, is none", () => {
  for (const text of NO_TIMES) assert.equal(parseTime(text, "start"), null, text);
});
