// A call that ends without a dossier: answered at once, sent elsewhere (and where), a wrong number...
import { key } from "#words/common.js";
import { html, nothing } from "lit";
import type { TemplateResult } from "lit";
import { operatorWords } from "#words/operator.js";
import { outcomes } from "../qualified.js";
import type { Qualified } from "../qualified.js";
import { session } from "../session.js";
import type { Referral } from "../types.js";
import { View } from "../view.js";

const words = operatorWords.qualify;
const other = "autre"; // the referral that is said in words

export class QualifyDialog extends View {
  // What a refusal says; empty: it was done, and the dialog closes.
  settle: (qualified: Qualified) => Promise<string> = async () => "";
  private outcome = "";
  private where = "";
  private error = "";
  private busy = false;

  open(): void {
    const dialog = this.querySelector("dialog");
    if (!dialog || dialog.open) return;
    this.outcome = this.where = this.error = "";
    this.busy = false;
    this.redraw();
    dialog.showModal();
    void this.updateComplete.then(() => this.querySelector<HTMLElement>("input")?.focus());
  }

  protected override render() {
    return html`<dialog class="dialog small" aria-labelledby="qualify-title">
      <form @submit=${this.submit} novalidate>
        <h2 id="qualify-title">${words.title}</h2>
        <fieldset class="outcomes">
          <legend>${words.how}</legend>
          ${outcomes().map(({ code, label }, index) => html`<label class="choice-line">
              <input type="radio" name="outcome" id="outcome-${index}" value=${code} .checked=${code === this.outcome} @change=${() => this.choose(code)} /> ${label}
            </label>`)}
        </fieldset>
        ${this.outcome === "redirected" ? this.referral() : nothing}
        <span role="alert">${this.error ? html`<span class="field-error">${this.error}</span>` : nothing}</span>
        <div class="actions">
          <button class="button primary" type="submit" aria-disabled=${this.busy ? "true" : nothing}>${words.submit} <kbd>${key.enter}</kbd></button>
          <button class="button" type="button" @click=${this.shut}>${words.cancel} <kbd>${key.escape}</kbd></button>
        </div>
      </form>
    </dialog>`;
  }

  private referral(): TemplateResult {
    const chosen = session.consignes.referrals.find((one) => one.code === this.where);
    return html`<div class="field">
        <label for="referral">${words.where}</label>
        <select id="referral" @change=${(event: Event) => this.choose(this.outcome, (event.target as HTMLSelectElement).value)}>
          <option value="">${words.wherePick}</option>
          ${session.consignes.referrals.map((one) => html`<option value=${one.code} .selected=${one.code === this.where}>${one.name}</option>`)}
        </select>
        ${chosen && (chosen.phone || chosen.hint) ? html`<p class="referral">${chosen.phone ? html`<strong>${chosen.phone}</strong>` : nothing} ${chosen.hint}</p>` : nothing}
      </div>
      ${this.where === other || session.consignes.referrals.length === 0 ? html`<div class="field"><label for="referral-text">${words.whereOther}</label><input id="referral-text" maxlength="100" autocomplete="off" /></div>` : nothing}`;
  }

  private choose(outcome: string, where = ""): void {
    this.outcome = outcome;
    this.where = where;
    this.error = "";
    this.redraw();
  }

  // The code first: figures are by code, and a person reads the rest.
  private target(): string {
    const chosen: Referral | undefined = session.consignes.referrals.find((one) => one.code === this.where);
    const said = this.querySelector<HTMLInputElement>("#referral-text")?.value.trim() ?? "";
    if (!chosen || chosen.code === other) return said;
    return chosen.code;
  }

  private async submit(event: Event): Promise<void> {
    event.preventDefault();
    if (this.busy) return;
    const redirected_to = this.outcome === "redirected" ? this.target() : "";
    this.error = this.outcome === "" ? words.missing : this.outcome === "redirected" && redirected_to === "" ? words.whereMissing : "";
    this.redraw();
    if (this.error) return;
    this.busy = true;
    this.error = await this.settle({ outcome: this.outcome, redirected_to });
    this.busy = false;
    if (this.error) this.redraw();
    else this.shut();
  }

  private shut(): void {
    this.querySelector("dialog")?.close();
  }
}
customElements.define("bn-qualify", QualifyDialog);
