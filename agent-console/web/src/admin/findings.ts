// What a reading of the configuration said: findings with their place, refusals, changes.
import { html, nothing } from "lit";
import type { TemplateResult } from "lit";
import { adminWords } from "#words/admin.js";
import type { Finding, Report } from "./types.js";

const words = adminWords.configuration;

export function findingList(findings: readonly Finding[]): TemplateResult | typeof nothing {
  if (findings.length === 0) return nothing;
  const errors = findings.filter((finding) => finding.severity === "error").length;
  const sorted = [...findings].sort((a, b) => Number(b.severity === "error") - Number(a.severity === "error"));
  return html`<h3>${words.findings(errors, findings.length - errors)}</h3>
    <ul class="findings">
      ${sorted.map(
        (finding) => html`<li class=${finding.severity}>
          <p><span class="badge ${finding.severity}">${finding.severity === "error" ? words.error : words.warning}</span>
            <span class="mono">${words.place(finding.file, finding.line, finding.column)}</span></p>
          <p>${finding.message}</p>
          ${finding.instead ? html`<p class="quiet">${words.instead(finding.instead)}</p>` : nothing}
        </li>`,
      )}
    </ul>`;
}

export function reportView(report: Report, looked: boolean): TemplateResult {
  const well = report.refused.length === 0 && !report.findings.some((finding) => finding.severity === "error");
  const head = report.switched ? words.switched : well ? words.checked : looked ? words.uncheckable : words.refused;
  const lines = (texts: readonly string[], mark: string): TemplateResult | typeof nothing =>
    texts.length === 0 ? nothing : html`<ul class=${mark}>${texts.map((text) => html`<li>${text}</li>`)}</ul>`;
  return html`<div class="notice ${well ? "ok" : "error"}" tabindex="-1" id="report">
      <p><strong>${head}</strong></p>
      ${lines(report.refused, "plain-list")} ${lines(report.remarks, "plain-list")}
    </div>
    ${report.changes.length > 0
      ? html`<h3>${words.changes}</h3>
          ${lines(report.changes, "plain-list")}`
      : well ? html`<p class="quiet">${words.same}</p>` : nothing}
    ${findingList(report.findings)}`;
}
