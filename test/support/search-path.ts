/** Where programs are: the one thing that tests take from their own environment. */
export function searchPath(): string {
  // biome-ignore lint/style/noProcessEnv: npm, curl and script are wherever this machine has them
  return process.env["PATH"] ?? "";
}
