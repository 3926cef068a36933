// <bn-calls-report>: the line's figures by half hour of a day, by day, or over a period.
import { html, nothing } from "lit";
import type { TemplateResult } from "lit";
import { get } from "../api.js";
import { commonWords } from "#words/common.js";
import { boardWords } from "#words/board.js";
import { explain, View } from "../view.js";
import { dayStart, dayText, daysAgo } from "./days.js";
import { callsSheet, groups, ofGroup } from "./calls_sheet.js";
import type { CallsGroup, CallsStep } from "./calls_sheet.js";
import { definitionList } from "./figures.js";
import type { Sheet } from "./sheet.js";
import { sheetFiles, sheetList, sheetTable } from "./sheet_view.js";
import type { Waits } from "./types.js";

const words = boardWords.callsReport;
const steps: readonly CallsStep[] = ["half_hour", "day", "whole"];
const rows_most = 62; // that the server gives

class CallsReport extends View {
  private from = daysAgo(0);
  private to = daysAgo(0);
  private step: CallsStep = "half_hour";
  private sheet: Sheet | undefined;
  private shown: CallsStep = this.step; // of the sheet
  private group: CallsGroup = "first";
  private quiet = false; // also where nothing is
  private wrong = "";
  private asked = 0;

  override connectedCallback(): void {
    super.connectedCallback();
    void this.load();
  }

  protected override render() {
    return html`<section class="reports" aria-labelledby="calls-report-title">
      <h2 id="calls-report-title">${words.title}</h2>
      <form class="report-form" @submit=${this.submit} novalidate>
        ${this.date("from")} ${this.date("to")}
        <div class="field"><label for="calls-step">${boardWords.reports.step}</label>
          <select id="calls-step" name="step">${steps.map((step) => html`<option value=${step} ?selected=${step === this.step}>${words.steps[step]}</option>`)}</select></div>
        <button class="button primary" type="submit">${boardWords.reports.show}</button>
      </form>
      <div role="alert">${this.wrong ? html`<p class="notice error">${this.wrong}</p>` : nothing}</div>
      ${this.sheet ? this.figures(this.sheet) : this.wrong ? nothing : html`<p class="quiet">${commonWords.loading}</p>`}
    </section>`;
  }

  private figures(sheet: Sheet): TemplateResult {
    const columns = ofGroup(sheet.definitions, this.group);
    const rows = sheet.rows.filter((row) => this.quiet || !row.quiet);
    const quiet = sheet.rows.filter((row) => row.quiet).length;
    const [only] = sheet.rows;
    const whole = this.shown === "whole" && only;
    return html`${sheetFiles(sheet)}
      <div class="chips" role="group" aria-label=${words.figures}>${groups.map((group) => html`<button type="button" class="button chip" aria-pressed=${String(group === this.group)}
          @click=${() => this.choose(group)}>${words.groups[group]}</button>`)}</div>
      ${whole ? sheetList(sheet, columns, only) : rows.length === 0 ? html`<p class="quiet empty">${words.empty}</p>` : sheetTable(sheet, columns, rows)}
      ${!whole && quiet > 0 ? html`<label class="check"><input type="checkbox" .checked=${this.quiet} @change=${this.toggle} /> ${words.quiet(quiet, this.shown === "day")}</label>` : nothing}
      ${whole ? nothing : definitionList(columns)}`;
  }

  private choose(group: CallsGroup): void {
    this.group = group;
    this.redraw();
  }

  private toggle(event: Event): void {
    this.quiet = (event.target as HTMLInputElement).checked;
    this.redraw();
  }

  private date(name: "from" | "to"): TemplateResult {
    return html`<div class="field"><label for="calls-${name}">${boardWords.reports[name]}</label><input id="calls-${name}" name=${name} type="date" .defaultValue=${this[name]} /></div>`;
  }

  private submit(event: SubmitEvent): void {
    event.preventDefault();
    const data = new FormData(event.target as HTMLFormElement);
    this.from = String(data.get("from") ?? "");
    this.to = String(data.get("to") ?? "");
    this.step = steps.find((step) => step === data.get("step")) ?? "whole";
    const days = (Date.parse(this.to) - Date.parse(this.from)) / 86_400_000 + 1;
    if (!(days >= 1)) this.wrong = boardWords.reports.wrongDates;
    else if (this.step === "half_hour" && days > 1) this.wrong = words.oneDay;
    else if (this.step === "day" && days > rows_most) this.wrong = words.daysMost(rows_most);
    else return void this.load();
    this.redraw();
    void this.focusOn("#calls-from");
  }

  private async load(): Promise<void> {
    const mine = ++this.asked;
    const { from, to, step } = this;
    this.wrong = "";
    this.redraw();
    // A period that has not ended ends now.
    const end = to >= dayText(Date.now()) ? "" : `&to=${dayStart(to, 1)}`;
    const answer = await get<Waits>(`waits?step=${step}&from=${dayStart(from, 0)}${end}`, { timeout_ms: 30_000 });
    if (mine !== this.asked) return;
    if (answer.ok) {
      this.sheet = callsSheet(answer.value, step, from, to);
      this.shown = step;
    } else {
      this.wrong = explain(answer.problem);
    }
    this.redraw();
  }
}
customElements.define("bn-calls-report", CallsReport);
