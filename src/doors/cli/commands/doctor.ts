import type { DoctorFinding } from "../../../contract/doctor-finding.ts";
import { StartError } from "../../../contract/start-error.ts";
import type { Command, CommandContext } from "../command.ts";
import { writeLine } from "../terminal.ts";
import { UsageError } from "../usage-error.ts";

export const doctor: Command = {
  name: "doctor",
  usage: ["doctor"],
  summary: "Checks settings, database, browser, egress and disk, and says what to do",
  flags: {},
  async run(context) {
    const [unwanted] = context.positionals;
    if (unwanted !== undefined) throw new UsageError(`doctor takes no argument "${unwanted}"`);
    const findings = await examine(context);
    for (const finding of findings) await writeLine(context.terminal.stdout, describe(finding));
    return findings.some(({ status }) => status === "failed") ? 1 : 0;
  },
};

/** Bad settings are a finding here, and nothing else can be looked at without them. */
async function examine({ loadConfig }: CommandContext): Promise<DoctorFinding[]> {
  try {
    const config = await loadConfig();
    const { runDoctor } = await import("../../../app.ts");
    const settings: DoctorFinding = { subject: "settings", status: "ok", message: "all valid" };
    return [settings, ...(await runDoctor(config))];
  } catch (error) {
    if (!(error instanceof StartError)) throw error;
    const hint = "See .env.example, or quern help serve.";
    return [{ subject: "settings", status: "failed", message: error.message, hint }];
  }
}

const SIGNS: Readonly<Record<DoctorFinding["status"], string>> = {
  ok: "ok",
  failed: "FAILED",
  skipped: "-",
};

function describe({ subject, status, message, hint }: DoctorFinding): string {
  const line = `${SIGNS[status].padEnd(8)}${subject.padEnd(10)}${message}`;
  return hint === undefined ? line : `${line}\n${" ".repeat(18)}${hint}`;
}
