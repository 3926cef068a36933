// Shows a password or a token, this once: when the dialog is closed it is nowhere in the page.
import { html, render } from "lit";
import { adminWords } from "#words/admin.js";

const words = adminWords.secret;

export function showSecret(title: string, text: string, secret: string): Promise<void> {
  return new Promise((resolve) => {
    const dialog = document.createElement("dialog");
    dialog.className = "dialog small secret-dialog";
    dialog.setAttribute("aria-labelledby", "secret-title");
    const draw = (copied: boolean): void => {
      render(
        html`<h2 id="secret-title">${title}</h2>
          <p><output class="secret" tabindex="0" autofocus aria-label=${title}>${secret}</output></p>
          <p>${text}</p>
          <div class="actions">
            <button type="button" class="button primary" @click=${() => dialog.close()}>${words.done}</button>
            <button type="button" class="button" @click=${copy}>${words.copy}</button>
            <span role="status" class="quiet">${copied ? words.copied : ""}</span>
          </div>`,
        dialog,
      );
    };
    const copy = async (): Promise<void> => {
      try {
        await navigator.clipboard.writeText(secret);
        draw(true);
      } catch {
        // Without TLS browsers refuse: it can still be selected.
        getSelection()?.selectAllChildren(dialog.querySelector(".secret") ?? dialog);
      }
    };
    draw(false);
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve();
    });
    document.body.append(dialog);
    dialog.showModal();
  });
}
