import {
  type APIApplicationCommand,
  type APIApplicationCommandOption,
  ApplicationCommandOptionType,
  ApplicationCommandType,
  InteractionContextType,
} from "discord-api-types/v10";
import { describe, expect, it } from "vitest";
import {
  commandsIn,
  draftOptions,
  finishDraft,
  fixedChoices,
  furtherOptions,
  matchingCommands,
  messageCommands,
  promptedOptions,
  startDraft,
  unfinishedValues,
  withField,
  withoutField,
} from "../../../src/local/page/slash.ts";

function command(name: string, options: APIApplicationCommandOption[] = [], type = ApplicationCommandType.ChatInput) {
  return {
    id: name,
    application_id: "1",
    version: "1",
    type,
    name,
    description: `About ${name}`,
    default_member_permissions: null,
    options,
  } satisfies APIApplicationCommand;
}

const service: APIApplicationCommandOption = {
  type: ApplicationCommandOptionType.String,
  name: "service",
  description: "Which",
  required: true,
  autocomplete: true,
};
const topic: APIApplicationCommandOption = {
  type: ApplicationCommandOptionType.String,
  name: "topic",
  description: "What about",
  choices: [
    { name: "Who sees it", value: "private" },
    { name: "Being found", value: "found" },
  ],
};
const share: APIApplicationCommandOption = {
  type: ApplicationCommandOptionType.Boolean,
  name: "share",
  description: "For everybody",
};
const count: APIApplicationCommandOption = {
  type: ApplicationCommandOptionType.Integer,
  name: "count",
  description: "How many",
};

const commands = [
  command("walk-out", [topic, share, service]),
  command("ask"),
  command("see-walk"),
  command("Answer this", [], ApplicationCommandType.Message),
];
const [walkOut] = commands;
if (walkOut === undefined) throw new Error("no command");

describe("choosing a command", () => {
  it("puts names that begin so before names and descriptions that hold it", () => {
    expect(matchingCommands(commands, "walk").map(({ name }) => name)).toEqual(["walk-out", "see-walk"]);
    expect(matchingCommands(commands, "about as").map(({ name }) => name)).toEqual(["ask"]);
    expect(matchingCommands(commands, "zz")).toEqual([]);
  });

  it("offers in a place only what can be used there", () => {
    const guildOnly = { ...command("here"), contexts: [InteractionContextType.Guild] };
    expect(commandsIn([guildOnly], "guild")).toEqual([guildOnly]);
    expect(commandsIn([guildOnly], "dm")).toEqual([]);
    expect(commandsIn(commands, "dm")).toEqual(commands);
  });

  it("offers message commands on messages only", () => {
    expect(matchingCommands(commands, "").map(({ name }) => name)).toEqual(["ask", "see-walk", "walk-out"]);
    expect(messageCommands(commands).map(({ name }) => name)).toEqual(["Answer this"]);
  });
});

describe("filling in its options", () => {
  it("asks for the required ones and offers the others", () => {
    expect(promptedOptions(walkOut).map(({ name }) => name)).toEqual(["service", "topic", "share"]);
    const draft = startDraft(walkOut);
    expect(draftOptions(draft).map(({ name }) => name)).toEqual(["service"]);
    expect(furtherOptions(draft).map(({ name }) => name)).toEqual(["topic", "share"]);
    const more = withField(draft, "share", { text: "" });
    expect(draftOptions(more).map(({ name }) => name)).toEqual(["service", "share"]);
    expect(withoutField(more, "share")).toEqual(draft);
  });

  it("says which required option is missing", () => {
    expect(finishDraft(startDraft(walkOut))).toEqual({
      problem: { option: "service", text: "This option is required. Give it a value." },
    });
  });

  it("sends what was picked, else what was typed, and leaves out what is empty", () => {
    let draft = withField(startDraft(walkOut), "service", { text: "TikTok", picked: "tiktok" });
    draft = withField(draft, "topic", { text: "being found" });
    draft = withField(draft, "share", { text: "" });
    expect(finishDraft(draft)).toEqual({
      values: [
        { name: "service", value: "tiktok" },
        { name: "topic", value: "found" },
      ],
    });
    expect(finishDraft(withField(startDraft(walkOut), "service", { text: " anything " }))).toEqual({
      values: [{ name: "service", value: "anything" }],
    });
  });

  it.each([
    ["topic", "something else", "Choose one of the options in the list."],
    ["share", "maybe", "Choose True or False."],
  ])("refuses %s: %s", (option, text, problem) => {
    const draft = withField(startDraft(walkOut), "service", { text: "x" });
    expect(finishDraft(withField(draft, option, { text }))).toEqual({ problem: { option, text: problem } });
  });

  it("reads booleans and whole numbers", () => {
    const draft = startDraft(command("n", [count, share]));
    const filled = withField(withField(draft, "count", { text: "12" }), "share", { text: "True", picked: "true" });
    expect(finishDraft(filled)).toEqual({
      values: [
        { name: "count", value: 12 },
        { name: "share", value: true },
      ],
    });
    expect(finishDraft(withField(draft, "count", { text: "1.5" }))).toEqual({
      problem: { option: "count", text: "This must be a whole number." },
    });
  });

  it("narrows an option's choices by what is typed, until one is picked", () => {
    const option = promptedOptions(walkOut).find(({ name }) => name === "topic");
    if (option === undefined) throw new Error("no option");
    expect(fixedChoices(option, { text: "WHO" })?.map(({ value }) => value)).toEqual(["private"]);
    expect(fixedChoices(option, { text: "Being found", picked: "found" })).toHaveLength(2);
  });

  it("tells the bot what is typed so far", () => {
    const draft = withField(withField(startDraft(walkOut), "share", { text: "True", picked: "true" }), "service", {
      text: "tik",
    });
    expect(unfinishedValues(draft, "service")).toEqual([
      { name: "share", value: true },
      { name: "service", value: "tik" },
    ]);
  });
});
