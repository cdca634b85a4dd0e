/** The page in a real browser, before a running local Discord. Whatever a page complains of or asks for is noted. */
import type { Browser, BrowserContextOptions, Locator, Page } from "playwright-core";
import { expect } from "vitest";
import type { RunningBot } from "./running-bot.ts";

export interface OpenPage {
  readonly page: Page;
  /** The latest message shown. */
  readonly latest: Locator;
  /** Where one writes. */
  readonly composer: Locator;
  /** Closes it; fails if it complained or asked other hosts. */
  close(): Promise<void>;
}

const DESKTOP = { viewport: { width: 1280, height: 900 }, colorScheme: "dark" } as const;

/** Opens the page and waits until it has connected. */
export async function openPage(
  browser: Browser,
  bot: RunningBot,
  options: BrowserContextOptions = {},
): Promise<OpenPage> {
  const context = await browser.newContext({ ...DESKTOP, locale: "en-US", ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  const complaints: string[] = [];
  const foreign: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("request", (request) => {
    if (!request.url().startsWith(bot.discord.url)) foreign.push(request.url());
  });
  await page.goto(bot.discord.url);
  const composer = page.locator("textarea");
  await composer.waitFor();
  return {
    page,
    latest: page.locator(".message").last(),
    composer,
    async close() {
      await context.close();
      expect(complaints).toEqual([]);
      expect(foreign).toEqual([]);
    },
  };
}

/** The text of an element, with its white space as one sees it. */
export async function read(locator: Locator): Promise<string> {
  return ((await locator.textContent()) ?? "").replace(/\s+/g, " ").trim();
}
