/** The page of the local Discord with the real bot behind it, used as a person would: by typing, pressing, picking. */
import type { Browser } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from "vitest";
import { launchChromium } from "../../scripts/chromium.ts";
import { type OpenPage, openPage, read } from "./open-page.ts";
import { type RunningBot, startBot } from "./running-bot.ts";

const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true } as const;

let browser: Browser;
let bot: RunningBot;
let open: OpenPage;

beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser?.close());

beforeEach(async () => {
  bot = await startBot({ interactionDeadlineMs: 600 });
  open = await openPage(browser, bot);
});
afterEach(async () => {
  await open.close();
  await bot.stop();
});

/** Asks in the channel, by mention, and waits for the card. */
async function ask(question: string): Promise<void> {
  await open.composer.fill(`@Wayout ${question}`);
  await open.composer.press("Enter");
  await open.latest.locator(".container").waitFor();
}

it("answers a question typed with a mention that was completed", async () => {
  const { page, composer, latest } = open;
  await composer.pressSequentially("@Wa");
  await expect.poll(() => read(page.getByRole("option"))).toContain("Wayout");
  await composer.press("Tab");
  await composer.pressSequentially("how do i delete my tiktok");
  await composer.press("Enter");
  await latest.locator(".container").waitFor();
  expect(await read(latest.getByRole("heading").first())).toBe("Delete your TikTok account");
  expect(await read(latest.locator("discord-reply"))).toContain("how do i delete my tiktok");
  // The steps are a list, and the first warning stands above them.
  expect(await latest.locator("ol > li").count()).toBeGreaterThan(2);
  expect(await composer.inputValue()).toBe("");
});

it("uses a slash command with the keyboard only, and dismisses the private reply", async () => {
  const { page, latest } = open;
  const { keyboard } = page;
  // The composer has the focus from the beginning.
  await keyboard.type("/");
  await expect
    .poll(() => page.getByRole("option").count())
    .toBe(bot.discord.commands().filter((one) => one.type === 1).length);
  await keyboard.press("ArrowUp");
  await keyboard.press("ArrowDown");
  expect(await page.locator("[role=option][aria-selected=true]").count()).toBe(1);
  await keyboard.type("delete-s");
  await keyboard.press("Enter");
  const service = page.getByRole("combobox", { name: /^service: .*\(required\)$/ });
  await expect.poll(() => page.locator("input[name=service]:focus").count()).toBe(1);
  await keyboard.type("tikt");
  await page.getByRole("option", { name: "TikTok", exact: true }).waitFor();
  await keyboard.press("Enter");
  await expect.poll(() => service.inputValue()).toBe("TikTok");
  await keyboard.press("Enter");

  await latest.locator(".private-note").waitFor();
  expect(await latest.locator("discord-command").getByText("delete-steps").count()).toBe(1);
  await latest.getByRole("button", { name: "Dismiss message" }).focus();
  await keyboard.press("Enter");
  await expect.poll(() => page.locator(".message").count()).toBe(0);
  expect(bot.discord.messages(bot.channelId)).toEqual([]);
});

it("sends what was typed, not what was offered for less of it", async () => {
  const { page, composer, latest } = open;
  await composer.pressSequentially("/delete-steps ");
  await page.getByRole("option").first().waitFor();
  await page.locator("input[name=service]").fill("tiktok");
  await page.keyboard.press("Enter");
  // Sent, or taken from the list for the whole text: then it is sent now.
  if ((await page.locator("command-form").count()) > 0) await page.keyboard.press("Enter");
  await latest.locator(".container").waitFor();
  expect(await read(latest.getByRole("heading").first())).toContain("TikTok");
});

it("asks for what a command needs, and offers what it can have", async () => {
  const { page, composer, latest } = open;
  await composer.pressSequentially("/ask ");
  const question = page.getByRole("textbox", { name: /^question: / });
  await question.press("Enter");
  await expect.poll(() => read(page.getByRole("alert"))).toContain("This option is required");
  expect(await question.getAttribute("aria-invalid")).toBe("true");
  await question.fill("how do i delete my tiktok");
  await page.getByRole("button", { name: /^Add option share/ }).click();
  await page.getByRole("option", { name: "True" }).click();
  await page.getByRole("button", { name: "Send the command" }).click();
  await latest.locator(".container").waitFor();
  // Shared: everybody sees it.
  expect(await latest.locator(".private-note").count()).toBe(0);
});

it("leaves a command with Escape and with Backspace", async () => {
  const { page, composer } = open;
  await composer.pressSequentially("/ask ");
  await page.getByRole("textbox", { name: /^question: / }).press("Escape");
  await expect.poll(() => composer.inputValue()).toBe("");
  await composer.pressSequentially("/ask ");
  await page.getByRole("textbox", { name: /^question: / }).press("Backspace");
  await expect.poll(() => composer.inputValue()).toBe("/ask");
});

