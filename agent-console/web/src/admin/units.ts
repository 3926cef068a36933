// Units and services, their bannettes and who works there: a unit without people is an empty desk.
import { html } from "lit";
import type { TemplateResult } from "lit";
import { commonWords } from "#words/common.js";
import { adminWords } from "#words/admin.js";
import { Part } from "./part.js";
import type { Items, UnitView } from "./types.js";

const words = adminWords.units;

export class Units extends Part {
  private items: UnitView[] = [];

  protected override render() {
    return html`${this.notices()}
      <p class="quiet">${words.text}</p>
      ${this.waiting()}
      <ul class="unit-cards">${this.items.map((unit) => this.card(unit))}</ul>`;
  }

  private card(unit: UnitView): TemplateResult {
    const people = unit.people.filter((person) => !person.disabled);
    return html`<li class="card unit-card ${people.length === 0 ? "is-empty" : ""}">
      <h2>${unit.name}</h2>
      <p class="quiet small mono">${unit.code}</p>
      <dl>
        <dt>${words.people}</dt>
        <dd>
          ${people.length === 0
            ? html`<span class="warn-text">${words.nobody}</span>`
            : people.map((person, index) => html`${index > 0 ? ", " : ""}<span class="whole">${person.name} <span class="quiet">(${commonWords.roles[person.role]})</span></span>`)}
        </dd>
        <dt>${words.bannettes}</dt>
        <dd>${unit.bannettes.length === 0 ? words.none : unit.bannettes.map((bannette) => bannette.label.replace(`${unit.name} : `, "")).join(" · ")}</dd>
      </dl>
    </li>`;
  }

  protected override async load(): Promise<void> {
    const list = await this.fetch<Items<UnitView>>("admin/units");
    if (list) this.items = list.items;
    this.redraw();
  }
}
customElements.define("bn-units", Units);
