// Small pieces of the operator's screen: tools, the topics of a call, what became of keeping and sending.
import { locale } from "#words/common.js";
import { html, nothing } from "lit";
import type { TemplateResult } from "lit";
import type { Problem } from "../api.js";
import type { Phase } from "../course.js";
import type { Draft } from "../draft.js";
import { operatorWords as words } from "#words/operator.js";
import type { Keeping } from "../keeping.js";
import { session } from "../session.js";
import { explain } from "../view.js";
import { confirm } from "./confirm.js";
import type { Sent } from "./receipt.js";

type Tool = Exclude<keyof typeof words.tools, "label">;
const tools: [string, Tool, string][] = [
  ["F8", "danger", "alarm"],
  ["F7", "topic", ""],
  ["F6", "qualify", ""],
  ["F4", "search", ""],
  ["F3", "callbacks", ""],
  ["F10", "drafts", ""],
  ["F2", "fresh", ""],
  ["F1", "help", "plain"],
];

// `next`: what the key of the next call does now. `counts`: how many there are of what a tool opens. A tool without an act has no place here.
export function toolbar(acts: Record<string, () => void>, next: string, counts: Partial<Record<Tool, number>>): TemplateResult {
  return html`<div class="tools" role="group" aria-label=${words.tools.label}>
    ${tools.filter(([key]) => acts[key]).map(([key, name, kind]) => html`<button type="button" class="button ${kind}" @click=${acts[key]}>
        ${name === "fresh" ? next : words.tools[name]} ${counts[name] ? html`<span class="count">${counts[name]}</span>` : nothing} <kbd>${key}</kbd>
      </button>`)}
  </div>`;
}

export function partTabs(draft: Draft): TemplateResult | typeof nothing {
  if (draft.parts.length < 2) return nothing;
  return html`<div class="chips parts" role="group" aria-label=${words.parts.label}>
    ${draft.parts.map((part, index) => {
      const topic = part.topic ? session.topic(part.topic) : "";
      return html`<button type="button" class="button chip" aria-pressed=${index === draft.shown ? "true" : "false"} @click=${() => draft.show(index)}>
        ${words.parts.part(index + 1, topic)} ${part.sent ? html`<span class="quiet">${words.parts.sent(part.sent.reference)}</span>` : nothing}
      </button>`;
    })}
    ${draft.part.sent ? nothing : html`<button type="button" class="button plain" @click=${() => draft.dropPart(draft.shown)}>${words.parts.drop}</button>`}
  </div>`;
}

// Before typed text is thrown away.
export const confirmAbandon = (text: string): Promise<boolean> =>
  confirm({ title: words.abandonTitle, text, yes: words.abandon, no: words.keep });

const clock = new Intl.DateTimeFormat(locale, { timeStyle: "medium" });

export function keptLine(keeping: Keeping): TemplateResult {
  const why = keeping.problem && keeping.problem.detail ? ` (${keeping.problem.detail})` : "";
  const text = keeping.late ? words.kept.late + why : keeping.unkept ? words.kept.soon : keeping.keptAt > 0 ? words.kept.at(clock.format(keeping.keptAt)) : words.kept.never;
  return html`<span class="kept small ${keeping.late ? "late" : "quiet"}">${text}</span>`;
}

interface Deciding {
  adopt: () => void;
  insist: () => void;
  fresh: () => void;
}

export function conflictNotice(keeping: Keeping, acts: Deciding): TemplateResult {
  const button = (label: string, act: () => void): TemplateResult => html`<button type="button" class="button" @click=${act}>${label}</button>`;
  const body = ((): TemplateResult | typeof nothing => {
    switch (keeping.conflict) {
      case "elsewhere":
        return html`<strong>${words.kept.elsewhere}</strong> ${keeping.conflictText} <div class="actions">${button(words.kept.adopt, acts.adopt)} ${button(words.kept.insist, acts.insist)}</div>`;
      case "taken":
        return html`<strong>${words.kept.taken(keeping.conflictText)}</strong> <div class="actions">${button(words.tools.fresh, acts.fresh)}</div>`;
      case "ended":
        return html`<strong>${words.kept.ended}</strong> <div class="actions">${button(words.tools.fresh, acts.fresh)}</div>`;
      default:
        return nothing;
    }
  })();
  return html`<div role="alert" class=${keeping.conflict ? "notice warn" : ""}>${body}</div>`;
}

export function failureNotice(phase: Phase, problem: Problem | undefined, placed: boolean): TemplateResult {
  if (phase === "unknown") {
    return html`<div class="notice warn" role="alert"><strong>${words.failure.unknown}</strong><p>${words.failure.unknownText}</p></div>`;
  }
  if (!problem) return html`<div role="alert"></div>`;
  if (problem.code === "key_reused") {
    return html`<div class="notice error" role="alert"><strong>${words.failure.already}</strong><p>${words.failure.alreadyText}</p></div>`;
  }
  return html`<div class="notice error" role="alert"><strong>${words.failure.refused}</strong><p>${placed ? words.failure.refusedField : explain(problem)}</p></div>`;
}

const recent_kept = 6;

// The last dossiers of this session, the newest first.
export function remembered(sent: readonly Sent[], before: readonly Sent[]): Sent[] {
  const dossiers = sent.filter((one) => one.part.outside === "");
  return [...dossiers, ...before.filter((other) => !dossiers.some((one) => one.key === other.key))].slice(0, recent_kept);
}

export function recentList(recent: readonly Sent[]): TemplateResult | typeof nothing {
  if (recent.length === 0) return nothing;
  return html`<section class="recent" aria-labelledby="recent-title">
    <h2 id="recent-title">${words.receipt.recent}</h2>
    <ul>
      ${recent.map(({ part, topic }) => html`<li>
          <strong class=${part.reference ? "reference" : nothing}>${part.reference || words.receipt.pending}</strong> <span>${session.bannette(part.bannette)}</span>
          <span class="quiet">${topic ? session.topic(topic) : ""}</span> <bn-time class="quiet" at=${part.at} mode="age"></bn-time>
        </li>`)}
    </ul>
  </section>`;
}
