// Plain fields of a call, and where the wire's names of fields are on the screen.
import { html, nothing } from "lit";
import type { TemplateResult } from "lit";
import { live as liveValue } from "lit/directives/live.js";
import { operatorWords as words } from "#words/operator.js";

export const fieldOf: Record<string, string> = {
  "caller.name": "name",
  "caller.phone": "phone",
  name: "name",
  phone: "phone",
  commune: "commune",
  insee: "commune",
  address: "address",
  note: "note",
  topic: "topic",
  urgency: "urgency",
  danger: "danger",
  bannette: "bannette",
  correction: "correction",
};
// Those that are shown only while one corrects.
export const correctedFields = new Set(["topic", "urgency", "danger", "bannette", "correction"]);

interface Field {
  name: string;
  label: string;
  value: string;
  error: string;
  typed: (text: string) => void;
}

const errorLine = ({ name, error }: Field): TemplateResult | typeof nothing => (error ? html`<span class="field-error" id="e-${name}">${error}</span>` : nothing);

// Enter in a field sends nothing by a slip.
function noSubmit(event: KeyboardEvent): void {
  if (event.key === "Enter" && !event.ctrlKey) event.preventDefault();
}

export function lineField(field: Field, most: number, mode = "text"): TemplateResult {
  const { name, error } = field;
  return html`<div class="field">
    <label for="f-${name}">${field.label}</label>
    <input id="f-${name}" name="call-${name}" autocomplete="off" spellcheck="false" inputmode=${mode} maxlength=${most}
      .value=${liveValue(field.value)} aria-invalid=${error ? "true" : nothing} aria-describedby=${error ? `e-${name}` : nothing}
      @input=${(event: Event) => field.typed((event.target as HTMLInputElement).value)} @keydown=${noSubmit} />
    ${errorLine(field)}
  </div>`;
}

export function noteField(field: Field): TemplateResult {
  const { error } = field;
  return html`<div class="field">
    <label for="f-note">${field.label}</label>
    <span class="hint" id="h-note">${words.noteHint}</span>
    <textarea id="f-note" name="call-note" rows="4" maxlength="10000" autocomplete="off" .value=${liveValue(field.value)}
      aria-invalid=${error ? "true" : nothing} aria-describedby=${error ? "h-note e-note" : "h-note"}
      @input=${(event: Event) => field.typed((event.target as HTMLTextAreaElement).value)}></textarea>
    ${errorLine(field)}
  </div>`;
}
