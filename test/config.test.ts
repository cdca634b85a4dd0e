import { describe, expect, it } from "vitest";
import { ConfigError, parseConfig } from "../src/config.ts";

describe("parseConfig", () => {
  it("needs nothing", () => {
    expect(parseConfig({})).toEqual({
      token: undefined,
      apiUrl: "https://discord.com/api",
      publicKey: undefined,
      usesGateway: false,
      port: 3000,
      host: undefined,
      metricsPort: undefined,
      hasCooldown: true,
      shards: undefined,
      isShardProcess: false,
      defaultService: undefined,
      reportUrl: undefined,
      logLevel: undefined,
    });
  });

  it("takes an empty value, as .env.example has them, for one that is not set", () => {
    expect(parseConfig({ DISCORD_TOKEN: "", PORT: " ", DEFAULT_SERVICE: "" })).toEqual(parseConfig({}));
  });

  it("does not judge a token by its shape", () => {
    expect(parseConfig({ DISCORD_TOKEN: "anything-goes" }).token).toBe("anything-goes");
  });

  it.each([
    ["https://discord.com/api/", "https://discord.com/api"],
    ["http://127.0.0.1:4000/api/v10", "http://127.0.0.1:4000/api"],
    ["http://127.0.0.1:4000/api", "http://127.0.0.1:4000/api"],
  ])("takes the API's address %s without its version", (given, expected) => {
    expect(parseConfig({ DISCORD_API_URL: given }).apiUrl).toBe(expected);
  });

  it.each([
    [{ PORT: "http" }, 'PORT: found "http", allowed: a port number. Set it in .env or in the environment.'],
    [{ PORT: "70000" }, 'PORT: found "70000", allowed: at most 65535. Set it in .env or in the environment.'],
    [
      { LOG_LEVEL: "loud" },
      'LOG_LEVEL: found "loud", allowed: fatal, error, warn, info, debug, trace, silent. Set it in .env or in the environment.',
    ],
    [
      { DISCORD_API_URL: "discord.com" },
      'DISCORD_API_URL: found "discord.com", allowed: an address that starts with https:// or http://. Set it in .env or in the environment.',
    ],
  ])("says in one line what is wrong with %o", (environment, message) => {
    expect(() => parseConfig(environment)).toThrow(new ConfigError(message));
  });

  it("uses the gateway with a token, unless it is switched off", () => {
    const key = "ab".repeat(32);
    expect(parseConfig({ DISCORD_TOKEN: "t" }).usesGateway).toBe(true);
    expect(parseConfig({ DISCORD_TOKEN: "t", DISCORD_PUBLIC_KEY: key }).usesGateway).toBe(true);
    expect(parseConfig({ DISCORD_TOKEN: "t", DISCORD_PUBLIC_KEY: key, GATEWAY: "off" }).usesGateway).toBe(false);
    expect(parseConfig({ DISCORD_PUBLIC_KEY: key }).usesGateway).toBe(false);
  });

  it.each(["ab", "ab".repeat(33), "xy".repeat(32)])("refuses the public key %s", (key) => {
    expect(() => parseConfig({ DISCORD_PUBLIC_KEY: key })).toThrow(
      "DISCORD_PUBLIC_KEY: found something else, allowed: 64 hexadecimal digits",
    );
  });

  it.each(["127.0.0.1", "::1", "0.0.0.0", "localhost"])("takes the address %s to listen on", (host) => {
    expect(parseConfig({ HOST: host }).host).toBe(host);
  });

  it.each([
    [{ GATEWAY: "off", DISCORD_TOKEN: "t" }, "GATEWAY: found off, but DISCORD_PUBLIC_KEY is not set"],
    [{ GATEWAY: "on", DISCORD_PUBLIC_KEY: "ab".repeat(32) }, "GATEWAY: found on, but DISCORD_TOKEN is not set"],
    [{ METRICS_PORT: "3000" }, "METRICS_PORT: found 3000, which is also PORT"],
  ])("says what contradicts itself in %o", (environment, message) => {
    expect(() => parseConfig(environment)).toThrow(message);
  });

  it("lets METRICS_PORT be what PORT is where PORT is not used", () => {
    expect(parseConfig({ METRICS_PORT: "3000", DISCORD_TOKEN: "t" }).metricsPort).toBe(3000);
  });

  it("reports every wrong setting at once", () => {
    const parse = () => parseConfig({ PORT: "-1", LOG_LEVEL: "loud" });
    expect(parse).toThrow(/^PORT: .*\nLOG_LEVEL: .*$/);
  });

  it("never repeats a token", () => {
    const parse = () => parseConfig({ DISCORD_TOKEN: "my secret" });
    expect(parse).toThrow(ConfigError);
    expect(parse).not.toThrow(/secret/);
  });
});
