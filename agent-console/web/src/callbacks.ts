// Whom to call back: the service's list in its order, and what one does with an entry. It changes by itself: people get through, colleagues
// dial, locks end. The line tells how many there are; the rest is looked up, every two seconds while the list is shown.
import { get, post } from "./api.js";
import type { Problem } from "./api.js";
import { session } from "./session.js";
import type { Callback, CallbackList } from "./types.js";

export type CallbackAct = "dial" | "release" | "reached" | "no_answer" | "give_up";

const look_ms = 2_000;
const mine_ms = 10_000; // while one dials and the list is not shown
const dial_timeout_ms = 20_000; // the PBX answers when the post rings

export class Callbacks {
  list: CallbackList | undefined;
  problem: Problem | undefined; // of the last act, or of reading
  busy = "";                    // the entry that something is being done with
  shown = false;
  onChange: () => void = () => {};
  private asked = 0;
  private looked_ms = 0;

  // The entry that one dials.
  get mine(): Callback | undefined {
    return this.list?.items.find((one) => one.locked_by === session.user?.name);
  }

  // Looks again by itself, until what it gives is called.
  watch(): () => void {
    const looking = setInterval(() => {
      const due_ms = this.shown ? look_ms : this.mine ? mine_ms : Infinity;
      if (document.visibilityState === "visible" && performance.now() - this.looked_ms >= due_ms - look_ms / 2) void this.load();
    }, look_ms);
    return () => clearInterval(looking);
  }

  async load(): Promise<void> {
    this.looked_ms = performance.now();
    const mine = ++this.asked;
    const answer = await get<CallbackList>("callbacks");
    if (mine !== this.asked) return;
    if (answer.ok) this.list = answer.value;
    else this.problem = answer.problem;
    this.onChange();
  }

  // Something of the line is new.
  news(): void {
    if (this.shown || this.mine) void this.load();
  }

  // True: it is done.
  async act(id: string, act: CallbackAct, text = ""): Promise<boolean> {
    if (this.busy) return false;
    this.busy = id;
    this.problem = undefined;
    this.onChange();
    const answer = await post<Callback>(`callbacks/${id}`, { act, ...(text ? { text } : {}) }, { timeout_ms: dial_timeout_ms });
    this.busy = "";
    await this.load(); // also after a refusal: somebody was quicker
    if (!answer.ok) this.problem = answer.problem;
    this.onChange();
    return answer.ok;
  }
}
