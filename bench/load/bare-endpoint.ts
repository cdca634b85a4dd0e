/** The least that answers interactions over HTTP, with the same signature check: the measure for Wayout's endpoint. */
import { createServer } from "node:http";
import { verifyKey } from "discord-interactions";

const { DISCORD_PUBLIC_KEY, PORT } = process.env;

const key = await crypto.subtle.importKey(
  "raw",
  Buffer.from(DISCORD_PUBLIC_KEY ?? "", "hex"),
  { name: "Ed25519" },
  false,
  ["verify"],
);
const ANSWER = JSON.stringify({ type: 4, data: { content: "Open Settings, and choose Delete account.", flags: 64 } });

createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on("data", (chunk: Buffer) => chunks.push(chunk));
  request.on("end", async () => {
    const signature = String(request.headers["x-signature-ed25519"]);
    const timestamp = String(request.headers["x-signature-timestamp"]);
    const isSigned = await verifyKey(Buffer.concat(chunks), signature, timestamp, key);
    response.writeHead(isSigned ? 200 : 401, { "content-type": "application/json" }).end(isSigned ? ANSWER : "");
  });
}).listen(Number(PORT), "127.0.0.1");
