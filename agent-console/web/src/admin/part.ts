// What each section of the administrator's screen shares: what went wrong, what was done, and asking again.
import { html, nothing } from "lit";
import type { TemplateResult } from "lit";
import type { Answer } from "../api.js";
import { get } from "../api.js";
import { commonWords, locale } from "#words/common.js";
import { adminWords } from "#words/admin.js";
import { session } from "../session.js";
import { explain, View } from "../view.js";

export abstract class Part extends View {
  protected failed = "";
  protected said = "";
  protected loaded = false;

  override connectedCallback(): void {
    super.connectedCallback();
    void this.load();
  }

  protected abstract load(): Promise<void>;

  // Asks anew every so often, while the section is shown and the page is seen.
  protected every(period_ms: number): void {
    const timer = setInterval(() => {
      if (!document.hidden) void this.load();
    }, period_ms);
    this.until(() => clearInterval(timer));
  }

  protected async fetch<T>(path: string): Promise<T | undefined> {
    const answer = await get<T>(path);
    this.loaded ||= answer.ok;
    if (answer.ok) return answer.value;
    this.failed = explain(answer.problem);
    this.redraw();
    return undefined;
  }

  // After a change: says what was done, or why not. True: it was done.
  protected settle(answer: Answer<unknown>, said: string): boolean {
    this.failed = answer.ok ? "" : explain(answer.problem);
    this.said = answer.ok ? said : "";
    this.redraw();
    return answer.ok;
  }

  protected notices(): TemplateResult {
    return html`<div role="alert">${this.failed ? html`<p class="notice error">${this.failed}</p>` : nothing}</div>
      <div role="status">${this.said ? html`<p class="notice ok">${this.said}</p>` : nothing}</div>`;
  }

  protected waiting(): TemplateResult | typeof nothing {
    return this.loaded || this.failed ? nothing : html`<p class="quiet">${commonWords.loading}</p>`;
  }
}

// A column's heading; a number in it stands at the right, and is defined.
export const heading = (label: string, mark = "", define = ""): TemplateResult => html`<th role="columnheader" scope="col" class=${mark} title=${define || nothing}>${label}</th>`;

// A cell that names its column where rows have become cards.
export const cell = (label: string, value: unknown, mark = ""): TemplateResult =>
  html`<td role="cell" class=${mark}><span class="cell-label" aria-hidden="true">${label}</span>${value}</td>`;

// A table whose rows become cards on a narrow screen.
export function table(label: string, headings: TemplateResult[], rows: unknown): TemplateResult {
  return html`<table class="figures admin-table" role="table" aria-label=${label}>
    <thead role="rowgroup"><tr role="row">${headings}</tr></thead>
    <tbody role="rowgroup">${rows}</tbody>
  </table>`;
}

export const unitNames = (units: readonly string[]): string => (units.length === 0 ? commonWords.none : units.map((unit) => session.unit(unit)).join(", "));

export function bytes(count: number): string {
  let value = count;
  let unit = 0;
  while (value >= 1024 && unit < adminWords.health.units.length - 1) {
    value /= 1024;
    unit += 1;
  }
  return `${value.toLocaleString(locale, { maximumFractionDigits: value < 10 && unit > 0 ? 1 : 0 })} ${adminWords.health.units[unit]}`;
}
