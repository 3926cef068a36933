// A waiting dossier as the server tells it, with what a test wants otherwise.
import type { Count, Header } from "../src/types.js";

export const header = (id: string, more: Partial<Header>): Header => ({
  id, reference: id, bannette: "utpas-x/social", state: "waiting", topic: "social.budget", urgency: "normal", danger: false, insee: "",
  commune: "", arrived: "2026-11-25T09:00:00.000Z", deadline: null, holder: "", fence: 0, lease_until: null,
  changed: "2026-11-25T09:00:00.000Z", outcome: null, deadline_state: "none", starved: false, until: null, hold_why: null, hops: 0,
  proposal: null, copies: [], merged_into: null, climb: null, restricted: false, linked: [], ...more,
});

// A bannette with so many dangers that nobody has acknowledged.
export const count = (bannette: string, unacknowledged: number): Count => ({
  bannette, label: bannette, waiting: 0, reserved: 0, in_progress: 0, danger: 0, oldest_waiting: null, late: 0, next_deadline: null, taken: 0,
  wait_median_s: null, wait_max_s: null, on_hold: 0, unacknowledged, offered: 0, starved: 0, unattended: false, restricted_unattended: false, restricted: 0, unread: 0,
});
