// An ordinary day with something of everything, for those who look at the screens: all roles, a telephone, dossiers in every state. All
// persons, numbers and addresses are invented.
import { cp, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { ask } from "./browser.mjs";
import { Service } from "./service.mjs";

export const east = "utpas-roubaix-est";
export const west = "utpas-roubaix-ouest";

// A PBX that tells its calls by the webhook.
const telephony = `abandon_court_s = 0
[[standard]]
code = "annexe"
type = "cti"
[[file]]
code = "premier-contact"
libelle = "Premier contact"
${["1", "2", "3"].map((n) => `[[poste]]\ncode = "poste-${n}"\nnom = "Poste ${n}"\ninterface = "100${n}"`).join("\n")}
`;

export class Scene {
  people = {};

  async start() {
    this.service = new Service();
    this.folder = await mkdtemp(path.join(tmpdir(), "bannette-"));
    const config = path.join(this.folder, path.basename(this.service.config));
    await cp(this.service.config, config, { recursive: true });
    await writeFile(path.join(config, "telephonie.toml"), telephony);
    this.service.config = config;
    await this.service.start();
    const accounts = [["odile", "operator"], ["olivier", "operator"], ["amina", "agent", east], ["bruno", "agent", east], ["denis", "agent", west],
      ["mona", "manager", east], ["sofia", "supervisor"], ["ines", "admin"], ["aude", "auditor"]];
    for (const [name, role, ...units] of accounts) this.people[name] = await this.service.addUser(name, role, ...units);
    this.token = await this.service.addPbxToken("pont-annexe", "annexe");
  }

  async end() {
    await this.service.end();
    await rm(this.folder, { recursive: true, force: true });
  }

  person(browser, name, options) {
    return browser.person(this.service, name, this.people[name], options);
  }

  async sits(operator, post) {
    await operator.page.selectOption("#phone-post", post);
    await operator.page.press("#phone-post + button", "Enter");
    await operator.sees(".seat > strong");
  }

  // A PBX tells of a call: newCall, answer (by a post), hangup.
  async rings(event, call, more = {}) {
    const body = { event, callId: call, from: "0320112233", to: "0320000000", direction: "in", queue: "premier-contact", ...more };
    const headers = { Authorization: `Bearer ${this.token}`, "Content-Type": "application/json" };
    const answer = await fetch(`${this.service.url}api/v1/cti`, { method: "POST", headers, body: JSON.stringify(body) });
    if (!answer.ok) throw new Error(`cti: ${answer.status} ${await answer.text()}`);
  }

  // What came in before one looks. `operator` logs, `amina` and `denis` work.
  async fill(operator, amina, denis) {
    const call = (note, bannette, more = {}) => ask(operator, "requests", { note, commune: "Roubaix", address: "12 avenue Motte", bannette, ...more });
    const caller = (name, phone) => ({ caller: { name, phone } });
    this.rent = await call("Trois mois de loyer impayé, elle a reçu un commandement de quitter les lieux.", `${east}/social`, { urgency: "urgent", ...caller("Mme Benali", "06 39 98 12 34") });
    this.food = await call("Demande un colis alimentaire pour la fin du mois, deux enfants.", `${east}/social`, caller("M. Lefebvre", "06 39 98 20 11"));
    this.energy = await call("Facture d'électricité impayée, coupure annoncée pour lundi.", `${east}/social`, caller("Mme Nowak", "06 39 98 31 07"));
    this.baby = await call("Jeune mère qui demande une visite de la puéricultrice après la sortie de maternité.", `${east}/pmi`, caller("Mme Da Silva", "06 39 98 44 90"));
    this.aid = await call("Sa mère âgée tombe souvent, il demande l'APA et une aide à domicile.", `${west}/autonomie`, caller("M. Dubois", "06 39 98 52 16"));
    this.far = await ask(operator, "requests", { note: "Il demande une aide pour payer sa facture d'électricité.", commune: "Valenciennes", ...caller("M. Martin", "06 39 98 60 02") });
    const held = await ask(amina, `dossiers/${this.energy.id}/take`, {});
    await ask(amina, `dossiers/${this.energy.id}/notes`, { fence: held.header.fence, text: "Fournisseur appelé : coupure suspendue quinze jours." });
    const taken = await ask(denis, `dossiers/${this.aid.id}/take`, {});
    await ask(denis, `dossiers/${this.aid.id}/propose`, { fence: taken.header.fence, to: `${east}/autonomie`, why: "wrong_territory" });
    this.danger = await call("Un enfant de 4 ans est frappé par son père, la voisine l'entend crier en ce moment.", `${east}/enfance`, { danger: true, urgency: "immediate", ...caller("Mme Diallo", "06 39 98 71 55") });
  }
}
