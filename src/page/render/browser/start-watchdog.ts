import { type ChildProcess, spawn } from "node:child_process";

interface Watched {
  /** Leader of the browser's process group. */
  readonly pid: number;
  readonly folder: string;
}

/**
 * A shell that ends the browser and removes its folder when this program is gone, however that ended: its standard
 * input closes then, for whatever reason. A browser that still listens ends by itself when its own pipe closes; it is
 * given a second for that.
 */
export function startWatchdog({ pid, folder }: Watched): ChildProcess {
  const script = 'read -r _; sleep 1; kill -9 -"$1" 2>/dev/null; sleep 0.2; rm -rf -- "$2"';
  const watchdog = spawn("/bin/sh", ["-c", script, "quern-watchdog", String(pid), folder], {
    stdio: ["pipe", "ignore", "ignore"],
    // A group of its own: what a terminal sends to this program's group is not for it.
    detached: true,
  });
  watchdog.unref();
  return watchdog;
}
