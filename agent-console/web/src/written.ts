// What somebody is writing about a dossier and has not sent: by dossier and action. In this page's memory only; it outlives an ended session
// and another dossier on the screen, but not another person's login.
import { guard } from "./guard.js";

class Written {
  private person = "";
  private readonly texts = new Map<string, string>();

  // Whose texts these are from now on.
  of(person: string): this {
    if (this.person !== person) this.texts.clear();
    this.person = person;
    return this;
  }

  get(id: string, act: string): string {
    return this.texts.get(`${id}/${act}`) ?? "";
  }

  set(id: string, act: string, text: string): void {
    const before = this.any();
    if (text.trim() === "") this.texts.delete(`${id}/${act}`);
    else this.texts.set(`${id}/${act}`, text);
    if (before !== this.any()) guard.changed();
  }

  // This text has arrived; what was written since stays.
  sent(id: string, act: string, text: string): void {
    if (this.get(id, act).trim() === text.trim()) this.set(id, act, "");
  }

  // False: nothing is written anywhere.
  any(): boolean {
    return this.texts.size > 0;
  }

  clear(): void {
    this.texts.clear();
  }

  // The page, the session or the login ends: asked before it is lost.
  protect(ask: () => Promise<boolean>): void {
    const any = (): boolean => this.any();
    guard.set("written", { holds: any, unkept: any, mayLeave: async () => !this.any() || ask(), forget: () => this.clear() });
  }
}

export const written = new Written();
