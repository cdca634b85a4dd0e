/**
 * `npm run soak`: ten minutes of Discord's bad days on this machine alone, and what became of what was asked.
 *
 *     npm run soak
 *     npm run soak -- --seconds 60 --seed 7 --rate 20 --json
 *
 * The exit code is 1 where anything was missed or answered twice, where a process died, threw what nobody caught or grew.
 */
import { parseArgs } from "node:util";
import { type SoakResult, soak } from "./soak/run.ts";
import { readOptions, readWhole } from "./usage.ts";

const { json, ...options } = readOptions("soak", () => {
  const { values } = parseArgs({
    options: {
      seconds: { type: "string", default: "600" },
      seed: { type: "string", default: String(Date.now() % 100_000) },
      rate: { type: "string", default: "20" },
      json: { type: "boolean", default: false },
    },
  });
  return {
    json: values.json,
    seconds: readWhole("--seconds", values.seconds, 10, 7 * 24 * 3_600),
    seed: readWhole("--seed", values.seed, 0, 2 ** 32 - 1),
    perSecond: readWhole("--rate", values.rate, 1, 200),
  };
});
process.stderr.write(`seed ${options.seed}\n`);
const result = await soak({ ...options, onProgress: (line) => process.stderr.write(`${line}\n`) });
process.stdout.write(json ? `${JSON.stringify(result)}\n` : report(result));
process.exitCode = result.faults.length === 0 ? 0 : 1;

function report({
  seed,
  seconds,
  gateway,
  endpoint,
  troubles,
  memory,
  caughtForDiscordJs,
  faults,
}: SoakResult): string {
  const columns = (name: string, ...cells: (string | number)[]) =>
    name.padEnd(18) + cells.map((cell) => String(cell).padStart(14)).join("");
  return [
    `seed ${seed}, ${seconds} s`,
    "",
    columns("gateway", "asked", "answered once", "not reached", "told to wait", "stalled", "failures"),
    ...Object.entries(gateway).map(([kind, { asked, answered, notReached, toldToWait, stalled, failures }]) =>
      columns(kind, asked, answered, notReached, toldToWait, stalled, failures.length),
    ),
    "",
    columns("endpoint", "asked", "answered", "bad", "refused", "failures"),
    columns("", endpoint.asked, endpoint.answered, endpoint.bad, endpoint.refused, endpoint.failures.length),
    "",
    `troubles: ${Object.entries(troubles)
      .map(([name, count]) => `${count} × ${name}`)
      .join(", ")}`,
    `errors of discord.js's that nobody else would have caught: ${caughtForDiscordJs}`,
    "",
    ...Object.entries(memory).flatMap(([name, samples]) => [
      `${name}, heap after garbage collection, MiB: ${samples.map(({ heap }) => heap.toFixed(1)).join(" ")}`,
      `${name}, resident, MiB: ${samples.map(({ resident }) => resident.toFixed(0)).join(" ")}`,
    ]),
    "",
    faults.length === 0 ? "Borne." : `NOT borne:\n${faults.slice(0, 50).join("\n")}`,
    "",
  ].join("\n");
}
