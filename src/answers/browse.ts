/** All services, to browse and to search: those with a full entry first, then those of the directory. */
import { LISTING_DIFFICULTIES, type Listing, type ListingDifficulty } from "../knowledge/directory.ts";
import { CATEGORIES, type Category, type Entry } from "../knowledge/schema.ts";
import { fold } from "../matching/normalise.ts";
import { type Action, type Answer, type Menu, type Part, say } from "./answer.ts";
import type { AnswerContext } from "./context.ts";
import { sourceFooting } from "./footing.ts";
import { BROWSE_ALL, type BrowseView } from "./view.ts";
import { CATEGORY_WORDS, gradeOf } from "./wording.ts";

/** So many lines are looked over at a glance, on a phone too. */
const PAGE_SIZE = 15;
const SUGGESTIONS = 5;
const BY_NAME = new Intl.Collator("en");

export const ALL_SERVICES: Action = { label: "All services", view: BROWSE_ALL };

interface Found {
  readonly id: string;
  readonly name: string;
  readonly difficulty: ListingDifficulty;
  /** Null where only the way out is known. */
  readonly category: Category | null;
}

/** One page of the services that fit. */
export function browseAnswer(context: AnswerContext, view: BrowseView): Answer {
  const found = findServices(context, view);
  const pages = Math.max(1, Math.ceil(found.length / PAGE_SIZE));
  const page = Math.min(Math.max(1, view.page), pages);
  const shown = found.slice((page - 1) * PAGE_SIZE, page * PAGE_SIZE);
  const isNarrowed = view.search !== "" || view.category !== null || view.difficulty !== null;
  const isFromDirectory = shown.some(({ category }) => category === null);
  return {
    kind: "browse",
    service: null,
    serviceName: null,
    topic: null,
    tone: "guide",
    title: isNarrowed ? "Services that fit" : "All services",
    facts: factsOf(found.length, page, pages),
    parts: shown.length > 0 ? serviceParts(context, view, shown) : [nothingFound(view)],
    menus: [...openMenu(shown), categoryMenu(context, view), difficultyMenu(context, view)],
    choices: shown.length > 0 ? [] : nearest(context, view),
    actions: [
      ...(pages > 1 ? turns(view, page, pages) : []),
      ...(isNarrowed ? [{ label: "Show all", view: BROWSE_ALL }] : []),
    ],
    ...(isFromDirectory && context.directory ? { footing: sourceFooting(context.directory.source) } : {}),
  };
}

function factsOf(count: number, page: number, pages: number): string[] {
  const services = count === 1 ? "1 service" : `${count.toLocaleString("en-US")} services`;
  return pages > 1 ? [services, `page ${page} of ${pages}`] : [services];
}

/** Entries by name, then the directory in its own order, which is by name. */
function findServices({ knowledge, directory }: AnswerContext, view: BrowseView): Found[] {
  const { category, difficulty } = view;
  const words = fold(view.search).split(" ").filter(Boolean);
  const fits = (service: Entry | Listing): boolean =>
    (difficulty === null || service.difficulty === difficulty) &&
    (words.length === 0 || words.every((word) => holds(service, word)));
  const found: Found[] = [];
  if (category !== "listed") {
    for (const entry of knowledge.entries.values()) {
      if ((category === null || entry.category === category) && fits(entry)) found.push(entry);
    }
    found.sort((a, b) => BY_NAME.compare(a.name, b.name));
  }
  if (category === null || category === "listed") {
    for (const listing of directory?.listings.values() ?? []) {
      if (!fits(listing)) continue;
      found.push({ id: listing.id, name: listing.name, difficulty: listing.difficulty, category: null });
    }
  }
  return words.length === 0 ? found : bestFirst(found, fold(view.search));
}

