/** Whether the page can be read: by eyes without the system's fonts, by screen readers, in both themes. */
import axe from "axe-core";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { launchChromium } from "../../scripts/chromium.ts";
import { openPage, read } from "./open-page.ts";
import { type RunningBot, startBot } from "./running-bot.ts";

/** Signs that cards and the page's own texts use. */
const SIGNS = "⚠ ⓘ ☰ › ● ○ ↗ … ▾ ✓ → “” – · ⚠️ ℹ️ ✅ 👁️";

/** Of axe's rules those for WCAG, up to level AA. */
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

let browser: Browser;
let bot: RunningBot;

beforeAll(async () => {
  browser = await launchChromium();
  bot = await startBot();
});
afterAll(async () => {
  await browser?.close();
  await bot?.stop();
});

/** What axe finds wrong, one line each: rule, element, reason. */
async function faults(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate<axe.AxeResults>(
    `axe.run(document, { runOnly: ${JSON.stringify(RULES)} })`,
  );
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${target.join(" ")}: ${failureSummary ?? ""}`),
  );
}

describe.each([
  ["dark", { width: 1280, height: 900 }],
  ["light", { width: 1280, height: 900 }],
  ["dark", { width: 390, height: 844 }],
] as const)("with the %s theme at %o", (colorScheme, viewport) => {
  it("meets WCAG AA as far as a program can tell: empty, with cards, in the slash picker and in a command's form", async () => {
    const { page, composer, latest, close } = await openPage(browser, bot, { colorScheme, viewport });
    expect(await faults(page)).toEqual([]);
    await composer.fill("@Wayout how do i delete my tiktok");
    await composer.press("Enter");
    await latest.locator(".container").waitFor();
    await latest.getByRole("button", { name: "Walk me through it" }).click();
    await latest.locator(".private-note").waitFor();
    expect(await faults(page)).toEqual([]);
    await composer.pressSequentially("/");
    await page.getByRole("option").first().waitFor();
    expect(await faults(page)).toEqual([]);
    await composer.pressSequentially("delete-steps ");
    await page.getByRole("option").first().waitFor();
    expect(await faults(page)).toEqual([]);
    await close();
  });
});

it("draws every sign in use with a font that came with the page", async () => {
  const { page, latest, close } = await openPage(browser, bot);
  bot.discord.person.say({ channelId: bot.channelId, content: SIGNS });
  const content = latest.locator(".content");
  await content.getByText("☰").waitFor();
  await page.evaluate("document.fonts.ready.then(() => undefined)");
  const client = await page.context().newCDPSession(page);
  await client.send("DOM.enable");
  await client.send("CSS.enable");
  const { root } = await client.send("DOM.getDocument", { depth: -1, pierce: true });
  const { nodeId } = await client.send("DOM.querySelector", {
    nodeId: root.nodeId,
    selector: ".message:last-of-type .content",
  });
  const { fonts } = await client.send("CSS.getPlatformFontsForNode", { nodeId });
  expect(fonts.filter((font) => !font.isCustomFont)).toEqual([]);
  await close();
});

it("tells a screen reader what came", async () => {
  const { page, composer, close } = await openPage(browser, bot);
  await composer.fill("@Wayout how do i delete my tiktok");
  await composer.press("Enter");
  await expect.poll(() => read(page.locator("[aria-live=polite]"))).toMatch(/^Wayout: Delete your TikTok account/);
  await close();
});
