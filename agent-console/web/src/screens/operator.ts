// The operator's screen: a call from "who" to its receipts, in one column that follows the conversation; beside it what to say and whom
// to call. The draft lives in draft.ts and is kept by keeping.ts; this shows and sends it.
import { html, nothing } from "lit";
import type { PropertyValues, TemplateResult } from "lit";
import { post } from "../api.js";
import type { Problem } from "../api.js";
import { now_ms } from "../clock.js";
import { draft } from "../draft.js";
import type { FieldName, Part } from "../draft.js";
import { frOperator as words } from "../fr/operator.js";
import { guard } from "../guard.js";
import { Keeping } from "../keeping.js";
import { live } from "../live.js";
import { correctedFields, fieldOf, lineField, noteField } from "../parts/call_fields.js";
import { openDrafts, type DraftsDialog } from "../parts/drafts.js";
import type { FindDialog } from "../parts/find.js";
import "../parts/find.js";
import { DangerAid, dangerPanel, guidance } from "../parts/guidance.js";
import { toggleKeys } from "../parts/key_help.js";
import { confirmAbandon, conflictNotice, failureNotice, keptLine, partTabs, recentList, remembered, toolbar } from "../parts/operator_pieces.js";
import type { Phase } from "../parts/operator_pieces.js";
import { phoneStrip } from "../parts/phone_strip.js";
import { placeFields } from "../parts/places.js";
import { told, type Qualified, type QualifyDialog } from "../parts/qualify.js";
import { questionsOf } from "../parts/questions.js";
import { outcomeCard, type Sent } from "../parts/receipt.js";
import { repeatList } from "../parts/repeat_list.js";
import { candidates, goesTo, routingCard } from "../parts/routing.js";
import { Phone, rings, written } from "../phone.js";
import { Repeat } from "../repeat.js";
import { lookAgain, sendAll, sentOf, toSend } from "../sending.js";
import { session } from "../session.js";
import type { CallNow, DraftHeader, LiveMessage } from "../types.js";
import { explain, keyName, View } from "../view.js";

const look_again_ms = 30_000; // for calls of posts that have fallen silent
const resume_ms = 15 * 60_000; // what was typed so lately is on the screen again by itself

const keeping = new Keeping(draft);

class OperatorScreen extends View {
  private phase: Phase = "typing";
  private problem: Problem | undefined;
  private sent: Sent[] = [];
  private qualified = ""; // how the call ended without a dossier
  private recent: Sent[] = [];
  private correcting = false;
  private readonly danger = new DangerAid(() => this.redraw());
  private drafts: DraftHeader[] = [];
  private notice = "";
  private readonly repeat = new Repeat(draft);
  private readonly phone = new Phone();

  override connectedCallback(): void {
    super.connectedCallback();
    if (draft.unknown) this.phase = "unknown";
    draft.onChange = () => {
      this.repeat.typed();
      this.redraw();
    };
    keeping.onChange = this.repeat.onChange = this.phone.onChange = () => this.redraw();
    this.phone.onCall = (call, before) => void this.rang(call, before);
    this.until(() => (draft.onChange = keeping.onChange = () => {}));
    this.listenTo(document, "keydown", (event) => this.key(event as KeyboardEvent));
    this.listenTo(this, "focusin", () => this.redraw());
    this.listenTo(window, "pagehide", () => void keeping.flush(true));
    this.listenTo(document, "visibilitychange", () => void (document.visibilityState === "hidden" && keeping.flush(true)));
    this.until(live.listen((message) => this.heard(message)));
    guard.holds = () => draft.dirty;
    guard.unkept = () => keeping.unkept || draft.unknown;
    guard.mayLeave = async () => (await this.settleDown()) || confirmAbandon(words.abandonUnkept);
    guard.forget = () => this.begin();
    void this.focusOn("#f-name");
    void this.lookForDrafts(true).then(() => this.phone.begin());
    const looking = setInterval(() => document.visibilityState === "visible" && void this.lookForDrafts(false), look_again_ms);
    this.until(() => clearInterval(looking));
  }

  protected override willUpdate(_changed: PropertyValues): void {
    session.warn(keeping.late ? words.kept.banner : "");
  }

