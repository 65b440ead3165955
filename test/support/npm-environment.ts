/** Everything but our own settings: how npm reaches its registry is said in many variables. */
export function npmEnvironment(): Record<string, string | undefined> {
  // biome-ignore lint/style/noProcessEnv: npm is set up wherever this machine has it
  const entries = Object.entries(process.env);
  return Object.fromEntries(entries.filter(([name]) => !name.startsWith("QUERN_")));
}
