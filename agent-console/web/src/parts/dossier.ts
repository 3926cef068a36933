// One dossier: its content, its history beside it, and what may be done with it now. Keeps the reservation alive while it is
// open and somebody is there.
import { html, nothing } from "lit";
import type { TemplateResult } from "lit";
import { get, post, unknownOutcome } from "../api.js";
import type { Answer, Problem } from "../api.js";
import { moment, now_ms } from "../clock.js";
import { commonWords, key } from "#words/common.js";
import { unitWords, within } from "#words/unit.js";
import { uuid7 } from "../ids.js";
import { allowed, isOpen, receivers, works } from "../rights.js";
import type { Act } from "../rights.js";
import { session } from "../session.js";
import type { Done, Dossier, Header, User } from "../types.js";
import { explain, View } from "../view.js";
import { written } from "../written.js";
import { sameAction } from "./action.js";
import type { Action } from "./action.js";
import { actForm, fieldId, fieldOf, firstField, isForm, readForm } from "./acts.js";
import type { FieldError, FormAct } from "./acts.js";
import { contentView } from "./content.js";
import { actFor, actionsView, headView, noticesView } from "./dossier_view.js";
import { actorName, changeText, historyView } from "./history.js";
import { sheetView } from "./sheet_view.js";

interface Sent extends Action {
  reference: string;
}
const pending_kept = 50; // dossiers
const idle_limit_ms = 10 * 60_000;
const lease_look_ms = 1_000;
const conflicts = new Set(["held_by_other", "stale_fence", "bad_state", "no_proposal", "proposal_open"]);
const unfenced = new Set<Act>(["reserve", "take", "acknowledge", "reopen", "close", "accept-proposal", "refuse-proposal"]);
const paths: Partial<Record<Act, string>> = { note: "notes", withdraw: "withdraw-proposal" };

// Of what others may do to it while it is read here: what changes the view. A reading by somebody else does not.
const face = (header: Header): string =>
  JSON.stringify([header.bannette, header.state, header.holder, header.fence, header.proposal, header.copies, header.climb, header.until, header.outcome]);

export class DossierPanel extends View {
  people: readonly string[] = []; // whose dossiers are mine to work on
  colleagues: readonly User[] = [];
  private dossierId = "";
  private dossier: Dossier | undefined;
  private failed = "";
  private readonly busy = new Set<string>(); // ids of those of which an answer is awaited
  private said = "";
  private wrong = "";
  private opened: FormAct | undefined; // beside the note's, which is always there
  private readonly pending = new Map<string, Sent>(); // by dossier: sent, and nobody knows what became of it
  private fieldError: (FieldError & { act: FormAct }) | undefined;
  private leaseStarted_ms = 0;
  private renewing = false;
  private asked = 0;

  override connectedCallback(): void {
    super.connectedCallback();
    const timer = setInterval(() => this.watchLease(), lease_look_ms);
    this.until(() => clearInterval(timer));
  }

  // By id or by reference. Then, where it is still possible, the action.
  async open(id: string, act?: string): Promise<void> {
    if (this.dossierId !== id) {
      this.dossierId = id;
      this.dossier = undefined;
      this.said = this.failed = "";
      this.wrong = this.pending.has(id) ? unitWords.dossier.unknown : "";
      this.opened = undefined;
      this.fieldError = undefined;
      this.redraw();
    }
    await this.load(true);
    if (act && this.dossier && this.dossierId === this.dossier.header.id) this.key(act);
  }

  shut(): void {
    this.dossierId = "";
    this.dossier = undefined;
    ++this.asked;
    this.redraw();
  }

  // What is only read by a copy or a proposal is read again only where it looks different now: each reading is recorded.
  refresh(now?: Header): void {
    const header = this.dossier?.header;
    if (header && !works(session.user, header.bannette) && now && face(now) === face(header)) return;
    if (this.dossierId) void this.load(false);
  }

  // A live hint about some dossier.
  heard(header: Header): void {
    if (header.id === this.dossierId && !this.busy.has(header.id) && header.changed >= (this.dossier?.header.changed ?? "")) this.refresh();
  }

  // A shortcut; false: not one of mine.
  key(name: string): boolean {
    if (!this.dossier) return false;
    const acts = this.acts();
    const act = actFor(name, acts);
    if (act) this.start(act);
    else if (name === "F4" && acts.includes("note")) void this.focusOn(`#${fieldId("note")}`);
    else if (name === "Ctrl+Enter") this.querySelector<HTMLFormElement>("form:focus-within")?.requestSubmit();
    else if (name === "Escape" && this.opened && !this.typed()) this.cancel();
    else return false;
    return true;
  }

