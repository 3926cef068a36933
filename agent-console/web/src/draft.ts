// One call as it is being typed: its fields, what the machine proposes, what the operator corrected, and the key
// under which it will be sent, however often. It outlives the screen (navigation, an ended session) but not the page.
import { post } from "./api.js";
import { uuid7 } from "./ids.js";
import type { Call, Proposal, UrgencyName } from "./types.js";

export type FieldName = "name" | "phone" | "commune" | "address" | "note";
export type CorrectionName = "topic" | "urgency" | "danger" | "bannette";

const typing_pause_ms = 120;
const classify_timeout_ms = 4_000;

const emptyFields = (): Record<FieldName, string> => ({ name: "", phone: "", commune: "", address: "", note: "" });
const noCorrections = (): Record<CorrectionName, string> => ({ topic: "", urgency: "", danger: "", bannette: "" });

export class Draft {
  key = uuid7();
  fields = emptyFields();
  corrections = noCorrections(); // "" follows the proposal
  insee = "";                    // chosen among the candidates
  unknown = false;               // sent, and nobody knows what became of it: only the same may be sent again
  proposal: Proposal | undefined;
  proposing = false;
  proposalLost = false;
  onChange: () => void = () => {};
  private askedWith = ""; // the corrections that the shown proposal knows of
  private asked = 0; // the number of the newest question; older answers are dropped
  private timer: ReturnType<typeof setTimeout> | undefined;
  private flight: AbortController | undefined;

  get dirty(): boolean {
    return Object.values(this.fields).some((text) => text.trim() !== "");
  }

  get corrected(): boolean {
    return this.insee !== "" || Object.values(this.corrections).some((text) => text !== "");
  }

  get topic(): string {
    return this.corrections.topic || this.proposal?.topic || "";
  }

  get urgency(): UrgencyName | "" {
    return (this.corrections.urgency as UrgencyName | "") || this.proposal?.urgency || "";
  }

  get danger(): boolean {
    return this.corrections.danger === "" ? (this.proposal?.danger ?? false) : this.corrections.danger === "yes";
  }

  get bannette(): string {
    return this.corrections.bannette || this.proposal?.bannette || "";
  }

  // Topic or commune were corrected after the router was asked: its destination no longer holds, and none was chosen.
  get destinationOpen(): boolean {
    return this.corrections.bannette === "" && this.askedWith !== this.askingWith();
  }

  get outside(): boolean {
    return this.topic === "hors-champ" && this.corrections.bannette === "";
  }

  type(field: FieldName, text: string): void {
    this.fields[field] = text;
    if (field === "commune") this.insee = "";
    if (field === "note" || field === "commune" || field === "address") this.ask();
    this.onChange();
  }

  correct(name: CorrectionName, value: string): void {
    this.corrections[name] = value;
    if (name === "topic") this.ask();
    this.onChange();
  }

  pick(insee: string, name: string): void {
    this.fields.commune = name;
    this.insee = insee;
    this.ask();
    this.onChange();
  }

  followProposal(): void {
    this.corrections = noCorrections();
    this.insee = "";
    this.ask();
    this.onChange();
  }

  // Another key for the same text: only after a refusal that says that the old one can never be used.
  rekey(): void {
    this.key = uuid7();
  }

  renew(): void {
    this.stop();
    this.key = uuid7();
    this.fields = emptyFields();
    this.corrections = noCorrections();
    this.insee = "";
    this.unknown = false;
    this.proposal = undefined;
    this.proposalLost = false;
    this.onChange();
  }

  call(): Call {
    const { name, phone, commune, address, note } = this.fields;
    const { topic, urgency, danger, bannette } = this.corrections;
    return {
      note: note.trim(),
      commune: commune.trim(),
      address: address.trim(),
      caller: { name: name.trim(), phone: phone.trim() },
      ...(topic ? { topic } : {}),
      ...(urgency ? { urgency: urgency as UrgencyName } : {}),
      ...(danger ? { danger: danger === "yes" } : {}),
      ...(bannette ? { bannette } : {}),
      ...(this.insee ? { insee: this.insee } : {}),
    };
  }

  // Asks again after a pause in the typing.
  ask(): void {
    clearTimeout(this.timer);
    const { note, commune, address } = this.fields;
    if (!note.trim() && !commune.trim() && !address.trim()) {
      this.stop();
      this.proposal = undefined;
      return;
    }
    this.timer = setTimeout(() => void this.classify(), typing_pause_ms);
  }

  private askingWith(): string {
    return `${this.corrections.topic} ${this.insee}`;
  }

  private stop(): void {
    clearTimeout(this.timer);
    ++this.asked;
    this.flight?.abort();
    this.proposing = false;
  }

  private async classify(): Promise<void> {
    const mine = ++this.asked;
    this.flight?.abort();
    this.flight = new AbortController();
    this.proposing = true;
    this.onChange();
    const { note, commune, address } = this.fields;
    const { topic } = this.corrections;
    const askingWith = this.askingWith();
    const body = { note, commune, address, ...(topic ? { topic } : {}), ...(this.insee ? { insee: this.insee } : {}) };
    const options = { signal: this.flight.signal, timeout_ms: classify_timeout_ms };
    const answer = await post<Proposal>("classify", body, options);
    if (mine !== this.asked) return;
    this.proposing = false;
    this.proposalLost = !answer.ok;
    if (answer.ok) {
      this.proposal = answer.value;
      this.askedWith = askingWith;
    }
    this.onChange();
  }
}

export const draft = new Draft();
