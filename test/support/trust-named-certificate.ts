import type { TestContext } from "node:test";
import { getCACertificates, setDefaultCACertificates } from "node:tls";
import { NAMED_CERTIFICATE } from "./self-signed-files.ts";

/** Until the test is over, secure.test and proxy.test can prove who they are. */
export function trustNamedCertificate(t: TestContext): void {
  const before = getCACertificates("default");
  setDefaultCACertificates([...before, NAMED_CERTIFICATE.cert]);
  t.after(() => setDefaultCACertificates(before));
}
