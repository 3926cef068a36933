// The bannettes, the most worrying first.
import { html, nothing } from "lit";
import type { TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { duration } from "../clock.js";
import { commonWords, locale } from "#words/common.js";
import { boardWords } from "#words/board.js";
import { ago, dangerMark } from "../parts/badges.js";
import type { Count } from "../types.js";

// Nobody is there, or nobody who may read what waits.
export const isAlone = ({ unattended, restricted_unattended }: Count): boolean => unattended || restricted_unattended;

export function aloneBadge(count: Count): TemplateResult | typeof nothing {
  const { board } = commonWords;
  if (!isAlone(count)) return nothing;
  const [mark, define] = count.unattended ? [board.unattendedMark, board.define.unattended] : [board.restrictedUnattendedMark, board.define.restrictedUnattended];
  return html` <span class="badge unattended" title=${define}>${mark}</span>`;
}

// Danger before lateness before age: what cannot wait comes first.
export function worstFirst(a: Count, b: Count): number {
  return (
    b.unacknowledged - a.unacknowledged ||
    b.danger - a.danger ||
    Number(isAlone(b)) - Number(isAlone(a)) ||
    b.late - a.late ||
    (a.oldest_waiting ?? "9").localeCompare(b.oldest_waiting ?? "9") ||
    b.waiting - a.waiting ||
    b.reserved + b.in_progress - a.reserved - a.in_progress ||
    a.label.localeCompare(b.label, locale)
  );
}

const isQuiet = (count: Count): boolean => count.waiting + count.reserved + count.in_progress + count.on_hold + count.offered === 0;
const wait = (seconds: number | null): string => (seconds === null ? commonWords.none : duration(seconds));
const percent = (share: number | null | undefined): string => (share === null || share === undefined ? commonWords.none : `${Math.round(share * 100)} %`);

export interface TraysView {
  counts: readonly Count[];
  shares: ReadonlyMap<string, number | null>; // within the deadline, 0 to 1
  known: boolean;
  quiet: boolean; // also those where nothing is
  chosen: string;
  choose: (bannette: string) => void;
  toggle: (event: Event) => void;
}

interface Column {
  label: string;
  define: string;
  value: (count: Count, view: TraysView) => unknown;
  mark?: (count: Count) => string;
}
const number = (key: "waiting" | "reserved" | "in_progress" | "on_hold" | "offered" | "starved" | "late" | "unread", label: string, define: string, mark = ""): Column => ({
  label,
  define,
  value: (count) => count[key],
  mark: (count) => (count[key] === 0 ? "zero" : mark),
});
const { board } = commonWords;
export const columns: readonly Column[] = [
  { label: board.danger, define: `${board.define.danger} ${board.define.unacknowledged}`, value: dangers, mark: (count) => (count.danger + count.unacknowledged > 0 ? "alarm" : "zero") },
  number("late", board.late, board.define.late, "warn"),
  number("waiting", board.waiting, board.define.waiting),
  number("unread", board.unread, board.define.unread),
  { label: board.oldest, define: board.define.oldest, value: ({ oldest_waiting }) => (oldest_waiting ? ago(oldest_waiting) : commonWords.none) },
  { label: boardWords.tray.breach, define: boardWords.tray.define.breach, value: ({ next_deadline }) => (next_deadline ? html`<bn-time class="left" at=${next_deadline} mode="left"></bn-time>` : commonWords.none) },
  { label: boardWords.tray.share, define: boardWords.tray.define.share, value: ({ bannette }, { shares }) => percent(shares.get(bannette)) },
  { label: board.median, define: board.define.median, value: ({ wait_median_s }) => wait(wait_median_s) },
  number("starved", boardWords.tray.starved, boardWords.tray.define.starved, "warn"),
  number("reserved", board.reserved, board.define.reserved),
  number("in_progress", board.inProgress, board.define.inProgress),
  number("on_hold", board.onHold, board.define.onHold),
  number("offered", board.offered, board.define.offered),
];

// Those in danger that somebody has taken in hand are not counted here any more, but may still climb.
function dangers(count: Count): unknown {
  if (count.danger + count.unacknowledged === 0) return 0;
  const open = count.unacknowledged > 0 ? html`<span class="under">${commonWords.board.notAcknowledged(count.unacknowledged)}</span>` : nothing;
  return html`${dangerMark} ${count.danger} ${open}`;
}

export function traysTable(view: TraysView): TemplateResult {
  const sorted = [...view.counts].sort(worstFirst);
  const quiet = sorted.filter(isQuiet).length;
  const shown = view.quiet ? sorted : sorted.filter((count) => !isQuiet(count) || count.bannette === view.chosen);
  return html`<section aria-labelledby="table-title">
    <h2 id="table-title">${commonWords.board.table}</h2>
    ${shown.length === 0
      ? html`<p class="quiet empty">${view.known ? commonWords.board.allQuiet : commonWords.loading}</p>`
      : html`<table class="figures trays" role="table" aria-labelledby="table-title">
          <thead role="rowgroup">
            <tr role="row">
              <th role="columnheader" scope="col">${commonWords.board.bannette}</th>
              ${columns.map(({ label, define }) => html`<th role="columnheader" scope="col" class="n" title=${define}>${label}</th>`)}
            </tr>
          </thead>
          <tbody role="rowgroup">${repeat(shown, ({ bannette }) => bannette, (count) => row(count, view))}</tbody>
        </table>`}
    ${quiet > 0 ? html`<label class="check"><input type="checkbox" .checked=${view.quiet} @change=${view.toggle} /> ${commonWords.board.quiet(quiet)}</label>` : nothing}
  </section>`;
}

function row(count: Count, view: TraysView): TemplateResult {
  const open = count.bannette === view.chosen;
  return html`<tr role="row" class=${open ? "is-open" : ""}>
    <th role="rowheader" scope="row">
      <button type="button" class="row-button" aria-expanded=${open ? "true" : "false"} title=${commonWords.board.open(count.label)} @click=${() => view.choose(count.bannette)}>${count.label}</button>
      ${aloneBadge(count)}
    </th>
    ${columns.map(({ label, value, mark }) => html`<td role="cell" class="n ${mark?.(count) ?? ""}"><span class="cell-label" aria-hidden="true">${label}</span>${value(count, view)}</td>`)}
  </tr>`;
}
