/** A bot or an endpoint under load, in a process of its own, and what the system says of it. */
import { type ChildProcess, fork, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { FromDiscord, HttpOrder, HttpResult, ToDiscord } from "./messages.ts";

const ROOT = join(import.meta.dirname, "../..");

/** Built to plain JavaScript, so that nobody pays for a compiler. */
const PROGRAMS = {
  wayout: join(ROOT, "dist/src/main.js"),
  "bare bot": join(ROOT, "dist/bench/load/bare-bot.js"),
  "bare endpoint": join(ROOT, "dist/bench/load/bare-endpoint.js"),
} as const;

export type ProgramName = keyof typeof PROGRAMS;

export interface Contender {
  readonly pid: number;
  readonly startedAt: number;
  /** Resident memory, in MiB. */
  memory(): number;
  /** Processor time so far, in seconds. */
  processorTime(): number;
  stop(): Promise<void>;
}

// USER_HZ, which is 100 on every Linux that Node runs on.
const TICKS_A_SECOND = 100;

export function startContender(program: ProgramName, environment: Readonly<Record<string, string>>): Contender {
  const { PATH = "" } = process.env;
  const startedAt = Date.now();
  const child = spawn(process.execPath, [PROGRAMS[program]], {
    cwd: ROOT,
    env: { PATH, LOG_LEVEL: "error", ...environment },
    stdio: ["ignore", "ignore", "inherit"],
  });
  const { pid } = child;
  if (pid === undefined) throw new Error(`${program} could not be started`);
  return {
    pid,
    startedAt,
    memory: () => Number(/^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]) / 1024,
    processorTime: () => processorTimeOf(pid),
    stop: () => end(child),
  };
}

/** Processor time of a process so far, in seconds. */
function processorTimeOf(pid: number | undefined): number {
  // The name, in brackets, may hold spaces. Fields 14 and 15 are the time in the program and in the system.
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]?.split(" ") ?? [];
  return (Number(fields[11]) + Number(fields[12])) / TICKS_A_SECOND;
}

export interface Discord {
  readonly token: string;
  readonly apiUrl: string;
  /** Processor time so far, in seconds. */
  processorTime(): number;
  /** Waits until the bot got READY; when that was (Unix ms). */
  ready(): Promise<number>;
  load(order: ToDiscord): Promise<FromDiscord & { type: "done" }>;
  stop(): Promise<void>;
}

export async function startDiscord(guilds: number): Promise<Discord> {
  const child = fork(join(import.meta.dirname, "discord.ts"), [String(guilds)], { execArgv: ["--import", "tsx"] });
  const ready = next<FromDiscord, "ready">(child, "ready");
  const { token, apiUrl } = await next<FromDiscord, "listening">(child, "listening");
  return {
    token,
    apiUrl,
    processorTime: () => processorTimeOf(child.pid),
    ready: async () => (await ready).at,
    async load(order) {
      const done = next<FromDiscord, "done">(child, "done");
      child.send(order);
      return await done;
    },
    stop: () => end(child),
  };
}

export interface HttpClient {
  readonly publicKey: string;
  load(order: HttpOrder): Promise<HttpResult>;
  stop(): Promise<void>;
}

export async function startHttpClient(): Promise<HttpClient> {
  const child = fork(join(import.meta.dirname, "http.ts"), { execArgv: ["--import", "tsx"] });
  const { publicKey } = await next<{ type: "key"; publicKey: string }, "key">(child, "key");
  return {
    publicKey,
    async load(order) {
      const done = next<HttpResult, "done">(child, "done");
      child.send(order);
      return await done;
    },
    stop: () => end(child),
  };
}

/** The next message of this type. */
function next<Message extends { readonly type: string }, Type extends Message["type"]>(
  child: ChildProcess,
  type: Type,
): Promise<Message & { type: Type }> {
  return new Promise((resolve, reject) => {
    const onExit = (code: number | null) => reject(new Error(`a process of the bench ended with ${code}`));
    const onMessage = (message: Message): void => {
      if (message.type !== type) return;
      child.off("message", onMessage);
      child.off("exit", onExit);
      resolve(message as Message & { type: Type });
    };
    child.on("message", onMessage);
    child.once("exit", onExit);
  });
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGKILL");
  await gone;
}
