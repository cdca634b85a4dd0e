/**
 * Checks every body that the bot can send against Discord's own description of its API, where a copy lies beside the
 * repository (https://github.com/discord/discord-api-spec).
 */
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Ajv2020 } from "ajv/dist/2020.js";
import formats from "ajv-formats";
import { InteractionResponseType, MessageFlags } from "discord-api-types/v10";
import { describe, expect, it } from "vitest";
import { commandBodies } from "../../commands/index.ts";
import { answerMatch } from "../../src/answers/answer-question.ts";
import { answerView } from "../../src/answers/answer-view.ts";
import { encodeView } from "../../src/replies/custom-id.ts";
import { errorReply, toReply } from "../../src/replies/reply.ts";
import { createDispatch } from "../../src/transports/dispatch.ts";
import { knowledge, testContext } from "../answers/context.ts";
import { generalViews, viewsOf } from "../answers/views.ts";
import { completion, interaction, press, slashCommand } from "./interactions.ts";

const FILE = fileURLToPath(new URL("../../../shared/data/discord-openapi.json", import.meta.url));
const isMissing = !existsSync(FILE);

interface Description {
  readonly paths: Readonly<Record<string, Readonly<Record<string, { readonly requestBody: RequestBody }>>>>;
  readonly components: object;
}
interface RequestBody {
  readonly content: { readonly "application/json": { readonly schema: object } };
}

/** A check of what is sent to an endpoint; it throws where Discord would refuse it. */
function checkerOf(description: Description, method: string, path: string): (body: unknown) => void {
  const schema = description.paths[path]?.[method]?.requestBody.content["application/json"].schema;
  if (!schema) throw new Error(`Discord's description has no ${method} ${path}.`);
  const ajv = new Ajv2020({ strict: false });
  formats.default(ajv);
  for (const format of ["snowflake", "nonce"]) ajv.addFormat(format, true);
  const validate = ajv.compile({ ...schema, components: description.components });
  return (body) => {
    // As it travels: what is undefined is not sent.
    const sent: unknown = JSON.parse(JSON.stringify(body));
    if (!validate(sent)) throw new Error(ajv.errorsText(validate.errors));
  };
}

function expectAccepted(check: (body: unknown) => void, id: string, body: unknown): void {
  try {
    check(body);
  } catch (error) {
    throw new Error(`Discord would refuse the card ${id}.`, { cause: error });
  }
}

// Thousands of cards, and a large description.
const TIMEOUT_MS = 120_000;

describe.skipIf(isMissing)(
  `bodies against Discord's description${isMissing ? " (skipped: there is no copy of it)" : ""}`,
  () => {
    const description: Description = isMissing ? { paths: {}, components: {} } : JSON.parse(readFileSync(FILE, "utf8"));
    const context = testContext();
    const dispatch = createDispatch(context, (error) => {
      throw error;
    });
    const answers = [...[...knowledge.entries.values()].flatMap(viewsOf), ...generalViews].map(
      (view) => [encodeView(view), answerView(context, view)] as const,
    );

    it("accepts the commands", () => {
      checkerOf(description, "put", "/applications/{application_id}/commands")(commandBodies);
    });

    it("accepts every card as a response to an interaction", () => {
      const check = checkerOf(description, "post", "/interactions/{interaction_id}/{interaction_token}/callback");
      for (const [id, answer] of answers) {
        expectAccepted(check, id, {
          type: InteractionResponseType.ChannelMessageWithSource,
          data: toReply(answer, "private"),
        });
        expectAccepted(check, id, { type: InteractionResponseType.UpdateMessage, data: toReply(answer, "public") });
      }
      check({ type: InteractionResponseType.ChannelMessageWithSource, data: errorReply() });
    });

    it("accepts what dispatch answers", () => {
      const check = checkerOf(description, "post", "/interactions/{interaction_id}/{interaction_token}/callback");
      for (const asked of [
        interaction({ type: 1 }),
        slashCommand("delete-steps", { service: "tiktok" }),
        completion("delete-steps", { service: "" }),
        press("w1:steps:tiktok"),
      ]) {
        check(dispatch(asked));
      }
    });

    it("accepts every card as a message", () => {
      const check = checkerOf(description, "post", "/channels/{channel_id}/messages");
      for (const [id, answer] of answers) expectAccepted(check, id, toReply(answer, "public"));
      const asksBack = answerMatch(context, {
        kind: "clarify",
        service: "tiktok",
        topic: null,
        confidence: 0.5,
        candidates: [
          { service: "tiktok", topic: "delete", confidence: 0.5 },
          { service: "tiktok", topic: "deactivate", confidence: 0.5 },
        ],
      });
      check(toReply(asksBack, "public"));
    });

    it("refuses what Discord refuses", () => {
      const check = checkerOf(description, "post", "/channels/{channel_id}/messages");
      expect(() => check({ flags: MessageFlags.IsComponentsV2, components: [{ type: 17, components: [] }] })).toThrow();
    });
  },
  TIMEOUT_MS,
);
