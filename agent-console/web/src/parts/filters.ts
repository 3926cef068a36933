// What of the list is shown. The choices are what is in the list, with how many; of what is over, which no page holds, all topics, and the communes
// that were met.
import { html, nothing } from "lit";
import type { TemplateResult } from "lit";
import { live as liveValue } from "lit/directives/live.js";
import { everything, isEverything, passes, standings } from "../filter.js";
import type { Filter, FilterField } from "../filter.js";
import { commonWords, locale } from "#words/common.js";
import { unitWords } from "#words/unit.js";
import { session } from "../session.js";
import type { Header } from "../types.js";
import { shortLabel } from "./acts.js";

export interface FilterView {
  filter: Filter;
  list: readonly Header[]; // before the filter
  bannettes: readonly string[]; // all of mine
  over: ReadonlyMap<string, string> | undefined; // the list is of what is over: communes by code
  text: string;
  people: readonly string[];
  now_ms: number;
  choose: (filter: Filter) => void;
  search: (text: string) => void;
  found: () => void; // Enter in the search field
  views: unknown; // the saved ones
  cleared: () => void; // the button that was pressed is gone
}

const words = unitWords.filter;

export function filterBar(view: FilterView): TemplateResult {
  const { filter, list, over } = view;
  const single = (session.user?.units.length ?? 0) < 2;
  const label: Record<FilterField, (code: string) => string> = {
    bannette: (code) => (single ? shortLabel(code, session.bannette(code)) : session.bannette(code)),
    urgency: (code) => commonWords.urgency(code),
    topic: (code) => session.topic(code),
    insee: (code) => list.find((header) => header.insee === code)?.commune || over?.get(code) || code,
    standing: (code) => (words.standings as Record<string, string>)[code] ?? code,
  };
  const all = (field: FilterField): string => (field === "topic" ? words.allTopics : words.all);
  const pick = (field: FilterField, codes: readonly string[]): TemplateResult => {
    // Counted over what the other fields leave.
    const rest = { ...filter, [field]: "" };
    const count = (code: string): string => (over ? "" : ` (${list.filter((header) => passes(header, { ...rest, [field]: code }, view.people, view.now_ms)).length})`);
    const known = filter[field] && !codes.includes(filter[field]) ? [...codes, filter[field]] : codes;
    const change = (event: Event): void => view.choose({ ...filter, [field]: (event.target as HTMLSelectElement).value });
    return html`<div class="filter ${filter[field] ? "is-set" : ""}">
      <label for="filter-${field}">${words[field]}</label>
      <select id="filter-${field}" @change=${change}>
        <option value="" .selected=${liveValue(filter[field] === "")}>${all(field)}</option>
        ${known.map((code) => html`<option value=${code} .selected=${liveValue(filter[field] === code)}>${label[field](code)}${count(code)}</option>`)}
      </select>
    </div>`;
  };
  const choices = { topic: session.catalogue.topics.map(({ code }) => code), insee: [...(over?.keys() ?? [])] };
  const distinct = (field: "topic" | "insee"): string[] =>
    [...new Set(over ? choices[field] : list.map((header) => header[field]))].filter((code) => code !== "").sort((a, b) => label[field](a).localeCompare(label[field](b), locale));
  const keys = (event: KeyboardEvent): void => {
    if (event.key !== "Enter" || event.ctrlKey) return;
    event.preventDefault();
    view.found();
  };
  return html`<div class="filters" role="search" aria-label=${words.title}>
    <div class="filter search">
      <label for="filter-text">${words.search} <kbd>F3</kbd></label>
      <input id="filter-text" type="search" maxlength="60" spellcheck="false" autocomplete="off" placeholder=${words.searchHint} .value=${liveValue(view.text)}
        @input=${(event: Event) => view.search((event.target as HTMLInputElement).value)} @keydown=${keys} />
    </div>
    ${view.bannettes.length > 1 ? pick("bannette", view.bannettes) : nothing} ${pick("standing", standings)} ${pick("urgency", Object.keys(commonWords.urgencies))}
    ${pick("topic", distinct("topic"))} ${pick("insee", distinct("insee"))} ${view.views}
    ${isEverything(filter) && view.text === "" ? nothing : html`<button type="button" class="button plain" @click=${() => {
          view.search("");
          view.choose(everything);
          view.cleared();
        }}>${words.clear}</button>`}
  </div>`;
}

// The words that a search looks through.
export function mentions(header: Header, text: string): boolean {
  const wanted = fold(text);
  if (wanted === "") return true;
  const parts = [header.reference, header.reference.replace("-", ""), session.topicOf(header), header.commune, header.holder, session.bannette(header.bannette)];
  return wanted.split(/\s+/).every((word) => parts.some((part) => fold(part).includes(word)));
}

const fold = (text: string): string => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().trim();
