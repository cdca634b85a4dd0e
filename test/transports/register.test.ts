import { describe, expect, it } from "vitest";
import { isSameList } from "../../src/transports/register.ts";

const declared = [
  {
    type: 1,
    name: "ask",
    description: "Ask",
    integration_types: [0, 1],
    contexts: [0, 1, 2],
    options: [{ type: 3, name: "question", description: "In your words", required: true }],
  },
  { type: 3, name: "Answer this", integration_types: [0, 1], contexts: [0, 1, 2] },
];

/** The same, as Discord sends it back. */
function registered(change: object = {}): object[] {
  return [
    {
      id: "11",
      application_id: "12",
      version: "13",
      type: 3,
      name: "Answer this",
      name_localizations: null,
      description: "",
      description_localizations: null,
      default_member_permissions: null,
      dm_permission: true,
      nsfw: false,
      contexts: [2, 1, 0],
      integration_types: [1, 0],
    },
    { ...declared[0], id: "14", application_id: "12", version: "15", nsfw: false, name_localizations: null, ...change },
  ];
}

describe("isSameList", () => {
  it("sees past what Discord adds and how it orders", () => {
    expect(isSameList(registered(), declared)).toBe(true);
  });

  it.each([
    ["a new description", { description: "Ask me" }],
    [
      "an option that is no longer required",
      { options: [{ type: 3, name: "question", description: "In your words" }] },
    ],
    [
      "an option more",
      { options: [...(declared[0]?.options ?? []), { type: 5, name: "share", description: "Show all" }] },
    ],
    ["other contexts", { contexts: [0] }],
    ["a localization", { name_localizations: { de: "frag" } }],
  ])("sees %s", (_, change) => {
    expect(isSameList(registered(change), declared)).toBe(false);
  });

  it("sees a command that came or went", () => {
    expect(isSameList(registered().slice(1), declared)).toBe(false);
    expect(isSameList(registered(), declared.slice(1))).toBe(false);
  });
});
