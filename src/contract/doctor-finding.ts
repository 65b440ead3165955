/** What `quern doctor` says about one thing that the server needs. */
export interface DoctorFinding {
  readonly subject: "settings" | "database" | "browser" | "egress" | "disk";
  readonly status: "ok" | "failed" | "skipped";
  readonly message: string;
  /** What to do about it. */
  readonly hint?: string;
}
