/** The bot itself, its application, its servers, its commands, and where its gateway is. */
import { type APIApplicationCommand, ApplicationCommandType } from "discord-api-types/v10";
import type { Hono } from "hono";
import { applicationObject, channelObject, guildObject, memberObject } from "../discord-objects.ts";
import type { Guild } from "../state.ts";
import { type CommandBody, parseCommand, parseCommands } from "../validation/command.ts";
import type { ApiContext, ApiEnv } from "./context.ts";
import { unknownApplication, unknownCommand, unknownGuild, unknownUser } from "./errors.ts";
import type { RateLimits } from "./rate-limits.ts";
import { readBody } from "./request-body.ts";

const SESSION_STARTS_A_DAY = 1000;
const DAY_MS = 24 * 60 * 60 * 1000;

/** The fields that Discord sends only where they have been set, or asked for. */
function commandResponse(command: APIApplicationCommand, withLocalizations: boolean): object {
  if (withLocalizations) return command;
  const { name_localizations: _names, description_localizations: _descriptions, ...rest } = command;
  return rest;
}

export function addApplicationRoutes(app: Hono<ApiEnv>, api: ApiContext, limits: RateLimits): void {
  const { state } = api;

  app.get("/gateway/bot", (context) =>
    context.json({
      url: api.gateway.url(),
      // Discord recommends a shard for about 1,000 servers.
      shards: Math.max(1, Math.ceil(state.guilds.size / 1000)),
      session_start_limit: {
        total: SESSION_STARTS_A_DAY,
        remaining: Math.max(0, SESSION_STARTS_A_DAY - api.gateway.identified()),
        reset_after: DAY_MS,
        max_concurrency: api.gateway.maxConcurrency,
      },
    }),
  );
  app.get("/users/@me", (context) =>
    context.json({ ...state.bot, verified: true, mfa_enabled: false, locale: "en-US", email: null, flags: 0 }),
  );
  app.get("/users/:user", (context) => {
    const user = [state.bot, state.person].find(({ id }) => id === context.req.param("user"));
    if (user === undefined) throw unknownUser();
    return context.json(user);
  });
  app.get("/applications/@me", (context) => context.json(applicationObject(state)));
  app.get("/oauth2/applications/@me", (context) => context.json(applicationObject(state)));

  const guildOf = (id: string): Guild => {
    const guild = state.guilds.get(id);
    if (guild === undefined) throw unknownGuild();
    return guild;
  };
  app.get("/guilds/:guild", (context) => context.json(guildObject(state, guildOf(context.req.param("guild")))));
  app.get("/guilds/:guild/channels", (context) =>
    context.json(guildOf(context.req.param("guild")).channels.map((channel) => channelObject(state, channel))),
  );
  app.get("/guilds/:guild/members/:user", (context) => {
    const guild = guildOf(context.req.param("guild"));
    const user = [state.bot, state.person].find(({ id }) => id === context.req.param("user"));
    if (user === undefined) throw unknownUser();
    return context.json({ ...memberObject(state, guild, user.id), user });
  });

  addCommandRoutes(app, api, limits, "/applications/:application/commands");
  addCommandRoutes(app, api, limits, "/applications/:application/guilds/:guild/commands");
}

function addCommandRoutes(app: Hono<ApiEnv>, api: ApiContext, limits: RateLimits, base: string): void {
  const { state } = api;
  const limit = limits.bucket(base, "other", (context) => context.req.param("guild") ?? "");

  /** Checks the address; the server's id for a server's own commands, undefined for global ones. */
  const scopeOf = (param: (name: string) => string | undefined): string | undefined => {
    if (param("application") !== state.application.id) throw unknownApplication();
    const guild = param("guild");
    if (guild !== undefined && !state.guilds.has(guild)) throw unknownGuild();
    return guild;
  };
  const commandsOf = (guild: string | undefined): APIApplicationCommand[] =>
    [...state.commands.values()].filter((command) => command.guild_id === guild);

  const save = (body: CommandBody, guild: string | undefined, id: string): APIApplicationCommand => {
    const type = body.type ?? ApplicationCommandType.ChatInput;
    const { default_permission: _old, dm_permission, options, integration_types, contexts, ...rest } = body;
    const command = {
      ...rest,
      id,
      application_id: state.application.id,
      version: state.nextId(),
      type,
      description: body.description ?? "",
      name_localizations: body.name_localizations ?? null,
      description_localizations: body.description_localizations ?? null,
      default_member_permissions: body.default_member_permissions ?? null,
      dm_permission: dm_permission ?? true,
      nsfw: body.nsfw ?? false,
      contexts: contexts ?? null,
      // As the application is configured.
      integration_types: integration_types ?? [0, 1],
      ...(options?.length ? { options } : {}),
      ...(guild === undefined ? {} : { guild_id: guild }),
    };
    // The body has been checked against the same rules that the type describes.
    const checked = command as APIApplicationCommand;
    state.commands.set(id, checked);
    return checked;
  };
  const existing = (body: CommandBody, guild: string | undefined): APIApplicationCommand | undefined =>
    commandsOf(guild).find(
      ({ name, type }) => name === body.name && type === (body.type ?? ApplicationCommandType.ChatInput),
    );
  const commandOf = (param: (name: string) => string | undefined): APIApplicationCommand => {
    const guild = scopeOf(param);
    const command = state.commands.get(param("command") ?? "");
    if (command === undefined || command.guild_id !== guild) throw unknownCommand();
    return command;
  };

  app.get(base, limit, (context) => {
    const guild = scopeOf((name) => context.req.param(name));
    const withLocalizations = context.req.query("with_localizations") === "true";
    return context.json(commandsOf(guild).map((command) => commandResponse(command, withLocalizations)));
  });
  app.put(base, limit, async (context) => {
    const guild = scopeOf((name) => context.req.param(name));
    const bodies = parseCommands((await readBody(context)).json);
    const before = commandsOf(guild);
    const kept = bodies.map((body) => ({ body, id: existing(body, guild)?.id ?? state.nextId() }));
    for (const { id } of before) state.commands.delete(id);
    const saved = kept.map(({ body, id }) => save(body, guild, id));
    state.announce({ type: "commands" });
    return context.json(saved);
  });
  app.post(base, limit, async (context) => {
    const guild = scopeOf((name) => context.req.param(name));
    const body = parseCommand((await readBody(context)).json);
    const before = existing(body, guild);
    const saved = save(body, guild, before?.id ?? state.nextId());
    state.announce({ type: "commands" });
    return context.json(saved, before === undefined ? 201 : 200);
  });
  app.get(`${base}/:command`, limit, (context) => context.json(commandOf((name) => context.req.param(name))));
  app.patch(`${base}/:command`, limit, async (context) => {
    const command = commandOf((name) => context.req.param(name));
    const { json } = await readBody(context);
    const changes = typeof json === "object" && json !== null ? json : {};
    const saved = save(parseCommand({ ...command, ...changes, type: command.type }), command.guild_id, command.id);
    state.announce({ type: "commands" });
    return context.json(saved);
  });
  app.delete(`${base}/:command`, limit, (context) => {
    state.commands.delete(commandOf((name) => context.req.param(name)).id);
    state.announce({ type: "commands" });
    return context.body(null, 204);
  });
}
