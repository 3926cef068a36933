#include "router/core/vocabulary.hpp"

#include <array>

namespace bannette::router {
namespace {

// What is meant, and how it is written.
constexpr std::array abbreviation_list{
    Abbreviation{"adolescent", "ado ados"},
    Abbreviation{"adresse", "adr"},
    Abbreviation{"alimentaire", "alim"},
    Abbreviation{"apres midi", "aprem aprm aps"},
    Abbreviation{"argent", "fric pognon ronds sous thune thunes"},
    Abbreviation{"assistante", "assist"},
    Abbreviation{"assistante maternelle", "am ass assmat assmats mat"},
    Abbreviation{"assistante sociale", "as"},
    Abbreviation{"attestation", "attest"},
    Abbreviation{"aujourd hui", "ajd auj aujd"},
    Abbreviation{"avant", "avt"},
    Abbreviation{"avec", "ac av avc"},
    Abbreviation{"beaucoup", "bcp"},
    Abbreviation{"bebe", "bb bbs nouveaune"},
    Abbreviation{"beneficiaire", "bene"},
    Abbreviation{"c est", "c cest"},
    Abbreviation{"carte bleue", "cb"},
    Abbreviation{"carte identite", "ci cni"},
    Abbreviation{"carte sejour", "cs"},
    Abbreviation{"compagnon", "comp"},
    Abbreviation{"compte", "cpte"},
    Abbreviation{"conjoint", "conj"},
    Abbreviation{"contrat", "cdd cdi"},
    Abbreviation{"contrat jeune majeur", "cjm"},
    Abbreviation{"copain", "cop copine"},
    Abbreviation{"dans", "dan dns ds"},
    Abbreviation{"demande", "dde ddes dem demde dmd dmde"},
    Abbreviation{"depuis", "dep depui dp dps"},
    Abbreviation{"dimanche", "dim"},
    Abbreviation{"disponible", "dispo"},
    Abbreviation{"docteur", "doc dr med medecin toubib"},
    Abbreviation{"domicile", "dom"},
    Abbreviation{"donc", "dc"},
    Abbreviation{"educateur", "educ educs"},
    Abbreviation{"electricite", "edf elec engie"},
    Abbreviation{
        "enfant",
        "efant enf enfants enft enft1 enfts gamin gamine gamines gamins gosse gosses kid kids mome momes"},
    Abbreviation{"entreprise", "ent entr"},
    Abbreviation{"expulsion", "exp expul"},
    Abbreviation{"famille", "fam"},
    Abbreviation{"faut", "fo"},
    Abbreviation{"formation", "form"},
    Abbreviation{"france travail", "ft"},
    Abbreviation{"grand", "gd grd"},
    Abbreviation{"grande", "gde"},
    Abbreviation{"hebergement", "hbgt heberg hebergmt hebergt hebgt"},
    Abbreviation{"homme", "bonhomme gars mec mecs type"},
    Abbreviation{"hopital", "ch chr chru chu hop hopit hosp hosto"},
    Abbreviation{"il y a", "ya"},
    Abbreviation{"infirmiere", "ide idel inf infi"},
    Abbreviation{"jamais", "jamai jms"},
    Abbreviation{"je suis", "chuis jsuis"},
    Abbreviation{"jeudi", "jeu"},
    Abbreviation{"jeune", "jdm"},
    Abbreviation{"jeune majeur", "jm"},
    Abbreviation{"jours", "jr jrs"},
    Abbreviation{"juge", "jaf"},
    Abbreviation{"juge enfants", "je"},
    Abbreviation{"locataire", "loc"},
    Abbreviation{"logement", "appart appartement appt lgt logt logts"},
    Abbreviation{"lundi", "lun"},
    Abbreviation{"lycee", "bahut"},
    Abbreviation{"madame", "md mme"},
    Abbreviation{"mademoiselle", "melle mlle"},
    Abbreviation{"maintenant", "mnt mtn mtnnt mtnt"},
    Abbreviation{"mardi", "mar"},
    Abbreviation{"maternite", "mate mater"},
    Abbreviation{"medicament", "cachetons cachets comprimes med1 medoc medocs"},
    Abbreviation{"meme", "mm"},
    Abbreviation{"mercredi", "mer"},
    Abbreviation{"message", "msg"},
    Abbreviation{"minutes", "min mn"},
    Abbreviation{"mission locale", "misloc ml"},
    Abbreviation{"monsieur", "mr"},
    Abbreviation{"nombre", "nb"},
    Abbreviation{"nous", "ns"},
    Abbreviation{"numero", "no nr num"},
    Abbreviation{"parce que", "parsk pasque pck pcq pske"},
    Abbreviation{"pays", "bled"},
    Abbreviation{"pendant", "pdt"},
    Abbreviation{"personne", "pers"},
    Abbreviation{"personne agee", "pa"},
    Abbreviation{"personne handicapee", "ph"},
    Abbreviation{"petit", "pt pti ptit ptite ptt tiot tiote tit tite"},
    Abbreviation{"pole emploi", "pe"},
    Abbreviation{"police", "commissariat flic flics gendarme gendarmerie gendarmes"},
    Abbreviation{"pompiers", "pomp"},
    Abbreviation{"pour", "pou pr"},
    Abbreviation{"pourquoi", "pk pkoi pq"},
    Abbreviation{"probleme", "pb pblm pbm pbs"},
    Abbreviation{"proprietaire", "prop proprio proprios"},
    Abbreviation{"psychologue", "psy psys"},
    Abbreviation{"puericultrice", "puer"},
    Abbreviation{"quand", "kan qan qd"},
    Abbreviation{"que", "k ke ki"},
    Abbreviation{"quel", "kel kelk"},
    Abbreviation{"quelqu un", "qqn qqun"},
    Abbreviation{"quelque", "qq qque"},
    Abbreviation{"quelque chose", "qqc qqch"},
    Abbreviation{"quoi", "koi"},
    Abbreviation{"rappeler", "rapl rappel rappl"},
    Abbreviation{"referent", "ref referente refs"},
    Abbreviation{"rendez vous", "rdez rdv rdvs rv"},
    Abbreviation{"renouvellement", "renouv renouvelt renouvt"},
    Abbreviation{"repond", "rep"},
    Abbreviation{"resiliation", "resil"},
    Abbreviation{"rsa", "brsa"},
    Abbreviation{"s il vous plait", "stp svp"},
    Abbreviation{"sage femme", "sagefemme sf"},
    Abbreviation{"salle de bain", "sdb"},
    Abbreviation{"samedi", "sam"},
    Abbreviation{"sans", "ss"},
    Abbreviation{"sans domicile fixe", "sdf"},
    Abbreviation{"sapeurs pompiers", "spr"},
    Abbreviation{"semaine", "sem sems"},
    Abbreviation{"situation", "sit situ"},
    Abbreviation{"sociale", "soc"},
    Abbreviation{"suspendu", "susp"},
    Abbreviation{"tel", "tem"},
    Abbreviation{"telephone", "phone tel tph"},
    Abbreviation{"temps", "tmp tps"},
    Abbreviation{"tentative suicide", "ts1"},
    Abbreviation{"toujours", "tj tjrs tjs toujour"},
    Abbreviation{"tous", "ts"},
    Abbreviation{"tout", "tt"},
    Abbreviation{"toute", "tte"},
    Abbreviation{"toutes", "ttes"},
    Abbreviation{"traitement", "ttt"},
    Abbreviation{"travail", "boulot job taf taff trav"},
    Abbreviation{"travaille", "bossait bosse bosser"},
    Abbreviation{"vacances", "vac vacs"},
    Abbreviation{"vehicule", "vhl"},
    Abbreviation{"vendredi", "ven vend"},
    Abbreviation{"veut", "veu vx"},
    Abbreviation{"voiture", "bagnole caisse voit"},
    Abbreviation{"vous", "vs"},
    Abbreviation{"week end", "we"},
};

constexpr std::array notion_list{
    Notion{"kin-child",
           "enfant fils fille filles fillette garcon petit petite petits bebe nourrisson ado adolescent "
           "adolescente gamin mineur mineure jumeaux jumelles eleve collegien collegienne lyceen lyceenne "
           "nouveau-ne frerot cadet cadette ainee aine"},
    Notion{"kin-parent", "mere maman pere papa parent parents daron darons beau-pere belle-mere"},
    Notion{"kin-partner",
           "mari conjoint conjointe compagnon compagne epoux epouse femme copain concubin ex ex-mari fiance "
           "chum monsieur"},
    Notion{"kin-old",
           "grand-mere mamie papi papy grand-pere veuve veuf retraite retraitee octogenaire agee age ancien "
           "papie aieul"},
    Notion{"kin-other", "oncle tante neveu niece cousin cousine frere soeur petit-fils"},
    Notion{"school",
           "ecole college lycee maternelle primaire classe professeur prof instit institutrice maitresse "
           "directeur directrice cpe proviseur principal cantine recreation academie inspection rectorat "
           "enseignant enseignante atsem periscolaire cours sieste psychologue scolaire infirmiere "
           "surveillant aesh ulis segpa"},
    Notion{"dropout",
           "decrochage absenteisme absences absent absente exclu exclue exclusion deschole descolarise "
           "descolarisee dechole refus phobie alses inscription inscrit scolarise scolarisation conseil "
           "discipline avertissement seche"},
    Notion{"violence",
           "frappe frapper frappee frappes tape taper tapee coup coups gifle gifles claque claques cogne "
           "battu battue battre bat violence violences violent violente brutalise etrangle etranglee "
           "bouscule poing tabasse hematome bleu bleus marques traces ecchymose casse brulure ceinture "
           "lanieres morsure fesse fessee secoue"},
    Notion{"threat",
           "menace menaces menacer tuer couteau arme fusil mort buter crever egorger peur terrorise "
           "terrorisee harcele harcelement rode guette suit surveille"},
    Notion{"sexual",
           "viol violee viole attouchement attouchements touche sexuel sexuelle agression inceste photos nue "
           "nu caresse caresses zizi"},
    Notion{"neglect",
           "sale pue odeur poux faim mange maigre maigri froid dehors nuit seul seule seuls cave enferme "
           "enfermee negligence laisse livre livree"},
    Notion{"alcohol",
           "alcool ivre boit bu bourre saoul drogue drogues stupefiants cannabis shit cocaine alcoolise "
           "alcoolisee"},
    Notion{"suicide",
           "suicide suicidaire suicider mourir finir disparaitre pendre corde sauter pont medicament "
           "somniferes veines scarifie scarification vivre idees noires tentative adieu"},
    Notion{"despair",
           "bout epuise epuisee craque pleure pleurs larmes effondre effondree deprime depression depressif "
           "isole isolee solitude moral envie dort angoisse angoisses burn-out"},
    Notion{"runaway", "fugue fugues fugueur disparu disparue"},
    Notion{"placement",
           "place placee places placement ase foyer assistant familial famille accueil referent educateur "
           "aemo aed juge ordonnance visite visites droit mediatisee hebergement fratrie audience mecs tisf"},
    Notion{"mna",
           "guinee guineen mali malien bangladesh gambie cameroun ivoire senegal afghanistan afghan pakistan "
           "tunisie tunisien algerie maroc albanie soudan erythree congo angola isole mna mineur etranger "
           "passeport acte naissance evaluation trajet eval"},
    Notion{"eva",
           "eva jeune majeur contrat ase sortant bourse etudes 18 majorite placee confiee ancien ancienne"},
    Notion{"fdaj", "fdaj mission locale jeune aide urgence permis cej garantie insertion fonds ressources"},
    Notion{"pregnancy",
           "enceinte grossesse accouche accouchement sage-femme echographie terme prenatal maternite neuf "
           "allaite allaitement"},
    Notion{"pmi",
           "pmi puericultrice nourrisson bebe pesee vaccin vaccins consultation assistante maternelle "
           "agrement creche nounou garde nourrice lait couches allaitement biberon sein"},
    Notion{"care",
           "apa gir aide menagere toilette auxiliaire vie saad plan teleaalarme telealarme portage repas "
           "perte autonomie chute tombe tombee levee lever habiller courses menage infirmier kine lit "
           "medicalise alzheimer hospitalisation retour sortie"},
    Notion{"mdph",
           "mdph aah aeeh pch rqth cmi handicap handicape handicapee invalidite stationnement esat ime itep "
           "sessad ulis aesh taux orientation fauteuil cecite sourd autisme autiste tdah trisomie cdaph "
           "inclusion dys"},
    Notion{"eldhome",
           "ehpad residence autonomie foyer logement accueil familial hebergement maison retraite obligation "
           "alimentaire aidesociale gouvernante partage senior entree"},
    Notion{"elderabuse",
           "maltraitance maltraite abus tutelle curatelle procuration carte bancaire argent retire vole "
           "enferme attache escarres deshydrate volets courrier"},
    Notion{"rsa",
           "rsa suspendu suspension radie radiation contrat engagement referent orientation ouverture droits "
           "trimestrielle declaration indu equipe pluridisciplinaire allocataire minima"},
    Notion{"job",
           "emploi travail cv formation atelier coaching embauche entretien candidature poste stage interim "
           "projet professionnel reprise metier remise"},
    Notion{"mobility",
           "permis conduire voiture vehicule scooter velo garage reparation essence code auto-ecole trajet "
           "bus transport location microcredit assurance mobilite deplacer"},
    Notion{"employer",
           "recrute recruter recrutement embaucher entreprise gerant patron restaurant restaurateur societe "
           "pme employeur offre offres postes salaries artisan drh chantier"},
    Notion{"homeless",
           "rue dehors abri 115 hotel hebergement trottoir tente parking fourgon squat nuit siao gare "
           "couverture sac expulse expulsee dort dormir canape"},
    Notion{"housing",
           "loyer loyers bail bailleur expulsion huissier commissaire justice impaye impayes fsl logement "
           "hlm proprietaire moisissure moisi humide humidite insalubre rats cafards punaises chauffage "
           "mutation garant caution depot demenager demenagement assignation locataire dalo fuite surpeuple"},
    Notion{"budget",
           "facture factures electricite gaz eau coupure dette dettes surendettement credit banque decouvert "
           "alimentaire colis resto coeur epicerie manger frigo bons secours argent cheque budget impayer "
           "fioul huissiers saisie cantine obseques"},
    Notion{"food",
           "manger mange frigo vide colis alimentaire faim courses bons epicerie restos lait couches"},
    Notion{"energy",
           "electricite gaz eau fioul chauffage coupure coupe couper compteur facture facturation relance "
           "regularisation energie"},
    Notion{
        "admin",
        "caf cpam carsat impots mairie prefecture securite tresor banque ameli carte vitale passeport france "
        "identite titre sejour naturalisation apl allocations prime urssaf amende poste etat civil"},
    Notion{"access",
           "rendez renseignement information domiciliation demarche aide dossier papiers remplir internet "
           "ordinateur permanence droits assistante sociale orientation mutuelle css ameli"},
    Notion{"followup",
           "relance relancer suivi reponse nouvelles attend attente depose deposee envoye envoyee transmis "
           "avancement passee commission toujours rappeler rappele ou rien recu sans reponse delai traite "
           "cours dossier"},
    Notion{"time-now", "maintenant actuellement ligne moment entend entends crie hurle cours"},
    Notion{"time-today", "soir aujourd ce tantot nuit"},
    Notion{"time-recent", "hier matin veille avant-hier samedi dimanche"},
    Notion{"time-soon", "demain apres-demain jeudi vendredi lundi mardi mercredi semaine"},
    Notion{"calm",
           "simplement simple question renseignement information tranquille urgence presse rassure rassurer "
           "bien rassurant annule annuler erreur malentendu"},
    Notion{"professional",
           "infirmiere docteur assistante educateur directrice directeur principal medecin hopital service "
           "urgences saad auxiliaire bailleur gardien gardienne police mairie ccas mission locale conseiller "
           "conseillere"},
    Notion{"neighbour",
           "voisin voisine voisins etage palier immeuble dessus mur gardien gardienne commercant boulangere "
           "pharmacien pharmacienne"},
};

}  // namespace

std::span<const Abbreviation> abbreviations() {
  return abbreviation_list;
}
std::span<const Notion> notions() {
  return notion_list;
}

}  // namespace bannette::router
