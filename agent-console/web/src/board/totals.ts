// The sums over all bannettes that one sees, what each figure means, and programs that lag behind.
import { html, nothing } from "lit";
import type { TemplateResult } from "lit";
import { commonWords } from "#words/common.js";
import { boardWords } from "#words/board.js";
import { ago } from "../parts/badges.js";
import { definitions, meaning } from "../parts/definitions.js";
import type { Count } from "../types.js";
import type { Facts } from "./facts.js";
import { tile } from "./figures.js";
import { columns, isAlone } from "./trays_table.js";

type Total = "danger" | "unacknowledged" | "unattended" | "late" | "waiting" | "unread" | "reserved" | "inProgress" | "taken";

export function totalsView(facts: Facts): TemplateResult {
  const sum = (pick: (count: Count) => number): number => facts.counts.reduce((total, count) => total + pick(count), 0);
  const shown = (value: number): number | string => (facts.at ? value : commonWords.none); // not known is not zero
  const oldest = facts.counts.map((count) => count.oldest_waiting).filter((at) => at !== null).sort()[0];
  const { board } = commonWords;
  const number = (name: Total, pick: (count: Count) => number, mark = ""): TemplateResult => {
    const value = sum(pick);
    return tile(board[name], shown(value), board.define[name], value > 0 ? mark : "");
  };
  return html`<section aria-labelledby="totals-title">
    <h2 id="totals-title" class="visually-hidden">${board.totals}</h2>
    <dl class="tiles">
      ${number("danger", ({ danger }) => danger, "alarm")} ${number("unacknowledged", ({ unacknowledged }) => unacknowledged, "alarm")}
      ${number("unattended", (count) => Number(isAlone(count)), "alarm")} ${number("late", ({ late }) => late, "warn")}
      ${number("waiting", ({ waiting }) => waiting)} ${number("unread", ({ unread }) => unread)} ${tile(board.oldest, oldest ? ago(oldest) : commonWords.none, board.define.oldest)}
      ${number("reserved", ({ reserved }) => reserved)} ${number("inProgress", ({ in_progress }) => in_progress)} ${number("taken", ({ taken }) => taken)}
    </dl>
  </section>`;
}

export function slowView({ slow }: Facts): TemplateResult | typeof nothing {
  if (slow.length === 0) return nothing;
  return html`<section class="slow" aria-labelledby="slow-title">
    <h2 id="slow-title">${commonWords.board.slow}</h2>
    <p class="quiet">${commonWords.board.slowText}</p>
    <ul class="found">
      ${slow.map(
        (one) => html`<li class="found-item header-line">
          <span class="grow"><strong>${one.principal}</strong> <span class="quiet">${one.program}</span></span>
          <span>${commonWords.board.missed(one.missed)} <span class="quiet">${commonWords.board.since} ${ago(one.since)}</span></span>
        </li>`,
      )}
    </ul>
  </section>`;
}

export function definitionsView(): TemplateResult | typeof nothing {
  const { board } = commonWords;
  const { define } = board;
  const totals: [string, string][] = [
    [board.unacknowledged, define.unacknowledged],
    [board.unattended, define.unattended],
    [board.restrictedUnattended, define.restrictedUnattended],
    [board.taken, define.taken],
    [boardWords.curves.title, boardWords.curves.define],
  ];
  const pairs = [...columns.map(({ label, define }): [string, string] => [label, define]), ...totals];
  return definitions(pairs.map(([term, text]) => meaning(term, text, 1)));
}
