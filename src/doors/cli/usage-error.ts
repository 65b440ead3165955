/** The command line says something that no command understands; exit status 2. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}
