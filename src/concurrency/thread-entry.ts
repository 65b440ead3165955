/**
 * The file that a worker thread starts from: it stands beside its caller and has the caller's extension, since
 * a checkout runs TypeScript and the package compiled JavaScript, and no compiler rewrites a file name in a string.
 */
export function threadEntry(name: string, callerUrl: string): URL {
  const extension = callerUrl.endsWith(".ts") ? "ts" : "js";
  return new URL(`./${name}.${extension}`, callerUrl);
}
