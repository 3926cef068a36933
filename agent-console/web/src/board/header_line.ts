// One dossier of a bannette as a supervisor sees it, without its content.
import { html, nothing } from "lit";
import type { TemplateResult } from "lit";
import { commonWords } from "#words/common.js";
import { ago, climbBadge, dangerBadge, due, stateBadge, urgencyBadge } from "../parts/badges.js";
import { session } from "../session.js";
import type { Header } from "../types.js";
import { lookButton } from "./look.js";

export function headerLine(header: Header): TemplateResult {
  return html`<li class="found-item header-line">
    <span class="marks">${urgencyBadge(header.urgency)} ${dangerBadge(header.danger)} ${climbBadge(header)}</span>
    <span class="grow"><strong class="reference">${header.reference}</strong> ${session.topicOf(header)} <span class="quiet">${header.commune}</span></span>
    <span>${due(header)} <span class="quiet">${commonWords.agent.age} ${ago(header.arrived)}</span></span>
    <span>${stateBadge(header.state)} ${header.holder ? commonWords.agent.by(header.holder) : nothing}</span>
    ${lookButton(header)}
  </li>`;
}
