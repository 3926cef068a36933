// <bn-arbitration>: what only a supervisor can decide, one dossier after the other, without its content.
import { html, nothing } from "lit";
import type { TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { post, unknownOutcome } from "../api.js";
import { now_ms } from "../clock.js";
import { boardWords } from "#words/board.js";
import { unitWords } from "#words/unit.js";
import { uuid7 } from "../ids.js";
import { sameAction } from "../parts/action.js";
import type { Action } from "../parts/action.js";
import { actForm, fieldId, fieldOf, firstField, isForm, readForm } from "../parts/acts.js";
import type { FieldError, FormAct } from "../parts/acts.js";
import { ago, climbBadge, dangerBadge, due, stateBadge, urgencyBadge } from "../parts/badges.js";
import { arbitrates, arbitration, receivers } from "../rights.js";
import type { Act } from "../rights.js";
import { session } from "../session.js";
import type { Done, Header, User } from "../types.js";
import { explain, View } from "../view.js";
import { written } from "../written.js";
import { lookButton } from "./look.js";
import type { Outbox } from "./types.js";

const words = boardWords.arbitration;
export class Arbitration extends View {
  headers: readonly Header[] = [];
  colleagues: readonly User[] = [];
  outbox: Outbox | undefined;
  private opened: { id: string; act: FormAct } | undefined;
  private error: FieldError | undefined;
  private pending: Action | undefined; // sent, and nobody knows what became of it
  private said = "";
  private wrong = "";
  private busy = false;

  protected override render() {
    return html`<section aria-labelledby="arbitration-title">
      <h2 id="arbitration-title" tabindex="-1">${words.title}${this.headers.length > 0 ? html` <span class="count-mark">${this.headers.length}</span>` : nothing}</h2>
      <p class="quiet">${words.text}</p>
      <div role="status">${this.said ? html`<p class="notice ok">${this.said}</p>` : nothing}</div>
      <div role="alert">${this.wrong ? html`<div class="notice error"><p>${this.wrong}</p>${this.pending ? html`<button type="button" class="button" @click=${this.retry}>${unitWords.act.label[this.pending.act]}</button>` : nothing}</div>` : nothing}</div>
      ${this.outboxView()}
      ${this.headers.length === 0
        ? html`<p class="quiet empty">${words.none}</p>`
        : html`<ul class="cases">${repeat(this.headers, ({ id }) => id, (header) => this.one(header))}</ul>`}
    </section>`;
  }

  private outboxView(): TemplateResult | typeof nothing {
    const { outbox } = this;
    if (!outbox || outbox.waiting + outbox.aside === 0) return nothing;
    return html`<p class="notice warn">${outbox.waiting > 0 ? words.outbox.waiting(outbox.waiting) : nothing} ${outbox.aside > 0 ? words.outbox.aside(outbox.aside) : nothing}
      ${outbox.oldest ? ago(outbox.oldest) : nothing}</p>`;
  }

  private one(header: Header): TemplateResult {
    const { proposal } = header;
    const opened = this.opened?.id === header.id ? this.opened.act : undefined;
    return html`<li class="card case" aria-labelledby="case-${header.id}">
      <div class="header-line">
        <h3 class="grow" id="case-${header.id}"><span class="reference">${header.reference}</span> ${session.topicOf(header)} <span class="quiet">${header.commune}</span></h3>
        <span class="marks">${urgencyBadge(header.urgency)} ${dangerBadge(header.danger)} ${climbBadge(header)}</span>
        <span>${due(header)} <span class="quiet">${ago(header.arrived)}</span></span>
        <span>${stateBadge(header.state)}</span>
      </div>
      <div class="header-line"><p class="grow">${header.bannette === arbitration ? words.unresolved : session.bannette(header.bannette)}${proposal ? html`. ${words.to(session.bannette(proposal.to), proposal.from, session.why(proposal.why))}. ${words.third(header.hops)}.` : nothing}</p>
        <div class="actions">${arbitrates(header, session.user).map((act) => this.button(header, act, opened))} ${lookButton(header)}</div></div>
      ${opened ? this.form(header, opened) : nothing}
    </li>`;
  }

  private button(header: Header, act: Act, opened: Act | undefined): TemplateResult {
    return html`<button type="button" class="button ${act === "accept-proposal" ? "primary" : ""}" data-act=${act} aria-label="${unitWords.act.label[act]} ${header.reference}"
      aria-disabled=${this.busy ? "true" : nothing} aria-expanded=${isForm(act) ? String(act === opened) : nothing} @click=${() => this.begin(header, act)}>${unitWords.act.label[act]}</button>`;
  }

  private form(header: Header, act: FormAct): TemplateResult {
    return actForm({
      act,
      header,
      people: receivers(this.colleagues, header),
      error: this.error,
      text: this.written().get(header.id, act),
      now_ms: now_ms(),
      typed: (text) => this.written().set(header.id, act, text),
      submit: (event) => this.submit(event, header, act),
      cancel: () => {
        this.written().set(header.id, act, "");
        this.shut();
      },
    });
  }

  private written(): typeof written {
    return written.of(session.user?.name ?? "");
  }

  // Escape shuts a form in which nothing was typed. False: there is none.
  escape(): boolean {
    const typed = [...this.querySelectorAll<HTMLTextAreaElement>("form.act textarea")].some((area) => area.value.trim() !== "");
    if (!this.opened || typed) return false;
    this.shut();
    return true;
  }

  // Ctrl+Enter sends the form that one writes in.
  send(): void {
    this.querySelector<HTMLFormElement>("form.act:focus-within")?.requestSubmit();
  }

  private shut(): void {
    const was = this.opened;
    this.opened = this.error = undefined;
    this.redraw();
    if (was) void this.focusOn(`[aria-labelledby="case-${was.id}"] [data-act="${was.act}"]`);
  }

  private begin(header: Header, act: Act): void {
    if (this.busy) return;
    if (!isForm(act)) return void this.perform({ id: header.id, act, body: {} });
    this.opened = { id: header.id, act };
    this.error = undefined;
    this.redraw();
    void this.focusOn(`#${fieldId(firstField(act))}`);
  }

  private submit(event: SubmitEvent, header: Header, act: FormAct): void {
    event.preventDefault();
    const read = readForm(event.target as HTMLFormElement, act, now_ms());
    if ("error" in read) return this.wrongField(read.error);
    const body = act === "reassign" ? { fence: header.fence, ...read.body } : read.body;
    void this.perform({ id: header.id, act, body });
  }

  private wrongField(error: FieldError): void {
    this.error = error;
    this.redraw();
    void this.focusOn(`#${fieldId(error.field)}`);
  }

  private retry(): void {
    if (this.pending) void this.perform(this.pending);
  }

  // The same again, as long as nobody knows what became of the first, keeps its key: it is not done twice.
  private async perform(wish: Omit<Action, "key">): Promise<void> {
    const action = { ...wish, key: this.pending && sameAction(this.pending, wish) ? this.pending.key : uuid7() };
    this.busy = true;
    this.said = this.wrong = "";
    this.pending = this.error = undefined;
    this.redraw();
    const answer = await post<Done>(`dossiers/${action.id}/${action.act}`, action.body, { key: action.key });
    this.busy = false;
    if (answer.ok) {
      this.opened = undefined;
      this.written().set(action.id, action.act, "");
      const { reference } = answer.value.header;
      this.said = action.act === "accept-proposal" ? words.accepted(reference) : unitWords.act.done[action.act](reference);
      this.dispatchEvent(new CustomEvent<Header>("learned", { detail: answer.value.header }));
      void this.focusOn("#arbitration-title");
    } else {
      const field = isForm(action.act) ? fieldOf(action.act, answer.problem.field) : undefined;
      if (unknownOutcome(answer.problem)) this.pending = action;
      if (field && !this.pending) return this.wrongField({ field, text: explain(answer.problem) });
      this.wrong = this.pending ? words.unknown : explain(answer.problem);
    }
    this.redraw();
  }
}
customElements.define("bn-arbitration", Arbitration);
