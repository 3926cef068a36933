// What the screen says by itself, and nothing else: a new danger that nobody has acknowledged, one that climbs, a deadline that passes.
import type { Alarm } from "./alarm.js";
import { unitWords } from "#words/unit.js";
import { unacknowledged } from "./rights.js";
import { session } from "./session.js";
import type { Header } from "./types.js";

export class Dangers {
  announced = ""; // for the live region
  private known: ReadonlySet<string> | undefined; // undefined: what was there when the page opened is not new

  constructor(private readonly alarm: Alarm) {}

  // The list as it is now, however it became so; `counted` are open in all, also beyond the list.
  see(list: readonly Header[], counted = 0): void {
    const open = list.filter(unacknowledged);
    const fresh = open.find(({ id }) => this.known && !this.known.has(id));
    this.known = new Set(open.map(({ id }) => id));
    this.alarm.watch(Math.max(open.length, counted));
    if (!fresh) return;
    this.announced = unitWords.said.danger(fresh.reference, session.topicOf(fresh));
    this.alarm.raise();
  }

  // One change. The first step of a danger comes with the danger itself.
  hear(header: Header, change: string): void {
    if (change === "breached") this.announced = unitWords.said.breached(header.reference);
    if (change !== "escalated" || !unacknowledged(header) || (header.climb?.fired.length ?? 0) < 2) return;
    this.announced = unitWords.said.climbed(header.reference);
    this.alarm.raise();
  }
}
