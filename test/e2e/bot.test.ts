import { MessageFlags } from "discord-api-types/v10";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type RunningBot, startBot, textOf, until } from "./running-bot.ts";

let bot: RunningBot;

beforeAll(async () => {
  bot = await startBot();
});

afterAll(() => bot.stop());

const isPrivate = (flags: number | undefined): boolean => ((flags ?? 0) & MessageFlags.Ephemeral) !== 0;

describe("commands", () => {
  it("are registered once, and not again when nothing changed", async () => {
    expect(bot.discord.commands().map(({ name }) => name)).toEqual(
      expect.arrayContaining(["ask", "before-you-delete", "delete-steps", "privacy-options"]),
    );
    const puts = () => bot.discord.requests().filter(({ method }) => method === "PUT").length;
    expect(puts()).toBe(1);
  });

  it("/delete-steps answers in private, warnings before steps", async () => {
    const card = await bot.use("delete-steps", { service: "tiktok" });
    expect(isPrivate(card.flags)).toBe(true);
    const text = textOf(card);
    expect(text).toContain("Delete your TikTok account");
    expect(text.indexOf("nobody can bring it back")).toBeGreaterThan(0);
    expect(text.indexOf("nobody can bring it back")).toBeLessThan(text.indexOf("Settings and privacy"));
  });

  it("take what was typed instead of a choice", async () => {
    for (const service of ["TikTok", "tik tok", "tiktok.com", "tiktk"]) {
      expect(textOf(await bot.use("delete-steps", { service }))).toContain("Delete your TikTok account");
    }
  });

  it("are public only on request", async () => {
    expect(isPrivate((await bot.use("before-you-delete", { service: "tiktok", share: true })).flags)).toBe(false);
    expect(isPrivate((await bot.use("before-you-delete", { service: "tiktok" })).flags)).toBe(true);
  });

  it("complete services while they are typed", async () => {
    const { discord, channelId } = bot;
    const command = discord.commands().find(({ name }) => name === "delete-steps");
    const outcome = await discord.person.autocomplete({
      channelId,
      commandId: command?.id ?? "",
      options: [{ name: "service", value: "tikt" }],
      focused: "service",
    });
    expect(outcome).toMatchObject({ ok: true, choices: [{ name: "TikTok", value: "tiktok" }] });
  });
});

describe("a card's buttons", () => {
  it("walk through the steps and back, each in place", async () => {
    const steps = await bot.use("delete-steps", { service: "tiktok" });
    const first = await bot.press(steps, "Walk me through it");
    expect(first.id).toBe(steps.id);
    expect(textOf(first)).toContain("Step 1 of 6");
    const second = await bot.press(first, "Next");
    expect(textOf(second)).toContain("Step 2 of 6");
    expect(textOf(await bot.press(second, "Back"))).toContain("Step 1 of 6");
    expect(textOf(await bot.press(second, "All steps"))).toContain("Delete your TikTok account");
  });

  it("choose another method from the menu", async () => {
    const steps = await bot.use("delete-steps", { service: "tiktok" });
    const older = await bot.press(steps, "In an older app (“Privacy and Settings”)");
    expect(textOf(older)).toContain("Thinking about removing your account");
  });

  it("answer in private where the card is public, and leave it as it is", async () => {
    const shared = await bot.use("delete-steps", { service: "tiktok", share: true });
    const before = textOf(shared);
    const answer = await bot.press(shared, "Walk me through it");
    expect(answer.id).not.toBe(shared.id);
    expect(isPrivate(answer.flags)).toBe(true);
    const still = bot.discord.messages(bot.channelId).find(({ id }) => id === shared.id);
    expect(still && textOf(still)).toBe(before);
  });
});

describe("messages", () => {
  const mention = () => `<@${bot.discord.applicationId}>`;

  it("that mention the bot are answered as replies that ping nobody", async () => {
    const answer = await bot.say(`${mention()} how do i get rid of my tiktok for good??`);
    expect(textOf(answer)).toContain("Delete your TikTok account");
    expect(answer.type).toBe(19);
    expect(answer.mentions).toEqual([]);
    expect(answer.mention_everyone).toBe(false);
  });

  it("that reply to an answer ask on about the same service", async () => {
    const answer = await bot.say(`${mention()} how do i delete my tiktok account`);
    const next = await bot.say("how long does it take?", { replyTo: answer.id });
    expect(textOf(next)).toContain("TikTok");
    expect(textOf(next)).toContain("30 days");
  });

  it("written to it directly are answered there", async () => {
    const channelId = bot.discord.directChannelId;
    const answer = await bot.say("i deleted my tiktok by accident can i get it back", { channelId });
    expect(textOf(answer)).toContain("Getting your TikTok account back");
  });

  it("that are not meant for it are left alone", async () => {
    const count = () => bot.discord.messages(bot.channelId).length;
    bot.discord.person.say({ channelId: bot.channelId, content: "how do i delete my tiktok account" });
    const before = count();
    // Something that is answered comes after it: by then the first would have been, too.
    await bot.say(`${mention()} how do i delete my tiktok account`);
    expect(count()).toBe(before + 2);
  });

  it("about something else get one hint", async () => {
    const answer = await bot.say(`${mention()} what's the weather`);
    expect(textOf(answer)).toContain("I can help you leave an account");
  });
});

describe("the connection", () => {
  it("is resumed when the socket is cut, and the next command is answered", async () => {
    await bot.use("delete-steps", { service: "tiktok" });
    bot.discord.faults.gateway.cut();
    const card = await until(() => bot.discord.commands()[0]).then(() => retry(() => bot.use("ask", question)));
    expect(textOf(card)).toContain("Delete your TikTok account");
  });

  const question = { question: "how do i delete my tiktok account" };

  /** While the bot is away, Discord's own client says that it is offline. */
  async function retry<Value>(attempt: () => Promise<Value>): Promise<Value> {
    for (;;) {
      try {
        return await attempt();
      } catch (error) {
        if (!(error instanceof Error && error.message.includes("offline"))) throw error;
        await new Promise((resolve) => {
          setTimeout(resolve, 20);
        });
      }
    }
  }
});