it("walks through the steps by buttons", async () => {
  const { latest } = open;
  await ask("how do i delete my tiktok");
  await latest.getByRole("button", { name: "Walk me through it" }).click();
  await latest.getByText(/Step 1 of \d/).waitFor();
  expect(await latest.getByRole("button", { name: "Back" }).isDisabled()).toBe(true);
  await latest.getByRole("button", { name: "Next" }).click();
  await latest.getByText(/Step 2 of \d/).waitFor();
  await latest.getByRole("button", { name: "Back" }).click();
  await latest.getByText(/Step 1 of \d/).waitFor();
});

it("picks from a menu, by mouse and by keys", async () => {
  const { page, composer, latest } = open;
  await composer.pressSequentially("/delete-steps tiktok");
  await page.getByRole("option", { name: "TikTok", exact: true }).waitFor();
  await page.keyboard.press("Enter");
  await page.keyboard.press("Enter");
  const menu = latest.getByRole("combobox");
  await menu.click();
  const options = latest.getByRole("option");
  expect(await latest.locator("[role=option][aria-selected=true]").count()).toBe(1);
  const second = await read(options.nth(1).locator(".select-label"));
  await options.nth(1).click();
  await expect.poll(() => read(menu.locator(".select-value"))).toBe(second);

  await menu.focus();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Home");
  await page.keyboard.press("Enter");
  await expect.poll(() => read(menu.locator(".select-value"))).not.toBe(second);
});

it("talks in the direct messages without a mention, and shows what waits there", async () => {
  const { page, composer, latest } = open;
  await page.getByRole("button", { name: /^Wayout/ }).click();
  await composer.fill("how do i delete my tiktok");
  await composer.press("Enter");
  await latest.locator(".container").waitFor();
  await page.getByRole("button", { name: "ask-wayout" }).click();
  await expect.poll(() => page.locator(".message").count()).toBe(0);

  await bot.say("and what do i lose on tiktok", { channelId: bot.discord.directChannelId });
  await page.getByRole("button", { name: /^Wayout.*unread/ }).waitFor();
});

it("replies to an answer, which keeps its service", async () => {
  const { page, composer, latest } = open;
  await ask("how do i delete my tiktok");
  await latest.hover();
  await latest.getByRole("button", { name: "Reply", exact: true }).first().click();
  await page.getByText("Replying to Wayout").waitFor();
  await composer.fill("what would i lose?");
  await composer.press("Enter");
  await expect.poll(() => page.locator(".message").count()).toBe(4);
  await latest.locator(".container").waitFor();
  expect(await read(latest.getByRole("heading").first())).toContain("TikTok");

  // A reply that was begun is left with Escape.
  await latest.hover();
  await latest.getByRole("button", { name: "Reply", exact: true }).first().click();
  await composer.press("Escape");
  await expect.poll(() => page.getByText("Replying to").count()).toBe(0);
});

it("uses a message command on somebody's message", async () => {
  const { composer, latest } = open;
  await composer.fill("how do i delete my tiktok");
  await composer.press("Enter");
  await latest.getByText("how do i delete my tiktok").waitFor();
  await latest.hover();
  await latest.locator("summary").click();
  const command = bot.discord.commands().find((one) => one.type === 3);
  await latest.getByRole("button", { name: command?.name ?? "no message command" }).click();
  await latest.locator(".private-note").waitFor();
  expect(await read(latest.getByRole("heading").first())).toContain("TikTok");
});

it("shows what people write as text, whatever it is", async () => {
  const { page, composer, latest } = open;
  const hostile =
    '<img src=x onerror="window.hurt=1"> <script>window.hurt=1</script> **<b>bold</b>** [press](javascript:window.hurt=1)';
  await composer.fill(hostile);
  await composer.press("Enter");
  const content = latest.locator(".content");
  await content.waitFor();
  expect(await read(content)).toBe(hostile.replaceAll("**", ""));
  expect(await content.locator("img, script, b, a").count()).toBe(0);
  expect(await page.evaluate("'hurt' in window")).toBe(false);
});

