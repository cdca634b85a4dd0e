import { describe, expect, it } from "vitest";
import { ConfigError, parseConfig } from "../../src/config.ts";
import { divide } from "../../src/start/shard-plan.ts";

describe("settings for shards", () => {
  const shards = (environment: Record<string, string>) => parseConfig({ DISCORD_TOKEN: "t", ...environment }).shards;

  it.each([
    [{}, undefined],
    [{ SHARDS: "auto" }, { total: "auto", list: "all", perProcess: undefined }],
    [
      { SHARDS: "16", SHARDS_PER_PROCESS: "8" },
      { total: 16, list: "all", perProcess: 8 },
    ],
    [
      { SHARD_COUNT: "9", SHARD_LIST: "0-3,8" },
      { total: 9, list: [0, 1, 2, 3, 8], perProcess: undefined },
    ],
    [
      { SHARD_COUNT: "9", SHARD_LIST: "2,1-2" },
      { total: 9, list: [1, 2], perProcess: undefined },
    ],
    [
      { SHARD_COUNT: "2", SHARD_LIST: "ordinal" },
      { total: 2, list: "ordinal", perProcess: undefined },
    ],
  ])("%o are read", (environment, expected) => {
    expect(shards(environment)).toEqual(expected);
  });

  it.each([
    [{ SHARDS: "many" }, /^SHARDS: found "many", allowed: auto, or a number of shards/],
    [{ SHARDS: "0" }, /^SHARDS: found "0"/],
    [{ SHARD_LIST: "a", SHARD_COUNT: "2" }, /^SHARD_LIST: found "a", allowed: shards such as 0-3,8, or ordinal/],
    [{ SHARDS: "2", SHARD_COUNT: "2" }, /^SHARDS: found it together with SHARD_COUNT or SHARD_LIST/],
    [{ SHARD_LIST: "0" }, /^SHARD_LIST: found it without SHARD_COUNT/],
    [{ SHARD_COUNT: "2" }, /^SHARD_COUNT: found it without SHARD_LIST/],
    [{ SHARD_COUNT: "4", SHARD_LIST: "0-4" }, /^SHARD_LIST: found shard 4, but SHARD_COUNT is 4/],
    [{ SHARD_COUNT: "4", SHARD_LIST: "3-0" }, /^SHARD_LIST: found 3-0, which is no shard/],
    [{ SHARDS: "2", GATEWAY: "off", DISCORD_PUBLIC_KEY: "a".repeat(64) }, /^SHARDS: found it, but the gateway is not/],
  ])("%o are refused in one line", (environment, message) => {
    expect(() => shards(environment)).toThrow(ConfigError);
    expect(() => shards(environment)).toThrow(message);
  });
});

describe("shards are divided among processes", () => {
  it("in groups of four on one machine", () => {
    expect(divide({ total: 6, list: "all", perProcess: undefined }, "any").processes).toEqual([
      [0, 1, 2, 3],
      [4, 5],
    ]);
    expect(divide({ total: 1, list: "all", perProcess: undefined }, "any").processes).toEqual([[0]]);
  });

  it("as listed", () => {
    const plan = divide({ total: 9, list: [0, 1, 8], perProcess: 2 }, "any");
    expect(plan).toEqual({ total: 9, processes: [[0, 1], [8]] });
  });

  it("by a pod's number, one each where nothing else is set", () => {
    const pod = (host: string, perProcess?: number) =>
      divide({ total: 10, list: "ordinal", perProcess }, host).processes;
    expect(pod("wayout-shards-0")).toEqual([[0]]);
    expect(pod("wayout-shards-7")).toEqual([[7]]);
    expect(pod("wayout-2", 4)).toEqual([[8, 9]]);
    expect(() => pod("wayout-10")).toThrow(/has shards from 10 on, but SHARD_COUNT is 10/);
    expect(() => pod("laptop")).toThrow(/does not end in a number/);
  });
});
