// Small marks of urgency, danger and state. Each has a word and a shape of its own: colour never speaks alone.
import { html, nothing, svg } from "lit";
import type { TemplateResult } from "lit";
import { moment } from "../clock.js";
import { commonWords } from "#words/common.js";
import type { Header } from "../types.js";

const bars: Record<string, number> = { immediate: 4, urgent: 3, priority: 2, normal: 1 };

export function urgencyBadge(urgency: string): TemplateResult | typeof nothing {
  if (!urgency) return nothing;
  const filled = bars[urgency] ?? 1;
  return html`<span class="badge urgency-${urgency}"
    ><svg class="bars" viewBox="0 0 15 12" aria-hidden="true">
      ${[1, 2, 3, 4].map((n) => svg`<rect class=${n <= filled ? "on" : "off"} x=${(n - 1) * 4} y=${12 - n * 3} width="3" height=${n * 3} rx="0.6"></rect>`)}
    </svg>${commonWords.urgency(urgency)}</span
  >`;
}

// The triangle alone, for a cell whose column already says "danger".
export const dangerMark: TemplateResult = html`<svg class="mark" viewBox="0 0 14 13" aria-hidden="true">
  <path d="M7 .8 13.4 12.2H.6Z"></path>
  <path class="cut" d="M6.3 4.4h1.4l-.2 4h-1ZM6.3 9.3h1.4v1.4H6.3Z"></path>
</svg>`;

export function dangerBadge(danger: boolean): TemplateResult | typeof nothing {
  return danger ? html`<span class="badge danger">${dangerMark}${commonWords.danger}</span>` : nothing;
}

// Has a person seen the danger, and if not, whom has it reached?
export function climbBadge(header: Header): TemplateResult | typeof nothing {
  const { climb } = header;
  if (climb === null || header.state === "handled" || header.state === "closed" || header.state === "merged") return nothing;
  if (climb.acknowledged_by) return html`<span class="quiet">${commonWords.climb.acknowledged(climb.acknowledged_by)}</span>`;
  return html`<span class="badge doubt">${commonWords.climb.open(climb.fired.at(-1) ?? "")}</span>`;
}

export function stateBadge(state: string): TemplateResult {
  return html`<span class="state state-${state}"><span class="dot" aria-hidden="true"></span>${commonWords.state(state)}</span>`;
}

export function ago(at: string): TemplateResult {
  return html`<bn-time at=${at} mode="age"></bn-time>`;
}

// How long until it must be taken in hand. Once it is, the clock has stopped and only the moment is told.
export function due(header: Header): TemplateResult {
  const { deadline } = header;
  if (deadline === null) return html`<span class="quiet">${commonWords.agent.noDeadline}</span>`;
  if (header.state === "waiting" || header.state === "reserved") return html`<bn-time class="left" at=${deadline} mode="left"></bn-time>`;
  return html`<span class="quiet">${moment(deadline)}</span>`;
}
