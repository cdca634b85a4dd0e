import { afterEach, expect, it, vi } from "vitest";
import { launchChromium } from "../../scripts/chromium.ts";

afterEach(() => void vi.unstubAllEnvs());

it("tells in one line how to get a Chromium where there is none", async () => {
  vi.stubEnv("CHROMIUM_PATH", "/nowhere/chromium");
  await expect(launchChromium()).rejects.toThrow(
    /^CHROMIUM_PATH is \/nowhere\/chromium, where there is no file\. Install it \(Debian and Ubuntu: apt-get install chromium\), .*$/,
  );
});
