// Calls that are still being typed: one's own, those that colleagues offer, those of posts that have fallen silent. Without what they
// say: reading a colleague's is taking it over, and leaves a trace.
import { key } from "#words/common.js";
import { html } from "lit";
import type { TemplateResult } from "lit";
import { get } from "../api.js";
import { moment } from "../clock.js";
import { operatorWords as words } from "#words/operator.js";
import { session } from "../session.js";
import type { DraftHeader } from "../types.js";
import { explain, View } from "../view.js";
import { dangerBadge } from "./badges.js";

export class DraftsDialog extends View {
  onResume: (header: DraftHeader) => void = () => {};
  except = ""; // the one on the screen
  private items: DraftHeader[] = [];
  private error = "";

  async open(): Promise<void> {
    const dialog = this.querySelector("dialog");
    if (!dialog || dialog.open) return;
    dialog.showModal();
    await this.reload();
    (this.querySelector<HTMLElement>("li button") ?? this.querySelector<HTMLElement>("button"))?.focus();
  }

  async reload(): Promise<void> {
    const answer = await get<{ items: DraftHeader[] }>("drafts");
    this.error = answer.ok ? "" : explain(answer.problem);
    this.items = answer.ok ? answer.value.items.filter((item) => item.key !== this.except) : [];
    this.redraw();
    await this.updateComplete;
  }

  protected override render() {
    return html`<dialog class="dialog" aria-labelledby="drafts-title">
      <div class="dialog-head">
        <h2 id="drafts-title">${words.drafts.title}</h2>
        <button type="button" class="button plain" @click=${this.shut}>${words.keys.close} <kbd>${key.escape}</kbd></button>
      </div>
      ${this.error ? html`<p class="notice error">${this.error}</p>` : this.items.length === 0 ? html`<p class="quiet">${words.drafts.none}</p>` : html`<ul class="drafts">${this.items.map((item) => this.line(item))}</ul>`}
    </dialog>`;
  }

  private line(item: DraftHeader): TemplateResult {
    const mine = item.owner === session.user?.name;
    const whose = mine ? words.drafts.mine : `${words.drafts.of(item.owner)} (${item.offered ? words.drafts.offered : words.drafts.silent})`;
    return html`<li>
      <span>${item.made ? moment(item.made) : ""} <strong>${whose}</strong> ${dangerBadge(item.danger)}
        <span class="quiet small">${words.drafts.since} ${item.changed ? html`<bn-time at=${item.changed} mode="age"></bn-time>` : ""}</span></span>
      <button type="button" class="button" @click=${() => this.resume(item)}>${mine ? words.drafts.resume : words.drafts.take}</button>
    </li>`;
  }

  private resume(item: DraftHeader): void {
    this.shut();
    this.onResume(item);
  }

  private shut(): void {
    this.querySelector("dialog")?.close();
  }
}
customElements.define("bn-drafts", DraftsDialog);
