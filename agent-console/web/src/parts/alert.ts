// Dangers that nobody has acknowledged stand above everything else, the oldest first, until somebody does.
import { html, nothing } from "lit";
import type { TemplateResult } from "lit";
import { unitWords } from "#words/unit.js";
import { session } from "../session.js";
import type { Header } from "../types.js";
import { ago, dangerMark } from "./badges.js";

const most = 3;

// `counted`: in all, also those that the list cannot hold.
export function alertStrip(dangers: readonly Header[], counted: number, open: (id: string) => void): TemplateResult | typeof nothing {
  if (dangers.length === 0) return nothing;
  const all = Math.max(dangers.length, counted);
  const oldest = [...dangers].sort((a, b) => a.arrived.localeCompare(b.arrived));
  return html`<section class="alert-strip" aria-labelledby="alert-title">
    <h2 id="alert-title">${dangerMark} ${unitWords.alert.title(all)}</h2>
    <ul>
      ${oldest.slice(0, most).map((header) => html`<li>
          <button type="button" class="button" @click=${() => open(header.id)}>${unitWords.alert.open(header.reference)}</button>
          <span>${session.topicOf(header)}${header.commune ? `, ${header.commune}` : ""}</span> <span>${unitWords.alert.since} ${ago(header.arrived)}</span>
        </li>`)}
      ${all > most ? html`<li>${unitWords.alert.more(all - Math.min(most, oldest.length))}</li>` : nothing}
    </ul>
  </section>`;
}
