// A field with proposals: the combobox pattern of WAI-ARIA 1.2 (list autocomplete, manual selection). What is typed stays what it is
// until a proposal is chosen: the router reads slips and abbreviations better than a list would guess them.
import { html, nothing } from "lit";
import type { TemplateResult } from "lit";
import { live as liveValue } from "lit/directives/live.js";
import { operatorWords } from "#words/operator.js";
import { View } from "../view.js";

export interface Proposed<T> {
  text: string;   // what the field becomes
  detail: string;
  item: T;
}
export interface ComboModel<T> {
  id: string;
  label: string;
  hint: string;
  value: string;
  most: number;
  error: string;
  ask: (text: string, signal: AbortSignal) => Promise<Proposed<T>[]>;
  typed: (text: string) => void;
  chosen: (proposed: Proposed<T>) => void;
}

const pause_ms = 60;

export class Combo<T = unknown> extends View {
  private own: ComboModel<T> | undefined;
  private proposals: Proposed<T>[] = [];
  private active = -1;
  private open = false;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private flight: AbortController | undefined;

  set model(model: ComboModel<T>) {
    this.own = model;
    this.redraw();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.until(() => this.shut());
  }

  protected override render() {
    const m = this.own;
    if (!m) return nothing;
    const { id } = m;
    const described = [m.hint ? `h-${id}` : "", m.error ? `e-${id}` : ""].filter(Boolean).join(" ");
    return html`<div class="field combo">
      <label for="f-${id}">${m.label}</label>
      ${m.hint ? html`<span class="hint" id="h-${id}">${m.hint}</span>` : nothing}
      <input id="f-${id}" name="call-${id}" role="combobox" autocomplete="off" spellcheck="false" maxlength=${m.most}
        aria-autocomplete="list" aria-controls="l-${id}" aria-expanded=${this.open ? "true" : "false"}
        aria-activedescendant=${this.open && this.active >= 0 ? `o-${id}-${this.active}` : nothing}
        aria-invalid=${m.error ? "true" : nothing} aria-describedby=${described || nothing}
        .value=${liveValue(m.value)} @input=${this.input} @keydown=${this.key} @blur=${this.shut} />
      <ul class="proposals" id="l-${id}" role="listbox" aria-label=${operatorWords.suggestions(m.label)} ?hidden=${!this.open}>
        ${this.proposals.map((one, index) => this.option(id, one, index))}
      </ul>
      ${m.error ? html`<span class="field-error" id="e-${id}">${m.error}</span>` : nothing}
    </div>`;
  }

  // The mouse's button must not take the focus away before the choice is made.
  private option(id: string, one: Proposed<T>, index: number): TemplateResult {
    return html`<li id="o-${id}-${index}" role="option" aria-selected=${index === this.active ? "true" : "false"}
      @mousedown=${(event: Event) => event.preventDefault()} @click=${() => this.choose(index)}>
      ${one.text} ${one.detail ? html`<span class="quiet">${one.detail}</span>` : nothing}
    </li>`;
  }

  private input(event: Event): void {
    const text = (event.target as HTMLInputElement).value;
    this.own?.typed(text);
    clearTimeout(this.timer);
    if (text.trim().length < 2) return this.shut();
    this.timer = setTimeout(() => void this.ask(text), pause_ms);
  }

  private async ask(text: string): Promise<void> {
    this.flight?.abort();
    const flight = (this.flight = new AbortController());
    const proposals = (await this.own?.ask(text, flight.signal)) ?? [];
    if (flight !== this.flight || flight.signal.aborted) return;
    this.proposals = proposals;
    this.active = -1;
    // A single one that says what is there already has nothing to propose.
    this.open = proposals.length > 0 && !(proposals.length === 1 && proposals[0]?.text === text);
    this.redraw();
  }

  private shut(): void {
    clearTimeout(this.timer);
    this.flight?.abort();
    this.flight = undefined;
    if (!this.open) return;
    this.open = false;
    this.active = -1;
    this.redraw();
  }

  private choose(index: number): void {
    const one = this.proposals[index];
    if (!one) return;
    this.shut();
    this.own?.chosen(one);
  }

  private key(event: KeyboardEvent): void {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const n = this.proposals.length;
    switch (event.key) {
      case "ArrowDown":
      case "ArrowUp": {
        if (!this.open) {
          const text = (event.target as HTMLInputElement).value;
          if (text.trim().length >= 2) void this.ask(text);
        } else {
          // One step beyond either end is what was typed.
          const step = event.key === "ArrowDown" ? 1 : -1;
          this.active = ((this.active + 1 + step + n + 1) % (n + 1)) - 1;
          this.redraw();
          void this.updateComplete.then(() => this.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: "nearest" }));
        }
        break;
      }
      case "Enter":
        // Never sends the form: that is Ctrl+Enter, or the button.
        if (this.open && this.active >= 0) this.choose(this.active);
        else this.shut();
        break;
      case "Tab":
        if (this.open && this.active >= 0) this.choose(this.active);
        return;
      case "Escape":
        if (!this.open) return;
        this.shut();
        event.stopPropagation();
        break;
      default:
        return;
    }
    event.preventDefault();
  }
}
customElements.define("bn-combo", Combo);
