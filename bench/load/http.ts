/** Discord's side of the HTTP endpoint, in a process of its own: signs interactions, and posts them. */
import { Agent, request } from "node:http";
import { command, createSigner, type Signer } from "../../test/transports/signed-requests.ts";
import type { HttpOrder, HttpResult } from "./messages.ts";

const signer = createSigner();

interface Signed {
  readonly body: string;
  readonly headers: ReturnType<Signer["headers"]>;
}

/** What people do, in turns, signed beforehand so that signing is not measured. */
function sign(count: number): Signed[] {
  const bodies = [
    command("delete-steps", { service: "tiktok" }),
    command("before-you-delete", { service: "instagram" }),
    command("privacy-options", { service: "discord" }),
    command("ask", { question: "how do i delete my tiktok account without my phone number" }),
  ].map((body) => ({ body, headers: signer.headers(body) }));
  return Array.from({ length: count }, (_, index) => bodies[index % bodies.length]).flatMap((each) => each ?? []);
}

function post(agent: Agent, port: number, { body, headers }: Signed): Promise<boolean> {
  return new Promise((resolve) => {
    const options = { agent, host: "127.0.0.1", port, path: "/interactions", method: "POST", headers };
    const sent = request(options, (response) => {
      response.resume();
      response.on("end", () => resolve(response.statusCode === 200));
    });
    sent.on("error", () => resolve(false));
    sent.end(body);
  });
}

async function load({ port, count, atOnce }: HttpOrder): Promise<HttpResult> {
  const agent = new Agent({ keepAlive: true, maxSockets: atOnce });
  const requests = sign(count);
  let failures = 0;
  const start = performance.now();
  const worker = async (): Promise<void> => {
    for (let next = requests.pop(); next; next = requests.pop()) if (!(await post(agent, port, next))) failures += 1;
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  const seconds = (performance.now() - start) / 1000;
  agent.destroy();
  return { type: "done", seconds, failures };
}

process.on("message", (order: HttpOrder) => void load(order).then((result) => process.send?.(result)));
process.send?.({ type: "key", publicKey: signer.publicKey });
