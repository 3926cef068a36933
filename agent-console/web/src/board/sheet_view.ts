// A table of figures as it is shown, and taken away.
import { html } from "lit";
import type { TemplateResult } from "lit";
import { frBoard } from "../fr/board.js";
import { download } from "./csv.js";
import type { Dialect } from "./csv.js";
import { definitionList, shown } from "./figures.js";
import { sheetText } from "./sheet.js";
import type { Sheet, SheetRow } from "./sheet.js";
import type { Definition } from "./types.js";

const words = frBoard.reports;

export function sheetView(sheet: Sheet): TemplateResult {
  const { rows, definitions, title } = sheet;
  const save = (dialect: Dialect): void => download(sheet.file, sheetText(sheet, dialect));
  return html`<div class="actions">
      <button type="button" class="button" @click=${() => save("spreadsheet")}>${words.csv}</button>
      <button type="button" class="button plain" @click=${() => save("rfc4180")}>${words.rfc}</button>
    </div>
    <div class="report-table" tabindex="0" role="group" aria-label=${title}><table>
      <thead><tr>${sheet.shown.map((label) => html`<th scope="col">${label}</th>`)}
        ${definitions.map(({ label, text }) => html`<th scope="col" class="n" title=${text}>${label}</th>`)}</tr></thead>
      <tbody>${rows.map((row) => line(row, definitions))}</tbody>
    </table></div>
    ${definitionList(definitions)}`;
}

function line(row: SheetRow, definitions: readonly Definition[]): TemplateResult {
  const [first, ...more] = row.shown;
  return html`<tr>
    <th scope="row" class=${row.again ? "again" : ""}>${first}</th>
    ${more.map((text) => html`<td>${text}</td>`)}
    ${row.values.map((value, index) => html`<td class="n ${value ? "" : "zero"}">${shown(value, definitions[index]?.unit ?? "count")}</td>`)}
  </tr>`;
}
