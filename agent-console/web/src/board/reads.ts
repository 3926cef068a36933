// <bn-reads>: who has read what, when, and by what right or for which reason. Auditors and administrators ask over the site; a supervisor
// asks about one dossier.
import { html, nothing } from "lit";
import type { TemplateResult } from "lit";
import { get, post } from "../api.js";
import type { Answer } from "../api.js";
import { exactMoment, moment } from "../clock.js";
import { commonWords } from "#words/common.js";
import { boardWords } from "#words/board.js";
import { choices } from "../parts/acts.js";
import { actorName } from "../parts/history.js";
import { session } from "../session.js";
import { explain, View } from "../view.js";
import { dayStart, daysAgo } from "./days.js";
import type { Events, SiteEvent } from "./types.js";

const words = boardWords.reads;
const page = 100;
const rounds = 20; // the server looks through so many changes at a time, and may find none
const reference_form = /^[0-9a-z]{3}[ -]?[0-9a-z]{3}$/i;

interface Wish {
  reference: string;
  person: string;
  unit: string;
  from: string; // days, both counted
  to: string;
}

export class Reads extends View {
  private wish: Wish = { reference: "", person: "", unit: "", from: daysAgo(6), to: daysAgo(0) };
  private items: readonly SiteEvent[] = [];
  private scanned = 0;
  private more = false;
  private loaded = false;
  private busy = false;
  private wrong: { field: keyof Wish | ""; text: string } | undefined;
  private asked = 0;

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.site()) void this.load(true);
  }

  // May ask over the whole site.
  private site(): boolean {
    return ["admin", "auditor"].includes(session.user?.role ?? "");
  }

  protected override render() {
    return html`<section class="reports" aria-labelledby="reads-title">
      <h2 id="reads-title">${words.title}</h2>
      <p class="quiet">${this.site() ? words.text : words.textOne}</p>
      <form class="report-form" role="search" @submit=${this.submit} novalidate autocomplete="off">
        ${this.field("reference", "text", 16)}
        ${this.site() ? html`${this.field("person", "text", 136)}
              <div class="field"><label for="reads-unit">${words.unit}</label>
                <select id="reads-unit" name="unit"><option value="">${words.all}</option>${choices(session.catalogue.units.map(({ code, name }) => [code, name]))}</select></div>
              ${this.field("from", "date")} ${this.field("to", "date")}` : nothing}
        <button class="button primary" type="submit" aria-disabled=${this.busy ? "true" : nothing}>${words.show}</button>
      </form>
      <div role="alert">${this.wrong ? html`<p class="notice error" id="reads-error">${this.wrong.text}</p>` : nothing}</div>
      <div role="status" class="visually-hidden">${this.busy ? commonWords.loading : this.loaded ? words.found(this.items.length) : ""}</div>
      ${this.loaded ? this.table() : nothing}
      ${this.more ? html`<p class="quiet">${words.partly} <button type="button" class="button" aria-disabled=${this.busy ? "true" : nothing} @click=${() => void this.load(false)}>${words.more}</button></p>` : nothing}
    </section>`;
  }

  private field(name: keyof Wish, type: "text" | "date", most = 10): TemplateResult {
    const wrong = this.wrong?.field === name;
    return html`<div class="field"><label for="reads-${name}">${words[name]}</label>
      <input id="reads-${name}" name=${name} type=${type} maxlength=${most} spellcheck="false" .defaultValue=${this.wish[name]} aria-invalid=${wrong ? "true" : nothing}
        aria-describedby=${wrong ? "reads-error" : nothing} /></div>`;
  }

  private table(): TemplateResult {
    if (this.items.length === 0) return html`<p class="quiet empty">${words.none}</p>`;
    const { columns } = words;
    return html`<div class="report-table" tabindex="0" role="group" aria-label=${words.title}><table>
      <thead><tr>${[columns.at, columns.who, columns.what, columns.why, columns.which, columns.where].map((label) => html`<th scope="col">${label}</th>`)}</tr></thead>
      <tbody>${this.items.map((item) => html`<tr>
        <th scope="row"><time datetime=${item.at} title=${exactMoment(item.at)}>${moment(item.at)}</time></th>
        <td>${actorName(item.actor, "")}</td><td>${commonWords.change(item.change)}</td>
        <td>${why(item)}${item.text ? html` <span class="under">${item.text}</span>` : nothing}</td>
        <td><span class="reference">${item.reference ?? commonWords.none}</span> <span class="under">${session.topicOf({ topic: item.topic ?? "", restricted: item.restricted })}</span></td>
        <td>${session.bannette(item.bannette)}</td></tr>`)}</tbody>
    </table></div>`;
  }

  private submit(event: SubmitEvent): void {
    event.preventDefault();
    const data = new FormData(event.target as HTMLFormElement);
    const text = (name: keyof Wish): string => String(data.get(name) ?? "").trim();
    this.wish = { reference: text("reference"), person: text("person"), unit: text("unit"), from: text("from"), to: text("to") };
    const { reference, from, to } = this.wish;
    if (reference ? !reference_form.test(reference) : !this.site()) return this.refuse("reference", words.wrongReference);
    if (from && to && to < from) return this.refuse("from", words.wrongDates);
    void this.load(true);
  }

  private refuse(field: keyof Wish, text: string): void {
    this.wrong = { field, text };
    this.redraw();
    void this.focusOn(`#reads-${field}`);
  }

  private async load(anew: boolean): Promise<void> {
    const mine = ++this.asked;
    if (anew) {
      this.items = [];
      this.scanned = 0;
      this.more = this.loaded = false;
    }
    this.busy = true;
    this.wrong = undefined;
    this.redraw();
    const wanted = this.items.length + page;
    for (let round = 0; round < rounds && this.items.length < wanted; ++round) {
      const answer = await this.ask();
      if (mine !== this.asked) return;
      if (!answer.ok) {
        this.wrong = { field: "", text: explain(answer.problem) };
        break;
      }
      const { items, scanned, as_of } = answer.value;
      this.items = [...this.items, ...items.filter((item) => this.wanted(item))];
      this.scanned = scanned;
      this.loaded = true;
      this.more = scanned < as_of;
      if (!this.more) break;
    }
    this.busy = false;
    this.redraw();
  }

  private ask(): Promise<Answer<Events>> {
    const { reference, person, unit, from, to } = this.wish;
    if (reference) return get<Events>(`dossiers/${reference.replace(/^(...)[ -]?(...)$/, "$1-$2").toUpperCase()}/reads?after=${this.scanned}&limit=${page}`);
    const times = { ...(from ? { from: dayStart(from, 0) } : {}), ...(to ? { to: dayStart(to, 1) } : {}) };
    return post<Events>("reads", { ...times, ...(person ? { person } : {}), ...(unit ? { unit } : {}), after: this.scanned, limit: page });
  }

  // Of one dossier the server gives all; the other fields choose among them.
  private wanted({ actor, bannette, at }: SiteEvent): boolean {
    const { reference, person, unit, from, to } = this.wish;
    if (!reference || !this.site()) return true;
    return (!person || actor === person) && (!unit || bannette.startsWith(`${unit}/`)) && (!from || at >= dayStart(from, 0)) && (!to || at < dayStart(to, 1));
  }
}
customElements.define("bn-reads", Reads);

function why({ change, reason }: SiteEvent): string {
  if (change !== "read") return words.holding;
  return (words.rights as Record<string, string>)[reason] ?? session.purpose(reason);
}