  protected override render() {
    return html`<div class="operator">
      <div class="screen-head"><h1>${words.title}</h1>${toolbar(this.tools(), this.drafts.length)}</div>
      ${phoneStrip(this.phone, draft.call, () => void this.fresh())}
      <div class="receipt-place" role="status">
        ${this.phase === "done" ? outcomeCard(this.sent, this.qualified, { fresh: () => void this.fresh(), check: (sent) => void this.check(sent) }) : nothing}
      </div>
      <p class="visually-hidden" role="status">${draft.danger && this.phase !== "done" ? words.dangerOn : ""}</p>
      ${this.notice ? html`<p class="notice">${this.notice}</p>` : nothing}
      ${conflictNotice(keeping, { adopt: () => void keeping.adopt(), insist: () => void keeping.insist(), fresh: () => this.begin() })}
      <div class="call-columns">
        ${this.phase === "done" ? nothing : this.form()}
        <div class="beside">${this.phase === "done" ? nothing : this.beside()} ${recentList(this.recent)}</div>
      </div>
      <bn-find></bn-find> <bn-drafts></bn-drafts> <bn-qualify></bn-qualify>
    </div>`;
  }

  private beside(): TemplateResult {
    const panel = this.danger.open
      ? dangerPanel(draft, this.danger, () => this.toggleDanger())
      : html`<aside aria-label=${words.guide.label}>${guidance(draft)}</aside>`;
    return html`${panel} ${repeatList(this.repeat)}`;
  }

  private form(): TemplateResult {
    const frozen = this.phase !== "typing" || keeping.conflict === "taken" || keeping.conflict === "ended";
    return html`<form class="call" @submit=${(event: Event) => (event.preventDefault(), void this.send())} novalidate autocomplete="off">
      <fieldset class="call-text" ?disabled=${frozen}>
        <legend class="visually-hidden">${words.title}</legend>
        <section class="step" aria-labelledby="who-title">
          <h2 id="who-title">${words.who} ${this.repeat.items.length > 0 ? html`<span class="badge doubt">${words.repeat.badge(this.repeat.items.length)}</span>` : nothing}</h2>
          <div class="pair">${lineField(this.field("name", words.name), 120)} ${lineField(this.field("phone", words.phone), 40, "tel")}</div>
        </section>
        <section class="step" aria-labelledby="where-title">
          <h2 id="where-title">${words.where}</h2>
          <div>${placeFields(draft, (field) => this.errorAt(field))} ${candidates(draft)}</div>
        </section>
        <section class="step" aria-labelledby="what-title">
          <h2 id="what-title">${words.what}</h2>
          <div>${partTabs(draft)} ${draft.part.sent ? nothing : noteField(this.field("note", words.note))}</div>
        </section>
        ${draft.part.sent ? nothing : questionsOf(draft)}
      </fieldset>
      ${draft.part.sent ? nothing : routingCard(draft, { frozen, correcting: this.correcting, toggle: () => this.correct(), errorAt: (field) => this.errorAt(field) })}
      <div class="send">
        ${failureNotice(this.phase, this.problem, this.problem !== undefined && fieldOf[this.problem.field] !== undefined)}
        <div class="send-line">
          <button class="button primary big" type="submit" aria-disabled=${this.phase === "sending" ? "true" : nothing}>${this.sendLabel()} <kbd>Ctrl+Entrée</kbd></button>
          ${goesTo(draft)}
          <span class="send-rest">
            ${keptLine(keeping)}
            <button class="button plain" type="button" @click=${() => void keeping.offer().then((offered) => this.say(offered ? words.send.offered : words.send.offerFailed))}>${words.send.offer}</button>
            <button class="button plain" type="button" @click=${this.abandon}>${words.send.abandon}</button>
          </span>
        </div>
      </div>
    </form>`;
  }

  private sendLabel(): string {
    if (this.phase === "sending") return words.send.sending;
    if (this.phase === "unknown") return words.send.retrySame;
    const waiting = draft.parts.filter((part) => !part.sent && !part.empty).length;
    if (waiting > 1) return words.send.sendAll(waiting);
    return draft.part.outside ? words.send.sendOutside : words.send.send;
  }

  private field(name: FieldName, label: string): Parameters<typeof noteField>[0] {
    const value = name === "note" ? draft.part.note : draft.fields[name];
    return { name, label, value, error: this.errorAt(name), typed: (text) => this.typed(name, text) };
  }

  private typed(field: FieldName, text: string): void {
    if (this.problem && fieldOf[this.problem.field] === field) this.problem = undefined; // it is being corrected
    this.notice = "";
    draft.type(field, text);
  }

