// The fields of the place: a commune and a street that complete themselves.
import { html } from "lit";
import type { TemplateResult } from "lit";
import { post } from "../api.js";
import type { Draft } from "../draft.js";
import { operatorWords as words } from "#words/operator.js";
import { session } from "../session.js";
import type { Suggestion } from "../types.js";
import type { ComboModel, Proposed } from "./combo.js";
import "./combo.js";

const proposed_most = 8;

async function ask(kind: "communes" | "streets", body: { q: string; insee?: string }, signal: AbortSignal): Promise<Suggestion[]> {
  const answer = await post<{ items: Suggestion[] }>(`suggest/${kind}`, { ...body, limit: proposed_most }, { signal });
  return answer.ok ? answer.value.items : [];
}

async function communes(text: string, signal: AbortSignal): Promise<Proposed<Suggestion>[]> {
  const items = await ask("communes", { q: text }, signal);
  return items.map((item) => ({ text: item.commune_name, detail: [item.postal_codes.slice(0, 3).join(", "), session.unit(item.unit)].filter(Boolean).join(" · "), item }));
}

// "12 bis rue de G": the number is not part of the street's name, and comes before it again.
const number_form = /^\s*(\d+\s*(?:bis|ter|quater|[a-d])?\b[\s,]*)?(.*)$/i;

async function streets(draft: Draft, text: string, signal: AbortSignal): Promise<Proposed<Suggestion>[]> {
  const [, number = "", street = ""] = number_form.exec(text) ?? [];
  const insee = draft.insee || (draft.fields.commune.trim() ? (draft.part.proposal?.insee ?? "") : "");
  if (street.trim().length < 2) return [];
  const items = await ask("streets", { q: street, ...(insee ? { insee } : {}) }, signal);
  return items.map((item) => ({ text: number.trim() ? `${number.trim()} ${item.street}` : item.street, detail: insee ? session.unit(item.unit) : item.commune_name, item }));
}

export function placeFields(draft: Draft, errorAt: (field: string) => string): TemplateResult {
  const commune: ComboModel<Suggestion> = {
    id: "commune",
    label: words.commune,
    hint: words.communeHint,
    value: draft.fields.commune,
    most: 100,
    error: errorAt("commune"),
    ask: communes,
    typed: (text) => draft.type("commune", text),
    chosen: ({ item }) => draft.pick(item.insee, item.commune_name),
  };
  const address: ComboModel<Suggestion> = {
    id: "address",
    label: words.address,
    hint: words.addressHint,
    value: draft.fields.address,
    most: 200,
    error: errorAt("address"),
    ask: (text, signal) => streets(draft, text, signal),
    typed: (text) => draft.type("address", text),
    chosen: ({ text, item }) => {
      draft.type("address", text);
      if (!draft.fields.commune.trim()) draft.pick(item.insee, item.commune_name);
    },
  };
  return html`<div class="pair"><bn-combo .model=${commune}></bn-combo> <bn-combo .model=${address}></bn-combo></div>`;
}
