// One call as it is being typed: who and where, one part for each topic, what the machine proposes for it and what the operator
// corrected, and the keys under which the parts will be sent, however often. keeping.ts keeps it on the server.
import { post } from "./api.js";
import { composed } from "./composed.js";
import type { GivenAnswer, VoiceHandover } from "./composed.js";
import { operatorWords } from "#words/operator.js";
import { uuid7 } from "./ids.js";
import type { Call, Proposal, UrgencyName } from "./types.js";

export type SharedField = "name" | "phone" | "commune" | "address";
export type FieldName = SharedField | "note";
export type CorrectionName = "topic" | "urgency" | "danger" | "bannette";

const typing_pause_ms = 40; // and the answer's way: the routing is there within 100 ms of the last key
const classify_timeout_ms = 4_000;
const noFields = (): Record<SharedField, string> => ({ name: "", phone: "", commune: "", address: "" });
const noCorrections = (): Record<CorrectionName, string> => ({ topic: "", urgency: "", danger: "", bannette: "" });

// What became of a part that was sent.
export interface SentPart {
  reference: string; // empty: recorded, and not yet in a bannette
  bannette: string;
  at: string;
  deadline: string | null;
  outside: string; // no dossier: why
  linked?: string[]; // references of the same call that it was linked to
  apart?: string[];  // and of those that it could not be linked to; "": one that has no reference yet
}

// One topic of the call: one dossier.
export class Part {
  key: string;
  note = "";
  answers: Record<string, GivenAnswer> = {};
  handovers: VoiceHandover[] = [];
  corrections = noCorrections(); // "" follows the proposal
  reason = "";                   // why it was corrected
  unknown = false;               // sent, and nobody knows what became of it: only the same may be sent again
  linked: string[] | undefined;  // of its siblings, as they were when it was sent first: the same again each time
  sent: SentPart | undefined;
  askedAbout = ""; // the topic whose questions are shown
  proposal: Proposal | undefined;
  proposing = false;
  proposalLost = false;
  private askedWith = ""; // the corrections that the shown proposal knows of
  private asked = 0; // the number of the newest question; older answers are dropped
  private timer: ReturnType<typeof setTimeout> | undefined;
  private flight: AbortController | undefined;

  constructor(private readonly draft: Draft, key: string) {
    this.key = key;
  }

  get text(): string {
    return composed(this.note, this.answers, this.handovers, operatorWords.handedOver);
  }

  get empty(): boolean {
    return this.text === "";
  }

  // It has gone out, arrived or not: under its key nothing else may be sent.
  get fixed(): boolean {
    return this.unknown || this.sent !== undefined;
  }

  get corrected(): boolean {
    return Object.values(this.corrections).some((text) => text !== "");
  }

  // Is another than what was proposed going to be sent? Then somebody has to say why. That danger was raised says why by itself.
  get needsReason(): boolean {
    const { topic, urgency, danger, bannette } = this.corrections;
    const p = this.proposal;
    const raised = danger === "yes" && urgency === "immediate";
    return (topic !== "" && topic !== p?.topic) || (bannette !== "" && bannette !== p?.bannette) || danger === "no" ||
      (!raised && ((urgency !== "" && urgency !== p?.urgency) || (danger === "yes" && !p?.danger)));
  }

  // Without a word of what it is about, what is proposed is about the place alone.
  get told(): boolean {
    return !this.empty || this.corrections.topic !== "" || this.corrections.bannette !== "";
  }