  private errorAt(field: string): string {
    if (!this.problem || fieldOf[this.problem.field] !== field) return "";
    if (field === "correction" && draft.part.reason) return "";
    return explain(this.problem);
  }

  private tools(): Record<string, () => void> {
    return {
      F2: () => void this.fresh(),
      F4: () => (this.querySelector("bn-find") as FindDialog | null)?.open(draft.fields.phone.trim()),
      F6: () => this.qualify(),
      F7: () => this.addTopic(),
      F8: () => this.toggleDanger(),
      F10: () => void this.showDrafts(),
      F1: () => toggleKeys(words.keys),
    };
  }

  private key(event: KeyboardEvent): void {
    const name = keyName(event);
    if (document.querySelector("dialog[open]") && name !== "F1") return;
    const acts: Record<string, () => void> = {
      ...this.tools(),
      F9: () => this.correct(),
      "Shift+F7": () => draft.show((draft.shown + 1) % draft.parts.length),
      "Ctrl+Enter": () => void this.send(),
    };
    const act = acts[name];
    if (act) {
      event.preventDefault();
      act();
    } else if (name === "Escape" && this.danger.open) this.toggleDanger();
  }

  // ---- The course of a call.

  // Nothing of the call on the screen stays here; what is kept on the server stays there.
  private begin(call = "", phone = ""): void {
    draft.renew(call, phone);
    keeping.follow(0);
    this.phase = "typing";
    this.problem = undefined;
    this.sent = [];
    this.qualified = this.notice = "";
    this.correcting = false;
    this.danger.open = false;
    this.redraw();
  }

  // True: nothing typed would be lost.
  private async settleDown(): Promise<boolean> {
    if (this.phase === "sending") return false;
    if (this.phase === "done" || !draft.dirty) return true;
    await keeping.flush();
    if (!keeping.problem) await keeping.flush(); // what was typed while the one before was on its way
    return !keeping.unkept;
  }

  private async fresh(): Promise<void> {
    if (this.phase === "sending") return;
    if (!(await this.settleDown()) && !(await confirmAbandon(words.abandonUnkept))) return;
    if (!draft.dirty) void keeping.end(); // emptied again
    const { call } = this.phone;
    if (call && call.id !== draft.call) await this.open(call);
    else this.begin();
    void this.focusOn("#f-name");
    void this.lookForDrafts(false);
  }

  // The call that is there: what was typed for it already, or a new draft with its number.
  private async open(call: CallNow): Promise<void> {
    this.begin(call.id, written(call.number ?? ""));
    if (this.drafts.some((one) => one.key === call.id)) this.notice = await keeping.resume({ key: call.id } as DraftHeader, true);
  }

  // A call comes up on a screen where nothing is typed; one that is taken back before anybody spoke leaves it. A hang-up changes nothing.
  private async rang(call: CallNow | null, before: CallNow | null): Promise<void> {
    const typed = this.phase !== "typing" || draft.parts.some((part) => !part.empty) || draft.fields.name !== "" || draft.fields.commune !== "";
    if (typed) return;
    if (call) await this.open(call);
    else if (before && before.id === draft.call && rings(before)) {
      this.begin();
      this.notice = words.telephone.takenBack;
    }
    this.redraw();
  }

  private async abandon(): Promise<void> {
    if (this.phase === "sending" || (draft.dirty && !(await confirmAbandon()))) return;
    void keeping.end();
    this.begin();
    void this.focusOn("#f-name");
  }

  private say(notice: string): void {
    this.notice = notice;
    this.redraw();
  }

  private correct(): void {
    if (this.phase !== "typing" || draft.part.sent) return;
    this.correcting = !this.correcting || draft.part.corrected;
    this.redraw();
    if (this.correcting) void this.focusOn("#f-topic");
  }

  private addTopic(): void {
    if (this.phase !== "typing") return;
    const empty = draft.parts.findIndex((part) => !part.sent && part.empty);
    if (empty >= 0) draft.show(empty);
    else draft.addPart();
    void this.focusOn("#f-note");
  }

  private toggleDanger(): void {
    if (this.phase === "done") return;
    this.danger.toggle(draft);
    void this.focusOn(this.danger.open ? "#danger-title" : "#f-note");
  }

  // ---- Drafts of this and of other screens.

  private heard(message: LiveMessage): void {
    if (message.type === "hello") {
      for (const part of draft.parts) if (part.proposalLost) part.ask();
      void keeping.flush();
      void keeping.endAll();
    }
    if (message.type === "resync") void session.refresh();
    if (message.type === "draft") void this.lookForDrafts(false);
    this.phone.heard(message);
  }

