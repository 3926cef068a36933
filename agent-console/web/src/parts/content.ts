// A dossier's personal content and its history, for those who may read them.
import { html, nothing } from "lit";
import type { TemplateResult } from "lit";
import { moment } from "../clock.js";
import { fr } from "../fr.js";
import { session } from "../session.js";
import type { Content, Header, HistoryEntry } from "../types.js";

export function contentView(header: Header, content: Content): TemplateResult {
  const { caller } = content;
  const place = [content.address, header.commune || content.commune].filter((part) => part !== "").join(", ");
  return html`<dl class="facts">
      <dt>${fr.dossier.caller}</dt>
      <dd>${caller.name || fr.dossier.anonymous}${caller.phone ? html` · <a href="tel:${caller.phone.replace(/[^\d+]/g, "")}">${caller.phone}</a>` : nothing}</dd>
      <dt>${fr.dossier.place}</dt>
      <dd>${place || fr.none}</dd>
    </dl>
    <h3>${fr.dossier.note}</h3>
    <p class="note-text">${content.note}</p>
    <h3>${fr.dossier.why}</h3>
    ${content.because.length === 0
      ? html`<p class="quiet">${fr.operator.whyNone}</p>`
      : html`<ul class="reasons">${content.because.map((reason) => html`<li>${reason.text}</li>`)}</ul>`}
    ${proposedView(header, content)}`;
}

function proposedView(header: Header, content: Content): TemplateResult | typeof nothing {
  const { proposed } = content;
  if (!proposed.topic) return nothing;
  const same =
    proposed.topic === header.topic && proposed.urgency === header.urgency && proposed.danger === header.danger && proposed.bannette === header.bannette;
  const parts = [
    session.topic(proposed.topic),
    fr.urgency(proposed.urgency),
    proposed.danger ? fr.danger : "",
    session.bannette(proposed.bannette),
  ].filter((part) => part !== "");
  return html`<p class="quiet">${fr.dossier.proposed} : ${same ? fr.dossier.same : parts.join(" · ")}</p>`;
}

// Newest first; a renewal says nothing to people.
export function historyView(history: readonly HistoryEntry[]): TemplateResult {
  const shown = history.filter((entry) => entry.change !== "renewed").reverse();
  return html`<section class="history" aria-labelledby="history-title">
    <h3 id="history-title">${fr.dossier.history}</h3>
    <ol>
      ${shown.map((entry) => html`<li>
          <p>
            <time class="quiet" datetime=${entry.at}>${moment(entry.at)}</time> <strong>${fr.change(entry.change)}</strong>
            ${entry.reason ? html`<span>· ${session.outcome(entry.reason)}</span>` : nothing} <span class="quiet">${entry.actor}</span>
          </p>
          ${entry.text ? html`<p class="note-text">${entry.text}</p>` : nothing}
        </li>`)}
    </ol>
  </section>`;
}
