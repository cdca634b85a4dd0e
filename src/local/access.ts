/**
 * Who may speak to the local Discord: programs on this machine, and its own page. Not the pages of other sites that are
 * open in the same browser, whether they send requests here or have their own name resolve to this machine.
 */
import type { IncomingHttpHeaders } from "node:http";

const LOOPBACK_NAMES = ["127.0.0.1", "localhost", "[::1]"];

/**
 * Why a request is refused, or null where it is not.
 *
 * @param port The port that the server listens on.
 * @param isPage Whether the request is for the page itself, to which other sites may link.
 */
export function refusalOf(headers: IncomingHttpHeaders, port: number, isPage: boolean): string | null {
  const hosts = LOOPBACK_NAMES.map((name) => `${name}:${port}`);
  // Browsers leave the port out where it is the scheme's own.
  if (port === 80) hosts.push(...LOOPBACK_NAMES);
  const { host, origin } = headers;
  // DNS rebinding: the name is another site's, the address is ours.
  if (host === undefined || !hosts.includes(host.toLowerCase())) return "This host name is not served here.";
  if (origin !== undefined && !hosts.some((name) => origin === `http://${name}`))
    return "Other sites have no access to the local Discord.";
  // Browsers name no origin in some requests, but say that they come from elsewhere. Another port is another site, too.
  const site = headers["sec-fetch-site"];
  const elsewhere = site === "cross-site" || site === "same-site";
  const followsLink = isPage && headers["sec-fetch-mode"] === "navigate" && headers["sec-fetch-dest"] === "document";
  if (elsewhere && !followsLink) return "Other sites have no access to the local Discord.";
  return null;
}
