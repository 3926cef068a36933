// One dossier: its content, its history, and what may be done with it now. Keeps the reservation alive while it is
// open and somebody is there.
import { html, nothing } from "lit";
import type { TemplateResult } from "lit";
import { get, post, unknownOutcome } from "../api.js";
import type { Problem } from "../api.js";
import { moment, now_ms } from "../clock.js";
import { fr } from "../fr.js";
import { uuid7 } from "../ids.js";
import { session } from "../session.js";
import type { Done, Dossier, Header } from "../types.js";
import { explain, View } from "../view.js";
import { ago, climbBadge, dangerBadge, due, stateBadge, urgencyBadge } from "./badges.js";
import { contentView, historyView } from "./content.js";
import { handleForm, noteForm } from "./forms.js";
import type { FieldError } from "./forms.js";

type Verb = "reserve" | "take" | "accept" | "renew" | "release" | "notes" | "handle" | "acknowledge" | "resume";
interface Action {
  id: string;
  verb: Verb;
  body: Record<string, unknown>;
  key: string;
  done: string;
}

// Half-written notes, by dossier: they outlive an ended session, but not the page or another person's login.
const halfWritten = { person: "", texts: new Map<string, string>() };
function notesOf(person: string): Map<string, string> {
  if (halfWritten.person !== person) halfWritten.texts.clear();
  halfWritten.person = person;
  return halfWritten.texts;
}

const idle_limit_ms = 10 * 60_000;
const lease_look_ms = 1_000;
const conflicts = new Set(["held_by_other", "stale_fence", "bad_state"]);

export class DossierPanel extends View {
  private dossierId = "";
  private dossier: Dossier | undefined;
  private failed = "";
  private busy = false;
  private said = "";
  private wrong = "";
  private pending: Action | undefined; // sent, and nobody knows what became of it
  private fieldError: FieldError | undefined;
  private leaseStarted_ms = 0;
  private renewing = false;
  private active_ms = Date.now();
  private asked = 0;

  override connectedCallback(): void {
    super.connectedCallback();
    const active = (): void => void (this.active_ms = Date.now());
    for (const type of ["keydown", "pointerdown", "pointermove"]) this.listenTo(document, type, active);
    const timer = setInterval(() => this.watchLease(), lease_look_ms);
    this.until(() => clearInterval(timer));
  }

  open(id: string): void {
    if (this.dossierId !== id) {
      this.dossierId = id;
      this.dossier = undefined;
      this.said = this.wrong = "";
      this.pending = undefined;
      this.fieldError = undefined;
      this.redraw();
    }
    void this.load(true);
  }

  shut(): void {
    this.dossierId = "";
    this.dossier = undefined;
    ++this.asked;
    this.redraw();
  }

  refresh(): void {
    if (this.dossierId) void this.load(false);
  }

  // A live hint about some dossier.
  heard(header: Header): void {
    if (header.id === this.dossierId && !this.busy && header.changed >= (this.dossier?.header.changed ?? "")) this.refresh();
  }

  // A shortcut; false: not one of mine.
  key(name: string): boolean {
    const header = this.dossier?.header;
    if (!header) return false;
    const mine = header.holder === session.user?.name;
    if (name === "F8" && header.state === "waiting") void this.act("reserve");
    else if (name === "Shift+F8" && header.state === "reserved" && mine) void this.act("release");
    else if (name === "F9" && header.state === "waiting") void this.act("take");
    else if (name === "F9" && header.state === "reserved" && mine) void this.act("accept");
    else if (name === "F4" && mine) void this.focusOn("#note-text");
    else if (name === "F10" && mine && header.state === "in_progress") void this.focusOn("#outcome");
    else if (name === "Ctrl+Enter") this.querySelector<HTMLFormElement>("form:focus-within")?.requestSubmit();
    else return false;
    return true;
  }

  protected override render() {
    if (!this.dossierId) return nothing;
    const back = html`<button type="button" class="button plain back" @click=${this.leave}>${fr.dossier.back} <kbd>Échap</kbd></button>`;
    if (!this.dossier) return html`${back}<p class="quiet" role="status">${this.failed || fr.loading}</p>`;
    const { header, content, history } = this.dossier;
    return html`<article class="dossier ${header.danger ? "in-danger" : ""}" aria-labelledby="dossier-title">
      ${back}
      <header class="dossier-head">
        <h2 id="dossier-title" tabindex="-1"><span class="reference">${header.reference}</span> ${session.topic(header.topic)}</h2>
        <p class="marks">${urgencyBadge(header.urgency)} ${dangerBadge(header.danger)} ${climbBadge(header)} ${stateBadge(header.state)}</p>
        <p class="quiet">${session.bannette(header.bannette)}</p>
        <p>${fr.dossier.arrived} : ${moment(header.arrived)} (${ago(header.arrived)}) · ${fr.dossier.deadline} : ${due(header)}</p>
      </header>
      <div role="status">${this.said ? html`<p class="notice ok">${this.said}</p>` : nothing}</div>
      <div role="alert">${this.wrong ? html`<div class="notice error"><p>${this.wrong}</p>${this.retryButton()}</div>` : nothing}</div>
      ${this.danger(header)} ${this.actions(header)}
      <div class="dossier-columns">
        <div>${contentView(header, content)}</div>
        <div>${this.forms(header)} ${historyView(history)}</div>
      </div>
    </article>`;
  }

