// What an action asks for: one small form each, all made of the same fields. A reason is a code; "autre" needs words beside it.
import { key } from "#words/common.js";
import { html, nothing } from "lit";
import type { TemplateResult } from "lit";
import { live as liveValue } from "lit/directives/live.js";
import { repeat } from "lit/directives/repeat.js";
import { unitWords } from "#words/unit.js";
import type { Act } from "../rights.js";
import { session } from "../session.js";
import type { Header } from "../types.js";

export type Field = "outcome" | "why" | "until" | "to" | "person" | "into" | "text" | "note";
export interface FieldError {
  field: Field;
  text: string;
}
interface Spec {
  fields: readonly Field[];
  whys?: readonly string[];
}

const specs = {
  note: { fields: ["note"] },
  handle: { fields: ["outcome", "text"] },
  hold: { fields: ["why", "until", "text"], whys: ["awaiting_person", "awaiting_document", "awaiting_partner", "appointment_set", "absence", "other"] },
  propose: { fields: ["to", "why", "text"], whys: ["wrong_territory", "wrong_topic", "not_competent", "no_capacity", "safety", "other"] },
  "refuse-proposal": { fields: ["why", "text"], whys: ["not_competent", "wrong_territory", "wrong_topic", "incomplete", "no_capacity", "other"] },
  return: { fields: ["why", "text"], whys: ["incomplete", "wrong_territory", "wrong_topic", "not_competent", "other"] },
  copy: { fields: ["to"] },
  merge: { fields: ["into"] },
  reassign: { fields: ["person", "why", "text"], whys: ["absence", "no_capacity", "safety", "other"] },
  reopen: { fields: ["text"] },
  move: { fields: ["to", "why", "text"], whys: ["wrong_territory", "wrong_topic", "not_competent", "no_capacity", "absence", "safety", "other"] },
} as const satisfies Partial<Record<Act, Spec>>;
export type FormAct = keyof typeof specs;
const specOf = (act: FormAct): Spec => specs[act];

export const isForm = (act: Act): act is FormAct => act in specs;
export const firstField = (act: FormAct): Field => specOf(act).fields[0] ?? "text";
export const fieldId = (field: Field): string => `act-${field}`;

// Which field a refusal means: "why", "hold.until_ms", "to".
export function fieldOf(act: FormAct, named: string): Field | undefined {
  const last = named.split(".").at(-1)?.replace(/_ms$/, "") ?? "";
  const { fields } = specOf(act);
  if (last === "to" && fields.includes("person")) return "person";
  if (last === "text" && fields.includes("note")) return "note";
  return fields.find((field) => field === last);
}

const wireName = (field: Field): string => (field === "person" ? "to" : field === "note" ? "text" : field);

// The body of the request, or the first field that is not right.
export function readForm(form: HTMLFormElement, act: FormAct, now_ms: number): { body: Record<string, unknown> } | { error: FieldError } {
  const body: Record<string, unknown> = {};
  const { missing } = unitWords.act;
  for (const field of specOf(act).fields) {
    const input = form.elements.namedItem(field);
    const text = input instanceof HTMLInputElement || input instanceof HTMLSelectElement || input instanceof HTMLTextAreaElement ? input.value.trim() : "";
    const optional = field === "text" && body["why"] !== "other";
    if (text === "") {
      if (!optional) return { error: { field, text: missing[field] } };
      continue;
    }
    if (field === "until") {
      const time = Date.parse(text); // without a zone: the PC's, which is the site's
      if (Number.isNaN(time)) return { error: { field, text: missing.until } };
      if (time <= now_ms) return { error: { field, text: missing.past } };
      body[field] = new Date(time).toISOString();
    } else {
      body[wireName(field)] = text;
    }
  }
  return { body };
}

export interface FormView {
  act: FormAct;
  header: Header;
  people: readonly string[]; // to whom it may be given
  error: FieldError | undefined;
  text: string; // half-written: the note, or what is said beside a reason
  now_ms: number;
  typed: (text: string) => void;
  submit: (event: SubmitEvent) => void;
  cancel: (() => void) | undefined;
}

export function actForm(view: FormView): TemplateResult {
  const { act } = view;
  const more = unitWords.act.more[act];
  return html`<form class="act" data-act=${act} @submit=${view.submit} novalidate autocomplete="off" aria-labelledby="form-${act}">
    <h3 id="form-${act}">${unitWords.act.title[act]}${act === "note" ? html` <kbd>F4</kbd>` : nothing}</h3>
    ${more ? html`<p class="hint">${more}</p>` : nothing}
    <div class="act-fields">${specOf(act).fields.map((field) => fieldView(field, view))}</div>
    <div class="actions">
      <button class="button ${act === "note" ? "" : "primary"}" type="submit">${unitWords.act.send[act]} <kbd>${key.ctrlEnter}</kbd></button>
      ${view.cancel ? html`<button class="button plain" type="button" @click=${view.cancel}>${unitWords.act.cancel} <kbd>${key.escape}</kbd></button>` : nothing}
    </div>
  </form>`;
}