/** Whether a service is called so, or its address. Of addresses the end (".net") counts only beside the rest. */
function holds(service: Entry | Listing, word: string): boolean {
  let text = SEARCHED.get(service);
  if (text === undefined) {
    const { name, domains } = service;
    const stems = domains.map((domain) => domain.replace(/\.[^.]*$/, ""));
    text = [name, ...("aliases" in service ? service.aliases : []), ...stems].map(fold).join("\n");
    SEARCHED.set(service, text);
  }
  return text.includes(word) || (word.includes(".") && service.domains.some((domain) => domain.includes(word)));
}

/** What `holds` looks through: made once for each service, since there are thousands. */
const SEARCHED = new WeakMap<Entry | Listing, string>();

/** Names that begin with what was searched for before others, within entries and within the directory. */
function bestFirst(found: readonly Found[], search: string): Found[] {
  const rank = ({ name, category }: Found): number =>
    (category === null ? 2 : 0) + (fold(name).startsWith(search) ? 0 : 1);
  return found
    .map((service) => ({ service, rank: rank(service) }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ service }) => service);
}

function serviceParts({ directory }: AnswerContext, { category }: BrowseView, shown: readonly Found[]): Part[] {
  const full = shown.filter((service) => service.category !== null);
  const listed = shown.filter((service) => service.category === null);
  const parts: Part[] = [];
  if (full.length > 0) parts.push({ kind: "services", heading: "Full guides", items: full });
  if (listed.length > 0) parts.push({ kind: "services", heading: "Only the way out", items: listed });
  if (directory && directory.listings.size > 0 && category !== null && category !== "listed") {
    const others = `${directory.listings.size.toLocaleString("en-US")} more, of which only the way out is known`;
    parts.push({ kind: "lead", items: [say(`${others}, are not sorted by kind.`)] });
  }
  return parts;
}

function nothingFound({ search }: BrowseView): Part {
  const hint = search ? "Try less of its name, or another kind or difficulty." : "Try another kind or difficulty.";
  return { kind: "lead", items: [say(`Nothing fits. ${hint}`)] };
}

/** Where nothing is called so: what may have been meant. */
function nearest({ matcher }: AnswerContext, { search }: BrowseView): Action[] {
  if (search === "") return [];
  return matcher
    .suggestServices(search, SUGGESTIONS)
    .map(({ id, name }) => ({ label: name, view: { kind: "steps", service: id } }));
}

function openMenu(shown: readonly Found[]): Menu[] {
  if (shown.length === 0) return [];
  const options = shown.map(({ id, name, difficulty }) => ({
    label: name,
    description: gradeOf(difficulty),
    view: { kind: "steps", service: id },
  })) satisfies Menu["options"];
  return [{ name: "service", label: "Open one of these", options }];
}

function categoryMenu({ directory }: AnswerContext, view: BrowseView): Menu {
  const kinds = [
    { category: null, label: "All kinds" },
    ...CATEGORIES.map((category) => ({ category, label: CATEGORY_WORDS[category] })),
    ...(directory ? [{ category: "listed", label: "Only the way out" } as const] : []),
  ];
  const options = kinds.map(({ category, label }) => ({
    label,
    view: { ...view, page: 1, category },
    isCurrent: category === view.category,
  }));
  return { name: "category", label: "Kind", options };
}

function difficultyMenu({ directory }: AnswerContext, view: BrowseView): Menu {
  const grades = LISTING_DIFFICULTIES.filter((difficulty) => directory || difficulty !== "limited");
  const options = [null, ...grades].map((difficulty) => ({
    label: difficulty === null ? "Any difficulty" : gradeOf(difficulty),
    view: { ...view, page: 1, difficulty },
    isCurrent: difficulty === view.difficulty,
  }));
  return { name: "difficulty", label: "Difficulty", options };
}

function turns(view: BrowseView, page: number, pages: number): Action[] {
  return [
    { label: "Back", view: { ...view, page: page - 1 }, isDisabled: page === 1 },
    { label: "Next", view: { ...view, page: page + 1 }, isPrimary: true, isDisabled: page === pages },
  ];
}
