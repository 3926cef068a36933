// The dossier as it is printed: one A4 page, whatever is on the screen beside it.
import { html, nothing } from "lit";
import type { TemplateResult } from "lit";
import { exactMoment, now_ms, paperMoment } from "../clock.js";
import { commonWords } from "#words/common.js";
import { unitWords } from "#words/unit.js";
import { session } from "../session.js";
import { layOut } from "../sheet.js";
import type { Content, Dossier, HistoryEntry } from "../types.js";
import { placeOf } from "./content.js";
import { actorName, changeMore, changeText } from "./history.js";

const words = unitWords.sheet;

function line(entry: HistoryEntry): string {
  const more = changeMore(entry);
  const what = `${paperMoment(entry.at)} · ${actorName(entry.actor, "")} · ${changeText(entry)}${more ? ` (${more})` : ""}`;
  return entry.text ? `${what}\n${entry.text}` : what;
}

export function sheetView({ header, history }: Dossier, content: Content): TemplateResult {
  const { caller } = content;
  const lines = history.filter(({ change }) => change !== "renewed" && change !== "read").reverse().map(line);
  const sheet = layOut(content.note, lines);
  const marks = [commonWords.urgency(header.urgency), header.danger ? commonWords.danger : "", commonWords.state(header.state), header.holder ? unitWords.by(header.holder) : ""];
  return html`<section class="sheet size-${String(sheet.size_pt).replace(".", "-")}" aria-hidden="true">
    <p class="sheet-head"><strong class="reference">${header.reference}</strong> <strong>${session.topicOf(header)}</strong> <span>${session.site.name}</span></p>
    <p>${session.bannette(header.bannette)} · ${marks.filter((part) => part !== "").join(" · ")}</p>
    <p>${unitWords.dossier.arrived} : ${exactMoment(header.arrived)}${header.deadline ? html` · ${unitWords.dossier.deadline} : ${exactMoment(header.deadline)}` : nothing}</p>
    <p>${unitWords.dossier.caller} : ${caller.name || unitWords.dossier.anonymous}${caller.phone ? ` · ${caller.phone}` : ""}</p>
    <p>${unitWords.dossier.place} : ${placeOf(header, content) || commonWords.none}</p>
    <h2>${unitWords.dossier.note}</h2>
    <p class="note-text">${sheet.note}${sheet.cut ? html`… <em>${words.cut}</em>` : nothing}</p>
    <h2>${unitWords.history.title}</h2>
    <ol>${lines.slice(0, sheet.entries).map((text) => html`<li class="note-text">${text}</li>`)}</ol>
    ${sheet.entries < lines.length ? html`<p><em>${words.older(lines.length - sheet.entries)}</em></p>` : nothing}
    <p class="sheet-foot">${words.printed(session.user?.name ?? "", exactMoment(new Date(now_ms()).toISOString()))}</p>
  </section>`;
}
