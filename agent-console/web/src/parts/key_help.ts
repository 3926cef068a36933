// F1: what the keys do, in the words of a screen, and where one reads more. The native dialog keeps the focus inside and gives it back.
import { html, nothing, render } from "lit";
import type { TemplateResult } from "lit";
import { commonWords, key } from "#words/common.js";
import { session } from "../session.js";

export interface KeyWords {
  title: string;
  close: string;
  groups: readonly { title: string; keys: readonly (readonly string[])[] }[];
}

// A page that is read beside the work: in a tab of its own, so that no screen is left.
export const besides = (address: string, words: string): TemplateResult =>
  html`<a href=${address} target="_blank">${words}<span class="visually-hidden"> ${commonWords.pages.newTab}</span></a>`;

export function toggleKeys(words: KeyWords): void {
  const open = document.querySelector<HTMLDialogElement>("dialog.help");
  if (open) return open.close();
  if (document.querySelector("dialog[open]")) return; // one at a time
  const dialog = document.createElement("dialog");
  dialog.className = "dialog help";
  dialog.setAttribute("aria-labelledby", "help-title");
  render(
    html`<div class="dialog-head">
        <h2 id="help-title">${words.title}</h2>
        <button type="button" class="button plain" autofocus @click=${() => dialog.close()}>${words.close} <kbd>${key.escape}</kbd></button>
      </div>
      <div class="help-groups">
        ${words.groups.map((group) => html`<section>
            <h3>${group.title}</h3>
            <dl class="key-list">${group.keys.map(([key, what]) => html`<div><dt><kbd>${key}</kbd></dt><dd>${what}</dd></div>`)}</dl>
          </section>`)}
      </div>
      ${session.user ? html`<p>${besides(commonWords.pages.firstDayOf[session.user.role], commonWords.pages.firstDay)}</p>` : nothing}`,
    dialog,
  );
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}
