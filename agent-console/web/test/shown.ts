// What a template would say, without a browser: its marks with their values filled in, as one text.
import { nothing } from "lit";

const isTemplate = (value: object): value is { strings: readonly string[]; values: readonly unknown[] } => "strings" in value && "values" in value;
// Lit's repeat(items, key, template).
const isRepeat = (value: object): value is { values: [Iterable<unknown>, unknown, (item: unknown, index: number) => unknown] } => "_$litDirective$" in value;

export function markup(value: unknown): string {
  if (value === nothing || value === null || value === undefined || typeof value === "function") return "";
  if (typeof value !== "object") return String(value);
  if (Array.isArray(value)) return value.map(markup).join("");
  if (isRepeat(value)) return [...value.values[0]].map((item, index) => markup(value.values[2](item, index))).join("");
  if (isTemplate(value)) return value.strings.map((text, index) => text + markup(value.values[index])).join("");
  throw new TypeError(`no text of ${JSON.stringify(value)}`);
}

// The words alone; a <bn-time> stands as its time.
export const words = (value: unknown): string =>
  markup(value).replace(/<bn-time[^>]*?at=(\S+?)[\s>][^<]*/g, " $1 <").replace(/<[^>]*>/g, " ").replace(/\s+/g, " ").trim();

// The cells of each row, or the tiles as [label, figure].
const each = (text: string, tag: RegExp): string[] => [...text.matchAll(tag)].map(([, inner]) => words(inner ?? ""));
export const rows = (value: unknown): string[][] =>
  [...markup(value).matchAll(/<tr[^>]*>([^]*?)<\/tr>/g)].map(([, row]) => each((row ?? "").replace(/<span class="cell-label"[^>]*>[^<]*<\/span>/g, ""), /<t[hd][^>]*>([^]*?)<\/t[hd]>/g));
export const tiles = (value: unknown): Record<string, string> =>
  Object.fromEntries([...markup(value).replace(/<details[^]*?<\/details>/g, "").matchAll(/<dt>([^]*?)<\/dt><dd>([^]*?)<\/dd>/g)].map(([, label, figure]) => [words(label), words(figure)]));
