// Asks before something is done that cannot be undone. The native dialog keeps the focus inside and gives it back.
import { html, render } from "lit";

export interface Question {
  title: string;
  text: string;
  yes: string;
  no: string;
}

// The focus begins on "no".
export function confirm(question: Question): Promise<boolean> {
  return new Promise((resolve) => {
    const dialog = document.createElement("dialog");
    dialog.className = "dialog small";
    dialog.setAttribute("aria-labelledby", "confirm-title");
    const answer = (yes: boolean): void => dialog.close(yes ? "yes" : "no");
    render(
      html`<h2 id="confirm-title">${question.title}</h2>
        <p>${question.text}</p>
        <div class="actions">
          <button type="button" class="button primary" autofocus @click=${() => answer(false)}>${question.no}</button>
          <button type="button" class="button" @click=${() => answer(true)}>${question.yes}</button>
        </div>`,
      dialog,
    );
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(dialog.returnValue === "yes");
    });
    document.body.append(dialog);
    dialog.showModal();
  });
}