  private retryButton(): TemplateResult | typeof nothing {
    return this.pending ? html`<button type="button" class="button" @click=${this.retry}>${fr.retry}</button>` : nothing;
  }

  // Whoever takes it in hand acknowledges it too; this is for those who cannot yet.
  private danger(header: Header): TemplateResult | typeof nothing {
    const open = header.state === "waiting" || header.state === "reserved" || header.state === "in_progress" || header.state === "on_hold";
    if (!open || header.climb === null || header.climb.acknowledged_by) return nothing;
    return html`<div class="actions">
      <button type="button" class="button" aria-disabled=${this.busy ? "true" : nothing} @click=${() => this.act("acknowledge")}>${fr.dossier.acknowledge}</button>
    </div>`;
  }

  private actions(header: Header): TemplateResult | typeof nothing {
    const mine = header.holder === session.user?.name;
    const button = (verb: Verb, label: string, key: string, primary = false): TemplateResult =>
      html`<button type="button" class="button ${primary ? "primary" : ""}" aria-disabled=${this.busy ? "true" : nothing} @click=${() => this.act(verb)}>
        ${label} <kbd>${key}</kbd>
      </button>`;
    if (header.state === "waiting") {
      return html`<div class="actions">${button("reserve", fr.dossier.reserve, "F8", true)} ${button("take", fr.dossier.take, "F9")}</div>`;
    }
    if (header.state === "handled") return html`<p class="notice">${fr.change("handled")} : ${session.outcome(header.outcome ?? "")}</p>`;
    if (header.state === "closed" || header.state === "merged") return html`<p class="notice">${fr.change(header.state)}</p>`;
    if (!mine) return html`<p class="notice">${fr.dossier.heldBy(fr.state(header.state), header.holder)}</p>`;
    if (header.state === "on_hold") return this.onHold(header);
    if (header.state !== "reserved") return nothing;
    return html`<p class="lease">${fr.dossier.lease} <bn-time class="countdown" mode="lease" at=${header.lease_until ?? ""}></bn-time>,
        ${this.idle() ? fr.dossier.leaseIdle : fr.dossier.leaseRenewed}</p>
      <div class="actions">${button("accept", fr.dossier.accept, "F9", true)} ${button("release", fr.dossier.release, "Maj+F8")}</div>`;
  }

  private onHold(header: Header): TemplateResult {
    return html`<p class="notice">${fr.change("held")} ${fr.dossier.until} ${header.until ? moment(header.until) : fr.none} (${fr.reason(header.hold_why ?? "")})</p>
      <div class="actions">
        <button type="button" class="button primary" aria-disabled=${this.busy ? "true" : nothing} @click=${() => this.act("resume")}>${fr.dossier.resume}</button>
      </div>`;
  }

  private forms(header: Header): TemplateResult | typeof nothing {
    const mine = header.holder === session.user?.name;
    if (!mine || (header.state !== "reserved" && header.state !== "in_progress")) return nothing;
    const typed = (text: string): void => void this.notes().set(this.dossierId, text);
    return html`${noteForm(this.notes().get(this.dossierId) ?? "", this.fieldError, typed, (event) => this.note(event))}
    ${header.state === "in_progress" ? handleForm(this.fieldError, (event) => this.handle(event)) : nothing}`;
  }

  private async load(focus: boolean): Promise<void> {
    const mine = ++this.asked;
    const answer = await get<Dossier>(`dossiers/${this.dossierId}`);
    if (mine !== this.asked) return;
    if (answer.ok) {
      this.failed = "";
      this.dossier = answer.value;
      this.adopt(answer.value.header);
    } else if (answer.problem.status === 404 || answer.problem.status === 403) {
      this.dossier = undefined;
      this.failed = fr.dossier.gone;
    } else {
      this.failed = explain(answer.problem);
    }
    this.redraw();
    if (focus) void this.focusOn("#dossier-title");
  }

