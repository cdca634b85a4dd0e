/** A real Chromium, the one that is installed: found by path, never downloaded. */
import { existsSync } from "node:fs";
import { type Browser, chromium } from "playwright-core";

const PATHS = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
] as const;

/** No sandbox inside a sandbox (CI), and nothing asked of the internet. */
const ARGUMENTS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
] as const;

/** Thrown where there is no Chromium; its message tells how to get one. */
export class NoChromiumError extends Error {
  override readonly name = "NoChromiumError";
}

/**
 * Starts Chromium without a window.
 *
 * @throws {NoChromiumError} where none is found at `CHROMIUM_PATH` or in the usual places
 */
export async function launchChromium(): Promise<Browser> {
  const given = process.env["CHROMIUM_PATH"];
  const executablePath = given || PATHS.find((path) => existsSync(path));
  if (executablePath === undefined || !existsSync(executablePath)) {
    const found = given ? `CHROMIUM_PATH is ${given}, where there is no file.` : "No Chromium was found.";
    throw new NoChromiumError(
      `${found} Install it (Debian and Ubuntu: apt-get install chromium), or set CHROMIUM_PATH to a Chromium or Chrome.`,
    );
  }
  return chromium.launch({ executablePath, args: [...ARGUMENTS] });
}
