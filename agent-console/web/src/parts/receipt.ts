// What became of a call: a receipt, a note that it is only recorded here, or an outcome without a dossier.
import { html, nothing } from "lit";
import type { TemplateResult } from "lit";
import { moment } from "../clock.js";
import { fr } from "../fr.js";
import { session } from "../session.js";
import type { Call, Receipt, Recorded } from "../types.js";

// What the page keeps of a sent call; the call itself only while its receipt is still to come.
export interface Sent {
  key: string;
  call: Call;
  reference: string;
  bannette: string;
  at: string;
}
export type Outcome =
  | { kind: "receipt"; receipt: Receipt }
  | { kind: "recorded"; recorded: Recorded; sent: Sent; note: string }
  | { kind: "outside"; detail: string };

interface Acts {
  fresh: () => void;
  check: () => void;
}

const next = (acts: Acts): TemplateResult =>
  html`<button type="button" class="button primary" @click=${acts.fresh}>${fr.operator.fresh} <kbd>F2</kbd></button>`;

export function outcomeCard(outcome: Outcome, acts: Acts): TemplateResult {
  switch (outcome.kind) {
    case "receipt":
      return receiptCard(outcome.receipt, acts);
    case "recorded":
      return html`<section class="card receipt recorded">
        <h2>${fr.operator.recordedTitle}</h2>
        <p>${fr.operator.recordedText}</p>
        <dl class="facts"><dt>${fr.operator.goesTo}</dt><dd>${session.bannette(outcome.recorded.bannette)}</dd></dl>
        ${outcome.note ? html`<p class="quiet">${outcome.note}</p>` : nothing}
        <div class="actions">${next(acts)} <button type="button" class="button" @click=${acts.check}>${fr.operator.check}</button></div>
      </section>`;
    case "outside":
      return html`<section class="card receipt outside">
        <h2>${fr.operator.noDossier}</h2>
        <p>${outcome.detail || fr.operator.noDossierText}</p>
        <div class="actions">${next(acts)}</div>
      </section>`;
  }
}

function receiptCard(receipt: Receipt, acts: Acts): TemplateResult {
  return html`<section class="card receipt durable">
    <h2>${fr.operator.receipt} <span class="seal">${fr.operator.durable}</span></h2>
    <p class="big-reference"><span class="quiet">${fr.operator.reference}</span> <strong>${receipt.reference}</strong> <span class="quiet">${fr.operator.tell}</span></p>
    <dl class="facts">
      <dt>${fr.operator.goesTo}</dt>
      <dd>${session.bannette(receipt.bannette)}</dd>
      <dt>${fr.operator.arrived}</dt>
      <dd>${moment(receipt.arrived)}</dd>
      <dt>${fr.operator.deadline}</dt>
      <dd>${receipt.deadline ? moment(receipt.deadline) : fr.operator.noDeadline}</dd>
    </dl>
    <div class="actions">${next(acts)}</div>
  </section>`;
}
