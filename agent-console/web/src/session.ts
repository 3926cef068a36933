// Who is logged in, and what the site calls things. In memory only: shared PCs.
import { Activity } from "./activity.js";
import type { Left } from "./activity.js";
import { get, post, screensOf, wire } from "./api.js";
import type { Answer, ScreenName } from "./api.js";
import { commonWords } from "#words/common.js";
import { live } from "./live.js";
import { loadRest, loadScreen } from "./screens.js";
import type { Catalogue, Consignes, Login, Me, Site, User } from "./types.js";

const noCatalogue: Catalogue = { topics: [], units: [], services: [], bannettes: [], urgencies: [], outcomes: [], whys: [], purposes: [] };
const noConsignes: Consignes = { numbers: [], danger: { say: [], handover: [], numbers: [] }, guides: [], referrals: [], corrections: [], no_dossier: [] };

// The address's fragment names the screen.
export function shownFirst(mine: readonly ScreenName[]): ScreenName {
  return mine.find((name) => name === location.hash.replace(/^#/, "")) ?? mine[0] ?? "saisie";
}

class Session extends EventTarget {
  site: Site = { code: "", name: "", demo: false, version: "" };
  user: User | undefined;
  catalogue: Catalogue = noCatalogue;
  inDanger = 0;      // waiting in danger on the shown screen: the page's title says it
  ready = false;     // the first question, "who am I?", has been answered
  expired = false;   // logged in before, and the server does not know it any more
  lastName = "";     // who that was
  warning = "";      // of the shown screen: something is not durable yet
  readonly activity = new Activity((told) => post<Left>("me/active", told), () => this.changed());
  complete = true;   // the screen that is shown first is there
  rest: "coming" | "there" | "missing" = "coming"; // what else who is logged in has

  constructor() {
    super();
    wire.expired = () => this.expire();
    wire.reached = () => live.lost();
    live.onChange = () => this.changed();
  }

  async begin(): Promise<void> {
    const me = await get<Me>("me");
    if (me.ok) {
      this.site = me.value.site;
      await this.enter(me.value);
    } else {
      this.expired = false;
      const site = await get<Site>("site");
      if (site.ok) this.site = site.value;
    }
    this.ready = true;
    this.changed();
  }

  async login(name: string, password: string): Promise<Answer<Login>> {
    const answer = await post<Login>("login", { name, password });
    if (answer.ok) {
      if (this.site.code === "") {
        const site = await get<Site>("site");
        if (site.ok) this.site = site.value;
      }
      await this.enter(answer.value);
      this.changed();
    }
    return answer;
  }

  async logout(): Promise<void> {
    const left = post<void>("logout", {});
    this.leave();
    await left;
    wire.csrf = "";
  }

  screens(): ScreenName[] {
    return this.user ? screensOf(this.user.role) : [];
  }

  topic(code: string): string {
    return this.catalogue.topics.find((topic) => topic.code === code)?.label ?? (code || commonWords.none);
  }

  // Of a dossier: its topic may be one that is not to be known.
  topicOf(header: { topic: string; restricted: boolean }): string {
    return header.restricted && header.topic === "" ? commonWords.confidential : this.topic(header.topic);
  }

  purpose(code: string): string {
    return this.catalogue.purposes.find((purpose) => purpose.code === code)?.label ?? code;
  }

  bannette(name: string): string {
    return this.catalogue.bannettes.find((bannette) => bannette.name === name)?.label ?? (name || commonWords.none);
  }

  unit(code: string): string {
    const bare = code.replace(/^service:/, "");
    const { units, services } = this.catalogue;
    const named = units.find((unit) => unit.code === code) ?? services.find((service) => service.code.replace(/^service:/, "") === bare);
    return named?.name ?? code;
  }

  outcome(code: string): string {
    return this.catalogue.outcomes.find((outcome) => outcome.code === code)?.label ?? commonWords.reason(code);
  }

  why(code: string): string {
    return this.catalogue.whys.find((why) => why.code === code)?.label ?? commonWords.reason(code);
  }

  get consignes(): Consignes {
    return this.catalogue.consignes ?? noConsignes;
  }

  // The configuration may have been reloaded.
  async refresh(): Promise<void> {
    const catalogue = await get<Catalogue>("catalogue", { kept: true });
    if (!catalogue.ok) return;
    this.catalogue = catalogue.value;
    this.changed();
  }

  // What a screen says in the banner; "" takes it back.
  warn(text: string): void {
    if (this.warning === text) return;
    this.warning = text;
    this.changed();
  }

  alarm(inDanger: number): void {
    if (this.inDanger === inDanger) return;
    this.inDanger = inDanger;
    this.changed();
  }

  changed(): void {
    this.dispatchEvent(new Event("change"));
  }

  private async enter(login: Login): Promise<void> {
    wire.csrf = login.csrf;
    wire.user = login.user.name;
    const names = screensOf(login.user.role);
    const [catalogue, complete] = await Promise.all([get<Catalogue>("catalogue", { kept: true }), loadScreen(shownFirst(names))]);
    this.complete = complete;
    if (catalogue.ok) this.catalogue = catalogue.value;
    this.user = login.user;
    this.lastName = login.user.name;
    this.expired = false;
    live.start();
    this.activity.start();
    this.rest = "coming";
    void loadRest(names).then((there) => {
      this.rest = there ? "there" : "missing";
      this.changed();
    });
  }

  private leave(): void {
    this.user = undefined;
    this.inDanger = 0;
    this.warning = "";
    live.stop();
    this.activity.stop();
    this.changed();
  }

  private expire(): void {
    if (!this.user) return;
    this.expired = true;
    this.leave();
  }
}

export const session = new Session();
