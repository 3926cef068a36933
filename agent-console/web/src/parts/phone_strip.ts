// Above the column: who is on the line, since when, what is known of that number; whom one is calling back; which post one sits at, and
// its pauses. A choice is made by its button: walking through a list by arrow keys takes no post and pauses nothing.
import { html, nothing } from "lit";
import type { TemplateResult } from "lit";
import type { CallbackAct, Callbacks } from "../callbacks.js";
import { commonWords, key } from "#words/common.js";
import { operatorWords } from "#words/operator.js";
import { written } from "../phone.js";
import type { Phone } from "../phone.js";
import { session } from "../session.js";
import type { CallNow, Contact } from "../types.js";
import { explain, View } from "../view.js";
import { dangerBadge, stateBadge } from "./badges.js";

const words = operatorWords.telephone;
const contacts_shown = 4;

export class PhoneStrip extends View {
  phone: Phone | undefined;
  callbacks: Callbacks | undefined;
  offers = false;            // the call is not on the screen, and may be opened
  open: () => void = () => {};
  private choosing: "" | "post" | "pause" = "";

  // Of a key: the reasons of a pause, or the end of one.
  togglePause(): void {
    const { phone } = this;
    if (!phone?.post) return this.choose("post");
    if (phone.post.pause !== null) void phone.pause("");
    else this.choose(this.choosing === "pause" ? "" : "pause");
  }

  protected override render() {
    const { phone } = this;
    if (!phone?.telephony) return nothing;
    const { call, problem } = phone;
    return html`<section class="phone ${call ? "has-call" : ""}" aria-label=${words.label}>
      ${call ? this.onTheLine(phone, call) : html`<span class="quiet">${phone.post ? words.free(phone.post.name) : words.noPostYet}</span>`}
      ${this.dialling()} ${waiting(phone)}
      <span class="seat">${this.post(phone)}</span>
      <span role="alert">${problem ? html`<span class="field-error">${explain(problem)}</span>` : nothing}
        ${problem?.code === "held_by_other" && this.choosing === "post" ? html`<button type="button" class="button" @click=${() => void this.sit(phone, true)}>${words.takeOver}</button>` : nothing}</span>
    </section>`;
  }

  private onTheLine(phone: Phone, call: CallNow): TemplateResult {
    const sent = call.dossiers.filter((reference) => reference !== "");
    const rest = phone.contacts.length - contacts_shown;
    return html`<span class="caller"><strong>${call.number ? written(call.number) : words.withheld}</strong> ${call.name ?? ""}
        <span class="quiet">${words.state(call.state, call.outbound)}${call.queue ? ` · ${phone.queueLabel(call.queue)}` : ""}</span>
        ${call.wrap_up_until ? html`<span class="wrap-up">${words.wrapUp} <bn-time at=${call.wrap_up_until} mode="lease"></bn-time></span>` : call.since ? html`<bn-time at=${call.since} mode="age"></bn-time>` : nothing}
        ${sent.length > 0 ? html`<span class="quiet">${words.linked(sent)}</span>` : nothing}
        ${this.offers ? html`<button type="button" class="button primary" @click=${this.open}>${words.open} <kbd>F2</kbd></button>` : nothing}
      </span>
      ${phone.contacts.length === 0 ? nothing : html`<ul class="contacts" aria-label=${words.contacts}>${phone.contacts.slice(0, contacts_shown).map(contact)}</ul>`}
      ${rest > 0 ? html`<span class="quiet small">${words.moreContacts(rest)}</span>` : nothing}
      ${phone.contactsPartial ? html`<span class="quiet small">${operatorWords.repeat.partial}</span>` : nothing}`;
  }

  // The callback that one has taken: what became of it, where the telephony cannot tell by itself.
  private dialling(): TemplateResult | typeof nothing {
    const { callbacks } = this;
    const mine = callbacks?.mine;
    if (!callbacks || !mine) return nothing;
    const button = (label: string, act: CallbackAct): TemplateResult => html`<button type="button" class="button" @click=${() => void callbacks.act(mine.id, act)}>${label}</button>`;
    return html`<span class="dialling"><span>${operatorWords.callbacks.calling(written(mine.number ?? ""))}</span>
      ${button(operatorWords.callbacks.reached, "reached")} ${button(operatorWords.callbacks.noAnswer, "no_answer")} ${button(operatorWords.callbacks.release, "release")}</span>`;
  }