  private async lookForDrafts(resume: boolean): Promise<void> {
    const all = (await openDrafts()) ?? [];
    this.drafts = all.filter((one) => one.key !== draft.key);
    const mine = all.find((one) => one.owner === session.user?.name && one.changed !== null && now_ms() - Date.parse(one.changed) < resume_ms);
    if (resume && mine && !draft.dirty && this.phase === "typing") await this.resume(mine);
    this.redraw();
  }

  private async showDrafts(): Promise<void> {
    const dialog = this.querySelector("bn-drafts") as DraftsDialog | null;
    if (!dialog || !(await this.settleDown())) return;
    dialog.except = draft.key;
    dialog.onResume = (header) => void this.resume(header);
    void dialog.open();
  }

  private async resume(header: DraftHeader): Promise<void> {
    this.begin();
    this.notice = await keeping.resume(header, header.owner === session.user?.name);
    if (!draft.dirty && draft.call === "") return this.fresh(); // it was emptied: nothing to be found again
    this.phase = draft.unknown ? "unknown" : "typing";
    this.redraw();
    void this.focusOn("#f-note");
    void this.lookForDrafts(false);
  }

  // ---- Sending.

  private async send(): Promise<void> {
    if (this.phase === "sending" || this.phase === "done" || keeping.conflict === "taken" || keeping.conflict === "ended") return;
    if (this.phase === "typing" && !this.allExplained(toSend(draft))) return;
    this.phase = "sending";
    this.problem = undefined;
    this.redraw();
    const failed = await sendAll(draft, () => void keeping.flush());
    if (failed) this.fail(failed.part, failed.problem);
    else this.close();
  }

  private allExplained(parts: Part[]): boolean {
    const without = parts.find((part) => part.needsReason && part.reason === "" && session.consignes.corrections.length > 0);
    if (!without) return true;
    draft.show(draft.parts.indexOf(without));
    this.problem = { code: "missing", status: 400, field: "correction", detail: words.routing.reasonMissing };
    this.redraw();
    void this.focusOn("#f-correction");
    return false;
  }

  private fail(part: Part, problem: Problem): void {
    this.phase = part.unknown ? "unknown" : "typing";
    this.problem = part.unknown ? undefined : problem;
    draft.show(draft.parts.indexOf(part));
    const place = fieldOf[problem.field];
    if (place && correctedFields.has(place)) this.correcting = true;
    this.redraw();
    if (place) void this.focusOn(`#f-${place}`);
    else if (problem.status !== 401) void this.focusOn(".send button");
  }

  // The call is settled: its text leaves the page, and the server.
  private close(): void {
    const sent = sentOf(draft);
    this.recent = remembered(sent, this.recent);
    void keeping.end();
    this.begin();
    this.sent = sent;
    this.phase = "done";
    this.redraw();
    void this.focusOn(".receipt-place .primary");
  }

  private async check(sent: Sent): Promise<void> {
    const answer = await lookAgain(sent);
    if (!this.sent.includes(sent)) return;
    const at = new Date(now_ms()).toLocaleTimeString("fr-FR");
    const fresh = "sent" in answer ? answer.sent : { ...sent, note: answer.problem ? explain(answer.problem) : `${words.receipt.stillRecorded} (${at})` };
    this.sent = this.sent.map((other) => (other === sent ? fresh : other));
    this.recent = remembered([fresh], this.recent);
    this.redraw();
    void this.focusOn(".receipt-place .primary");
  }

  private qualify(): void {
    const dialog = this.querySelector("bn-qualify") as QualifyDialog | null;
    if (!dialog || this.phase !== "typing") return;
    dialog.settle = (qualified) => this.settle(qualified);
    dialog.open();
  }

  private async settle({ outcome, redirected_to }: Qualified): Promise<string> {
    const answer = await post<unknown>(draft.call ? `calls/${draft.call}/qualify` : "calls", { outcome, redirected_to }, { key: draft.parts[0]?.key ?? draft.key });
    if (!answer.ok) return explain(answer.problem);
    const said = told({ outcome, redirected_to });
    void keeping.end();
    this.begin();
    this.qualified = said;
    this.phase = "done";
    this.redraw();
    void this.focusOn(".receipt-place .primary");
    return "";
  }
}
customElements.define("bn-operator", OperatorScreen);
