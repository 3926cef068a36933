// Earlier calls like this one: where they stand and why they are shown, nothing of what was said.
import { html, nothing } from "lit";
import type { TemplateResult } from "lit";
import { moment } from "../clock.js";
import { operatorWords as words } from "#words/operator.js";
import type { Repeat } from "../repeat.js";
import { session } from "../session.js";
import type { Likeness } from "../types.js";
import { stateBadge } from "./badges.js";

const shown_first = 3;

function earlier(item: Likeness): TemplateResult {
  return html`<li>
    <p class="found-head"><strong class="reference">${item.reference ?? words.repeat.pending}</strong> ${item.state ? stateBadge(item.state) : nothing}
      ${item.arrived ? html`<span class="quiet small">${words.repeat.at} ${moment(item.arrived)}</span>` : nothing}</p>
    <p>${item.topic ? session.topic(item.topic) : words.repeat.restricted} <span class="quiet">${item.unit_label || session.bannette(item.bannette)}</span></p>
    <p class="quiet small">${item.because.map((reason) => reason.text).join(" · ")}</p>
  </li>`;
}

export function repeatList(repeat: Repeat): TemplateResult | typeof nothing {
  if (repeat.items.length === 0) return nothing;
  const rest = repeat.items.slice(shown_first);
  return html`<section class="card repeat" aria-labelledby="repeat-title">
    <h2 id="repeat-title">${words.repeat.title}</h2>
    <ul>${repeat.items.slice(0, shown_first).map(earlier)}</ul>
    ${rest.length === 0 ? nothing : html`<details><summary>${words.repeat.more(rest.length)}</summary><ul>${rest.map(earlier)}</ul></details>`}
    ${repeat.partial ? html`<p class="quiet small">${words.repeat.partial}</p>` : nothing}
  </section>`;
}
