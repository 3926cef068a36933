// Where a part of the call will go and why, as it is being typed, with what the operator may correct. Each correction's first choice
// follows the proposal.
import { html, nothing } from "lit";
import type { TemplateResult } from "lit";
import { live as liveValue } from "lit/directives/live.js";
import type { CorrectionName, Draft, Part } from "../draft.js";
import { commonWords } from "#words/common.js";
import { operatorWords } from "#words/operator.js";
import { session } from "../session.js";
import type { Proposal, Topic } from "../types.js";
import { dangerBadge, urgencyBadge } from "./badges.js";

type ErrorAt = (field: string) => string;
const words = operatorWords.routing;
const reasons_shown = 3;

export interface RoutingView {
  frozen: boolean;
  correcting: boolean;
  toggle: () => void;
  errorAt: ErrorAt;
}

export function routingCard(draft: Draft, view: RoutingView): TemplateResult {
  const { part } = draft;
  const correcting = view.correcting || part.corrected;
  return html`<section class="card step routing ${part.danger ? "in-danger" : ""}" aria-labelledby="routing-title" aria-busy=${part.proposing ? "true" : "false"}>
    <div class="routing-head">
      <h2 id="routing-title">${words.title}</h2>
      <span class="quiet small pulse ${part.proposing ? "on" : ""}">${part.proposing ? words.wait : ""}</span>
    </div>
    <div>
    ${part.proposalLost ? html`<p class="notice warn">${words.lost}</p>` : nothing}
    ${part.proposal ? proposalView(draft, part, part.proposal) : html`<p class="quiet">${words.empty}</p>`}
    <div id="corrections" ?hidden=${!correcting}>${correcting ? corrections(part, view) : nothing}</div>
    </div>
  </section>`;
}

// Beside what is said of the destination in sight: the card may be below the window's edge.
export function correctButton(draft: Draft, view: RoutingView): TemplateResult {
  const { part } = draft;
  const correcting = view.correcting || part.corrected;
  return html`<button type="button" class="button plain" aria-expanded=${correcting ? "true" : "false"} aria-controls="corrections" ?disabled=${view.frozen} @click=${view.toggle}>
    ${correcting && !part.corrected ? words.uncorrect : words.correct} <kbd>F9</kbd>
  </button>`;
}

function corrections(part: Part, view: RoutingView): TemplateResult {
  const { errorAt } = view;
  return html`<fieldset class="corrections" ?disabled=${view.frozen}>
    <legend class="visually-hidden">${words.correct}</legend>
    ${topicSelect(part, errorAt)} ${urgencySelect(part, errorAt)} ${dangerSelect(part, errorAt)} ${traySelect(part, errorAt)} ${reasonSelect(part, errorAt)}
    <button type="button" class="button" aria-disabled=${part.corrected ? nothing : "true"} @click=${() => part.followProposal()}>${words.reset}</button>
  </fieldset>`;
}

function proposalView(draft: Draft, part: Part, proposal: Proposal): TemplateResult {
  if (!part.told) return html`<p class="quiet">${words.empty}</p><dl class="facts"><dt>${words.territory}</dt><dd>${territory(draft, proposal)}</dd></dl>`;
  const [first, rest] = [proposal.because.slice(0, reasons_shown), proposal.because.slice(reasons_shown)];
  return html`${part.outside ? html`<p class="notice"><strong>${words.outside}</strong> ${words.outsideText}</p>` : destination(draft, part, proposal)}
    <p class="marks">${urgencyBadge(part.urgency)} ${edited(part.corrections.urgency)} ${dangerBadge(part.danger)} ${dangerEdited(part)}</p>
    <dl class="facts">
      <dt>${words.topic}</dt>
      <dd>${session.topic(part.topic)} ${edited(part.corrections.topic)}</dd>
      <dt>${words.territory}</dt>
      <dd>${territory(draft, proposal)}</dd>
      <dt>${words.why}</dt>
      <dd>${first.length === 0 ? commonWords.agent.whyNone : html`<ul class="reasons">${first.map((reason) => html`<li>${reason.text}</li>`)}</ul>`}
        ${rest.length === 0 ? nothing : html`<details><summary>${words.moreWhy(rest.length)}</summary><ul class="reasons">${rest.map((reason) => html`<li>${reason.text}</li>`)}</ul></details>`}</dd>
    </dl>`;
}

