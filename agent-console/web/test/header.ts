// A waiting dossier as the server tells it, with what a test wants otherwise.
import type { Header } from "../src/types.js";

export const header = (id: string, more: Partial<Header>): Header => ({
  id, reference: id, bannette: "utpas-x/social", state: "waiting", topic: "social.budget", urgency: "normal", danger: false, insee: "",
  commune: "", arrived: "2026-11-25T09:00:00.000Z", deadline: null, holder: "", fence: 0, lease_until: null,
  changed: "2026-11-25T09:00:00.000Z", outcome: null, deadline_state: "none", starved: false, until: null, hold_why: null, hops: 0,
  proposal: null, copies: [], merged_into: null, climb: null, restricted: false, linked: [], ...more,
});
