import{a as q}from"./shared-8.js";import{a as R}from"./shared-4.js";import"./shared-2.js";import{a as p,e as A,g as F,h as s,k as n,m as Z,o as ee,p as te,q as $,s as P,t as j,v as E}from"./shared-1.js";var x=(i,e,t)=>`${i.toLocaleString("fr-FR")} ${i<2?e:t}`,le={login:"Connexion",login_failed:"Connexion refusée",logout:"Déconnexion",session_ended:"Session fermée",account_added:"Compte créé",account_changed:"Compte modifié",account_removed:"Compte retiré",password_reset:"Mot de passe changé",token_added:"Jeton créé",token_removed:"Jeton révoqué",configuration_activated:"Configuration activée",configuration_refused:"Configuration refusée",configuration_rolled_back:"Retour à une configuration",replayed:"Essai sur les appels passés",exported:"Export"},a={title:"Administration",auditTitle:"Registre",sections:"Rubriques",tabs:{accounts:"Comptes",sessions:"Sessions",tokens:"Jetons",units:"Unités",configuration:"Configuration",health:"Santé",audit:"Registre"},refresh:"Actualiser",empty:"Rien à montrer.",optional:"facultatif",secret:{password:i=>`Mot de passe de ${i}`,token:i=>`Jeton de ${i}`,once:"Notez-le maintenant : il ne sera plus jamais montré. Transmettez-le de vive voix ou en main propre.",onceToken:"Copiez-le maintenant dans la machine : il ne sera plus jamais montré.",copy:"Copier",copied:"Copié.",done:"C’est noté"},accounts:{count:i=>x(i,"compte","comptes"),search:"Chercher",searchHint:"nom, rôle ou unité",add:"Ajouter un compte",addTitle:"Nouveau compte",changeTitle:i=>`Modifier ${i}`,name:"Identifiant",nameHint:"lettres sans accent, chiffres, « . », « - », « _ » ou « @ »",role:"Rôle",units:"Unités et services",unitsNeeded:"Ce rôle travaille dans au moins une unité : cochez-la.",rightsTitle:"Ce que ce rôle permet",roleHelp:{operator:"Saisit les appels, retrouve une demande sans son contenu.",agent:"Lit et traite les demandes de ses unités.",manager:"Comme un agent, et répartit le travail de ses unités.",supervisor:"Voit toutes les files, arbitre, déplace. Ne lit pas le contenu.",admin:"Tient les comptes et la configuration. Ne lit aucune demande.",auditor:"Lit les chiffres et le registre."},disabled:"Désactivé",restricted:"Habilité aux dossiers confidentiels de ses unités",restrictedShort:"habilité",active:"Actif",state:"État",lastLogin:"Dernière connexion",never:"jamais",open:"Sessions",actions:"Actions",change:"Modifier",reset:"Mot de passe",resetYes:"Donner un nouveau mot de passe",remove:"Retirer",save:"Enregistrer",create:"Créer le compte",you:"vous",disable:"Compte désactivé : ne peut plus se connecter",saved:i=>`${i} : enregistré. Ses sessions sont fermées.`,created:i=>`Le compte ${i} est créé.`,removed:i=>`Le compte ${i} est retiré.`,resetTitle:i=>`Donner un nouveau mot de passe à ${i} ?`,resetText:"L’ancien ne vaudra plus, et ses sessions se ferment.",removeTitle:i=>`Retirer le compte ${i} ?`,removeText:"Ses sessions se ferment aussitôt. Ce que cette personne a fait reste dans l’historique des demandes. Pour une absence, désactivez plutôt."},sessions:{count:i=>x(i,"session ouverte","sessions ouvertes"),account:"Compte",since:"Ouverte depuis",seen:"Vue il y a",address:"Adresse",pages:"Pages",pagesOpen:i=>i===0?"aucune page":x(i,"page ouverte","pages ouvertes"),actions:"Actions",own:"la vôtre",end:"Fermer",endOf:i=>`Fermer cette session de ${i}`,endAll:"Fermer toutes ses sessions",endAllOf:i=>`Fermer toutes ses sessions : ${i}`,ended:(i,e)=>`${e} : ${x(i,"session fermée","sessions fermées")}.`,text:"Une session se ferme d’elle-même après 30 minutes sans page ouverte, et au plus 12 heures après la connexion."},tokens:{text:"Un jeton ouvre l’interface HTTP à une machine, avec les droits d’un rôle.",count:i=>x(i,"jeton","jetons"),add:"Créer un jeton",addTitle:"Nouveau jeton",name:"Nom de la machine",changed:"Créé",create:"Créer le jeton",revoke:"Révoquer",revokeTitle:i=>`Révoquer le jeton ${i} ?`,revokeText:"La machine sera refusée dès sa prochaine demande.",revoked:i=>`Le jeton ${i} est révoqué.`},units:{text:"Les unités et leurs bannettes viennent de la configuration ; les personnes, des comptes.",bannettes:"Bannettes",people:"Personnes",nobody:"Personne : ses demandes ne seraient lues par aucun compte.",none:"aucune"},configuration:{inForce:"En vigueur",version:"Version",folder:"Dossier",folderOf:"Dossier de configuration",kept:"Configurations gardées",keptText:"Chaque configuration mise en vigueur est copiée dans le dossier de données : on peut y revenir. Le dossier de configuration n’est jamais modifié.",pinnedTitle:i=>`Configuration n° ${i} épinglée`,pinnedText:(i,e)=>`Retour demandé par ${i} le ${e}. Elle reste en vigueur, aussi après un redémarrage, tant que le dossier n’est pas activé : le dossier n’est pas lu.`,number:"N°",since:"Mise en vigueur",who:"Par",state:"État",current:"en vigueur",check:"Vérifier le dossier",activate:"Activer le dossier",activateTitle:"Activer le dossier de configuration ?",activateText:"Les nouveaux appels seront aussitôt orientés par cette version. Les demandes ouvertes gardent leur bannette.",rollBack:"Y revenir",rollBackOf:i=>`Y revenir : configuration n° ${i}`,rollBackTitle:i=>`Revenir à la configuration n° ${i} ?`,rollBackText:"Elle sera épinglée : elle restera en vigueur jusqu’à ce que le dossier soit activé de nouveau.",busy:"Lecture de la configuration…",checked:"Ce dossier peut être activé.",switched:"La configuration est en vigueur.",refused:"Rien n’a changé.",uncheckable:"Ce dossier ne peut pas être activé tel quel.",same:"Aucune différence avec ce qui est en vigueur.",changes:"Ce qui change",findings:(i,e)=>`${x(i,"erreur","erreurs")}, ${x(e,"avertissement","avertissements")}`,error:"Erreur",warning:"Avertissement",place:(i,e,t)=>e===0?i:`${i}, ligne ${e}${t>0?`, colonne ${t}`:""}`,instead:i=>`Écrire plutôt : ${i}`,dryRun:"Essai sur les appels passés",dryRunText:"Rejoue les appels passés avec le dossier de configuration et montre ce qui serait orienté autrement. Rien n’est modifié, aucune note n’est montrée.",days:"Jours",start:"Lancer l’essai",stop:"Arrêter l’essai",running:i=>`Essai en cours : ${x(i,"appel rejoué","appels rejoués")}`,cancelled:"Essai arrêté.",failed:i=>`L’essai n’a pas abouti : ${i}`,done:(i,e)=>`${x(i,"appel rejoué","appels rejoués")} sur ${x(e,"jour","jours")}`,cut:"Il y avait plus d’appels : seuls les 200 000 premiers ont été rejoués.",drops:"Urgences ou dangers qui baissent",raises:"Urgences ou dangers qui montent",moves:"Changent de bannette",topics:"Changent de motif",dropsAlarm:"À relire une par une avant d’activer.",none:"aucun",reference:"Référence",before:"Avant",after:"Après",why:"Pourquoi",listed:i=>`Les ${i} premiers sont montrés.`},health:{ready:"Le service est prêt",notReady:"Le service n’est pas prêt",program:"Version du programme",rules:"Version de la configuration",dossiers:"Demandes en mémoire",seq:"Dernier enregistrement",outbox:"Dans la boîte d’envoi",outboxDanger:"dont en danger",outboxOldest:"La plus ancienne attend depuis",aside:"Mises de côté",disk:"Place libre sur le disque",diskOf:(i,e)=>`${i} sur ${e}`,backup:"Dernière sauvegarde",noBackup:"aucune : lancez « bannette backup »",backupAgo:"il y a",files:"Fichiers de données",webhooks:"Alertes sortantes (webhooks)",noWebhooks:"Aucun destinataire.",endpoint:"Destinataire",waiting:"En attente",parked:"Mises de côté",sent:"Envoyées",lastError:"Dernière erreur",off:"arrêté",asOf:"Relevé il y a",units:["o","Ko","Mo","Go","To"]},audit:{text:"Qui s’est connecté et qui a administré quoi. Gardé un an ; rien ne s’y efface ni ne s’y modifie. Les lectures de demandes sont dans l’historique de chaque demande.",at:"Quand",act:"Acte",who:"Par",address:"Adresse",subject:"Sur",detail:"Précision",unknown:"identifiant inconnu",about:"Compte",aboutHint:"ce qu’il a fait, et ce qu’on lui a fait",search:"Filtrer",all:"Tout",more:"Plus ancien",times:i=>i>1?` × ${i}`:""},act:i=>le[i]??i};var v=class extends P{failed="";said="";loaded=!1;connectedCallback(){super.connectedCallback(),this.load()}every(e){let t=setInterval(()=>{document.hidden||this.load()},e);this.until(()=>clearInterval(t))}async fetch(e){let t=await te(e);if(this.loaded||=t.ok,t.ok)return t.value;this.failed=j(t.problem),this.redraw()}settle(e,t){return this.failed=e.ok?"":j(e.problem),this.said=e.ok?t:"",this.redraw(),e.ok}notices(){return s`<div role="alert">${this.failed?s`<p class="notice error">${this.failed}</p>`:n}</div>
      <div role="status">${this.said?s`<p class="notice ok">${this.said}</p>`:n}</div>`}waiting(){return this.loaded||this.failed?n:s`<p class="quiet">${p.loading}</p>`}},f=(i,e="")=>s`<th role="columnheader" scope="col" class=${e}>${i}</th>`,d=(i,e,t="")=>s`<td role="cell" class=${t}><span class="cell-label" aria-hidden="true">${i}</span>${e}</td>`;function w(i,e,t){return s`<table class="figures admin-table" role="table" aria-label=${i}>
    <thead role="rowgroup"><tr role="row">${e}</tr></thead>
    <tbody role="rowgroup">${t}</tbody>
  </table>`}var O=i=>i.length===0?p.none:i.map(e=>E.unit(e)).join(", ");function _(i){let e=i,t=0;for(;e>=1024&&t<a.health.units.length-1;)e/=1024,t+=1;return`${e.toLocaleString("fr-FR",{maximumFractionDigits:e<10&&t>0?1:0})} ${a.health.units[t]}`}var L=a.accounts,de=["operator","agent","manager","supervisor","admin","auditor"],N=class extends P{wish;rights={name:"",role:"operator",units:[],restricted:!1,disabled:!1};problem;busy=!1;open(e){this.wish=e,this.rights={...e.start,units:[...e.start.units]},this.problem=void 0,this.redraw(),this.updateComplete.then(()=>{this.querySelector("dialog")?.showModal(),this.querySelector(e.fresh?"#rights-name":"#rights-role")?.focus()})}render(){let{wish:e}=this;return s`<dialog class="dialog" aria-labelledby="rights-title" @close=${this.forget}>
      ${e?this.form(e):n}
    </dialog>`}form(e){let{rights:t}=this;return s`<div class="dialog-head">
        <h2 id="rights-title">${e.title}</h2>
        <button type="button" class="button plain" @click=${this.shut}>${p.close} <kbd>Échap</kbd></button>
      </div>
      <form novalidate autocomplete="off" @submit=${this.submit}>
        ${e.fresh?this.nameField(e.nameLabel):n}
        <div class="field">
          <label for="rights-role">${L.role}</label>
          <select id="rights-role" aria-describedby="rights-role-help" @change=${r=>this.pickRole(r.target.value)}>
            ${de.map(r=>s`<option value=${r} .selected=${r===t.role}>${p.roles[r]}</option>`)}
          </select>
          <span class="hint" id="rights-role-help">${L.roleHelp[t.role]}</span>
        </div>
        ${this.unitFields()}
        ${t.role==="agent"?s`<label class="check"><input type="checkbox" .checked=${t.restricted} @change=${r=>t.restricted=r.target.checked} /> ${L.restricted}</label>`:n}
        ${e.mayDisable?s`<label class="check"><input type="checkbox" .checked=${t.disabled} @change=${r=>t.disabled=r.target.checked} /> ${L.disable}</label>`:n}
        <div role="alert">${this.problem&&!this.of("name")&&!this.of("units")?s`<p class="notice error">${j(this.problem)}</p>`:n}</div>
        <div class="actions">
          <button type="submit" class="button primary" aria-disabled=${this.busy?"true":n}>${e.submit}</button>
          <button type="button" class="button" @click=${this.shut}>${p.cancel}</button>
        </div>
      </form>`}nameField(e){let t=this.of("name");return s`<div class="field">
      <label for="rights-name">${e}</label>
      <span class="hint" id="rights-name-hint">${L.nameHint}</span>
      <input id="rights-name" maxlength="64" spellcheck="false" autocapitalize="off" autocomplete="off" .value=${this.rights.name}
        @input=${r=>this.rights.name=r.target.value.trim()}
        aria-invalid=${t?"true":n} aria-describedby="rights-name-hint${t?" rights-name-error":""}" />
      ${t?s`<span class="field-error" id="rights-name-error">${t}</span>`:n}
    </div>`}unitFields(){let{units:e,services:t}=E.catalogue,r=this.of("units"),o=(c,k)=>s`<label class="check"><input type="checkbox" .checked=${this.rights.units.includes(c)} @change=${C=>this.pickUnit(c,C.target.checked)} /> ${k}</label>`;return s`<fieldset class="units-field" aria-describedby=${r?"rights-units-error":n}>
      <legend>${L.units}${this.needsUnits()?n:s` <span class="hint">${a.optional}</span>`}</legend>
      <div class="checks">
        ${e.map(c=>o(c.code,c.name))}
        ${t.map(c=>o(`service:${c.code.replace(/^service:/,"")}`,c.name))}
      </div>
      ${r?s`<span class="field-error" id="rights-units-error" role="alert">${r}</span>`:n}
    </fieldset>`}sent(){return{...this.rights,restricted:this.rights.restricted&&this.rights.role==="agent"}}needsUnits(){return this.rights.role==="agent"||this.rights.role==="manager"}of(e){return this.problem?.field===e?j(this.problem):""}pickRole(e){this.rights.role=e,this.redraw()}pickUnit(e,t){this.rights.units=this.rights.units.filter(r=>r!==e),t&&this.rights.units.push(e)}async submit(e){e.preventDefault();let{wish:t}=this;if(this.busy||!t)return;if(this.needsUnits()&&this.rights.units.length===0){this.problem={code:"missing",status:0,field:"units",detail:L.unitsNeeded},this.redraw(),await this.focusOn(".units-field input");return}this.busy=!0,this.redraw();let r=this.sent(),o=await t.send(r);this.busy=!1,this.problem=o.ok?void 0:o.problem,this.redraw(),o.ok?(this.shut(),t.done(o.value,r)):o.problem.field==="name"&&await this.focusOn("#rights-name")}shut(){this.querySelector("dialog")?.close()}forget(){this.wish=void 0,this.redraw()}};customElements.define("bn-rights-form",N);var I=a.secret;function H(i,e,t){return new Promise(r=>{let o=document.createElement("dialog");o.className="dialog small secret-dialog",o.setAttribute("aria-labelledby","secret-title");let c=C=>{Z(s`<h2 id="secret-title">${i}</h2>
          <p><output class="secret" tabindex="0" autofocus aria-label=${i}>${t}</output></p>
          <p>${e}</p>
          <div class="actions">
            <button type="button" class="button primary" @click=${()=>o.close()}>${I.done}</button>
            <button type="button" class="button" @click=${k}>${I.copy}</button>
            <span role="status" class="quiet">${C?I.copied:""}</span>
          </div>`,o)},k=async()=>{try{await navigator.clipboard.writeText(t),c(!0)}catch{getSelection()?.selectAllChildren(o.querySelector(".secret")??o)}};c(!1),o.addEventListener("close",()=>{o.remove(),r()}),document.body.append(o),o.showModal()})}var l=a.accounts,se=i=>i.normalize("NFD").replace(/\p{M}/gu,"").toLowerCase().trim(),V=class extends v{items=[];wanted="";render(){let e=this.items.filter(t=>this.found(t));return s`${this.notices()}
      <div class="tools">
        <div class="filter search">
          <label for="account-search">${l.search}</label>
          <input id="account-search" type="search" maxlength="60" spellcheck="false" autocomplete="off" placeholder=${l.searchHint} .value=${this.wanted} @input=${this.search} />
        </div>
        <p class="quiet count" role="status">${this.loaded?l.count(e.length):n}</p>
        <button type="button" class="button primary" @click=${this.add}>${l.add}</button>
      </div>
      ${this.waiting()}
      ${e.length>0?w(a.tabs.accounts,[f(l.name),f(l.role),f(l.units),f(l.state),f(l.lastLogin),f(l.open,"n"),f(l.actions)],R(e,t=>t.name,t=>this.row(t))):this.loaded?s`<p class="quiet empty">${a.empty}</p>`:n}
      <bn-rights-form></bn-rights-form>`}row(e){let t=e.name===E.user?.name;return s`<tr role="row" class=${e.disabled?"is-off":""}>
      <th role="rowheader" scope="row">${e.name} ${t?s`<span class="badge">${l.you}</span>`:n}</th>
      ${d(l.role,p.roles[e.role])} ${d(l.units,`${O(e.units)}${e.restricted?` · ${l.restrictedShort}`:""}`,"wide")}
      ${d(l.state,e.disabled?s`<span class="badge off">${l.disabled}</span>`:l.active)}
      ${d(l.lastLogin,e.last_login?A(e.last_login):l.never)} ${d(l.open,e.sessions,"n")}
      ${d(l.actions,s`<span class="row-actions">
          ${t?n:s`<button type="button" class="button small-button" aria-label="${l.change} ${e.name}" @click=${()=>this.change(e)}>${l.change}</button>`}
          <button type="button" class="button small-button" aria-label="${l.reset} : ${e.name}" @click=${()=>this.reset(e)}>${l.reset}</button>
          ${t?n:s`<button type="button" class="button small-button" aria-label="${l.remove} ${e.name}" @click=${()=>this.drop(e)}>${l.remove}</button>`}
        </span>`)}
    </tr>`}async load(){let e=await this.fetch("admin/accounts");e&&(this.items=e.items),this.redraw()}found(e){let t=se([e.name,p.roles[e.role],...e.units,O(e.units)].join(" "));return se(this.wanted).split(/\s+/).every(r=>t.includes(r))}search(e){this.wanted=e.target.value,this.redraw()}form(){return this.querySelector("bn-rights-form")}add(){this.form()?.open({title:l.addTitle,nameLabel:l.name,submit:l.create,start:{name:"",role:"operator",units:[],restricted:!1,disabled:!1},fresh:!0,mayDisable:!1,send:({name:e,role:t,units:r,restricted:o})=>$("admin/accounts",{name:e,role:t,units:r,restricted:o}),done:e=>{this.hand(l.created(e.name),e.name,e.password)}})}change(e){this.form()?.open({title:l.changeTitle(e.name),nameLabel:l.name,submit:l.save,start:{name:e.name,role:e.role,units:e.units,restricted:e.restricted,disabled:e.disabled},fresh:!1,mayDisable:!0,send:t=>$("admin/accounts/change",t),done:()=>{this.said=l.saved(e.name),this.failed="",this.load()}})}async reset(e){if(!await q({title:l.resetTitle(e.name),text:l.resetText,yes:l.resetYes,no:p.cancel}))return;let r=await $("admin/accounts/password",{name:e.name});this.settle(r,"")&&r.ok&&await this.hand("",e.name,r.value.password)}async drop(e){await q({title:l.removeTitle(e.name),text:l.removeText,yes:l.remove,no:p.cancel})&&(this.settle(await $("admin/accounts/remove",{name:e.name}),l.removed(e.name))&&await this.load(),await this.focusOn("#account-search"))}async hand(e,t,r){this.said=e,this.failed="",await this.load(),await H(a.secret.password(t),a.secret.once,r)}};customElements.define("bn-accounts",V);var g=a.audit,ce=100;function ue(i){return i.who===""&&i.act==="login_failed"?"":i.detail.replace(/^rôle (\w+)/,(e,t)=>p.roles[t]?`rôle : ${p.roles[t]}`:e)}var B=class extends v{items=[];next=null;about="";render(){return s`<p class="quiet">${g.text}</p>
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
      ${this.items.length>0?w(a.tabs.audit,[g.at,g.act,g.who,g.subject,g.detail,g.address].map(e=>f(e)),R(this.items,e=>e.number,e=>this.row(e))):this.loaded?s`<p class="quiet empty">${a.empty}</p>`:n}
      ${this.next===null?n:s`<div class="actions"><button type="button" class="button" @click=${this.older}>${g.more}</button></div>`}`}row(e){let t=e.act==="login_failed"||e.act==="configuration_refused";return s`<tr role="row">
      <th role="rowheader" scope="row"><time datetime=${e.at} title=${F(e.at)}>${A(e.at)}</time></th>
      ${d(g.act,s`<span class=${t?"warn-text":""}>${a.act(e.act)}${g.times(e.times)}</span>`)} ${d(g.who,e.who||g.unknown)}
      ${d(g.subject,e.subject===e.who?"":e.subject)} ${d(g.detail,ue(e),"wide")} ${d(g.address,s`<span class="mono">${e.address}</span>`)}
    </tr>`}load(){return this.ask(null)}async ask(e){let t=await $("audit",{limit:ce,...e===null?{}:{before:e},...this.about?{about:this.about}:{}});!this.settle(t,"")||!t.ok||(this.loaded=!0,this.items=e===null?t.value.items:[...this.items,...t.value.items],this.next=t.value.before,this.redraw())}search(e){e.preventDefault(),this.about=this.querySelector("#audit-about")?.value.trim()??"",this.ask(null)}all(){this.about="",this.ask(null),this.focusOn("#audit-about")}older(){this.ask(this.next)}};customElements.define("bn-audit",B);var T=a.configuration;function U(i){if(i.length===0)return n;let e=i.filter(r=>r.severity==="error").length,t=[...i].sort((r,o)=>+(o.severity==="error")-+(r.severity==="error"));return s`<h3>${T.findings(e,i.length-e)}</h3>
    <ul class="findings">
      ${t.map(r=>s`<li class=${r.severity}>
          <p><span class="badge ${r.severity}">${r.severity==="error"?T.error:T.warning}</span>
            <span class="mono">${T.place(r.file,r.line,r.column)}</span></p>
          <p>${r.message}</p>
          ${r.instead?s`<p class="quiet">${T.instead(r.instead)}</p>`:n}
        </li>`)}
    </ul>`}function ie(i,e){let t=i.refused.length===0&&!i.findings.some(c=>c.severity==="error"),r=i.switched?T.switched:t?T.checked:e?T.uncheckable:T.refused,o=(c,k)=>c.length===0?n:s`<ul class=${k}>${c.map(C=>s`<li>${C}</li>`)}</ul>`;return s`<div class="notice ${t?"ok":"error"}" tabindex="-1" id="report">
      <p><strong>${r}</strong></p>
      ${o(i.refused,"plain-list")} ${o(i.remarks,"plain-list")}
    </div>
    ${i.changes.length>0?s`<h3>${T.changes}</h3>
          ${o(i.changes,"plain-list")}`:t?s`<p class="quiet">${T.same}</p>`:n}
    ${U(i.findings)}`}var h=a.configuration,pe=1e3,re=200,z=class extends v{state;days=30;timer;connectedCallback(){super.connectedCallback(),this.until(()=>clearTimeout(this.timer))}render(){let e=this.state?.state==="running";return s`<h2>${h.dryRun}</h2>
      <p class="quiet">${h.dryRunText}</p>
      ${this.notices()}
      <form class="line dry-run-form" novalidate @submit=${this.start}>
        <div class="field">
          <label for="dry-days">${h.days}</label>
          <input id="dry-days" type="number" min="1" max="366" .value=${String(this.days)} @input=${t=>this.days=Number(t.target.value)} />
        </div>
        ${e?s`<button type="button" class="button" id="dry-act" @click=${this.cancel}>${h.stop}</button>`:s`<button type="submit" class="button" id="dry-act">${h.start}</button>`}
      </form>
      ${this.state?this.outcome(this.state):n}`}outcome(e){let t=e.state==="failed"?h.failed(e.error):"";return s`${e.state==="running"?s`<label class="progress-line"><span>${h.running(e.calls)}</span> <progress max="1" .value=${e.share}></progress></label>`:n}
      <div role="status">${e.state==="cancelled"?s`<p class="notice">${h.cancelled}</p>`:n}</div>
      <div role="alert">${t?s`<p class="notice error">${t}</p>`:n}</div>
      ${e.state==="failed"?U(e.findings):n}
      ${e.state==="done"&&e.result?this.result(e,e.result):n}`}result(e,t){let r=(o,c,k)=>s`<div class="tile ${k}"><dt>${o}</dt><dd>${c.toLocaleString("fr-FR")}</dd></div>`;return s`<p role="status">${h.done(t.compared,e.days)} ${e.cut?h.cut:n}</p>
      <dl class="tiles">
        ${r(h.drops,t.dropped,t.dropped>0?"alarm":"")} ${r(h.raises,t.raised,"")} ${r(h.moves,t.moved,"")} ${r(h.topics,t.topics,"")}
      </dl>
      ${this.list(h.drops,t.dropped,t.drops,h.dropsAlarm)} ${this.list(h.moves,t.moved,t.moves)}
      ${this.list(h.topics,t.topics,t.topic_changes)} ${this.list(h.raises,t.raised,t.raises)}`}list(e,t,r,o=""){return t===0?n:s`<details ?open=${o!==""}>
      <summary>${e} (${t.toLocaleString("fr-FR")})</summary>
      ${o?s`<p class="notice warn">${o}</p>`:n}
      ${w(e,[h.reference,h.before,h.after,h.why].map(c=>f(c)),r.map(c=>s`<tr role="row">
            <th role="rowheader" scope="row" class="reference">${c.reference}</th>
            ${d(h.before,c.before)} ${d(h.after,c.after)} ${d(h.why,[c.why,c.human].filter(k=>k!=="").join(" ; "),"wide")}
          </tr>`))}
      ${t>re?s`<p class="quiet">${h.listed(re)}</p>`:n}
    </details>`}async load(){let e=await this.fetch("admin/dry-run");e&&this.show(e)}show(e){this.state=e,clearTimeout(this.timer),e.state==="running"&&this.isConnected&&(this.timer=setTimeout(()=>{this.load()},pe)),this.redraw()}async start(e){e.preventDefault();let t=await $("admin/dry-run",{days:this.days});this.settle(t,"")&&t.ok&&this.show(t.value),await this.focusOn("#dry-act")}async cancel(){let e=await $("admin/dry-run/cancel",{});this.settle(e,"")&&e.ok&&this.show(e.value),await this.focusOn("#dry-act")}};customElements.define("bn-dry-run",z);var u=a.configuration,me=6e4,W=class extends v{state;report;looked=!1;busy=!1;render(){let{state:e}=this;return s`${this.notices()} ${this.waiting()}
      ${e?.pinned?s`<div class="notice warn">
            <p><strong>${u.pinnedTitle(e.pinned.number)}</strong></p>
            <p>${u.pinnedText(e.pinned.who,F(e.pinned.at))}</p>
          </div>`:n}
      ${e?this.inForce(e):n}
      <div role="status" class="report">${this.busy?s`<p class="quiet">${u.busy}</p>`:this.report?ie(this.report,this.looked):n}</div>
      ${e&&e.items.length>0?this.kept(e):n}
      <section class="card"><bn-dry-run></bn-dry-run></section>`}inForce(e){return s`<section class="card" aria-labelledby="in-force-title">
      <h2 id="in-force-title">${u.inForce}</h2>
      <dl class="facts">
        <dt>${u.version}</dt>
        <dd class="mono">${e.version}</dd>
        <dt>${u.folderOf}</dt>
        <dd class="mono">${e.folder}</dd>
      </dl>
      <div class="actions">
        <button type="button" class="button primary" id="configuration-check" @click=${this.check}>${u.check}</button>
        <button type="button" class="button" @click=${this.activate}>${u.activate}</button>
      </div>
    </section>`}kept(e){return s`<section aria-labelledby="kept-title">
      <h2 id="kept-title">${u.kept}</h2>
      <p class="quiet">${u.keptText}</p>
      ${w(u.kept,[u.number,u.version,u.since,u.who,u.state].map(t=>f(t)),R(e.items,t=>t.number,t=>this.row(t)))}
    </section>`}row(e){return s`<tr role="row" class=${e.in_force?"is-open":""}>
      <th role="rowheader" scope="row">${e.number}</th>
      ${d(u.version,s`<span class="mono">${e.version}</span>`)} ${d(u.since,A(e.at))} ${d(u.who,e.who)}
      ${d(u.state,e.in_force?s`<span class="badge ok">${u.current}</span>`:s`<button type="button" class="button small-button" aria-label=${u.rollBackOf(e.number)} @click=${()=>this.rollBack(e)}>${u.rollBack}</button>`)}
    </tr>`}async load(){let e=await this.fetch("admin/configuration");e&&(this.state=e),this.redraw()}check(){return this.ask("admin/reload",{check_only:!0},!0)}async activate(){await q({title:u.activateTitle,text:u.activateText,yes:u.activate,no:p.cancel})&&await this.ask("admin/reload",{})}async rollBack(e){await q({title:u.rollBackTitle(e.number),text:u.rollBackText,yes:u.rollBack,no:p.cancel})&&await this.ask("admin/roll-back",{number:e.number})}async ask(e,t,r=!1){if(this.busy)return;this.busy=!0,this.redraw();let o=await ee("POST",e,t,{timeout_ms:me,reports:422});this.busy=!1,this.report=o.ok?o.value:void 0,this.looked=r,this.settle(o,""),await this.load(),o.ok&&await this.focusOn("#report")}};customElements.define("bn-configuration",W);var m=a.health,he=1e4,fe=.1,be=36*36e5,J=class extends v{state;at="";connectedCallback(){super.connectedCallback(),this.every(he)}render(){let{state:e}=this;return s`${this.notices()} ${this.waiting()}
      ${e?s`${this.readiness(e)} ${this.tiles(e)} ${this.files(e)} ${this.webhooks(e)}
            <p class="quiet small">${m.asOf} <bn-time at=${this.at}></bn-time></p>`:n}`}readiness(e){return e.ready?s`<p class="notice ok"><strong>${m.ready}</strong></p>`:s`<div class="notice error"><p><strong>${m.notReady}</strong></p><ul class="plain-list">${e.reasons.map(t=>s`<li>${t}</li>`)}</ul></div>`}tiles(e){let t=(ne,oe,ae="",X=n)=>s`<div class="tile ${ae}"><dt>${ne}</dt><dd>${oe}${X===n?n:s` <span class="under">${X}</span>`}</dd></div>`,{router:r,disk:o,backup:c}=e,k=o!==null&&o.free<o.total*fe,C=c===null||Date.now()-Date.parse(c.at)>be;return s`<dl class="tiles health-tiles">
      ${t(m.dossiers,e.queue.dossiers.toLocaleString("fr-FR"))} ${t(m.seq,e.queue.seq.toLocaleString("fr-FR"))}
      ${t(m.outbox,r.outbox_waiting,r.outbox_danger>0?"alarm":r.outbox_waiting>0?"warn":"",r.outbox_oldest?s`${m.outboxOldest} <bn-time at=${r.outbox_oldest}></bn-time>`:n)}
      ${t(m.aside,r.outbox_aside,r.outbox_aside>0?"warn":"")}
      ${t(m.disk,o?_(o.free):p.none,k?"warn":"",o?m.diskOf(_(o.free),_(o.total)):n)}
      ${t(m.backup,c?s`${m.backupAgo} <bn-time at=${c.at}></bn-time>`:p.none,C?"warn":"",c?_(c.bytes):m.noBackup)}
      ${t(m.program,s`<span class="mono small-figure">${e.program}</span>`)}
    </dl>`}files(e){return s`<section aria-labelledby="files-title">
      <h2 id="files-title">${m.files}</h2>
      <dl class="facts">${[...e.files].sort((t,r)=>t.name.localeCompare(r.name)).map(t=>s`<dt class="mono">${t.name}</dt><dd>${_(t.bytes)}</dd>`)}</dl>
    </section>`}webhooks(e){return s`<section aria-labelledby="webhooks-title">
      <h2 id="webhooks-title">${m.webhooks}</h2>
      ${e.webhooks.length===0?s`<p class="quiet">${m.noWebhooks}</p>`:w(m.webhooks,[f(m.endpoint),f(m.waiting,"n"),f(m.parked,"n"),f(m.sent,"n"),f(m.lastError)],e.webhooks.map(t=>s`<tr role="row">
                <th role="rowheader" scope="row">${t.name} ${t.enabled?n:s`<span class="badge off">${m.off}</span>`}</th>
                ${d(m.waiting,t.waiting,"n")} ${d(m.parked,t.parked,t.parked>0?"n warn":"n")} ${d(m.sent,t.sent,"n")} ${d(m.lastError,t.last_error||p.none)}
              </tr>`))}
    </section>`}async load(){let e=await this.fetch("admin/health");e&&(this.state=e,this.at=new Date().toISOString(),this.failed=""),this.redraw()}};customElements.define("bn-health",J);var b=a.sessions,ge=15e3,K=class extends v{items=[];connectedCallback(){super.connectedCallback(),this.every(ge)}render(){return s`${this.notices()}
      <div class="tools">
        <p class="quiet count" role="status">${this.loaded?b.count(this.items.length):n}</p>
        <button type="button" class="button" id="sessions-refresh" @click=${this.load}>${a.refresh}</button>
      </div>
      ${this.waiting()}
      ${this.items.length>0?w(a.tabs.sessions,[b.account,b.since,b.seen,b.address,b.pages,b.actions].map(e=>f(e)),R(this.items,e=>e.number,e=>this.row(e))):n}
      <p class="quiet small">${b.text}</p>`}row(e){let t=this.items.filter(r=>r.account===e.account).length>1;return s`<tr role="row">
      <th role="rowheader" scope="row">${e.account} ${e.own?s`<span class="badge">${b.own}</span>`:n}</th>
      ${d(b.since,s`<bn-time at=${e.since}></bn-time>`)} ${d(b.seen,s`<bn-time at=${e.seen}></bn-time>`)}
      ${d(b.address,s`<span class="mono">${e.address}</span>`)} ${d(b.pages,b.pagesOpen(e.pages))}
      ${d(b.actions,e.own?n:s`<span class="row-actions">
              <button type="button" class="button small-button" aria-label=${b.endOf(e.account)} @click=${()=>this.end({number:e.number},e.account)}>${b.end}</button>
              ${t?s`<button type="button" class="button small-button" aria-label=${b.endAllOf(e.account)} @click=${()=>this.end({account:e.account},e.account)}>${b.endAll}</button>`:n}
            </span>`)}
    </tr>`}async load(){let e=await this.fetch("admin/sessions");e&&(this.items=e.items),this.redraw()}async end(e,t){let r=await $("admin/sessions/end",e);this.settle(r,r.ok?b.ended(r.value.ended,t):""),await this.load(),await this.focusOn("#sessions-refresh")}};customElements.define("bn-sessions",K);var y=a.tokens,S=a.accounts,Y=class extends v{items=[];render(){return s`${this.notices()}
      <div class="tools">
        <p class="quiet count">${y.text}</p>
        <button type="button" class="button primary" id="token-add" @click=${this.add}>${y.add}</button>
      </div>
      ${this.waiting()}
      ${this.items.length>0?w(a.tabs.tokens,[y.name,S.role,S.units,y.changed,S.actions].map(e=>f(e)),R(this.items,e=>e.name,e=>this.row(e))):this.loaded?s`<p class="quiet empty">${a.empty}</p>`:n}
      <bn-rights-form></bn-rights-form>`}row(e){return s`<tr role="row">
      <th role="rowheader" scope="row">${e.name}</th>
      ${d(S.role,p.roles[e.role])} ${d(S.units,O(e.units),"wide")} ${d(y.changed,e.changed?A(e.changed):p.none)}
      ${d(S.actions,s`<button type="button" class="button small-button" aria-label="${y.revoke} ${e.name}" @click=${()=>this.revoke(e)}>${y.revoke}</button>`)}
    </tr>`}async load(){let e=await this.fetch("admin/tokens");e&&(this.items=e.items),this.redraw()}add(){this.querySelector("bn-rights-form")?.open({title:y.addTitle,nameLabel:y.name,submit:y.create,start:{name:"",role:"operator",units:[],restricted:!1,disabled:!1},fresh:!0,mayDisable:!1,send:({name:e,role:t,units:r,restricted:o})=>$("admin/tokens",{name:e,role:t,units:r,restricted:o}),done:e=>{this.hand(e.name,e.token)}})}async hand(e,t){await this.load(),await H(a.secret.token(e),a.secret.onceToken,t)}async revoke(e){await q({title:y.revokeTitle(e.name),text:y.revokeText,yes:y.revoke,no:p.cancel})&&(this.settle(await $("admin/tokens/remove",{name:e.name}),y.revoked(e.name))&&await this.load(),await this.focusOn("#token-add"))}};customElements.define("bn-tokens",Y);var D=a.units,G=class extends v{items=[];render(){return s`${this.notices()}
      <p class="quiet">${D.text}</p>
      ${this.waiting()}
      <ul class="unit-cards">${this.items.map(e=>this.card(e))}</ul>`}card(e){let t=e.people.filter(r=>!r.disabled);return s`<li class="card unit-card ${t.length===0?"is-empty":""}">
      <h2>${e.name}</h2>
      <p class="quiet small mono">${e.code}</p>
      <dl>
        <dt>${D.people}</dt>
        <dd>
          ${t.length===0?s`<span class="warn-text">${D.nobody}</span>`:t.map((r,o)=>s`${o>0?", ":""}<span class="whole">${r.name} <span class="quiet">(${p.roles[r.role]})</span></span>`)}
        </dd>
        <dt>${D.bannettes}</dt>
        <dd>${e.bannettes.length===0?D.none:e.bannettes.map(r=>r.label.replace(`${e.name} : `,"")).join(" · ")}</dd>
      </dl>
    </li>`}async load(){let e=await this.fetch("admin/units");e&&(this.items=e.items),this.redraw()}};customElements.define("bn-units",G);var M=["accounts","sessions","tokens","units","configuration","health","audit"],Q=class extends P{section="accounts";render(){return E.user?.role==="auditor"?s`<div class="admin"><div class="screen-head"><h1>${a.auditTitle}</h1></div><bn-audit></bn-audit></div>`:s`<div class="admin">
      <div class="screen-head"><h1>${a.title}</h1></div>
      <div class="tabs" role="tablist" aria-label=${a.sections} @keydown=${this.keys}>
        ${M.map(e=>s`<button type="button" role="tab" class="tab" id="tab-${e}" aria-selected=${e===this.section?"true":"false"} aria-controls="panel"
            tabindex=${e===this.section?0:-1} @click=${()=>this.open(e)}>${a.tabs[e]}</button>`)}
      </div>
      <div class="panel" role="tabpanel" id="panel" aria-labelledby="tab-${this.section}">${this.panel()}</div>
    </div>`}panel(){switch(this.section){case"accounts":return s`<bn-accounts></bn-accounts>`;case"sessions":return s`<bn-sessions></bn-sessions>`;case"tokens":return s`<bn-tokens></bn-tokens>`;case"units":return s`<bn-units></bn-units>`;case"configuration":return s`<bn-configuration></bn-configuration>`;case"health":return s`<bn-health></bn-health>`;case"audit":return s`<bn-audit></bn-audit>`}}open(e){this.section=e,this.redraw()}keys(e){let t=M.indexOf(this.section),r=M.length-1,o={ArrowRight:t===r?0:t+1,ArrowLeft:t===0?r:t-1,Home:0,End:r}[e.key],c=o===void 0?void 0:M[o];c&&(e.preventDefault(),this.open(c),this.focusOn(`#tab-${c}`))}};customElements.define("bn-admin",Q);