  protected override render() {
    if (!this.dossierId) return nothing;
    if (!this.dossier) return this.absent();
    const { header, content, history, readable } = this.dossier;
    const acts = this.acts();
    return html`<article class="dossier ${header.danger && isOpen(header) ? "in-danger" : ""}" aria-labelledby="dossier-title">
      ${headView(header, () => this.leave(""))}
      <div role="status">${this.said ? html`<p class="notice ok">${this.said}</p>` : nothing}</div>
      <div role="alert">${this.wrong ? html`<div class="notice error"><p>${this.wrong}</p>${this.retryButton()}</div>` : nothing}</div>
      ${noticesView(header, { people: this.people, idle: this.idle() }, readable)}
      ${actionsView({ acts, opened: this.opened, busy: this.busy.has(header.id), start: (act) => this.start(act), print: content ? () => window.print() : undefined })}
      ${this.opened ? this.form(this.opened, header) : nothing}
      ${readable || history.length > 0 ? html`<div class="dossier-columns">
            <div>${content ? contentView(header, content) : readable ? html`<p class="quiet">${unitWords.dossier.erased}</p>` : nothing}
              ${acts.includes("note") ? this.form("note", header) : nothing}</div>
            ${historyView(history)}
          </div>` : nothing}
    </article>
    ${content ? sheetView(this.dossier, content) : nothing}`;
  }

  private absent(): TemplateResult {
    return html`<button type="button" class="button plain back" @click=${() => this.leave("")}>${unitWords.dossier.back} <kbd>${key.escape}</kbd></button>
      <p class="quiet empty" role="status">${this.failed || commonWords.loading}</p>`;
  }

  private retryButton(): TemplateResult | typeof nothing {
    return this.pending.has(this.dossierId) ? html`<button type="button" class="button" @click=${this.retry}>${commonWords.retry}</button>` : nothing;
  }

  private acts(): readonly Act[] {
    return this.dossier ? allowed(this.dossier.header, session.user, this.people) : [];
  }

  private form(act: FormAct, header: Header): TemplateResult {
    return actForm({
      act,
      header,
      people: receivers(this.colleagues, header),
      error: this.fieldError?.act === act ? this.fieldError : undefined,
      text: this.written().get(header.id, act),
      now_ms: now_ms(),
      typed: (text) => this.written().set(header.id, act, text),
      submit: (event) => this.submit(event, act),
      cancel: act === "note" ? undefined : () => this.cancel(),
    });
  }

  private start(act: Act): void {
    if (act === "note" || !isForm(act)) {
      if (act === "note") void this.focusOn(`#${fieldId("note")}`);
      else void this.perform(act, {});
      return;
    }
    if (this.opened !== act) this.fieldError = undefined;
    this.opened = act;
    this.redraw();
    void this.focusOn(`#${fieldId(firstField(act))}`);
  }

  private cancel(): void {
    const act = this.opened;
    if (act && this.dossier) this.written().set(this.dossier.header.id, act, "");
    this.opened = undefined;
    this.redraw();
    void this.focusOn(`[data-act="${act}"]`);
  }

  // Escape must not throw typed text away.
  private typed(): boolean {
    return [...this.querySelectorAll<HTMLTextAreaElement>(`form[data-act="${this.opened}"] textarea`)].some((area) => area.value.trim() !== "");
  }

  private submit(event: SubmitEvent, act: FormAct): void {
    event.preventDefault();
    const read = readForm(event.target as HTMLFormElement, act, now_ms());
    if ("body" in read) void this.perform(act, read.body);
    else this.wrongField(act, read.error);
  }

  private wrongField(act: FormAct, error: FieldError): void {
    this.fieldError = { ...error, act };
    this.redraw();
    void this.focusOn(`form[data-act="${act}"] #${fieldId(error.field)}`);
  }

  private async load(focus: boolean): Promise<void> {
    const mine = ++this.asked;
    const answer = await get<Dossier>(`dossiers/${encodeURIComponent(this.dossierId)}`);
    if (mine !== this.asked) return;
    if (answer.ok) {
      this.failed = "";
      this.dossier = answer.value;
      this.dossierId = answer.value.header.id; // a reference was asked for
      this.adopt(answer.value.header);
    } else if (answer.problem.status === 404 || answer.problem.status === 403) {
      this.dossier = undefined;
      this.failed = unitWords.dossier.gone;
    } else {
      this.failed = explain(answer.problem);
    }
    this.redraw();
    if (focus) void this.focusOn(this.dossier ? "#dossier-title" : ".back");
  }

  private adopt(header: Header): void {
    if (this.dossier) this.dossier = { ...this.dossier, header };
    this.leaseStarted_ms = now_ms();
    this.dispatchEvent(new CustomEvent<Header>("learned", { detail: header }));
  }

  private idle(): boolean {
    return Date.now() - session.activity.acted_ms > idle_limit_ms;
  }

  // Renews at half of what was left when the lease was last heard of.
  private watchLease(): void {
    const header = this.dossier?.header;
    if (!header || header.state !== "reserved" || !this.people.includes(header.holder) || !header.lease_until) return;
    const until = Date.parse(header.lease_until);
    const due = this.leaseStarted_ms + (until - this.leaseStarted_ms) / 2;
    if (now_ms() < due || this.renewing || this.busy.has(header.id)) return;
    if (this.idle()) this.redraw();
    else void this.renew(header);
  }

