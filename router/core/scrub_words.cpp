// Names of people, common in the north of France.
// Kept by hand; folded: no capitals, no accents.
#include "router/core/scrub_words.hpp"

namespace bannette::router {

WordSet word_set(std::string_view list) {
  WordSet words;
  while (!list.empty()) {
    const auto end = list.find(' ');
    if (end > 0) words.insert(list.substr(0, end));
    list.remove_prefix(end == std::string_view::npos ? list.size() : end + 1);
  }
  return words;
}

// clang-format off
const WordSet& given_names() {
  static const WordSet words = word_set(
    "abdel abdelkader abdellah abdou achille adam adama adele adeline adil adrien agathe agnes ahmed aicha "
    "aissatou alain alban albert alex alexandra alexandre alexia alexis alfred ali alice alicia aline "
    "alisson alix alma alphonse amadou amandine amaury ambroise amelie amina aminata amine amir anais anas "
    "anatole andre andrea andree angele angelina angelique anissa anita anna annabelle anne annick annie "
    "antoine antoinette antonio arlette armand armelle arnaud arsene arthur assia astrid aubin audrey "
    "auguste augustin aurelie aurelien aurore awa axel axelle aya ayoub aziz baptiste barbara basile "
    "bastien beatrice benedicte benjamin benoit berenice bernadette bernard berthe bertrand bilal blaise "
    "boris boubacar brahim brandon brigitte bruno bryan camille candice carine carla carlos caroline "
    "cassandra catherine cathy cecile cedric celia celine chaima chantal charlene charles charlie charline "
    "cheikh chloe chris christelle christian christiane christine christophe cindy clara clarisse claude "
    "claudette claudine clemence clementine clotilde colette coralie corentin corinne cyril cyrille damien "
    "daniel daniela danielle dany david deborah delphine denis denise diane didier dimitri djamel djibril "
    "dolores dominique donovan dorian dorothee dounia dylan eddy edgar edith edmond edouard elena eleonore "
    "eliane elias elie elina eliot elisa elisabeth elise ella elodie eloise elsa emeline emile emilie "
    "emilien emma emmanuel emmanuelle enzo eric erika ernest erwan esteban estelle esther ethan etienne "
    "eugene eugenie eva evan eve evelyne ewan fabien fabienne fabrice fanny farid fatiha fatima fatimata "
    "fatou fatoumata felicie felix fernand fernande fiona flavie flavien florent florian florine fode "
    "francine francis franck francois francoise frank fred frederic frederique gabin gabriel gabriela "
    "gabrielle gael gaelle gaetan gaston gautier genevieve geoffrey georges georgette gerald geraldine "
    "gerard germaine ghislain ghislaine gilbert gilberte gilles gina ginette gisele giselle gregory "
    "guillaume gustave guy gwenael gwendoline habib hadrien hakim halima hamid hamza hanane harmonie "
    "hassan helena helene henri henriette herve hicham hippolyte honorine hortense houria hubert hugo "
    "huguette hussein ibrahim ibrahima ibtissem idriss ilan ilyes imane imene ines ingrid irena irene "
    "isaac isabelle ismael issa ivan jacky jacqueline jacques jamal jamila jason jean jeanne jeannine "
    "jennifer jeremie jeremy jerome jessica jessy joachim joao joel joelle johan johanna johnny jonas "
    "jonathan jordan jordane jose joseph josephine josette joshua josiane josyane jules julia julian julie "
    "julien juliette justin justine kader kais kamel kamil karim karima karine karl katia kelly kenza "
    "kevin khadidja khadija khaled kilian killian kimberley kylian laetitia lahcen laila lamia lamine lara "
    "larbi laura laure laurence laurent laurie laurine lea leana leila lena leo leon leonard leonie "
    "leopold leslie lilia lilian liliane lilou lina linda lionel lisa livia loane logan loic lola lorenzo "
    "lou louane louis louise louisette louka lucas lucette lucie lucien lucienne ludivine ludovic luis "
    "luka lydia lydie lylou lyna maddy madeleine mael maelle maelys maeva mahmoud maimouna malik malika "
    "malo mamadou manon manuel marc marceau marcel marcelle marcelline marco marcus margaux margot maria "
    "mariam mariama marianne marie marielle marion marius marjorie marlene marouane martine maryam "
    "maryline maryse mateo mathias mathieu mathilde mathis mathys matthias matthieu maud maurice maurine "
    "maxence maxime maximilien maya mayline medhi mehdi melanie melina melissa melvin mercedes michael "
    "michel michele micheline mickael miguel mila milan milena millie mina mireille miriam moctar mohamed "
    "mohammed moise monica monique morgan morgane mouhamed mouna mounir mourad moussa mustapha myriam "
    "nabil nadege nadia nadine nael naima naomi natacha nathalie nathan nawel nelly nicolas nicole nina "
    "nino noa noah noam noe noemie noham nolan nolwenn nora norah norbert nordine noura nouria odette "
    "odile olga olivia olivier omar oscar othmane oumar oumou ousmane pablo paola pascale pascaline "
    "patrice patricia patrick paul paula paulette pauline pedro perrine philippe philomene pierrette "
    "pierrick quentin rachel rachid rachida rafael rahma raissa ramzi rania raoul raphael raphaelle rayan "
    "rayane raymond raymonde rebecca redouane regine reine remi remy renaud rene renee reynald riad "
    "ricardo richard robert roberte rodolphe rodrigue roger rokia roland rolande rolland romain romeo "
    "romuald ronan rosa rosalie rosine roxane ruben ryan sabine sabri sabrina sacha said saida salah salif "
    "salim salima salome samba sami samia samir samira samuel samy sandra sandrine sandy sara sarah "
    "saverio sebastien segolene selena selim selma serge severine sidiki sidonie simeon simon simone "
    "slimane sofia sofiane solange solene soline sonia sophie soraya souad souleymane stanislas stella "
    "stephane stephanie steve steven suzanne suzie swann sylvain sylvaine sylvette sylvia sylviane sylvie "
    "taina tanguy tania tarek tatiana telma teo tessa theo theodore theophile theresa therese thibaud "
    "thibault thibaut thierry thomas tiago tifanny tim timeo timothee titouan tom tommy tony tristan "
    "ulysse valentin valentina valentine valerie vanessa vera veronique victor victoria vincent violaine "
    "virginie viviane vladimir wafa walid wassim wendy werner wesley wilfried william willy xavier yacine "
    "yan yanis yann yannick yasmina yasmine yassine yoann yohan yolande younes yousra youssef youssouf "
    "yvan yves yvette yvon yvonne zacharie zahra zakaria zelie zied zineb zoe zohra zoulikha ");
  return words;
}

const WordSet& given_names_and_words() {
  static const WordSet words = word_set(
    "aime aimee ambre ange angel anges blanche blandine brice carmen celeste charlotte claire clement "
    "constance constant desire desiree eden fleur florence france garance honore iris jade juste kim lilas "
    "lily line lise luce luna lys marguerite marin marina marine martin max melodie merveille modeste noel "
    "nour oceane olive ophelie pascal perle pierre prudence prune regis robin romane rose rosier toussaint "
    "victoire violette vivien ");
  return words;
}

const WordSet& surnames_and_words() {
  static const WordSet words = word_set(
    "allard andre arnaud avril baron benoit berger bertrand blanc blanchard bois bon bonnet boucher "
    "boulanger bourgeois breton brun carette caron carpentier charpentier chevalier clerc comte cordier "
    "courtois couturier cure david delannoy denis doux dubois duc dumont dupont duval fabre fleur fleury "
    "fontaine forest forestier fournier francois garnier gauthier gentil girard grand gros guerin henry "
    "hiver humbert jacob joly labbe lallemand langlais laurent leblanc leboucher lebrun leclerc leduc "
    "lefort legros lejeune lemaitre lepage leroux leroy lesage loup maillard maitre marchand marechal "
    "marin marquis martin masson mercier merle meunier michel moine monnier moreau moulin noel normand "
    "page pape pascal perrin petit picard pierre poirier poisson pommier poulain prevost prince renard "
    "renaud richard riviere robert rocher roger roi roland rose rousseau roux roy royer sage sauvage "
    "sergent simon six tailleur thomas toussaint vasseur verdier vert vidal villain villette vincent ");
  return words;
}
// clang-format on

}  // namespace bannette::router
