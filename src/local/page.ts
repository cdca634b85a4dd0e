/** Serves the page: bundled once in memory, with nothing from other hosts. */
import { readFile } from "node:fs/promises";
import { basename, extname } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import type { Hono } from "hono";
import type { ApiEnv } from "./rest/context.ts";
import type { State } from "./state.ts";

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".woff2": "font/woff2",
};

interface Asset {
  readonly contentType: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

type Assets = ReadonlyMap<string, Asset>;

const pageFile = (name: string): string => fileURLToPath(new URL(`page/${name}`, import.meta.url));

async function bundlePage(): Promise<Assets> {
  const [html, bundle] = await Promise.all([
    readFile(pageFile("index.html")),
    build({
      entryPoints: [pageFile("main.ts")],
      bundle: true,
      write: false,
      format: "esm",
      target: "es2022",
      minify: true,
      charset: "utf8",
      legalComments: "none",
      logLevel: "silent",
      // Never written to: the outputs are named by it, and stay in memory.
      outdir: pageFile("bundle"),
      publicPath: "/",
      assetNames: "[name]-[hash]",
      loader: { ".woff2": "file", ".svg": "file", ".png": "file" },
      // Old forms of the fonts, for browsers that could not run the page.
      external: ["*.woff"],
    }),
  ]);
  const assets = new Map<string, Asset>([
    ["/", { contentType: CONTENT_TYPES[".html"] ?? "", bytes: new Uint8Array(html) }],
  ]);
  for (const { path, contents } of bundle.outputFiles) {
    const contentType = CONTENT_TYPES[extname(path)] ?? "application/octet-stream";
    assets.set(`/${basename(path)}`, { contentType, bytes: new Uint8Array(contents) });
  }
  return assets;
}

/** One bundle for the process, however many servers a test starts. A failure is tried again. */
let bundled: Promise<Assets> | null = null;
function assetsOfPage(): Promise<Assets> {
  bundled ??= bundlePage().catch((error: unknown) => {
    bundled = null;
    throw error;
  });
  return bundled;
}

/** Nothing but the page's own files; its line is named, as not every browser counts WebSockets to `'self'`. */
function contentSecurityPolicy(host: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    // The chat library sets two style attributes, an empty one and "color:;": those, by their hashes, and no others.
    "style-src 'self' 'unsafe-hashes' 'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=' 'sha256-YyzoJpP5ML1Dl1K7WQbfMCvG6Df0Mckd/cH2Bl2ywZQ='",
    "font-src 'self'",
    "img-src 'self' data:",
    `connect-src 'self' ws://${host}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join("; ");
}

/** Adds `/`, what it loads, and the files that came with messages. */
export function addPageRoutes(app: Hono<ApiEnv>, state: State): void {
  app.get("/attachments/:file/:name", (context) => {
    const file = state.file(context.req.param("file"));
    if (file === undefined) return context.text("This file is gone.", 404);
    return new Response(new Uint8Array(file.bytes), {
      headers: {
        "Content-Type": file.contentType,
        // To be saved, never shown as a page of ours, whatever it says it is.
        "Content-Disposition": `attachment; filename*=UTF-8''${encodeURIComponent(file.filename)}`,
        "Content-Security-Policy": "sandbox; default-src 'none'",
        "X-Content-Type-Options": "nosniff",
      },
    });
  });

  app.get("/*", async (context, next) => {
    const assets = await assetsOfPage().catch((error: unknown) => (error instanceof Error ? error : null));
    if (!(assets instanceof Map)) {
      const reason = assets instanceof Error ? assets.message : "";
      return context.text(`The page could not be built.\n\n${reason}`, 500);
    }
    const asset: Asset | undefined = assets.get(context.req.path);
    if (asset === undefined) return next();
    return new Response(asset.bytes, {
      headers: {
        "Content-Type": asset.contentType,
        // Fonts carry their hash in their names; all else may change with the next start.
        "Cache-Control": /-[A-Z0-9]{8}\./.test(context.req.path) ? "public, max-age=31536000, immutable" : "no-cache",
        "Content-Security-Policy": contentSecurityPolicy(context.req.header("host") ?? ""),
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Referrer-Policy": "no-referrer",
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
      },
    });
  });
}
