import { createRandom } from "../../test/support/create-random.ts";

/** A page like those of a news site: much frame, one article. The same seed gives the same page. */
export function generatePage(seed: number): string {
  const write = createWriter(seed);
  const title = write.sentence(8);
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>${title} | The Daily Example</title>
<meta name="description" content="${write.sentence(20)}">
<meta property="og:title" content="${title}"><meta property="og:type" content="article">
<meta property="article:published_time" content="2026-0${1 + (seed % 9)}-1${seed % 10}T08:00:00Z">
<style>${repeat(80, () => `.${write.word()}-${write.word()}{margin:0 ${write.below(40)}px}`)}</style>
<script>${repeat(120, () => `window.${write.word()}=["${write.sentence(12)}"];`)}</script></head><body>
<header><nav><ul>${repeat(40, () => link(write, 2))}</ul></nav></header>
<main><article><h1>${title}</h1><p class="byline">By <a rel="author" href="/a/${seed}">${write.name()}</a></p>
${repeat(4 + write.below(8), () => section(write))}</article>
<aside class="related"><h2>Related</h2><ul>${repeat(25, () => link(write, 9))}</ul></aside>
<section id="comments" class="comments">${repeat(15, () => comment(write))}</section></main>
<footer><ul>${repeat(60, () => link(write, 3))}</ul><p>© The Daily Example</p></footer></body></html>`;
}

type Writer = ReturnType<typeof createWriter>;

const WORDS =
  "time people water house river market light paper winter summer report field number council bridge question answer morning machine garden history record weather system engine harbour village station letter school worker season family border company minister science doctor music picture window forest island street budget trial voter train signal metal glass stone".split(
    " ",
  );
const JOINTS = ["the", "of", "and", "a", "to", "in", "for", "with", "on", "by", "after", "from"];

function createWriter(seed: number) {
  const below = createRandom(seed);
  const pick = (words: readonly string[]) => words[below(words.length)] ?? "";
  const word = () => pick(WORDS);
  const sentence = (length: number) => {
    const words = Array.from({ length }, (_, index) => (index % 2 ? pick(JOINTS) : word()));
    return capitalise(words.join(" "));
  };
  return { below, word, sentence, name: () => `${capitalise(word())} ${capitalise(word())}` };
}

function section(write: Writer): string {
  const heading = `<h2>${write.sentence(5)}</h2>`;
  const text = repeat(3, () => `<p>${paragraph(write)}</p>`);
  const figure = `<figure><img src="/i/${write.word()}.jpg" alt="${write.sentence(4)}"><figcaption>${write.sentence(9)}.</figcaption></figure>`;
  const list = `<ul>${repeat(4, () => `<li>${write.sentence(7)}.</li>`)}</ul>`;
  return [heading, text, figure, list].join("\n");
}

function paragraph(write: Writer): string {
  const linked = `${write.sentence(6)} <a href="/s/${write.word()}">${write.word()}</a> ${write.word()}.`;
  return `${repeat(4, () => `${write.sentence(8 + write.below(12))}. `)}<em>${write.word()}</em> ${linked}`;
}

function comment(write: Writer): string {
  return `<div class="comment"><b>${write.name()}</b><div><p>${write.sentence(20)}.</p></div></div>`;
}

function link(write: Writer, words: number): string {
  return `<li class="item"><div><a href="/${write.word()}/${write.word()}">${write.sentence(words)}</a></div></li>`;
}

function repeat(times: number, make: () => string): string {
  return Array.from({ length: times }, make).join("");
}

function capitalise(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
