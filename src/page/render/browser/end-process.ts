/** Ends a process and all that it started, at once; nothing happens where they are gone. */
export function endGroup(leader: number): void {
  endProcess(-leader);
}

/** Ends a process at once; nothing happens where it is gone. */
export function endProcess(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch (error) {
    const isGone = error instanceof Error && "code" in error && error.code === "ESRCH";
    if (!isGone) throw error;
  }
}
