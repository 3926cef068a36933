// Beside the column: what to say and whom to call for the likely topic; in immediate danger, whom to call first and how the call is
// handed over by voice.
import { locale } from "#words/common.js";
import { html, nothing } from "lit";
import type { TemplateResult } from "lit";
import { get } from "../api.js";
import { now_ms } from "../clock.js";
import type { Draft, Part } from "../draft.js";
import { operatorWords as words } from "#words/operator.js";
import { session } from "../session.js";
import type { Helpline } from "../types.js";
import { guideOf } from "./questions.js";

const lines = (codes: string[]): Helpline[] => codes.flatMap((code) => session.consignes.numbers.find((line) => line.code === code) ?? []);

const sayings = (all: string[]): TemplateResult | typeof nothing =>
  all.length === 0 ? nothing : html`<section><h2>${words.guide.say}</h2><ul class="sayings">${all.map((text) => html`<li>${text}</li>`)}</ul></section>`;

function numbers(all: Helpline[], brief = false): TemplateResult {
  return html`<ul class="numbers">
    ${all.map((line) => html`<li>
        <a class="number" href="tel:${line.number.replace(/\s/g, "")}" aria-label=${words.guide.dial(line.name, line.number)}>${line.number}</a>
        <span><strong>${line.name}</strong>${line.when && !brief ? html`<span class="quiet small">${line.when}</span>` : nothing}</span>
      </li>`)}
  </ul>`;
}

export function guidance(draft: Draft): TemplateResult | typeof nothing {
  const guide = guideOf(draft.part.topic);
  if (!guide || (guide.say.length === 0 && guide.numbers.length === 0)) return nothing;
  const toCall = lines(guide.numbers);
  return html`<div class="card guidance">${sayings(guide.say)}
    ${toCall.length > 0 ? html`<section><h2>${words.guide.call}</h2>${numbers(toCall)}</section>` : nothing}
  </div>`;
}

interface OnCall {
  label: string;
  phone: string;
}
// The panel of an immediate danger, while it is open.
export class DangerAid {
  open = false;
  onCall: OnCall[] | undefined = []; // nothing: it could not be read
  to = "";                           // chosen, and not yet noted

  constructor(private readonly changed: () => void) {}

  toggle(draft: Draft): void {
    this.open = !this.open;
    this.to = "";
    if (this.open) {
      draft.part.raiseDanger();
      void this.ask();
    }
    this.changed();
  }

  choose(to: string): void {
    this.to = to;
    this.changed();
  }

  private async ask(): Promise<void> {
    const answer = await get<{ items: OnCall[] }>("on-call");
    this.onCall = answer.ok ? answer.value.items : undefined;
    this.changed();
  }
}

const clock = new Intl.DateTimeFormat(locale, { hour: "2-digit", minute: "2-digit" });

export function dangerPanel(draft: Draft, panel: DangerAid, close: () => void): TemplateResult {
  const { danger } = session.consignes;
  const own = guideOf(draft.part.topic)?.numbers ?? [];
  const all = lines([...new Set([...own, ...danger.numbers])]);
  const { onCall } = panel;
  return html`<section class="card danger-panel" aria-labelledby="danger-title">
    <div class="dialog-head">
      <h2 id="danger-title" tabindex="-1">${words.danger.title}</h2>
      <button type="button" class="button plain" @click=${close}>${words.danger.close} <kbd>F8</kbd></button>
    </div>
    <p class="notice error">${raised(draft.part)}</p>
    ${numbers(all, true)} ${sayings(danger.say)}
    <section><h2>${words.danger.onCall}</h2>
      ${onCall === undefined ? html`<p class="notice warn">${words.danger.onCallLost}</p>` : onCall.length === 0 ? html`<p class="quiet">${words.danger.nobodyOnCall}</p>` : numbers(onCall.map(({ label, phone }) => ({ code: label, number: phone, name: label, when: "" })))}
    </section>
    <section><h2>${words.danger.handover}</h2>
      <ol class="steps">${danger.handover.map((step) => html`<li>${step}</li>`)}</ol>
      ${handedOver(draft, panel, all)}
    </section>
  </section>`;
}

function raised(part: Part): string {
  if (part.danger || !part.fixed) return words.danger.raised;
  return part.sent ? words.danger.gone : words.danger.unsure;
}

function handedOver(draft: Draft, panel: DangerAid, all: Helpline[]): TemplateResult {
  const part = draft.part;
  const names = [...all.map((line) => `${line.number} (${line.name})`), ...(panel.onCall ?? []).map(({ label }) => label)];
  if (part.bannette) names.push(words.danger.destination(session.bannette(part.bannette)));
  const note = (): void => {
    if (!panel.to) return;
    part.handOver(panel.to, clock.format(new Date(now_ms())));
    panel.choose("");
  };
  const noted = part.handovers.map((one) => html`<p class="notice ok">${words.handedOver(one)}</p>`);
  if (part.fixed) return html`${noted}`;
  return html`${noted}
    <div class="line handed">
      <div class="field">
        <label for="handed-to">${words.danger.to}</label>
        <select id="handed-to" @change=${(event: Event) => panel.choose((event.target as HTMLSelectElement).value)}>
          <option value="" .selected=${panel.to === ""}>${words.danger.toPick}</option>
          ${names.map((name) => html`<option value=${name} .selected=${name === panel.to}>${name}</option>`)}
        </select>
      </div>
      <button type="button" class="button" aria-disabled=${panel.to ? nothing : "true"} @click=${note}>${words.danger.record}</button>
    </div>`;
}
