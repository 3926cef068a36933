// Above the column: who is on the line, since when, what is known of that number; and which post one sits at.
import { html, nothing } from "lit";
import type { TemplateResult } from "lit";
import { frOperator } from "../fr/operator.js";
import { written } from "../phone.js";
import type { Phone } from "../phone.js";
import { session } from "../session.js";
import type { CallNow, Contact } from "../types.js";
import { explain } from "../view.js";
import { dangerBadge, stateBadge } from "./badges.js";

const words = frOperator.telephone;

// `shown`: the call that is on the screen. `open`: the one that is there is not.
export function phoneStrip(phone: Phone, shown: string, open: () => void): TemplateResult | typeof nothing {
  if (!phone.telephony) return nothing;
  return html`<section class="phone ${phone.call ? "has-call" : ""}" aria-label=${words.label}>
    ${phone.call ? onTheLine(phone, phone.call, shown, open) : html`<span class="quiet">${phone.post ? words.free(phone.post.name) : ""}</span>`}
    ${post(phone)} ${line(phone)}
  </section>`;
}

function onTheLine(phone: Phone, call: CallNow, shown: string, open: () => void): TemplateResult {
  return html`<span class="caller"><strong>${call.number ? written(call.number) : words.withheld}</strong> ${call.name ?? ""}
      <span class="quiet">${words.state(call.state)}${call.queue ? ` · ${call.queue}` : ""}</span>
      ${call.wrap_up_until ? html`<bn-time at=${call.wrap_up_until} mode="left"></bn-time>` : call.since ? html`<bn-time at=${call.since} mode="age"></bn-time>` : nothing}
      ${shown === call.id ? nothing : html`<button type="button" class="button primary" @click=${open}>${words.open} <kbd>F2</kbd></button>`}
    </span>
    ${phone.contacts.length === 0 ? nothing : html`<ul class="contacts" aria-label=${words.contacts}>${phone.contacts.slice(0, 4).map(contact)}</ul>`}
    ${phone.contactsPartial ? html`<span class="quiet small">${frOperator.repeat.partial}</span>` : nothing}`;
}

const contact = (one: Contact): TemplateResult => html`<li>
  <strong class="reference">${one.reference}</strong> ${one.state ? stateBadge(one.state) : nothing} ${dangerBadge(one.danger)}
  <span class="quiet">${one.topic ? session.topic(one.topic) : frOperator.repeat.restricted}</span>
</li>`;

function post(phone: Phone): TemplateResult {
  const { problem } = phone;
  return html`<span class="post">
    <label for="phone-post">${words.post}</label>
    <select id="phone-post" @change=${(event: Event) => void phone.sit((event.target as HTMLSelectElement).value)}>
      <option value="" .selected=${phone.post === null}>${words.noPost}</option>
      ${phone.posts.map((one) => html`<option value=${one.code} .selected=${one.code === phone.post?.code}>${one.name}${one.person && one.person !== session.user?.name ? ` (${one.person})` : ""}</option>`)}
    </select>
    ${problem ? html`<span class="field-error" role="alert">${explain(problem)}</span>` : nothing}
    ${problem?.code === "held_by_other" ? html`<button type="button" class="button" @click=${takeOver(phone)}>${words.takeOver}</button>` : nothing}
  </span>`;
}

const takeOver = (phone: Phone) => (event: Event): void => {
  const chosen = (event.target as HTMLElement).parentElement?.querySelector("select")?.value ?? "";
  void phone.sit(chosen, true);
};

function line(phone: Phone): TemplateResult | typeof nothing {
  const waiting = phone.lines.reduce((sum, one) => sum + one.waiting, 0);
  if (waiting === 0) return nothing;
  const oldest = phone.lines.flatMap((one) => one.oldest ?? []).sort()[0];
  return html`<span class="quiet">${words.waiting(waiting)} ${oldest ? html`<bn-time at=${oldest} mode="age"></bn-time>` : nothing}</span>`;
}
