// A figure, and what it means: wherever one stands its definition is a key or a look away.
import { html, nothing } from "lit";
import type { TemplateResult } from "lit";
import { duration } from "../clock.js";
import { commonWords } from "#words/common.js";
import { definitions, meaning } from "../parts/definitions.js";
import type { Definition } from "./types.js";

export function shown(value: number | null, unit: string): string {
  if (value === null) return commonWords.none;
  if (unit === "share" || unit === "ratio") return `${Math.round(value * 100)} %`;
  if (unit === "seconds" || unit === "s") return duration(value);
  return String(value);
}

// No line ends between a number and its unit.
export const unbroken = (label: string): string => label.replaceAll(" %", "\u00A0%");

export const definitionList = (all: readonly Definition[]): TemplateResult | typeof nothing => definitions(all.map(({ label, text, version }) => meaning(label, text, version)));

export function tile(label: string, value: unknown, define = "", mark = ""): TemplateResult {
  return html`<div class="tile ${mark}" title=${define || nothing}><dt>${label}</dt><dd>${value}</dd></div>`;
}
