import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { type Lab, startLab } from "../support/lab.ts";
import { readFailure, readPage } from "../support/shapes.ts";

let lab: Lab;
before(async () => {
  lab = await startLab({ QUERN_MAX_PAGE_BYTES: "4 MiB" });
});
after(() => lab.stop());

const READABLE = [
  ...["identity", "gzip", "x-gzip", "deflate", "br", "zstd"].map((name) => `/encoding/${name}`),
  ...["deflate-raw", "layers?count=3", "trailing"].map((name) => `/encoding-odd/${name}`),
];

test("every packing is opened, up to 3 layers", async () => {
  for (const path of READABLE) {
    const body = { url: lab.site.url + path, formats: ["markdown"] };
    const { data } = readPage(await lab.api.extract(body));
    assert.match(data.markdown ?? "", /Packed on the way/, path);
  }
});

const UNREADABLE = ["layers?count=4", "unknown", "lie", "cut", "damaged"];

test("more layers, unknown and broken packings are NETWORK_ERROR decode", async () => {
  await Promise.all(
    UNREADABLE.map(async (name) => {
      const url = `${lab.site.url}/encoding-odd/${name}`;
      const { error } = readFailure(await lab.api.extract({ url, timeout: 5000 }));
      assert.deepEqual([error.code, error.details?.["reason"]], ["NETWORK_ERROR", "decode"], name);
    }),
  );
});

test("a few bytes that unpack to more than QUERN_MAX_PAGE_BYTES are too_large", async () => {
  for (const name of ["gzip", "deflate", "br", "zstd"]) {
    const { error } = readFailure(await lab.api.extract({ url: `${lab.site.url}/bomb/${name}` }));
    assert.deepEqual(
      [error.code, error.details?.["reason"]],
      ["UNPROCESSABLE_CONTENT", "too_large"],
      name,
    );
    assert.equal(error.retryable, false);
  }
});

test("a page below the limit is read, the limit is of the unpacked bytes", async () => {
  const { metadata } = readPage(
    await lab.api.extract({ url: `${lab.site.url}/bomb/gzip?mib=3`, formats: ["html"] }),
  );
  assert.equal(metadata.response.bytes, 3 * 1024 * 1024);
});
