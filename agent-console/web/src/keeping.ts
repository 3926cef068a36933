// Keeps the draft on the server: a second after the last key, two seconds after the first at the latest, and at once when the page goes.
// Numbers tell two pages apart, so that neither overwrites the other silently. Nothing is kept in the browser: PCs are shared.
import { call, get, post, unknownOutcome } from "./api.js";
import type { Problem } from "./api.js";
import type { Draft, KeptDraft } from "./draft.js";
import { frOperator } from "./fr/operator.js";
import type { DraftHeader } from "./types.js";
import { explain } from "./view.js";

const words = frOperator.kept;
const time_form = new Intl.DateTimeFormat("fr-FR", { hour: "2-digit", minute: "2-digit" });

const pause_ms = 800;
const most_ms = 2_000;    // between a key and its being sent to be kept
const retry_ms = 2_000;
const told_after_ms = 3_000; // what is not kept by then is said
const timeout_ms = 8_000;

// Why it cannot be kept as it is: somebody has to decide.
export type Conflict = "elsewhere" | "taken" | "ended";

export class Keeping {
  version = 0;
  keptAt = 0;               // wall time of the last answer; 0: never
  conflict: Conflict | undefined;
  conflictText = "";
  problem: Problem | undefined; // of the last attempt
  onChange: () => void = () => {};
  private dirtySince = 0;   // 0: all is kept
  private epoch = 0;        // counts typed changes
  private keptEpoch = 0;
  private flight: Promise<void> | undefined;
  private wasPut = false;   // the server has, or may have, something of this call
  private readonly ending = new Set<string>();
  private uncertain = "";   // what was sent to be kept, and nobody knows whether it was
  private uncertainEpoch = 0;
  private lateTimer: ReturnType<typeof setTimeout> | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly draft: Draft) {
    draft.onTyped = () => this.touched();
  }

  get unkept(): boolean {
    return this.dirtySince !== 0;
  }

  // Unkept for so long that people should know.
  get late(): boolean {
    return this.unkept && (this.problem !== undefined || Date.now() - this.dirtySince >= told_after_ms);
  }

  // Another call is on the screen: nothing of it is kept yet, or it is as this version has it.
  follow(version: number): void {
    clearTimeout(this.timer);
    this.flight = undefined;
    this.wasPut = version > 0;
    this.version = version;
    this.keptAt = 0;
    this.conflict = undefined;
    this.problem = undefined;
    this.dirtySince = 0;
    this.keptEpoch = ++this.epoch;
    this.onChange();
  }

  touched(): void {
    ++this.epoch;
    if (this.conflict || (this.version === 0 && !this.draft.dirty)) return;
    if (this.dirtySince === 0) {
      this.dirtySince = Date.now();
      clearTimeout(this.lateTimer);
      this.lateTimer = setTimeout(() => this.onChange(), told_after_ms); // also when no answer comes at all
    }
    this.plan(Math.min(pause_ms, Math.max(0, this.dirtySince + most_ms - Date.now())));
  }

  // Now, also when the page is going: its request outlives it.
  async flush(leaving = false): Promise<void> {
    clearTimeout(this.timer);
    if (!this.unkept || this.conflict) return;
    if (this.flight && !leaving) return this.flight; // its answer plans the next
    this.flight = this.put(leaving, this.flight ? 1 : 0); // the one under way will have come first
    await this.flight;
  }

  private async put(leaving: boolean, ahead: number): Promise<void> {
    this.wasPut = true;
    const { epoch, draft } = this;
    const key = draft.key;
    const content = draft.kept();
    const text = JSON.stringify(content);
    const body = { version: this.version + ahead, danger: draft.danger, content };
    const answer = await call<DraftHeader>("PUT", `drafts/${key}`, body, { timeout_ms, keepalive: leaving });
    if (key !== draft.key) return; // another call by now
    this.flight = undefined;
    if (answer.ok) this.took(answer.value, epoch);
    else if (await this.keptAfterAll(answer.problem)) this.took({ version: this.version }, this.uncertainEpoch);
    else this.refused(answer.problem, text, epoch);
    this.onChange();
  }

  // An answer was lost, and the next attempt finds a newer version: is it what this page had sent?
  private async keptAfterAll(problem: Problem): Promise<boolean> {
    if (problem.code !== "stale_fence" || this.uncertain === "") return false;
    const there = await get<DraftHeader & { content: KeptDraft }>(`drafts/${this.draft.key}`);
    if (!there.ok || JSON.stringify(there.value.content) !== this.uncertain) return false;
    this.version = there.value.version;
    return true;
  }

  // The server's version is given up: this page's is the newest.
  async insist(): Promise<void> {
    const there = await get<DraftHeader>(`drafts/${this.draft.key}`);
    if (there.ok) this.version = there.value.version;
    this.conflict = undefined;
    this.dirtySince = this.dirtySince || Date.now();
    await this.flush();
  }

  // What another page wrote.
  async adopt(): Promise<void> {
    if (!(await this.load(this.draft.key))) this.conflictText = words.lost;
    this.onChange();
  }

  // One's own, found again, or a colleague's, taken over. What is to be said of it.
  async resume(header: DraftHeader, mine: boolean): Promise<string> {
    if (mine) return (await this.load(header.key)) ? words.found(time_form.format(new Date(header.changed ?? Date.now()))) : words.lost;
    const trouble = await this.take(header.key);
    return trouble ? explain(trouble) : words.takenOver(header.owner, this.draft.releaseKeys());
  }

  private async load(key: string): Promise<boolean> {
    const there = await get<DraftHeader & { content: KeptDraft }>(`drafts/${key}`);
    return there.ok && this.show(there.value);
  }

  // Somebody's whose screen has fallen silent, or who offered it.
  private async take(key: string): Promise<Problem | undefined> {
    const taken = await post<DraftHeader & { content: KeptDraft }>(`drafts/${key}/take`, {});
    if (!taken.ok) return taken.problem;
    if (!this.show(taken.value)) return { code: "malformed", status: 0, field: "", detail: words.lost };
    return undefined;
  }

  // The call is settled, or given up: the server erases it, after what is still on its way there, and no page can bring it back.
  async end(): Promise<void> {
    if (!this.wasPut || this.conflict) return;
    this.ending.add(this.draft.key);
    await this.flight;
    await this.endAll();
  }

  // Also later, when the server could not be reached.
  async endAll(): Promise<void> {
    for (const key of this.ending) {
      const answer = await call<void>("DELETE", `drafts/${key}`, {}, { keepalive: true });
      if (answer.ok || answer.problem.status === 404) this.ending.delete(key);
    }
  }

  async offer(): Promise<boolean> {
    await this.flush();
    const answer = await post<DraftHeader>(`drafts/${this.draft.key}/offer`, { offered: true });
    return answer.ok;
  }

  private show(there: DraftHeader & { content: KeptDraft }): boolean {
    if (!this.draft.restore(there.key, there.content)) return false;
    this.follow(there.version);
    this.keptAt = Date.now();
    return true;
  }

  private took(header: { version: number }, epoch: number): void {
    this.version = header.version;
    this.keptAt = Date.now();
    this.keptEpoch = epoch;
    this.problem = undefined;
    this.uncertain = "";
    if (this.epoch === this.keptEpoch) this.dirtySince = 0;
    else {
      this.dirtySince = Date.now();
      this.plan(pause_ms);
    }
  }

  private refused(problem: Problem, text: string, epoch: number): void {
    if (unknownOutcome(problem)) [this.uncertain, this.uncertainEpoch] = [text, epoch];
    const conflicts: Record<string, Conflict> = { stale_fence: "elsewhere", held_by_other: "taken", bad_state: "ended" };
    this.problem = problem;
    this.conflict = problem.status === 409 ? conflicts[problem.code] : undefined;
    this.conflictText = this.conflict === "elsewhere" ? "" : problem.detail;
    if (!this.conflict) this.plan(retry_ms);
  }

  private plan(after_ms: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.flush(), after_ms);
  }
}
