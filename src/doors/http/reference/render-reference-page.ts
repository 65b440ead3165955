import { createHash } from "node:crypto";
import { Html, html } from "./html.ts";
import type { Field } from "./list-fields.ts";
import { REFERENCE_PAGE_STYLE } from "./reference-page-style.ts";
import { toCurl } from "./to-curl.ts";
import type { Body, Endpoint, ErrorRow, Parameter, Reference, Reply } from "./to-reference.ts";

interface PageOptions {
  /** Where the reader reaches this server. */
  readonly origin: string;
}

/** The reference as one page that needs nothing but itself. */
export function renderReferencePage(reference: Reference, { origin }: PageOptions): string {
  const { title, version, description, endpoints } = reference;
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title} API reference</title>
<style>${new Html(REFERENCE_PAGE_STYLE)}</style>
</head>
<body>
<nav aria-label="Contents">
<p class="name">${title} <small>${version}</small></p>
<ul>
<li><a href="#start">Start</a></li>
${endpoints.map(renderLink)}
</ul>
</nav>
<main>
<h1>${title} API reference</h1>
<p class="lead">${description}</p>
${renderStart(origin)}
${endpoints.map((endpoint) => renderEndpoint(endpoint, origin))}
</main>
</body>
</html>
`.markup;
}

/** The Content-Security-Policy of the page: its own style, and nothing else at all. */
export function toReferencePagePolicy(): string {
  const hash = createHash("sha256").update(REFERENCE_PAGE_STYLE).digest("base64");
  return [
    "default-src 'none'",
    `style-src 'sha256-${hash}'`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join("; ");
}

function renderLink({ id, method, path }: Endpoint): Html {
  return html`<li><a href="#${id}"><span class="method">${method}</span> ${path}</a></li>
`;
}

function renderStart(origin: string): Html {
  return html`<section id="start">
<h2>Start</h2>
<p>Requests go to <code>${origin}</code>, with an API key in the header <code>X-Api-Key</code>
(<code>Authorization: Bearer</code> works too). The examples take it from the environment:</p>
<pre><code>export QUERN_API_KEY=…</code></pre>
<p>Bodies are JSON in and JSON out. A field that is <code>null</code> means its default; one that Quern does not know is
ignored and named in the reply's header <code>X-Ignored-Fields</code>. Every reply carries <code>X-Request-Id</code>; name it
when you ask the operator about a request. The same description for programs:
<a href="/openapi.json">openapi.json</a>.</p>
<p>Every refusal has a <code>code</code>, a <code>message</code> for people, and <code>retryable</code>: whether the same
request may work later. A 429 or 503 says with <code>Retry-After</code> when.</p>
</section>
`;
}

function renderEndpoint(endpoint: Endpoint, origin: string): Html {
  const { id, method, path, summary, description, access, parameters, request, replies, errors } =
    endpoint;
  return html`<section id="${id}">
<h2><span class="method">${method}</span> <code>${path}</code></h2>
<p class="lead">${summary}</p>
<p>${renderText(description)} ${access}</p>
<pre><code>${toCurl(endpoint, origin)}</code></pre>
${parameters.length === 0 ? [] : renderParameters(parameters)}
${request === null ? [] : renderRequest(request)}
${replies.map(renderReply)}
${errors.length === 0 ? [] : renderErrors(errors)}
</section>
`;
}

function renderParameters(parameters: readonly Parameter[]): Html {
  return html`<h3>Parameters</h3>
${renderTable(
  ["Name", "In", "Type", "Default", "Meaning"],
  parameters.map(({ name, place, type, otherwise, description }) => [
    [html`<code>${name}</code>`],
    [html`${place}`],
    [html`${type}`],
    renderText(otherwise),
    renderText(description),
  ]),
)}`;
}

function renderRequest({ fields }: Body): Html {
  return html`<h3>Request</h3>
${renderTable(
  ["Field", "Type", "Default", "Meaning"],
  fields.map(({ path, type, isRequired, defaultValue, description }) => [
    [html`<code>${path}</code>`],
    [html`${type}`],
    [isRequired ? html`required` : html`<code>${defaultValue ?? "null"}</code>`],
    renderText(description),
  ]),
)}`;
}

function renderReply({ status, description, mediaType, fields, example }: Reply): Html {
  if (mediaType === "")
    return html`<h3>${status}</h3>
<p>${renderText(description)}</p>
`;
  const isJson = mediaType === "application/json";
  return html`<h3>${status} <small>${mediaType}</small></h3>
<p>${renderText(description)}</p>
<pre><code>${isJson ? JSON.stringify(example, null, 2) : String(example)}</code></pre>
${fields.length === 0 ? [] : renderReplyFields(fields)}`;
}

function renderReplyFields(fields: readonly Field[]): Html {
  return html`<details><summary>Fields of this reply</summary>
${renderTable(
  ["Field", "Type", "Meaning"],
  fields.map(({ path, type, isNullable, description }) => [
    [html`<code>${path}</code>`],
    [html`${isNullable ? `${type} or null` : type}`],
    renderText(description),
  ]),
)}</details>
`;
}

function renderErrors(errors: readonly ErrorRow[]): Html {
  return html`<h3>Errors</h3>
${renderTable(
  ["Status", "Code", "Meaning"],
  errors.map(({ status, code, message }) => [
    [html`${status}`],
    [html`<code>${code}</code>`],
    [html`${message}`],
  ]),
)}`;
}

function renderTable(head: readonly string[], rows: readonly (readonly Html[])[][]): Html {
  return html`<div class="table"><table>
<thead><tr>${head.map((name) => html`<th>${name}</th>`)}</tr></thead>
<tbody>
${rows.map(
  (cells) => html`<tr>${cells.map((cell) => html`<td>${cell}</td>`)}</tr>
`,
)}</tbody>
</table></div>
`;
}

/** Text in which backticks mark code. */
function renderText(text: string): Html[] {
  return text
    .split("`")
    .map((part, index) => (index % 2 === 0 ? html`${part}` : html`<code>${part}</code>`));
}
