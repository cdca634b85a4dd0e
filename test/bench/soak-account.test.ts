/** The soak's verdicts: what is excused, and what is not. */
import { describe, expect, it } from "vitest";
import { type Attempt, type Circumstances, type Entry, isDoubled, verdictOn } from "../../bench/soak/account.ts";
import { isFlat } from "../../bench/soak/process.ts";

const calm: Circumstances = { goneAt: new Map(), stalls: [] };

/** An interaction of the time from 1,000 to 4,000. */
function entry(change: Partial<Entry> = {}): Entry {
  return {
    kind: "command",
    askedAt: 1_000,
    until: 4_000,
    sent: [{ connection: 1, at: 1_010 }],
    attempts: [],
    answers: 0,
    ...change,
  };
}

function limited(at: number, seconds: number): Attempt {
  const answer = { status: 429, headers: { "retry-after": String(seconds) } };
  return { at, fate: { kind: "refused", answer } };
}

const good = (at: number): Attempt => ({ at, fate: { kind: "passes" }, said: 204 });

describe("an interaction without an answer", () => {
  it("is missed where the bot got it in time, whatever went wrong then", () => {
    const attempts: Attempt[] = [
      { at: 1_020, fate: { kind: "hangs" } },
      { at: 2_500, fate: { kind: "reset" } },
    ];
    expect(verdictOn(entry(), calm)).toBe("missed");
    expect(verdictOn(entry({ attempts }), calm)).toBe("missed");
  });

  it("is missed where Discord told the bot to wait, but not for too long", () => {
    expect(verdictOn(entry({ attempts: [limited(1_020, 2.5)] }), calm)).toBe("missed");
    expect(verdictOn(entry({ attempts: [limited(1_020, 60)] }), calm)).toBe("told to wait");
  });

  it("has not reached the bot where no connection carried it to the end, or none in time", () => {
    const goneAt = new Map([[1, 1_050]]);
    expect(verdictOn(entry(), { ...calm, goneAt })).toBe("not reached");
    expect(verdictOn(entry({ sent: [] }), calm)).toBe("not reached");
    expect(verdictOn(entry({ sent: [{ connection: 2, at: 3_900 }] }), calm)).toBe("not reached");
    const again = [
      { connection: 1, at: 1_010 },
      { connection: 2, at: 1_600 },
    ];
    expect(verdictOn(entry({ sent: again }), { ...calm, goneAt })).toBe("missed");
    expect(verdictOn(entry(), { ...calm, goneAt: new Map([[1, 2_000]]) })).toBe("missed");
  });

  it("is no failure where the machine stalled for long meanwhile", () => {
    expect(verdictOn(entry(), { ...calm, stalls: [{ from: 1_100, to: 1_200 }] })).toBe("missed");
    expect(verdictOn(entry(), { ...calm, stalls: [{ from: 900, to: 1_500 }] })).toBe("stalled");
  });
});

describe("an interaction", () => {
  it("is doubled where people see two answers, or a second one is brought at once", () => {
    expect(isDoubled(entry({ answers: 2 }), calm)).toBe(true);
    expect(isDoubled(entry({ answers: 1, attempts: [good(1_020), good(1_021)] }), calm)).toBe(true);
  });

  it("is not doubled by attempts after one whose answer was lost", () => {
    const lost: Attempt = { at: 1_020, fate: { kind: "answer lost", instead: "reset" }, said: 204 };
    const refused: Attempt = { at: 1_080, fate: { kind: "passes" }, said: 400 };
    expect(isDoubled(entry({ answers: 1, attempts: [lost, refused] }), calm)).toBe(false);
  });
});

describe("memory", () => {
  const samples = (at: (index: number) => number) => Array.from({ length: 40 }, (_, index) => at(index));

  it("is flat with noise, and after what is loaded at the start", () => {
    expect(
      isFlat(
        samples((index) => (index < 4 ? 30 : 50 + (index % 3))),
        4,
      ),
    ).toBe(true);
  });

  it("is not flat where it grows", () => {
    expect(
      isFlat(
        samples((index) => 50 + index),
        4,
      ),
    ).toBe(false);
  });

  it("can't be told from few samples", () => {
    expect(isFlat([1, 2, 3], 4)).toBeUndefined();
  });
});
