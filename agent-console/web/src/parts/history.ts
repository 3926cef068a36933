// A dossier's history as people read it: when, who, what, with whom. Newest first; a renewal says nothing to people.
import { html, nothing } from "lit";
import type { TemplateResult } from "lit";
import { exactMoment, moment } from "../clock.js";
import { commonWords } from "#words/common.js";
import { unitWords, within } from "#words/unit.js";
import { session } from "../session.js";
import type { HistoryEntry } from "../types.js";

const words = unitWords.history;

export function actorName(actor: string, me = session.user?.name): string {
  if (actor === me) return unitWords.you;
  if (actor === "clock") return words.clock;
  if (actor === "router") return words.router;
  if (actor === "console") return words.console;
  const software = /^(?:unit:|(?=service:))(.+?)(?:\/(.+))?$/.exec(actor);
  return software ? (software[2] ?? words.software(session.unit(software[1] ?? ""))) : actor;
}

// What happened, without who and when.
export function changeText(entry: Pick<HistoryEntry, "change" | "to" | "other">): string {
  const { change, to, other } = entry;
  switch (change) {
    case "proposed":
    case "proposal_accepted":
    case "proposal_refused":
    case "proposal_withdrawn":
    case "proposal_expired":
    case "copied":
    case "moved":
      return to ? words[change](session.bannette(to)) : commonWords.change(change);
    case "reassigned":
      return to ? words[change](actorName(to)) : commonWords.change(change);
    case "merged":
    case "absorbed":
    case "linked":
      return other ? words[change](other) : commonWords.change(change);
    default:
      return commonWords.change(change);
  }
}

// Its reason, its date.
export function changeMore(entry: HistoryEntry): string {
  const { change, reason, until } = entry;
  const parts: string[] = [];
  if (change === "handled") parts.push(session.outcome(reason));
  else if (change === "read") parts.push(words.readBy[reason] ?? within(session.purpose(reason)));
  else if (session.catalogue.whys.some((why) => why.code === reason)) parts.push(within(session.why(reason)));
  else if (reason === "next" || reason === "chosen") parts.push(commonWords.reason(reason));
  if (until && change === "held") parts.push(words.until(moment(until)));
  if (until && change === "proposed") parts.push(words.answerBy(moment(until)));
  return parts.filter((part) => part !== "").join(", ");
}

export function historyView(history: readonly HistoryEntry[]): TemplateResult {
  const shown = history.filter((entry) => entry.change !== "renewed").reverse();
  return html`<section class="history" aria-labelledby="history-title">
    <h3 id="history-title">${words.title}</h3>
    <ol>
      ${shown.map((entry) => html`<li class="did-${entry.change}">
          <p class="what"><strong>${changeText(entry)}</strong>${changeMore(entry) ? html` <span>· ${changeMore(entry)}</span>` : nothing}</p>
          <p class="under"><time datetime=${entry.at} title=${exactMoment(entry.at)}>${moment(entry.at)}</time> <span>${actorName(entry.actor)}</span></p>
          ${entry.text ? html`<p class="note-text">${entry.text}</p>` : nothing}
        </li>`)}
    </ol>
  </section>`;
}
