// The line's figures as a table: fifty figures are too many for a screen, so they are shown by what they are about.
import { locale } from "#words/common.js";
import { boardWords } from "#words/board.js";
import type { Sheet } from "./sheet.js";
import type { Definition, Figure, Waits } from "./types.js";

const words = boardWords.callsReport;
export type CallsStep = "half_hour" | "day" | "whole";

export type CallsGroup = keyof typeof words.groups;
const shown_first = ["offered", "answered", "abandoned", "abandoned_short", "overflowed", "turned_away", "answer_rate", "service_level_net", "wait_average", "wait_p90", "handling_average", "occupancy", "people_served"];
// By the code's beginning; what belongs nowhere else is of calls.
const beginnings: Readonly<Record<Exclude<CallsGroup, "first" | "fates">, RegExp>> = {
  waits: /^(answer_rate|abandonment_rate|service_level|wait_|patience_)/,
  work: /^(handling_|wrap_up_|occupancy)/,
  callbacks: /^(callbacks_|outgoing)/,
};
export const groups = Object.keys(words.groups) as CallsGroup[];

export function ofGroup(definitions: readonly Definition[], group: CallsGroup): readonly Definition[] {
  if (group === "first") return shown_first.flatMap((code) => definitions.find((each) => each.code === code) ?? []);
  if (group === "fates") return definitions.filter(({ code }) => !Object.values(beginnings).some((beginning) => beginning.test(code)));
  return definitions.filter(({ code }) => beginnings[group].test(code));
}

// Nobody called or was called, and no post was there: the service was closed.
function nothingIn(figures: readonly Figure[], definitions: readonly Definition[]): boolean {
  const counts = new Set(definitions.filter(({ unit }) => unit === "count").map(({ code }) => code));
  return figures.every(({ code, value }) => !value || !counts.has(code)) && (figures.find(({ code }) => code === "occupancy")?.value ?? null) === null;
}

const day_form = new Intl.DateTimeFormat(locale, { weekday: "short", day: "numeric", month: "short", year: "numeric" });
const time_form = new Intl.DateTimeFormat(locale, { hour: "2-digit", minute: "2-digit" });

// Figures of this moment stand beside those of a period that goes on: a report has none of them.
export function callsSheet({ rows, definitions }: Waits, step: CallsStep, from: string, to: string): Sheet {
  const codes = new Set(rows.flatMap(({ figures }) => figures.map(({ code }) => code)).filter((code) => !code.endsWith("_now")));
  const known = definitions.filter(({ code }) => codes.has(code));
  const period = (row: Waits["rows"][number]): string => {
    const [begin, end] = [new Date(row.from), new Date(row.to)];
    if (step === "half_hour") return `${time_form.format(begin)} – ${time_form.format(end)}`;
    return step === "day" ? day_form.format(begin) : boardWords.reports.until(day_form.format(begin), day_form.format(new Date(end.getTime() - 1)));
  };
  return {
    title: words.title,
    file: words.file(from, to),
    shown: [boardWords.reports.period],
    filed: [boardWords.reports.from, boardWords.reports.to],
    rows: rows.map((row) => ({
      shown: [period(row)],
      again: false,
      quiet: nothingIn(row.figures, known),
      filed: [row.from, row.to],
      values: known.map(({ code }) => row.figures.find((figure) => figure.code === code)?.value ?? null),
    })),
    definitions: known,
  };
}