// The same in a line, beside the button that sends: it stays in sight.
export function goesTo(draft: Draft): TemplateResult | typeof nothing {
  const { part } = draft;
  if (!part.proposal || !part.told) return nothing;
  const where = part.outside ? words.outside : part.destinationOpen ? words.recomputed : session.bannette(part.bannette);
  return html`<span class="goes-to" aria-hidden="true"><strong>${where}</strong> <span>${urgencyBadge(part.urgency)} ${dangerBadge(part.danger)} <span class="quiet">${session.topic(part.topic)}</span></span></span>`;
}

function destination(draft: Draft, part: Part, proposal: Proposal): TemplateResult {
  const where = part.destinationOpen ? words.recomputed : session.bannette(part.bannette);
  return html`<p class="destination">
    <span class="visually-hidden">${words.destination}</span>
    <strong>${where}</strong> ${edited(part.corrections.bannette)} ${doubt(draft, part, proposal)}
  </p>`;
}

// The machine hesitates: over the commune, until one is picked; over the rest, until the operator decided something.
function doubt(draft: Draft, part: Part, proposal: Proposal): TemplateResult | typeof nothing {
  const commune = proposal.candidates.length > 0;
  const settled = commune ? draft.insee !== "" : part.corrected || draft.insee !== "";
  if (!proposal.uncertain || settled) return nothing;
  return html`<span class="badge doubt">${commune ? words.uncertain : words.verify}</span>`;
}

function territory(draft: Draft, proposal: Proposal): string {
  const chosen = proposal.candidates.find((candidate) => candidate.insee === draft.insee);
  const unit = session.unit(chosen?.unit || proposal.unit);
  const commune = chosen?.name || proposal.commune_name;
  return [unit, commune].filter((part) => part !== "").join(" · ") || words.territoryNone;
}

const edited = (value: string): TemplateResult | typeof nothing => (value === "" ? nothing : html`<span class="badge edited">${words.corrected}</span>`);

// That danger was taken away must be as visible as that it was added.
function dangerEdited(part: Part): TemplateResult | typeof nothing {
  if (part.corrections.danger === "") return nothing;
  return html`${part.danger ? nothing : html`<span>${words.noDanger}</span>`} ${edited(part.corrections.danger)}`;
}