function fieldView(field: Field, view: FormView): TemplateResult {
  const id = fieldId(field);
  const wrong = view.error?.field === field;
  const optional = field === "text";
  return html`<div class="field field-${field}">
    <label for=${id}>${unitWords.act.field[field]}</label>
    ${optional ? html`<span class="hint">${unitWords.act.optional}</span>` : nothing}
    ${field === "into" ? html`<span class="hint" id="into-hint">${unitWords.act.intoHint}</span>` : nothing}
    ${input(field, id, wrong, view)}
    ${wrong ? html`<span class="field-error" id="${id}-error">${view.error?.text}</span>` : nothing}
    ${field === "until" ? presets(view.now_ms) : nothing}
  </div>`;
}

function input(field: Field, id: string, wrong: boolean, view: FormView): TemplateResult {
  const invalid = wrong ? "true" : nothing;
  const described = wrong ? `${id}-error` : nothing;
  const pick = (options: unknown): TemplateResult => html`<select id=${id} name=${field} aria-invalid=${invalid} aria-describedby=${described}>
    <option value="">${unitWords.act.choose}</option>${options}
  </select>`;
  const writing = (text: string): TemplateResult => html`<textarea id=${id} name=${field} rows="2" maxlength="4000" .value=${liveValue(text)} aria-invalid=${invalid}
    aria-describedby=${described} @input=${(event: Event) => view.typed((event.target as HTMLTextAreaElement).value)}></textarea>`;
  switch (field) {
    case "outcome":
      return pick(choices(session.catalogue.outcomes.map(({ code, label }) => [code, label])));
    case "why":
      return pick(choices((specOf(view.act).whys ?? []).map((code) => [code, session.why(code)])));
    case "to":
      return pick(repeat(destinations(view.header), ({ label }) => label, ({ label, names }) => html`<optgroup label=${label}>${choices(names)}</optgroup>`));
    case "person":
      return view.people.length > 0
        ? pick(choices(view.people.map((name) => [name, name])))
        : html`<input id=${id} name=${field} maxlength="64" spellcheck="false" aria-invalid=${invalid} aria-describedby=${described} />`;
    case "until":
      return html`<input id=${id} name=${field} type="datetime-local" .defaultValue=${localTime(view.now_ms, 1)} aria-invalid=${invalid} aria-describedby=${described} />`;
    case "into":
      return html`<input id=${id} name=${field} maxlength="16" spellcheck="false" aria-invalid=${invalid} aria-describedby=${wrong ? `${id}-error` : "into-hint"} />`;
    case "text":
    case "note":
      return writing(view.text);
  }
}

// Each keeps its own element, so that a list which changes while it is open leaves the choice as it is.
export function choices(options: readonly (readonly [value: string, label: string])[]): unknown {
  return repeat(options, ([value]) => value, ([value, label]) => html`<option value=${value}>${label}</option>`);
}

// Nine o'clock, so many days from now, as a field of the browser wants it.
function localTime(now_ms: number, days: number): string {
  const day = new Date(now_ms);
  day.setDate(day.getDate() + days);
  const two = (n: number): string => String(n).padStart(2, "0");
  return `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}T09:00`;
}

function presets(now_ms: number): TemplateResult {
  const { tomorrow, days, week, month } = unitWords.act.presets;
  const set = (event: Event, count: number): void => {
    const field = (event.target as HTMLElement).closest("form")?.elements.namedItem("until");
    if (field instanceof HTMLInputElement) field.value = localTime(now_ms, count);
  };
  const chip = (label: string, count: number): TemplateResult =>
    html`<button type="button" class="button chip" @click=${(event: Event) => set(event, count)}>${label}</button>`;
  return html`<span class="chips presets">${chip(tomorrow, 1)} ${chip(days, 3)} ${chip(week, 7)} ${chip(month, 30)}</span>`;
}

interface Group {
  label: string;
  names: [name: string, label: string][];
}

// Every other bannette, by unit; the switchboard has an action of its own.
function destinations(header: Header): Group[] {
  const groups = new Map<string, Group>();
  const { bannettes } = session.catalogue;
  for (const { name, label } of bannettes) {
    if (name === header.bannette || name === "standard" || header.copies.includes(name)) continue;
    const owner = name.split("/")[0] ?? "";
    const unit = name.includes("/");
    const title = unit ? session.unit(owner) : name.startsWith("service:") ? unitWords.act.services : unitWords.act.otherTrays;
    const group = groups.get(title) ?? { label: title, names: [] };
    groups.set(title, group);
    group.names.push([name, unit ? shortLabel(name, label) : label]);
  }
  const own = session.unit(header.bannette.split("/")[0] ?? "");
  const rank = (group: Group): number => (group.label === own ? 0 : group.label === unitWords.act.otherTrays ? 3 : group.label === unitWords.act.services ? 2 : 1);
  return [...groups.values()].sort((a, b) => rank(a) - rank(b));
}

// Under its unit's heading the unit's name says nothing new.
export function shortLabel(name: string, label: string): string {
  const unit = session.unit(name.split("/")[0] ?? "");
  return label.startsWith(unit) ? label.slice(unit.length).replace(/^[\s:·–,-]+/, "") || label : label;
}
