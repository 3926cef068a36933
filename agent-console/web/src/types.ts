// What the server says and hears, as the HTTP contract writes it. Times are ISO 8601 in UTC.

export type RoleName = "operator" | "agent" | "manager" | "supervisor" | "admin" | "auditor";
export type UrgencyName = "immediate" | "urgent" | "priority" | "normal";
export type StateName = "waiting" | "reserved" | "in_progress" | "handled" | "on_hold" | "closed" | "merged";

export interface Site {
  code: string;
  name: string;
  demo: boolean;
  version: string;
}
export interface User {
  name: string;
  role: RoleName;
  units: string[];
  restricted: boolean; // an agent with the right to restricted topics
}
export interface Login {
  user: User;
  csrf: string;
}
export interface Me extends Login {
  site: Site;
}

export interface Topic {
  code: string;
  family: string;
  label: string;
  definition: string;
  urgency: UrgencyName;
  restricted: boolean;
}
export interface Named {
  code: string;
  name: string;
}
export interface Labelled {
  code: string;
  label: string;
}
export interface Catalogue {
  topics: Topic[];
  units: Named[];
  services: Named[];
  bannettes: { name: string; label: string }[];
  urgencies: Labelled[];
  outcomes: Labelled[];
  consignes?: Consignes; // operators and supervisors
  whys: Labelled[];
  purposes: Labelled[]; // why one looks into another unit's dossier
}

// What an operator asks and says, and whom to call.
export interface Helpline {
  code: string;
  number: string;
  name: string;
  when: string;
}
export interface Question {
  code: string;
  label: string;
  text: string;
  hint: string;
  choices: string[];
}
export interface Guide {
  topic: string;
  say: string[];
  questions: Question[];
  numbers: string[];
}
export interface Referral {
  code: string;
  name: string;
  phone: string;
  hint: string;
}
export interface Consignes {
  numbers: Helpline[];
  danger: { say: string[]; handover: string[]; numbers: string[] };
  guides: Guide[];
  referrals: Referral[];
  corrections: Labelled[];
  no_dossier: Labelled[];
}

// A call that is still being typed, without what was typed.
export interface DraftHeader {
  key: string;
  owner: string;
  version: number;
  made: string | null;
  changed: string | null;
  danger: boolean;
  offered: boolean;
  from: string | null;
  may_take: boolean;
}

// An earlier call like this one.
export interface Likeness {
  reference: string | null;
  bannette: string;
  unit_label: string;
  state: StateName | null;
  topic: string | null;
  arrived: string | null;
  changed: string | null;
  outcome: string | null;
  because: Reason[];
  percent: number | null;
}
// A call that has not ended, or waits to be qualified. Its caller is told to the one whose call it is.
export interface CallNow {
  id: string;
  state: string;
  queue: string | null;
  outbound: boolean;
  post: string | null;
  person: string | null;
  since: string | null;
  wrap_up_until: string | null;
  dossiers: string[]; // references
  number?: string | null;
  name?: string | null;
}
export interface PostNow {
  code: string;
  name: string;
  state: string;
  person: string | null;
  call: string | null;
  since: string | null;
  pause: string | null;
}
export interface LineNow {
  queue: string;
  label: string;
  waiting: number;
  oldest: string | null;
}
// Somebody who was not answered.
export interface Callback {
  id: string;
  number: string | null;
  queue: string | null;
  state: string;
  attempts: number; // of theirs
  tries: number;    // of ours
  danger: boolean;
  first: string | null;
  last: string | null;
  tried: string | null;
  locked_by: string | null;
  locked_until: string | null;
}
export interface CallbackList {
  at: string;
  items: Callback[];
  waiting: number;
  withheld: number; // of today: nobody can call them back
}
// An earlier dossier of the same number.
export interface Contact {
  reference: string;
  bannette: string;
  state: StateName | null;
  danger: boolean;
  topic: string | null;
  arrived: string | null;
  changed: string | null;
}

export interface Suggestion {
  insee: string;
  commune_name: string;
  postal_codes: string[];
  street: string;
  unit: string;
}

export interface Reason {
  code: string;
  text: string;
}
export interface Candidate {
  insee: string;
  name: string;
  unit: string;
}
export interface Proposal {
  topic: string;
  topics: { code: string; score: number }[];
  urgency: UrgencyName | "";
  danger: boolean;
  insee: string;
  commune_name: string;
  unit: string;
  bannette: string;
  uncertain: boolean;
  because: Reason[];
  candidates: Candidate[];
  rules_version: string;
  model_version: string; // empty: none
}

