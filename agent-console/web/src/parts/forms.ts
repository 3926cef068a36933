// What the holder of a dossier may write: a note, and the outcome that ends it.
import { html, nothing } from "lit";
import type { TemplateResult } from "lit";
import { fr } from "../fr.js";
import { session } from "../session.js";

export interface FieldError {
  field: "text" | "outcome";
  text: string;
}
type Submit = (event: Event) => void;

function errorLine(error: FieldError | undefined, field: FieldError["field"], id: string): TemplateResult | typeof nothing {
  return error?.field === field ? html`<span class="field-error" id=${id}>${error.text}</span>` : nothing;
}

export function noteForm(text: string, error: FieldError | undefined, typed: (text: string) => void, submit: Submit): TemplateResult {
  const wrong = error?.field === "text";
  return html`<form class="act" @submit=${submit} novalidate>
    <h3>${fr.dossier.addNote} <kbd>F4</kbd></h3>
    <div class="field">
      <label for="note-text">${fr.dossier.noteText}</label>
      <textarea id="note-text" rows="3" maxlength="4000" autocomplete="off" .value=${text}
        @input=${(event: Event) => typed((event.target as HTMLTextAreaElement).value)}
        aria-invalid=${wrong ? "true" : nothing} aria-describedby=${wrong ? "note-error" : nothing}></textarea>
      ${errorLine(error, "text", "note-error")}
    </div>
    <button class="button" type="submit">${fr.dossier.noteSend} <kbd>Ctrl+Entrée</kbd></button>
  </form>`;
}

export function handleForm(error: FieldError | undefined, submit: Submit): TemplateResult {
  const wrong = error?.field === "outcome";
  return html`<form class="act" @submit=${submit} novalidate>
    <h3>${fr.dossier.handle} <kbd>F10</kbd></h3>
    <div class="field">
      <label for="outcome">${fr.dossier.outcome}</label>
      <select id="outcome" aria-invalid=${wrong ? "true" : nothing} aria-describedby=${wrong ? "outcome-error" : nothing}>
        <option value="">${fr.dossier.outcomePick}</option>
        ${session.catalogue.outcomes.map((outcome) => html`<option value=${outcome.code}>${outcome.label}</option>`)}
      </select>
      ${errorLine(error, "outcome", "outcome-error")}
    </div>
    <div class="field">
      <label for="outcome-text">${fr.dossier.outcomeText}</label>
      <textarea id="outcome-text" rows="2" maxlength="4000" autocomplete="off"></textarea>
    </div>
    <button class="button primary" type="submit">${fr.dossier.handleSend} <kbd>Ctrl+Entrée</kbd></button>
  </form>`;
}
