/** `/services`, and services of which only the way out is known, over real sockets. */
import { MessageFlags } from "discord-api-types/v10";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { directory } from "../answers/directory.ts";
import { type RunningBot, startBot, textOf } from "./running-bot.ts";

let bot: RunningBot;

beforeAll(async () => {
  bot = await startBot({}, directory);
});

afterAll(() => bot.stop());

const isPrivate = (flags: number | undefined): boolean => ((flags ?? 0) & MessageFlags.Ephemeral) !== 0;

describe("/services", () => {
  it("shows a page in private, turns it, and opens a service from it", async () => {
    const first = await bot.use("services");
    expect(isPrivate(first.flags)).toBe(true);
    expect(textOf(first)).toMatch(/All services\n-# \d+ services · page 1 of \d+/);
    const second = await bot.press(first, "Next");
    expect(second.id).toBe(first.id);
    expect(textOf(second)).toContain("page 2 of");
    const again = await bot.press(second, "Back");
    expect(textOf(again)).toContain("page 1 of");
    expect(textOf(await bot.press(again, "Airbnb"))).toContain("Delete your Airbnb account");
  });

  it("is narrowed by its menus, one after the other, and opened again", async () => {
    const all = await bot.use("services");
    const dating = await bot.press(all, "Dating");
    expect(textOf(dating)).toContain("Tinder");
    const hard = await bot.press(dating, "🔴 No full deletion offered");
    expect(textOf(hard)).toContain("Nothing fits.");
    expect(textOf(await bot.press(hard, "Show all"))).toContain("All services");
  });

  it("searches entries and the directory, and keeps the search from page to page", async () => {
    expect(textOf(await bot.use("services", { search: "tiktok" }))).toContain("🟢 TikTok · Easy");
    const card = await bot.use("services", { search: "many tong" });
    expect(textOf(card)).toContain("🟢 Many Tongues · Easy");
    expect(textOf(await bot.press(card, "Many Tongues"))).toContain("Delete your Many Tongues account");
    const many = await bot.use("services", { search: "a" });
    const next = await bot.press(many, "Next");
    expect(textOf(next)).toMatch(/Services that fit\n-# \d+ services · page 2 of/);
  });

  it("is public only on request, and answers presses on it in private", async () => {
    const shared = await bot.use("services", { share: true, kind: "ai" });
    expect(isPrivate(shared.flags)).toBe(false);
    const pressed = await bot.press(shared, "Show all");
    expect(pressed.id).not.toBe(shared.id);
    expect(isPrivate(pressed.flags)).toBe(true);
  });
});

describe("a service of the directory", () => {
  const mention = () => `<@${bot.discord.applicationId}>`;

  it("is found by name and by domain, in commands and in questions", async () => {
    for (const service of ["Many Tongues", "many-tongues.example"]) {
      expect(textOf(await bot.use("delete-steps", { service }))).toContain("Delete your Many Tongues account");
    }
    const answer = await bot.say(`${mention()} how do i delete my many tongues account`);
    expect(textOf(answer)).toContain("From JustDeleteMe (MIT), not checked by Wayout");
  });

  it("says what it does not know, also when one asks on", async () => {
    const answer = await bot.say(`${mention()} how do i delete my many tongues account`);
    const next = await bot.say("how long until my account is deleted?", { replyTo: answer.id });
    expect(textOf(next)).toContain("We only know the way out of Many Tongues");
    expect(textOf(await bot.press(next, "How to delete it"))).toContain("Press delete.");
  });

  it("shows hostile texts as they are", async () => {
    const card = await bot.use("delete-steps", { service: "hostile.example", share: true });
    expect(card.mentions).toEqual([]);
    expect(card.mention_everyone).toBe(false);
    expect(textOf(card)).not.toContain("@everyone");
  });
});
