// Where a call will go and why, as it is being typed, with what the operator may correct. Each correction's first
// choice follows the proposal.
import { html, nothing } from "lit";
import type { TemplateResult } from "lit";
import { live as liveValue } from "lit/directives/live.js";
import type { CorrectionName, Draft } from "../draft.js";
import { fr } from "../fr.js";
import { session } from "../session.js";
import type { Proposal, Topic } from "../types.js";
import { dangerBadge, urgencyBadge } from "./badges.js";

type ErrorAt = (field: string) => string;

export function routingCard(draft: Draft, frozen: boolean, errorAt: ErrorAt): TemplateResult {
  return html`<section class="card routing ${draft.danger ? "in-danger" : ""}" aria-labelledby="routing-title" aria-busy=${draft.proposing ? "true" : "false"}>
    <h2 id="routing-title">
      ${fr.operator.routing} <span class="quiet small pulse ${draft.proposing ? "on" : ""}">${draft.proposing ? fr.operator.routingWait : ""}</span>
    </h2>
    ${draft.proposalLost ? html`<p class="notice warn">${fr.operator.routingLost}</p>` : nothing}
    ${draft.proposal ? proposalView(draft, draft.proposal) : html`<p class="quiet">${fr.operator.routingEmpty}</p>`}
    <fieldset class="corrections" ?disabled=${frozen}>
      <legend>${fr.operator.correct}</legend>
      ${topicSelect(draft, errorAt)} ${urgencySelect(draft, errorAt)} ${dangerSelect(draft, errorAt)} ${traySelect(draft, errorAt)}
      <button type="button" class="button" aria-disabled=${draft.corrected ? nothing : "true"} @click=${() => draft.followProposal()}>
        ${fr.operator.reset}
      </button>
    </fieldset>
  </section>`;
}

function proposalView(draft: Draft, proposal: Proposal): TemplateResult {
  return html`${draft.outside ? html`<p class="notice"><strong>${fr.operator.outside}</strong> ${fr.operator.outsideText}</p>` : destination(draft, proposal)}
    <p class="marks">${urgencyBadge(draft.urgency)} ${edited(draft.corrections.urgency)} ${dangerBadge(draft.danger)} ${dangerEdited(draft)}</p>
    <dl class="facts">
      <dt>${fr.operator.topic}</dt>
      <dd>${session.topic(draft.topic)} ${edited(draft.corrections.topic)}</dd>
      <dt>${fr.operator.territory}</dt>
      <dd>${territory(draft, proposal)}</dd>
    </dl>
    ${candidates(draft, proposal)}
    <h3>${fr.operator.why}</h3>
    ${proposal.because.length === 0
      ? html`<p class="quiet">${fr.operator.whyNone}</p>`
      : html`<ul class="reasons">${proposal.because.map((reason) => html`<li>${reason.text}</li>`)}</ul>`}`;
}

function destination(draft: Draft, proposal: Proposal): TemplateResult {
  const where = draft.destinationOpen ? fr.operator.recomputed : session.bannette(draft.bannette);
  return html`<p class="destination">
    <span class="quiet">${fr.operator.destination}</span>
    <strong>${where}</strong> ${edited(draft.corrections.bannette)}
    ${doubt(draft, proposal)}
  </p>`;
}

// The machine hesitates: over the commune, until one is picked; over the rest, until the operator decided something.
function doubt(draft: Draft, proposal: Proposal): TemplateResult | typeof nothing {
  const commune = proposal.candidates.length > 0;
  const settled = commune ? draft.insee !== "" : draft.corrected;
  if (!proposal.uncertain || settled) return nothing;
  return html`<span class="badge doubt">${commune ? fr.operator.uncertain : fr.operator.verify}</span>`;
}

function territory(draft: Draft, proposal: Proposal): string {
  const chosen = proposal.candidates.find((candidate) => candidate.insee === draft.insee);
  const unit = session.unit(chosen?.unit || proposal.unit);
  const commune = chosen?.name || proposal.commune_name;
  return [unit, commune].filter((part) => part !== "").join(" · ") || fr.operator.territoryNone;
}

const edited = (value: string): TemplateResult | typeof nothing =>
  value === "" ? nothing : html`<span class="badge edited">${fr.operator.corrected}</span>`;

// That danger was taken away must be as visible as that it was added.
function dangerEdited(draft: Draft): TemplateResult | typeof nothing {
  if (draft.corrections.danger === "") return nothing;
  return html`${draft.danger ? nothing : html`<span>${fr.operator.noDanger}</span>`} ${edited(draft.corrections.danger)}`;
}