  private post(phone: Phone): TemplateResult {
    const { post } = phone;
    if (this.choosing === "post" || !post) return this.choice("phone-post", words.post, words.sit, this.seats(phone), (code) => void this.sit(phone, false, code), post !== null);
    if (post.pause !== null) {
      return html`<strong>${post.name}</strong> <span class="badge doubt">${words.paused(phone.pauseLabel(post.pause))}</span> ${post.since ? html`<bn-time at=${post.since} mode="age"></bn-time>` : nothing}
        <button type="button" class="button primary" aria-disabled=${phone.busy ? "true" : nothing} @click=${() => void phone.pause("")}>${words.unpause} <kbd>${key.shift}+F3</kbd></button>`;
    }
    if (this.choosing === "pause") return this.choice("phone-pause", words.pauseWhy, words.pause, phone.pauses.map(({ code, label }) => [code, label]), (code) => void this.pause(phone, code), true);
    return html`<strong>${post.name}</strong>
      ${phone.pauses.length > 0 ? html`<button type="button" class="button" @click=${() => this.choose("pause")}>${words.pause} <kbd>${key.shift}+F3</kbd></button>` : nothing}
      <button type="button" class="button plain" @click=${() => this.choose("post")}>${words.change}</button>`;
  }

  private seats(phone: Phone): [string, string][] {
    const taken = (person: string | null): string => (person && person !== session.user?.name ? ` (${person})` : "");
    return [["", words.noPost], ...phone.posts.map(({ code, name, person }): [string, string] => [code, `${name}${taken(person)}`])];
  }

  private choice(id: string, label: string, act: string, options: [string, string][], done: (code: string) => void, back: boolean): TemplateResult {
    const submit = (event: Event): void => {
      event.preventDefault();
      done(this.querySelector<HTMLSelectElement>(`#${id}`)?.value ?? "");
    };
    const current = this.phone?.post?.code ?? "";
    return html`<form class="choice-form" @submit=${submit}>
      <label for=${id}>${label}</label>
      <select id=${id}>${options.map(([code, text]) => html`<option value=${code} ?selected=${code === current}>${text}</option>`)}</select>
      <button type="submit" class="button" aria-disabled=${this.phone?.busy ? "true" : nothing}>${act}</button>
      ${back ? html`<button type="button" class="button plain" @click=${() => this.choose("")}>${commonWords.cancel}</button>` : nothing}
    </form>`;
  }

  private choose(what: "" | "post" | "pause"): void {
    this.choosing = what;
    this.redraw();
    void this.focusOn(what ? `#phone-${what}` : ".seat button");
  }

  private async sit(phone: Phone, take_over: boolean, code = this.querySelector<HTMLSelectElement>("#phone-post")?.value ?? ""): Promise<void> {
    this.choosing = "post"; // where somebody sits there, one is asked again
    if (await phone.sit(code, take_over)) this.choose("");
  }

  private async pause(phone: Phone, code: string): Promise<void> {
    if (await phone.pause(code)) this.choose("");
  }
}
customElements.define("bn-phone", PhoneStrip);

const contact = (one: Contact): TemplateResult => html`<li>
  <strong class="reference">${one.reference}</strong> ${one.state ? stateBadge(one.state) : nothing} ${dangerBadge(one.danger)}
  <span class="quiet">${one.topic ? session.topic(one.topic) : operatorWords.repeat.restricted}</span>
</li>`;

function waiting(phone: Phone): TemplateResult | typeof nothing {
  const all = phone.lines.reduce((sum, one) => sum + one.waiting, 0);
  if (all === 0) return nothing;
  const oldest = phone.lines.flatMap((one) => one.oldest ?? []).sort()[0];
  return html`<span class="quiet">${words.waiting(all)} ${oldest ? html`<bn-time at=${oldest} mode="age"></bn-time>` : nothing}</span>`;
}
