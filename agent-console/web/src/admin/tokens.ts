// Tokens of machines and of PBXs.
import { html, nothing } from "lit";
import type { TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { post } from "../api.js";
import { moment } from "../clock.js";
import { commonWords } from "#words/common.js";
import { adminWords } from "#words/admin.js";
import { confirm } from "../parts/confirm.js";
import { cell, heading, Part, table, unitNames } from "./part.js";
import "./pbx_token_form.js";
import type { PbxTokenForm } from "./pbx_token_form.js";
import "./rights_form.js";
import type { RightsForm } from "./rights_form.js";
import { showSecret } from "./secret.js";
import type { Token, Tokens as TokenList } from "./types.js";

const words = adminWords.tokens;
const account = adminWords.accounts;

export class Tokens extends Part {
  private items: Token[] = [];
  private pbxs: string[] = [];

  protected override render() {
    return html`${this.notices()}
      <div class="tools">
        <p class="quiet count">${words.text}</p>
        ${this.pbxs.length > 0 ? html`<button type="button" class="button" @click=${this.addPbx}>${words.addPbx}</button>` : nothing}
        <button type="button" class="button primary" id="token-add" @click=${this.add}>${words.add}</button>
      </div>
      ${this.waiting()}
      ${this.items.length > 0
        ? table(
            adminWords.tabs.tokens,
            [words.name, account.role, account.units, words.changed, account.actions].map((label) => heading(label)),
            repeat(this.items, (token) => token.name, (token) => this.row(token)),
          )
        : this.loaded ? html`<p class="quiet empty">${adminWords.empty}</p>` : nothing}
      <bn-rights-form></bn-rights-form> <bn-pbx-token-form></bn-pbx-token-form>`;
  }

  private row(token: Token): TemplateResult {
    return html`<tr role="row">
      <th role="rowheader" scope="row">${token.name}</th>
      ${cell(account.role, token.role ? commonWords.roles[token.role] : words.pbxOf(token.pbx ?? ""))} ${cell(account.units, unitNames(token.units), "wide")} ${cell(words.changed, token.changed ? moment(token.changed) : commonWords.none)}
      ${cell(account.actions, html`<button type="button" class="button small-button" aria-label="${words.revoke} ${token.name}" @click=${() => this.revoke(token)}>${words.revoke}</button>`)}
    </tr>`;
  }

  protected override async load(): Promise<void> {
    const list = await this.fetch<TokenList>("admin/tokens");
    if (list) {
      this.items = list.items;
      this.pbxs = list.pbxs;
    }
    this.redraw();
  }

  private add(): void {
    this.querySelector<RightsForm>("bn-rights-form")?.open<{ name: string; token: string }>({
      title: words.addTitle,
      nameLabel: words.name,
      submit: words.create,
      start: { name: "", role: "operator", units: [], restricted: false, disabled: false },
      fresh: true,
      mayDisable: false,
      send: ({ name, role, units, restricted }) => post("admin/tokens", { name, role, units, restricted }),
      done: (made) => void this.hand(made.name, made.token),
    });
  }

  private addPbx(): void {
    this.querySelector<PbxTokenForm>("bn-pbx-token-form")?.open(this.pbxs, (name, token) => void this.hand(name, token));
  }

  private async hand(name: string, token: string): Promise<void> {
    await this.load();
    await showSecret(adminWords.secret.token(name), adminWords.secret.onceToken, token);
  }

  private async revoke(token: Token): Promise<void> {
    const sure = await confirm({ title: words.revokeTitle(token.name), text: words.revokeText, yes: words.revoke, no: commonWords.cancel });
    if (!sure) return;
    if (this.settle(await post("admin/tokens/remove", { name: token.name }), words.revoked(token.name))) await this.load();
    await this.focusOn("#token-add");
  }
}
customElements.define("bn-tokens", Tokens);
