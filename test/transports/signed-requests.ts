/** Discord's side of the HTTP endpoint: a real key pair, and requests signed with it. */
import { generateKeyPairSync, sign } from "node:crypto";

export interface Signer {
  /** As the developer portal shows it: 64 hexadecimal digits. */
  readonly publicKey: string;
  /** The headers that Discord sends with this body. */
  headers(body: string | Uint8Array, timestamp?: number | string): Record<string, string>;
}

/** Source: https://docs.discord.com/developers/interactions/overview#setting-up-an-endpoint-validating-security-request-headers */
export function createSigner(): Signer {
  const { publicKey, privateKey } = generateKeyPairSync("ed25519");
  // The last 32 bytes of the DER form are the key itself (RFC 8410, section 4).
  const raw = publicKey.export({ format: "der", type: "spki" }).subarray(-32);
  return {
    publicKey: raw.toString("hex"),
    headers(body, timestamp = Math.floor(Date.now() / 1000)) {
      const signed = Buffer.concat([Buffer.from(String(timestamp)), Buffer.from(body)]);
      return {
        "content-type": "application/json",
        "x-signature-ed25519": sign(null, signed, privateKey).toString("hex"),
        "x-signature-timestamp": String(timestamp),
      };
    },
  };
}

export const PING = JSON.stringify({ id: "1", application_id: "2", type: 1, token: "t", version: 1 });

/** A slash command, as Discord sends it. */
export function command(
  name: string,
  options: Readonly<Record<string, string | boolean>> = {},
  userId = "80351110224678912",
) {
  return JSON.stringify({
    id: "846462639134605312",
    application_id: "846462639134605311",
    type: 2,
    token: "aW50ZXJhY3Rpb246",
    version: 1,
    channel: { id: "772908445358620702", type: 0 },
    channel_id: "772908445358620702",
    guild_id: "772904309264089089",
    locale: "en-US",
    member: { user: { id: userId, username: "sam", discriminator: "0", avatar: null } },
    data: {
      id: "866818195033292851",
      name,
      type: 1,
      options: Object.entries(options).map(([option, value]) => ({
        name: option,
        type: typeof value === "string" ? 3 : 5,
        value,
      })),
    },
  });
}
