import type { Socket } from "node:net";

interface TunnelEnds {
  readonly browser: Socket;
  /** What the browser sent before the tunnel stood. */
  readonly head: Buffer;
  readonly target: Socket;
  readonly onBytes: (count: number) => void;
}

/** Joins both ends until one of them closes: resolves when both have. */
export function forwardTunnel({ browser, head, target, onBytes }: TunnelEnds): Promise<void> {
  return new Promise((resolve) => {
    browser.on("close", () => target.destroy());
    target.on("close", () => {
      // What has come is still to be written, unless the browser has gone.
      browser.destroySoon();
      if (browser.destroyed) resolve();
      else browser.once("close", () => resolve());
    });
    target.on("data", ({ length }: Buffer) => onBytes(length));
    browser.write("HTTP/1.1 200 Connection Established\r\n\r\n");
    if (head.length > 0) target.write(head);
    browser.pipe(target).pipe(browser);
    if (browser.destroyed) target.destroy();
  });
}
