// The telephony as an operator sees it: one's post, the call that is there, who waits. Pushed over the live line; without a PBX there is
// nothing, and calls are typed by hand.
import { call as ask, get, post as send } from "./api.js";
import type { Answer, Problem } from "./api.js";
import type { CallNow, Contact, Labelled, LineNow, LiveMessage, PostNow } from "./types.js";

interface Now {
  telephony: boolean;
  post: PostNow | null;
  call: CallNow | null;
  lines: LineNow[];
  callbacks: number;
  pauses: Labelled[];
  posts: Pick<PostNow, "code" | "name" | "person">[];
}

// Nobody speaks on it yet: it may still be taken back.
export const rings = (call: CallNow): boolean => call.state === "presented" || call.state === "announced" || call.state === "queued";

// Nobody speaks on it any more.
export const isOver = (call: CallNow): boolean => call.state === "wrap_up" || call.state === "qualified";

// "+33320112233" as people write it: "03 20 11 22 33"; overseas departments too, whose numbers are dialled like any other here. Others stay
// as they are.
export const written = (number: string): string =>
  /^\+(33|262|590|594|596)[1-9]\d{8}$/.test(number) ? `0${number.slice(-9)}`.replace(/\B(?=(\d\d)+$)/g, " ") : number;

export class Phone {
  telephony = false;
  post: PostNow | null = null;
  call: CallNow | null = null;
  lines: LineNow[] = [];
  posts: Now["posts"] = [];
  pauses: Labelled[] = [];
  callbacks = 0;                // people who wait to be called back
  contacts: Contact[] = [];     // of the call's number, those in danger first
  contactsPartial = false;
  problem: Problem | undefined; // of choosing a post, or of a pause
  busy = false;
  private told = 0;             // counts what was heard of one's post
  private asked = "";           // the call whose contacts are here, or on their way
  onChange: () => void = () => {};
  // The call of one's post is another than before, or none.
  onCall: (call: CallNow | null, before: CallNow | null) => void = () => {};
  onLine: () => void = () => {};

  async begin(): Promise<void> {
    const now = await get<Now>("calls/now");
    if (!now.ok) return; // the service has no telephony
    this.telephony = now.value.telephony;
    const { lines, posts, callbacks, pauses } = now.value;
    Object.assign(this, { lines, posts, callbacks, pauses });
    this.take(now.value.post, now.value.call);
  }

  heard(message: LiveMessage): void {
    if (message.type === "line") {
      this.lines = message.lines;
      this.posts = message.posts;
      this.callbacks = message.callbacks;
      this.onLine();
      this.onChange();
    } else if (message.type === "call") this.take(message.post, message.call);
  }

  // True: one sits there now, or nowhere.
  sit(post: string, take_over = false): Promise<boolean> {
    return this.tell(() => ask<{ post: PostNow | null }>("PUT", "me/post", { post, take_over }));
  }

  // With a reason, a code of the site's; without one: calls come again. The PBX has done it.
  pause(reason: string): Promise<boolean> {
    return this.tell(() => send<{ post: PostNow | null }>("me/pause", { paused: reason !== "", reason }));
  }

  queueLabel(code: string): string {
    return this.lines.find((one) => one.queue === code)?.label || code;
  }

  pauseLabel(code: string): string {
    return this.pauses.find((one) => one.code === code)?.label ?? code;
  }

  private async tell(act: () => Promise<Answer<{ post: PostNow | null }>>): Promise<boolean> {
    if (this.busy) return false;
    this.busy = true;
    this.problem = undefined;
    this.onChange();
    const { told } = this;
    const answer = await act();
    this.busy = false;
    if (answer.ok && told === this.told) this.post = answer.value.post; // else the live line was quicker, and knows more
    else if (!answer.ok) this.problem = answer.problem;
    this.onChange();
    return answer.ok;
  }

  private take(post: PostNow | null, call: CallNow | null): void {
    const before = this.call;
    ++this.told;
    this.post = post;
    this.call = call;
    if (post) this.telephony = true;
    if ((call?.id ?? "") !== (before?.id ?? "")) {
      this.contacts = [];
      if (call) void this.askContacts(call.id);
      this.onCall(call, before);
    }
    this.onChange();
  }

  private async askContacts(id: string): Promise<void> {
    this.asked = id;
    const answer = await get<{ items: Contact[]; partial: boolean }>(`calls/${id}/contacts`);
    if (!answer.ok || this.asked !== id) return;
    this.contacts = [...answer.value.items].sort((a, b) => Number(b.danger) - Number(a.danger));
    this.contactsPartial = answer.value.partial;
    this.onChange();
  }
}
