import assert from "node:assert/strict";
import { test } from "node:test";
import { BlockWriter } from "./block-writer.ts";

const QUOTE = { head: "> ", prefix: "> " } as const;
const ITEM = { head: "- ", prefix: "  " } as const;

function written(maxLength: number, write: (writer: BlockWriter) => void): string {
  const writer = new BlockWriter({ maxLength, omission: "[…]" });
  write(writer);
  return writer.finish();
}

/** A block in `depth` quotes, and the next ones beside each of them. */
function nest(writer: BlockWriter, depth: number): void {
  writer.text(`level ${depth}`);
  if (depth === 0) return;
  writer.gap("\n\n");
  writer.within(QUOTE, () => nest(writer, depth - 1));
}

test("lines stand behind the prefixes of all that is around them, blank ones without spaces at the end", () => {
  const text = written(1000, (writer) => {
    writer.within(ITEM, () => {
      writer.text("a\nb");
      writer.gap("\n\n");
      writer.within(QUOTE, () => writer.text("c\n\nd"));
    });
    writer.gap("\n\n");
    writer.text("e");
  });
  assert.equal(text, "- a\n  b\n\n  > c\n  >\n  > d\n\ne");
});

test("a gap is written with what follows it, and not where nothing does", () => {
  const text = written(1000, (writer) => {
    writer.text("a");
    writer.gap("\n\n");
    writer.text("");
    writer.gap("\n");
    writer.within(ITEM, () => writer.text(""));
    writer.gap("\n\n");
  });
  assert.equal(text, "a\n-");
});

test("what does not fit is left out from the end of a line on, feet are not", () => {
  const text = written(30, (writer) => {
    writer.within({ head: "```", foot: "```" }, () => {
      writer.gap("\n");
      writer.text("0123456789\n0123456789\n0123456789");
      writer.gap("\n");
    });
    writer.gap("\n\n");
    writer.text("x");
  });
  assert.equal(text, "```\n0123456789\n```\n\n[…]");
});

test("a frame whose foot does not fit is left out with all that is in it", () => {
  const text = written(20, (writer) => {
    writer.text("0123456789");
    writer.gap("\n");
    writer.within({ head: "<ul>", foot: "</ul>" }, () => assert.fail("must not be written"));
    writer.text("x");
  });
  assert.equal(text, "0123456789\n\n[…]");
});

test("where nothing fits, that something is left out is all that is said", () => {
  assert.equal(
    written(10, (writer) => writer.text("0123456789")),
    "[…]",
  );
});

test("a thousand quotes in each other fill no more than they may", () => {
  const whole = written(Number.POSITIVE_INFINITY, (writer) => nest(writer, 50));
  assert.equal(whole.split("\n").at(-1), `${"> ".repeat(50)}level 0`);
  const cut = written(20_000, (writer) => nest(writer, 1000));
  assert.ok(cut.length <= 20_000 && cut.length > 19_000, `${cut.length}`);
  assert.ok(cut.endsWith("\n\n[…]"));
});
