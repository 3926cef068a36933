// The dossiers, by name, that are late or will be at the present pace; and where nothing can be told.
import { html, nothing } from "lit";
import type { TemplateResult } from "lit";
import { moment } from "../clock.js";
import { boardWords } from "#words/board.js";
import { dangerBadge, due, urgencyBadge } from "../parts/badges.js";
import { session } from "../session.js";
import { untold, worrying } from "./lateness.js";
import type { Forecast } from "./lateness.js";

const words = boardWords.late;
const shown_most = 30;

export function lateView(all: readonly Forecast[], looked: number, total: number): TemplateResult {
  const late = worrying(all);
  const unknown = untold(all);
  return html`<section class="lateness" aria-labelledby="late-title">
    <h2 id="late-title">${words.title}${late.length > 0 ? html` <span class="count-mark">${late.length}</span>` : nothing}</h2>
    ${late.length === 0 ? html`<p class="quiet">${words.none}</p>` : html`<ol class="found" tabindex="0" aria-label=${words.title}>${late.slice(0, shown_most).map(line)}</ol>`}
    ${late.length > shown_most ? html`<p class="quiet">${words.more(late.length - shown_most)}</p>` : nothing}
    ${unknown.length > 0
      ? html`<details class="definitions">
          <summary>${words.untold} : ${words.untoldLine(unknown.reduce((sum, [, count]) => sum + count, 0))}</summary>
          <p>${words.untoldText}</p>
          <ul class="untold">${unknown.map(([bannette, count]) => html`<li>${session.bannette(bannette)} <span class="quiet">${words.untoldLine(count)}</span></li>`)}</ul>
        </details>`
      : nothing}
    ${total > looked ? html`<p class="quiet">${words.cut(looked)}</p>` : nothing}
    <details class="definitions"><summary>${words.method}</summary><p>${words.methodText}</p></details>
  </section>`;
}

function line({ header, place, expected_ms, verdict }: Forecast): TemplateResult {
  const late = verdict === "late";
  return html`<li class="found-item header-line">
    <span class="grow"><strong class="reference">${header.reference}</strong> ${session.topicOf(header)} ${urgencyBadge(header.urgency)} ${dangerBadge(header.danger)}
      <span class="under">${session.bannette(header.bannette)}, ${words.place(place)}</span></span>
    <span class="verdict ${late ? "alarm" : "warn"}">${due(header)}
      ${late || expected_ms === null ? nothing : html`<span class="under">${words.expected} ${moment(new Date(expected_ms).toISOString())}</span>`}</span>
  </li>`;
}
