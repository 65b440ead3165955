import assert from "node:assert/strict";
import { PassThrough } from "node:stream";
import { test } from "node:test";
import { setImmediate } from "node:timers/promises";
import { BrowserGone, CdpError, connectCdp } from "./cdp-connection.ts";

/** A connection whose other end is the test. */
function connect() {
  const commands = new PassThrough();
  const answers = new PassThrough();
  const sent: unknown[] = [];
  commands.on("data", (data) => sent.push(JSON.parse(String(data).replace("\0", ""))));
  return { cdp: connectCdp({ commands, answers }), answers, sent };
}

test("answers come to the command that they are for, however their bytes are cut", async () => {
  const { cdp, answers, sent } = connect();
  const first = cdp.root.send("Browser.getVersion", {});
  const second = cdp.openSession("s").send("Page.navigate", { url: "http://é/" });
  await setImmediate();
  assert.deepEqual(sent, [
    { id: 1, method: "Browser.getVersion", params: {} },
    { id: 2, method: "Page.navigate", params: { url: "http://é/" }, sessionId: "s" },
  ]);
  const bytes = Buffer.from(
    '{"id":2,"result":{"loaderId":"é"}}\0{"id":1,"result":{"product":"p"}}\0',
  );
  for (const byte of bytes) answers.write(Buffer.of(byte));
  assert.deepEqual(await second, { loaderId: "é" });
  assert.deepEqual(await first, { product: "p" });
});

test("events come to the listeners of their session until they stop listening", async () => {
  const { cdp, answers } = connect();
  const heard: string[] = [];
  const stop = cdp.root.on("Target.targetDestroyed", ({ targetId }) => heard.push(targetId));
  cdp.openSession("s").on("Target.targetDestroyed", () => heard.push("wrong session"));
  const event = (targetId: string) =>
    `${JSON.stringify({ method: "Target.targetDestroyed", params: { targetId } })}\0`;
  const answered = cdp.root.send("Browser.close", {});
  answers.write(event("one") + event("two"));
  answers.write('{"id":1,"result":{}}\0');
  await answered;
  stop();
  answers.write(event("three"));
  const again = cdp.root.send("Browser.close", {});
  answers.write('{"id":2,"result":{}}\0');
  await again;
  assert.deepEqual(heard, ["one", "two"]);
});

test("a refused command says which, a closed session and a closed pipe fail what is under way", async () => {
  const { cdp, answers } = connect();
  const refused = cdp.root.send("Browser.close", {});
  answers.write('{"id":1,"error":{"message":"no"}}\0');
  await assert.rejects(
    refused,
    (error) => error instanceof CdpError && /Browser.close: no/.test(error.message),
  );
  const closed = cdp.openSession("s").send("Page.enable", {});
  cdp.closeSession("s");
  await assert.rejects(closed, CdpError);
  const gone = cdp.root.send("Browser.close", {});
  answers.destroy();
  await assert.rejects(gone, BrowserGone);
  await assert.rejects(cdp.root.send("Browser.close", {}), BrowserGone);
  await cdp.closed;
});
