// <bn-reports>: figures by day, week or month, and by unit, bannette or topic; as a table and as a file.
import { html, nothing } from "lit";
import type { TemplateResult } from "lit";
import { get } from "../api.js";
import { now_ms } from "../clock.js";
import { fr } from "../fr.js";
import { frBoard } from "../fr/board.js";
import { session } from "../session.js";
import { explain, View } from "../view.js";
import { csv, download } from "./csv.js";
import type { Cell, Dialect } from "./csv.js";
import { definitionList, shown } from "./figures.js";
import type { Report, ReportBy, ReportRow, ReportStep } from "./types.js";

const words = frBoard.reports;
const day_form = new Intl.DateTimeFormat("fr-FR", { weekday: "short", day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });
const steps: readonly ReportStep[] = ["day", "week", "month", "whole"];
const groups: readonly ReportBy[] = ["all", "unit", "bannette", "topic"];
const presets: readonly [keyof typeof words.presets, number][] = [["today", 0], ["week", 6], ["month", 29]];

// "2026-11-24", of the PC's day, which is the site's.
function dayText(time_ms: number): string {
  const day = new Date(time_ms);
  const two = (n: number): string => String(n).padStart(2, "0");
  return `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`;
}
const daysAgo = (days: number): string => dayText(now_ms() - days * 86_400_000);

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
      <div role="status" class="visually-hidden">${this.busy ? fr.loading : ""}</div>
      ${this.report ? this.table(this.report) : this.wrong ? nothing : html`<p class="quiet">${fr.loading}</p>`}
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
    const grouped = this.shownBy !== "all";
    return html`${left_out > 0 ? html`<p class="notice warn">${words.leftOut(left_out)}</p>` : nothing}
      <div class="actions">
        <button type="button" class="button" @click=${() => this.save("spreadsheet")}>${words.csv}</button>
        <button type="button" class="button plain" @click=${() => this.save("rfc4180")}>${words.rfc}</button>
      </div>
      <div class="report-table" tabindex="0" role="group" aria-label=${words.title}><table>
        <thead><tr><th scope="col">${words.period}</th>${grouped ? html`<th scope="col">${words.groups[this.shownBy]}</th>` : nothing}
          ${definitions.map(({ label, text }) => html`<th scope="col" class="n" title=${text}>${label}</th>`)}</tr></thead>
        <tbody>${rows.map((row, index) => this.row(row, grouped, rows[index - 1]?.from === row.from, definitions))}</tbody>
      </table></div>
      ${definitionList(definitions)}`;
  }

  private row(row: ReportRow, grouped: boolean, again: boolean, definitions: Report["definitions"]): TemplateResult {
    return html`<tr>
      <th scope="row" class=${again ? "again" : ""}>${periodText(row)}</th>
      ${grouped ? html`<td>${this.keyText(row.key)}</td>` : nothing}
      ${row.figures.map(({ value }, index) => html`<td class="n ${value ? "" : "zero"}">${shown(value, definitions[index]?.unit ?? "count")}</td>`)}
    </tr>`;
  }

  private keyText(key: string): string {
    if (this.shownBy === "topic") return session.topic(key);
    const { bannettes } = session.catalogue;
    return this.shownBy === "unit" && !bannettes.some(({ name }) => name === key) ? session.unit(key) : session.bannette(key);
  }

  private save(dialect: Dialect): void {
    if (!this.report) return;
    const { rows, definitions, from, to } = this.report;
    const grouped = this.shownBy !== "all";
    const head: Cell[] = [words.from, words.to, ...(grouped ? [words.groups[this.shownBy]] : []), ...definitions.map(({ label }) => label)];
    const lines = rows.map((row): Cell[] => [row.from, row.to, ...(grouped ? [this.keyText(row.key)] : []), ...row.figures.map(({ value }) => value)]);
    download(words.file(from, to), csv([head, ...lines], dialect));
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
