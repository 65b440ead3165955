/** One way in which a page may try to make a browser speak to an address. */
export interface BrowserAttack {
  /** Also the path that it asks for, which tells who came. */
  readonly name: string;
  /** Script of the page; `at` is the address with a slash at its end, `port` its port. */
  readonly script: string;
}

const element = (markup: string) => `document.body.insertAdjacentHTML("beforeend", \`${markup}\`);`;

/** Those that a page can try all at once, staying where it is. */
export const ATTACKS: readonly BrowserAttack[] = [
  { name: "fetch", script: "fetch(at + 'fetch', { mode: 'no-cors' }).catch(() => 0);" },
  {
    name: "xhr",
    script: "const x = new XMLHttpRequest(); x.open('GET', at + 'xhr'); x.send();",
  },
  { name: "beacon", script: "navigator.sendBeacon(at + 'beacon', 'x');" },
  { name: "websocket", script: "new WebSocket(at.replace('http', 'ws') + 'websocket');" },
  { name: "events", script: "new EventSource(at + 'events');" },
  // biome-ignore lint/suspicious/noTemplateCurlyInString: it is the page's script that fills it in
  { name: "frame", script: element('<iframe src="${at}frame"></iframe>') },
  // biome-ignore lint/suspicious/noTemplateCurlyInString: as above
  { name: "object", script: element('<object data="${at}object" type="text/html"></object>') },
  // biome-ignore lint/suspicious/noTemplateCurlyInString: as above
  { name: "style", script: element('<link rel="stylesheet" href="${at}style">') },
  // biome-ignore lint/suspicious/noTemplateCurlyInString: as above
  { name: "prefetch", script: element('<link rel="prefetch" href="${at}prefetch">') },
  {
    name: "script",
    script:
      "document.body.append(Object.assign(document.createElement('script'), { src: at + 'script' }));",
  },
  {
    name: "module",
    script: "import(at + 'module').catch(() => 0);",
  },
  {
    name: "worker",
    script:
      "new Worker(URL.createObjectURL(new Blob(['fetch(\"' + at + 'worker\", { mode: \"no-cors\" })'])));",
  },
  {
    name: "form",
    script: `${element("<iframe name=target></iframe><form target=target method=post></form>")}
      const form = document.forms[0]; form.action = at + 'form'; form.submit();`,
  },
  {
    name: "udp",
    script: `if (globalThis.RTCPeerConnection) {
      const peer = new RTCPeerConnection({ iceServers: [{ urls: "stun:127.0.0.1:" + port }] });
      peer.createDataChannel("x"); peer.createOffer().then((offer) => peer.setLocalDescription(offer)); }`,
  },
];

/** The script of a page that tries all of them, each for itself, and has something to show after that. */
export function attackScript(port: number, attacks: readonly BrowserAttack[] = ATTACKS): string {
  const at = `http://127.0.0.1:${port}/`;
  const tries = attacks.map(({ script }) => `try { ${script} } catch {}`).join("\n");
  return `onload = () => { const at = "${at}", port = ${port}; ${tries}
    setTimeout(() => show("<p>All tried.</p>"), 2000); };`;
}
