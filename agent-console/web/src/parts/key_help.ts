// F1: what the keys do, in the words of a screen. The native dialog keeps the focus inside and gives it back.
import { html, render } from "lit";

export interface KeyWords {
  title: string;
  close: string;
  groups: readonly { title: string; keys: readonly (readonly string[])[] }[];
}

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
        <button type="button" class="button plain" autofocus @click=${() => dialog.close()}>${words.close} <kbd>Échap</kbd></button>
      </div>
      <div class="help-groups">
        ${words.groups.map((group) => html`<section>
            <h3>${group.title}</h3>
            <dl class="key-list">${group.keys.map(([key, what]) => html`<div><dt><kbd>${key}</kbd></dt><dd>${what}</dd></div>`)}</dl>
          </section>`)}
      </div>`,
    dialog,
  );
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}
