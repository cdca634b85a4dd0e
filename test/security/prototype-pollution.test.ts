/** No data from outside can change what all objects of the program inherit. */
import type { APIInteraction, GatewayMessageCreateDispatchData } from "discord-api-types/v10";
import { afterEach, describe, expect, it } from "vitest";
import { parseConfig } from "../../src/config.ts";
import { importDirectory } from "../../src/knowledge/import-directory.ts";
import { loadKnowledge } from "../../src/knowledge/load.ts";
import { createMatcher } from "../../src/matching/matcher.ts";
import { createMetrics } from "../../src/transports/metrics.ts";
import { createResponder } from "../../src/transports/responder.ts";

const knowledge = loadKnowledge();
const responder = createResponder({ knowledge, matcher: createMatcher(knowledge), now: () => new Date() }, (error) => {
  throw error;
});

/** As JSON can bring it: own properties of these names, at every level, and as values that are looked up. */
const KEYS = ["__proto__", "constructor", "prototype", "hasOwnProperty", "toString", "valueOf"];
const POLLUTION = `{"isPolluted":true,"prototype":{"isPolluted":true},"toString":"x","name":"ask","kind":"delete"}`;

const inherited = JSON.stringify(Object.getOwnPropertyNames(Object.prototype));

afterEach(() => {
  expect(JSON.stringify(Object.getOwnPropertyNames(Object.prototype))).toBe(inherited);
  expect("isPolluted" in {}).toBe(false);
  expect("isPolluted" in (() => {})).toBe(false);
});

describe.each(KEYS)("the key %s", (key) => {
  it("changes nothing in an interaction", () => {
    const bodies = [
      `{"type":2,"${key}":${POLLUTION},"data":{"type":1,"name":"ask"}}`,
      `{"type":2,"data":{"${key}":${POLLUTION},"type":1,"name":"${key}"}}`,
      `{"type":2,"data":{"type":1,"name":"ask","options":[{"name":"${key}","type":3,"value":"x"},{"name":"question","type":3,"value":"${key}"}]}}`,
      `{"type":2,"data":{"type":1,"name":"delete-steps","options":[{"name":"service","type":3,"value":"${key}"},{"name":"method","type":3,"value":"${key}"}]}}`,
      `{"type":2,"data":{"type":3,"name":"Answer this question","target_id":"${key}","resolved":{"messages":{"${key}":{"content":"${key}"}}}}}`,
      `{"type":3,"data":{"custom_id":"w1:steps:${key}","component_type":2},"message":{"${key}":${POLLUTION}}}`,
      `{"type":3,"data":{"custom_id":"w1:${key}:tiktok","component_type":3,"values":["${key}"]}}`,
      `{"type":4,"data":{"type":1,"name":"delete-steps","options":[{"name":"service","type":3,"value":"${key}","focused":true}]}}`,
    ];
    const watch = createMetrics(() => []).watch("endpoint");
    for (const body of bodies) {
      const interaction: APIInteraction = JSON.parse(body);
      const response = responder.respondToInteraction(interaction);
      watch.answeredInteraction(interaction, 1);
      expect([4, 7, 8]).toContain(response.type);
      expect(JSON.stringify(response)).not.toContain("isPolluted");
    }
  });

  it("changes nothing in a message", () => {
    const message: GatewayMessageCreateDispatchData = JSON.parse(
      `{"id":"1","channel_id":"2","type":19,"content":"<@9> delete ${key}","author":{"id":"3","${key}":${POLLUTION}},
        "mentions":[{"id":"9"}],"referenced_message":{"author":{"id":"9"},"components":[{"custom_id":"w1:steps:${key}","${key}":${POLLUTION}}]}}`,
    );
    expect(responder.respondToMessage(message, "9")).not.toBeNull();
  });

  it("changes nothing in an imported file", () => {
    const record = `{"name":"${key}","url":"https://a.example","difficulty":"easy","domains":["a.example"],"url_${key}":"https://b.example","${key}":${POLLUTION}}`;
    const { directory, skipped } = importDirectory(JSON.parse(`[${record}]`));
    expect(directory.listings.length + skipped.length).toBe(1);
    expect(JSON.stringify(directory)).not.toContain("isPolluted");
  });

  it("is no setting", () => {
    expect(parseConfig(JSON.parse(`{"${key}":"x"}`))).toEqual(parseConfig({}));
  });
});
