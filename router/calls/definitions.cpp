#include "router/calls/definitions.hpp"

#include <algorithm>
#include <array>

namespace bannette::calls {
namespace {

using enum Unit;
using enum Span;

// Changing a text means raising its version: tests/data/call_figures.tsv keeps each version's text.
constexpr auto kDefinitions = std::to_array<Definition>({
    {"waiting_now", 1, count, now, "Appels en attente",
     "Appels entrés dans une file, ni décrochés ni partis, à l'instant de la mesure."},
    {"longest_wait_now", 1, seconds, now, "Plus longue attente en cours",
     "Attente, depuis son entrée dans la première file, de l'appel qui attend depuis le plus longtemps. Vide "
     "si personne n'attend."},
    {"talking_now", 1, count, now, "Appels en conversation",
     "Appels décrochés par un poste et non terminés, mises en attente comprises."},
    {"posts_free_now", 1, count, now, "Postes libres", "Postes connectés, ni en pause, ni occupés."},
    {"posts_busy_now", 1, count, now, "Postes occupés",
     "Postes en conversation, en mise en attente ou en post-appel ; celui-ci compte au plus le temps que le "
     "site lui donne."},
    {"posts_paused_now", 1, count, now, "Postes en pause",
     "Postes connectés, en pause, sans appel en cours."},

    {"offered", 1, count, period, "Appels présentés",
     "Appels entrants qui sont entrés dans au moins une file. Un appel compte une fois, dans la demi-heure "
     "de son arrivée, même s'il passe par plusieurs files. Somme des décrochés, abandonnés, abandons courts, "
     "débordés, au sort inconnu et encore en attente. Pour une seule file : ses passages, dans la demi-heure "
     "de leur entrée."},
    {"answered", 1, count, period, "Appels décrochés",
     "Appels présentés qu'un poste a décrochés, quelle que soit la suite."},
    {"abandoned", 1, count, period, "Appels abandonnés",
     "Appels présentés dont la personne a raccroché avant d'être décrochée, après S ou plus. S est le seuil "
     "d'abandon court du site : 5 secondes sauf autre choix."},
    {"abandoned_short", 1, count, period, "Abandons courts",
     "Appels présentés dont la personne a raccroché avant d'être décrochée, en moins de S. S est le seuil "
     "d'abandon court du site : 5 secondes sauf autre choix."},
    {"overflowed", 1, count, period, "Appels débordés",
     "Appels présentés sortis de la dernière file sans être décrochés ni raccrochés par la personne : "
     "attente trop longue, sortie par une touche, retrait ou redirection d'un appel en attente."},
    {"fate_unknown", 1, count, period, "Appels au sort inconnu",
     "Appels présentés dont la fin n'est pas connue : connexion à l'autocommutateur perdue, arrêt de "
     "celui-ci, ou événements qu'il n'a pas transmis."},
    {"still_waiting", 1, count, period, "Appels de la période encore en attente",
     "Appels présentés, arrivés dans la période, qui attendent encore à l'instant de la mesure."},
    {"turned_away", 1, count, period, "Appels refoulés",
     "Appels entrants qui n'ont pas pu entrer dans une file, fermée ou saturée. Ils ne sont pas présentés."},
    {"withheld", 1, count, period, "Appels en numéro masqué",
     "Appels présentés sans numéro, ou dont le numéro ne doit pas être montré."},
    {"missed_withheld", 1, count, period, "Appels perdus en numéro masqué",
     "Appels présentés ou refoulés, non décrochés et sans numéro : personne ne peut les rappeler. Les "
     "abandons courts n'en sont pas."},
    {"outgoing", 1, count, period, "Appels émis", "Appels lancés depuis un poste vers l'extérieur."},
    {"outgoing_answered", 1, count, period, "Appels émis aboutis",
     "Appels émis auxquels la personne a répondu."},

    {"answer_rate", 1, share, period, "Taux de décroché", "Appels décrochés / appels présentés."},
    {"abandonment_rate", 1, share, period, "Taux d'abandon",
     "Appels abandonnés / (appels présentés − abandons courts)."},
    {"service_level_offered", 1, share, period, "Niveau de service sur appels présentés",
     "Appels décrochés dont l'attente est d'au plus T / appels présentés. T est le seuil choisi par le site. "
     "Tout appel non décroché compte contre, quelle que soit son attente, et tout appel dont l'attente n'est "
     "pas connue."},
    {"service_level_net", 1, share, period, "Niveau de service hors abandons courts",
     "Appels décrochés dont l'attente est d'au plus T / (appels présentés − abandons courts). T est le seuil "
     "choisi par le site. Un appel dont l'attente n'est pas connue compte contre."},

    {"wait_average", 1, seconds, period, "Attente moyenne avant décroché",
     "Moyenne, sur les appels décrochés, du temps entre l'entrée dans la première file et le décroché. Les "
     "appels dont l'attente n'est pas connue n'y sont pas."},
    {"wait_p50", 1, seconds, period, "Attente avant décroché, médiane",
     "Attente que 50 % des appels décrochés n'ont pas dépassée : rang le plus proche, à la seconde "
     "supérieure."},
    {"wait_p90", 1, seconds, period, "Attente avant décroché, 90 %",
     "Attente que 90 % des appels décrochés n'ont pas dépassée : rang le plus proche, à la seconde "
     "supérieure."},
    {"wait_p95", 1, seconds, period, "Attente avant décroché, 95 %",
     "Attente que 95 % des appels décrochés n'ont pas dépassée : rang le plus proche, à la seconde "
     "supérieure."},
    {"wait_p99", 1, seconds, period, "Attente avant décroché, 99 %",
     "Attente que 99 % des appels décrochés n'ont pas dépassée : rang le plus proche, à la seconde "
     "supérieure."},
    {"wait_longest", 1, seconds, period, "Plus longue attente avant décroché",
     "Plus longue attente d'un appel décroché, à la seconde supérieure."},
    {"patience_average", 1, seconds, period, "Attente moyenne avant abandon",
     "Moyenne, sur les appels abandonnés (abandons courts exclus), du temps entre l'entrée dans la première "
     "file et le raccroché."},
    {"patience_p50", 1, seconds, period, "Attente avant abandon, médiane",
     "Attente que 50 % des appels abandonnés (abandons courts exclus) n'ont pas dépassée : rang le plus "
     "proche, à la seconde supérieure."},

    {"handling_average", 1, seconds, period, "Durée moyenne de communication",
     "Moyenne, sur les appels décrochés et terminés, du temps entre le décroché et la fin avec les postes : "
     "conversation et mises en attente, sans le post-appel."},
    {"handling_p50", 1, seconds, period, "Durée de communication, médiane",
     "Durée que 50 % des communications n'ont pas dépassée : rang le plus proche, à la seconde supérieure."},
    {"handling_p90", 1, seconds, period, "Durée de communication, 90 %",
     "Durée que 90 % des communications n'ont pas dépassée : rang le plus proche, à la seconde supérieure."},
    {"handling_p95", 1, seconds, period, "Durée de communication, 95 %",
     "Durée que 95 % des communications n'ont pas dépassée : rang le plus proche, à la seconde supérieure."},
    {"handling_p99", 1, seconds, period, "Durée de communication, 99 %",
     "Durée que 99 % des communications n'ont pas dépassée : rang le plus proche, à la seconde supérieure."},
    {"wrap_up_average", 1, seconds, period, "Durée moyenne de post-appel",
     "Moyenne, sur les appels décrochés dont le post-appel est connu, du temps entre la fin de la "
     "communication et la fin du travail qui la suit : qualification, ou fin dite par la personne ; au plus "
     "le temps que le site lui donne."},
    {"wrap_up_p50", 1, seconds, period, "Durée de post-appel, médiane",
     "Durée que 50 % des post-appels n'ont pas dépassée : rang le plus proche, à la seconde supérieure."},
    {"wrap_up_p90", 1, seconds, period, "Durée de post-appel, 90 %",
     "Durée que 90 % des post-appels n'ont pas dépassée : rang le plus proche, à la seconde supérieure."},
    {"wrap_up_p95", 1, seconds, period, "Durée de post-appel, 95 %",
     "Durée que 95 % des post-appels n'ont pas dépassée : rang le plus proche, à la seconde supérieure."},
    {"wrap_up_p99", 1, seconds, period, "Durée de post-appel, 99 %",
     "Durée que 99 % des post-appels n'ont pas dépassée : rang le plus proche, à la seconde supérieure."},
    {"occupancy", 1, share, period, "Taux d'occupation des postes",
     "Temps occupé des postes (conversation, mise en attente, post-appel) / (temps connecté − temps de "
     "pause). Le post-appel compte au plus le temps que le site lui donne. Une pause demandée pendant un "
     "appel commence à la fin de celui-ci. Le temps compte dans la demi-heure où il passe."},

    {"people_calling", 1, count, period, "Personnes ayant appelé",
     "Numéros différents parmi les appels présentés. Les numéros masqués ne peuvent pas être regroupés et "
     "n'y sont pas."},
    {"people_served", 1, count, period, "Personnes servies",
     "Numéros différents dont au moins un appel a été décroché, ou que l'on a rappelés et qui ont répondu. "
     "Un numéro compte une fois, quel que soit le nombre de ses appels. Les numéros masqués n'y sont pas."},

    {"callbacks_open_now", 1, count, now, "Rappels à faire",
     "Personnes dont un appel n'a pas été décroché et qu'il reste à rappeler : une par numéro."},
    {"callbacks_danger_now", 1, count, now, "Rappels à faire, danger",
     "Rappels à faire dont le numéro a une demande ouverte en danger."},
    {"callbacks_oldest_now", 1, seconds, now, "Plus ancien rappel à faire",
     "Temps depuis le premier appel manqué du rappel le plus ancien. Vide s'il n'y en a aucun."},
    {"callbacks_opened", 1, count, period, "Rappels inscrits",
     "Personnes inscrites sur la liste des rappels, dans la demi-heure de l'inscription."},
    {"callbacks_reached", 1, count, period, "Rappels aboutis",
     "Rappels terminés parce que la personne, rappelée, a répondu."},
    {"callbacks_unreachable", 1, count, period, "Rappels injoignables",
     "Rappels terminés parce que la personne, rappelée autant de fois que le site le prévoit, n'a pas "
     "répondu."},
    {"callbacks_resolved", 1, count, period, "Rappels résolus par un appel",
     "Rappels terminés parce que la personne a rappelé d'elle-même et a été décrochée."},
    {"callbacks_dropped", 1, count, period, "Rappels abandonnés par le service",
     "Rappels terminés par décision d'une personne, avec un motif, ou parce que le numéro n'est plus "
     "conservé."},
});

}  // namespace

std::span<const Definition> definitions() {
  return kDefinitions;
}

const Definition* definition_of(std::string_view code) {
  const auto found = std::ranges::find(kDefinitions, code, &Definition::code);
  return found == kDefinitions.end() ? nullptr : &*found;
}

std::string_view name(Unit unit) {
  switch (unit) {
    case Unit::count:
      return "count";
    case Unit::seconds:
      return "seconds";
    case Unit::share:
      return "share";
  }
  return "";
}

std::string_view name(Span span) {
  return span == Span::now ? "now" : "period";
}

}  // namespace bannette::calls
