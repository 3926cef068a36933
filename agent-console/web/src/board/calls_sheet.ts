// The line's figures as a table.
import { frBoard } from "../fr/board.js";
import type { Sheet } from "./sheet.js";
import type { Waits } from "./types.js";

const words = frBoard.callsReport;
export type CallsStep = "half_hour" | "day" | "whole";

const day_form = new Intl.DateTimeFormat("fr-FR", { weekday: "short", day: "numeric", month: "short", year: "numeric" });
const time_form = new Intl.DateTimeFormat("fr-FR", { hour: "2-digit", minute: "2-digit" });

// Figures of this moment stand beside those of a period that goes on: a report has none of them.
export function callsSheet({ rows, definitions }: Waits, step: CallsStep, from: string, to: string): Sheet {
  const codes = new Set(rows.flatMap(({ figures }) => figures.map(({ code }) => code)).filter((code) => !code.endsWith("_now")));
  const known = definitions.filter(({ code }) => codes.has(code));
  const period = (row: Waits["rows"][number]): string => {
    const [begin, end] = [new Date(row.from), new Date(row.to)];
    if (step === "half_hour") return `${time_form.format(begin)} – ${time_form.format(end)}`;
    return step === "day" ? day_form.format(begin) : frBoard.reports.until(day_form.format(begin), day_form.format(new Date(end.getTime() - 1)));
  };
  return {
    title: words.title,
    file: words.file(from, to),
    shown: [frBoard.reports.period],
    filed: [frBoard.reports.from, frBoard.reports.to],
    rows: rows.map((row) => ({
      shown: [period(row)],
      again: false,
      filed: [row.from, row.to],
      values: known.map(({ code }) => row.figures.find((figure) => figure.code === code)?.value ?? null),
    })),
    definitions: known,
  };
}
