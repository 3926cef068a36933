// The first screen: who are you?
import { html, nothing } from "lit";
import type { Problem } from "../api.js";
import { guard } from "../guard.js";
import { commonWords } from "#words/common.js";
import { session } from "../session.js";
import { explain, View } from "../view.js";

function words(problem: Problem): string {
  if (problem.status === 401) return commonWords.login.wrong;
  if (problem.status === 429) return problem.detail || commonWords.login.tooMany;
  if (problem.code === "offline" || problem.code === "timed_out") return commonWords.login.offline;
  return explain(problem);
}

class LoginScreen extends View {
  private busy = false;
  private error = "";

  override connectedCallback(): void {
    super.connectedCallback();
    void this.focusOn("#login-name");
  }

  protected override render() {
    const expired = guard.holds() ? commonWords.login.expiredDraft : commonWords.login.expired;
    return html`<div class="login">
      <form class="card" @submit=${this.submit} novalidate aria-labelledby="login-title">
        <h1 id="login-title">${commonWords.login.title}</h1>
        ${session.site.name ? html`<p class="quiet">${session.site.name}</p>` : nothing}
        ${session.expired && !this.error ? html`<p class="notice">${expired}</p>` : nothing}
        <div role="alert">${this.error ? html`<p class="notice error" id="login-error">${this.error}</p>` : nothing}</div>
        <label class="field"
          ><span>${commonWords.login.name}</span>
          <input id="login-name" name="name" autocomplete="username" autocapitalize="none" spellcheck="false" maxlength="64" required
            aria-describedby=${this.error ? "login-error" : nothing} />
        </label>
        <label class="field"
          ><span>${commonWords.login.password}</span>
          <input id="login-password" name="password" type="password" autocomplete="current-password" maxlength="256" required
            aria-describedby=${this.error ? "login-error" : nothing} />
        </label>
        <button class="button primary wide" type="submit" aria-disabled=${this.busy ? "true" : nothing}>
          ${this.busy ? commonWords.login.busy : commonWords.login.submit}
        </button>
      </form>
    </div>`;
  }

  private async submit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    if (this.busy) return;
    const form = event.target as HTMLFormElement;
    const data = new FormData(form);
    const name = String(data.get("name") ?? "").trim();
    const password = String(data.get("password") ?? "");
    if (!name || !password) {
      this.fail(commonWords.login.missing, name ? "#login-password" : "#login-name");
      return;
    }
    this.busy = true;
    this.redraw();
    const before = session.lastName;
    const answer = await session.login(name, password);
    this.busy = false;
    if (answer.ok) {
      if (before !== "" && before !== answer.value.user.name) guard.forget(); // another person's text
      return;
    }
    const password_input = form.elements.namedItem("password") as HTMLInputElement;
    if (answer.problem.status === 401) password_input.value = "";
    this.fail(words(answer.problem), "#login-password");
  }

  private fail(text: string, focus: string): void {
    this.error = text;
    this.redraw();
    void this.focusOn(focus);
  }
}
customElements.define("bn-login", LoginScreen);
