// <bn-reports>: figures by day, week or month, and by unit, bannette or topic; as a table and as a file.
import { html, nothing } from "lit";
import type { TemplateResult } from "lit";
import { get } from "../api.js";
import { commonWords, locale } from "#words/common.js";
import { boardWords } from "#words/board.js";
import { session } from "../session.js";
import { explain, View } from "../view.js";
import { daysAgo } from "./days.js";
import { definitionList } from "./figures.js";
import type { Sheet } from "./sheet.js";
import { sheetView } from "./sheet_view.js";
import type { Report, ReportBy, ReportRow, ReportStep } from "./types.js";

const words = boardWords.reports;
const confidential = "confidentiel"; // the key of topics that this person may not know
const day_form = new Intl.DateTimeFormat(locale, { weekday: "short", day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });
const steps: readonly ReportStep[] = ["day", "week", "month", "whole"];
const groups: readonly ReportBy[] = ["all", "unit", "bannette", "topic"];
const presets: readonly [keyof typeof words.presets, number][] = [["today", 0], ["week", 6], ["month", 29]];

class Reports extends View {
  private from = daysAgo(6);
  private to = daysAgo(0);
  private step: ReportStep = "day";
  private by: ReportBy = "all";
  private report: Report | undefined;
  private shownBy: ReportBy = "all";
  private wrong = "";
  private busy = false;
  private asked = 0;

  override connectedCallback(): void {
    super.connectedCallback();
    void this.load();
  }

  protected override render() {
    return html`<section class="reports" aria-labelledby="reports-title">
      <h2 id="reports-title">${words.title}</h2>
      <form class="report-form" @submit=${this.submit} novalidate>
        ${this.date("from", words.from)} ${this.date("to", words.to)}
        ${this.pick("step", words.step, steps.map((step) => [step, words.steps[step]]))} ${this.pick("by", words.by, groups.map((by) => [by, words.groups[by]]))}
        <button class="button primary" type="submit" aria-disabled=${this.busy ? "true" : nothing}>${words.show}</button>
        <span class="chips">${presets.map(([name, days]) => html`<button type="button" class="button chip" @click=${() => this.preset(days)}>${words.presets[name]}</button>`)}</span>
      </form>
      <div role="alert">${this.wrong ? html`<p class="notice error">${this.wrong}</p>` : nothing}</div>
      <div role="status" class="visually-hidden">${this.busy ? commonWords.loading : ""}</div>
      ${this.report ? this.table(this.report) : this.wrong ? nothing : html`<p class="quiet">${commonWords.loading}</p>`}
    </section>`;
  }

  private date(name: "from" | "to", label: string): TemplateResult {
    return html`<div class="field"><label for="report-${name}">${label}</label>
      <input id="report-${name}" type="date" .value=${this[name]} aria-invalid=${this.wrong === words.wrongDates ? "true" : nothing} @input=${(event: Event) => void (this[name] = (event.target as HTMLInputElement).value)} /></div>`;
  }

  private pick(name: "step" | "by", label: string, options: readonly [string, string][]): TemplateResult {
    return html`<div class="field"><label for="report-${name}">${label}</label>
      <select id="report-${name}" @change=${(event: Event) => this.choose(name, (event.target as HTMLSelectElement).value)}>
        ${options.map(([value, text]) => html`<option value=${value} ?selected=${this[name] === value}>${text}</option>`)}
      </select></div>`;
  }

  private table(report: Report): TemplateResult {
    const { rows, definitions, left_out } = report;
    if (rows.length === 0) return html`<p class="quiet empty">${words.empty}</p>${definitionList(definitions)}`;
    return html`${left_out > 0 ? html`<p class="notice warn">${words.leftOut(left_out)}</p>` : nothing} ${sheetView(this.sheet(report))}`;
  }

  private sheet({ rows, definitions, from, to }: Report): Sheet {
    const group = this.shownBy === "all" ? [] : [words.groups[this.shownBy]];
    const key = (row: ReportRow): string[] => (this.shownBy === "all" ? [] : [this.keyText(row.key)]);
    return {
      title: words.title,
      file: words.file(from, to),
      shown: [words.period, ...group],
      filed: [words.from, words.to, ...group],
      rows: rows.map((row, index) => ({
        shown: [periodText(row), ...key(row)],
        again: rows[index - 1]?.from === row.from,
        filed: [row.from, row.to, ...key(row)],
        values: row.figures.map(({ value }) => value),
      })),
      definitions,
    };
  }

  private keyText(key: string): string {
    if (this.shownBy === "topic") return key === confidential ? commonWords.confidential : session.topic(key);
    const { bannettes } = session.catalogue;
    return this.shownBy === "unit" && !bannettes.some(({ name }) => name === key) ? session.unit(key) : session.bannette(key);
  }

  private choose(name: "step" | "by", value: string): void {
    if (name === "step") this.step = value as ReportStep;
    else this.by = value as ReportBy;
  }

  private preset(days: number): void {
    this.from = daysAgo(days);
    this.to = daysAgo(0);
    void this.load();
  }

  private submit(event: Event): void {
    event.preventDefault();
    if (!this.from || !this.to || this.to < this.from) {
      this.wrong = words.wrongDates;
      this.redraw();
      void this.focusOn("#report-from");
    } else {
      void this.load();
    }
  }

  private async load(): Promise<void> {
    const mine = ++this.asked;
    const { from, to, step, by } = this;
    this.busy = true;
    this.wrong = "";
    this.redraw();
    const answer = await get<Report>(`reports?from=${from}&to=${to}&step=${step}&by=${by}`, { timeout_ms: 30_000 });
    if (mine !== this.asked) return;
    this.busy = false;
    if (answer.ok) {
      this.report = answer.value;
      this.shownBy = by;
    } else {
      this.wrong = explain(answer.problem);
    }
    this.redraw();
  }
}
customElements.define("bn-reports", Reports);

function periodText({ from, to }: ReportRow): string {
  const text = (day: string): string => day_form.format(new Date(`${day}T00:00:00Z`));
  return words.until(text(from), text(to));
}
