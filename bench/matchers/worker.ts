/** One process of a run: does the one job that it is sent, answers and ends. See jobs.ts. */
import { loadKnowledge } from "../../src/knowledge/load.ts";
import type { Match } from "../../src/matching/match.ts";
import type { LabelledQuestion } from "../eval/questions.ts";
import type { Finding, Peer, ServiceNames } from "./contender.ts";
import type { Job, JobResults, Measured, PeerName, Questionnaire, Services } from "./jobs.ts";
import { type Ask, heapMiB, timeEach, warmUp } from "./measure.ts";
import { questionsOn } from "./questions.ts";
import type { Reading } from "./reading.ts";
import { chooseServices, type KnownServices } from "./services.ts";
import { type Found, resultOf, tune, worth } from "./tuning.ts";

/** Misspelt, so that what is only built when it is needed counts as building. */
const FIRST_QUESTION = "how do i delte my acount";
/** Settings are compared on so many questions, */
const CHOOSING_MOST = 200;
/** … or on as many as the first of them gets through in this time, though no less than these. */
const CHOOSING_MS = 12_000;
const CHOOSING_FEWEST = 20;

// The libraries are loaded when the memory without them is known.
const PEERS: Readonly<Record<PeerName, () => Promise<Peer>>> = {
  fuse: async () => (await import("./fuse.ts")).fuse,
  "fuse-tokens": async () => (await import("./fuse.ts")).fuseTokens,
  minisearch: async () => (await import("./minisearch.ts")).minisearch,
  "nlp.js": async () => (await import("./nlpjs.ts")).nlpjs,
  "nlp.js-entities": async () => (await import("./nlpjs.ts")).nlpjsEntities,
  "nlp.js-documented": async () => (await import("./nlpjs.ts")).nlpjsAsDocumented,
};

function known({ count, names, questions }: Services): KnownServices & { questions: LabelledQuestion[] } {
  const services = chooseServices(count, loadKnowledge(), questions, names);
  return { ...services, questions: questionsOn(questions, new Set(services.knowledge.entries.keys())) };
}

async function read(wanted: Services): Promise<Questionnaire> {
  const { readPhrases, readQuestions } = await import("./reading.ts");
  const { questions, ...which } = known(wanted);
  const texts = questions.map(({ text, context }) => ({ text, service: context }));
  const { knowledge, directory } = which;
  const services = [...knowledge.entries.values(), ...directory].map(
    ({ id, name, aliases, domains }): ServiceNames => ({
      id,
      names: [name, ...aliases, ...domains],
    }),
  );
  return { phrases: readPhrases(knowledge), services, questions, readings: readQuestions(texts, which) };
}

/** A question that is asked of a peer. */
interface Asked {
  readonly question: LabelledQuestion;
  readonly reading: Reading;
  readonly text: string;
}

function askedOf({ findsServices }: Peer, { questions, readings }: Questionnaire): Asked[] {
  return questions.flatMap((question, index) => {
    const reading = readings[index];
    return reading === undefined ? [] : [{ question, reading, text: findsServices ? question.text : reading.text }];
  });
}

function toFound({ question, reading }: Asked, { hits, service }: Finding): Found {
  if (service === undefined) return { question, reading, hits };
  return { question, reading: { ...reading, service: service ?? question.context ?? null, sure: true }, hits };
}

async function choose(name: PeerName, questionnaire: Questionnaire): Promise<string> {
  const peer = await PEERS[name]();
  let list = askedOf(peer, questionnaire).slice(0, CHOOSING_MOST);
  let best: { setting: string; worth: number } | undefined;
  for (const [setting, build] of Object.entries(peer.settings)) {
    const search = await build(questionnaire);
    const found: Found[] = [];
    const start = performance.now();
    for (const asked of list) {
      const isLate = best === undefined && performance.now() - start > CHOOSING_MS;
      if (isLate && found.length >= CHOOSING_FEWEST) break;
      found.push(toFound(asked, await search(asked.text)));
    }
    list = list.slice(0, found.length);
    const { result } = tune(found);
    if (best === undefined || worth(result) > best.worth) best = { setting, worth: worth(result) };
  }
  if (best === undefined) throw new RangeError(`${name} has no settings`);
  return best.setting;
}

async function measurePeer(name: PeerName, setting: string, questionnaire: Questionnaire): Promise<Measured> {
  const before = heapMiB();
  const peer = await PEERS[name]();
  const build = peer.settings[setting];
  if (build === undefined) throw new RangeError(`${name} has no setting ${setting}`);
  const start = performance.now();
  const search = await build(questionnaire);
  await search(FIRST_QUESTION);
  const buildMs = performance.now() - start;
  await warmUp(
    questionnaire.phrases.map(({ text }) => text),
    search,
  );
  const after = heapMiB();
  const list = askedOf(peer, questionnaire);
  const { answers, timesUs } = await timeEach(
    list.map(({ text }) => text),
    search,
  );
  const { result } = tune(
    list.flatMap((asked, index) => {
      const finding = answers[index];
      return finding === undefined ? [] : [toFound(asked, finding)];
    }),
  );
  return { ...result, timesUs, buildMs, heapMiB: after - before };
}

async function measureWayout(services: Services, phrases: Questionnaire["phrases"]): Promise<Measured> {
  const { knowledge, directory, questions } = known(services);
  const before = heapMiB();
  const { createMatcher } = await import("../../src/matching/matcher.ts");
  const start = performance.now();
  const matcher = createMatcher(knowledge, { directory });
  matcher.match({ text: FIRST_QUESTION });
  const buildMs = performance.now() - start;
  await warmUp(
    phrases.map(({ text }) => text),
    (text) => matcher.match({ text }),
  );
  const after = heapMiB();
  const ask: Ask<Match> = (text, index) => matcher.match({ text, service: questions[index]?.context });
  const { answers, timesUs } = await timeEach(
    questions.map(({ text }) => text),
    ask,
  );
  const result = resultOf(
    questions.flatMap((question, index) => {
      const match = answers[index];
      return match === undefined ? [] : [{ question, match }];
    }),
  );
  return { ...result, timesUs, buildMs, heapMiB: after - before };
}

function work(job: Job): Promise<JobResults[Job["kind"]]> {
  switch (job.kind) {
    case "read":
      return read(job.services);
    case "choose":
      return choose(job.matcher, job.questionnaire);
    case "measure":
      return measurePeer(job.matcher, job.setting, job.questionnaire);
    case "measure-wayout":
      return measureWayout(job.services, job.warmUp);
  }
}

process.once("message", (job: Job) => {
  work(job).then(
    (result) => process.send?.(result, () => process.exit(0)),
    (error: unknown) => {
      process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
      process.exit(1);
    },
  );
});
