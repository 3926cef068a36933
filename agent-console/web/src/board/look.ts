// <bn-look>: a supervisor's look into a unit's dossier. It asks for a reason first: the look, its reason and its words stand in the history
// before anything is shown, where that unit and the auditor see them.
import { html, nothing } from "lit";
import type { TemplateResult } from "lit";
import { get, post } from "../api.js";
import { commonWords, key } from "#words/common.js";
import { boardWords } from "#words/board.js";
import { unitWords } from "#words/unit.js";
import { choices } from "../parts/acts.js";
import { contentView } from "../parts/content.js";
import { historyView } from "../parts/history.js";
import { session } from "../session.js";
import type { Dossier, Header } from "../types.js";
import { explain, View } from "../view.js";

const words = boardWords.look;
type Field = "purpose" | "text";

export function lookButton(header: Header): TemplateResult | typeof nothing {
  if (session.user?.role !== "supervisor") return nothing;
  const ask = (event: Event): void => void event.target?.dispatchEvent(new CustomEvent<Header>("look", { detail: header, bubbles: true }));
  return html`<button type="button" class="button plain" data-look=${header.id} aria-label="${words.button} ${header.reference}" @click=${ask}>${words.button}…</button>`;
}

export class Look extends View {
  private header: Header | undefined;
  private dossier: Dossier | undefined; // as it may be shown now
  private failed = "";
  private error: { field: Field; text: string } | undefined;
  private busy = false;
  private asked = 0;

  async open(header: Header): Promise<void> {
    const mine = ++this.asked;
    this.header = header;
    this.dossier = this.error = undefined;
    this.failed = "";
    this.busy = false;
    this.redraw();
    await this.updateComplete;
    const dialog = this.querySelector("dialog");
    if (dialog && !dialog.open) dialog.showModal();
    const answer = await get<Dossier>(`dossiers/${header.id}`);
    if (mine !== this.asked) return;
    if (answer.ok) this.dossier = answer.value;
    else this.failed = explain(answer.problem);
    this.redraw();
    void this.focusOn(this.dossier?.purpose_needed ? "#look-purpose" : "#look-title");
  }

  protected override render() {
    const { header, dossier } = this;
    return html`<dialog class="dialog look" aria-labelledby="look-title" @close=${this.forget}>
      ${header ? html`<div class="dialog-head">
          <h2 id="look-title" tabindex="-1"><span class="reference">${header.reference}</span> ${session.topicOf(header)}</h2>
          <button type="button" class="button plain" @click=${() => this.querySelector("dialog")?.close()}>${commonWords.close} <kbd>${key.escape}</kbd></button>
        </div>
        <p class="quiet">${session.bannette(header.bannette)}</p>
        <div role="alert">${this.failed ? html`<p class="notice error">${this.failed}</p>` : nothing}</div>
        ${dossier ? this.body(dossier) : this.failed ? nothing : html`<p class="quiet">${commonWords.loading}</p>`}` : nothing}
    </dialog>`;
  }

  private body(dossier: Dossier): TemplateResult {
    const { header, content, history } = dossier;
    if (content) return html`<p class="notice">${words.recorded}</p>${contentView(header, content)}${historyView(history)}`;
    if (dossier.purpose_needed) return this.form();
    return html`<p class="notice">${dossier.readable ? unitWords.dossier.erased : words.closed}</p>${history.length > 0 ? historyView(history) : nothing}`;
  }

  private form(): TemplateResult {
    const field = (name: Field, input: TemplateResult): TemplateResult => html`<div class="field"><label for="look-${name}">${words[name]}</label>
      ${input} ${this.error?.field === name ? html`<span class="field-error" id="look-${name}-error">${this.error.text}</span>` : nothing}</div>`;
    const invalid = (name: Field): string | typeof nothing => (this.error?.field === name ? "true" : nothing);
    const described = (name: Field): string | typeof nothing => (this.error?.field === name ? `look-${name}-error` : nothing);
    return html`<form @submit=${this.submit} @keydown=${this.keys} novalidate autocomplete="off">
      <p>${words.why}</p>
      ${field("purpose", html`<select id="look-purpose" name="purpose" aria-invalid=${invalid("purpose")} aria-describedby=${described("purpose")}>
        <option value="">${unitWords.act.choose}</option>${choices(session.catalogue.purposes.map(({ code, label }) => [code, label]))}</select>`)}
      ${field("text", html`<textarea id="look-text" name="text" rows="2" maxlength="4000" aria-invalid=${invalid("text")} aria-describedby=${described("text")}></textarea>`)}
      <div class="actions"><button type="submit" class="button primary" aria-disabled=${this.busy ? "true" : nothing}>${words.send} <kbd>${key.ctrlEnter}</kbd></button></div>
    </form>`;
  }

  private keys(event: KeyboardEvent): void {
    if (event.key !== "Enter" || !event.ctrlKey) return;
    event.preventDefault();
    event.stopPropagation();
    (event.currentTarget as HTMLFormElement).requestSubmit();
  }

  private refuse(field: Field, text: string): void {
    this.error = { field, text };
    this.redraw();
    void this.focusOn(`#look-${field}`);
  }

  private async submit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const data = new FormData(event.target as HTMLFormElement);
    const [purpose, text] = [String(data.get("purpose") ?? ""), String(data.get("text") ?? "").trim()];
    if (!purpose) return this.refuse("purpose", words.missing);
    if (purpose === "other" && !text) return this.refuse("text", unitWords.act.missing.text);
    if (this.busy || !this.header) return;
    const mine = ++this.asked;
    this.busy = true;
    this.error = undefined;
    this.failed = "";
    this.redraw();
    const answer = await post<Dossier>(`dossiers/${this.header.id}/reads`, { purpose, ...(text ? { text } : {}) });
    if (mine !== this.asked) return;
    this.busy = false;
    if (answer.ok) this.dossier = { ...answer.value, purpose_needed: false };
    else this.failed = explain(answer.problem);
    this.redraw();
    if (answer.ok) void this.focusOn("#look-title");
  }

  // What was shown does not stay in the page.
  private forget(): void {
    ++this.asked;
    const was = this.header?.id;
    this.header = this.dossier = this.error = undefined;
    this.redraw();
    if (was) document.querySelector<HTMLElement>(`[data-look="${was}"]`)?.focus();
  }
}
customElements.define("bn-look", Look);
