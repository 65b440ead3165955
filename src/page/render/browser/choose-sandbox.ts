import { readFileSync } from "node:fs";

export type SandboxSetting = "auto" | "on" | "off";

export interface Sandbox {
  readonly isOn: boolean;
  /** Why it is off although nobody asked for that, and what to change. */
  readonly warning: string | null;
}

interface KernelRule {
  readonly file: string;
  readonly forbids: (value: string) => boolean;
  readonly warning: string;
}

/** Chromium needs user namespaces for it. */
const KERNEL_RULES: readonly KernelRule[] = [
  {
    file: "/proc/sys/user/max_user_namespaces",
    forbids: (value) => value === "0",
    warning: "user.max_user_namespaces is 0: set it to 10000 or more",
  },
  {
    file: "/proc/sys/kernel/unprivileged_userns_clone",
    forbids: (value) => value === "0",
    warning: "kernel.unprivileged_userns_clone is 0: set it to 1",
  },
  {
    file: "/proc/sys/kernel/apparmor_restrict_unprivileged_userns",
    forbids: (value) => value === "1",
    warning:
      "kernel.apparmor_restrict_unprivileged_userns is 1: set it to 0, or give the browser an AppArmor profile that allows userns",
  },
];

/** On, unless it can't be. */
export function chooseSandbox(setting: SandboxSetting): Sandbox {
  if (setting !== "auto") return { isOn: setting === "on", warning: null };
  const obstacle = findObstacle();
  if (obstacle === null) return { isOn: true, warning: null };
  return {
    isOn: false,
    warning: `Chromium runs without its sandbox, since ${obstacle}. QUERN_BROWSER_SANDBOX=off accepts that.`,
  };
}

function findObstacle(): string | null {
  if (process.getuid?.() === 0) {
    return "Quern runs as root, which Chromium's sandbox does not allow: run it as another user";
  }
  return KERNEL_RULES.find(({ file, forbids }) => forbids(readValue(file)))?.warning ?? null;
}

function readValue(file: string): string {
  try {
    return readFileSync(file, "utf8").trim();
  } catch {
    // Not a switch of this kernel.
    return "";
  }
}
