// Dangers that nobody has acknowledged, with the button that does; and what happened of late.
import { html, nothing } from "lit";
import type { TemplateResult } from "lit";
import { moment } from "../clock.js";
import { commonWords } from "#words/common.js";
import { boardWords } from "#words/board.js";
import { ago, climbBadge, dangerMark } from "../parts/badges.js";
import { session } from "../session.js";
import type { Header } from "../types.js";
import type { SiteEvent } from "./types.js";

const words = boardWords.escalations;

export interface Escalating {
  dangers: readonly Header[];
  counted: number; // in all: more than the list where their bannettes hold very many
  events: readonly SiteEvent[];
  busy: string; // the id of the one that is being acknowledged
  acknowledge: ((header: Header) => void) | undefined; // absent: may not
}

export function escalationsView(view: Escalating): TemplateResult {
  const { dangers, counted } = view;
  return html`<section class="escalations ${counted > 0 ? "alarm" : ""}" aria-labelledby="escalations-title">
    <h2 id="escalations-title" tabindex="-1">${counted > 0 ? dangerMark : nothing} ${words.title}${counted > 0 ? html` <span class="count-mark">${counted}</span>` : nothing}</h2>
    ${counted === 0 ? html`<p class="quiet">${words.none}</p>` : html`<ul class="found">${dangers.map((header) => open(header, view))}</ul>`}
    ${counted > dangers.length ? html`<p class="notice warn">${words.beyond(counted - dangers.length)}</p>` : nothing}
    <details class="journal">
      <summary>${words.journal}</summary>
      ${view.events.length === 0 ? html`<p class="quiet">${words.empty}</p>` : journal(view.events)}
    </details>
  </section>`;
}

function open(header: Header, view: Escalating): TemplateResult {
  return html`<li class="found-item header-line">
    <span class="grow"><strong class="reference">${header.reference}</strong> ${session.topicOf(header)}
      <span class="under">${session.bannette(header.bannette)} ${ago(header.arrived)}</span></span>
    <span>${climbBadge(header)}</span>
    ${view.acknowledge
      ? html`<button type="button" class="button primary" aria-label="${words.acknowledge} ${header.reference}" aria-disabled=${view.busy ? "true" : nothing} @click=${() => view.acknowledge?.(header)}>${words.acknowledge}</button>`
      : nothing}
  </li>`;
}

function journal(events: readonly SiteEvent[]): TemplateResult {
  return html`<div class="scrolled" tabindex="0" role="group" aria-label=${words.journal}><table>
    <thead><tr><th scope="col">${words.when}</th><th scope="col">${words.what}</th><th scope="col">${words.which}</th><th scope="col">${words.where}</th></tr></thead>
    <tbody>${events.map((event) => html`<tr>
      <td>${moment(event.at)}</td>
      <td>${words.changes[event.change] ?? commonWords.change(event.change)}<span class="quiet"> ${detail(event)}</span></td>
      <td>${event.reference ? html`<span class="reference">${event.reference}</span>` : commonWords.none}</td>
      <td>${event.bannette ? session.bannette(event.bannette) : commonWords.none}</td>
    </tr>`)}</tbody>
  </table></div>`;
}

function detail(event: SiteEvent): string {
  if (event.step) return words.to(commonWords.step(event.step));
  if (event.reason === "restricted") return words.restricted;
  return event.change === "acknowledged" ? words.by(event.actor) : "";
}
