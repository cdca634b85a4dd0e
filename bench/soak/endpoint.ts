/** Discord's requests to the HTTP endpoint, among requests that are cut off, wrongly signed, broken or slow. */
import { connect } from "node:net";
import { command, createSigner, type Signer } from "../../test/transports/signed-requests.ts";
import type { Choices } from "./choices.ts";

/** What Discord takes as an answer: https://docs.discord.com/developers/interactions/receiving-and-responding */
const ANSWER_TYPES: readonly unknown[] = [1, 4, 7, 8];
const DEADLINE_MS = 3_000;

export interface EndpointTally {
  readonly asked: number;
  /** Well-formed requests that got what Discord takes, in time. */
  readonly answered: number;
  /** Bad requests that were refused with the status they deserve, or whose connection was closed. */
  readonly refused: number;
  readonly bad: number;
  /** What else happened: failures. */
  readonly failures: readonly string[];
}

export interface EndpointTraffic {
  readonly publicKey: string;
  /** One request of Discord's, or of somebody else's. */
  send(): Promise<void>;
  tally(): EndpointTally;
}

export function createEndpointTraffic(port: () => number, random: Choices): EndpointTraffic {
  const signer: Signer = createSigner();
  let [asked, answered, bad, refused] = [0, 0, 0, 0];
  const failures: string[] = [];
  const url = () => `http://127.0.0.1:${port()}/interactions`;

  const bodies = [
    () => command("delete-steps", { service: "tiktok" }),
    () => command("ask", { question: "how do i delete my tiktok account" }),
    () => command("services", {}),
    () => changed(command("delete-steps", {}), { type: 4, data: typing }),
    () => changed(command("delete-steps", {}), { type: 3, data: { custom_id: "unknown", component_type: 2 } }),
    () => changed(command("delete-steps", {}), { type: 5, data: { custom_id: "unknown", components: [] } }),
  ];

  const ask = async (): Promise<void> => {
    asked += 1;
    const body = random.pick(bodies)();
    try {
      const signal = AbortSignal.timeout(DEADLINE_MS);
      const response = await fetch(url(), { method: "POST", body, headers: signer.headers(body), signal });
      const { type } = (await response.json()) as { type?: unknown };
      if (response.status === 200 && ANSWER_TYPES.includes(type)) answered += 1;
      else failures.push(`status ${response.status}, type ${String(type)}`);
    } catch (error) {
      failures.push(`no answer in time: ${String(error)}`);
    }
  };

  const expectStatus = async (status: number, body: string, headers: Record<string, string>): Promise<void> => {
    bad += 1;
    const response = await fetch(url(), { method: "POST", body, headers });
    await response.text();
    if (response.status === status) refused += 1;
    else failures.push(`${response.status} instead of ${status}`);
  };
  /** A request that breaks off after so many bytes. */
  const breakOff = (share: number): Promise<void> => {
    bad += 1;
    const body = command("delete-steps", { service: "tiktok" });
    const headers = Object.entries({ ...signer.headers(body), host: "x", "content-length": String(body.length) });
    const text = `POST /interactions HTTP/1.1\r\n${headers.map(([name, value]) => `${name}: ${value}\r\n`).join("")}\r\n${body}`;
    return new Promise((resolve) => {
      const socket = connect(port(), "127.0.0.1", () => {
        socket.write(text.slice(0, text.length * share), () => socket.resetAndDestroy());
      });
      socket.on("error", () => {});
      socket.on("close", () => {
        refused += 1;
        resolve();
      });
    });
  };
  const other = createSigner();
  const nonsense = [
    () => expectStatus(401, "{}", other.headers("{}")),
    () => expectStatus(401, "{}", {}),
    () => expectStatus(400, "{", signer.headers("{")),
    () => expectStatus(400, '{"type":99}', signer.headers('{"type":99}')),
    () => expectStatus(401, "{}", signer.headers("{}", Math.floor(Date.now() / 1000) - 3_600)),
    () => breakOff(random.next()),
  ];

  return {
    publicKey: signer.publicKey,
    send: () => (random.next() < 0.7 ? ask() : random.pick(nonsense)()),
    tally: () => ({ asked, answered, bad, refused, failures }),
  };
}

const typing = {
  id: "866818195033292851",
  name: "delete-steps",
  type: 1,
  options: [{ name: "service", type: 3, value: "inst", focused: true }],
};

function changed(body: string, change: object): string {
  return JSON.stringify({ ...(JSON.parse(body) as object), ...change });
}
