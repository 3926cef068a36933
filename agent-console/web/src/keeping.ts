// Keeps the draft on the server: a second after the last key, two seconds after the first at the latest, and at once when the page goes.
// Numbers tell two pages apart, so that neither overwrites the other silently. Nothing is kept in the browser: PCs are shared.
import { locale } from "#words/common.js";
import { call, get, post, unknownOutcome } from "./api.js";
import type { Answer, Problem } from "./api.js";
import { now_ms } from "./clock.js";
import type { Draft, KeptDraft } from "./draft.js";
import { operatorWords } from "#words/operator.js";
import type { DraftHeader } from "./types.js";
import { explain } from "./view.js";

const words = operatorWords.kept;
const time_form = new Intl.DateTimeFormat(locale, { hour: "2-digit", minute: "2-digit" });

const pause_ms = 800;
const most_ms = 2_000;    // between a key and its being sent to be kept
const retry_ms = 2_000;
const told_after_ms = 3_000; // what is not kept by then is said
const timeout_ms = 8_000;
const uncertain_most = 8; // texts whose fate is looked up; older ones were overwritten by now

// Why it cannot be kept as it is: somebody has to decide.
export type Conflict = "elsewhere" | "taken" | "ended";

type KeptThere = DraftHeader & { content: KeptDraft };

// What came of looking for a draft: whether it is on the screen now, and what is to be said of it.
export interface Resumed {
  shown: boolean;
  said: string;
}

const timeOf = ({ changed }: DraftHeader): number => (changed ? Date.parse(changed) : now_ms());

export class Keeping {
  version = 0;
  keptAt = 0;               // the server's time of the last version that it has; 0: none
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
  // What was sent to be kept since the last answer, and nobody knows whether it was; the newest last.
  private uncertain: { text: string; epoch: number }[] = [];
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
    this.uncertain = [];
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
    else {
      const mine = await this.keptAfterAll(answer.problem);
      if (key !== draft.key) return;
      if (mine) this.took(mine.header, mine.epoch);
      else this.refused(answer.problem, text, epoch);
    }
    this.onChange();
  }

  // An answer was lost, and the next attempt finds a newer version: is it one that this page had sent?
  private async keptAfterAll(problem: Problem): Promise<{ header: DraftHeader; epoch: number } | undefined> {
    if (problem.code !== "stale_fence" || this.uncertain.length === 0) return undefined;
    const there = await get<KeptThere>(`drafts/${this.draft.key}`);
    if (!there.ok) return undefined;
    const text = JSON.stringify(there.value.content);
    const mine = this.uncertain.find((one) => one.text === text);
    return mine && { header: there.value, epoch: mine.epoch };
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
    const adopted = await this.load((path) => get<KeptThere>(path), this.draft.key, "");
    if (!adopted.shown) this.conflictText = adopted.said === words.waits ? words.typedOn : adopted.said;
    this.onChange();
  }

  // One's own, found again.
  async resume(key: string): Promise<Resumed> {
    const found = await this.load((path) => get<KeptThere>(path), key, "");
    return found.shown ? { ...found, said: words.found(time_form.format(this.keptAt)) } : found;
  }

  // That of somebody whose screen has fallen silent, or who offered it.
  async takeOver({ key, owner, made }: DraftHeader): Promise<Resumed> {
    const taken = await this.load((path) => post<KeptThere>(path, {}), key, "/take");
    if (!taken.shown) return taken;
    const since = made ? time_form.format(new Date(made)) : "";
    return { ...taken, said: words.takenOver(owner, since, time_form.format(this.keptAt), this.draft.releaseKeys()) };
  }

  // Shown only where nothing was typed, and no other call begun, while it was on its way here.
  private async load(ask: (path: string) => Promise<Answer<KeptThere>>, key: string, act: string): Promise<Resumed> {
    const { epoch } = this;
    const there = await ask(`drafts/${key}${act}`);
    if (!there.ok) return { shown: false, said: there.problem.status === 404 ? words.gone : explain(there.problem) };
    if (epoch !== this.epoch) return { shown: false, said: words.waits };
    return this.show(there.value) ? { shown: true, said: "" } : { shown: false, said: words.lost };
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
    if (this.unkept) return false; // what was typed last would not be there
    const answer = await post<DraftHeader>(`drafts/${this.draft.key}/offer`, { offered: true });
    return answer.ok;
  }

  private show(there: KeptThere): boolean {
    if (!this.draft.restore(there.key, there.content)) return false;
    this.follow(there.version);
    this.keptAt = timeOf(there);
    return true;
  }

  private took(header: DraftHeader, epoch: number): void {
    this.version = header.version;
    this.keptAt = timeOf(header);
    this.keptEpoch = epoch;
    this.problem = undefined;
    this.uncertain = [];
    if (this.epoch === this.keptEpoch) this.dirtySince = 0;
    else {
      this.dirtySince = Date.now();
      this.plan(pause_ms);
    }
  }

  private refused(problem: Problem, text: string, epoch: number): void {
    if (unknownOutcome(problem)) this.uncertain = [...this.uncertain, { text, epoch }].slice(-uncertain_most);
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
