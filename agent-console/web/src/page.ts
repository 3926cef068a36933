// A page of the open dossiers of a bannette, or of all of one's own: as the server gave it, corrected by each live hint.
import { get } from "./api.js";
import type { Answer } from "./api.js";
import { TrayList } from "./tray.js";
import type { Header, Tray } from "./types.js";

const page = 200; // the most that the server gives

export class Page {
  total = 0; // open ones, also beyond the page
  private readonly tray = new TrayList();
  private asked = 0;

  // `bannette`, or "": all. Undefined: another question was asked since, and its answer counts.
  async load(bannette = ""): Promise<Answer<Tray> | undefined> {
    const mine = ++this.asked;
    this.tray.asked();
    const answer = await get<Tray>(`tray?limit=${page}${bannette ? `&bannette=${encodeURIComponent(bannette)}` : ""}`);
    if (mine !== this.asked) return undefined;
    if (answer.ok) this.total = answer.value.total + this.tray.replace(answer.value.items);
    else this.tray.unanswered();
    return answer;
  }

  // False: no difference.
  learn(header: Header): boolean {
    const { beyond } = this;
    if (!this.tray.learn(header)) return false;
    this.total = this.tray.size + beyond;
    return true;
  }

  // Of those that were counted, but stand beyond the page.
  add(headers: readonly Header[]): void {
    for (const header of headers) this.tray.learn(header);
    this.total = Math.max(this.total, this.tray.size);
  }

  forget(id: string): boolean {
    if (!this.tray.forget(id)) return false;
    this.total = Math.max(0, this.total - 1);
    return true;
  }

  list(): readonly Header[] {
    return this.tray.list();
  }

  get size(): number {
    return this.tray.size;
  }

  // How many the page does not hold.
  get beyond(): number {
    return Math.max(0, this.total - this.tray.size);
  }
}
