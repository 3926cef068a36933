// The configuration: what is in force, what is kept; checked, activated, rolled back.
import { html, nothing } from "lit";
import type { TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { call } from "../api.js";
import { exactMoment, moment } from "../clock.js";
import { commonWords } from "#words/common.js";
import { adminWords } from "#words/admin.js";
import { confirm } from "../parts/confirm.js";
import "./dry_run.js";
import { reportView } from "./findings.js";
import { cell, heading, Part, table } from "./part.js";
import type { Configurations, Kept, Report } from "./types.js";

const words = adminWords.configuration;
const patience_ms = 60_000; // a large folder is read and checked whole

export class Configuration extends Part {
  private state: Configurations | undefined;
  private report: Report | undefined;
  private looked = false; // the report is of a look, not of a change
  private busy = false;

  protected override render() {
    const { state } = this;
    return html`${this.notices()} ${this.waiting()}
      ${state?.pinned
        ? html`<div class="notice warn">
            <p><strong>${words.pinnedTitle(state.pinned.number)}</strong></p>
            <p>${words.pinnedText(state.pinned.who, exactMoment(state.pinned.at))}</p>
          </div>`
        : nothing}
      ${state ? this.inForce(state) : nothing}
      <div role="status" class="report">${this.busy ? html`<p class="quiet">${words.busy}</p>` : this.report ? reportView(this.report, this.looked) : nothing}</div>
      ${state && state.items.length > 0 ? this.kept(state) : nothing}
      <section class="card"><bn-dry-run .kept=${state?.items ?? []}></bn-dry-run></section>`;
  }

  private inForce(state: Configurations): TemplateResult {
    return html`<section class="card" aria-labelledby="in-force-title">
      <h2 id="in-force-title">${words.inForce}</h2>
      <dl class="facts">
        <dt>${words.version}</dt>
        <dd class="mono">${state.version}</dd>
        <dt>${words.folderOf}</dt>
        <dd class="mono">${state.folder}</dd>
      </dl>
      <div class="actions">
        <button type="button" class="button primary" id="configuration-check" @click=${this.check}>${words.check}</button>
        <button type="button" class="button" @click=${this.activate}>${words.activate}</button>
      </div>
    </section>`;
  }

  private kept(state: Configurations): TemplateResult {
    return html`<section aria-labelledby="kept-title">
      <h2 id="kept-title">${words.kept}</h2>
      <p class="quiet">${words.keptText}</p>
      ${table(
        words.kept,
        [words.number, words.version, words.since, words.who, words.state].map((label) => heading(label)),
        repeat(state.items, (one) => one.number, (one) => this.row(one)),
      )}
    </section>`;
  }

  private row(one: Kept): TemplateResult {
    return html`<tr role="row" class=${one.in_force ? "is-open" : ""}>
      <th role="rowheader" scope="row">${one.number}</th>
      ${cell(words.version, html`<span class="mono">${one.version}</span>`)} ${cell(words.since, moment(one.at))} ${cell(words.who, one.who)}
      ${cell(
        words.state,
        one.in_force
          ? html`<span class="badge ok">${words.current}</span>`
          : html`<button type="button" class="button small-button" aria-label=${words.rollBackOf(one.number)} @click=${() => this.rollBack(one)}>${words.rollBack}</button>`,
      )}
    </tr>`;
  }

  protected override async load(): Promise<void> {
    const state = await this.fetch<Configurations>("admin/configuration");
    if (state) this.state = state;
    this.redraw();
  }

  private check(): Promise<void> {
    return this.ask("admin/reload", { check_only: true }, true);
  }

  private async activate(): Promise<void> {
    const sure = await confirm({ title: words.activateTitle, text: words.activateText, yes: words.activate, no: commonWords.cancel });
    if (sure) await this.ask("admin/reload", {});
  }

  private async rollBack(one: Kept): Promise<void> {
    const sure = await confirm({ title: words.rollBackTitle(one.number), text: words.rollBackText, yes: words.rollBack, no: commonWords.cancel });
    if (sure) await this.ask("admin/roll-back", { number: one.number });
  }

  // A refusal comes with a report too.
  private async ask(path: string, body: unknown, looked = false): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    this.redraw();
    const answer = await call<Report>("POST", path, body, { timeout_ms: patience_ms, reports: 422 });
    this.busy = false;
    this.report = answer.ok ? answer.value : undefined;
    this.looked = looked;
    this.settle(answer, "");
    await this.load();
    if (answer.ok) await this.focusOn("#report");
  }
}
customElements.define("bn-configuration", Configuration);
