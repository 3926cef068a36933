// The course of a call on the operator's screen: begun by hand or by the telephony, found again, sent or settled without a dossier,
// given up. The draft's text is draft.ts's, keeping it is keeping.ts's; this decides what comes next, and what must be asked first.
import { locale } from "#words/common.js";
import { post } from "./api.js";
import type { Problem } from "./api.js";
import { now_ms } from "./clock.js";
import type { Draft, Part } from "./draft.js";
import { operatorWords as words } from "#words/operator.js";
import type { Keeping, Resumed } from "./keeping.js";
import { correctedFields, fieldOf } from "./parts/call_fields.js";
import { openDrafts } from "./open_drafts.js";
import { remembered } from "./parts/operator_pieces.js";
import { told, type Qualified } from "./qualified.js";
import type { Sent } from "./parts/receipt.js";
import { isOver, type Phone, rings, written } from "./phone.js";
import { lookAgain, sendAll, sentOf, toSend } from "./sending.js";
import { session } from "./session.js";
import type { CallNow, DraftHeader } from "./types.js";
import { explain } from "./view.js";

// "loading": a draft is on its way here, and nothing can be typed that it would overwrite. "unknown": it was sent, and nobody knows
// whether it arrived.
export type Phase = "typing" | "loading" | "sending" | "unknown" | "done";

const resume_ms = 15 * 60_000; // what was typed so lately is on the screen again by itself

// What a further topic of a call that was sent begins with.
interface Settled {
  call: string;
  before: string[]; // references
  fields: Draft["fields"];
  insee: string;
}

// What the course asks of whoever shows it.
export interface Stage {
  redraw: () => void;
  focus: (selector: string) => void;
  begun: () => void;               // another call is on the screen
  correct: () => void;             // what is wrong is among the corrections
  confirm: (text: string) => Promise<boolean>;
}

export class Course {
  phase: Phase;
  problem: Problem | undefined;
  sent: Sent[] = [];
  qualified = ""; // how the call ended without a dossier
  recent: Sent[] = [];
  drafts: DraftHeader[] = []; // all that may be taken up but the one on the screen
  notice = "";
  private settled = ""; // the call that was sent or settled last
  private last: Settled | undefined; // whose receipt is shown
  private turn = 0;     // counts calls begun

  constructor(
    private readonly draft: Draft,
    private readonly keeping: Keeping,
    private readonly phone: Phone,
    private readonly stage: Stage,
  ) {
    this.phase = draft.unknown ? "unknown" : "typing";
  }

  // Nothing can be changed in the form.
  get frozen(): boolean {
    return this.phase !== "typing" || this.decided;
  }

  // A colleague has it, or it was sent from another page: of what stands here only what was typed since could be lost.
  get decided(): boolean {
    return this.keeping.conflict === "taken" || this.keeping.conflict === "ended";
  }

  // Nothing of the call on the screen stays here, but what was sent of it; what is kept on the server stays there.
  begin(call = "", phone = "", before: string[] = []): void {
    ++this.turn;
    this.recent = remembered(sentOf(this.draft), this.recent);
    this.draft.renew(call, phone, call !== "" && call === this.settled, before);
    this.keeping.follow(0);
    this.phase = "typing";
    this.problem = undefined;
    this.sent = [];
    this.last = undefined;
    this.qualified = this.notice = "";
    this.stage.begun();
    this.stage.redraw();
  }

  // Somebody else sits here now.
  forget(): void {
    this.begin();
    this.recent = [];
    this.drafts = [];
  }

  say(notice: string): void {
    this.notice = notice;
    this.stage.redraw();
  }

  // True: nothing typed would be lost.
  async settleDown(): Promise<boolean> {
    if (this.phase === "sending") return false;
    if (this.phase === "done" || !this.draft.dirty) return true;
    if (this.decided) return !this.keeping.unkept; // a colleague has what was kept, not what was typed since
    await this.keeping.flush();
    if (!this.keeping.problem) await this.keeping.flush(); // what was typed while the one before was on its way
    return !this.keeping.unkept;
  }

