// The unit's own figures, by bannette: what waits, what is late, how long people waited. Each says what it is.
import { html, nothing } from "lit";
import type { TemplateResult } from "lit";
import { duration } from "../clock.js";
import { commonWords } from "#words/common.js";
import { unitWords } from "#words/unit.js";
import { session } from "../session.js";
import type { Count } from "../types.js";
import { shortLabel } from "./acts.js";
import { ago } from "./badges.js";
import { definitions, meaning } from "./definitions.js";

type Column = "waiting" | "unread" | "oldest" | "late" | "unacknowledged" | "inProgress" | "onHold" | "taken" | "median";
const sum = (counts: readonly Count[], of: (count: Count) => number): number => counts.reduce((total, count) => total + of(count), 0);
const numbers: Partial<Record<Column, (count: Count) => number>> = {
  waiting: (count) => count.waiting,
  unread: (count) => count.unread,
  late: (count) => count.late,
  unacknowledged: (count) => count.unacknowledged,
  inProgress: (count) => count.in_progress,
  onHold: (count) => count.on_hold,
  taken: (count) => count.taken,
};
const columns: readonly Column[] = ["waiting", "unread", "oldest", "late", "unacknowledged", "inProgress", "onHold", "taken", "median"];

function oldest(counts: readonly Count[]): string | null {
  return counts.reduce<string | null>((first, { oldest_waiting: one }) => (one !== null && (first === null || one < first) ? one : first), null);
}

function cell(column: Column, counts: readonly Count[]): TemplateResult {
  const number = numbers[column];
  if (number) {
    const total = sum(counts, number);
    const alarm = total > 0 && (column === "late" || column === "unacknowledged");
    return html`<td role="cell" class="n ${total === 0 ? "zero" : ""} ${alarm ? "alarm" : ""}"><span class="cell-label">${commonWords.board[column]}</span>${total}</td>`;
  }
  if (column === "oldest") {
    const at = oldest(counts);
    return html`<td role="cell" class="n"><span class="cell-label">${commonWords.board.oldest}</span>${at ? ago(at) : commonWords.none}</td>`;
  }
  const [only] = counts;
  const seconds = counts.length === 1 && only ? only.wait_median_s : null;
  return html`<td role="cell" class="n"><span class="cell-label">${commonWords.board[column]}</span>${seconds === null ? commonWords.none : duration(seconds)}</td>`;
}

export function unitFigures(counts: readonly Count[]): TemplateResult | typeof nothing {
  if (counts.length === 0) return nothing;
  const single = (session.user?.units.length ?? 0) < 2;
  const line = (label: string, of: readonly Count[]): TemplateResult =>
    html`<tr role="row"><th role="rowheader" scope="row">${label}</th>${columns.map((column) => cell(column, of))}</tr>`;
  return html`<section class="unit-figures" aria-labelledby="figures-title">
    <h2 id="figures-title">${unitWords.figures.title}</h2>
    <table class="figures" role="table">
      <thead role="rowgroup"><tr role="row">
        <th role="columnheader" scope="col">${commonWords.board.bannette}</th>
        ${columns.map((column) => html`<th role="columnheader" scope="col" class="n" title=${commonWords.board.define[column]}>${commonWords.board[column]}</th>`)}
      </tr></thead>
      <tbody role="rowgroup">
        ${counts.map((count) => line(single ? shortLabel(count.bannette, count.label) : count.label, [count]))}
        ${counts.length > 1 ? line(unitWords.figures.total, counts) : nothing}
      </tbody>
    </table>
    ${definitions(columns.map((column) => meaning(commonWords.board[column], commonWords.board.define[column])))}
  </section>`;
}
