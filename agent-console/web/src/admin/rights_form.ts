// Name, role and units of a person or a machine: the form in a dialog.
import { html, nothing } from "lit";
import type { TemplateResult } from "lit";
import type { Answer, Problem } from "../api.js";
import { commonWords, key } from "#words/common.js";
import { adminWords } from "#words/admin.js";
import { session } from "../session.js";
import type { RoleName } from "../types.js";
import { explain, View } from "../view.js";

const words = adminWords.accounts;
const roles: RoleName[] = ["operator", "agent", "manager", "supervisor", "admin", "auditor"];

export interface Rights {
  name: string;
  role: RoleName;
  units: string[];
  restricted: boolean;
  disabled: boolean;
}
export interface RightsWish<T> {
  title: string;
  nameLabel: string;
  submit: string;
  start: Rights;
  fresh: boolean; // the name is asked for
  mayDisable: boolean;
  send: (rights: Rights) => Promise<Answer<T>>;
  done: (value: T, rights: Rights) => void;
}

export class RightsForm extends View {
  private wish: RightsWish<unknown> | undefined;
  private rights: Rights = { name: "", role: "operator", units: [], restricted: false, disabled: false };
  private problem: Problem | undefined;
  private busy = false;

  open<T>(wish: RightsWish<T>): void {
    this.wish = wish as RightsWish<unknown>;
    this.rights = { ...wish.start, units: [...wish.start.units] };
    this.problem = undefined;
    this.redraw();
    void this.updateComplete.then(() => {
      this.querySelector("dialog")?.showModal();
      this.querySelector<HTMLElement>(wish.fresh ? "#rights-name" : "#rights-role")?.focus();
    });
  }

  protected override render() {
    const { wish } = this;
    return html`<dialog class="dialog" aria-labelledby="rights-title" @close=${this.forget}>
      ${wish ? this.form(wish) : nothing}
    </dialog>`;
  }

  private form(wish: RightsWish<unknown>): TemplateResult {
    const { rights } = this;
    return html`<div class="dialog-head">
        <h2 id="rights-title">${wish.title}</h2>
        <button type="button" class="button plain" @click=${this.shut}>${commonWords.close} <kbd>${key.escape}</kbd></button>
      </div>
      <form novalidate autocomplete="off" @submit=${this.submit}>
        ${wish.fresh ? this.nameField(wish.nameLabel) : nothing}
        <div class="field">
          <label for="rights-role">${words.role}</label>
          <select id="rights-role" aria-describedby="rights-role-help" @change=${(event: Event) => this.pickRole((event.target as HTMLSelectElement).value as RoleName)}>
            ${roles.map((role) => html`<option value=${role} .selected=${role === rights.role}>${commonWords.roles[role]}</option>`)}
          </select>
          <span class="hint" id="rights-role-help">${words.roleHelp[rights.role]}</span>
        </div>
        ${this.unitFields()}
        ${rights.role === "agent"
          ? html`<label class="check"><input type="checkbox" .checked=${rights.restricted} @change=${(event: Event) => (rights.restricted = (event.target as HTMLInputElement).checked)} /> ${words.restricted}</label>`
          : nothing}
        ${wish.mayDisable
          ? html`<label class="check"><input type="checkbox" id="rights-disabled" .checked=${rights.disabled} @change=${(event: Event) => (rights.disabled = (event.target as HTMLInputElement).checked)} /> ${words.disable}</label>`
          : nothing}
        <div role="alert">${this.problem && !this.of("name") && !this.of("units") ? html`<p class="notice error">${explain(this.problem)}</p>` : nothing}</div>
        <div class="actions">
          <button type="submit" class="button primary" aria-disabled=${this.busy ? "true" : nothing}>${wish.submit}</button>
          <button type="button" class="button" @click=${this.shut}>${commonWords.cancel}</button>
        </div>
      </form>`;
  }

