import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { after, before, test } from "node:test";
import { promisify } from "node:util";
import { cpuMs } from "../../../../test/support/cpu-ms.ts";
import { DOOR_KEYS, type HttpDoor, startHttpDoor } from "../../../../test/support/http-door.ts";
import { parseJson } from "../../../../test/support/json.ts";
import { sendRaw } from "../../../../test/support/send-raw.ts";
import { createOpenApi } from "../open-api/create-open-api.ts";
import { ROUTE_DESCRIPTIONS } from "../routes/route-descriptions.ts";
import { toPathTemplate } from "../to-path-template.ts";
import { Html, html } from "./html.ts";
import { renderReferencePage } from "./render-reference-page.ts";
import { toReference } from "./to-reference.ts";

let door: HttpDoor;
before(async () => {
  door = await startHttpDoor();
});
after(() => door.stop());

const readPage = () => door.api.send({ path: "/docs", key: null });

test("the page needs nothing but itself: no script, nothing loaded, its one style allowed by hash", async () => {
  const { text, headers } = await readPage();
  assert.equal(headers.get("content-type"), "text/html; charset=utf-8");
  assert.doesNotMatch(text, /<(?:script|img|iframe|object|embed|link|form)\b/i);
  assert.doesNotMatch(text, /\son\w+=|style=|@import|url\(/i);
  const style = /<style>([\s\S]*)<\/style>/.exec(text)?.[1] ?? "";
  const hash = createHash("sha256").update(style).digest("base64");
  const policy = headers.get("content-security-policy") ?? "";
  assert.match(policy, /default-src 'none'/);
  assert.ok(policy.includes(`style-src 'sha256-${hash}'`), policy);
});

test("every endpoint has its section, and every link of the page a target", async () => {
  const { text } = await readPage();
  for (const { path, operation } of ROUTE_DESCRIPTIONS) {
    assert.ok(text.includes(`<code>${toPathTemplate(path)}</code>`), path);
    assert.ok(text.includes(`<section id="${operation.id}">`), path);
  }
  for (const [, id] of text.matchAll(/href="#([^"]+)"/g))
    assert.ok(text.includes(`id="${id}"`), String(id));
});

const OPEN_AND_CLOSE = [
  "section",
  "table",
  "tbody",
  "tr",
  "td",
  "details",
  "pre",
  "code",
  "nav",
  "main",
];

test("the markup is closed", async () => {
  const { text } = await readPage();
  for (const tag of OPEN_AND_CLOSE) {
    const opened = text.match(new RegExp(`<${tag}[ >]`, "g"))?.length;
    assert.equal(text.match(new RegExp(`</${tag}>`, "g"))?.length, opened, tag);
  }
});

test("the commands work when pasted into a shell", async () => {
  const { text } = await readPage();
  const commands = [...text.matchAll(/<pre><code>(curl [\s\S]*?)<\/code><\/pre>/g)];
  assert.equal(commands.length, ROUTE_DESCRIPTIONS.length);
  const run = promisify(execFile);
  for (const [, command = ""] of commands) {
    const env = { ...PATH_ALONE, QUERN_API_KEY: DOOR_KEYS.all };
    const { stdout } = await run("sh", ["-c", `${unescapeHtml(command)} --silent --fail`], { env });
    assert.ok(stdout.length > 0, command);
    if (command.includes("-d ")) assert.match(JSON.stringify(parseJson(stdout)), /# Page/);
  }
});

const PATH_ALONE = { PATH: "/usr/local/bin:/usr/bin:/bin" };

function unescapeHtml(text: string): string {
  return text
    .replaceAll("&quot;", '"')
    .replaceAll("&#39;", "'")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&");
}

test("the reader's own address is in the examples, and no markup that came as one", async () => {
  const readAs = (host: string, more = "") =>
    sendRaw(door.url, `GET /docs HTTP/1.1\r\nHost: ${host}\r\n${more}Connection: close\r\n\r\n`);
  assert.match(
    await readAs("quern.example:8080"),
    /curl http:\/\/quern\.example:8080\/v1\/extract/,
  );
  const secure = await readAs("quern.example", "X-Forwarded-Proto: https\r\n");
  assert.match(secure, /curl https:\/\/quern\.example\/v1\/extract/);
  for (const host of ['"><b>', "x/y", "user@x", "x'y", "$(id)"]) {
    const page = await readAs(host);
    assert.match(page, /^HTTP\/1\.1 200 /, host);
    assert.ok(!page.includes(`curl http://${host}`) && !page.includes("<b>"), host);
  }
});

test("text is escaped, markup is not", () => {
  assert.equal(
    html`<p title="${`"'<&>`}">${[html`<b>${"a<b"}</b>`, new Html("<i>")]}</p>`.markup,
    '<p title="&quot;&#39;&lt;&amp;&gt;"><b>a&lt;b</b><i></p>',
  );
});

test("a page is written in less than a tenth of a second", () => {
  const reference = toReference(createOpenApi({ version: "1", routes: ROUTE_DESCRIPTIONS }));
  const ms = cpuMs(() => void renderReferencePage(reference, { origin: "http://x" }));
  assert.ok(ms < 100, `${ms} ms of processor time`);
});
