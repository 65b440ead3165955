import { parseArgs } from "node:util";
import { startSite } from "./site.ts";

const { values } = parseArgs({ options: { port: { type: "string", default: "8000" } } });
const site = await startSite({ port: Number(values.port) });
process.stdout.write(
  `The hostile website is on ${site.url}/, ${site.otherUrl}/ and ${site.httpsUrl}/\n`,
);
for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.once(signal, () => void site.stop());
}
