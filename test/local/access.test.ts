import { describe, expect, it } from "vitest";
import { refusalOf } from "../../src/local/access.ts";

const PORT = 3000;
const own = { host: "127.0.0.1:3000" };

describe("access", () => {
  it.each([
    ["a program", own, false],
    ["a program by name", { host: "localhost:3000" }, false],
    ["the page's own request", { ...own, origin: "http://127.0.0.1:3000", "sec-fetch-site": "same-origin" }, false],
    ["an address that was typed", { ...own, "sec-fetch-site": "none" }, true],
    [
      "a link on another site to the page",
      { ...own, "sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate", "sec-fetch-dest": "document" },
      true,
    ],
  ])("lets in %s", (_, headers, isPage) => {
    expect(refusalOf(headers, PORT, isPage)).toBeNull();
  });

  it.each([
    ["a name that resolves here (DNS rebinding)", { host: "evil.example:3000" }, true],
    ["another port in the name", { host: "127.0.0.1:4000" }, true],
    ["no host", {}, true],
    ["another site's script", { ...own, origin: "https://evil.example" }, false],
    ["a sandboxed frame", { ...own, origin: "null" }, false],
    ["another local port's script", { ...own, origin: "http://127.0.0.1:4000" }, false],
    ["another scheme", { ...own, origin: "https://127.0.0.1:3000" }, false],
    ["another site's image", { ...own, "sec-fetch-site": "cross-site", "sec-fetch-mode": "no-cors" }, true],
    [
      "another site's frame",
      { ...own, "sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate", "sec-fetch-dest": "iframe" },
      true,
    ],
    [
      "another site's link to the API",
      { ...own, "sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate", "sec-fetch-dest": "document" },
      false,
    ],
  ])("refuses %s", (_, headers, isPage) => {
    expect(refusalOf(headers, PORT, isPage)).toEqual(expect.any(String));
  });
});
