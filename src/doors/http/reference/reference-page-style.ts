/** Of the reference page. Both colour schemes come from the reader's system. */
export const REFERENCE_PAGE_STYLE = `
:root {
  color-scheme: light dark;
  --text: light-dark(#1f2328, #d7dce2);
  --quiet: light-dark(#59636e, #9aa4af);
  --paper: light-dark(#ffffff, #14181d);
  --raised: light-dark(#f6f7f9, #1c2128);
  --line: light-dark(#d9dee4, #323a44);
  --accent: light-dark(#9a4a00, #f0a860);
  --mono: ui-monospace, "SF Mono", "Cascadia Code", Menlo, Consolas, monospace;
}
* { box-sizing: border-box; }
html { scroll-padding-top: 1rem; }
body {
  margin: 0;
  display: grid;
  grid-template-columns: minmax(0, 1fr);
  background: var(--paper);
  color: var(--text);
  font: 1rem/1.6 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif;
}
nav { padding: 1.5rem; border-bottom: 1px solid var(--line); }
nav .name { margin: 0 0 .75rem; font-weight: 650; font-size: 1.125rem; }
nav ul { margin: 0; padding: 0; list-style: none; font-size: .875rem; }
nav li { margin: .25rem 0; }
nav a { display: block; color: inherit; text-decoration: none; overflow-wrap: anywhere; }
nav a:hover, nav a:focus-visible { color: var(--accent); }
main { padding: 1.5rem; max-width: 54rem; }
@media (min-width: 64rem) {
  body { grid-template-columns: 16rem minmax(0, 1fr); }
  nav { position: sticky; top: 0; height: 100vh; overflow-y: auto; border-bottom: 0; border-right: 1px solid var(--line); }
  main { padding: 2.5rem 3.5rem; }
}
h1, h2, h3 { line-height: 1.25; text-wrap: balance; }
h1 { margin: 0; font-size: 2rem; }
h2 { margin: 0; font-size: 1.375rem; overflow-wrap: anywhere; }
h3 { margin: 2rem 0 .5rem; font-size: 1rem; }
section { margin-top: 3rem; padding-top: 2rem; border-top: 1px solid var(--line); }
p { margin: .75rem 0; text-wrap: pretty; }
small, .lead { color: var(--quiet); font-weight: 400; }
.lead { margin-top: .25rem; font-size: 1.0625rem; }
a { color: var(--accent); text-underline-offset: .15em; }
code { font-family: var(--mono); font-size: .875em; }
.method { font: 650 .75rem/1 var(--mono); color: var(--accent); letter-spacing: .04em; }
h2 .method { font-size: .9em; }
pre {
  margin: 1rem 0;
  padding: .875rem 1rem;
  overflow-x: auto;
  background: var(--raised);
  border: 1px solid var(--line);
  border-radius: .375rem;
  line-height: 1.5;
  tab-size: 2;
}
pre code { font-size: .8125rem; }
.table { overflow-x: auto; }
table { width: 100%; border-collapse: collapse; font-size: .875rem; line-height: 1.45; }
th, td { padding: .5rem .75rem .5rem 0; text-align: left; vertical-align: top; border-bottom: 1px solid var(--line); }
th { color: var(--quiet); font-weight: 600; white-space: nowrap; }
td:first-child { white-space: nowrap; }
summary { cursor: pointer; color: var(--quiet); }
@media print { nav { display: none; } pre { white-space: pre-wrap; } }
`;
