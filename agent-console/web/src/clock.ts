// The server's time as far as the browser can tell, and times as people read them. Ages must not depend on a
// shared PC's wrong clock, so each answer that bears a time sets the difference.
import { commonWords, locale } from "#words/common.js";

let ahead_ms = 0;
let exact = false; // known to the millisecond, from a live message

export function heardServerTime(iso: string): void {
  const time = Date.parse(iso);
  if (Number.isNaN(time)) return;
  ahead_ms = time - Date.now();
  exact = true;
}

// A Date header tells whole seconds: good enough to correct a clock that is plainly wrong.
export function heardServerDate(header: string | null): void {
  const time = header === null ? NaN : Date.parse(header);
  if (exact || Number.isNaN(time)) return;
  const difference = time - Date.now();
  ahead_ms = Math.abs(difference) > 2_000 ? difference : 0;
}

export function now_ms(): number {
  return Date.now() + ahead_ms;
}

// "42 s", "7 min", "1 h 05", "2 j 4 h". Never negative.
export function duration(seconds: number): string {
  const s = Math.max(0, Math.floor(seconds));
  if (s < 60) return commonWords.time.seconds(s);
  const minutes = Math.floor(s / 60);
  if (minutes < 60) return commonWords.time.minutes(minutes);
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return commonWords.time.hours(hours, minutes % 60);
  return commonWords.time.days(Math.floor(hours / 24), hours % 24);
}

const day_form = new Intl.DateTimeFormat(locale, { day: "numeric", month: "short" });
const time_form = new Intl.DateTimeFormat(locale, { hour: "2-digit", minute: "2-digit" });
const exact_form = new Intl.DateTimeFormat(locale, { dateStyle: "full", timeStyle: "medium" });

// "14:05" today, "23 nov. 14:05" another day.
export function moment(iso: string): string {
  const date = new Date(iso);
  const time = time_form.format(date);
  return date.toDateString() === new Date(now_ms()).toDateString() ? time : `${day_form.format(date)} ${time}`;
}

const paper_form = new Intl.DateTimeFormat(locale, { day: "numeric", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit" });

// "23 nov. 2026, 14:05": paper is read on another day.
export function paperMoment(iso: string): string {
  return paper_form.format(new Date(iso));
}

export function exactMoment(iso: string): string {
  return exact_form.format(new Date(iso));
}