  get topic(): string {
    return this.corrections.topic || (this.told ? (this.proposal?.topic ?? "") : "");
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

  correct(name: CorrectionName, value: string): void {
    this.corrections[name] = value;
    if (name === "topic") this.ask();
    this.draft.changed();
  }

  explain(reason: string): void {
    this.reason = reason;
    this.draft.changed();
  }

  answer(key: string, label: string, text: string): void {
    this.answers[key] = { label, text };
    this.ask();
    this.draft.changed();
  }

  // One key: danger, now.
  raiseDanger(): void {
    if (this.fixed) return;
    this.corrections.danger = "yes";
    this.corrections.urgency = "immediate";
    this.draft.changed();
  }

  handOver(to: string, at: string): void {
    if (this.fixed) return;
    this.handovers.push({ to, at });
    this.ask();
    this.draft.changed();
  }

  followProposal(): void {
    this.corrections = noCorrections();
    this.reason = "";
    this.ask();
    this.draft.changed();
  }

  call(): Call {
    const { name, phone, commune, address } = this.draft.fields;
    const { topic, urgency, danger, bannette } = this.corrections;
    const call = this.draft.callIdFor(this);
    return {
      note: this.text,
      commune: commune.trim(),
      address: address.trim(),
      caller: { name: name.trim(), phone: phone.trim() },
      ...(call ? { call } : {}),
      ...(call && this.linked && this.linked.length > 0 ? { linked: this.linked } : {}),
      ...(topic ? { topic } : {}),
      ...(urgency ? { urgency: urgency as UrgencyName } : {}),
      ...(danger ? { danger: danger === "yes" } : {}),
      ...(bannette ? { bannette } : {}),
      ...(this.draft.insee ? { insee: this.draft.insee } : {}),
      ...(this.reason && this.needsReason ? { correction: this.reason } : {}),
    };
  }

  // Asks again after a pause in the typing.
  ask(): void {
    clearTimeout(this.timer);
    const { commune, address } = this.draft.fields;
    if (this.empty && !commune.trim() && !address.trim()) {
      this.stop();
      this.proposal = undefined;
      return;
    }
    this.timer = setTimeout(() => void this.classify(), typing_pause_ms);
  }

  stop(): void {
    clearTimeout(this.timer);
    ++this.asked;
    this.flight?.abort();
    this.proposing = false;
  }

  private askingWith(): string {
    return `${this.corrections.topic} ${this.draft.insee}`;
  }

  private async classify(): Promise<void> {
    const mine = ++this.asked;
    this.flight?.abort();
    this.flight = new AbortController();
    this.proposing = true;
    this.draft.onChange();
    const { commune, address } = this.draft.fields;
    const { topic } = this.corrections;
    const { insee } = this.draft;
    const askingWith = this.askingWith();
    const body = { note: this.text, commune, address, ...(topic ? { topic } : {}), ...(insee ? { insee } : {}) };
    const options = { signal: this.flight.signal, timeout_ms: classify_timeout_ms };
    const answer = await post<Proposal>("classify", body, options);
    if (mine !== this.asked) return;
    this.proposing = false;
    this.proposalLost = !answer.ok;
    if (answer.ok) {
      this.proposal = answer.value;
      this.askedWith = askingWith;
    }
    this.draft.onChange();
  }
}

// What the server keeps of it.
export interface KeptDraft {
  form: 1;
  call: string;
  fields: Record<SharedField, string>;
  insee: string;
  shown: number;
  before?: string[];
  parts: Pick<Part, "key" | "note" | "answers" | "handovers" | "corrections" | "reason" | "unknown" | "linked" | "sent">[];
}

export class Draft {
  key = "";     // of the draft: its call's, or its first part's
  call = "";    // as the telephony names it; empty: typed by hand
  number = "";  // that the telephony put into the field
  before: string[] = []; // references of the call that were sent before this draft
  fields = noFields();
  insee = "";   // chosen among the candidates
  parts: Part[] = [];
  shown = 0;
  onChange: () => void = () => {};  // something is to be drawn anew
  onTyped: () => void = () => {};   // something is to be kept

  constructor() {
    this.renew();
  }

  get part(): Part {
    return this.parts[this.shown] ?? this.parts[0]!;
  }

  get dirty(): boolean {
    return Object.values(this.fields).some((text) => text.trim() !== "") || this.parts.some((part) => !part.empty && !part.sent);
  }

  // Anything that somebody did here.
  get typed(): boolean {
    const { phone, ...others } = this.fields;
    return phone.trim() !== this.number || Object.values(others).some((text) => text.trim() !== "") ||
      this.parts.some((part) => !part.empty || part.corrected || part.sent);
  }

  get unknown(): boolean {
    return this.parts.some((part) => part.unknown);
  }

  // Its name for the service. One that was typed by hand is named by the first of its requests that was taken.
  callIdFor(part: Part): string {
    const first = this.parts.find((other) => other.sent && other.sent.outside === "");
    return this.call || (first && first !== part ? this.typedId : "");
  }

