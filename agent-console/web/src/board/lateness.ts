// Which dossiers will be late at the present pace. Each waiting dossier of a bannette is expected when those before it have been taken:
// its place in the order of service divided by the pace, which is how many the bannette has taken in hand over the last two hours. Working
// hours are not reckoned with: a night or a closure in between makes lateness likelier than is said here, never less likely.
import type { Header } from "../types.js";

export interface Pace {
  taken: number;  // taken in hand in that time
  over_s: number; // seconds
}
export type Verdict = "late" | "will_be_late" | "in_time" | "unknown";
export interface Forecast {
  header: Header;
  place: number;              // 1: the next one; those under reservation stand before
  expected_ms: number | null; // Unix time; null: not enough data
  verdict: Verdict;
}

// Below these a pace is an accident, and nothing is said.
export const takings_least = 3;
export const span_least_s = 30 * 60;

function perSecond(pace: Pace | undefined): number | null {
  return pace !== undefined && pace.taken >= takings_least && pace.over_s >= span_least_s ? pace.taken / pace.over_s : null;
}

function verdictOf(deadline_ms: number, expected_ms: number | null, now_ms: number): Verdict {
  if (deadline_ms <= now_ms) return "late";
  if (expected_ms === null) return "unknown";
  return expected_ms > deadline_ms ? "will_be_late" : "in_time";
}

// `headers`: open dossiers of any bannettes, the waiting ones of each in order of service. Those that wait for a deadline are answered, in
// that order.
export function forecast(headers: readonly Header[], paces: ReadonlyMap<string, Pace>, now_ms: number): Forecast[] {
  const before = new Map<string, number>();
  const step = (bannette: string): number => {
    const place = (before.get(bannette) ?? 0) + 1;
    before.set(bannette, place);
    return place;
  };
  for (const { state, bannette } of headers) if (state === "reserved") step(bannette);
  return headers.filter(({ state }) => state === "waiting").flatMap((header) => {
    const place = step(header.bannette);
    if (header.deadline === null) return [];
    const pace = perSecond(paces.get(header.bannette));
    const expected_ms = pace === null ? null : now_ms + (place / pace) * 1000;
    return [{ header, place, expected_ms, verdict: verdictOf(Date.parse(header.deadline), expected_ms, now_ms) }];
  });
}

// What a supervisor is shown: late ones and those that will be, the nearest deadline first.
export function worrying(all: readonly Forecast[]): Forecast[] {
  return all
    .filter(({ verdict }) => verdict === "late" || verdict === "will_be_late")
    .sort((a, b) => (a.header.deadline ?? "9").localeCompare(b.header.deadline ?? "9") || a.header.id.localeCompare(b.header.id));
}

// How many cannot be told, by bannette, the most first.
export function untold(all: readonly Forecast[]): [bannette: string, count: number][] {
  const counts = new Map<string, number>();
  for (const { header, verdict } of all) if (verdict === "unknown") counts.set(header.bannette, (counts.get(header.bannette) ?? 0) + 1);
  return [...counts].sort(([a, m], [b, n]) => n - m || a.localeCompare(b));
}
