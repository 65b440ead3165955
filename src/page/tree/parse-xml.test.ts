import assert from "node:assert/strict";
import { test } from "node:test";
import { parseXml, type XmlElement } from "./parse-xml.ts";

function only(element: XmlElement): XmlElement {
  const child = element.children.find((node) => typeof node !== "string");
  assert.ok(child && typeof child !== "string");
  return child;
}

test("names keep prefix and case, attributes and text are decoded, CDATA is text", () => {
  const root = only(
    parseXml('<?xml version="1.0"?><a:B x="1 &amp; 2">t &lt; <![CDATA[<raw>&amp;]]></a:B>'),
  );
  assert.equal(root.name, "a:B");
  assert.deepEqual({ ...root.attributes }, { x: "1 & 2" });
  assert.equal(root.children.join(""), "t < <raw>&amp;");
});

test("entities that a document declares are not expanded", () => {
  const bomb = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><x>&b;</x>';
  assert.equal(only(parseXml(bomb)).children.join(""), "&b;");
});

test("broken documents give what can be read", () => {
  assert.equal(only(parseXml("<a><b>x</a>")).name, "a");
  assert.deepEqual(parseXml("").children, []);
});

test("depth and size are bounded", () => {
  let depth = 0;
  let node = parseXml("<a>".repeat(20_000));
  while (node.children.length > 0) {
    node = only(node);
    depth++;
  }
  assert.ok(depth <= 256);
  assert.ok(only(parseXml(`<r>${"<a/>".repeat(300_000)}</r>`)).children.length <= 200_000);
});
