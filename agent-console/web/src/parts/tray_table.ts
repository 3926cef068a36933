// The list: urgency, time left, age, topic, commune, state and holder of each dossier, in order of service.
import { html, nothing } from "lit";
import type { TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { moment } from "../clock.js";
import { unitWords } from "#words/unit.js";
import { isOpen } from "../rights.js";
import { session } from "../session.js";
import type { Header } from "../types.js";
import { shortLabel } from "./acts.js";
import { ago, climbBadge, dangerBadge, due, stateBadge, urgencyBadge } from "./badges.js";

export interface TrayView {
  title: string;
  openId: string;
  people: readonly string[];
  showBannette: boolean; // they are of several
  shortNames: boolean; // all of one unit
  open: (id: string) => void;
}

export function trayTable(list: readonly Header[], view: TrayView): TemplateResult {
  // Roles are repeated because narrow screens lay the rows out as cards, which hides a table's own from some readers.
  return html`<table class="list" role="table" @keydown=${walk}>
    <caption class="visually-hidden">${view.title}</caption>
    <thead role="rowgroup">
      <tr role="row">
        <th role="columnheader" scope="col">${unitWords.column.urgency}</th>
        <th role="columnheader" scope="col">${unitWords.column.request}</th>
        <th role="columnheader" scope="col">${unitWords.column.delay}</th>
        <th role="columnheader" scope="col">${unitWords.column.state}</th>
      </tr>
    </thead>
    <tbody role="rowgroup">
      ${repeat(list, (header) => header.id, (header) => row(header, view))}
    </tbody>
  </table>`;
}

function row(header: Header, view: TrayView): TemplateResult {
  const open = header.id === view.openId;
  return html`<tr role="row" class="row ${header.danger && isOpen(header) ? "in-danger" : ""} ${open ? "is-open" : ""} is-${header.state}" @click=${() => view.open(header.id)}>
    <td role="cell" class="c-urgency">${urgencyBadge(header.urgency)} ${dangerBadge(header.danger)}</td>
    <td role="cell" class="c-request">
      <button type="button" class="row-button" data-id=${header.id} aria-current=${open ? "true" : nothing}>${session.topicOf(header)}</button>
      <span class="under"><span class="reference">${header.reference}</span> ${header.commune ? html`<span>${header.commune}</span>` : nothing}
        ${view.showBannette ? html`<span>${view.shortNames ? shortLabel(header.bannette, session.bannette(header.bannette)) : session.bannette(header.bannette)}</span>` : nothing}</span>
      ${climbBadge(header)}
    </td>
    <td role="cell" class="c-delay">${isOpen(header) ? due(header) : nothing} <span class="under quiet">${unitWords.age} ${ago(header.arrived)}</span></td>
    <td role="cell" class="c-state">${stateBadge(header.state)} ${holder(header, view)} ${marks(header)}</td>
  </tr>`;
}

function holder({ holder: name }: Header, view: TrayView): TemplateResult | typeof nothing {
  if (!name) return nothing;
  const me = session.user?.name;
  const text = name === me ? unitWords.by(unitWords.you) : view.people.includes(name) ? unitWords.forYou(name) : unitWords.by(name);
  return html`<span class="under">${text}</span>`;
}

function marks(header: Header): TemplateResult | typeof nothing {
  const { until, proposal, state } = header;
  const parts = [
    state === "on_hold" && until ? unitWords.onHoldUntil(moment(until)) : "",
    proposal ? unitWords.proposedTo(session.bannette(proposal.to)) : "",
    header.starved && state === "waiting" ? unitWords.starved : "",
    state === "handled" && header.outcome ? session.outcome(header.outcome) : "",
    state === "merged" && header.merged_into ? unitWords.dossier.mergedInto(header.merged_into) : "",
  ].filter((part) => part !== "");
  return parts.length === 0 ? nothing : html`<span class="under">${parts.map((part) => html`<span>${part}</span>`)}</span>`;
}

// Arrow keys walk the list; Enter is the button's own.
const steps: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1, PageDown: 10, PageUp: -10, Home: -Infinity, End: Infinity };

function walk(event: KeyboardEvent): void {
  const by = steps[event.key];
  if (by === undefined || event.ctrlKey || event.altKey || event.shiftKey) return;
  stepRow(event.currentTarget as HTMLElement, by);
  event.preventDefault();
}

export function stepRow(table: HTMLElement, by: number): void {
  const buttons = [...table.querySelectorAll<HTMLElement>(".row-button")];
  const at = buttons.findIndex((button) => button === document.activeElement);
  const to = at < 0 ? 0 : Math.min(buttons.length - 1, Math.max(0, at + by));
  buttons[to]?.focus();
  buttons[to]?.scrollIntoView({ block: "nearest" });
}
