// The shell: banners, navigation, and one screen at a time. The address's fragment names the screen.
import { html, nothing } from "lit";
import type { TemplateResult } from "lit";
import { acts } from "./activity.js";
import type { ScreenName } from "./api.js";
import { bannerOf } from "./banner.js";
import { moment, now_ms } from "./clock.js";
import { commonWords } from "#words/common.js";
import { guard } from "./guard.js";
import { live } from "./live.js";
import { besides } from "./parts/key_help.js";
import { session, shownFirst } from "./session.js";
import { View } from "./view.js";

const elements: Record<ScreenName, string> = { saisie: "bn-operator", bannette: "bn-agent", tableau: "bn-board", administration: "bn-admin" };

function guardDraft(event: BeforeUnloadEvent): void {
  if (guard.unkept()) event.preventDefault();
}

class App extends View {
  private screen: ScreenName | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.listenTo(session, "change", () => this.redraw());
    this.listenTo(window, "hashchange", () => this.redraw());
    this.listenTo(window, "beforeunload", (event) => guardDraft(event as BeforeUnloadEvent));
    guard.changed = () => this.redraw();
    for (const type of acts) this.listenTo(document, type, () => session.activity.act());
    void session.begin();
  }

  protected override willUpdate(): void {
    const mine = session.screens();
    const wanted = mine.length > 0 ? shownFirst(mine) : undefined;
    this.screen = wanted;
    const title = !session.ready ? "" : wanted ? commonWords.nav[wanted] : commonWords.login.title;
    const alarm = session.inDanger > 0 && wanted !== "saisie" ? commonWords.inDanger(session.inDanger) : "";
    document.title = [alarm, title, commonWords.app, session.site.name].filter((part) => part !== "").join(" – ");
  }

  protected override render() {
    if (!session.ready) return html`<p class="loading">${commonWords.loading}</p>`;
    return html`<a class="skip" href="#main" @click=${this.skip}>${commonWords.skip}</a>
      ${this.header()}
      <div class="banners" role="status">${this.banners()}</div>
      <main id="main" tabindex="-1">${this.body()}</main>
      <footer class="foot" aria-label=${commonWords.pages.label}>
        ${session.user ? besides(commonWords.pages.firstDayOf[session.user.role], commonWords.pages.firstDay) : nothing}
        ${besides(commonWords.pages.accessibilityPage, commonWords.pages.accessibility)}
      </footer>`;
  }

  private header(): TemplateResult {
    const { user, site } = session;
    return html`<header>
      ${site.demo ? html`<p class="demo">${commonWords.demo}</p>` : nothing}
      <div class="top">
        <p class="brand"><img src="/icon.svg" alt="" width="28" height="28" /><strong>${commonWords.app}</strong> <span class="site">${site.name}</span></p>
        ${user ? html`${this.navigation()}
              <p class="who"><span class="name">${user.name}</span> <span class="quiet">${commonWords.roles[user.role]}</span></p>
              <button type="button" class="button plain" @click=${this.ownPassword}>${commonWords.ownPassword.open}</button>
              <button type="button" class="button plain" @click=${this.logout}>${commonWords.nav.logout}</button>` : nothing}
      </div>
    </header>`;
  }

  private navigation(): TemplateResult | typeof nothing {
    const screens = session.screens();
    if (screens.length < 2) return nothing;
    return html`<nav aria-label=${commonWords.nav.label}>
      ${screens.map((name) => html`<a href="#${name}" aria-current=${name === this.screen ? "page" : nothing}>${commonWords.nav[name]}</a>`)}
    </nav>`;
  }

  private banners(): TemplateResult | typeof nothing {
    if (!session.user) return nothing;
    return html`${this.lineBanner()} ${this.endBanner()} ${session.complete && session.rest === "missing" ? html`<p class="banner">${commonWords.restMissing}</p>` : nothing} ${session.warning ? html`<p class="banner">${session.warning}</p>` : nothing}`;
  }

  // WCAG 2.2.1: told before it ends, and prolonged by any key; the button is for who has no keys.
  private endBanner(): TemplateResult | typeof nothing {
    const { warning, ends_ms } = session.activity;
    if (warning === "age") return html`<p class="banner ending">${commonWords.ending.age(moment(new Date(now_ms() + ends_ms - Date.now()).toISOString()), guard.holds())}</p>`;
    if (warning === "idle") return html`<p class="banner ending">${commonWords.ending.idle(guard.holds())} <button type="button" class="button">${commonWords.ending.stay}</button></p>`;
    return nothing;
  }

  private lineBanner(): TemplateResult | typeof nothing {
    const banner = bannerOf(this.screen, live.line, live.queueUp, guard.unkept());
    return banner ? html`<p class="banner ${banner.lost ? "lost" : ""}">${banner.text}</p>` : nothing;
  }

  private body(): TemplateResult {
    if (this.screen && session.rest === "coming" && !customElements.get(elements[this.screen])) return html`<p class="loading">${commonWords.loading}</p>`;
    if (this.screen && (!session.complete || !customElements.get(elements[this.screen]))) {
      return html`<p class="notice error" role="alert">${commonWords.incomplete}</p>
        <button type="button" class="button primary" @click=${() => location.reload()}>${commonWords.retry}</button>`;
    }
    switch (this.screen) {
      case "saisie":
        return html`<bn-operator></bn-operator>`;
      case "bannette":
        return html`<bn-agent></bn-agent>`;
      case "tableau":
        return html`<bn-board></bn-board>`;
      case "administration":
        return html`<bn-admin></bn-admin>`;
      default:
        return html`<bn-login></bn-login>`;
    }
  }

  private skip(event: Event): void {
    event.preventDefault(); // the fragment names the screen
    this.querySelector<HTMLElement>("#main")?.focus();
  }

  private async ownPassword(): Promise<void> {
    const { ownPassword } = await import("./parts/own_password.js");
    ownPassword();
  }

  private async logout(): Promise<void> {
    if (!(await guard.mayLeave())) return;
    guard.forget();
    await session.logout();
  }
}
customElements.define("bn-app", App);
