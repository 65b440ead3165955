import { htmlPage, PROSE, pause, type Route, send, type Visit } from "../route.ts";

/** Pages that are nothing without a browser, and pages that are hard on one. */
export const RENDERED_PAGES: readonly Route[] = [
  {
    path: "/render/app",
    what: "A single-page application: an empty shell whose script asks for its text.",
    answer: (visit) => sendApp(visit, "fetch('/render/text').then(r => r.text()).then(show)"),
  },
  {
    path: "/render/text",
    what: "The text of the applications here.",
    answer: (v) => send(v, PROSE),
  },
  {
    path: "/render/late",
    what: "An application that shows its text after a second.",
    answer: (visit) => sendApp(visit, `setTimeout(() => show(${quote(PROSE)}), 1000)`),
  },
  {
    path: "/render/steps",
    what: "An application that asks three times in a row, each for the next part.",
    answer: (visit) =>
      sendApp(
        visit,
        `(async () => { let text = ""; for (const n of [1, 2, 3]) {
          text += (await (await fetch("/render/part?n=" + n)).text()); show(text); } })()`,
      ),
  },
  {
    path: "/render/part",
    what: "A part of such an application, after 250 ms.",
    examples: ["/render/part?n=1"],
    answer: async (visit) => {
      await pause(visit, 250);
      send(visit, `<p>Part ${Number(visit.url.searchParams.get("n"))}.</p>${PROSE}`);
    },
  },
  {
    path: "/render/restless",
    what: "A clock that never stops and a connection that is never done.",
    answer: (visit) =>
      sendApp(
        visit,
        `show(${quote(`${PROSE}<p id="clock"></p>`)});
        setInterval(() => { clock.textContent = Date.now(); fetch("/render/part?n=1"); }, 50);`,
      ),
  },
  {
    path: "/render/endless",
    what: "A list that grows by itself whenever its end is seen.",
    answer: (visit) =>
      sendApp(
        visit,
        `show("<div id=list></div><div id=end>end</div>"); let n = 0;
        const add = () => { n += 1; list.insertAdjacentHTML("beforeend", "<section><h2>Row " + n + "</h2>" + ${quote(PROSE)} + "</section>"); };
        new IntersectionObserver((seen) => seen.some((one) => one.isIntersecting) && add()).observe(end); add();`,
      ),
  },
  {
    path: "/render/alerts",
    what: "A page that asks its visitor 30 times before it shows anything.",
    answer: (visit) =>
      sendApp(
        visit,
        `for (let n = 0; n < 10; n += 1) { alert(n); confirm(n); prompt(n); }
        window.open("/render/popup"); window.onbeforeunload = () => "stay"; show(${quote(PROSE)});`,
      ),
  },
  { path: "/render/popup", what: "A popup.", answer: (visit) => send(visit, htmlPage("Popup")) },
  {
    path: "/render/loop",
    what: "A script that never ends.",
    answer: (visit) => sendApp(visit, "for (;;);"),
  },
  {
    path: "/render/memory",
    what: "A script that eats memory without end.",
    answer: (visit) =>
      sendApp(
        visit,
        "const kept = []; for (let n = 0; ; n += 1) kept.push(new Uint8Array(4e6).fill(n));",
      ),
  },
  {
    path: "/render/frames",
    what: "200 frames of its own, and one of the other origin.",
    answer: (visit) => {
      const frames = Array.from(
        { length: 200 },
        (_, n) => `<iframe src="/render/frame/${n}"></iframe>`,
      );
      const other = `<iframe src="${visit.origins.other}/render/frame/other"></iframe>`;
      const nested = `<iframe src="/render/nested"></iframe>`;
      send(visit, htmlPage("Frames", `${PROSE}${nested}${frames.join("")}${other}`));
    },
  },
  {
    path: "/render/frame/:name",
    what: "A frame with a link.",
    examples: ["/render/frame/1"],
    answer: (visit) =>
      send(visit, `<p>Frame ${visit.params["name"]} tells of gulls.</p><a href="next">Next</a>`),
  },
  {
    path: "/render/nested",
    what: "A frame with a frame in it.",
    answer: (visit) =>
      send(visit, `<p>The outer frame.</p><iframe src="/render/frame/inner"></iframe>`),
  },
  {
    path: "/render/shadow",
    what: "Custom elements with open shadow roots and slots, and a closed one.",
    answer: (visit) =>
      sendApp(
        visit,
        `for (const mode of ["open", "closed"]) customElements.define("x-" + mode, class extends HTMLElement {
          constructor() { super(); this.attachShadow({ mode }).innerHTML = "<h2>Shadow " + mode + "</h2><slot></slot>"; } });
        show("<x-open><p>Slotted words of the harbour.</p></x-open><x-closed></x-closed>" + ${quote(PROSE)});`,
      ),
  },
  {
    path: "/render/form",
    what: "A form that scripts have filled, a password, and a lazy image.",
    answer: (visit) =>
      sendApp(
        visit,
        `show('<form><input id=a><input type=password value=secret-word><input type=hidden value=secret-token><button>Send it</button></form><img data-src="/full.png" alt="Quay">' + ${quote(PROSE)});
        a.setAttribute("value", "secret-typed");`,
      ),
  },
  {
    path: "/render/consent",
    what: "An article behind a wall that asks for consent, and a modal dialog.",
    answer: (visit) =>
      sendApp(
        visit,
        `show(${quote(PROSE)}); document.body.insertAdjacentHTML("beforeend",
        '<div style="position:fixed;inset:0">We value your privacy. We and our partners use cookies.<button>Accept all</button></div>'
        + '<div id="onetrust-consent-sdk">Consent platform</div>'
        + '<div role=dialog aria-modal=true style="position:fixed">Subscribe to our newsletter<button>No</button></div>');`,
      ),
  },
  {
    path: "/render/service-worker",
    what: "A page that registers a service worker, and shows how that went.",
    answer: (visit) =>
      sendApp(
        visit,
        `navigator.serviceWorker.register("/render/worker.js").then(() => "registered", () => "refused")
        .then((how) => show("<p>The worker was " + how + ".</p>" + ${quote(PROSE)}));`,
      ),
  },
  {
    path: "/render/worker.js",
    what: "A service worker.",
    answer: (visit) => send(visit, "self.onfetch = () => {};", { type: "text/javascript" }),
  },
  {
    path: "/render/goes-on",
    what: "A page whose script leads to another address.",
    examples: ["/render/goes-on?to=/article"],
    answer: (visit) =>
      sendApp(visit, `location.href = ${quote(visit.url.searchParams.get("to") ?? "/article")}`),
  },
  {
    path: "/render/headers",
    what: "An application that shows which headers its requests had, to its own origin and the other.",
    answer: (visit) =>
      sendApp(
        visit,
        `Promise.all(["", ${quote(visit.origins.other)}].map(async (origin) =>
          (await fetch(origin + "/render/echo")).text())).then(([own, other]) =>
          show("<p>own: " + own + "</p><p>other: " + other + "</p>" + ${quote(PROSE)}));`,
      ),
  },
  {
    path: "/render/echo",
    what: "The headers X-Test and Cookie of the request, for every origin.",
    answer: ({ request, ...visit }) =>
      send(
        { request, ...visit },
        `test=${request.headers["x-test"] ?? "none"} cookie=${request.headers.cookie ?? "none"}`,
        { type: "text/plain", headers: { "access-control-allow-origin": "*" } },
      ),
  },
  {
    path: "/render/runs",
    what: "A page whose script is the query's: whatever a test wants a browser to try.",
    examples: ["/render/runs?script=show('hello')"],
    answer: (visit) =>
      sendApp(visit, visit.url.searchParams.get("script") ?? "", "Shown by the page itself."),
  },
];

/** A shell with a script that has `show`. */
function sendApp(visit: Visit, script: string, text = ""): void {
  send(
    visit,
    `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>An application</title></head>
<body><div id="root">${text}</div><noscript>You need to enable JavaScript to run this app.</noscript>
<script>const show = (html) => { root.innerHTML = "<main><h1>The harbour</h1>" + html + "</main>"; };
${script}</script></body></html>`,
  );
}

/** As a string in a script that stands in a page. */
function quote(text: string): string {
  return JSON.stringify(text).replaceAll("</", "<\\/");
}
