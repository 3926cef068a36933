// Has this person called before? Asked while one types, when there is enough to ask with. A help: its absence is not told.
import { post } from "./api.js";
import type { Draft } from "./draft.js";
import type { Likeness } from "./types.js";

const pause_ms = 500;
const note_least = 25; // characters of a note that is worth comparing

export class Repeat {
  items: Likeness[] = [];
  partial = false;
  onChange: () => void = () => {};
  private asked = "";
  private flight = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly draft: Draft) {}

  typed(): void {
    const question = this.question();
    const text = question ? JSON.stringify(question) : "";
    if (text === this.asked) return;
    this.asked = text;
    clearTimeout(this.timer);
    ++this.flight;
    if (text === "") {
      this.items = [];
      return;
    }
    this.timer = setTimeout(() => void this.ask(question), pause_ms);
  }

  private question(): object | undefined {
    const { phone, commune, address } = this.draft.fields;
    const number = phone.replace(/\D/g, "");
    const note = this.draft.part.note.trim();
    const enough = number.length >= 9 || (note.length >= note_least && (commune.trim() !== "" || this.draft.insee !== ""));
    return enough ? { note, commune, address, phone: number.length >= 9 ? phone : "", ...(this.draft.insee ? { insee: this.draft.insee } : {}) } : undefined;
  }

  private async ask(question: object | undefined): Promise<void> {
    const mine = ++this.flight;
    const answer = await post<{ items: Likeness[]; partial: boolean }>("similar", question);
    if (mine !== this.flight || !answer.ok) return;
    this.items = answer.value.items;
    this.partial = answer.value.partial;
    this.onChange();
  }
}
