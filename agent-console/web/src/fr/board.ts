// The supervisor's board. Part of the catalogue (../fr.ts): every string that people read there.
import type { PostState } from "../board/types.js";
import type { KeyWords } from "../parts/key_help.js";

const many = (n: number, one: string, more: string): string => `${n} ${n < 2 ? one : more}`;

export const frBoard = {
  views: { label: "Vues du tableau", now: "En direct", arbitration: "Arbitrage", reports: "Rapports", reads: "Consultations" },
  wall: {
    open: "Mode mural",
    close: "Quitter le mode mural",
    title: "Accueil téléphonique et bannettes",
    at: "à",
    worst: "Bannettes à surveiller",
    short: { danger: "Danger", late: "Retard", waiting: "Attente", oldest: "Âge" },
    calm: "Rien à signaler",
    stale: "Affichage interrompu",
    more: (n: number): string => `et ${many(n, "autre bannette", "autres bannettes")}`,
    posts: (free: number, all: number): string => `${free} sur ${all}`,
    define: {
      danger: "Demandes en danger, en attente ou réservées ; ou celles dont personne n’a encore acquitté le danger, si elles sont plus nombreuses.",
      posts: (text: string): string => `${text} Le second nombre est celui des postes présents : libres ou occupés, sans ceux en pause ni les indisponibles.`,
    },
  },
  keys: (decides: boolean, watches: boolean): string =>
    `Raccourcis : F2 en direct${decides ? " · F3 arbitrage" : ""} · F4 rapports${watches ? " · F7 consultations" : ""} · F8 mode mural · Échap ferme`,
  help: (decides: boolean, watches: boolean): KeyWords => ({
    title: "Raccourcis du clavier",
    close: "Fermer",
    groups: [
      {
        title: "Les vues",
        keys: [
          ["F2", "En direct"],
          ...(decides ? [["F3", "Arbitrage : ce que la supervision seule décide"]] : []),
          ["F4", "Rapports"],
          ...(watches ? [["F7", "Consultations : qui a lu quoi"]] : []),
          ["F8", "Mode mural ; de nouveau F8, ou Échap, pour en sortir"],
        ],
      },
      {
        title: "Dans une vue",
        keys: [
          ["Entrée", "Sur une bannette : montrer ses demandes ; sur un bouton : l’activer"],
          ...(decides ? [["Ctrl+Entrée", "Envoyer le formulaire où l’on écrit"]] : []),
          ["Échap", "Fermer le formulaire, les demandes de la bannette, la fenêtre"],
        ],
      },
      { title: "Partout", keys: [["F1", "Cette aide"], ["Tab", "Passer au champ ou au bouton suivant ; Maj+Tab, au précédent"]] },
    ],
  }),
  unavailable: "Ces chiffres n’ont pas pu être lus.",

  line: {
    title: "Ligne téléphonique",
    none: "Aucun autocommutateur n’est raccordé : les appels ne sont pas comptés ici.",
    callers: "Appels en attente",
    longest: "Plus longue attente",
    talking: "En conversation",
    free: "Postes libres",
    busy: "Postes occupés",
    paused: "Postes en pause",
    callbacks: "Rappels à faire",
    queues: "Files d’attente",
    queue: "File",
    posts: "Postes",
    nobody: "personne",
    today: "Appels d’aujourd’hui",
    down: (code: string): string => `L’autocommutateur ${code} ne répond plus : ces chiffres ne sont plus à jour.`,
    states: {
      free: "libre",
      ringing: "sonne",
      talking: "en conversation",
      held: "appel en attente",
      wrap_up: "post-appel",
      paused: "en pause",
      unavailable: "indisponible",
      unknown: "état inconnu",
    } satisfies Record<PostState, string>,
  },

  tray: {
    breach: "Prochaine échéance",
    share: "Dans le délai",
    starved: "Attendent trop",
    define: {
      breach: "Temps avant que l’échéance la plus proche d’une demande en attente ou réservée soit dépassée.",
      share:
        "Parmi les demandes arrivées aujourd’hui et dues : part de celles qui ont été prises en charge avant leur échéance. Sont dues celles qui ont été prises en charge et celles dont l’échéance est passée.",
      starved: "Demandes qui attendent depuis plus longtemps que le site ne l’admet.",
    },
  },

  curves: {
    title: "Les deux dernières heures",
    dossiers: "Demandes",
    calls: "Appels",
    waiting: "en attente",
    late: "en retard",
    callers: "en attente",
    summary: (label: string, now: number, then: number, most: number): string => `${label} : ${now} maintenant, ${then} au début, ${most} au plus`,
    short: "Les courbes commencent au démarrage du service ; elles se rempliront.",
    define: "Un point par minute : le nombre à cet instant, sur les bannettes que vous voyez.",
  },

  late: {
    title: "Seront en retard à ce rythme",
    none: "Au rythme actuel, aucune demande ne sera en retard parmi celles dont le rythme est connu.",
    already: "déjà en retard",
    will: "le sera",
    expected: "prise en charge attendue à",
    behind: "Échéance",
    place: (n: number): string => (n === 1 ? "la prochaine" : `${n}e de sa bannette`),
    more: (n: number): string => `et ${many(n, "autre", "autres")}`,
    untold: "Pas assez de données",
    untoldText: "Moins de 3 prises en charge, ou moins de 30 minutes d’observation, sur les deux dernières heures : rien n’est prédit.",
    untoldLine: (n: number): string => many(n, "demande", "demandes"),
    cut: (n: number): string => `Calcul sur les ${n} premières demandes, dans l’ordre de service.`,
    method: "Comment c’est calculé",
    methodText:
      "Chaque demande en attente est attendue quand celles qui la précèdent dans sa bannette auront été prises en charge, au rythme des deux dernières heures (prises en charge ÷ temps observé). Elle est annoncée en retard si cette heure dépasse son échéance. Les heures de fermeture ne sont pas décomptées : une nuit ou un jour férié rend le retard plus probable que ce qui est dit ici.",
  },

  escalations: {
    title: "Alertes de danger",
    none: "Tous les dangers sont acquittés.",
    beyond: (n: number): string => `${many(n, "autre danger non acquitté n’est", "autres dangers non acquittés ne sont")} pas dans cette liste : ouvrez la bannette dans le tableau ci-dessous.`,
    acknowledge: "Acquitter",
    acknowledged: (reference: string): string => `${reference} : le danger est acquitté, l’alerte ne monte plus.`,
    journal: "Journal des alertes",
    empty: "Aucune alerte récente.",
    when: "Heure",
    what: "Alerte",
    which: "Demande",
    where: "Bannette",
    changes: {
      escalated: "Danger signalé",
      acknowledged: "Danger acquitté",
      breached: "Échéance dépassée",
      starved: "Attend depuis trop longtemps",
      proposal_expired: "Proposition restée sans réponse",
      unattended: "Bannette non surveillée",
      attended: "Bannette de nouveau surveillée",
      calendar_changed: "Calendrier modifié",
      clock_jumped: "Horloge du serveur déplacée",
    } as Record<string, string>,
    to: (step: string): string => `échelon : ${step}`,
    restricted: "pour les demandes confidentielles",
    by: (actor: string): string => `par ${actor}`,
  },

  arbitration: {
    title: "Demandes à arbitrer",
    text: "Sans unité certaine, en attente au standard (une unité peut les y avoir rendues), ou déjà déplacées deux fois : la supervision décide, sans lire leur contenu.",
    none: "Aucune demande à arbitrer.",
    unresolved: "Sans unité certaine",
    third: (n: number): string => `${n} changements de bannette : seule la supervision accepte le suivant`,
    to: (label: string, from: string, why: string): string => `Proposée à ${label} par ${from} : ${why}`,
    unit: "Unité ou file",
    done: "C’est fait.",
    unknown: "Réponse inconnue : on ne sait pas si l’action a été faite. Réessayez, elle ne sera pas faite deux fois.",
    outbox: {
      waiting: (n: number): string => many(n, "demande enregistrée attend le service des bannettes.", "demandes enregistrées attendent le service des bannettes."),
      aside: (n: number): string => many(n, "demande mise de côté : une personne doit décider (administration).", "demandes mises de côté : une personne doit décider (administration)."),
    },
  },

  reports: {
    title: "Rapports",
    from: "Du",
    to: "Au",
    step: "Par période",
    steps: { day: "Jour", week: "Semaine", month: "Mois", whole: "Toute la période" },
    by: "Par territoire ou motif",
    presets: { today: "aujourd’hui", week: "7 jours", month: "30 jours" },
    groups: { all: "Ensemble", unit: "Unité", bannette: "Bannette", topic: "Motif" },
    show: "Afficher",
    period: "Période",
    figure: "Chiffre",
    value: "Valeur",
    meaning: "Ce qu’il dit",
    wrongDates: "Choisissez deux dates, la première avant la seconde.",
    empty: "Aucune demande dans cette période.",
    csv: "Télécharger pour un tableur (CSV)",
    rfc: "CSV RFC 4180",
    leftOut: (n: number): string => `La période est trop longue : ${many(n, "demande plus ancienne n’est pas comptée", "demandes plus anciennes ne sont pas comptées")}.`,
    file: (from: string, to: string): string => `bannette-rapport-${from}-${to}.csv`,
    until: (from: string, to: string): string => (from === to ? from : `${from} – ${to}`),
  },

  callsReport: {
    title: "Appels",
    steps: { half_hour: "Demi-heure", day: "Jour", whole: "Toute la période" },
    oneDay: "Par demi-heure, choisissez un seul jour.",
    daysMost: (n: number): string => `Par jour, choisissez ${n} jours au plus.`,
    figures: "Chiffres montrés",
    groups: { first: "L’essentiel", fates: "Appels et personnes", waits: "Attente et niveau de service", work: "Communication et postes", callbacks: "Rappels et appels émis" },
    empty: "Aucun appel, et aucun poste connecté.",
    quiet: (n: number, days: boolean): string =>
      `Afficher aussi ${days ? many(n, "jour", "jours") : many(n, "demi-heure", "demi-heures")} sans appel ni poste connecté (le fichier contient tout)`,
    file: (from: string, to: string): string => `bannette-appels-${from}-${to}.csv`,
  },

  // A supervisor's look into a unit's dossier.
  look: {
    button: "Lire",
    why: "Vous n’êtes pas de cette unité : dites pourquoi vous lisez cette demande. L’unité et l’audit verront votre nom, l’heure, ce motif et ce que vous écrivez.",
    purpose: "Motif de la consultation",
    text: "Précision",
    send: "Lire la demande",
    missing: "Choisissez un motif.",
    recorded: "Cette consultation et son motif sont inscrits à l’historique.",
    closed: "Cette demande est confidentielle : seules la lisent les personnes habilitées de l’unité et son responsable.",
  },

  // Who has read what.
  reads: {
    title: "Consultations",
    text: "Chaque lecture du contenu d’une demande : qui, quand, à quel titre. Une réservation ou une prise en charge donne à lire, et compte comme telle.",
    textOne: "Les lectures du contenu d’une demande : donnez sa référence.",
    reference: "Référence",
    person: "Personne",
    unit: "Unité",
    from: "Du",
    to: "Au",
    all: "toutes",
    show: "Afficher",
    none: "Aucune consultation.",
    found: (n: number): string => many(n, "consultation", "consultations"),
    partly: "La suite n’a pas encore été lue.",
    more: "Continuer",
    wrongReference: "Écrivez une référence, par exemple K7F-3MX.",
    wrongDates: "La seconde date précède la première.",
    holding: "la tient",
    rights: { unit: "dans sa bannette", copy: "par une copie", proposal: "par une proposition" },
    columns: { at: "Quand", who: "Qui", what: "Quoi", why: "À quel titre", which: "Demande", where: "Bannette" },
  },

  said: {
    danger: (reference: string, label: string): string => `Nouvelle demande en danger : ${reference}, ${label}.`,
    climbed: (reference: string, label: string): string => `Danger toujours non acquitté : ${reference}, ${label}.`,
    breached: (reference: string, label: string): string => `Échéance dépassée : ${reference}, ${label}.`,
  },
} as const;
