// "Où en est ma demande ?": by reference or phone, status only, over the draft that stays as it is.
import { html, nothing } from "lit";
import type { TemplateResult } from "lit";
import { post } from "../api.js";
import { moment } from "../clock.js";
import { commonWords, key } from "#words/common.js";
import { operatorWords } from "#words/operator.js";
import { session } from "../session.js";
import type { Found } from "../types.js";
import { explain, View } from "../view.js";
import { stateBadge } from "./badges.js";

const words = operatorWords.find;

// A phone number has more than six digits and no letter; a reference has six characters.
function question(text: string): { phone: string } | { reference: string } {
  const phone = !/[a-z]/i.test(text) && text.replace(/\D/g, "").length > 6;
  return phone ? { phone: text.replace(/[\s.\-/()]/g, "") } : { reference: text };
}

export class FindDialog extends View {
  private busy = false;
  private error = "";
  private items: Found[] | undefined;
  private asked = 0;

  // Begins with the number of the caller who is on the line, where it is known.
  open(text: string): void {
    this.items = undefined;
    this.error = "";
    this.redraw();
    const dialog = this.querySelector("dialog");
    const input = this.querySelector("input");
    if (!dialog || !input) return;
    input.value = text;
    if (!dialog.open) dialog.showModal();
    input.focus();
    input.select();
  }

  protected override render() {
    return html`<dialog class="dialog" aria-labelledby="find-title" @close=${this.forget}>
      <div class="dialog-head">
        <h2 id="find-title">${words.title}</h2>
        <button type="button" class="button plain" @click=${this.shut}>${commonWords.close} <kbd>${key.escape}</kbd></button>
      </div>
      <form @submit=${this.submit} novalidate autocomplete="off">
        <div class="field">
          <label for="find-text">${words.label}</label>
          <span class="hint" id="find-hint">${words.hint}</span>
          <div class="line">
            <input id="find-text" maxlength="40" spellcheck="false" autocomplete="off" aria-describedby="find-hint${this.error ? " find-error" : ""}"
              aria-invalid=${this.error ? "true" : nothing} />
            <button class="button primary" type="submit">${this.busy ? words.busy : words.submit}</button>
          </div>
          <span role="alert">${this.error ? html`<span class="field-error" id="find-error">${this.error}</span>` : nothing}</span>
        </div>
      </form>
      <p class="quiet" role="status">${this.summary()}</p>
      ${this.items && this.items.length > 0 ? this.table(this.items) : nothing}
      <p class="hint">${words.privacy}</p>
    </dialog>`;
  }

  private summary(): string {
    if (!this.items) return "";
    return this.items.length === 0 ? words.none : words.count(this.items.length);
  }

  private table(items: Found[]): TemplateResult {
    return html`<ul class="found">
      ${items.map((item) => html`<li class="found-item">
          <p class="found-head"><strong class="reference">${item.reference}</strong> ${stateBadge(item.state)}
            ${item.outcome ? html`<strong>${session.outcome(item.outcome)}</strong>` : nothing}</p>
          <dl class="facts">
            <dt>${words.unit}</dt><dd>${item.unit_label || session.bannette(item.bannette)}</dd>
            <dt>${words.topic}</dt><dd>${session.topicOf(item)}</dd>
            <dt>${words.arrived}</dt><dd>${moment(item.arrived)}</dd>
            ${moment(item.changed) === moment(item.arrived) ? nothing : html`<dt>${words.changed}</dt><dd>${moment(item.changed)}</dd>`}
          </dl>
        </li>`)}
    </ul>`;
  }

  private shut(): void {
    this.querySelector("dialog")?.close();
  }

  private forget(): void {
    ++this.asked;
    this.items = undefined;
    this.error = "";
    this.busy = false;
    this.redraw();
  }

  private async submit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const text = this.querySelector("input")?.value.trim() ?? "";
    const mine = ++this.asked;
    this.items = undefined;
    this.error = text ? "" : words.missing;
    this.busy = text !== "";
    this.redraw();
    if (!text) return;
    const answer = await post<{ items: Found[] }>("requests/find", question(text));
    if (mine !== this.asked) return;
    this.busy = false;
    if (answer.ok) this.items = answer.value.items;
    else this.error = explain(answer.problem);
    this.redraw();
    this.querySelector("input")?.select();
  }
}
customElements.define("bn-find", FindDialog);
