import{a as W,b as _}from"./shared-10.js";import{a as S}from"./shared-9.js";import{b as be}from"./shared-11.js";import{a as T}from"./shared-4.js";import"./shared-2.js";import{a as R,b as z,c as m,e as X,g as P,i as J,j as s,m as n,o as ue,r as pe,s as me,t as w,v as L,w as C,x as he,z as j}from"./shared-1.js";var E=(i,e,t)=>`${i.toLocaleString(R)} ${i<2?e:t}`,$e={login:"Connexion",login_failed:"Connexion refusée",logout:"Déconnexion",session_ended:"Session fermée",account_added:"Compte créé",account_changed:"Compte modifié",account_removed:"Compte retiré",password_reset:"Mot de passe remis par l’administration",password_changed:"Mot de passe changé par la personne",password_refused:"Mot de passe actuel refusé",token_added:"Jeton créé",token_removed:"Jeton révoqué",configuration_activated:"Configuration activée",configuration_refused:"Configuration refusée",configuration_rolled_back:"Retour à une configuration",replayed:"Essai sur les appels passés",exported:"Export"},a={title:"Administration",auditTitle:"Registre",sections:"Rubriques",tabs:{accounts:"Comptes",sessions:"Sessions",tokens:"Jetons",units:"Unités",configuration:"Configuration",health:"Santé",audit:"Registre"},help:i=>({title:"Raccourcis du clavier",close:"Fermer",groups:[...i?[]:[{title:"Les rubriques",keys:[["← →","Rubrique précédente, suivante"],["Début","La première ; Fin, la dernière"]]}],{title:"Dans une rubrique",keys:[["Entrée","Filtrer, activer le bouton"],["Échap","Fermer la fenêtre"]]},{title:"Partout",keys:[["F1","Cette aide"],["Tab","Passer au champ ou au bouton suivant ; Maj+Tab, au précédent"]]}]}),refresh:"Actualiser",empty:"Rien à montrer.",optional:"facultatif",secret:{password:i=>`Mot de passe de ${i}`,token:i=>`Jeton de ${i}`,once:"Notez-le maintenant : il ne sera plus jamais montré. Transmettez-le de vive voix ou en main propre.",onceToken:"Copiez-le maintenant dans la machine : il ne sera plus jamais montré.",copy:"Copier",copied:"Copié.",done:"C’est noté"},accounts:{count:i=>E(i,"compte","comptes"),search:"Chercher",searchHint:"nom, rôle ou unité",add:"Ajouter un compte",addTitle:"Nouveau compte",changeTitle:i=>`Modifier ${i}`,name:"Identifiant",nameHint:"lettres sans accent, chiffres, « . », « - », « _ » ou « @ »",role:"Rôle",units:"Unités et services",unitGone:i=>`${i} (absente de la configuration)`,unitsNeeded:"Ce rôle travaille dans au moins une unité : cochez-la.",rightsTitle:"Ce que ce rôle permet",roleHelp:{operator:"Saisit les appels, retrouve une demande sans son contenu.",agent:"Lit et traite les demandes de ses unités.",manager:"Comme un agent, et répartit le travail de ses unités.",supervisor:"Voit toutes les files, arbitre, déplace. Ne lit pas le contenu.",admin:"Tient les comptes et la configuration. Ne lit aucune demande.",auditor:"Lit les chiffres et le registre."},disabled:"Désactivé",restricted:"Habilité aux demandes confidentielles de ses unités",restrictedShort:"habilité",active:"Actif",state:"État",lastLogin:"Dernière connexion",never:"jamais",open:"Sessions",openDefine:"Sessions ouvertes par ce compte en ce moment.",actions:"Actions",change:"Modifier",reset:"Mot de passe",resetYes:"Donner un nouveau mot de passe",remove:"Retirer",save:"Enregistrer",create:"Créer le compte",you:"vous",disable:"Compte désactivé : ne peut plus se connecter",saved:i=>`${i} : enregistré. Ses sessions sont fermées.`,created:i=>`Le compte ${i} est créé.`,removed:i=>`Le compte ${i} est retiré.`,resetTitle:i=>`Donner un nouveau mot de passe à ${i} ?`,resetText:"L’ancien ne vaudra plus, et ses sessions se ferment.",removeTitle:i=>`Retirer le compte ${i} ?`,removeText:"Ses sessions se ferment aussitôt. Ce que cette personne a fait reste dans l’historique des demandes. Pour une absence, désactivez plutôt."},sessions:{count:i=>E(i,"session ouverte","sessions ouvertes"),account:"Compte",since:"Ouverte depuis",seen:"Vue il y a",address:"Adresse",pages:"Pages",pagesOpen:i=>i===0?"aucune page":E(i,"page ouverte","pages ouvertes"),actions:"Actions",own:"la vôtre",end:"Fermer",endOf:i=>`Fermer cette session de ${i}`,endAll:"Fermer toutes ses sessions",endAllOf:i=>`Fermer toutes ses sessions : ${i}`,ended:(i,e)=>`${e} : ${E(i,"session fermée","sessions fermées")}.`,text:"Une session se ferme d’elle-même après 30 minutes sans page ouverte, et au plus 12 heures après la connexion."},tokens:{text:"Un jeton ouvre l’interface HTTP à une machine, avec les droits d’un rôle ; à un autocommutateur (PBX), pour prévenir des appels seulement.",count:i=>E(i,"jeton","jetons"),add:"Créer un jeton",addTitle:"Nouveau jeton",name:"Nom de la machine",addPbx:"Jeton d’un autocommutateur",addPbxTitle:"Nouveau jeton d’un autocommutateur",pbxText:"Pour un autocommutateur (PBX) qui prévient des appels par webhook (telephonie.toml). Il ne permet rien d’autre.",pbxName:"Nom du jeton",pbx:"Autocommutateur",pbxOf:i=>`autocommutateur « ${i} » : prévient des appels`,changed:"Créé",create:"Créer le jeton",revoke:"Révoquer",revokeTitle:i=>`Révoquer le jeton ${i} ?`,revokeText:"La machine sera refusée dès sa prochaine demande.",revoked:i=>`Le jeton ${i} est révoqué.`},units:{text:"Les unités et leurs bannettes viennent de la configuration ; les personnes, des comptes.",bannettes:"Bannettes",people:"Personnes",nobody:"Personne : ses demandes ne seraient lues par aucun compte.",none:"aucune"},configuration:{inForce:"En vigueur",version:"Version",folder:"Dossier",folderOf:"Dossier de configuration",kept:"Configurations gardées",keptText:"Chaque configuration mise en vigueur est copiée dans le dossier de données : on peut y revenir. Le dossier de configuration n’est jamais modifié.",pinnedTitle:i=>`Configuration n° ${i} épinglée`,pinnedText:(i,e)=>`Retour demandé par ${i} le ${e}. Elle reste en vigueur, aussi après un redémarrage, tant que le dossier n’est pas activé : le dossier n’est pas lu.`,number:"N°",since:"Mise en vigueur",who:"Par",state:"État",current:"en vigueur",check:"Vérifier le dossier",activate:"Activer le dossier",activateTitle:"Activer le dossier de configuration ?",activateText:"Les nouveaux appels seront aussitôt orientés par cette version. Les demandes ouvertes gardent leur bannette.",rollBack:"Y revenir",rollBackOf:i=>`Y revenir : configuration n° ${i}`,rollBackTitle:i=>`Revenir à la configuration n° ${i} ?`,rollBackText:"Elle sera épinglée : elle restera en vigueur jusqu’à ce que le dossier soit activé de nouveau.",busy:"Lecture de la configuration…",checked:"Ce dossier peut être activé.",switched:"La configuration est en vigueur.",refused:"Rien n’a changé.",uncheckable:"Ce dossier ne peut pas être activé tel quel.",same:"Aucune différence avec ce qui est en vigueur.",changes:"Ce qui change",findings:(i,e)=>`${E(i,"erreur","erreurs")}, ${E(e,"avertissement","avertissements")}`,error:"Erreur",warning:"Avertissement",place:(i,e,t)=>e===0?i:`${i}, ligne ${e}${t>0?`, colonne ${t}`:""}`,instead:i=>`Écrire plutôt : ${i}`,dryRun:"Essai sur les appels passés",dryRunText:"Rejoue les appels passés avec le dossier de configuration, ou avec une configuration gardée, et montre ce qui serait orienté autrement. Rien n’est modifié, aucune note n’est montrée.",which:"Configuration à essayer",whichFolder:"celle du dossier",whichKept:(i,e)=>`n° ${i}, du ${e}`,doneWith:i=>`, avec la configuration n° ${i}`,days:"Jours",start:"Lancer l’essai",stop:"Arrêter l’essai",running:i=>`Essai en cours : ${E(i,"appel rejoué","appels rejoués")}`,cancelled:"Essai arrêté.",failed:i=>`L’essai n’a pas abouti : ${i}`,done:(i,e)=>`${E(i,"appel rejoué","appels rejoués")} sur ${E(e,"jour","jours")}`,cut:"Il y avait plus d’appels : seuls les 200 000 derniers ont été rejoués.",drops:"Urgences ou dangers qui baissent",raises:"Urgences ou dangers qui montent",moves:"Changent de bannette",topics:"Changent de motif",define:{drops:"Appels rejoués dont l’urgence serait moindre, ou dont le danger ne serait plus vu.",raises:"Appels rejoués dont l’urgence serait plus haute, ou dont un danger serait vu en plus.",moves:"Appels rejoués qui iraient dans une autre bannette.",topics:"Appels rejoués qui recevraient un autre motif."},dropsAlarm:"À relire une par une avant d’activer.",none:"aucun",reference:"Référence",before:"Avant",after:"Après",why:"Pourquoi",listed:i=>`Les ${i} premiers sont montrés.`},health:{ready:"Le service est prêt",notReady:"Le service n’est pas prêt",program:"Version du programme",rules:"Version de la configuration",dossiers:"Demandes en mémoire",seq:"Dernier enregistrement",outbox:"Dans la boîte d’envoi",outboxDanger:"dont en danger",outboxOldest:"La plus ancienne attend depuis",aside:"Mises de côté",disk:"Place libre sur le disque",diskOf:(i,e)=>`${i} sur ${e}`,backup:"Dernière sauvegarde",noBackup:"aucune : lancez « bannette backup »",backupAgo:"il y a",pbxs:"Téléphonie",noPbxs:"Aucun autocommutateur (PBX) n’est relié : les appels se saisissent à la main.",pbx:"Autocommutateur",pbxKind:"Liaison",pbxKinds:{ami:"Asterisk (AMI)",cti:"webhook"},pbxState:"État",pbxUp:"relié",pbxDown:"non relié",pbxSince:"depuis",events:"Événements",malformed:"Illisibles",reconnects:"Reconnexions",files:"Fichiers de données",webhooks:"Alertes sortantes (webhooks)",noWebhooks:"Aucun destinataire.",endpoint:"Destinataire",waiting:"En attente",parked:"Mises de côté",sent:"Envoyées",lastError:"Dernière erreur",off:"arrêté",asOf:"Relevé il y a",units:["o","Ko","Mo","Go","To"],define:{dossiers:"Demandes, ouvertes ou terminées, dont le service des bannettes tient l’en-tête en mémoire.",seq:"Numéro du dernier changement écrit durablement au journal. Il ne fait que croître.",outbox:"Demandes gardées ici que le service des bannettes n’a pas encore confirmées. Elles repartent d’elles-mêmes.",aside:"Demandes que le service des bannettes a refusées pour de bon : une personne décide (« bannette outbox »).",disk:"Place encore libre sur le disque du dossier de données. Signalée sous un dixième de sa taille.",backup:"Temps écoulé depuis la dernière sauvegarde réussie, et sa taille. Signalé au-delà de 36 heures.",program:"Version du programme qui répond.",events:"Messages reçus de cet autocommutateur depuis le démarrage du service.",malformed:"Messages de cet autocommutateur qui n’ont pas pu être lus, depuis le démarrage du service.",reconnects:"Fois où la liaison a été rétablie depuis le démarrage du service.",waiting:"Alertes qui n’ont pas encore été acceptées par ce destinataire ; elles sont réessayées.",parked:"Alertes qui ont épuisé leurs essais ; gardées pour être rejouées (« bannette webhook replay »).",sent:"Alertes que ce destinataire a acceptées depuis le démarrage du service."}},audit:{role:/^rôle (\w+)/,roleIs:i=>`rôle : ${i}`,text:"Qui s’est connecté et qui a administré quoi. Gardé un an ; rien ne s’y efface ni ne s’y modifie. Les lectures de demandes sont au tableau de bord, rubrique Consultations.",at:"Quand",act:"Acte",who:"Par",address:"Adresse",subject:"Sur",detail:"Précision",unknown:"identifiant inconnu",about:"Compte",aboutHint:"ce qu’il a fait, et ce qu’on lui a fait",search:"Filtrer",all:"Tout",more:"Plus ancien",times:i=>i>1?` × ${i}`:""},act:i=>$e[i]??i};var $=class extends L{failed="";said="";loaded=!1;connectedCallback(){super.connectedCallback(),this.load()}every(e){let t=setInterval(()=>{document.hidden||this.load()},e);this.until(()=>clearInterval(t))}async fetch(e){let t=await me(e);if(this.loaded||=t.ok,t.ok)return t.value;this.failed=C(t.problem),this.redraw()}settle(e,t){return this.failed=e.ok?"":C(e.problem),this.said=e.ok?t:"",this.redraw(),e.ok}notices(){return s`<div role="alert">${this.failed?s`<p class="notice error">${this.failed}</p>`:n}</div>
      <div role="status">${this.said?s`<p class="notice ok">${this.said}</p>`:n}</div>`}waiting(){return this.loaded||this.failed?n:s`<p class="quiet">${m.loading}</p>`}},f=(i,e="",t="")=>s`<th role="columnheader" scope="col" class=${e} title=${t||n}>${i}</th>`,d=(i,e,t="")=>s`<td role="cell" class=${t}><span class="cell-label" aria-hidden="true">${i}</span>${e}</td>`;function k(i,e,t){return s`<table class="figures admin-table" role="table" aria-label=${i}>
    <thead role="rowgroup"><tr role="row">${e}</tr></thead>
    <tbody role="rowgroup">${t}</tbody>
  </table>`}var K=i=>i.length===0?m.none:i.map(e=>j.unit(e)).join(", ");function M(i){let e=i,t=0;for(;e>=1024&&t<a.health.units.length-1;)e/=1024,t+=1;return`${e.toLocaleString(R,{maximumFractionDigits:e<10&&t>0?1:0})} ${a.health.units[t]}`}var D=a.accounts,we=["operator","agent","manager","supervisor","admin","auditor"],Q=class extends L{wish;rights={name:"",role:"operator",units:[],restricted:!1,disabled:!1};problem;busy=!1;open(e){this.wish=e,this.rights={...e.start,units:[...e.start.units]},this.problem=void 0,this.redraw(),this.updateComplete.then(()=>{this.querySelector("dialog")?.showModal(),this.querySelector(e.fresh?"#rights-name":"#rights-role")?.focus()})}render(){let{wish:e}=this;return s`<dialog class="dialog" aria-labelledby="rights-title" @close=${this.forget}>
      ${e?this.form(e):n}
    </dialog>`}form(e){let{rights:t}=this;return s`<div class="dialog-head">
        <h2 id="rights-title">${e.title}</h2>
        <button type="button" class="button plain" @click=${this.shut}>${m.close} <kbd>${z.escape}</kbd></button>
      </div>
      <form novalidate autocomplete="off" @submit=${this.submit}>
        ${e.fresh?this.nameField(e.nameLabel):n}
        <div class="field">
          <label for="rights-role">${D.role}</label>
          <select id="rights-role" aria-describedby="rights-role-help" @change=${r=>this.pickRole(r.target.value)}>
            ${we.map(r=>s`<option value=${r} .selected=${r===t.role}>${m.roles[r]}</option>`)}
          </select>
          <span class="hint" id="rights-role-help">${D.roleHelp[t.role]}</span>
        </div>
        ${this.unitFields()}
        ${t.role==="agent"?s`<label class="check"><input type="checkbox" .checked=${t.restricted} @change=${r=>t.restricted=r.target.checked} /> ${D.restricted}</label>`:n}
        ${e.mayDisable?s`<label class="check"><input type="checkbox" id="rights-disabled" .checked=${t.disabled} @change=${r=>t.disabled=r.target.checked} /> ${D.disable}</label>`:n}
        <div role="alert">${this.problem&&!this.of("name")&&!this.of("units")?s`<p class="notice error">${C(this.problem)}</p>`:n}</div>
        <div class="actions">
          <button type="submit" class="button primary" aria-disabled=${this.busy?"true":n}>${e.submit}</button>
          <button type="button" class="button" @click=${this.shut}>${m.cancel}</button>
        </div>
      </form>`}nameField(e){let t=this.of("name");return s`<div class="field">
      <label for="rights-name">${e}</label>
      <span class="hint" id="rights-name-hint">${D.nameHint}</span>
      <input id="rights-name" maxlength="64" spellcheck="false" autocapitalize="off" autocomplete="off" .value=${this.rights.name}
        @input=${r=>this.rights.name=r.target.value.trim()}
        aria-invalid=${t?"true":n} aria-describedby="rights-name-hint${t?" rights-name-error":""}" />
      ${t?s`<span class="field-error" id="rights-name-error">${t}</span>`:n}
    </div>`}unitFields(){let{units:e,services:t,bannettes:r}=j.catalogue,o=r.filter(({name:b})=>!/[/:]/.test(b)),u=new Set([...e.map(b=>b.code),...t.map(b=>`service:${b.code.replace(/^service:/,"")}`),...o.map(({name:b})=>b)]),x=(this.wish?.start.units??[]).filter(b=>!u.has(b)),A=this.of("units"),F=(b,I)=>s`<label class="check"><input type="checkbox" .checked=${this.rights.units.includes(b)} @change=${U=>this.pickUnit(b,U.target.checked)} /> ${I}</label>`;return s`<fieldset class="units-field" aria-describedby=${A?"rights-units-error":n}>
      <legend>${D.units}${this.needsUnits()?n:s` <span class="hint">${a.optional}</span>`}</legend>
      <div class="checks">
        ${e.map(b=>F(b.code,b.name))}
        ${x.map(b=>F(b,D.unitGone(b)))}
        ${t.map(b=>F(`service:${b.code.replace(/^service:/,"")}`,b.name))}
        ${o.map(({name:b,label:I})=>F(b,I))}
      </div>
      ${A?s`<span class="field-error" id="rights-units-error" role="alert">${A}</span>`:n}
    </fieldset>`}sent(){return{...this.rights,restricted:this.rights.restricted&&this.rights.role==="agent"}}needsUnits(){return this.rights.role==="agent"||this.rights.role==="manager"}of(e){return this.problem?.field===e?C(this.problem):""}pickRole(e){this.rights.role=e,this.redraw()}pickUnit(e,t){this.rights.units=this.rights.units.filter(r=>r!==e),t&&this.rights.units.push(e)}async submit(e){e.preventDefault();let{wish:t}=this;if(this.busy||!t)return;if(this.needsUnits()&&this.rights.units.length===0){this.problem={code:"missing",status:0,field:"units",detail:D.unitsNeeded},this.redraw(),await this.focusOn(".units-field input");return}this.busy=!0,this.redraw();let r=this.sent(),o=await t.send(r);this.busy=!1,this.problem=o.ok?void 0:o.problem,this.redraw(),o.ok?(this.shut(),t.done(o.value,r)):o.problem.field==="name"&&await this.focusOn("#rights-name")}shut(){this.querySelector("dialog")?.close()}forget(){this.wish=void 0,this.redraw()}};customElements.define("bn-rights-form",Q);var Z=a.secret;function G(i,e,t){return new Promise(r=>{let o=document.createElement("dialog");o.className="dialog small secret-dialog",o.setAttribute("aria-labelledby","secret-title");let u=A=>{ue(s`<h2 id="secret-title">${i}</h2>
          <p><output class="secret" tabindex="0" autofocus aria-label=${i}>${t}</output></p>
          <p>${e}</p>
          <div class="actions">
            <button type="button" class="button primary" @click=${()=>o.close()}>${Z.done}</button>
            <button type="button" class="button" @click=${x}>${Z.copy}</button>
            <span role="status" class="quiet">${A?Z.copied:""}</span>
          </div>`,o)},x=async()=>{try{await navigator.clipboard.writeText(t),u(!0)}catch{getSelection()?.selectAllChildren(o.querySelector(".secret")??o)}};u(!1),o.addEventListener("close",()=>{o.remove(),r()}),document.body.append(o),o.showModal()})}var l=a.accounts,fe=i=>i.normalize("NFD").replace(/\p{M}/gu,"").toLowerCase().trim(),ee=class extends ${items=[];wanted="";render(){let e=this.items.filter(t=>this.found(t));return s`${this.notices()}
      <div class="tools">
        <div class="filter search">
          <label for="account-search">${l.search}</label>
          <input id="account-search" type="search" maxlength="60" spellcheck="false" autocomplete="off" placeholder=${l.searchHint} .value=${this.wanted} @input=${this.search} />
        </div>
        <p class="quiet count" role="status">${this.loaded?l.count(e.length):n}</p>
        <button type="button" class="button primary" @click=${this.add}>${l.add}</button>
      </div>
      ${this.waiting()}
      ${e.length>0?k(a.tabs.accounts,[f(l.name),f(l.role),f(l.units),f(l.state),f(l.lastLogin),f(l.open,"n",l.openDefine),f(l.actions)],T(e,t=>t.name,t=>this.row(t))):this.loaded?s`<p class="quiet empty">${a.empty}</p>`:n}
      ${e.length>0?_([W(l.open,l.openDefine)]):n}
      <bn-rights-form></bn-rights-form>`}row(e){let t=e.name===j.user?.name;return s`<tr role="row" class=${e.disabled?"is-off":""}>
      <th role="rowheader" scope="row">${e.name} ${t?s`<span class="badge">${l.you}</span>`:n}</th>
      ${d(l.role,m.roles[e.role])} ${d(l.units,`${K(e.units)}${e.restricted?` · ${l.restrictedShort}`:""}`,"wide")}
      ${d(l.state,e.disabled?s`<span class="badge off">${l.disabled}</span>`:l.active)}
      ${d(l.lastLogin,e.last_login?P(e.last_login):l.never)} ${d(l.open,e.sessions,"n")}
      ${d(l.actions,s`<span class="row-actions">
          ${t?n:s`<button type="button" class="button small-button" aria-label="${l.change} ${e.name}" @click=${()=>this.change(e)}>${l.change}</button>`}
          ${t?n:s`<button type="button" class="button small-button" aria-label="${l.reset} : ${e.name}" @click=${()=>this.reset(e)}>${l.reset}</button>`}
          ${t?n:s`<button type="button" class="button small-button" aria-label="${l.remove} ${e.name}" @click=${()=>this.drop(e)}>${l.remove}</button>`}
        </span>`)}
    </tr>`}async load(){let e=await this.fetch("admin/accounts");e&&(this.items=e.items),this.redraw()}found(e){let t=fe([e.name,m.roles[e.role],...e.units,K(e.units)].join(" "));return fe(this.wanted).split(/\s+/).every(r=>t.includes(r))}search(e){this.wanted=e.target.value,this.redraw()}form(){return this.querySelector("bn-rights-form")}add(){this.form()?.open({title:l.addTitle,nameLabel:l.name,submit:l.create,start:{name:"",role:"operator",units:[],restricted:!1,disabled:!1},fresh:!0,mayDisable:!1,send:({name:e,role:t,units:r,restricted:o})=>w("admin/accounts",{name:e,role:t,units:r,restricted:o}),done:e=>{this.hand(l.created(e.name),e.name,e.password)}})}change(e){this.form()?.open({title:l.changeTitle(e.name),nameLabel:l.name,submit:l.save,start:{name:e.name,role:e.role,units:e.units,restricted:e.restricted,disabled:e.disabled},fresh:!1,mayDisable:!0,send:t=>w("admin/accounts/change",t),done:()=>{this.said=l.saved(e.name),this.failed="",this.load()}})}async reset(e){if(!await S({title:l.resetTitle(e.name),text:l.resetText,yes:l.resetYes,no:m.cancel}))return;let r=await w("admin/accounts/password",{name:e.name});this.settle(r,"")&&r.ok&&await this.hand("",e.name,r.value.password)}async drop(e){await S({title:l.removeTitle(e.name),text:l.removeText,yes:l.remove,no:m.cancel})&&(this.settle(await w("admin/accounts/remove",{name:e.name}),l.removed(e.name))&&await this.load(),await this.focusOn("#account-search"))}async hand(e,t,r){this.said=e,this.failed="",await this.load(),await G(a.secret.password(t),a.secret.once,r)}};customElements.define("bn-accounts",ee);var g=a.audit,ye=100;function ke(i){return i.who===""&&i.act==="login_failed"?"":i.detail.replace(g.role,(e,t)=>{let r=m.roles[t];return r?g.roleIs(r):e})}var te=class extends ${items=[];next=null;about="";render(){return s`<p class="quiet">${g.text}</p>
      ${this.notices()}
      <form class="tools" role="search" novalidate @submit=${this.search}>
        <div class="filter search">
          <label for="audit-about">${g.about}</label>
          <input id="audit-about" type="search" maxlength="64" spellcheck="false" autocomplete="off" autocapitalize="off" placeholder=${g.aboutHint} .value=${this.about} />
        </div>
        <button type="submit" class="button">${g.search}</button>
        ${this.about?s`<button type="button" class="button plain" @click=${this.all}>${g.all}</button>`:n}
      </form>
      ${this.waiting()}
      ${this.items.length>0?k(a.tabs.audit,[g.at,g.act,g.who,g.subject,g.detail,g.address].map(e=>f(e)),T(this.items,e=>e.number,e=>this.row(e))):this.loaded?s`<p class="quiet empty">${a.empty}</p>`:n}
      ${this.next===null?n:s`<div class="actions"><button type="button" class="button" @click=${this.older}>${g.more}</button></div>`}`}row(e){let t=["login_failed","password_refused","configuration_refused"].includes(e.act);return s`<tr role="row">
      <th role="rowheader" scope="row"><time datetime=${e.at} title=${J(e.at)}>${P(e.at)}</time></th>
      ${d(g.act,s`<span class=${t?"warn-text":""}>${a.act(e.act)}${g.times(e.times)}</span>`)} ${d(g.who,e.who||g.unknown)}
      ${d(g.subject,e.subject===e.who?"":e.subject)} ${d(g.detail,ke(e),"wide")} ${d(g.address,s`<span class="mono">${e.address}</span>`)}
    </tr>`}load(){return this.ask(null)}async ask(e){let t=await w("audit",{limit:ye,...e===null?{}:{before:e},...this.about?{about:this.about}:{}});!this.settle(t,"")||!t.ok||(this.loaded=!0,this.items=e===null?t.value.items:[...this.items,...t.value.items],this.next=t.value.before,this.redraw())}search(e){e.preventDefault(),this.about=this.querySelector("#audit-about")?.value.trim()??"",this.ask(null)}all(){this.about="",this.ask(null),this.focusOn("#audit-about")}older(){this.ask(this.next)}};customElements.define("bn-audit",te);var q=a.configuration;function se(i){if(i.length===0)return n;let e=i.filter(r=>r.severity==="error").length,t=[...i].sort((r,o)=>+(o.severity==="error")-+(r.severity==="error"));return s`<h3>${q.findings(e,i.length-e)}</h3>
    <ul class="findings">
      ${t.map(r=>s`<li class=${r.severity}>
          <p><span class="badge ${r.severity}">${r.severity==="error"?q.error:q.warning}</span>
            <span class="mono">${q.place(r.file,r.line,r.column)}</span></p>
          <p>${r.message}</p>
          ${r.instead?s`<p class="quiet">${q.instead(r.instead)}</p>`:n}
        </li>`)}
    </ul>`}function ge(i,e){let t=i.refused.length===0&&!i.findings.some(u=>u.severity==="error"),r=i.switched?q.switched:t?q.checked:e?q.uncheckable:q.refused,o=(u,x)=>u.length===0?n:s`<ul class=${x}>${u.map(A=>s`<li>${A}</li>`)}</ul>`;return s`<div class="notice ${t?"ok":"error"}" tabindex="-1" id="report">
      <p><strong>${r}</strong></p>
      ${o(i.refused,"plain-list")} ${o(i.remarks,"plain-list")}
    </div>
    ${i.changes.length>0?s`<h3>${q.changes}</h3>
          ${o(i.changes,"plain-list")}`:t?s`<p class="quiet">${q.same}</p>`:n}
    ${se(i.findings)}`}var p=a.configuration,xe=["drops","raises","moves","topics"],Te=1e3,ve=200,ie=class extends ${state;days=30;chosen=null;known=[];timer;connectedCallback(){super.connectedCallback(),this.until(()=>clearTimeout(this.timer))}set kept(e){this.known=e.filter(t=>!t.in_force),this.known.some(t=>t.number===this.chosen)||(this.chosen=null),this.redraw()}render(){let e=this.state?.state==="running";return s`<h2>${p.dryRun}</h2>
      <p class="quiet">${p.dryRunText}</p>
      ${this.notices()}
      <form class="line dry-run-form" novalidate @submit=${this.start}>
        <div class="field">
          <label for="dry-which">${p.which}</label>
          <select id="dry-which" @change=${t=>this.chosen=Number(t.target.value)||null}>
            <option value="" .selected=${this.chosen===null}>${p.whichFolder}</option>
            ${T(this.known,t=>t.number,t=>s`<option value=${t.number} .selected=${t.number===this.chosen}>${p.whichKept(t.number,P(t.at))}</option>`)}
          </select>
        </div>
        <div class="field">
          <label for="dry-days">${p.days}</label>
          <input id="dry-days" type="number" min="1" max="366" .value=${String(this.days)} @input=${t=>this.days=Number(t.target.value)} />
        </div>
        ${e?s`<button type="button" class="button" id="dry-act" @click=${this.cancel}>${p.stop}</button>`:s`<button type="submit" class="button" id="dry-act">${p.start}</button>`}
      </form>
      ${this.state?this.outcome(this.state):n}`}outcome(e){let t=e.state==="failed"?p.failed(e.error):"";return s`${e.state==="running"?s`<label class="progress-line"><span>${p.running(e.calls)}</span> <progress max="1" .value=${e.share}></progress></label>`:n}
      <div role="status">${e.state==="cancelled"?s`<p class="notice">${p.cancelled}</p>`:n}</div>
      <div role="alert">${t?s`<p class="notice error">${t}</p>`:n}</div>
      ${e.state==="failed"?se(e.findings):n}
      ${e.state==="done"&&e.result?this.result(e,e.result):n}`}result(e,t){let r=(o,u,x="")=>s`<div class="tile ${x}" title=${p.define[o]}><dt>${p[o]}</dt><dd>${u.toLocaleString(R)}</dd></div>`;return s`<p role="status">${p.done(t.compared,e.days)}${e.number===null?n:p.doneWith(e.number)} ${e.cut?p.cut:n}</p>
      <dl class="tiles">
        ${r("drops",t.dropped,t.dropped>0?"alarm":"")} ${r("raises",t.raised)} ${r("moves",t.moved)} ${r("topics",t.topics)}
      </dl>
      ${_(xe.map(o=>W(p[o],p.define[o])))}
      ${this.list(p.drops,t.dropped,t.drops,p.dropsAlarm)} ${this.list(p.moves,t.moved,t.moves)}
      ${this.list(p.topics,t.topics,t.topic_changes)} ${this.list(p.raises,t.raised,t.raises)}`}list(e,t,r,o=""){return t===0?n:s`<details ?open=${o!==""}>
      <summary>${e} (${t.toLocaleString(R)})</summary>
      ${o?s`<p class="notice warn">${o}</p>`:n}
      ${k(e,[p.reference,p.before,p.after,p.why].map(u=>f(u)),r.map(u=>s`<tr role="row">
            <th role="rowheader" scope="row" class="reference">${u.reference}</th>
            ${d(p.before,u.before)} ${d(p.after,u.after)} ${d(p.why,[u.why,u.human].filter(x=>x!=="").join(" ; "),"wide")}
          </tr>`))}
      ${t>ve?s`<p class="quiet">${p.listed(ve)}</p>`:n}
    </details>`}async load(){let e=await this.fetch("admin/dry-run");if(!e)return this.watch();this.failed="",this.show(e)}show(e){this.state=e,this.watch(),this.redraw()}watch(){clearTimeout(this.timer),this.state?.state==="running"&&this.isConnected&&(this.timer=setTimeout(()=>{this.load()},Te))}async start(e){e.preventDefault();let t=await w("admin/dry-run",{days:this.days,...this.chosen===null?{}:{number:this.chosen}});this.settle(t,"")&&t.ok&&this.show(t.value),await this.focusOn("#dry-act")}async cancel(){let e=await w("admin/dry-run/cancel",{});this.settle(e,"")&&e.ok&&this.show(e.value),await this.focusOn("#dry-act")}};customElements.define("bn-dry-run",ie);var h=a.configuration,Re=6e4,re=class extends ${state;report;looked=!1;busy=!1;render(){let{state:e}=this;return s`${this.notices()} ${this.waiting()}
      ${e?.pinned?s`<div class="notice warn">
            <p><strong>${h.pinnedTitle(e.pinned.number)}</strong></p>
            <p>${h.pinnedText(e.pinned.who,J(e.pinned.at))}</p>
          </div>`:n}
      ${e?this.inForce(e):n}
      <div role="status" class="report">${this.busy?s`<p class="quiet">${h.busy}</p>`:this.report?ge(this.report,this.looked):n}</div>
      ${e&&e.items.length>0?this.kept(e):n}
      <section class="card"><bn-dry-run .kept=${e?.items??[]}></bn-dry-run></section>`}inForce(e){return s`<section class="card" aria-labelledby="in-force-title">
      <h2 id="in-force-title">${h.inForce}</h2>
      <dl class="facts">
        <dt>${h.version}</dt>
        <dd class="mono">${e.version}</dd>
        <dt>${h.folderOf}</dt>
        <dd class="mono">${e.folder}</dd>
      </dl>
      <div class="actions">
        <button type="button" class="button primary" id="configuration-check" @click=${this.check}>${h.check}</button>
        <button type="button" class="button" @click=${this.activate}>${h.activate}</button>
      </div>
    </section>`}kept(e){return s`<section aria-labelledby="kept-title">
      <h2 id="kept-title">${h.kept}</h2>
      <p class="quiet">${h.keptText}</p>
      ${k(h.kept,[h.number,h.version,h.since,h.who,h.state].map(t=>f(t)),T(e.items,t=>t.number,t=>this.row(t)))}
    </section>`}row(e){return s`<tr role="row" class=${e.in_force?"is-open":""}>
      <th role="rowheader" scope="row">${e.number}</th>
      ${d(h.version,s`<span class="mono">${e.version}</span>`)} ${d(h.since,P(e.at))} ${d(h.who,e.who)}
      ${d(h.state,e.in_force?s`<span class="badge ok">${h.current}</span>`:s`<button type="button" class="button small-button" aria-label=${h.rollBackOf(e.number)} @click=${()=>this.rollBack(e)}>${h.rollBack}</button>`)}
    </tr>`}async load(){let e=await this.fetch("admin/configuration");e&&(this.state=e),this.redraw()}check(){return this.ask("admin/reload",{check_only:!0},!0)}async activate(){await S({title:h.activateTitle,text:h.activateText,yes:h.activate,no:m.cancel})&&await this.ask("admin/reload",{})}async rollBack(e){await S({title:h.rollBackTitle(e.number),text:h.rollBackText,yes:h.rollBack,no:m.cancel})&&await this.ask("admin/roll-back",{number:e.number})}async ask(e,t,r=!1){if(this.busy)return;this.busy=!0,this.redraw();let o=await pe("POST",e,t,{timeout_ms:Re,reports:422});this.busy=!1,this.report=o.ok?o.value:void 0,this.looked=r,this.settle(o,""),await this.load(),o.ok&&await this.focusOn("#report")}};customElements.define("bn-configuration",re);var c=a.health,qe=1e4,Pe=.1,Ee=36*36e5,Ae=["dossiers","seq","outbox","aside","disk","backup","program"],O=i=>W(c[i],c.define[i]),H=i=>f(c[i],"n",c.define[i]),ne=class extends ${state;at="";connectedCallback(){super.connectedCallback(),this.every(qe)}render(){let{state:e}=this;return s`${this.notices()} ${this.waiting()}
      ${e?s`${this.readiness(e)} ${this.tiles(e)} ${this.pbxs(e)} ${this.files(e)} ${this.webhooks(e)}
            <p class="quiet small">${c.asOf} <bn-time at=${this.at}></bn-time></p>`:n}`}readiness(e){return e.ready?s`<p class="notice ok"><strong>${c.ready}</strong></p>`:s`<div class="notice error"><p><strong>${c.notReady}</strong></p><ul class="plain-list">${e.reasons.map(t=>s`<li>${t}</li>`)}</ul></div>`}tiles(e){let t=(F,b,I="",U=n)=>s`<div class="tile ${I}" title=${c.define[F]}><dt>${c[F]}</dt><dd>${b}${U===n?n:s` <span class="under">${U}</span>`}</dd></div>`,{router:r,disk:o,backup:u}=e,x=o!==null&&o.free<o.total*Pe,A=u===null||X()-Date.parse(u.at)>Ee;return s`<dl class="tiles health-tiles">
      ${t("dossiers",e.queue.dossiers.toLocaleString(R))} ${t("seq",e.queue.seq.toLocaleString(R))}
      ${t("outbox",r.outbox_waiting,r.outbox_danger>0?"alarm":r.outbox_waiting>0?"warn":"",r.outbox_oldest?s`${c.outboxOldest} <bn-time at=${r.outbox_oldest}></bn-time>`:n)}
      ${t("aside",r.outbox_aside,r.outbox_aside>0?"warn":"")}
      ${t("disk",o?M(o.free):m.none,x?"warn":"",o?c.diskOf(M(o.free),M(o.total)):n)}
      ${t("backup",u?s`${c.backupAgo} <bn-time at=${u.at}></bn-time>`:m.none,A?"warn":"",u?M(u.bytes):c.noBackup)}
      ${t("program",s`<span class="mono small-figure">${e.program}</span>`)}
    </dl>
    ${_(Ae.map(O))}`}pbxs(e){let{pbxs:t}=e.calls;return s`<section aria-labelledby="pbxs-title">
      <h2 id="pbxs-title">${c.pbxs}</h2>
      ${t.length===0?s`<p class="quiet">${c.noPbxs}</p>`:k(c.pbxs,[f(c.pbx),f(c.pbxKind),f(c.pbxState),H("events"),H("malformed"),H("reconnects")],t.map(r=>s`<tr role="row">
                <th role="rowheader" scope="row">${r.code}</th>
                ${d(c.pbxKind,c.pbxKinds[r.kind])}
                ${d(c.pbxState,s`<span class="badge ${r.up?"ok":"error"}">${r.up?c.pbxUp:c.pbxDown}</span> ${r.since?s`<span class="quiet">${c.pbxSince} <bn-time at=${r.since}></bn-time></span>`:n} ${r.trouble}`,"wide")}
                ${d(c.events,r.events.toLocaleString(R),"n")} ${d(c.malformed,r.malformed,r.malformed>0?"n warn":"n")} ${d(c.reconnects,r.reconnects,"n")}
              </tr>`))}
      ${t.length===0?n:_([O("events"),O("malformed"),O("reconnects")])}
    </section>`}files(e){return s`<section aria-labelledby="files-title">
      <h2 id="files-title">${c.files}</h2>
      <dl class="facts">${[...e.files].sort((t,r)=>t.name.localeCompare(r.name)).map(t=>s`<dt class="mono">${t.name}</dt><dd>${M(t.bytes)}</dd>`)}</dl>
    </section>`}webhooks(e){return s`<section aria-labelledby="webhooks-title">
      <h2 id="webhooks-title">${c.webhooks}</h2>
      ${e.webhooks.length===0?s`<p class="quiet">${c.noWebhooks}</p>`:k(c.webhooks,[f(c.endpoint),H("waiting"),H("parked"),H("sent"),f(c.lastError)],e.webhooks.map(t=>s`<tr role="row">
                <th role="rowheader" scope="row">${t.name} ${t.enabled?n:s`<span class="badge off">${c.off}</span>`}</th>
                ${d(c.waiting,t.waiting,"n")} ${d(c.parked,t.parked,t.parked>0?"n warn":"n")} ${d(c.sent,t.sent,"n")} ${d(c.lastError,t.last_error||m.none)}
              </tr>`))}
      ${e.webhooks.length===0?n:_([O("waiting"),O("parked"),O("sent")])}
    </section>`}async load(){let e=await this.fetch("admin/health");e&&(this.state=e,this.at=new Date(X()).toISOString(),this.failed=""),this.redraw()}};customElements.define("bn-health",ne);var v=a.sessions,je=15e3,oe=class extends ${items=[];connectedCallback(){super.connectedCallback(),this.every(je)}render(){return s`${this.notices()}
      <div class="tools">
        <p class="quiet count" role="status">${this.loaded?v.count(this.items.length):n}</p>
        <button type="button" class="button" id="sessions-refresh" @click=${this.load}>${a.refresh}</button>
      </div>
      ${this.waiting()}
      ${this.items.length>0?k(a.tabs.sessions,[v.account,v.since,v.seen,v.address,v.pages,v.actions].map(e=>f(e)),T(this.items,e=>e.number,e=>this.row(e))):n}
      <p class="quiet small">${v.text}</p>`}row(e){let t=this.items.filter(r=>r.account===e.account).length>1;return s`<tr role="row">
      <th role="rowheader" scope="row">${e.account} ${e.own?s`<span class="badge">${v.own}</span>`:n}</th>
      ${d(v.since,s`<bn-time at=${e.since}></bn-time>`)} ${d(v.seen,s`<bn-time at=${e.seen}></bn-time>`)}
      ${d(v.address,s`<span class="mono">${e.address}</span>`)} ${d(v.pages,v.pagesOpen(e.pages))}
      ${d(v.actions,e.own?n:s`<span class="row-actions">
              <button type="button" class="button small-button" aria-label=${v.endOf(e.account)} @click=${()=>this.end({number:e.number},e.account)}>${v.end}</button>
              ${t?s`<button type="button" class="button small-button" aria-label=${v.endAllOf(e.account)} @click=${()=>this.end({account:e.account},e.account)}>${v.endAll}</button>`:n}
            </span>`)}
    </tr>`}async load(){let e=await this.fetch("admin/sessions");e&&(this.items=e.items),this.redraw()}async end(e,t){let r=await w("admin/sessions/end",e);this.settle(r,r.ok?v.ended(r.value.ended,t):""),await this.load(),await this.focusOn("#sessions-refresh")}};customElements.define("bn-sessions",oe);var B=a.tokens,ae=class extends L{pbxs=[];done=()=>{};problem;busy=!1;open(e,t){this.pbxs=e,this.done=t,this.problem=void 0,this.redraw(),this.updateComplete.then(()=>{this.querySelector("form")?.reset(),this.querySelector("dialog")?.showModal(),this.querySelector("#pbx-token-name")?.focus()})}render(){let e=this.problem?C(this.problem):"";return s`<dialog class="dialog small" aria-labelledby="pbx-token-title">
      <div class="dialog-head">
        <h2 id="pbx-token-title">${B.addPbxTitle}</h2>
        <button type="button" class="button plain" @click=${this.shut}>${m.close} <kbd>${z.escape}</kbd></button>
      </div>
      <p class="quiet">${B.pbxText}</p>
      <div role="alert">${e?s`<p class="notice error" id="pbx-token-error">${e}</p>`:n}</div>
      <form novalidate autocomplete="off" @submit=${this.submit}>
        <div class="field">
          <label for="pbx-token-name">${B.pbxName}</label>
          <span class="hint" id="pbx-token-hint">${a.accounts.nameHint}</span>
          <input id="pbx-token-name" name="name" maxlength="64" spellcheck="false" autocapitalize="off" autocomplete="off" aria-invalid=${e?"true":n}
            aria-describedby="pbx-token-hint${e?" pbx-token-error":""}" />
        </div>
        <div class="field">
          <label for="pbx-token-pbx">${B.pbx}</label>
          <select id="pbx-token-pbx" name="pbx">
            ${this.pbxs.map(t=>s`<option value=${t}>${t}</option>`)}
          </select>
        </div>
        <div class="actions">
          <button type="submit" class="button primary" aria-disabled=${this.busy?"true":n}>${B.create}</button>
          <button type="button" class="button" @click=${this.shut}>${m.cancel}</button>
        </div>
      </form>
    </dialog>`}async submit(e){if(e.preventDefault(),this.busy)return;let t=new FormData(e.target),[r,o]=["name","pbx"].map(x=>String(t.get(x)??"").trim());this.busy=!0,this.redraw();let u=await w("admin/tokens/pbx",{name:r,pbx:o});if(this.busy=!1,this.problem=u.ok?void 0:u.problem,this.redraw(),!u.ok)return this.focusOn("#pbx-token-name");this.shut(),this.done(u.value.name,u.value.token)}shut(){this.querySelector("dialog")?.close()}};customElements.define("bn-pbx-token-form",ae);var y=a.tokens,N=a.accounts,le=class extends ${items=[];pbxs=[];render(){return s`${this.notices()}
      <div class="tools">
        <p class="quiet count">${y.text}</p>
        ${this.pbxs.length>0?s`<button type="button" class="button" @click=${this.addPbx}>${y.addPbx}</button>`:n}
        <button type="button" class="button primary" id="token-add" @click=${this.add}>${y.add}</button>
      </div>
      ${this.waiting()}
      ${this.items.length>0?k(a.tabs.tokens,[y.name,N.role,N.units,y.changed,N.actions].map(e=>f(e)),T(this.items,e=>e.name,e=>this.row(e))):this.loaded?s`<p class="quiet empty">${a.empty}</p>`:n}
      <bn-rights-form></bn-rights-form> <bn-pbx-token-form></bn-pbx-token-form>`}row(e){return s`<tr role="row">
      <th role="rowheader" scope="row">${e.name}</th>
      ${d(N.role,e.role?m.roles[e.role]:y.pbxOf(e.pbx??""))} ${d(N.units,K(e.units),"wide")} ${d(y.changed,e.changed?P(e.changed):m.none)}
      ${d(N.actions,s`<button type="button" class="button small-button" aria-label="${y.revoke} ${e.name}" @click=${()=>this.revoke(e)}>${y.revoke}</button>`)}
    </tr>`}async load(){let e=await this.fetch("admin/tokens");e&&(this.items=e.items,this.pbxs=e.pbxs),this.redraw()}add(){this.querySelector("bn-rights-form")?.open({title:y.addTitle,nameLabel:y.name,submit:y.create,start:{name:"",role:"operator",units:[],restricted:!1,disabled:!1},fresh:!0,mayDisable:!1,send:({name:e,role:t,units:r,restricted:o})=>w("admin/tokens",{name:e,role:t,units:r,restricted:o}),done:e=>{this.hand(e.name,e.token)}})}addPbx(){this.querySelector("bn-pbx-token-form")?.open(this.pbxs,(e,t)=>{this.hand(e,t)})}async hand(e,t){await this.load(),await G(a.secret.token(e),a.secret.onceToken,t)}async revoke(e){await S({title:y.revokeTitle(e.name),text:y.revokeText,yes:y.revoke,no:m.cancel})&&(this.settle(await w("admin/tokens/remove",{name:e.name}),y.revoked(e.name))&&await this.load(),await this.focusOn("#token-add"))}};customElements.define("bn-tokens",le);var V=a.units,de=class extends ${items=[];render(){return s`${this.notices()}
      <p class="quiet">${V.text}</p>
      ${this.waiting()}
      <ul class="unit-cards">${this.items.map(e=>this.card(e))}</ul>`}card(e){let t=e.people.filter(r=>!r.disabled);return s`<li class="card unit-card ${t.length===0?"is-empty":""}">
      <h2>${e.name}</h2>
      <p class="quiet small mono">${e.code}</p>
      <dl>
        <dt>${V.people}</dt>
        <dd>
          ${t.length===0?s`<span class="warn-text">${V.nobody}</span>`:t.map((r,o)=>s`${o>0?", ":""}<span class="whole">${r.name} <span class="quiet">(${m.roles[r.role]})</span></span>`)}
        </dd>
        <dt>${V.bannettes}</dt>
        <dd>${e.bannettes.length===0?V.none:e.bannettes.map(r=>r.label.replace(`${e.name} : `,"")).join(" · ")}</dd>
      </dl>
    </li>`}async load(){let e=await this.fetch("admin/units");e&&(this.items=e.items),this.redraw()}};customElements.define("bn-units",de);var Y=["accounts","sessions","tokens","units","configuration","health","audit"],ce=class extends L{section="accounts";connectedCallback(){super.connectedCallback(),this.listenTo(document,"keydown",e=>this.help(e))}render(){return j.user?.role==="auditor"?s`<div class="admin"><div class="screen-head"><h1>${a.auditTitle}</h1></div><bn-audit></bn-audit></div>`:s`<div class="admin">
      <div class="screen-head"><h1>${a.title}</h1></div>
      <div class="tabs" role="tablist" aria-label=${a.sections} @keydown=${this.keys}>
        ${Y.map(e=>s`<button type="button" role="tab" class="tab" id="tab-${e}" aria-selected=${e===this.section?"true":"false"} aria-controls="panel"
            tabindex=${e===this.section?0:-1} @click=${()=>this.open(e)}>${a.tabs[e]}</button>`)}
      </div>
      <div class="panel" role="tabpanel" id="panel" aria-labelledby="tab-${this.section}">${this.panel()}</div>
    </div>`}panel(){switch(this.section){case"accounts":return s`<bn-accounts></bn-accounts>`;case"sessions":return s`<bn-sessions></bn-sessions>`;case"tokens":return s`<bn-tokens></bn-tokens>`;case"units":return s`<bn-units></bn-units>`;case"configuration":return s`<bn-configuration></bn-configuration>`;case"health":return s`<bn-health></bn-health>`;case"audit":return s`<bn-audit></bn-audit>`}}open(e){this.section=e,this.redraw()}help(e){he(e)==="F1"&&(e.preventDefault(),be(a.help(j.user?.role==="auditor")))}keys(e){let t=Y.indexOf(this.section),r=Y.length-1,o={ArrowRight:t===r?0:t+1,ArrowLeft:t===0?r:t-1,Home:0,End:r}[e.key],u=o===void 0?void 0:Y[o];u&&(e.preventDefault(),this.open(u),this.focusOn(`#tab-${u}`))}};customElements.define("bn-admin",ce);
