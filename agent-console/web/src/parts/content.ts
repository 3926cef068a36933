// A dossier's personal content, for those who may read it.
import { html, nothing } from "lit";
import type { TemplateResult } from "lit";
import { commonWords } from "#words/common.js";
import { unitWords } from "#words/unit.js";
import { session } from "../session.js";
import type { Content, Header } from "../types.js";

const words = unitWords.dossier;

export function placeOf(header: Header, content: Content): string {
  return [content.address, header.commune || content.commune].filter((part) => part !== "").join(", ");
}

export function contentView(header: Header, content: Content): TemplateResult {
  const { caller } = content;
  return html`<dl class="facts">
      <dt>${words.caller}</dt>
      <dd>${caller.name || words.anonymous}${caller.phone ? html` · <a href="tel:${caller.phone.replace(/[^\d+]/g, "")}">${caller.phone}</a>` : nothing}</dd>
      <dt>${words.place}</dt>
      <dd>${placeOf(header, content) || commonWords.none}</dd>
    </dl>
    <h3>${words.note}</h3>
    <p class="note-text said-by-caller">${content.note}</p>
    <details class="why">
      <summary>${words.why}</summary>
      ${content.because.length === 0
        ? html`<p class="quiet">${commonWords.agent.whyNone}</p>`
        : html`<ul class="reasons">${content.because.map((reason) => html`<li>${reason.text}</li>`)}</ul>`}
      ${proposedView(header, content)}
    </details>`;
}

function proposedView(header: Header, content: Content): TemplateResult | typeof nothing {
  const { proposed } = content;
  if (!proposed.topic) return nothing;
  const same =
    proposed.topic === header.topic && proposed.urgency === header.urgency && proposed.danger === header.danger && proposed.bannette === header.bannette;
  const parts = [
    session.topic(proposed.topic),
    commonWords.urgency(proposed.urgency),
    proposed.danger ? commonWords.danger : "",
    session.bannette(proposed.bannette),
  ].filter((part) => part !== "");
  return html`<p class="quiet">${words.proposedByMachine} : ${same ? words.same : parts.join(" · ")}</p>`;
}
