// What the administrator's routes say (openapi.json).
import type { RoleName } from "../types.js";

export interface Items<T> {
  items: T[];
}
export interface Account {
  name: string;
  role: RoleName;
  units: string[];
  restricted: boolean; // may read restricted topics: an agent's right
  disabled: boolean;
  changed: string | null;
  last_login: string | null;
  sessions: number;
}
export interface OpenSession {
  number: number;
  account: string;
  since: string;
  seen: string;
  address: string;
  pages: number;
  own: boolean;
}
export interface Token {
  name: string;
  role: RoleName | null; // null: a PBX's
  pbx: string | null;
  units: string[];
  changed: string | null;
}
export interface Tokens extends Items<Token> {
  pbxs: string[]; // that may have one
}
export interface UnitView {
  code: string;
  name: string;
  bannettes: { name: string; label: string }[];
  people: { name: string; role: RoleName; disabled: boolean }[];
}
export interface Finding {
  severity: "error" | "warning";
  file: string;
  line: number;
  column: number;
  message: string;
  instead: string;
}
export interface Report {
  switched: boolean;
  before: string;
  after: string;
  findings: Finding[];
  refused: string[];
  changes: string[];
  remarks: string[];
}
export interface Kept {
  number: number;
  version: string;
  at: string;
  who: string;
  in_force: boolean;
}
export interface Configurations {
  folder: string;
  version: string;
  number: number | null;
  pinned: { number: number; at: string; who: string } | null;
  items: Kept[];
}
export interface Otherwise {
  reference: string;
  arrived: string;
  before: string;
  after: string;
  why: string;
  human: string;
}
export interface Replayed {
  compared: number;
  dropped: number;
  raised: number;
  moved: number;
  topics: number;
  drops: Otherwise[];
  raises: Otherwise[];
  moves: Otherwise[];
  topic_changes: Otherwise[];
}
export interface DryRun {
  state: "none" | "running" | "done" | "cancelled" | "failed";
  days: number;
  number: number | null; // of a kept one; null: the folder
  calls: number;
  share: number;
  cut: boolean;
  error: string;
  findings: Finding[];
  result: Replayed | null;
}
export interface Health {
  program: string;
  ready: boolean;
  reasons: string[];
  queue: { seq: number; dossiers: number };
  router: { outbox_waiting: number; outbox_aside: number; outbox_danger: number; outbox_oldest: string | null };
  calls: { open: number; callbacks: number; disk_full: boolean; pbxs: { code: string; kind: "ami" | "cti"; up: boolean; since: string | null; trouble: string; events: number; malformed: number; reconnects: number }[] };
  webhooks: { name: string; enabled: boolean; waiting: number; parked: number; sent: number; last_error: string }[];
  backup: { at: string; bytes: number } | null;
  disk: { free: number; total: number } | null;
  files: { name: string; bytes: number }[];
}
export interface AuditEntry {
  number: number;
  at: string;
  act: string;
  who: string;
  address: string;
  subject: string;
  detail: string;
  times: number;
}
export interface AuditPage extends Items<AuditEntry> {
  before: number | null;
}
