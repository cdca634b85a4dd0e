import { describe, expect, it } from "vitest";
import { ConfigError, parseConfig } from "../src/config.ts";

describe("parseConfig", () => {
  it("needs nothing", () => {
    expect(parseConfig({})).toEqual({
      token: undefined,
      apiUrl: "https://discord.com/api",
      port: 3000,
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
