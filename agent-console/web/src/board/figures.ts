// A figure, and what it means: wherever one stands its definition is a key or a look away.
import { html, nothing } from "lit";
import type { TemplateResult } from "lit";
import { duration } from "../clock.js";
import { fr } from "../fr.js";
import { frBoard } from "../fr/board.js";
import type { Definition } from "./types.js";

export function shown(value: number | null, unit: string): string {
  if (value === null) return fr.none;
  if (unit === "share" || unit === "ratio") return `${Math.round(value * 100)} %`;
  if (unit === "seconds" || unit === "s") return duration(value);
  return String(value);
}

export function definitionList(definitions: readonly Definition[]): TemplateResult | typeof nothing {
  if (definitions.length === 0) return nothing;
  return html`<details class="definitions">
    <summary>${frBoard.definitions}</summary>
    <dl>${definitions.map(({ label, text, version }) => html`<div><dt>${label}</dt><dd>${text} <span class="quiet">(${frBoard.version(version)})</span></dd></div>`)}</dl>
  </details>`;
}

export function tile(label: string, value: unknown, define = "", mark = ""): TemplateResult {
  return html`<div class="tile ${mark}" title=${define || nothing}><dt>${label}</dt><dd>${value}</dd></div>`;
}
