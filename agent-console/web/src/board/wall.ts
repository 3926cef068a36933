// The board on a wall: few figures, readable at three metres, and nothing about a person: no name, no reference, no number.
import { html, nothing } from "lit";
import type { TemplateResult } from "lit";
import { commonWords, key, locale } from "#words/common.js";
import { boardWords } from "#words/board.js";
import { ago } from "../parts/badges.js";
import { definitions, meaning } from "../parts/definitions.js";
import type { Count } from "../types.js";
import type { Facts } from "./facts.js";
import { defined, lineSums } from "./line.js";
import { aloneBadge, isAlone, worstFirst } from "./trays_table.js";

const words = boardWords.wall;
const rows_most = 4; // with the figures above, the height of a screen
const hour = new Intl.DateTimeFormat(locale, { hour: "2-digit", minute: "2-digit" });

const worrying = (count: Count): boolean => count.unacknowledged + count.danger + count.late + count.starved > 0 || isAlone(count);

export function wallView(facts: Facts, stale: boolean, close: () => void): TemplateResult {
  const sum = (pick: (count: Count) => number): number => facts.counts.reduce((total, count) => total + pick(count), 0);
  const oldest = facts.counts.map(({ oldest_waiting }) => oldest_waiting).filter((at) => at !== null).sort()[0];
  const known = facts.at !== "";
  const big = (label: string, value: unknown, mark = ""): TemplateResult => html`<div class="big ${mark}"><dt>${label}</dt><dd>${known ? value : commonWords.none}</dd></div>`;
  const alarm = (n: number, mark: string): string => (n > 0 ? mark : "");
  const open = sum(({ unacknowledged }) => unacknowledged);
  const late = sum(({ late }) => late);
  const alone = sum((count) => Number(isAlone(count)));
  return html`<div class="wall ${stale ? "stale" : ""}">
    <div class="wall-head">
      <h1>${words.title}</h1>
      <p class="wall-clock" aria-live="off">${stale ? html`<strong>${words.stale}</strong> ` : nothing}${known ? html`${words.at} ${hour.format(new Date(facts.at))}` : commonWords.loading}</p>
      <button type="button" class="button" @click=${close}>${words.close} <kbd>${key.escape}</kbd></button>
    </div>
    <dl class="bigs">
      ${callers(facts, big)}
      ${big(commonWords.board.unacknowledged, open, alarm(open, "alarm"))} ${big(commonWords.board.late, late, alarm(late, "warn"))}
      ${big(commonWords.board.waiting, sum(({ waiting }) => waiting))} ${big(commonWords.board.oldest, oldest ? ago(oldest) : commonWords.none)} ${big(commonWords.board.unattended, alone, alarm(alone, "alarm"))}
    </dl>
    ${worst(facts.counts)} ${meanings(facts)}
  </div>`;
}

// For whoever stands before the keyboard: a figure that is not explained is argued about.
function meanings({ calls, waits }: Facts): TemplateResult | typeof nothing {
  const { board } = commonWords;
  const { define } = board;
  const { short } = words;
  const { line } = boardWords;
  const text = (code: string): string => defined(waits, code)?.text ?? "";
  const ofLine = calls?.telephony && waits
    ? [meaning(line.callers, text("waiting_now")), meaning(line.longest, text("longest_wait_now")), meaning(line.free, words.define.posts(text("posts_free_now")))]
    : [];
  return definitions([
    ...ofLine,
    meaning(board.unacknowledged, define.unacknowledged),
    { terms: [board.late, short.late], text: define.late },
    { terms: [board.waiting, short.waiting], text: define.waiting },
    { terms: [board.oldest, short.oldest], text: define.oldest },
    meaning(board.unattended, define.unattended),
    meaning(short.danger, words.define.danger),
  ]);
}

function callers({ calls }: Facts, big: (label: string, value: unknown, mark?: string) => TemplateResult): TemplateResult | typeof nothing {
  if (!calls?.telephony) return nothing;
  const { callers: waiting, oldest, free, present } = lineSums(calls);
  return html`${big(boardWords.line.callers, waiting, waiting > 0 ? "busy" : "")} ${big(boardWords.line.longest, oldest ? ago(oldest) : commonWords.none)}
    ${big(boardWords.line.free, words.posts(free, present), free === 0 && waiting > 0 ? "warn" : "")}`;
}

function worst(counts: readonly Count[]): TemplateResult {
  const { short } = words;
  const all = counts.filter(worrying).sort(worstFirst);
  return html`<section aria-labelledby="wall-worst">
    <h2 id="wall-worst" class=${all.length > 0 ? "visually-hidden" : ""}>${words.worst}</h2>
    ${all.length === 0
      ? html`<p class="wall-calm">${words.calm}</p>`
      : html`<table class="wall-table">
          <thead><tr><th scope="col">${words.worst}</th><th scope="col">${short.danger}</th><th scope="col">${short.late}</th><th scope="col">${short.waiting}</th><th scope="col">${short.oldest}</th></tr></thead>
          <tbody>${all.slice(0, rows_most).map((count) => html`<tr>
            <th scope="row">${count.label}${aloneBadge(count)}</th>
            <td class=${count.danger + count.unacknowledged > 0 ? "alarm" : "zero"}>${Math.max(count.danger, count.unacknowledged)}</td>
            <td class=${count.late > 0 ? "warn" : "zero"}>${count.late}</td><td>${count.waiting}</td><td>${count.oldest_waiting ? ago(count.oldest_waiting) : commonWords.none}</td>
          </tr>`)}</tbody>
        </table>`}
    ${all.length > rows_most ? html`<p class="wall-more">${words.more(all.length - rows_most)}</p>` : nothing}
  </section>`;
}
