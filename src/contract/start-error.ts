/** The program can't start, or a command can't begin, as things are set up. The message is for the operator; exit status 2. */
export class StartError extends Error {
  override readonly name = "StartError";
}
