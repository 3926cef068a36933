// A token for a PBX that tells of calls by the webhook: its name and whose it is, in a dialog.
import { html, nothing } from "lit";
import type { Problem } from "../api.js";
import { post } from "../api.js";
import { commonWords, key } from "#words/common.js";
import { adminWords } from "#words/admin.js";
import { explain, View } from "../view.js";

const words = adminWords.tokens;

export class PbxTokenForm extends View {
  private pbxs: string[] = [];
  private done: (name: string, token: string) => void = () => {};
  private problem: Problem | undefined;
  private busy = false;

  open(pbxs: string[], done: (name: string, token: string) => void): void {
    this.pbxs = pbxs;
    this.done = done;
    this.problem = undefined;
    this.redraw();
    void this.updateComplete.then(() => {
      this.querySelector("form")?.reset();
      this.querySelector("dialog")?.showModal();
      this.querySelector<HTMLElement>("#pbx-token-name")?.focus();
    });
  }

  protected override render() {
    const wrong = this.problem ? explain(this.problem) : "";
    return html`<dialog class="dialog small" aria-labelledby="pbx-token-title">
      <div class="dialog-head">
        <h2 id="pbx-token-title">${words.addPbxTitle}</h2>
        <button type="button" class="button plain" @click=${this.shut}>${commonWords.close} <kbd>${key.escape}</kbd></button>
      </div>
      <p class="quiet">${words.pbxText}</p>
      <div role="alert">${wrong ? html`<p class="notice error" id="pbx-token-error">${wrong}</p>` : nothing}</div>
      <form novalidate autocomplete="off" @submit=${this.submit}>
        <div class="field">
          <label for="pbx-token-name">${words.pbxName}</label>
          <span class="hint" id="pbx-token-hint">${adminWords.accounts.nameHint}</span>
          <input id="pbx-token-name" name="name" maxlength="64" spellcheck="false" autocapitalize="off" autocomplete="off" aria-invalid=${wrong ? "true" : nothing}
            aria-describedby="pbx-token-hint${wrong ? " pbx-token-error" : ""}" />
        </div>
        <div class="field">
          <label for="pbx-token-pbx">${words.pbx}</label>
          <select id="pbx-token-pbx" name="pbx">
            ${this.pbxs.map((code) => html`<option value=${code}>${code}</option>`)}
          </select>
        </div>
        <div class="actions">
          <button type="submit" class="button primary" aria-disabled=${this.busy ? "true" : nothing}>${words.create}</button>
          <button type="button" class="button" @click=${this.shut}>${commonWords.cancel}</button>
        </div>
      </form>
    </dialog>`;
  }

  private async submit(event: Event): Promise<void> {
    event.preventDefault();
    if (this.busy) return;
    const form = new FormData(event.target as HTMLFormElement);
    const [name, pbx] = ["name", "pbx"].map((field) => String(form.get(field) ?? "").trim()) as [string, string];
    this.busy = true;
    this.redraw();
    const answer = await post<{ name: string; token: string }>("admin/tokens/pbx", { name, pbx });
    this.busy = false;
    this.problem = answer.ok ? undefined : answer.problem;
    this.redraw();
    if (!answer.ok) return this.focusOn("#pbx-token-name");
    this.shut();
    this.done(answer.value.name, answer.value.token);
  }

  private shut(): void {
    this.querySelector("dialog")?.close();
  }
}
customElements.define("bn-pbx-token-form", PbxTokenForm);
