// What figures mean, a key away from them: a term, or several that are shown for the same, and its sentence.
import { html, nothing } from "lit";
import type { TemplateResult } from "lit";
import { commonWords } from "#words/common.js";

export interface Meaning {
  terms: readonly string[]; // word for word as they stand at the figures
  text: string;
  version?: number;
}
export const meaning = (term: string, text: string, version?: number): Meaning => ({ terms: [term], text, ...(version === undefined ? {} : { version }) });

export function definitions(meanings: readonly Meaning[]): TemplateResult | typeof nothing {
  if (meanings.length === 0) return nothing;
  return html`<details class="definitions">
    <summary>${commonWords.board.definitions}</summary>
    <dl>${meanings.map(({ terms, text, version }) => html`<div>${terms.map((term) => html`<dt>${term}</dt>`)}<dd>${text}${version === undefined ? nothing : html` <span class="quiet">(${commonWords.board.version(version)})</span>`}</dd></div>`)}</dl>
  </details>`;
}