  private async renew(header: Header): Promise<void> {
    this.renewing = true;
    const answer = await post<Done>(`dossiers/${header.id}/renew`, { fence: header.fence }, { key: uuid7() });
    this.renewing = false;
    if (this.dossierId !== header.id) return;
    if (answer.ok) {
      this.adopt(answer.value.header);
    } else if (conflicts.has(answer.problem.code)) {
      this.wrong = unitWords.dossier.leaseLost;
      await this.load(false);
    } else {
      this.leaseStarted_ms = now_ms(); // try again half-way through what is left
    }
    this.redraw();
  }

  private written(): typeof written {
    return written.of(session.user?.name ?? "");
  }

  // The same again, as long as nobody knows what became of the first, keeps its key: it is not done twice.
  private perform(act: Act, more: Record<string, unknown>): Promise<void> {
    const header = this.dossier?.header;
    if (!header || this.busy.has(header.id)) return Promise.resolve();
    const { id, reference } = header;
    const action = { id, reference, act, body: unfenced.has(act) ? more : { fence: header.fence, ...more } };
    const before = this.pending.get(id);
    return this.send({ ...action, key: before && sameAction(before, action) ? before.key : uuid7() });
  }

  private retry(): void {
    const action = this.pending.get(this.dossierId);
    if (action) void this.send(action);
  }

  private async send(action: Sent): Promise<void> {
    this.busy.add(action.id);
    this.said = this.wrong = "";
    this.fieldError = undefined;
    this.redraw();
    const answer = await post<Done>(`dossiers/${action.id}/${paths[action.act] ?? action.act}`, action.body, { key: action.key });
    this.busy.delete(action.id);
    this.remember(action, !answer.ok && unknownOutcome(answer.problem));
    const text = action.body["text"];
    if (answer.ok && typeof text === "string") this.written().sent(action.id, action.act, text);
    if (this.dossierId !== action.id) this.elsewhere(action, answer);
    else if (answer.ok) await this.done(action, answer.value.header);
    else await this.refused(action, answer.problem);
    this.redraw();
  }

  private remember(action: Sent, unknown: boolean): void {
    this.pending.delete(action.id);
    if (!unknown) return;
    this.pending.set(action.id, action);
    const [oldest] = this.pending.keys();
    if (oldest !== undefined && this.pending.size > pending_kept) this.pending.delete(oldest);
  }

  // Another dossier is on the screen by now: the answer is said all the same.
  private elsewhere({ act, reference }: Sent, answer: Answer<Done>): void {
    if (answer.ok) this.dispatchEvent(new CustomEvent<Header>("changed", { detail: answer.value.header }));
    const wrong = (problem: Problem): string => `${unitWords.act.label[act]} ${reference} : ${unknownOutcome(problem) ? unitWords.dossier.unknownElsewhere : explain(problem)}`;
    this.dispatchEvent(new CustomEvent<string>("told", { detail: answer.ok ? unitWords.act.doneElsewhere(unitWords.act.done[act](reference), reference) : wrong(answer.problem) }));
  }

  private async done(action: Action, header: Header): Promise<void> {
    this.said = unitWords.act.done[action.act](header.reference);
    if (this.opened === action.act) this.opened = undefined;
    this.adopt(header);
    if (!works(session.user, header.bannette)) return this.leave(this.said); // it went to others
    const refocus = document.activeElement === document.body || !document.activeElement?.isConnected;
    await this.load(false);
    await this.updateComplete;
    if (refocus || document.activeElement === document.body) void this.focusOn("#dossier-title");
  }

  private async refused(action: Action, problem: Problem): Promise<void> {
    if (unknownOutcome(problem)) {
      this.wrong = unitWords.dossier.unknown;
      return;
    }
    const { act } = action;
    const field = isForm(act) ? fieldOf(act, problem.field) : undefined;
    if (field && isForm(act)) return this.wrongField(act, { field, text: explain(problem) });
    this.wrong = explain(problem);
    if (!conflicts.has(problem.code) && problem.status !== 404) return;
    await this.load(false);
    this.wrong = this.whoWasFaster() ?? this.wrong;
  }

  // Two at once: the one who comes second reads who was first, and what they did.
  private whoWasFaster(): string | undefined {
    if (!this.dossier) return undefined;
    const { header, history } = this.dossier;
    const { holder } = header;
    if (holder && !this.people.includes(holder)) return unitWords.dossier.faster(holder, commonWords.state(header.state), moment(header.changed));
    const last = history.filter((entry) => entry.change !== "read").at(-1);
    if (!last || last.actor === session.user?.name || last.actor === "clock") return undefined;
    return unitWords.dossier.fasterDid(actorName(last.actor), within(changeText(last)), moment(last.at));
  }

  private leave(said: string): void {
    this.dispatchEvent(new CustomEvent<string>("leave", { detail: said }));
  }
}
customElements.define("bn-dossier", DossierPanel);
