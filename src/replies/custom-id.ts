/**
 * The state of a reply travels in its buttons and menus, as a short id: `w1:walk:tiktok:app:3`. It is written by this
 * bot, but it comes back from outside, perhaps years later, perhaps from another version, perhaps forged.
 */
import {
  type BrowseView,
  cleanSearch,
  FACT_TOPICS,
  type FactTopic,
  OPTION_TOPICS,
  type OptionTopic,
  type View,
} from "../answers/view.ts";
import { LISTING_DIFFICULTIES } from "../knowledge/directory.ts";
import { CATEGORIES, TOPICS, type Topic } from "../knowledge/schema.ts";

/** Changes where ids of before would be misread. */
const VERSION = "w1";
const NOTHING = "-";
const MENU = "menu";
const SLUG = /^[a-z0-9]+(-[a-z0-9]+)*$/;
/** An entry's id, or a listing's: its domain. */
const SERVICE = /^[a-z0-9][a-z0-9.-]{0,31}$/;
const STEP = /^\d{1,2}$/;
const PAGE = /^(0|[1-9]\d{0,2})$/;

/** A view as a custom_id, at most 100 characters as long as ids have at most 32. */
export function encodeView(view: View): string {
  return [VERSION, view.kind, ...fieldsOf(view)].join(":");
}

function fieldsOf(view: View): readonly string[] {
  switch (view.kind) {
    case "steps":
      return view.method === undefined ? [view.service] : [view.service, view.method];
    case "walk":
    case "stuck":
      return [view.service, view.method, String(view.step)];
    case "before":
    case "topics":
      return [view.service];
    case "options":
    case "fact":
      return [view.service, view.topic];
    case "services":
      return [NOTHING, view.topic ?? NOTHING];
    case "browse":
      return [NOTHING, String(view.page), view.category ?? NOTHING, view.difficulty ?? NOTHING, view.search];
    case "help":
      return [view.service ?? NOTHING];
  }
}

/** The custom_id of a menu. Its options' values are views, so it names only itself and the service it is about. */
export function encodeMenu(service: string | null, name: string): string {
  return [VERSION, MENU, service ?? NOTHING, name].join(":");
}

/** The view that an id stands for, or undefined where this version did not write it. */
export function decodeView(id: string): View | undefined {
  const [version, kind, service = "", first, second, ...others] = id.split(":");
  if (version !== VERSION) return undefined;
  if (kind === "browse") return service === NOTHING ? decodeBrowse(first, second, others) : undefined;
  if (others.length > 0) return undefined;
  if (service === NOTHING) {
    if (second !== undefined) return undefined;
    if (kind === "help" && first === undefined) return { kind };
    if (kind !== "services") return undefined;
    return first === NOTHING ? { kind, topic: null } : isTopic(first) ? { kind, topic: first } : undefined;
  }
  return SERVICE.test(service) ? decodeServiceView(kind, service, first, second) : undefined;
}

function decodeBrowse(
  page: string | undefined,
  kind: string | undefined,
  [grade, search, ...others]: readonly string[],
): BrowseView | undefined {
  const category = kind === NOTHING ? null : [...CATEGORIES, "listed" as const].find((known) => known === kind);
  const difficulty = grade === NOTHING ? null : LISTING_DIFFICULTIES.find((known) => known === grade);
  if (page === undefined || !PAGE.test(page) || category === undefined || difficulty === undefined) return undefined;
  if (search === undefined || cleanSearch(search) !== search || others.length > 0) return undefined;
  return { kind: "browse", page: Number(page), category, difficulty, search };
}

function decodeServiceView(
  kind: string | undefined,
  service: string,
  first: string | undefined,
  second: string | undefined,
): View | undefined {
  switch (kind) {
    case "steps":
      if (second !== undefined) return undefined;
      if (first === undefined) return { kind, service };
      return SLUG.test(first) ? { kind, service, method: first } : undefined;
    case "walk":
    case "stuck":
      if (first === undefined || second === undefined || !SLUG.test(first) || !STEP.test(second)) return undefined;
      return { kind, service, method: first, step: Number(second) };
    case "before":
    case "topics":
    case "help":
      return first === undefined ? { kind, service } : undefined;
    case "options":
      return isOptionTopic(first) && second === undefined ? { kind, service, topic: first } : undefined;
    case "fact":
      return isFactTopic(first) && second === undefined ? { kind, service, topic: first } : undefined;
    default:
      return undefined;
  }
}

/**
 * The view that a pressed button or a chosen option leads to, whatever its ids are. Where none was written by this
 * version: the steps of a service that they name, else how to ask.
 *
 * @param ids - custom_ids and values of a menu's options, the most exact first
 * @param isService - whether a service with this id is known
 */
export function viewOfCustomIds(ids: readonly string[], isService: (id: string) => boolean): View {
  for (const id of ids) {
    const view = decodeView(id);
    const service = view && "service" in view ? view.service : undefined;
    if (view && (service === undefined || isService(service))) return view;
  }
  const named = ids.flatMap((id) => id.split(":").slice(1)).find(isService);
  return named === undefined ? { kind: "help" } : { kind: "steps", service: named };
}

/** The service that an id of this bot names, or undefined. */
export function serviceOfCustomId(id: string): string | undefined {
  const [version, , service = ""] = id.split(":");
  return version === VERSION && SERVICE.test(service) ? service : undefined;
}

function isTopic(text: string | undefined): text is Topic {
  return TOPICS.some((topic) => topic === text);
}

function isOptionTopic(text: string | undefined): text is OptionTopic {
  return OPTION_TOPICS.some((topic) => topic === text);
}

function isFactTopic(text: string | undefined): text is FactTopic {
  return FACT_TOPICS.some((topic) => topic === text);
}
