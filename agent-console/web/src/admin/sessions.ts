// Who is logged in, and ending that.
import { html, nothing } from "lit";
import type { TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { post } from "../api.js";
import { adminWords } from "#words/admin.js";
import { cell, heading, Part, table } from "./part.js";
import type { Items, OpenSession } from "./types.js";

const words = adminWords.sessions;
const again_ms = 15_000;

export class Sessions extends Part {
  private items: OpenSession[] = [];

  override connectedCallback(): void {
    super.connectedCallback();
    this.every(again_ms);
  }

  protected override render() {
    return html`${this.notices()}
      <div class="tools">
        <p class="quiet count" role="status">${this.loaded ? words.count(this.items.length) : nothing}</p>
        <button type="button" class="button" id="sessions-refresh" @click=${this.load}>${adminWords.refresh}</button>
      </div>
      ${this.waiting()}
      ${this.items.length > 0
        ? table(
            adminWords.tabs.sessions,
            [words.account, words.since, words.seen, words.address, words.pages, words.actions].map((label) => heading(label)),
            repeat(this.items, (one) => one.number, (one) => this.row(one)),
          )
        : nothing}
      <p class="quiet small">${words.text}</p>`;
  }

  private row(one: OpenSession): TemplateResult {
    const several = this.items.filter((other) => other.account === one.account).length > 1;
    return html`<tr role="row">
      <th role="rowheader" scope="row">${one.account} ${one.own ? html`<span class="badge">${words.own}</span>` : nothing}</th>
      ${cell(words.since, html`<bn-time at=${one.since}></bn-time>`)} ${cell(words.seen, html`<bn-time at=${one.seen}></bn-time>`)}
      ${cell(words.address, html`<span class="mono">${one.address}</span>`)} ${cell(words.pages, words.pagesOpen(one.pages))}
      ${cell(
        words.actions,
        one.own
          ? nothing
          : html`<span class="row-actions">
              <button type="button" class="button small-button" aria-label=${words.endOf(one.account)} @click=${() => this.end({ number: one.number }, one.account)}>${words.end}</button>
              ${several
                ? html`<button type="button" class="button small-button" aria-label=${words.endAllOf(one.account)} @click=${() => this.end({ account: one.account }, one.account)}>${words.endAll}</button>`
                : nothing}
            </span>`,
      )}
    </tr>`;
  }

  protected override async load(): Promise<void> {
    const list = await this.fetch<Items<OpenSession>>("admin/sessions");
    if (list) this.items = list.items;
    this.redraw();
  }

  private async end(which: { number: number } | { account: string }, account: string): Promise<void> {
    const answer = await post<{ ended: number }>("admin/sessions/end", which);
    this.settle(answer, answer.ok ? words.ended(answer.value.ended, account) : "");
    await this.load();
    await this.focusOn("#sessions-refresh");
  }
}
customElements.define("bn-sessions", Sessions);
