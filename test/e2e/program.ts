/** The program as an operator starts it, in a process of its own, and what it logs. For end-to-end tests. */
import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { until } from "./running-bot.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

export interface LogLine {
  readonly level: number;
  readonly msg: string;
  readonly [field: string]: unknown;
}

export interface Program {
  readonly child: ChildProcessWithoutNullStreams;
  /** What it has written to standard error, as lines. */
  lines(): string[];
  /** The lines of its log with this message. */
  logged(message: string): LogLine[];
  /** Waits until so many lines with this message are in the log. */
  untilLogged(message: string, count?: number): Promise<LogLine>;
  /** The exit code, once it has ended. */
  readonly ended: Promise<number | null>;
  /** Ends it at once, where it has not ended by itself. */
  stop(): Promise<void>;
}

export function startProgram(environment: Readonly<Record<string, string>>, execArgv: readonly string[] = []): Program {
  const { PATH = "" } = process.env;
  const child = spawn(process.execPath, [...execArgv, "--import", "tsx", join(ROOT, "src/main.ts")], {
    cwd: ROOT,
    env: { PATH, HOST: "127.0.0.1", ...environment },
  });
  let errors = "";
  child.stdout.resume();
  child.stderr.on("data", (chunk: Buffer) => {
    errors += chunk.toString();
  });
  const ended = new Promise<number | null>((resolve) => child.on("close", (code) => resolve(code)));
  const lines = (): string[] => errors.split("\n").filter((line) => line !== "");
  const logged = (message: string): LogLine[] =>
    lines().flatMap((line) => {
      const entry = line.startsWith("{") ? (JSON.parse(line) as LogLine) : undefined;
      return entry?.msg.startsWith(message) ? [entry] : [];
    });
  return {
    child,
    lines,
    logged,
    untilLogged: (message, count = 1) => until(() => logged(message)[count - 1]),
    ended,
    async stop() {
      child.kill("SIGKILL");
      await ended;
    },
  };
}