  // The next call: the one that is there, or one that is typed by hand.
  async fresh(): Promise<void> {
    if (this.phase === "sending") return;
    if (!(await this.settleDown()) && !(await this.stage.confirm(this.loss(words.abandonUnkept)))) return;
    if (!this.draft.dirty) void this.keeping.end(); // emptied again
    const call = this.openable;
    if (call) await this.open(call);
    else this.begin();
    this.stage.focus("#f-name");
    void this.lookForDrafts(false);
  }

  // The call that is there: what was typed for it already, or a new draft with its number.
  async open(call: CallNow): Promise<void> {
    if (call.dossiers.length > 0) this.settled = call.id;
    this.begin(call.id, written(call.number ?? ""), call.dossiers);
    if (this.drafts.some((one) => one.key === call.id)) await this.load(() => this.keeping.resume(call.id));
  }

  // A call comes up on a screen where nothing is typed; one that is taken back before anybody spoke leaves it. A hang-up changes nothing.
  async rang(call: CallNow | null, before: CallNow | null): Promise<void> {
    const finished = this.phase === "done" && (before === null || isOver(before)); // its receipt stays among the last ones
    if (!finished && (this.phase !== "typing" || this.draft.typed)) return;
    if (call && call.id !== this.draft.call) {
      await this.open(call);
      this.stage.focus("#f-name");
    } else if (!call && before && before.id === this.draft.call && (rings(before) || before.id === this.settled)) {
      this.begin();
      this.notice = rings(before) ? words.telephone.takenBack : "";
    }
    this.stage.redraw();
  }

  // The key of the next call opens the one that is there; of who was written down already only while they are on the line.
  private get openable(): CallNow | null {
    const { call } = this.phone;
    const written = call !== null && (call.id === this.settled || call.dossiers.length > 0);
    return call && call.id !== this.draft.call && !(written && isOver(call)) ? call : null;
  }

  // It is another call than what is on the screen. Whose receipt is shown may still be on the line.
  get opens(): boolean {
    return this.openable !== null && !(this.phase === "done" && this.openable.id === this.settled);
  }

  get nextWords(): string {
    return this.opens ? words.telephone.open : words.tools.fresh;
  }

  // A further topic of the call whose receipt is shown: of the same person, and linked to what was sent.
  again(): void {
    if (!this.last) return;
    const { call, before, fields, insee } = this.last;
    this.settled = call;
    this.begin(call, fields.phone, before);
    this.draft.place(fields, insee);
    this.stage.focus("#f-note");
  }

  // One dials: the form is ready for whoever answers, where nothing is typed in it.
  dialled(number: string): void {
    if (this.phase === "done" || (this.phase === "typing" && !this.draft.typed)) this.begin("", written(number));
    this.say(words.callbacks.dialled);
    this.stage.focus("#f-name");
  }

  async abandon(): Promise<void> {
    if (this.phase === "sending" || (this.draft.dirty && !(await this.stage.confirm(this.loss(words.abandonText))))) return;
    void this.keeping.end();
    this.begin();
    this.stage.focus("#f-name");
  }

  // What giving it up means now.
  private loss(text: string): string {
    if (this.decided) return words.abandonSince;
    if (this.draft.unknown) return words.abandonUnknown;
    return this.draft.parts.some((part) => part.sent) ? words.abandonRest : text;
  }

  // ---- Drafts of this and of other screens.

  async lookForDrafts(resume: boolean): Promise<void> {
    const { turn } = this;
    const all = (await openDrafts()) ?? [];
    this.drafts = all.filter((one) => one.key !== this.draft.key);
    const mine = all.find((one) => one.owner === session.user?.name && one.changed !== null && now_ms() - Date.parse(one.changed) < resume_ms);
    if (resume && mine && turn === this.turn && !this.draft.dirty && this.phase === "typing") await this.resume(mine);
    this.stage.redraw();
  }

