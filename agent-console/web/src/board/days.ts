// Days of the PC, which are the site's: as a date field has them.
import { now_ms } from "../clock.js";

// "2026-11-24".
export function dayText(time_ms: number): string {
  const day = new Date(time_ms);
  const two = (n: number): string => String(n).padStart(2, "0");
  return `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`;
}

export function daysAgo(days: number): string {
  const day = new Date(now_ms());
  day.setDate(day.getDate() - days); // not by hours: two days of a year have 23 or 25 of them
  return dayText(day.getTime());
}

// Its first moment, or that of so many days later.
export function dayStart(day: string, later: number): string {
  const [year = 0, month = 1, date = 1] = day.split("-").map(Number);
  return new Date(year, month - 1, date + later).toISOString();
}
