// The audit, read page by page.
import { html, nothing } from "lit";
import type { TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { post } from "../api.js";
import { exactMoment, moment } from "../clock.js";
import { commonWords } from "#words/common.js";
import { adminWords } from "#words/admin.js";
import { cell, heading, Part, table } from "./part.js";
import type { AuditEntry, AuditPage } from "./types.js";

const words = adminWords.audit;
const page = 100;

// Roles are written as codes, which the command line has too.
function detail(entry: AuditEntry): string {
  if (entry.who === "" && entry.act === "login_failed") return "";
  return entry.detail.replace(words.role, (whole, role: string) => {
    const label = (commonWords.roles as Record<string, string>)[role];
    return label ? words.roleIs(label) : whole;
  });
}

export class AuditPart extends Part {
  private items: AuditEntry[] = [];
  private next: number | null = null;
  private about = "";

  protected override render() {
    return html`<p class="quiet">${words.text}</p>
      ${this.notices()}
      <form class="tools" role="search" novalidate @submit=${this.search}>
        <div class="filter search">
          <label for="audit-about">${words.about}</label>
          <input id="audit-about" type="search" maxlength="64" spellcheck="false" autocomplete="off" autocapitalize="off" placeholder=${words.aboutHint} .value=${this.about} />
        </div>
        <button type="submit" class="button">${words.search}</button>
        ${this.about ? html`<button type="button" class="button plain" @click=${this.all}>${words.all}</button>` : nothing}
      </form>
      ${this.waiting()}
      ${this.items.length > 0
        ? table(
            adminWords.tabs.audit,
            [words.at, words.act, words.who, words.subject, words.detail, words.address].map((label) => heading(label)),
            repeat(this.items, (entry) => entry.number, (entry) => this.row(entry)),
          )
        : this.loaded ? html`<p class="quiet empty">${adminWords.empty}</p>` : nothing}
      ${this.next === null ? nothing : html`<div class="actions"><button type="button" class="button" @click=${this.older}>${words.more}</button></div>`}`;
  }

  private row(entry: AuditEntry): TemplateResult {
    const serious = ["login_failed", "password_refused", "configuration_refused"].includes(entry.act);
    return html`<tr role="row">
      <th role="rowheader" scope="row"><time datetime=${entry.at} title=${exactMoment(entry.at)}>${moment(entry.at)}</time></th>
      ${cell(words.act, html`<span class=${serious ? "warn-text" : ""}>${adminWords.act(entry.act)}${words.times(entry.times)}</span>`)} ${cell(words.who, entry.who || words.unknown)}
      ${cell(words.subject, entry.subject === entry.who ? "" : entry.subject)} ${cell(words.detail, detail(entry), "wide")} ${cell(words.address, html`<span class="mono">${entry.address}</span>`)}
    </tr>`;
  }

  protected override load(): Promise<void> {
    return this.ask(null);
  }

  private async ask(before: number | null): Promise<void> {
    const answer = await post<AuditPage>("audit", { limit: page, ...(before === null ? {} : { before }), ...(this.about ? { about: this.about } : {}) });
    if (!this.settle(answer, "") || !answer.ok) return;
    this.loaded = true;
    this.items = before === null ? answer.value.items : [...this.items, ...answer.value.items];
    this.next = answer.value.before;
    this.redraw();
  }

  private search(event: Event): void {
    event.preventDefault();
    this.about = this.querySelector<HTMLInputElement>("#audit-about")?.value.trim() ?? "";
    void this.ask(null);
  }

  private all(): void {
    this.about = "";
    void this.ask(null);
    void this.focusOn("#audit-about");
  }

  private older(): void {
    void this.ask(this.next);
  }
}
customElements.define("bn-audit", AuditPart);
