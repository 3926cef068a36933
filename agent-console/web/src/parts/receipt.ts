// What became of a call: a receipt for each of its topics, or a note that one is only recorded here, or an outcome without a dossier.
import { html, nothing } from "lit";
import type { TemplateResult } from "lit";
import { moment } from "../clock.js";
import type { SentPart } from "../draft.js";
import { operatorWords } from "#words/operator.js";
import { session } from "../session.js";
import { spoken } from "../spoken.js";
import type { Call } from "../types.js";

const words = operatorWords.receipt;

// One topic that was sent; the call itself only while its receipt is still to come.
export interface Sent {
  key: string;
  call: Call | undefined;
  topic: string;
  part: SentPart;
  note: string; // of the last look for its receipt
}

interface Acts {
  next: string; // what `fresh` does, in words
  fresh: () => void;
  again: () => void;
  check: (sent: Sent) => void;
}

export function outcomeCard(sent: readonly Sent[], qualified: string, acts: Acts): TemplateResult {
  const dossiers = sent.filter((one) => one.part.reference !== "").length;
  const waiting = sent.some((one) => one.part.reference === "" && one.part.outside === "");
  const title = waiting ? words.recorded : dossiers > 0 ? words.title(dossiers) : qualified ? operatorWords.qualify.done : words.noDossier;
  return html`<section class="card receipt ${waiting ? "recorded" : dossiers > 0 ? "durable" : "outside"}">
    <h2>${title} ${dossiers > 0 && !waiting ? html`<span class="seal">${words.durable}</span>` : nothing}</h2>
    ${qualified ? html`<p>${qualified}</p>` : nothing}
    <div class="receipts">${sent.map((one) => receipt(one, acts))}</div>
    <div class="actions">
      <button type="button" class="button primary" @click=${acts.fresh}>${acts.next} <kbd>F2</kbd></button>
      <button type="button" class="button" @click=${acts.again}>${words.again} <kbd>F7</kbd></button>
    </div>
  </section>`;
}

function receipt(sent: Sent, acts: Acts): TemplateResult {
  const { part } = sent;
  if (part.outside) return html`<p>${part.outside}</p>`;
  if (part.reference === "") {
    return html`<div class="one-receipt">
      <p>${words.recordedText}</p>
      <dl class="facts"><dt>${words.goesTo}</dt><dd>${session.bannette(part.bannette)}</dd></dl>
      ${apart(part)} ${sent.note ? html`<p class="quiet">${sent.note}</p>` : nothing}
      <button type="button" class="button" @click=${() => acts.check(sent)}>${words.check}</button>
    </div>`;
  }
  return html`<div class="one-receipt">
    <p class="big-reference"><span class="quiet">${words.reference}</span> <strong>${part.reference}</strong> <span class="quiet">${words.tell}</span></p>
    <p class="spoken"><span class="quiet">${words.spell} :</span> ${spoken(part.reference)}</p>
    <dl class="facts">
      ${sent.topic ? html`<dt>${operatorWords.routing.topic}</dt><dd>${session.topic(sent.topic)}</dd>` : nothing}
      <dt>${words.goesTo}</dt>
      <dd>${session.bannette(part.bannette)}</dd>
      <dt>${words.arrived}</dt>
      <dd>${moment(part.at)}</dd>
      <dt>${words.deadline}</dt>
      <dd>${part.deadline ? moment(part.deadline) : words.noDeadline}</dd>
      ${part.linked?.length ? html`<dt>${words.linked}</dt><dd class="reference">${part.linked.join(", ")}</dd>` : nothing}
    </dl>
    ${apart(part)}
  </div>`;
}

function apart({ apart }: SentPart): TemplateResult | typeof nothing {
  return apart?.length ? html`<p class="notice warn">${words.apart(apart.filter((reference) => reference !== ""))}</p>` : nothing;
}
