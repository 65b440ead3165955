/**
 * Runs in every frame before its page's own scripts: takes away what would speak past the proxy, outlive the page or
 * wait for somebody to click. Self-contained, since its text is what is sent.
 */
export function quietPage(): void {
  const gone = ["RTCPeerConnection", "webkitRTCPeerConnection", "RTCDataChannel", "WebTransport"];
  for (const name of gone) Reflect.deleteProperty(globalThis, name);
  const container = globalThis.navigator?.serviceWorker;
  if (container === undefined) return;
  const refuse = () => Promise.reject(new DOMException("Not supported", "NotSupportedError"));
  Object.defineProperty(Object.getPrototypeOf(container), "register", { value: refuse });
}
