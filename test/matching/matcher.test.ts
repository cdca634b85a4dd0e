import { describe, expect, test } from "vitest";
import { loadKnowledge } from "../../src/knowledge/load.ts";
import { createMatcher } from "../../src/matching/matcher.ts";

const knowledge = loadKnowledge();
const matcher = createMatcher(knowledge);
/** What a text was taken for, as one line: `answer tiktok delete`. */
const read = (text: string, service?: string): string => {
  const match = matcher.match({ text, service });
  return `${match.kind} ${match.service} ${match.topic}`;
};
/** Service and best topic, whether it answers or asks back. */
const guess = (text: string, service?: string): string => {
  const match = matcher.match({ text, service });
  return `${match.service} ${match.topic}`;
};

describe("a question about TikTok", () => {
  test.each([
    ["how do i get rid of my tiktok for good??", "delete"],
    ["tiktok acc delte plz", "delete"],
    ["will my dms still be there if i delete tik tok", "consequences"],
    ["i deleted my tiktok by accident can i get it back", "undo"],
    ["how do i stop ppl from finding me on tiktok", "discoverability"],
    ["do i need my phone number to delete tiktok", "requirements"],
  ])("%s", (text, topic) => {
    expect(read(text)).toBe(`answer tiktok ${topic}`);
  });
});

describe("the object of the verb", () => {
  test.each([
    "how do i delete a tiktok video",
    "how can i delete messages on instagram",
    "delete my search history on youtube",
    "how do i delete my discord server",
    "remove my card from paypal",
    "how do i uninstall snapchat",
    "remove a friend on facebook",
    "delete the playlist on spotify",
  ])("%s is not about an account", (text) => {
    expect(matcher.match({ text }).kind).toBe("none");
  });
});

describe("log-in trouble", () => {
  test.each(["i can't log in to instagram", "how do i reset my snapchat password"])("%s: is another matter", (text) => {
    expect(matcher.match({ text }).kind).not.toBe("answer");
  });

  test("becomes no-access where the person wants out", () => {
    expect(guess("i forgot my instagram password and want to delete the account")).toBe("instagram no-access");
  });
});

describe("what is no question at all", () => {
  test.each([
    "what's the weather",
    "lol ok",
    "hello everyone!",
    "",
    "   ",
    "👍",
    "delete line 5 of the file",
    "steam deck won't boot",
  ])("%j gets no answer", (text) => {
    expect(matcher.match({ text }).kind).toBe("none");
  });
});

describe("a story", () => {
  test.each([
    [
      "My sister and I ran a shop page there for years. She has a baby now and moved away. Tiktok bores me. How do I delete my account?",
      "tiktok delete",
    ],
    [
      "I lost my job and sold the car. Money is short. My ex still reads all that I write on instagram. How do I set my profile to private?",
      "instagram private",
    ],
    [
      "My dad died last year. Since then I can't sleep and scroll all night. Can I deactivate my snapchat for a month?",
      "snapchat deactivate",
    ],
  ])("%s: what it asks counts more than what it tells", (text, expected) => {
    expect(guess(text)).toBe(expected);
  });

  test("what it tells counts too", () => {
    expect(guess("My dad died last year. His facebook is still up. How do we get it deleted?")).toBe(
      "facebook on-behalf",
    );
  });
});

describe("negation", () => {
  test.each([
    ["i don't want to delete my tiktok, just hide it for a while", "tiktok deactivate"],
    ["I do not want to close my facebook, only take a break", "facebook deactivate"],
    ["not delete instagram just make it private", "instagram private"],
  ])("%s", (text, wanted) => {
    expect(guess(text)).toBe(wanted);
  });
});

describe("the same question in disguise", () => {
  test.each([
    "DELETEEEE MY TIKTOOOOK ACCOUNT NOOOOW",
    "𝐝𝐞𝐥𝐞𝐭𝐞 𝐦𝐲 𝐭𝐢𝐤𝐭𝐨𝐤",
    "ｄｅｌｅｔｅ ｍｙ ｔｉｋｔｏｋ ａｃｃｏｕｎｔ",
    "d3l3t3 my t1kt0k acc0unt",
    "dеlеtе my tiktоk",
    "de\u200blete my tik\u200btok",
    "d e l e t e my tiktok",
    "deletetiktok",
    "#deletetiktok",
    "delete my @tiktok account",
    "how do i delete my tiktok.com account",
    "delete my tiktok 😭😭🙏",
    "tiktokaccount delete how",
  ])("%s", (text) => {
    expect(guess(text)).toBe("tiktok delete");
  });
});