function candidates(draft: Draft, proposal: Proposal): TemplateResult | typeof nothing {
  if (proposal.candidates.length === 0 || (!proposal.uncertain && !draft.insee)) return nothing;
  return html`<div class="candidates" role="group" aria-labelledby="pick-title">
    <p id="pick-title">${fr.operator.pick}</p>
    ${proposal.candidates.map((candidate) => html`<button type="button" class="button chip" aria-pressed=${candidate.insee === draft.insee ? "true" : "false"}
          @click=${() => draft.pick(candidate.insee, candidate.name)}>
          ${candidate.name} <span class="quiet">${session.unit(candidate.unit)}</span>
        </button>`)}
  </div>`;
}

interface Choice {
  value: string;
  label: string;
}
interface Group {
  label: string;
  choices: Choice[];
}

function select(draft: Draft, name: CorrectionName, label: string, proposed: string, choices: (one: ToOption) => unknown, errorAt: ErrorAt): TemplateResult {
  const error = errorAt(name);
  const current = draft.corrections[name];
  return html`<div class="field">
    <label for="f-${name}">${label}</label>
    <select id="f-${name}" aria-invalid=${error ? "true" : nothing}
      aria-describedby=${error ? `e-${name}` : nothing}
      @change=${(event: Event) => draft.correct(name, (event.target as HTMLSelectElement).value)}>
      ${option(current)({ value: "", label: fr.operator.proposed(proposed) })} ${choices(option(current))}
    </select>
    ${error ? html`<span class="field-error" id="e-${name}">${error}</span>` : nothing}
  </div>`;
}

type ToOption = (choice: Choice) => TemplateResult;

// `selected` on the option and not `value` on the select: at the first rendering the options are not there yet.
const option = (current: string): ToOption => (choice) =>
  html`<option value=${choice.value} .selected=${liveValue(choice.value === current)}>${choice.label}</option>`;
const group = (one: Group, toOption: ToOption): TemplateResult | typeof nothing =>
  one.choices.length === 0 ? nothing : html`<optgroup label=${one.label}>${one.choices.map(toOption)}</optgroup>`;

function topicSelect(draft: Draft, errorAt: ErrorAt): TemplateResult {
  const { topics } = session.catalogue;
  const choice = (topic: Topic): Choice => ({ value: topic.code, label: topic.label });
  const likely = (draft.proposal?.topics ?? []).slice(0, 3).flatMap((scored) => topics.filter((topic) => topic.code === scored.code));
  const families = [...new Set(topics.map((topic) => topic.family))];
  const rest = families.map((family): Group => ({
    label: family.charAt(0).toUpperCase() + family.slice(1),
    choices: topics.filter((topic) => topic.family === family && !likely.includes(topic)).map(choice),
  }));
  const all: Group[] = [{ label: fr.operator.likely, choices: likely.map(choice) }, ...rest];
  const choices = (one: ToOption): unknown => all.map((part) => group(part, one));
  return select(draft, "topic", fr.operator.topic, session.topic(draft.proposal?.topic ?? ""), choices, errorAt);
}

function urgencySelect(draft: Draft, errorAt: ErrorAt): TemplateResult {
  const choices = (one: ToOption): unknown => Object.entries(fr.urgencies).map(([value, label]) => one({ value, label }));
  return select(draft, "urgency", fr.operator.urgency, fr.urgency(draft.proposal?.urgency ?? "") || fr.none, choices, errorAt);
}

function dangerSelect(draft: Draft, errorAt: ErrorAt): TemplateResult {
  const choices = (one: ToOption): unknown => [one({ value: "yes", label: fr.yes }), one({ value: "no", label: fr.no })];
  return select(draft, "danger", fr.operator.danger, draft.proposal ? (draft.proposal.danger ? fr.yes : fr.no) : fr.none, choices, errorAt);
}

function traySelect(draft: Draft, errorAt: ErrorAt): TemplateResult {
  const { bannettes } = session.catalogue;
  const mine = draft.proposal?.unit ? `${draft.proposal.unit}/` : "/";
  const rank = (name: string): number => (name.startsWith(mine) ? 0 : 1);
  const choices = (wanted: (name: string) => boolean): Choice[] =>
    bannettes.filter((bannette) => wanted(bannette.name)).map((bannette) => ({ value: bannette.name, label: bannette.label }));
  const units = choices((name) => name.includes("/")).sort((a, b) => rank(a.value) - rank(b.value));
  const all: Group[] = [
    { label: fr.operator.units, choices: units },
    { label: fr.operator.services, choices: choices((name) => name.startsWith("service:")) },
    { label: fr.operator.otherTrays, choices: choices((name) => !name.includes("/") && !name.startsWith("service:")) },
  ];
  const groups = (one: ToOption): unknown => all.map((part) => group(part, one));
  const proposed = draft.proposal?.bannette ? session.bannette(draft.proposal.bannette) : fr.none;
  return select(draft, "bannette", fr.operator.destination, proposed, groups, errorAt);
}
