// The telephony as an operator sees it: one's post, the call that is there, who waits. Pushed over the live line; without a PBX there is
// nothing, and calls are typed by hand.
import { call as ask, get } from "./api.js";
import type { Problem } from "./api.js";
import type { CallNow, Contact, LineNow, LiveMessage, PostNow } from "./types.js";

interface Now {
  telephony: boolean;
  post: PostNow | null;
  call: CallNow | null;
  lines: LineNow[];
  posts: Pick<PostNow, "code" | "name" | "person">[];
}

// Nobody speaks on it yet: it may still be taken back.
export const rings = (call: CallNow): boolean => call.state === "presented" || call.state === "announced" || call.state === "queued";

// Nobody speaks on it any more.
export const isOver = (call: CallNow): boolean => call.state === "wrap_up" || call.state === "qualified";

// "+33320112233" as people write it: "03 20 11 22 33". Others stay as they are.
export const written = (number: string): string =>
  /^\+33[1-9]\d{8}$/.test(number) ? `0${number.slice(3)}`.replace(/\B(?=(\d\d)+$)/g, " ") : number;

export class Phone {
  telephony = false;
  post: PostNow | null = null;
  call: CallNow | null = null;
  lines: LineNow[] = [];
  posts: Now["posts"] = [];
  contacts: Contact[] = [];     // of the call's number
  contactsPartial = false;
  problem: Problem | undefined; // of choosing a post
  private asked = "";           // the call whose contacts are here, or on their way
  onChange: () => void = () => {};
  // The call of one's post is another than before, or none.
  onCall: (call: CallNow | null, before: CallNow | null) => void = () => {};

  async begin(): Promise<void> {
    const now = await get<Now>("calls/now");
    if (!now.ok) return; // the service has no telephony
    this.telephony = now.value.telephony;
    Object.assign(this, { lines: now.value.lines, posts: now.value.posts });
    this.take(now.value.post, now.value.call);
  }

  heard(message: LiveMessage): void {
    if (message.type === "line") {
      this.lines = message.lines;
      this.posts = message.posts;
      this.onChange();
    } else if (message.type === "call") this.take(message.post, message.call);
  }

  async sit(post: string, take_over = false): Promise<void> {
    const answer = await ask<{ post: PostNow | null }>("PUT", "me/post", { post, take_over });
    this.problem = answer.ok ? undefined : answer.problem;
    if (answer.ok) this.post = answer.value.post;
    this.onChange();
  }

  private take(post: PostNow | null, call: CallNow | null): void {
    const before = this.call;
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
    this.contacts = answer.value.items;
    this.contactsPartial = answer.value.partial;
    this.onChange();
  }
}
