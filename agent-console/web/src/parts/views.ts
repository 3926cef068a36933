// Saved views: one select to choose one, and a small dialog to name the filter that is set now.
import { key } from "#words/common.js";
import { html, nothing, render } from "lit";
import type { TemplateResult } from "lit";
import { live as liveValue } from "lit/directives/live.js";
import { isEverything, same } from "../filter.js";
import type { Filter } from "../filter.js";
import { unitWords } from "#words/unit.js";
import { view_name_most, views_kept } from "../preferences.js";
import type { SavedView } from "../preferences.js";

const words = unitWords.views;

export interface ViewsView {
  views: readonly SavedView[];
  filter: Filter;
  choose: (filter: Filter) => void;
  keep: (views: readonly SavedView[]) => void;
}

export function viewBar(view: ViewsView): TemplateResult | typeof nothing {
  const { views, filter } = view;
  const current = views.findIndex((each) => same(each.filter, filter));
  const open = current < 0 && !isEverything(filter);
  if (views.length === 0 && !open) return nothing;
  const change = (event: Event): void => {
    const chosen = views[Number((event.target as HTMLSelectElement).value)];
    if (chosen) view.choose(chosen.filter);
  };
  return html`${views.length === 0 ? nothing : html`<div class="filter">
      <label for="filter-view">${words.label}</label>
      <select id="filter-view" @change=${change}>
        <option value="" .selected=${liveValue(current < 0)}>${words.none}</option>
        ${views.map((each, index) => html`<option value=${index} .selected=${liveValue(index === current)}>${each.name}</option>`)}
      </select>
    </div>`}
    ${open ? html`<button type="button" class="button plain" @click=${() => void save(view)}>${words.save}</button>` : nothing}
    ${current >= 0 ? html`<button type="button" class="button plain" @click=${() => view.keep(views.filter((_each, index) => index !== current))}>${words.remove}</button>` : nothing}`;
}

async function save({ views, filter, keep }: ViewsView): Promise<void> {
  const name = await askName(views);
  if (name) keep([...views.filter((each) => each.name !== name), { name, filter }]);
}

function askName(views: readonly SavedView[]): Promise<string> {
  return new Promise((resolve) => {
    const dialog = document.createElement("dialog");
    dialog.className = "dialog small";
    dialog.setAttribute("aria-labelledby", "view-title");
    const draw = (error: string): void => {
      render(
        html`<h2 id="view-title">${words.save}</h2>
          <form @submit=${submit} novalidate autocomplete="off">
            <div class="field">
              <label for="view-name">${words.name}</label> <span class="hint" id="view-hint">${words.nameHint}</span>
              <input id="view-name" name="name" maxlength=${view_name_most} autofocus aria-invalid=${error ? "true" : nothing}
                aria-describedby=${error ? "view-error view-hint" : "view-hint"} />
              <span role="alert">${error ? html`<span class="field-error" id="view-error">${error}</span>` : nothing}</span>
            </div>
            <div class="actions">
              <button type="submit" class="button primary">${words.keep}</button>
              <button type="button" class="button" @click=${() => dialog.close("")}>${unitWords.act.cancel} <kbd>${key.escape}</kbd></button>
            </div>
          </form>`,
        dialog,
      );
    };
    const submit = (event: SubmitEvent): void => {
      event.preventDefault();
      const name = dialog.querySelector<HTMLInputElement>("#view-name")?.value.trim() ?? "";
      if (name === "") draw(words.missing);
      else if (views.length >= views_kept && !views.some((each) => each.name === name)) draw(words.tooMany(views_kept));
      else return dialog.close(name);
      dialog.querySelector<HTMLElement>("#view-name")?.focus();
    };
    draw("");
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(dialog.returnValue);
    });
    document.body.append(dialog);
    dialog.showModal();
  });
}