// Below the place: which of several communes it is.
export function candidates(draft: Draft): TemplateResult | typeof nothing {
  const proposal = draft.part.proposal;
  if (!proposal || proposal.candidates.length === 0 || (!proposal.uncertain && !draft.insee)) return nothing;
  return html`<div class="candidates" role="group" aria-labelledby="pick-title">
    <p id="pick-title">${words.pick}</p>
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
type ToOption = (choice: Choice) => TemplateResult;

// `selected` on the option and not `value` on the select: at the first rendering the options are not there yet.
const option = (current: string): ToOption => (choice) =>
  html`<option value=${choice.value} .selected=${liveValue(choice.value === current)}>${choice.label}</option>`;
const group = (one: Group, toOption: ToOption): TemplateResult | typeof nothing =>
  one.choices.length === 0 ? nothing : html`<optgroup label=${one.label}>${one.choices.map(toOption)}</optgroup>`;

interface Field {
  name: string;
  label: string;
  first: string; // of the choice that is nothing
  current: string;
  change: (value: string) => void;
}

function select(field: Field, choices: (one: ToOption) => unknown, errorAt: ErrorAt): TemplateResult {
  const { name } = field;
  const error = errorAt(name);
  return html`<div class="field">
    <label for="f-${name}">${field.label}</label>
    <select id="f-${name}" aria-invalid=${error ? "true" : nothing} aria-describedby=${error ? `e-${name}` : nothing}
      @change=${(event: Event) => field.change((event.target as HTMLSelectElement).value)}>
      ${option(field.current)({ value: "", label: field.first })} ${choices(option(field.current))}
    </select>
    ${error ? html`<span class="field-error" id="e-${name}">${error}</span>` : nothing}
  </div>`;
}

const correction = (part: Part, name: CorrectionName, label: string, proposed: string): Field => ({
  name,
  label,
  first: words.proposed(proposed),
  current: part.corrections[name],
  change: (value) => part.correct(name, value),
});

function topicSelect(part: Part, errorAt: ErrorAt): TemplateResult {
  const { topics } = session.catalogue;
  const choice = (topic: Topic): Choice => ({ value: topic.code, label: topic.label });
  const likely = (part.proposal?.topics ?? []).slice(0, 3).flatMap((scored) => topics.filter((topic) => topic.code === scored.code));
  const families = [...new Set(topics.map((topic) => topic.family))];
  const rest = families.map((family): Group => ({
    label: family.charAt(0).toUpperCase() + family.slice(1),
    choices: topics.filter((topic) => topic.family === family && !likely.includes(topic)).map(choice),
  }));
  const all: Group[] = [{ label: words.likely, choices: likely.map(choice) }, ...rest];
  return select(correction(part, "topic", words.topic, session.topic(part.proposal?.topic ?? "")), (one) => all.map((each) => group(each, one)), errorAt);
}

function urgencySelect(part: Part, errorAt: ErrorAt): TemplateResult {
  const choices = (one: ToOption): unknown => Object.entries(commonWords.urgencies).map(([value, label]) => one({ value, label }));
  return select(correction(part, "urgency", words.urgency, commonWords.urgency(part.proposal?.urgency ?? "") || commonWords.none), choices, errorAt);
}

function dangerSelect(part: Part, errorAt: ErrorAt): TemplateResult {
  const choices = (one: ToOption): unknown => [one({ value: "yes", label: commonWords.yes }), one({ value: "no", label: commonWords.no })];
  return select(correction(part, "danger", words.danger, part.proposal ? (part.proposal.danger ? commonWords.yes : commonWords.no) : commonWords.none), choices, errorAt);
}

function traySelect(part: Part, errorAt: ErrorAt): TemplateResult {
  const { bannettes } = session.catalogue;
  const mine = part.proposal?.unit ? `${part.proposal.unit}/` : "/";
  const rank = (name: string): number => (name.startsWith(mine) ? 0 : 1);
  const choices = (wanted: (name: string) => boolean): Choice[] =>
    bannettes.filter((bannette) => wanted(bannette.name)).map((bannette) => ({ value: bannette.name, label: bannette.label }));
  const units = choices((name) => name.includes("/")).sort((a, b) => rank(a.value) - rank(b.value));
  const all: Group[] = [
    { label: words.units, choices: units },
    { label: words.services, choices: choices((name) => name.startsWith("service:")) },
    { label: words.otherTrays, choices: choices((name) => !name.includes("/") && !name.startsWith("service:")) },
  ];
  const proposed = part.proposal?.bannette ? session.bannette(part.proposal.bannette) : commonWords.none;
  return select(correction(part, "bannette", words.destination, proposed), (one) => all.map((each) => group(each, one)), errorAt);
}

// Asked for once something else than the proposal is going to be sent, where the site has reasons.
function reasonSelect(part: Part, errorAt: ErrorAt): TemplateResult | typeof nothing {
  const { corrections: reasons } = session.consignes;
  if (!part.needsReason || reasons.length === 0) return nothing;
  const field: Field = { name: "correction", label: words.reason, first: words.reasonPick, current: part.reason, change: (value) => part.explain(value) };
  return select(field, (one) => reasons.map(({ code, label }) => one({ value: code, label })), errorAt);
}