export interface Call {
  note: string;
  commune: string;
  address: string;
  caller: { name: string; phone: string };
  topic?: string;
  urgency?: UrgencyName;
  danger?: boolean;
  bannette?: string;
  insee?: string;
  correction?: string;
  call?: string; // that it came by
  linked?: string[]; // references of the same call
}
export interface Receipt {
  key: string;
  reference: string;
  id: string;
  seq: number;
  bannette: string;
  arrived: string;
  deadline: string | null;
  durable: true;
}
export interface Recorded {
  key: string;
  recorded: true;
  durable: false;
  bannette: string;
  since: string;
}

export interface Found {
  reference: string;
  bannette: string;
  unit_label: string;
  state: StateName;
  topic: string; // empty: restricted
  restricted: boolean;
  arrived: string;
  changed: string;
  outcome: string | null;
}

export interface Header {
  id: string;
  reference: string;
  bannette: string;
  state: StateName;
  topic: string;
  urgency: UrgencyName;
  danger: boolean;
  insee: string;
  commune: string;
  arrived: string;
  deadline: string | null;
  holder: string;
  fence: number;
  lease_until: string | null;
  changed: string;
  outcome: string | null;
  deadline_state: "none" | "running" | "paused" | "met" | "breached";
  starved: boolean;
  until: string | null;
  hold_why: string | null;
  hops: number;
  proposal: Redirect | null;
  copies: string[];
  merged_into: string | null;
  climb: Climb | null;
  restricted: boolean; // `topic` is empty for who may not know it
  linked: string[]; // references of others of the same call
}
// A redirect that waits for its answer.
export interface Redirect {
  to: string;
  from: string;
  why: string;
  until: string | null;
}
// How far a danger has climbed.
export interface Climb {
  fired: string[];
  last: string | null;
  acknowledged_by: string | null;
}
export interface Tray {
  as_of: number;
  total: number;
  items: Header[];
  offered: Header[]; // proposed to one's bannettes, in others
  copies: Header[];
  next: number | null; // of ended ones: `before` of the next page
}
export interface Done {
  seq: number;
  header: Header;
}
export interface HistoryEntry {
  seq: number;
  at: string;
  actor: string;
  change: string;
  reason: string;
  text: string;
  to: string;
  until: string | null;
  other: string | null;
}
export interface Content {
  note: string;
  commune: string;
  address: string;
  caller: { name: string; phone: string };
  insee: string;
  unit: string;
  because: Reason[];
  proposed: { topic: string; urgency: UrgencyName | ""; danger: boolean; bannette: string };
  rules_version: string | null;
  model_version: string | null;
}
export interface Dossier {
  header: Header;
  content: Content | null; // null: erased, not to be read, or asked for with a purpose
  history: HistoryEntry[];
  readable: boolean;
  purpose_needed: boolean; // POST dossiers/ID/reads { purpose, text }
}

export interface Count {
  bannette: string;
  label: string;
  waiting: number;
  reserved: number;
  in_progress: number;
  danger: number;
  oldest_waiting: string | null;
  late: number;
  next_deadline: string | null;
  taken: number;
  wait_median_s: number | null;
  wait_max_s: number | null;
  on_hold: number;
  unacknowledged: number;
  offered: number;
  starved: number;
  unattended: boolean;
  restricted_unattended: boolean;
  restricted: number; // waiting, of restricted topics
  unread: number;     // waiting, and nobody of the bannette has seen the content
}
// A program that takes its hints too slowly, or not at all.
export interface SlowConsumer {
  principal: string;
  program: string;
  missed: number;
  since: string;
}
// Somebody is away, and somebody else acts on their dossiers.
export interface Delegation {
  person: string;
  to: string;
  from: string | null;
  until: string | null;
}
export interface Counts {
  as_of: number;
  at: string;
  items: Count[];
  slow: SlowConsumer[];
  delegations: Delegation[];
}

export type LiveMessage =
  | { type: "hello"; user: string | User; as_of: number; demo: boolean }
  | { type: "tray"; bannette: string; change: string; header: Header }
  | { type: "gone"; id: string }
  | { type: "counts"; at: string; items: Count[]; slow?: SlowConsumer[] }
  | { type: "call"; post: PostNow | null; call: CallNow | null }
  | { type: "line"; lines: LineNow[]; callbacks: number; posts: Pick<PostNow, "code" | "name" | "person">[] }
  | { type: "draft"; key: string; owner: string; offered: boolean }
  | { type: "resync" }
  | { type: "link"; up: boolean }
  | { type: "pong" };