  private adopt(header: Header): void {
    if (this.dossier) this.dossier = { ...this.dossier, header };
    this.leaseStarted_ms = now_ms();
    this.dispatchEvent(new CustomEvent<Header>("learned", { detail: header }));
  }

  private idle(): boolean {
    return Date.now() - this.active_ms > idle_limit_ms;
  }

  // Renews at half of what was left when the lease was last heard of.
  private watchLease(): void {
    const header = this.dossier?.header;
    if (!header || header.state !== "reserved" || header.holder !== session.user?.name || !header.lease_until) return;
    const until = Date.parse(header.lease_until);
    const due = this.leaseStarted_ms + (until - this.leaseStarted_ms) / 2;
    if (now_ms() < due || this.renewing || this.busy) return;
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
      this.wrong = fr.dossier.leaseLost;
      await this.load(false);
    } else {
      this.leaseStarted_ms = now_ms(); // try again half-way through what is left
    }
    this.redraw();
  }

  private notes(): Map<string, string> {
    return notesOf(session.user?.name ?? "");
  }

  private note(event: Event): void {
    event.preventDefault();
    const text = this.querySelector<HTMLTextAreaElement>("#note-text")?.value.trim() ?? "";
    if (!text) this.wrongField("text", fr.dossier.noteMissing, "#note-text");
    else void this.act("notes", { text });
  }

  private handle(event: Event): void {
    event.preventDefault();
    const outcome = this.querySelector<HTMLSelectElement>("#outcome")?.value ?? "";
    const text = this.querySelector<HTMLTextAreaElement>("#outcome-text")?.value.trim() ?? "";
    if (!outcome) this.wrongField("outcome", fr.dossier.outcomeMissing, "#outcome");
    else void this.act("handle", text ? { outcome, text } : { outcome });
  }

  private wrongField(field: "text" | "outcome", text: string, focus: string): void {
    this.fieldError = { field, text };
    this.redraw();
    void this.focusOn(focus);
  }

  private act(verb: Verb, more: Record<string, unknown> = {}): Promise<void> {
    const header = this.dossier?.header;
    if (!header || this.busy) return Promise.resolve();
    const fenced = verb !== "reserve" && verb !== "take" && verb !== "acknowledge";
    const body = fenced ? { fence: header.fence, ...more } : more;
    return this.perform({ id: header.id, verb, body, key: uuid7(), done: this.words(verb, header, more) });
  }

  private words(verb: Verb, header: Header, more: Record<string, unknown>): string {
    switch (verb) {
      case "reserve":
        return fr.dossier.reserved(header.reference);
      case "take":
      case "accept":
        return fr.dossier.accepted(header.reference);
      case "release":
        return fr.dossier.released(header.reference);
      case "notes":
        return fr.dossier.noted;
      case "handle":
        return fr.dossier.handled(header.reference, session.outcome(String(more["outcome"])));
      case "acknowledge":
        return fr.dossier.acknowledged(header.reference);
      case "resume":
        return fr.dossier.resumed(header.reference);
      case "renew":
        return "";
    }
  }

  private retry(): void {
    if (this.pending) void this.perform(this.pending);
  }

  private async perform(action: Action): Promise<void> {
    this.busy = true;
    this.said = this.wrong = "";
    this.fieldError = undefined;
    this.redraw();
    const answer = await post<Done>(`dossiers/${action.id}/${action.verb}`, action.body, { key: action.key });
    this.busy = false;
    if (this.dossierId !== action.id) return;
    this.pending = undefined;
    if (answer.ok) {
      this.said = action.done;
      if (action.verb === "notes") this.clearNote();
      this.adopt(answer.value.header);
      await this.load(false);
      if (document.activeElement === document.body) void this.focusOn("#dossier-title");
    } else {
      await this.refused(action, answer.problem);
    }
    this.redraw();
  }

  private clearNote(): void {
    this.notes().delete(this.dossierId);
    const field = this.querySelector<HTMLTextAreaElement>("#note-text");
    if (field) field.value = "";
  }

  private async refused(action: Action, problem: Problem): Promise<void> {
    if (unknownOutcome(problem)) {
      this.pending = action;
      this.wrong = fr.dossier.unknown;
      return;
    }
    if (problem.field === "text" || problem.field === "outcome") this.fieldError = { field: problem.field, text: explain(problem) };
    else this.wrong = explain(problem);
    if (!conflicts.has(problem.code)) return;
    await this.load(false);
    const now = this.dossier?.header;
    if (now && now.holder && now.holder !== session.user?.name) this.wrong = fr.dossier.faster(now.holder, fr.state(now.state), moment(now.changed));
  }

  private leave(): void {
    this.dispatchEvent(new CustomEvent("leave"));
  }
}
customElements.define("bn-dossier", DossierPanel);
