// Asks before typed text is thrown away. The native dialog keeps the focus inside and gives it back.
import { html, render } from "lit";
import { fr } from "../fr.js";

export function confirmAbandon(): Promise<boolean> {
  return new Promise((resolve) => {
    const dialog = document.createElement("dialog");
    dialog.className = "dialog small";
    dialog.setAttribute("aria-labelledby", "confirm-title");
    const answer = (abandon: boolean): void => dialog.close(abandon ? "abandon" : "keep");
    render(
      html`<h2 id="confirm-title">${fr.operator.abandonTitle}</h2>
        <p>${fr.operator.abandonText}</p>
        <div class="actions">
          <button type="button" class="button primary" autofocus @click=${() => answer(false)}>${fr.operator.keep}</button>
          <button type="button" class="button" @click=${() => answer(true)}>${fr.operator.abandon}</button>
        </div>`,
      dialog,
    );
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(dialog.returnValue === "abandon");
    });
    document.body.append(dialog);
    dialog.showModal();
  });
}