  get typedId(): string {
    const first = this.parts.find((other) => other.sent && other.sent.outside === "") ?? this.parts[0];
    return first ? `main:${first.key}` : "";
  }

  // The references of what was sent of the call by now, whoever sent it; "": one that has none yet.
  get references(): string[] {
    const sent = this.parts.flatMap((part) => (part.sent && part.sent.outside === "" ? [part.sent.reference] : []));
    return [...new Set([...this.before, ...sent])];
  }

  get danger(): boolean {
    return this.parts.some((part) => part.danger && !part.sent);
  }

  changed(): void {
    this.onTyped();
    this.onChange();
  }

  type(field: FieldName, text: string): void {
    if (field === "note") this.part.note = text;
    else this.fields[field] = text;
    if (field === "commune") this.insee = "";
    if (field === "note") this.part.ask();
    else if (field !== "name" && field !== "phone") this.askAll();
    this.changed();
  }

  pick(insee: string, name: string): void {
    this.fields.commune = name;
    this.insee = insee;
    this.askAll();
    this.changed();
  }

  // Another topic of the same call.
  addPart(): Part {
    const part = new Part(this, uuid7());
    this.parts.push(part);
    this.show(this.parts.length - 1);
    part.ask();
    return part;
  }

  show(index: number): void {
    this.shown = Math.max(0, Math.min(index, this.parts.length - 1));
    this.changed();
  }

  dropPart(index: number): void {
    if (this.parts.length < 2 || this.parts[index]?.sent) return;
    this.parts[index]?.stop();
    this.parts.splice(index, 1);
    this.show(Math.min(this.shown, this.parts.length - 1));
  }

  askAll(): void {
    for (const part of this.parts) if (!part.sent) part.ask();
  }

  // Who called, and where they live, as it was said before.
  place(fields: Record<SharedField, string>, insee: string): void {
    this.fields = { ...fields };
    this.insee = insee;
    this.askAll();
    this.changed();
  }

  // Begins anew, for a call of the telephony or for one typed by hand. `again`: the call had a draft that was sent.
  renew(call = "", phone = "", again = false, before: string[] = []): void {
    for (const part of this.parts) part.stop();
    const first = new Part(this, uuid7());
    this.call = call;
    this.number = phone;
    this.before = before;
    this.key = again ? first.key : call || first.key;
    this.fields = { ...noFields(), phone };
    this.insee = "";
    this.parts = [first];
    this.shown = 0;
    this.onChange();
  }

  // For another key than the refused one: only after a refusal that says that it can never be used, or when somebody else's draft was
  // taken over, whose key is theirs.
  rekey(part: Part): void {
    part.key = uuid7();
    this.onTyped();
  }

  // Keys are a person's: what a colleague did not get confirmed goes out under others. True: it may have arrived all the same.
  releaseKeys(): boolean {
    const unsent = this.parts.filter((part) => !part.sent);
    const doubtful = unsent.some((part) => part.unknown);
    for (const part of unsent) {
      part.unknown = false;
      this.rekey(part);
    }
    return doubtful;
  }

  kept(): KeptDraft {
    const parts = this.parts.map(({ key, note, answers, handovers, corrections, reason, unknown, linked, sent }) =>
      ({ key, note, answers, handovers, corrections, reason, unknown, linked, sent }));
    return { form: 1, call: this.call, fields: this.fields, insee: this.insee, shown: this.shown, before: this.before, parts };
  }

  // False: not of a form that this page knows.
  restore(key: string, kept: KeptDraft): boolean {
    if (kept.form !== 1 || !Array.isArray(kept.parts) || kept.parts.length === 0) return false;
    for (const part of this.parts) part.stop();
    this.key = key;
    this.call = kept.call;
    this.number = "";
    this.before = kept.before ?? [];
    this.fields = { ...noFields(), ...kept.fields };
    this.insee = kept.insee;
    this.parts = kept.parts.map((one) => Object.assign(new Part(this, one.key), one));
    this.shown = Math.min(kept.shown, this.parts.length - 1);
    this.askAll();
    this.onChange();
    return true;
  }
}

export const draft = new Draft();
