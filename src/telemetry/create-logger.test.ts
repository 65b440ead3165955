import assert from "node:assert/strict";
import { PassThrough } from "node:stream";
import { test } from "node:test";
import { createLogger, type LoggerSettings } from "./create-logger.ts";

function capture(settings: Omit<LoggerSettings, "stream">, { isTTY }: { isTTY: boolean }) {
  const stream = Object.assign(new PassThrough({ encoding: "utf8" }), { isTTY });
  const logger = createLogger({ ...settings, stream });
  return { logger, read: (): string => String(stream.read() ?? "") };
}

test("elsewhere than on a terminal a line is JSON: level, time, facts, message", () => {
  const { logger, read } = capture({ level: "info", format: "auto" }, { isTTY: false });
  logger.info({ requestId: "r", durationMs: 3 }, "request");
  const { time, ...rest } = JSON.parse(read());
  assert.deepEqual(rest, { level: "info", requestId: "r", durationMs: 3, msg: "request" });
  assert.ok(new Date(time).toISOString() === time);
});

test("on a terminal it is for people, in colour, at once and in this thread", () => {
  const { logger, read } = capture({ level: "info", format: "auto" }, { isTTY: true });
  logger.warn({ requestId: "r" }, "watch out");
  const text = read();
  assert.match(text, /WARN/);
  assert.match(text, /watch out/);
  assert.ok(text.includes("\u001b["));
});

test("the format can be said, and a pipe gets no colours", () => {
  const pretty = capture({ level: "info", format: "pretty" }, { isTTY: false });
  pretty.logger.info({}, "hello");
  assert.match(pretty.read(), /^\[[\d:.]+\] INFO: hello\n$/);
  const json = capture({ level: "info", format: "json" }, { isTTY: true });
  json.logger.info({}, "hello");
  assert.equal(JSON.parse(json.read()).msg, "hello");
});

test("levels below the one that was set are left out, silent says nothing", () => {
  const { logger, read } = capture({ level: "warn", format: "json" }, { isTTY: false });
  logger.debug({}, "debug");
  logger.info({}, "info");
  logger.warn({}, "warn");
  logger.error({}, "error");
  assert.deepEqual(
    read()
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line).level),
    ["warn", "error"],
  );
  const silent = capture({ level: "silent", format: "json" }, { isTTY: false });
  silent.logger.error({}, "error");
  assert.equal(silent.read(), "");
});

test("an error is logged with its stack and its cause", () => {
  const { logger, read } = capture({ level: "info", format: "json" }, { isTTY: false });
  logger.error({ err: new Error("outer", { cause: new Error("inner") }) }, "failed");
  const { err } = JSON.parse(read());
  assert.match(err.message, /outer/);
  assert.match(err.stack, /create-logger\.test\.ts/);
  assert.match(err.stack, /inner/);
});

test("secrets and queries do not reach the log", () => {
  for (const format of ["json", "pretty"] as const) {
    const { logger, read } = capture({ level: "info", format }, { isTTY: false });
    const headers = { "X-Api-Key": "swordfish", cookie: "swordfish" };
    logger.info({ url: "https://example.com/a?token=swordfish", headers }, "request");
    const text = read();
    assert.doesNotMatch(text, /swordfish/);
    assert.match(text, /example\.com\/a/);
  }
});