it("writes Markdown as Discord does", async () => {
  const { page, latest } = open;
  await bot.discord.person.say({
    channelId: bot.channelId,
    content: "## Head\n- one\n  - two\n> quoted\n-# small\n`code` [site](https://example.com/a) <t:0:D>",
  });
  await latest.getByRole("heading", { name: "Head" }).waitFor();
  expect(await read(latest.locator("ul ul li"))).toBe("two");
  expect(await read(latest.locator("discord-quote"))).toBe("quoted");
  expect(await read(latest.locator("small"))).toBe("small");
  const link = latest.getByRole("link", { name: "site" });
  expect(await link.getAttribute("title")).toBe("https://example.com/a");
  expect(await link.getAttribute("rel")).toBe("noopener noreferrer");
  expect(await link.getAttribute("target")).toBe("_blank");
  expect(await page.locator("time[datetime='1970-01-01T00:00:00.000Z']").count()).toBe(1);
});

it("says what failed, under the message", async () => {
  const { latest } = open;
  await ask("how do i delete my tiktok");
  bot.discord.faults.gateway.silence(true);
  await latest.getByRole("button", { name: "Walk me through it" }).click();
  await latest.locator(".button.busy").waitFor();
  await latest.locator(".failure").waitFor();
  expect(await read(latest.locator(".failure"))).toContain("did not answer in time");
  expect(await latest.locator(".button.busy").count()).toBe(0);
});

it("says who is thinking, and that no answer to a command came", async () => {
  const { page, composer, latest } = open;
  bot.discord.faults.gateway.silence(true);
  await composer.pressSequentially("/ask tiktok");
  await page.keyboard.press("Enter");
  await page.getByText("Wayout is thinking…").waitFor();
  await latest.locator(".failure").waitFor();
  await latest.getByRole("button", { name: "Dismiss message" }).click();
  await expect.poll(() => page.locator(".message").count()).toBe(0);
});

it("offers examples that are written, never sent", async () => {
  const { page, composer } = open;
  await page.locator(".example").first().click();
  expect(await composer.inputValue()).toMatch(/^@Wayout .+\?$/);
  expect(bot.discord.messages(bot.channelId)).toEqual([]);
});

it("keeps what is written while another channel is looked at", async () => {
  const { page, composer } = open;
  await composer.fill("unfinished");
  await page.getByRole("button", { name: /^Wayout/ }).click();
  await expect.poll(() => composer.inputValue()).toBe("");
  await page.getByRole("button", { name: "ask-wayout" }).click();
  await expect.poll(() => composer.inputValue()).toBe("unfinished");
});

it("writes a new line with Shift and Enter", async () => {
  const { composer, latest } = open;
  await composer.pressSequentially("one");
  await composer.press("Shift+Enter");
  await composer.pressSequentially("two");
  await composer.press("Enter");
  await expect.poll(() => latest.locator(".content br").count()).toBe(1);
  expect(bot.discord.messages(bot.channelId)[0]?.content).toBe("one\ntwo");
});

it("follows the system's theme, and keeps the one that was chosen", async () => {
  const { page } = open;
  const theme = () => page.locator("html").getAttribute("data-theme");
  expect(await theme()).toBe("dark");
  await page.emulateMedia({ colorScheme: "light" });
  await expect.poll(theme).toBe("light");
  await page.emulateMedia({ colorScheme: "dark" });
  await page.getByRole("button", { name: "Light theme" }).click();
  await page.reload();
  await open.composer.waitFor();
  expect(await theme()).toBe("light");
  expect(await page.locator("discord-messages").getAttribute("light-theme")).not.toBeNull();
});

it("fits a phone", async () => {
  await open.close();
  open = await openPage(browser, bot, PHONE);
  const { page } = open;
  await ask("how do i delete my tiktok");
  const overflow = await page.evaluate<number[]>(
    "[document.documentElement, ...document.querySelectorAll('main, .scroller')].map((one) => one.scrollWidth - one.clientWidth)",
  );
  expect(overflow).toEqual([0, 0, 0]);
  // The card's beginning is what one sees first.
  await expect.poll(() => open.latest.getByRole("heading").first().isVisible()).toBe(true);
  const sidebar = page.locator("#sidebar");
  expect(await sidebar.isVisible()).toBe(false);
  await page.getByRole("button", { name: "Channels" }).click();
  await sidebar.getByRole("button", { name: /^Wayout/ }).click();
  await expect.poll(() => sidebar.isVisible()).toBe(false);
  expect(await read(page.getByRole("heading", { level: 1 }))).toBe("Wayout");
});

it("connects again by itself, and loses nothing that was written", async () => {
  const { page, composer } = open;
  await composer.fill("unfinished");
  const port = Number(new URL(bot.discord.url).port);
  await bot.stop();
  await page.getByText("The local Discord is not answering").waitFor();
  bot = await startBot({ port });
  await expect.poll(() => page.getByText("is not answering").count()).toBe(0);
  expect(await composer.inputValue()).toBe("unfinished");
  await ask("how do i delete my tiktok");
});
