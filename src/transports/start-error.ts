/** Thrown where the bot cannot start; its message is one line that tells the operator what to do. */
export class StartError extends Error {
  override readonly name = "StartError";
}

export const TOKEN_REFUSED =
  "Discord refused DISCORD_TOKEN. Copy it again from the developer portal (your application > Bot > Reset Token).";