  async resume(header: DraftHeader): Promise<void> {
    this.begin();
    const mine = header.owner === session.user?.name;
    const shown = await this.load(() => (mine ? this.keeping.resume(header.key) : this.keeping.takeOver(header)));
    if (shown && !this.draft.dirty && this.draft.call === "") return this.fresh(); // it was emptied: nothing to be found again
    if (shown) this.stage.focus("#f-note");
    void this.lookForDrafts(false);
  }

  // Into the empty form, which waits for it.
  private async load(ask: () => Promise<Resumed>): Promise<boolean> {
    const { turn } = this;
    this.phase = "loading";
    this.stage.redraw();
    const { shown, said } = await ask();
    if (turn === this.turn) {
      this.phase = this.draft.unknown ? "unknown" : "typing";
      if (!shown) await this.rang(this.phone.call, null); // it came meanwhile
    }
    this.say(said);
    return shown;
  }

  // ---- Sending.

  async send(): Promise<void> {
    if (this.decided || (this.phase !== "typing" && this.phase !== "unknown")) return;
    if (this.phase === "typing" && !this.allExplained(toSend(this.draft))) return;
    this.phase = "sending";
    this.problem = undefined;
    this.stage.redraw();
    const failed = await sendAll(this.draft, () => void this.keeping.flush());
    if (failed) this.fail(failed.part, failed.problem);
    else this.close();
  }

  private allExplained(parts: Part[]): boolean {
    const without = parts.find((part) => part.needsReason && part.reason === "" && session.consignes.corrections.length > 0);
    if (!without) return true;
    this.draft.show(this.draft.parts.indexOf(without));
    this.problem = { code: "missing", status: 400, field: "correction", detail: words.routing.reasonMissing };
    this.stage.redraw();
    this.stage.focus("#f-correction");
    return false;
  }

  private fail(part: Part, problem: Problem): void {
    this.phase = part.unknown ? "unknown" : "typing";
    this.problem = part.unknown ? undefined : problem;
    this.draft.show(this.draft.parts.indexOf(part));
    const place = fieldOf[problem.field];
    if (place && correctedFields.has(place)) this.stage.correct();
    this.stage.redraw();
    if (place) this.stage.focus(`#f-${place}`);
    else if (problem.status !== 401) this.stage.focus(".send button");
  }

  // The call is settled: its text leaves the page, and the server.
  private close(qualified = ""): void {
    const sent = sentOf(this.draft);
    const { call, fields, insee } = this.draft;
    this.settled = call || this.settled;
    const last = { call: call || this.draft.typedId, before: this.draft.references, fields, insee };
    void this.keeping.end();
    this.begin();
    this.sent = sent;
    this.last = last;
    this.qualified = qualified;
    this.phase = "done";
    this.stage.redraw();
    this.stage.focus(".receipt-place .primary");
  }

  async check(sent: Sent): Promise<void> {
    const answer = await lookAgain(sent);
    const at = new Date(now_ms()).toLocaleTimeString(locale);
    const fresh = "sent" in answer ? answer.sent : { ...sent, note: answer.problem ? explain(answer.problem) : `${words.receipt.stillRecorded} (${at})` };
    if (!this.sent.includes(sent)) return;
    this.sent = this.sent.map((other) => (other === sent ? fresh : other));
    this.recent = remembered([fresh], this.recent);
    const awaited = this.last?.before.indexOf("") ?? -1; // a further topic is linked with it from now on
    if (this.last && awaited >= 0 && fresh.part.reference !== "") this.last.before[awaited] = fresh.part.reference;
    this.stage.redraw();
    this.stage.focus(".receipt-place .primary");
  }

  // It ended without a dossier. What the refusal says; empty: it is done.
  async settle({ outcome, redirected_to }: Qualified): Promise<string> {
    const { draft } = this;
    const answer = await post<unknown>(draft.call ? `calls/${draft.call}/qualify` : "calls", { outcome, redirected_to }, { key: draft.parts[0]?.key ?? draft.key });
    if (!answer.ok) return explain(answer.problem);
    this.close(told({ outcome, redirected_to }));
    return "";
  }
}
