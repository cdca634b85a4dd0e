import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    projects: [
      { test: { name: "unit", include: ["test/**/*.test.ts"], exclude: ["test/e2e/**"] } },
      { test: { name: "e2e", include: ["test/e2e/**/*.test.ts"], exclude: ["test/e2e/**/*.browser.test.ts"] } },
      // A real Chromium, found by path: CHROMIUM_PATH, or where Debian installs it.
      {
        test: {
          name: "browser",
          include: ["test/e2e/**/*.browser.test.ts"],
          testTimeout: 60_000,
          hookTimeout: 60_000,
          expect: { poll: { timeout: 10_000 } },
        },
      },
    ],
  },
});
