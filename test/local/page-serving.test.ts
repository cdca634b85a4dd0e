import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type LocalDiscord, startLocalDiscord } from "../../src/local/server.ts";

let local: LocalDiscord;
beforeAll(async () => {
  local = await startLocalDiscord({ port: 0 });
});
afterAll(() => local.close());

describe("the page", () => {
  it("loads its script, style and fonts from here, and nothing from elsewhere", async () => {
    const page = await fetch(local.url);
    expect(page.status).toBe(200);
    expect(page.headers.get("content-type")).toBe("text/html; charset=utf-8");
    const policy = page.headers.get("content-security-policy") ?? "";
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toMatch(/unsafe-(inline|eval)/);
    const html = await page.text();
    const linked = [...html.matchAll(/(?:src|href)="([^"]*)"/g)].map(([, address]) => address ?? "");
    expect(linked).toEqual(expect.arrayContaining(["/main.js", "/main.css"]));
    for (const address of linked.filter((one) => !one.startsWith("data:")))
      expect([address, (await fetch(new URL(address, local.url))).status]).toEqual([address, 200]);

    const style = await fetch(`${local.url}/main.css`);
    expect(style.headers.get("content-type")).toBe("text/css; charset=utf-8");
    const css = await style.text();
    const fonts = [...css.matchAll(/url\("?([^)"]*\.woff2)"?\)/g)].map(([, address]) => address ?? "");
    expect(fonts.length).toBeGreaterThan(0);
    const font = await fetch(new URL(fonts[0] ?? "", local.url));
    expect([font.status, font.headers.get("content-type")]).toEqual([200, "font/woff2"]);
    expect(font.headers.get("cache-control")).toContain("immutable");
  }, 30_000);

  it("is not shown under another name, nor are other paths", async () => {
    expect((await fetch(local.url, { headers: { origin: "https://evil.example" } })).status).toBe(403);
    expect((await fetch(`${local.url}/../package.json`)).status).toBe(404);
    expect((await fetch(`${local.url}/%2e%2e/server.ts`)).status).toBe(404);
    expect((await fetch(`${local.url}/attachments/1/x`)).status).toBe(404);
  });
});

describe("the server", () => {
  it("says in its error's code that the port is taken", async () => {
    const port = Number(new URL(local.url).port);
    await expect(startLocalDiscord({ port })).rejects.toMatchObject({ code: "EADDRINUSE" });
  });
});
