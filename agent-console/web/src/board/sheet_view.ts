// A table of figures as it is shown, and taken away. The file has all rows and figures, also those that are not on the screen.
import { html } from "lit";
import type { TemplateResult } from "lit";
import { commonWords } from "#words/common.js";
import { boardWords } from "#words/board.js";
import { download } from "./csv.js";
import type { Dialect } from "./csv.js";
import { definitionList, shown, unbroken } from "./figures.js";
import { sheetText } from "./sheet.js";
import type { Sheet, SheetRow } from "./sheet.js";
import type { Definition } from "./types.js";

const words = boardWords.reports;

export function sheetView(sheet: Sheet): TemplateResult {
  return html`${sheetFiles(sheet)} ${sheetTable(sheet, sheet.definitions, sheet.rows)} ${definitionList(sheet.definitions)}`;
}

export function sheetFiles(sheet: Sheet): TemplateResult {
  const save = (dialect: Dialect): void => download(sheet.file, sheetText(sheet, dialect));
  return html`<div class="actions">
    <button type="button" class="button" @click=${() => save("spreadsheet")}>${words.csv}</button>
    <button type="button" class="button plain" @click=${() => save("rfc4180")}>${words.rfc}</button>
  </div>`;
}

export function sheetTable(sheet: Sheet, columns: readonly Definition[], rows: readonly SheetRow[]): TemplateResult {
  const places = columns.map((column) => sheet.definitions.indexOf(column));
  return html`<div class="report-table" tabindex="0" role="group" aria-label=${sheet.title}><table>
    <thead><tr>${sheet.shown.map((label) => html`<th scope="col">${label}</th>`)}
      ${columns.map(({ label, text }) => html`<th scope="col" class="n" title=${text}>${unbroken(label)}</th>`)}</tr></thead>
    <tbody>${rows.map((row) => line(row, sheet.definitions, places))}</tbody>
  </table></div>`;
}

function line(row: SheetRow, definitions: readonly Definition[], places: readonly number[]): TemplateResult {
  const [first, ...more] = row.shown;
  return html`<tr>
    <th scope="row" class=${row.again ? "again" : ""}>${first}</th>
    ${more.map((text) => html`<td>${text}</td>`)}
    ${places.map((place) => cell(row.values[place] ?? null, definitions[place]))}
  </tr>`;
}

const cell = (value: number | null, definition: Definition | undefined): TemplateResult => html`<td class="n ${value ? "" : "zero"}">${shown(value, definition?.unit ?? "count")}</td>`;

// One row, turned: each figure with what it means beside it.
export function sheetList(sheet: Sheet, columns: readonly Definition[], row: SheetRow): TemplateResult {
  return html`<div class="report-table" tabindex="0" role="group" aria-label=${sheet.title}><table class="turned">
    <caption>${row.shown.join(" ")}</caption>
    <thead><tr><th scope="col">${words.figure}</th><th scope="col" class="value">${words.value}</th><th scope="col">${words.meaning}</th></tr></thead>
    <tbody>${columns.map((column) => html`<tr><th scope="row">${unbroken(column.label)}</th>${cell(row.values[sheet.definitions.indexOf(column)] ?? null, column)}
      <td>${column.text} <span class="quiet">(${commonWords.board.version(column.version)})</span></td></tr>`)}</tbody>
  </table></div>`;
}
