// Two hours of the board's figures, a point a minute: what the server has kept, and what is heard since.
import type { CallsNow, CurvePoint, Curves } from "./types.js";
import type { Count } from "../types.js";
import type { Pace } from "./lateness.js";

export const span_ms = 2 * 3600 * 1000;
export const step_ms = 60_000;

// Of what this person sees.
export function pointOf(at: string, counts: readonly Count[], calls: CallsNow | undefined): CurvePoint {
  const sum = (pick: (count: Count) => number): number => counts.reduce((total, count) => total + pick(count), 0);
  return {
    at,
    waiting: sum(({ waiting }) => waiting),
    late: sum(({ late }) => late),
    in_progress: sum(({ in_progress }) => in_progress),
    callers: calls?.telephony ? calls.lines.reduce((total, { waiting }) => total + waiting, 0) : null,
  };
}

export class TwoHours {
  private kept: CurvePoint[] = [];
  private paceSince = new Map<string, { at_ms: number; taken: number }>();

  replace({ points, takings }: Curves): void {
    const minute = (at: string): number => Math.floor(Date.parse(at) / step_ms);
    const heard = new Map(this.kept.map(({ at, callers }) => [minute(at), callers]));
    this.kept = points.map((point) => ({ ...point, callers: heard.get(minute(point.at)) ?? null }));
    this.paceSince = new Map(takings.map(({ bannette, since, taken }) => [bannette, { at_ms: Date.parse(since), taken }]));
  }

  // The newest of a minute stands for it.
  add(point: CurvePoint): void {
    const time = Date.parse(point.at);
    const last = this.kept.at(-1);
    if (last && Date.parse(last.at) > time) return;
    if (last && Math.floor(Date.parse(last.at) / step_ms) === Math.floor(time / step_ms)) this.kept.pop();
    this.kept.push(point);
    const first = this.kept.findIndex(({ at }) => Date.parse(at) > time - span_ms);
    if (first > 0) this.kept.splice(0, first);
  }

  points(): readonly CurvePoint[] {
    return this.kept;
  }

  // How many each bannette has taken since the first known count of its takings, at most two hours ago.
  paces(counts: readonly Count[], now_ms: number): ReadonlyMap<string, Pace> {
    return new Map(counts.flatMap(({ bannette, taken }): [string, Pace][] => {
      const since = this.paceSince.get(bannette);
      return since ? [[bannette, { taken: Math.max(0, taken - since.taken), over_s: Math.max(0, (now_ms - since.at_ms) / 1000) }]] : [];
    }));
  }
}
