// The trial of the configuration's folder, or of a kept one, on past calls: started, watched, read.
import { locale } from "#words/common.js";
import { html, nothing } from "lit";
import type { TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { post } from "../api.js";
import { moment } from "../clock.js";
import { adminWords } from "#words/admin.js";
import { definitions, meaning } from "../parts/definitions.js";
import { findingList } from "./findings.js";
import { cell, heading, Part, table } from "./part.js";
import type { DryRun, Kept, Otherwise, Replayed } from "./types.js";

const words = adminWords.configuration;
type Figure = keyof typeof words.define;
const figures: readonly Figure[] = ["drops", "raises", "moves", "topics"];
const watch_ms = 1_000;
const listed_most = 200;

export class DryRunPart extends Part {
  private state: DryRun | undefined;
  private days = 30;
  private chosen: number | null = null; // the folder
  private known: readonly Kept[] = [];
  private timer: ReturnType<typeof setTimeout> | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.until(() => clearTimeout(this.timer));
  }

  // Those that one could go back to.
  set kept(items: readonly Kept[]) {
    this.known = items.filter((one) => !one.in_force);
    if (!this.known.some((one) => one.number === this.chosen)) this.chosen = null;
    this.redraw();
  }

  protected override render() {
    const running = this.state?.state === "running";
    return html`<h2>${words.dryRun}</h2>
      <p class="quiet">${words.dryRunText}</p>
      ${this.notices()}
      <form class="line dry-run-form" novalidate @submit=${this.start}>
        <div class="field">
          <label for="dry-which">${words.which}</label>
          <select id="dry-which" @change=${(event: Event) => (this.chosen = Number((event.target as HTMLSelectElement).value) || null)}>
            <option value="" .selected=${this.chosen === null}>${words.whichFolder}</option>
            ${repeat(this.known, (one) => one.number, (one) => html`<option value=${one.number} .selected=${one.number === this.chosen}>${words.whichKept(one.number, moment(one.at))}</option>`)}
          </select>
        </div>
        <div class="field">
          <label for="dry-days">${words.days}</label>
          <input id="dry-days" type="number" min="1" max="366" .value=${String(this.days)} @input=${(event: Event) => (this.days = Number((event.target as HTMLInputElement).value))} />
        </div>
        ${running
          ? html`<button type="button" class="button" id="dry-act" @click=${this.cancel}>${words.stop}</button>`
          : html`<button type="submit" class="button" id="dry-act">${words.start}</button>`}
      </form>
      ${this.state ? this.outcome(this.state) : nothing}`;
  }

  private outcome(state: DryRun): TemplateResult {
    const failed = state.state === "failed" ? words.failed(state.error) : "";
    return html`${state.state === "running"
        ? html`<label class="progress-line"><span>${words.running(state.calls)}</span> <progress max="1" .value=${state.share}></progress></label>`
        : nothing}
      <div role="status">${state.state === "cancelled" ? html`<p class="notice">${words.cancelled}</p>` : nothing}</div>
      <div role="alert">${failed ? html`<p class="notice error">${failed}</p>` : nothing}</div>
      ${state.state === "failed" ? findingList(state.findings) : nothing}
      ${state.state === "done" && state.result ? this.result(state, state.result) : nothing}`;
  }

  private result(state: DryRun, result: Replayed): TemplateResult {
    const tile = (figure: Figure, value: number, mark = ""): TemplateResult => html`<div class="tile ${mark}" title=${words.define[figure]}><dt>${words[figure]}</dt><dd>${value.toLocaleString(locale)}</dd></div>`;
    return html`<p role="status">${words.done(result.compared, state.days)}${state.number === null ? nothing : words.doneWith(state.number)} ${state.cut ? words.cut : nothing}</p>
      <dl class="tiles">
        ${tile("drops", result.dropped, result.dropped > 0 ? "alarm" : "")} ${tile("raises", result.raised)} ${tile("moves", result.moved)} ${tile("topics", result.topics)}
      </dl>
      ${definitions(figures.map((figure) => meaning(words[figure], words.define[figure])))}
      ${this.list(words.drops, result.dropped, result.drops, words.dropsAlarm)} ${this.list(words.moves, result.moved, result.moves)}
      ${this.list(words.topics, result.topics, result.topic_changes)} ${this.list(words.raises, result.raised, result.raises)}`;
  }

  private list(title: string, count: number, all: readonly Otherwise[], alarm = ""): TemplateResult | typeof nothing {
    if (count === 0) return nothing;
    return html`<details ?open=${alarm !== ""}>
      <summary>${title} (${count.toLocaleString(locale)})</summary>
      ${alarm ? html`<p class="notice warn">${alarm}</p>` : nothing}
      ${table(
        title,
        [words.reference, words.before, words.after, words.why].map((label) => heading(label)),
        all.map(
          (one) => html`<tr role="row">
            <th role="rowheader" scope="row" class="reference">${one.reference}</th>
            ${cell(words.before, one.before)} ${cell(words.after, one.after)} ${cell(words.why, [one.why, one.human].filter((text) => text !== "").join(" ; "), "wide")}
          </tr>`,
        ),
      )}
      ${count > listed_most ? html`<p class="quiet">${words.listed(listed_most)}</p>` : nothing}
    </details>`;
  }

  protected override async load(): Promise<void> {
    const state = await this.fetch<DryRun>("admin/dry-run");
    if (!state) return this.watch(); // one answer that did not come is not the end of the trial
    this.failed = "";
    this.show(state);
  }

  private show(state: DryRun): void {
    this.state = state;
    this.watch();
    this.redraw();
  }

  private watch(): void {
    clearTimeout(this.timer);
    if (this.state?.state === "running" && this.isConnected) this.timer = setTimeout(() => void this.load(), watch_ms);
  }

  private async start(event: Event): Promise<void> {
    event.preventDefault();
    const answer = await post<DryRun>("admin/dry-run", { days: this.days, ...(this.chosen === null ? {} : { number: this.chosen }) });
    if (this.settle(answer, "") && answer.ok) this.show(answer.value);
    await this.focusOn("#dry-act");
  }

  private async cancel(): Promise<void> {
    const answer = await post<DryRun>("admin/dry-run/cancel", {});
    if (this.settle(answer, "") && answer.ok) this.show(answer.value);
    await this.focusOn("#dry-act");
  }
}
customElements.define("bn-dry-run", DryRunPart);
