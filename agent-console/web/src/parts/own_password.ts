// One's own password: the old one, and a new one twice. The native dialog keeps the focus inside and gives it back.
import { html, nothing, render } from "lit";
import type { TemplateResult } from "lit";
import type { Problem } from "../api.js";
import { post, unknownOutcome } from "../api.js";
import { commonWords, key } from "#words/common.js";
import { session } from "../session.js";
import { explain } from "../view.js";

const words = commonWords.ownPassword;
const least = 8; // of its characters: the server's own bound
const patience_ms = 25_000; // wrong ones are slowed down, by the server, up to fifteen seconds

type Field = "old" | "new" | "again";

class Dialog {
  private readonly dialog = document.createElement("dialog");
  private wrong: { field: Field | ""; text: string } | undefined;
  private busy = false;
  private done = false;

  open(): void {
    const { dialog } = this;
    dialog.className = "dialog small own-password";
    dialog.setAttribute("aria-labelledby", "own-password-title");
    const left = (): void => {
      if (!session.user) dialog.close();
    };
    session.addEventListener("change", left);
    dialog.addEventListener("close", () => {
      session.removeEventListener("change", left);
      dialog.remove();
    });
    document.body.append(dialog);
    this.draw();
    dialog.showModal();
    this.focus("#own-password-old");
  }

  private draw(): void {
    render(
      html`<div class="dialog-head">
          <h2 id="own-password-title">${words.title}</h2>
          <button type="button" class="button plain" @click=${() => this.dialog.close()}>${commonWords.close} <kbd>${key.escape}</kbd></button>
        </div>
        <div role="status">${this.done ? html`<p class="notice ok">${words.done}</p>` : nothing}</div>
        ${this.done ? html`<div class="actions"><button type="button" class="button primary" id="own-password-done" @click=${() => this.dialog.close()}>${commonWords.close}</button></div>` : this.form()}`,
      this.dialog,
    );
  }

  private form(): TemplateResult {
    return html`<p class="quiet">${words.text}</p>
      <div role="alert">${this.wrong ? html`<p class="notice error" id="own-password-error">${this.wrong.text}</p>` : nothing}</div>
      <form novalidate @submit=${this.submit}>
        <input class="visually-hidden" type="text" autocomplete="username" tabindex="-1" aria-hidden="true" readonly .value=${session.user?.name ?? ""} />
        ${this.field("old", words.old, "current-password")} ${this.field("new", words.fresh, "new-password")} ${this.field("again", words.again, "new-password")}
        <div class="actions">
          <button type="submit" class="button primary" aria-disabled=${this.busy ? "true" : nothing}>${this.busy ? words.busy : words.submit}</button>
          <button type="button" class="button" @click=${() => this.dialog.close()}>${commonWords.cancel}</button>
        </div>
      </form>`;
  }

  private field(name: Field, label: string, autocomplete: "current-password" | "new-password"): TemplateResult {
    const wrong = this.wrong?.field === name;
    return html`<label class="field"
      ><span>${label}</span>
      <input id="own-password-${name}" type="password" autocomplete=${autocomplete} maxlength="256" required aria-invalid=${wrong ? "true" : nothing} aria-describedby=${wrong ? "own-password-error" : nothing} />
    </label>`;
  }

  private readonly submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (this.busy) return;
    const [old, fresh, again] = (["old", "new", "again"] as const).map((name) => this.value(name)) as [string, string, string];
    if (!old) return this.refuse("old", words.oldMissing);
    if (fresh.length < least) return this.refuse("new", words.short(least));
    if (fresh !== again) return this.refuse("again", words.different);
    this.busy = true;
    this.draw();
    const answer = await post<void>("me/password", { old, new: fresh }, { timeout_ms: patience_ms });
    this.busy = false;
    if (!this.dialog.open) return;
    if (!answer.ok) return this.explain(answer.problem);
    this.done = true;
    this.draw();
    this.focus("#own-password-done");
  };

  private explain(problem: Problem): void {
    const field = problem.field === "new" ? "new" : "old";
    this.refuse(field, unknownOutcome(problem) ? words.unknown : explain(problem));
  }

  private refuse(field: Field, text: string): void {
    this.wrong = { field, text };
    this.draw();
    this.focus(`#own-password-${field}`);
  }

  private value(name: Field): string {
    return this.dialog.querySelector<HTMLInputElement>(`#own-password-${name}`)?.value ?? "";
  }

  private focus(selector: string): void {
    this.dialog.querySelector<HTMLElement>(selector)?.focus();
  }
}

export function ownPassword(): void {
  if (!document.querySelector("dialog[open]")) new Dialog().open();
}
