// Accounts of people.
import { html, nothing } from "lit";
import type { TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { post } from "../api.js";
import { moment } from "../clock.js";
import { commonWords } from "#words/common.js";
import { adminWords } from "#words/admin.js";
import { confirm } from "../parts/confirm.js";
import { definitions, meaning } from "../parts/definitions.js";
import { session } from "../session.js";
import { cell, heading, Part, table, unitNames } from "./part.js";
import "./rights_form.js";
import type { RightsForm } from "./rights_form.js";
import { showSecret } from "./secret.js";
import type { Account, Items } from "./types.js";

const words = adminWords.accounts;
const fold = (text: string): string => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().trim();

export class Accounts extends Part {
  private items: Account[] = [];
  private wanted = "";

  protected override render() {
    const shown = this.items.filter((account) => this.found(account));
    return html`${this.notices()}
      <div class="tools">
        <div class="filter search">
          <label for="account-search">${words.search}</label>
          <input id="account-search" type="search" maxlength="60" spellcheck="false" autocomplete="off" placeholder=${words.searchHint} .value=${this.wanted} @input=${this.search} />
        </div>
        <p class="quiet count" role="status">${this.loaded ? words.count(shown.length) : nothing}</p>
        <button type="button" class="button primary" @click=${this.add}>${words.add}</button>
      </div>
      ${this.waiting()}
      ${shown.length > 0
        ? table(
            adminWords.tabs.accounts,
            [heading(words.name), heading(words.role), heading(words.units), heading(words.state), heading(words.lastLogin), heading(words.open, "n", words.openDefine), heading(words.actions)],
            repeat(shown, (account) => account.name, (account) => this.row(account)),
          )
        : this.loaded ? html`<p class="quiet empty">${adminWords.empty}</p>` : nothing}
      ${shown.length > 0 ? definitions([meaning(words.open, words.openDefine)]) : nothing}
      <bn-rights-form></bn-rights-form>`;
  }

  private row(account: Account): TemplateResult {
    const own = account.name === session.user?.name;
    return html`<tr role="row" class=${account.disabled ? "is-off" : ""}>
      <th role="rowheader" scope="row">${account.name} ${own ? html`<span class="badge">${words.you}</span>` : nothing}</th>
      ${cell(words.role, commonWords.roles[account.role])} ${cell(words.units, `${unitNames(account.units)}${account.restricted ? ` · ${words.restrictedShort}` : ""}`, "wide")}
      ${cell(words.state, account.disabled ? html`<span class="badge off">${words.disabled}</span>` : words.active)}
      ${cell(words.lastLogin, account.last_login ? moment(account.last_login) : words.never)} ${cell(words.open, account.sessions, "n")}
      ${cell(
        words.actions,
        html`<span class="row-actions">
          ${own ? nothing : html`<button type="button" class="button small-button" aria-label="${words.change} ${account.name}" @click=${() => this.change(account)}>${words.change}</button>`}
          ${own ? nothing : html`<button type="button" class="button small-button" aria-label="${words.reset} : ${account.name}" @click=${() => this.reset(account)}>${words.reset}</button>`}
          ${own ? nothing : html`<button type="button" class="button small-button" aria-label="${words.remove} ${account.name}" @click=${() => this.drop(account)}>${words.remove}</button>`}
        </span>`,
      )}
    </tr>`;
  }

  protected async load(): Promise<void> {
    const list = await this.fetch<Items<Account>>("admin/accounts");
    if (list) this.items = list.items;
    this.redraw();
  }

  private found(account: Account): boolean {
    const text = fold([account.name, commonWords.roles[account.role], ...account.units, unitNames(account.units)].join(" "));
    return fold(this.wanted).split(/\s+/).every((word) => text.includes(word));
  }

  private search(event: Event): void {
    this.wanted = (event.target as HTMLInputElement).value;
    this.redraw();
  }

  private form(): RightsForm | null {
    return this.querySelector<RightsForm>("bn-rights-form");
  }

  private add(): void {
    this.form()?.open<Account & { password: string }>({
      title: words.addTitle,
      nameLabel: words.name,
      submit: words.create,
      start: { name: "", role: "operator", units: [], restricted: false, disabled: false },
      fresh: true,
      mayDisable: false,
      send: ({ name, role, units, restricted }) => post("admin/accounts", { name, role, units, restricted }),
      done: (made) => void this.hand(words.created(made.name), made.name, made.password),
    });
  }

  private change(account: Account): void {
    this.form()?.open<Account>({
      title: words.changeTitle(account.name),
      nameLabel: words.name,
      submit: words.save,
      start: { name: account.name, role: account.role, units: account.units, restricted: account.restricted, disabled: account.disabled },
      fresh: false,
      mayDisable: true,
      send: (rights) => post("admin/accounts/change", rights),
      done: () => {
        this.said = words.saved(account.name);
        this.failed = "";
        void this.load();
      },
    });
  }

  private async reset(account: Account): Promise<void> {
    const sure = await confirm({ title: words.resetTitle(account.name), text: words.resetText, yes: words.resetYes, no: commonWords.cancel });
    if (!sure) return;
    const answer = await post<{ password: string }>("admin/accounts/password", { name: account.name });
    if (this.settle(answer, "") && answer.ok) await this.hand("", account.name, answer.value.password);
  }

  private async drop(account: Account): Promise<void> {
    const sure = await confirm({ title: words.removeTitle(account.name), text: words.removeText, yes: words.remove, no: commonWords.cancel });
    if (!sure) return;
    if (this.settle(await post("admin/accounts/remove", { name: account.name }), words.removed(account.name))) await this.load();
    await this.focusOn("#account-search");
  }

  private async hand(said: string, name: string, password: string): Promise<void> {
    this.said = said;
    this.failed = "";
    await this.load();
    await showSecret(adminWords.secret.password(name), adminWords.secret.once, password);
  }
}
customElements.define("bn-accounts", Accounts);