describe("names of services", () => {
  test.each([
    ["delete my line account", "line"],
    ["how do i leave signal", "signal"],
    ["how do i get rid of my ig", "instagram"],
    ["delete dc account", "discord"],
    ["how do i delete my clash of clans account", "supercell"],
    ["delete the account i made for fortnite, my epic games one", "epic-games"],
    ["how do i close my x account", "x"],
    ["delete my disney+ account", "disney-plus"],
    // An everyday word without much around it, where the rest of the question makes sense with a service.
    ["Slack removal, how long does that take", "slack"],
    ["Zoom 30 days until my account is deleted", "zoom"],
    ["How do I erase a Kick I can't sign in to?", "kick"],
    ["hinge refund after closing my account", "hinge"],
    // Names of several words, beside words and within groups of words that mean something else.
    ["epic games wont let me delete", "epic-games"],
    ["character ai data download before deleting", "character-ai"],
    ["who can message me in line app", "line"],
    ["delete a line messenger account", "line"],
    ["refund for you tube premium after closing the account", "youtube"],
    ["do i need my email to delete reddit", "reddit"],
  ])("%s names %s", (text, service) => {
    expect(matcher.match({ text }).service).toBe(service);
  });

  test.each([
    "the signal is bad, how do i delete my account",
    "how do i delete my account in line with the law",
    "to be real i want to delete my account",
    "does removing my account email go to the junk folder",
  ])("%s names none", (text) => {
    expect(matcher.match({ text }).service).toBeNull();
  });

  test.each([
    ["i log in with facebook on spotify, how do i delete spotify", "spotify"],
    ["how do i delete threads without deleting instagram", "threads"],
  ])("%s: the one to leave counts", (text, service) => {
    expect(matcher.match({ text }).service).toBe(service);
  });

  test("a name alone asks what to tell", () => {
    const match = matcher.match({ text: "tiktok" });
    expect(match).toMatchObject({ kind: "clarify", service: "tiktok", topic: null });
    expect(match.candidates.length).toBeGreaterThan(0);
  });

  test("no name asks for one, with the topic as best guess", () => {
    expect(read("how do i delete my account")).toBe("clarify null delete");
    expect(read("How can I delete my 160by2 account?")).toBe("clarify null delete");
  });

  test("no name is an answer where a service is meant by default", () => {
    const other = createMatcher(knowledge, { defaultService: "tiktok" });
    expect(other.match({ text: "how do i delete my account" })).toMatchObject({
      kind: "answer",
      service: "tiktok",
      topic: "delete",
    });
    expect(other.match({ text: "what's the weather" }).kind).toBe("none");
  });

  test("a service of which only the name is known needs more around it", () => {
    const directory = [
      {
        id: "tango.example",
        name: "Tango",
        aliases: [],
        domains: ["tango.example"],
        everydayWords: [],
        popularity: 1,
        weak: true,
      },
      {
        id: "zorblax.example",
        name: "Zorblax",
        aliases: [],
        domains: ["zorblax.example"],
        everydayWords: [],
        popularity: 1,
        weak: true,
      },
    ];
    const other = createMatcher(knowledge, { directory });
    expect(other.match({ text: "how do i delete my zorblax account" }).service).toBe("zorblax.example");
    expect(other.match({ text: "how do i delete my tango account" }).service).toBe("tango.example");
    expect(other.match({ text: "it takes two to tango, delete my account" }).service).toBeNull();
    // An address is a name, whatever its words mean.
    expect(other.match({ text: "how do i leave tango.example" }).service).toBe("tango.example");
    expect(other.match({ text: "delete my tiktok" }).service).toBe("tiktok");
  });
});

describe("a follow-up", () => {
  test.each([
    ["and my messages?", "consequences"],
    ["how long does it take", "timing"],
    ["do i need my phone", "requirements"],
    ["can i get it back", "undo"],
    ["ok and what about my coins", "refunds"],
    ["i can't log in", "no-access"],
  ])("%s is understood from the talk", (text, topic) => {
    expect(guess(text, "tiktok")).toBe(`tiktok ${topic}`);
    expect(matcher.match({ text }).kind).not.toBe("answer");
  });

  test("may name another service", () => {
    expect(guess("and how do i delete snapchat", "tiktok")).toBe("snapchat delete");
  });

  test.each(["thanks!", "lol ok", "what's the weather"])("%s stays without an answer", (text) => {
    expect(matcher.match({ text, service: "tiktok" }).kind).toBe("none");
  });
});

describe("other languages", () => {
  test.each([
    ["wie kann ich mein tiktok konto löschen", "delete"],
    ["comment supprimer mon compte tiktok définitivement", "delete"],
    ["cómo puedo eliminar mi cuenta de tiktok", "delete"],
    ["como excluir minha conta do tiktok", "delete"],
    ["tiktok hesabımı nasıl silerim", "delete"],
    ["cara menghapus akun tiktok", "delete"],
    ["как удалить аккаунт tiktok", "delete"],
    ["tiktokアカウントの削除方法", "delete"],
    ["怎么注销tiktok账号", "delete"],
    ["كيف احذف حسابي في tiktok", "delete"],
    ["wie lange dauert es bis mein tiktok konto gelöscht ist", "timing"],
    ["cómo recuperar mi cuenta de tiktok eliminada", "undo"],
    ["come faccio a rendere privato il mio profilo tiktok", "private"],
    ["tiktok hesabımı geçici olarak dondurmak istiyorum", "deactivate"],
  ])("%s", (text, topic) => {
    expect(guess(text)).toBe(`tiktok ${topic}`);
  });
});

describe("explain", () => {
  test("tells what a question was read as", () => {
    const { corrections, services, tokens, topics, inScope, features, thresholds } = matcher.explain({
      text: "delte my tiktok",
    });
    expect(corrections).toEqual([{ from: "delte", to: expect.stringContaining("del") }]);
    expect(services).toEqual([{ id: "tiktok", sure: true }]);
    expect(tokens.map(({ text }) => text)).toContain("tiktok");
    expect(topics[0]?.topic).toBe("delete");
    expect(inScope).toBeGreaterThan(thresholds["answer"] ?? 1);
    expect(features.length).toBeGreaterThan(0);
  });
});
