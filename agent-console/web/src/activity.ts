// Is somebody there? A session ends half an hour after its person's last act, not after the page's last request: keys and the pointer are told
// to the server, at most once a minute, and before the end the page says so. Any key prolongs.
import type { Answer } from "./api.js";

const told_every_ms = 60_000;
const unanswered_every_ms = 2_000; // near the end, while the service does not answer
const idle_warned_s = 120;
const age_warned_s = 5 * 60;
export const acts = ["keydown", "input", "pointerdown", "pointermove", "wheel", "click"]; // "input": dictation; "click": a screen reader's press

export interface Left {
  idle_left_s: number; // without an act
  age_left_s: number;  // whatever is done
}
export interface Told {
  ago_s?: number; // the last act
  wall?: boolean; // the board is on a wall
}

export class Activity {
  acted_ms = Date.now();
  warning: "" | "idle" | "age" = "";
  ends_ms = 0; // the absolute end, where it is warned of
  private running = false;
  private wall = false;
  private busy = false;
  private unanswered = false;
  private told_ms = -told_every_ms;
  private counted_ms = Date.now(); // the last act that the server knows
  private idle_ms = 0;             // when the session ends without an act
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly send: (told: Told) => Promise<Answer<Left>>, private readonly changed: () => void) {}

  start(): void {
    this.running = true;
    this.acted_ms = this.counted_ms = Date.now();
    void this.tell(); // a page that loads by itself is no act
  }

  stop(): void {
    this.running = false;
    this.warning = "";
    clearTimeout(this.timer);
  }

  act(): void {
    this.acted_ms = Date.now();
    if (!this.running || this.wall || this.busy) return;
    const since_ms = this.acted_ms - this.told_ms;
    const often_ms = this.unanswered ? unanswered_every_ms : 0;
    if (since_ms >= (this.warning === "idle" ? often_ms : told_every_ms)) void this.tell();
    else this.plan();
  }

  // The wall shows nothing of anybody and stays; whoever leaves it is there.
  onWall(wall: boolean): void {
    if (this.wall === wall) return;
    this.wall = wall;
    if (!wall) this.acted_ms = Date.now();
    if (this.running && !this.busy) void this.tell();
  }

  private async tell(): Promise<void> {
    clearTimeout(this.timer);
    this.busy = true;
    const { acted_ms, wall } = this;
    const now = (this.told_ms = Date.now());
    const untold = !wall && acted_ms > this.counted_ms;
    const answer = await this.send(wall ? { wall } : untold ? { ago_s: Math.floor((now - acted_ms) / 1_000) } : {});
    this.busy = false;
    if (!this.running) return;
    this.unanswered = !answer.ok;
    if (!answer.ok) {
      this.timer = setTimeout(() => void this.tell(), told_every_ms);
      return;
    }
    if (untold) this.counted_ms = acted_ms;
    this.learn(answer.value);
    if (wall === this.wall) this.plan();
    else void this.tell();
  }

  private learn({ idle_left_s, age_left_s }: Left): void {
    const before = this.warning;
    this.idle_ms = Date.now() + idle_left_s * 1_000;
    this.ends_ms = Date.now() + age_left_s * 1_000;
    this.warning = age_left_s <= age_warned_s ? "age" : idle_left_s <= idle_warned_s ? "idle" : "";
    if (before !== this.warning) this.changed();
  }

  // When to tell or to ask next.
  private plan(): void {
    clearTimeout(this.timer);
    const now = Date.now();
    const end_ms = Math.min(this.idle_ms, this.ends_ms);
    const soon_ms = Math.min(this.idle_ms - idle_warned_s * 1_000, this.ends_ms - age_warned_s * 1_000);
    const quiet_ms = soon_ms > now ? soon_ms : end_ms;
    const due_ms = this.wall || this.acted_ms > this.counted_ms ? this.told_ms + told_every_ms : Math.max(quiet_ms, this.told_ms + 1_000);
    this.timer = setTimeout(() => void this.tell(), Math.max(0, due_ms - now));
  }
}
