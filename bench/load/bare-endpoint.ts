/** The least that answers interactions over HTTP, with the same signature check: the measure for Wayout's endpoint. */
import { createPublicKey, verify } from "node:crypto";
import { createServer } from "node:http";

const { DISCORD_PUBLIC_KEY = "", PORT } = process.env;

const x = Buffer.from(DISCORD_PUBLIC_KEY, "hex").toString("base64url");
const key = createPublicKey({ format: "jwk", key: { kty: "OKP", crv: "Ed25519", x } });
const ANSWER = JSON.stringify({ type: 4, data: { content: "Open Settings, and choose Delete account.", flags: 64 } });

createServer((request, response) => {
  const chunks: Buffer[] = [Buffer.from(String(request.headers["x-signature-timestamp"]))];
  request.on("data", (chunk: Buffer) => chunks.push(chunk));
  request.on("end", () => {
    const signature = Buffer.from(String(request.headers["x-signature-ed25519"]), "hex");
    verify(null, Buffer.concat(chunks), key, signature, (error, isSigned) => {
      const isRight = error === null && isSigned;
      response.writeHead(isRight ? 200 : 401, { "content-type": "application/json" }).end(isRight ? ANSWER : "");
    });
  });
}).listen(Number(PORT), "127.0.0.1");
