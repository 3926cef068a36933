// What of a bannette is shown: a filter is a few codes, and never holds personal data.
import { isOpen } from "./rights.js";
import type { Header } from "./types.js";

export type Standing = "" | "waiting" | "mine" | "others" | "on_hold" | "late" | "danger";
export interface Filter {
  bannette: string;
  urgency: string;
  topic: string;
  insee: string;
  standing: Standing;
}
export type FilterField = keyof Filter;
export const everything: Filter = { bannette: "", urgency: "", topic: "", insee: "", standing: "" };
export const standings: readonly Exclude<Standing, "">[] = ["waiting", "mine", "others", "on_hold", "late", "danger"];

function stands(header: Header, standing: Standing, people: readonly string[], now_ms: number): boolean {
  switch (standing) {
    case "":
      return true;
    case "waiting":
    case "on_hold":
      return header.state === standing;
    case "mine":
      return people.includes(header.holder);
    case "others":
      return header.holder !== "" && !people.includes(header.holder);
    case "late":
      return header.deadline_state === "breached" || (isLate(header, now_ms) && isOpen(header));
    case "danger":
      return header.danger;
  }
}

// Past its deadline while nobody has taken it in hand.
export function isLate(header: Header, now_ms: number): boolean {
  return (header.state === "waiting" || header.state === "reserved") && header.deadline !== null && Date.parse(header.deadline) < now_ms;
}

export function passes(header: Header, filter: Filter, people: readonly string[], now_ms: number): boolean {
  return (
    (!filter.bannette || header.bannette === filter.bannette) &&
    (!filter.urgency || header.urgency === filter.urgency) &&
    (!filter.topic || header.topic === filter.topic) &&
    (!filter.insee || header.insee === filter.insee) &&
    stands(header, filter.standing, people, now_ms)
  );
}

const fields = Object.keys(everything) as FilterField[];
export const isEverything = (filter: Filter): boolean => fields.every((field) => filter[field] === "");
export const same = (a: Filter, b: Filter): boolean => fields.every((field) => a[field] === b[field]);

// What was kept of a filter, as far as it is one: an older or a damaged text gives what can be read of it.
export function filterFrom(kept: unknown): Filter {
  const filter = { ...everything };
  if (typeof kept !== "object" || kept === null) return filter;
  for (const field of fields) {
    const value: unknown = (kept as Record<string, unknown>)[field];
    if (typeof value !== "string" || value.length > 96) continue;
    if (field === "standing") filter.standing = standings.find((each) => each === value) ?? "";
    else filter[field] = value;
  }
  return filter;
}
