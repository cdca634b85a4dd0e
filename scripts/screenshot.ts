/**
 * Takes the README's pictures: starts Wayout as `npm start` does, asks a question on the page and photographs the
 * conversation, dark and light. The fonts are the page's own, so that every machine draws the same.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { mkdir } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import type { Browser } from "playwright-core";
import { launchChromium, NoChromiumError } from "./chromium.ts";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const IMAGES = fileURLToPath(new URL("../docs/images/", import.meta.url));
const QUESTION = "how do i get rid of my tiktok for good??";
/** Wide enough for a card beside the avatar, in CSS pixels; high enough for any card. */
const WINDOW = { width: 960, height: 2000 } as const;
/** Room beside and below the conversation, and above it, below the line of the day; in CSS pixels. */
const MARGIN = 16;
const MARGIN_ABOVE = 8;

/** Starts Wayout without a token, on any free port; resolves with the page's address that it prints. */
function startWayout(): Promise<{ readonly process: ChildProcess; readonly url: string }> {
  const child = spawn(process.execPath, ["--import", "tsx", "src/main.ts"], {
    cwd: ROOT,
    env: { ...process.env, DISCORD_TOKEN: "", PORT: "0" },
    stdio: ["ignore", "pipe", "inherit"],
  });
  return new Promise((resolve, reject) => {
    let printed = "";
    child.stdout.on("data", (data) => {
      printed += String(data);
      const url = /http:\/\/127\.0\.0\.1:\d+/.exec(printed)?.[0];
      if (url !== undefined) resolve({ process: child, url });
    });
    child.once("exit", (code) => reject(new Error(`Wayout did not start: exit code ${code}. See above.`)));
  });
}

/** Asks the question in a channel of its own, and takes the picture of question and answer. */
async function photograph(browser: Browser, url: string, colorScheme: "dark" | "light", file: string): Promise<void> {
  const context = await browser.newContext({ viewport: WINDOW, deviceScaleFactor: 2, colorScheme, locale: "en-US" });
  const page = await context.newPage();
  await page.goto(url);
  const composer = page.locator("textarea");
  await composer.fill(`@Wayout ${QUESTION}`);
  await composer.press("Enter");
  const messages = page.locator(".message");
  const answer = messages.last();
  await answer.locator(".container").waitFor();
  await page.evaluate("document.fonts.ready.then(() => undefined)");
  // Nothing is to be seen of the mouse and the keyboard.
  await page.mouse.move(1, 1);
  const question = await messages.nth(-2).boundingBox();
  const card = await answer.locator(".container").boundingBox();
  if (question === null || card === null) throw new Error("The question or its answer is not to be seen on the page.");
  const x = question.x;
  const y = question.y - MARGIN_ABOVE;
  await page.screenshot({
    path: file,
    clip: { x, y, width: card.x + card.width + MARGIN - x, height: card.y + card.height + MARGIN - y },
  });
  await context.close();
  process.stdout.write(`${file}\n`);
}

async function main(): Promise<void> {
  const browser = await launchChromium();
  try {
    await mkdir(IMAGES, { recursive: true });
    for (const [theme, name] of [
      ["dark", "reply.png"],
      ["light", "reply-light.png"],
    ] as const) {
      const wayout = await startWayout();
      await photograph(browser, wayout.url, theme, `${IMAGES}${name}`).finally(() => wayout.process.kill());
    }
  } finally {
    await browser.close();
  }
}

try {
  await main();
} catch (error) {
  process.stderr.write(`${error instanceof NoChromiumError ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
