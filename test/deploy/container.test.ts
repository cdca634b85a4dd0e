/** The Dockerfile and compose.yaml, as far as they can be checked without an engine. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { validate } from "dockerfile-utils";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";

const root = join(import.meta.dirname, "../..");
const read = (name: string): string => readFileSync(join(root, name), "utf8");
const dockerfile = read("Dockerfile");
const lastStage = dockerfile.slice(dockerfile.lastIndexOf("\nFROM "));
const allowed = read(".dockerignore")
  .split("\n")
  .filter((line) => line.startsWith("!"))
  .map((line) => line.slice(1));

/** What each instruction of this name is given, in order. */
function instructions(name: string, text: string): string[] {
  const joined = text.replace(/\\\n\s*/g, "");
  return joined.split("\n").flatMap((line) => (line.startsWith(`${name} `) ? [line.slice(name.length + 1)] : []));
}

describe("Dockerfile", () => {
  it("is one that Docker's builder takes", () => {
    expect(validate(dockerfile)).toEqual([]);
  });

  it("runs no package's install scripts", () => {
    const installs = instructions("RUN", dockerfile).filter((command) => command.startsWith("npm ci"));
    expect(installs).toHaveLength(2);
    for (const command of installs) expect(command).toContain("--ignore-scripts");
    expect(installs.at(-1)).toContain("--omit=dev --omit=optional");
  });

  it("copies only what is there and what the build may see", () => {
    const copies = instructions("COPY", dockerfile).filter((copy) => !copy.startsWith("--from="));
    for (const source of copies.flatMap((copy) => copy.split(" ").slice(0, -1))) {
      expect(existsSync(join(root, source)), source).toBe(true);
      expect(allowed, source).toContain(source);
    }
    expect(read(".dockerignore").split("\n")).toContain("*");
    expect(allowed.some((path) => path.startsWith(".env"))).toBe(false);
  });

  it("ends as a user that is not root", () => {
    expect(instructions("USER", lastStage)).toEqual(["1000:1000"]);
  });

  it("starts what the build makes, without a shell in between", () => {
    const [command] = instructions("CMD", lastStage);
    const [program, ...rest] = JSON.parse(command ?? "");
    expect(program).toBe("node");
    expect(rest.at(-1)).toBe("dist/src/main.js");
    expect(JSON.parse(read("package.json")).scripts["start:built"]).toContain("dist/src/main.js");
  });

  it("asks for health where it is served", () => {
    const [check = ""] = instructions("HEALTHCHECK", lastStage);
    const command = JSON.parse(check.slice(check.indexOf("CMD ") + 4));
    expect(command.slice(0, 2)).toEqual(["node", "--eval"]);
    // biome-ignore lint/suspicious/noTemplateCurlyInString: it is what stands in the file.
    expect(command[2]).toContain("http://127.0.0.1:${process.env.METRICS_PORT}/healthz");
    expect(instructions("ENV", lastStage)).toEqual(["NODE_ENV=production PORT=3000 METRICS_PORT=9464"]);
    expect(instructions("EXPOSE", lastStage)).toEqual(["3000 9464"]);
  });
});

describe("compose.yaml", () => {
  const { services } = parse(read("compose.yaml"));

  it("gives the process no right it does not need", () => {
    expect(services.wayout).toMatchObject({
      read_only: true,
      cap_drop: ["ALL"],
      security_opt: ["no-new-privileges:true"],
      init: true,
    });
    expect(services.wayout).not.toHaveProperty("volumes");
    expect(services.wayout).not.toHaveProperty("privileged");
  });

  it("offers the endpoint to this machine alone, and the metrics to nobody", () => {
    expect(services.wayout.ports).toEqual(["127.0.0.1:3000:3000"]);
    expect(services.wayout.environment).toEqual({ PORT: "3000", METRICS_PORT: "9464" });
  });
});