  private nameField(label: string): TemplateResult {
    const wrong = this.of("name");
    return html`<div class="field">
      <label for="rights-name">${label}</label>
      <span class="hint" id="rights-name-hint">${words.nameHint}</span>
      <input id="rights-name" maxlength="64" spellcheck="false" autocapitalize="off" autocomplete="off" .value=${this.rights.name}
        @input=${(event: Event) => (this.rights.name = (event.target as HTMLInputElement).value.trim())}
        aria-invalid=${wrong ? "true" : nothing} aria-describedby="rights-name-hint${wrong ? " rights-name-error" : ""}" />
      ${wrong ? html`<span class="field-error" id="rights-name-error">${wrong}</span>` : nothing}
    </div>`;
  }

  // All of them, also for roles that need none: nothing is lost when another role is tried.
  private unitFields(): TemplateResult {
    const { units, services, bannettes } = session.catalogue;
    const alone = bannettes.filter(({ name }) => !/[/:]/.test(name)); // the switchboard's, arbitration's: of no unit
    const known = new Set([...units.map((unit) => unit.code), ...services.map((service) => `service:${service.code.replace(/^service:/, "")}`), ...alone.map(({ name }) => name)]);
    const gone = (this.wish?.start.units ?? []).filter((code) => !known.has(code));
    const wrong = this.of("units");
    const box = (code: string, name: string): TemplateResult =>
      html`<label class="check"><input type="checkbox" .checked=${this.rights.units.includes(code)} @change=${(event: Event) => this.pickUnit(code, (event.target as HTMLInputElement).checked)} /> ${name}</label>`;
    return html`<fieldset class="units-field" aria-describedby=${wrong ? "rights-units-error" : nothing}>
      <legend>${words.units}${this.needsUnits() ? nothing : html` <span class="hint">${adminWords.optional}</span>`}</legend>
      <div class="checks">
        ${units.map((unit) => box(unit.code, unit.name))}
        ${gone.map((code) => box(code, words.unitGone(code)))}
        ${services.map((service) => box(`service:${service.code.replace(/^service:/, "")}`, service.name))}
        ${alone.map(({ name, label }) => box(name, label))}
      </div>
      ${wrong ? html`<span class="field-error" id="rights-units-error" role="alert">${wrong}</span>` : nothing}
    </fieldset>`;
  }

  // The right is an agent's alone; it comes back while roles are tried.
  private sent(): Rights {
    return { ...this.rights, restricted: this.rights.restricted && this.rights.role === "agent" };
  }

  private needsUnits(): boolean {
    return this.rights.role === "agent" || this.rights.role === "manager";
  }

  private of(field: string): string {
    return this.problem?.field === field ? explain(this.problem) : "";
  }

  private pickRole(role: RoleName): void {
    this.rights.role = role;
    this.redraw();
  }

  private pickUnit(code: string, on: boolean): void {
    this.rights.units = this.rights.units.filter((unit) => unit !== code);
    if (on) this.rights.units.push(code);
  }

  private async submit(event: Event): Promise<void> {
    event.preventDefault();
    const { wish } = this;
    if (this.busy || !wish) return;
    if (this.needsUnits() && this.rights.units.length === 0) {
      this.problem = { code: "missing", status: 0, field: "units", detail: words.unitsNeeded };
      this.redraw();
      await this.focusOn(".units-field input");
      return;
    }
    this.busy = true;
    this.redraw();
    const rights = this.sent();
    const answer = await wish.send(rights);
    this.busy = false;
    this.problem = answer.ok ? undefined : answer.problem;
    this.redraw();
    if (answer.ok) {
      this.shut();
      wish.done(answer.value, rights);
    } else if (answer.problem.field === "name") {
      await this.focusOn("#rights-name");
    }
  }

  private shut(): void {
    this.querySelector("dialog")?.close();
  }

  private forget(): void {
    this.wish = undefined;
    this.redraw();
  }
}
customElements.define("bn-rights-form", RightsForm);
