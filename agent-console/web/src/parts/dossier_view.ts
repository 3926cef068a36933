// The parts of an open dossier above its content: what it is, what is special about it now, and what may be done.
import { html, nothing } from "lit";
import type { TemplateResult } from "lit";
import { exactMoment, moment } from "../clock.js";
import { commonWords, key } from "#words/common.js";
import { unitWords, within } from "#words/unit.js";
import type { Act } from "../rights.js";
import { hops_most, isOpen, unacknowledged, works } from "../rights.js";
import { session } from "../session.js";
import type { Header } from "../types.js";
import { ago, climbBadge, dangerBadge, due, stateBadge, urgencyBadge } from "./badges.js";

const words = unitWords.dossier;

export function headView(header: Header, leave: () => void): TemplateResult {
  return html`<header class="dossier-head">
    <button type="button" class="button plain back" @click=${leave}>${words.back} <kbd>${key.escape}</kbd></button>
    <h2 id="dossier-title" tabindex="-1"><span class="reference">${header.reference}</span> ${session.topicOf(header)}</h2>
    <p class="marks">
      ${urgencyBadge(header.urgency)} ${dangerBadge(header.danger)} ${climbBadge(header)} ${stateBadge(header.state)}
      <span>${session.bannette(header.bannette)}</span>
    </p>
    <p class="dates">
      ${words.arrived} <time datetime=${header.arrived} title=${exactMoment(header.arrived)}>${moment(header.arrived)}</time>
      <span class="quiet">(${ago(header.arrived)})</span> · ${words.deadline} ${due(header)}
      ${isOpen(header) && header.deadline_state === "breached" && header.state !== "waiting" && header.state !== "reserved"
        ? html`<span class="badge doubt">${unitWords.takenLate}</span>` : nothing}
      ${header.hops > 0 ? html`· ${words.hops(header.hops)}` : nothing}
      ${header.linked.length > 0 ? html`· ${words.linked} : ${header.linked.map((reference) => html`<span class="reference">${reference}</span> `)}` : nothing}
      ${header.copies.length > 0 ? html`· ${words.copies} : ${header.copies.map((name) => session.bannette(name)).join(", ")}` : nothing}
    </p>
  </header>`;
}

export interface Standpoint {
  people: readonly string[]; // whose dossiers are mine to work on
  idle: boolean; // nobody at this PC: the lease is left to end
}

// What stands between this person and the dossier: a lease, a hold, another holder, an open proposal, its end.
export function noticesView(header: Header, seen: Standpoint, hasContent: boolean): TemplateResult {
  const mine = works(session.user, header.bannette);
  const closed = mine && header.restricted && !hasContent ? html`<p class="notice">${words.closed}</p>` : nothing;
  return html`${danger(header)} ${offer(header)} ${closed} ${mine ? standing(header, seen) : sight(header, hasContent)}`;
}

function danger(header: Header): TemplateResult | typeof nothing {
  return unacknowledged(header) ? html`<p class="notice error">${words.dangerOpen}</p>` : nothing;
}

function offer(header: Header): TemplateResult | typeof nothing {
  const { proposal } = header;
  if (!proposal) return nothing;
  const toMe = works(session.user, proposal.to);
  return html`<p class="notice offer">
    ${words.offer(session.bannette(proposal.to), proposal.from, within(session.why(proposal.why)))}
    ${proposal.until ? html`${words.offerUntil} ${moment(proposal.until)}.` : nothing}
    ${toMe && header.hops >= hops_most ? words.offerThird : nothing}
  </p>`;
}

function sight(header: Header, hasContent: boolean): TemplateResult {
  if (!hasContent) return html`<p class="notice">${words.restricted}</p>`;
  const copied = header.copies.some((name) => works(session.user, name));
  return html`<p class="notice">${copied ? words.byCopy : words.byProposal}</p>`;
}

function standing(header: Header, seen: Standpoint): TemplateResult | typeof nothing {
  const { state, holder } = header;
  if (state === "waiting") return nothing;
  if (state === "handled") {
    return html`<p class="notice">${words.handled(session.outcome(header.outcome ?? ""))}
      ${header.until ? words.closesAt(moment(header.until)) : nothing}</p>`;
  }
  if (state === "closed") return html`<p class="notice">${commonWords.change("closed")}.</p>`;
  if (state === "merged") return html`<p class="notice">${words.mergedInto(header.merged_into ?? "")}.</p>`;
  const mine = seen.people.includes(holder);
  if (!mine) return html`<p class="notice">${words.heldBy(commonWords.state(state), holder)}</p>`;
  return html`${holder === session.user?.name ? nothing : html`<p class="notice">${words.standIn(holder)}</p>`}
  ${state === "on_hold" ? html`<p class="notice">${words.held(within(session.why(header.hold_why ?? "")))} ${header.until ? words.resumesAt(moment(header.until)) : nothing}</p>` : nothing}
  ${state === "reserved"
    ? html`<p class="lease">${words.lease} <bn-time class="countdown" mode="lease" at=${header.lease_until ?? ""}></bn-time>,
        ${seen.idle ? words.leaseIdle : words.leaseRenewed}.</p>`
    : nothing}`;
}

// Each with its key, in the order of the buttons: the first that is allowed is the main one.
export const keys: readonly { key: string; shown: string; acts: readonly Act[] }[] = [
  { key: "F9", shown: "F9", acts: ["accept-proposal", "accept", "take", "reopen"] },
  { key: "F7", shown: "F7", acts: ["resume"] },
  { key: "F10", shown: "F10", acts: ["handle"] },
  { key: "F7", shown: "F7", acts: ["hold"] },
  { key: "F8", shown: "F8", acts: ["reserve"] },
  { key: "Shift+F8", shown: `${key.shift}+F8`, acts: ["release"] },
  { key: "Shift+F7", shown: `${key.shift}+F7`, acts: ["propose", "withdraw", "refuse-proposal"] },
  { key: "Shift+F9", shown: `${key.shift}+F9`, acts: ["acknowledge"] },
];
const others: readonly Act[] = ["return", "copy", "merge", "reassign", "close"];

export function actFor(key: string, acts: readonly Act[]): Act | undefined {
  return keys.filter((each) => each.key === key).flatMap((each) => each.acts).find((act) => acts.includes(act));
}

export interface Acting {
  acts: readonly Act[];
  opened: Act | undefined; // its form is open
  busy: boolean;
  start: (act: Act) => void;
  print: (() => void) | undefined;
}

export function actionsView(acting: Acting): TemplateResult {
  const button = (act: Act, style: string, shown = ""): TemplateResult =>
    html`<button type="button" class="button ${style}" data-act=${act} aria-disabled=${acting.busy ? "true" : nothing}
      aria-expanded=${act === acting.opened ? "true" : nothing} @click=${() => acting.start(act)}>
      ${unitWords.act.label[act]} ${shown ? html`<kbd>${shown}</kbd>` : nothing}
    </button>`;
  const main = keys.flatMap(({ shown, acts }) => {
    const act = acts.find((each) => acting.acts.includes(each));
    return act ? [{ act, shown }] : [];
  });
  const rest = others.filter((act) => acting.acts.includes(act));
  return html`<div class="actions main-acts">${main.map(({ act, shown }, index) => button(act, index === 0 ? "primary" : "", shown))}</div>
    <div class="actions other-acts">
      ${rest.map((act) => button(act, "plain"))}
      ${acting.print ? html`<button type="button" class="button plain" @click=${acting.print}>${words.print} <kbd>Ctrl+P</kbd></button>` : nothing}
    </div>`;
}
