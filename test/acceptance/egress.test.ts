import assert from "node:assert/strict";
import { createServer, type Socket } from "node:net";
import { after, before, test } from "node:test";
import { type Api, createApi } from "../support/api.ts";
import { type Lab, networksOf, startLab } from "../support/lab.ts";
import { readPage, readValidation } from "../support/shapes.ts";
import { startQuern } from "../support/start-quern.ts";
import { startTcpServer } from "../support/tcp-server.ts";

// Only what is refused without a look-up, and never an address of anybody else: whatever a name's addresses
// show is tested beside the gate (src/egress), where the resolver is a table.

let lab: Lab;
before(async () => {
  lab = await startLab();
});
after(() => lab.stop());

/** Every spelling of an address that is not public. */
const NOT_PUBLIC = [
  ...["http://127.0.0.1/", "http://127.1/", "http://2130706433/", "http://0x7f000001/"],
  ...[
    "http://0177.0.0.1/",
    "http://127.0.0.1./",
    "http://１２７.０.０.１/",
    "http://127。0。0。1/",
  ],
  ...["http://%31%32%37.0.0.1/", "http://0/", "http://0.0.0.0/", "http://10.0.0.1/"],
  ...["http://172.16.0.1/", "http://192.168.1.1/", "http://169.254.169.254/latest/"],
  ...["http://100.64.0.1/", "http://192.0.0.8/", "http://192.0.2.1/", "http://198.18.0.1/"],
  ...["http://198.51.100.1/", "http://203.0.113.1/", "http://224.0.0.1/", "http://240.0.0.1/"],
  ...["http://255.255.255.255/", "http://[::]/", "http://[::1]/", "http://[fe80::1]/"],
  ...["http://[fc00::1]/", "http://[ff02::1]/", "http://[2001:db8::1]/", "http://[100::1]/"],
  ...["http://[::ffff:127.0.0.1]/", "http://[::ffff:a00:1]/", "http://[::127.0.0.1]/"],
  ...["http://[64:ff9b::7f00:1]/", "http://[64:ff9b::10.0.0.1]/", "http://[2002:7f00:1::]/"],
  ...["http://[2002:a00:1::1]/", "http://[2001:0:0:0:0:0:80ff:fffe]/", "http://[fec0::1]/"],
];

const BY_NAME = ["localhost", "LOCALHOST", "localhost.", "app.localhost", "a.b.localhost."];

test("addresses that are not public are refused at once in every spelling", async () => {
  await withQuern({}, async (api) => {
    for (const url of NOT_PUBLIC) {
      const { detail, error } = readValidation(await api.extract({ url }));
      assert.deepEqual(
        detail.map(({ loc }) => loc),
        [["body", "url"]],
        url,
      );
      assert.deepEqual(
        [error.code, error.details?.["reason"], error.retryable],
        ["INVALID_URL", "address_not_allowed", false],
        url,
      );
    }
  });
});

/** A server with settings of its own. */
async function withQuern(
  env: Readonly<Record<string, string>>,
  work: (api: Api) => Promise<void>,
): Promise<void> {
  const quern = await startQuern({ env });
  try {
    await work(createApi(quern));
  } finally {
    await quern.stop();
  }
}

test("localhost is refused by name, also on an allowed port", async () => {
  const { port } = new URL(lab.site.url);
  for (const name of BY_NAME) {
    const { error } = readValidation(await lab.api.extract({ url: `http://${name}:${port}/` }));
    assert.equal(error.details?.["reason"], "address_not_allowed", name);
  }
});

test("QUERN_ALLOW_NETWORKS lets through the named ports of a network and no other", async () => {
  readPage(await lab.api.extract({ url: `${lab.site.url}/article` }));
  const bystander = await startTcpServer(createServer());
  try {
    const { error } = readValidation(
      await lab.api.extract({ url: `http://127.0.0.1:${bystander.port}/` }),
    );
    assert.equal(error.code, "INVALID_URL");
    assert.equal(error.details?.["reason"], "port_not_allowed", "of an allowed network");
    assert.equal(bystander.sockets.size, 0);
  } finally {
    await bystander.stop();
  }
});

test("an allowed address is allowed in every spelling", async () => {
  const { port } = new URL(lab.site.url);
  for (const host of ["2130706433", "0x7f.1", "127.0.0.1.", "[::ffff:127.0.0.1]"]) {
    const answer = await lab.api.extract({ url: `http://${host}:${port}/article` });
    assert.equal(answer.status, 200, `${host}: ${answer.text}`);
  }
});

/** Some of the ports that the Fetch standard blocks. */
const BLOCKED_PORTS = [1, 22, 25, 110, 143, 465, 587, 993, 3659, 6000, 6667, 10080];

test("ports that the Fetch standard blocks are refused for public hosts", async () => {
  for (const port of BLOCKED_PORTS) {
    const url = `http://example.com:${port}/`;
    const { error } = readValidation(await lab.api.extract({ url }));
    assert.deepEqual(
      [error.code, error.details?.["reason"]],
      ["INVALID_URL", "port_not_allowed"],
      url,
    );
  }
});

test("QUERN_ALLOW_PORTS narrows the ports of public hosts, not those of allowed networks", async () => {
  const env = { QUERN_ALLOW_NETWORKS: networksOf(lab.site), QUERN_ALLOW_PORTS: "80,8000-8099" };
  const refused = ["https://8.8.8.8/", "http://8.8.8.8:8100/", "http://[2606:4700::1]:443/"];
  await withQuern(env, async (api) => {
    for (const url of refused) {
      const { error } = readValidation(await api.extract({ url }));
      assert.equal(error.details?.["reason"], "port_not_allowed", url);
    }
    readPage(await api.extract({ url: `${lab.site.url}/article` }));
  });
});

test("a refused request costs nothing and opens no connection", async () => {
  lab.site.reset();
  for (const url of NOT_PUBLIC.slice(0, 10)) {
    assert.equal(readValidation(await lab.api.extract({ url })).tokens_charged, 0);
  }
  assert.equal(lab.site.requests.length, 0);
});

test("what a host says before it is asked answers nothing, and 100 Continue is passed over", async () => {
  const answer = (word: string) => {
    const body = `<p>${word.repeat(40)}</p>`;
    return `HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
  };
  const connections: Socket[] = [];
  const host = await startTcpServer(
    createServer((socket) => {
      connections.push(socket);
      const page = `HTTP/1.1 100 Continue\r\n\r\n${answer(`page ${connections.length} `)}`;
      socket.on("data", () => socket.write(page));
    }),
  );
  try {
    await withQuern({ QUERN_ALLOW_NETWORKS: `127.0.0.1/32:${host.port}` }, async (api) => {
      const read = async () => {
        const url = `http://127.0.0.1:${host.port}/`;
        return readPage(await api.extract({ url, formats: ["text"] })).data.text ?? "";
      };
      assert.match(await read(), /^page 1/);
      assert.match(await read(), /^page 1/, "the connection is kept");
      connections[0]?.write(answer("evil "));
      assert.match(await read(), /^page 2/);
      assert.equal(host.sockets.size, 1);
    });
  } finally {
    await host.stop();
  }
});
