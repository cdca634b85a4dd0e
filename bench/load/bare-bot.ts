/** The least that discord.js needs to answer commands: the measure for Wayout over the gateway. */
import { Client, GatewayIntentBits, type Interaction, MessageFlags } from "discord.js";

const { DISCORD_TOKEN, DISCORD_API_URL } = process.env;

// The same intents as Wayout's.
const client = new Client({
  intents: [GatewayIntentBits.GuildMessages, GatewayIntentBits.DirectMessages],
  rest: { api: DISCORD_API_URL ?? "" },
});
async function answer(interaction: Interaction): Promise<void> {
  if (interaction.isAutocomplete()) await interaction.respond([{ name: "TikTok", value: "tiktok" }]);
  if (interaction.isChatInputCommand()) {
    await interaction.reply({ content: "Open Settings, and choose Delete account.", flags: MessageFlags.Ephemeral });
  }
}

client.on("interactionCreate", (interaction) => void answer(interaction));
for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => process.exit(0));
await client.login(DISCORD_TOKEN);
