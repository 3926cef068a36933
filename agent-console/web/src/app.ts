// The shell: banners, navigation, and one screen at a time. The address's fragment names the screen.
import { html, nothing } from "lit";
import type { TemplateResult } from "lit";
import { acts } from "./activity.js";
import type { ScreenName } from "./api.js";
import { bannerOf } from "./banner.js";
import { moment, now_ms } from "./clock.js";
import { fr } from "./fr.js";
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
    const title = !session.ready ? "" : wanted ? fr.nav[wanted] : fr.login.title;
    const alarm = session.inDanger > 0 && wanted !== "saisie" ? fr.inDanger(session.inDanger) : "";
    document.title = [alarm, title, fr.app, session.site.name].filter((part) => part !== "").join(" – ");
  }

  protected override render() {
    if (!session.ready) return html`<p class="loading">${fr.loading}</p>`;
    return html`<a class="skip" href="#main" @click=${this.skip}>${fr.skip}</a>
      ${this.header()}
      <div class="banners" role="status">${this.banners()}</div>
      <main id="main" tabindex="-1">${this.body()}</main>
      <footer class="foot" aria-label=${fr.pages.label}>
        ${session.user ? besides(fr.pages.firstDayOf[session.user.role], fr.pages.firstDay) : nothing}
        ${besides(fr.pages.accessibilityPage, fr.pages.accessibility)}
      </footer>`;
  }

  private header(): TemplateResult {
    const { user, site } = session;
    return html`<header>
      ${site.demo ? html`<p class="demo">${fr.demo}</p>` : nothing}
      <div class="top">
        <p class="brand"><img src="/icon.svg" alt="" width="28" height="28" /><strong>${fr.app}</strong> <span class="site">${site.name}</span></p>
        ${user ? html`${this.navigation()}
              <p class="who"><span class="name">${user.name}</span> <span class="quiet">${fr.roles[user.role]}</span></p>
              <button type="button" class="button plain" @click=${this.ownPassword}>${fr.ownPassword.open}</button>
              <button type="button" class="button plain" @click=${this.logout}>${fr.nav.logout}</button>` : nothing}
      </div>
    </header>`;
  }

  private navigation(): TemplateResult | typeof nothing {
    const screens = session.screens();
    if (screens.length < 2) return nothing;
    return html`<nav aria-label=${fr.nav.label}>
      ${screens.map((name) => html`<a href="#${name}" aria-current=${name === this.screen ? "page" : nothing}>${fr.nav[name]}</a>`)}
    </nav>`;
  }

  private banners(): TemplateResult | typeof nothing {
    if (!session.user) return nothing;
    return html`${this.lineBanner()} ${this.endBanner()} ${session.complete && session.rest === "missing" ? html`<p class="banner">${fr.restMissing}</p>` : nothing} ${session.warning ? html`<p class="banner">${session.warning}</p>` : nothing}`;
  }

  // WCAG 2.2.1: told before it ends, and prolonged by any key; the button is for who has no keys.
  private endBanner(): TemplateResult | typeof nothing {
    const { warning, ends_ms } = session.activity;
    if (warning === "age") return html`<p class="banner ending">${fr.ending.age(moment(new Date(now_ms() + ends_ms - Date.now()).toISOString()))}</p>`;
    if (warning === "idle") return html`<p class="banner ending">${fr.ending.idle} <button type="button" class="button">${fr.ending.stay}</button></p>`;
    return nothing;
  }

  private lineBanner(): TemplateResult | typeof nothing {
    const banner = bannerOf(this.screen, live.line, live.queueUp, guard.unkept());
    return banner ? html`<p class="banner ${banner.lost ? "lost" : ""}">${banner.text}</p>` : nothing;
  }

  private body(): TemplateResult {
    if (this.screen && session.rest === "coming" && !customElements.get(elements[this.screen])) return html`<p class="loading">${fr.loading}</p>`;
    if (this.screen && (!session.complete || !customElements.get(elements[this.screen]))) {
      return html`<p class="notice error" role="alert">${fr.incomplete}</p>
        <button type="button" class="button primary" @click=${() => location.reload()}>${fr.retry}</button>`;
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
