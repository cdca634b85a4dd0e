/** Whatever is sent, the local Discord answers or hangs up; it never fails. */
import { once } from "node:events";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { WebSocket } from "ws";
import { type LocalDiscord, startLocalDiscord } from "../../src/local/server.ts";
import { type Request, restClient } from "./support/rest-client.ts";

let local: LocalDiscord;
let request: Request;
const warnings: string[] = [];
const onWarning = (warning: Error): void => void warnings.push(String(warning.stack));
beforeAll(async () => {
  process.on("warning", onWarning);
  local = await startLocalDiscord({ port: 0, rateLimits: false });
  request = restClient(local);
});
afterAll(async () => {
  await local.close();
  process.off("warning", onWarning);
});

/** Bodies that look like Discord's, with anything in the place of anything. */
const { body } = fc.letrec<{ body: unknown; component: unknown; any: unknown }>((tie) => ({
  any: fc.oneof(
    { maxDepth: 2 },
    fc.jsonValue({ maxDepth: 1 }),
    fc.constantFrom("", "x".repeat(5000), -1, 1 << 15, 64, "__proto__", "<@1>", "attachment://x", [], {}),
    tie("component"),
  ),
  component: fc.record(
    {
      type: fc.oneof(fc.integer({ min: 0, max: 18 }), tie("any")),
      components: fc.oneof({ maxDepth: 2 }, fc.constant([]), fc.array(tie("component"), { maxLength: 3 }), tie("any")),
      accessory: tie("any"),
      content: tie("any"),
      custom_id: tie("any"),
      style: fc.oneof(fc.integer({ min: 0, max: 7 }), tie("any")),
      options: tie("any"),
      id: tie("any"),
    },
    { requiredKeys: [] },
  ),
  body: fc.oneof(
    tie("any"),
    fc.record(
      {
        content: tie("any"),
        flags: fc.oneof(fc.constant(1 << 15), tie("any")),
        components: fc.oneof(fc.array(tie("component"), { maxLength: 3 }), tie("any")),
        embeds: tie("any"),
        allowed_mentions: tie("any"),
        message_reference: tie("any"),
        attachments: tie("any"),
        name: tie("any"),
        description: tie("any"),
        type: tie("any"),
        data: tie("any"),
        nonce: tie("any"),
      },
      { requiredKeys: [] },
    ),
  ),
}));

describe("the REST API", () => {
  it("answers any body with success or a fault of the sender's", async () => {
    const { id } = JSON.parse(
      JSON.stringify((await request("POST", `/channels/${local.directChannelId}/messages`, { content: "x" })).body),
    );
    const routes: [string, string][] = [
      ["POST", `/channels/${local.directChannelId}/messages`],
      ["PATCH", `/channels/${local.directChannelId}/messages/${id}`],
      ["PUT", `/applications/${local.applicationId}/commands`],
      ["POST", `/applications/${local.applicationId}/commands`],
      ["POST", "/users/@me/channels"],
      ["POST", "/interactions/1/x/callback"],
    ];
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...routes), body, async ([method, path], sent) => {
        const { status } = await request(method, path, sent);
        expect([200, 201, 204, 400, 404]).toContain(status);
      }),
      { numRuns: 200 },
    );
    expect(warnings).toEqual([]);
  }, 30_000);

  it("answers any path", async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom("GET", "POST", "DELETE"), fc.webPath(), async (method, path) => {
        const { status } = await fetch(`${local.apiUrl}${path}`, { method });
        expect(status).toBeLessThan(500);
      }),
      { numRuns: 60 },
    );
  }, 30_000);
});

describe.each(["/gateway", "/client"])("the line at %s", (path) => {
  it("survives any frame", async () => {
    const address = `${local.url.replace("http", "ws")}${path}`;
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          fc.string(),
          fc.json(),
          fc
            .record({ op: fc.integer({ min: 0, max: 12 }), d: fc.jsonValue(), type: fc.string() })
            .map((frame) => JSON.stringify(frame)),
          fc.uint8Array(),
        ),
        async (frame) => {
          const socket = new WebSocket(address);
          await once(socket, "open");
          socket.send(frame);
          socket.close();
          await once(socket, "close");
        },
      ),
      { numRuns: 60 },
    );
    expect((await request("GET", "/users/@me")).status).toBe(200);
    expect(warnings).toEqual([]);
  }, 30_000);
});
