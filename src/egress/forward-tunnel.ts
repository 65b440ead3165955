import type { Socket } from "node:net";
import type { BrowserProxyLimits } from "./browser-proxy.ts";
import type { AdmittedRequest } from "./serve-in-pass.ts";
import type { WayOut } from "./way-out.ts";

interface BrowserTunnel extends AdmittedRequest {
  readonly browser: Socket;
  /** What the browser sent before the tunnel stood. */
  readonly head: Buffer;
  readonly wayOut: WayOut;
  readonly limits: BrowserProxyLimits;
}

/** Opens the tunnel that the browser asks for. Resolves when it is closed again. */
export async function forwardTunnel(tunnel: BrowserTunnel): Promise<void> {
  const { url, pass, signal, browser, head, wayOut, limits } = tunnel;
  const target = await wayOut.tunnel({
    url,
    proxy: pass.visit.proxy,
    failedProxies: pass.failedProxies,
    connectTimeoutMs: limits.connectTimeoutMs,
    signal,
  });
  browser.setTimeout(limits.idleTimeoutMs, () => browser.destroy());
  target.on("data", ({ length }: Buffer) => pass.countBytes(length));
  browser.write("HTTP/1.1 200 Connection Established\r\n\r\n");
  if (head.length > 0) target.write(head);
  await join(browser, target);
}

/** Until one of both closes, which closes the other: resolves when the browser's side has. */
function join(browser: Socket, target: Socket): Promise<void> {
  return new Promise((resolve) => {
    const leave = () => {
      target.destroy();
      resolve();
    };
    // What has come from the host is still to be written.
    const finish = () => browser.destroySoon();
    browser.once("close", leave);
    target.once("close", finish);
    browser.pipe(target).pipe(browser);
    if (target.destroyed) finish();
    if (browser.destroyed) leave();
  });
}
