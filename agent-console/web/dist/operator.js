import{b as ce}from"./shared-8.js";import{a as M,b as x,c as J,e as S,g as O}from"./shared-3.js";import{a as A}from"./shared-6.js";import{a as pe}from"./shared-7.js";import"./shared-2.js";import{a as $,c as q,e as T,h as n,k as a,n as F,o as E,p as k,q as v,r as le,s as P,t as y,u as de,v as p}from"./shared-1.js";function ue(s,e,t,i){let o=Object.values(e).filter(c=>c.text.trim()!=="");return[s.trim(),o.map(c=>`${c.label} : ${c.text.trim()}`).join(`
`),t.map(i).join(`
`)].filter(c=>c!=="").join(`

`)}var he=(s,e)=>`${s.topic}/${e}`;var j=(s,e,t)=>`${s} ${s<2?e:t}`,it={A:"Anatole",B:"Berthe",C:"Célestin",D:"Désiré",E:"Eugène",F:"François",G:"Gaston",H:"Henri",I:"Irma",J:"Joseph",K:"Kléber",L:"Louis",M:"Marcel",N:"Nicolas",O:"Oscar",P:"Pierre",Q:"Quintal",R:"Raoul",S:"Suzanne",T:"Thérèse",U:"Ursule",V:"Victor",W:"William",X:"Xavier",Y:"Yvonne",Z:"Zoé"},r={title:"Saisie d’appel",who:"Qui",name:"Nom de l’appelant",phone:"Téléphone",where:"Où",commune:"Commune",communeHint:"nom, abréviation ou code postal",address:"Rue",addressHint:"numéro et voie",suggestions:s=>`${s} : propositions`,what:"Quoi",note:"Ce que demande la personne",noteHint:"avec ses mots",like:s=>`${s} comme ${it[s]??s}`,parts:{label:"Motifs de cet appel",part:(s,e)=>`${s}. ${e||"nouveau motif"}`,sent:s=>`envoyé ${s}`,drop:"Retirer ce motif",add:"Autre motif"},questions:{title:"À demander",none:"Les questions du motif viendront avec les premiers mots.",free:"réponse"},routing:{title:"Orientation",empty:"Elle viendra avec les premiers mots.",wait:"mise à jour…",lost:"Orientation indisponible pour l’instant : elle sera calculée à l’envoi.",destination:"Destination",territory:"Territoire",territoryNone:"à préciser",topic:"Motif",urgency:"Urgence",danger:"Danger",why:"Pourquoi",moreWhy:s=>j(s,"autre raison","autres raisons"),uncertain:"Commune incertaine",verify:"À vérifier",pick:"Choisissez la commune :",correct:"Corriger",uncorrect:"Fermer la correction",proposed:s=>`Proposé : ${s}`,likely:"Les plus probables",units:"Services des unités",services:"Services départementaux",otherTrays:"Autres bannettes",corrected:"corrigé",recomputed:"en cours de calcul, selon vos corrections",reset:"Remettre la proposition",noDanger:"sans danger",reason:"Raison de la correction",reasonPick:"Choisir…",reasonMissing:"Dites pourquoi vous corrigez : choisissez une raison.",outside:"Hors du champ du Département",outsideText:"Aucune demande ne sera créée : orientez la personne, puis terminez l’appel (F6)."},dangerOn:"Danger signalé dans la note.",guide:{label:"Aide à l’appel",say:"À dire",call:"À appeler",dial:(s,e)=>`${s} : composer le ${e}`},danger:{title:"Danger immédiat",raised:"La demande part en danger, urgence immédiate.",onCall:"D’astreinte maintenant",nobodyOnCall:"Personne n’est d’astreinte en ce moment.",onCallLost:"L’astreinte n’a pas pu être lue : consultez la liste papier.",handover:"Transmettre de vive voix",to:"Transmis à",toPick:"Choisir…",record:"Noter la transmission",close:"Fermer",destination:s=>`Service destinataire : ${s}`},handedOver:s=>`Transmis de vive voix à ${s.to} à ${s.at}.`,telephone:{label:"Téléphone",free:s=>`${s} : pas d’appel`,withheld:"Numéro masqué",open:"Ouvrir cet appel",contacts:"Demandes de ce numéro",post:"Poste",noPost:"aucun",takeOver:"Prendre ce poste",waiting:s=>`${j(s,"appel en attente","appels en attente")}, depuis`,states:{announced:"arrive",queued:"en file",presented:"sonne",talking:"en communication",held:"mis en attente",wrap_up:"à terminer",qualified:"terminé"},state:s=>r.telephone.states[s]??s,takenBack:"L’appel a été repris par la file avant d’être décroché."},repeat:{title:"Déjà appelé",badge:s=>`déjà appelé (${s})`,pending:"pas encore en bannette",restricted:"motif restreint",more:s=>j(s,"autre appel","autres appels"),partial:"L’état de certaines demandes n’est pas connu pour l’instant.",at:"le"},send:{send:"Envoyer",sendAll:s=>`Envoyer les ${s} demandes`,sendOutside:"Terminer sans demande",sending:"Envoi…",retrySame:"Réessayer le même envoi",abandon:"Abandonner",offer:"Passer à un collègue",offered:"Proposée à vos collègues : l’un d’eux peut la reprendre. Reprendre la saisie annule l’offre.",offerFailed:"La saisie n’a pas pu être proposée."},kept:{never:"",at:s=>`Brouillon gardé à ${s}`,soon:"Brouillon : enregistrement…",late:"Brouillon non enregistré",banner:"Brouillon non enregistré : la saisie n’est que sur cet écran. Nouvel essai en cours…",elsewhere:"Cette saisie a été modifiée dans une autre page.",adopt:"Reprendre l’autre version",insist:"Garder celle-ci",taken:s=>s||"Un collègue a repris cette saisie.",ended:"Cette saisie a déjà été envoyée ou abandonnée dans une autre page.",found:s=>`Saisie retrouvée, gardée à ${s}.`,takenOver:(s,e)=>e?`Saisie reprise de ${s}. Un envoi était en cours : cherchez d’abord si la demande est arrivée (F4, « Déjà appelé »), puis envoyez ou abandonnez.`:`Saisie reprise de ${s}.`,lost:"Cette saisie n’a pas pu être lue."},drafts:{title:"Saisies en cours",count:s=>j(s,"saisie en cours","saisies en cours"),mine:"à vous",of:s=>`de ${s}`,offered:"proposée",silent:"poste sans nouvelles",since:"modifiée",resume:"Reprendre",take:"Prendre le relais",none:"Aucune autre saisie en cours."},qualify:{title:"Terminer sans dossier",how:"Comment l’appel s’est-il terminé ?",where:"Renvoyé vers",wherePick:"Choisir…",whereOther:"Précisez",whereMissing:"Dites vers où la personne a été renvoyée.",missing:"Choisissez comment l’appel s’est terminé.",submit:"Terminer l’appel",cancel:"Revenir à la saisie",done:"Appel terminé sans dossier",outcomes:{answered:"Répondu tout de suite",redirected:"Renvoyé ailleurs",wrong_number:"Erreur de numéro",prank:"Appel malveillant",nobody:"Personne au bout du fil",cut_off:"Coupé avant d’avoir compris",internal:"Collègue ou partenaire"}},receipt:{title:s=>s<2?"Demande enregistrée":`${s} demandes enregistrées pour cet appel`,durable:"enregistré durablement",reference:"Référence",tell:"à donner à l’appelant",spell:"À épeler",goesTo:"Bannette",arrived:"Arrivée",deadline:"À prendre en charge avant",noDeadline:"sans échéance",recorded:"Enregistré ici, pas encore dans la bannette",recordedText:"La demande est gardée et partira dès que la file répondra. La référence sera donnée à ce moment.",check:"Vérifier maintenant",stillRecorded:"Toujours en attente de la file.",noDossier:"Appel hors du champ : aucune demande créée",noDossierText:"L’appel est terminé sans demande.",fresh:"Appel suivant",recent:"Dernières saisies",pending:"en attente de la file"},failure:{unknown:"Réponse inconnue",unknownText:"On ne sait pas si la demande a été enregistrée. Réessayez : elle ne sera pas créée deux fois.",refused:"La demande n’a pas été enregistrée",refusedField:"Corrigez le champ indiqué.",nothing:"Écrivez d’abord ce que demande la personne."},tools:{label:"Actions",fresh:"Nouvel appel",search:"Où en est ma demande ?",qualify:"Sans dossier",topic:"Autre motif",danger:"Danger immédiat",drafts:"En cours",help:"Aide"},abandonTitle:"Abandonner la saisie en cours ?",abandonText:"Elle n’a pas été envoyée et sera effacée.",abandonUnkept:"Elle n’a pas pu être gardée : elle sera perdue.",abandon:"Abandonner la saisie",keep:"Continuer la saisie",keys:{title:"Raccourcis du clavier",open:"Aide",close:"Fermer",groups:[{title:"L’appel",keys:[["F2","Nouvel appel ; la saisie en cours est gardée"],["F8","Danger immédiat : qui appeler, comment transmettre"],["F7","Ajouter un motif au même appel ; Maj+F7 : motif suivant"],["F9","Corriger l’orientation"],["F6","Terminer sans dossier : répondu, renvoyé ailleurs, erreur…"],["Ctrl+Entrée","Envoyer"]]},{title:"Les champs",keys:[["Tab","Champ suivant ; Maj+Tab, précédent"],["↓ ↑ Entrée","Choisir une commune ou une rue proposée"],["← →","Choisir une réponse à une question"],["Échap","Fermer les propositions, le panneau, la fenêtre"]]},{title:"Le reste",keys:[["F4","Où en est ma demande ? par référence ou téléphone"],["F10","Saisies en cours : les vôtres, et celles dont le poste ne répond plus"],["F1","Cette aide"]]}]},find:{title:"Où en est ma demande ?",label:"Référence ou téléphone",hint:"par exemple K7F-3MX ou 06 12 34 56 78",submit:"Chercher",busy:"Recherche…",none:"Aucune demande trouvée.",count:s=>j(s,"demande trouvée","demandes trouvées"),missing:"Saisissez une référence ou un numéro de téléphone.",privacy:"Le contenu des demandes n’est pas affiché ici.",unit:"Unité",topic:"Motif",arrived:"Arrivée",changed:"Dernier changement"}};var nt=40,rt=4e3,X=()=>({name:"",phone:"",commune:"",address:""}),me=()=>({topic:"",urgency:"",danger:"",bannette:""}),L=class{constructor(e,t){this.draft=e;this.key=t}draft;key;note="";answers={};handovers=[];corrections=me();reason="";unknown=!1;sent;askedAbout="";proposal;proposing=!1;proposalLost=!1;askedWith="";asked=0;timer;flight;get text(){return ue(this.note,this.answers,this.handovers,r.handedOver)}get empty(){return this.text===""}get corrected(){return Object.values(this.corrections).some(e=>e!=="")}get needsReason(){let{topic:e,urgency:t,danger:i,bannette:o}=this.corrections,l=this.proposal,c=i==="yes"&&t==="immediate";return e!==""&&e!==l?.topic||o!==""&&o!==l?.bannette||i==="no"||!c&&(t!==""&&t!==l?.urgency||i==="yes"&&!l?.danger)}get told(){return!this.empty||this.corrections.topic!==""||this.corrections.bannette!==""}get topic(){return this.corrections.topic||(this.told?this.proposal?.topic??"":"")}get urgency(){return this.corrections.urgency||this.proposal?.urgency||""}get danger(){return this.corrections.danger===""?this.proposal?.danger??!1:this.corrections.danger==="yes"}get bannette(){return this.corrections.bannette||this.proposal?.bannette||""}get destinationOpen(){return this.corrections.bannette===""&&this.askedWith!==this.askingWith()}get outside(){return this.topic==="hors-champ"&&this.corrections.bannette===""}correct(e,t){this.corrections[e]=t,e==="topic"&&this.ask(),this.draft.changed()}explain(e){this.reason=e,this.draft.changed()}answer(e,t,i){this.answers[e]={label:t,text:i},this.ask(),this.draft.changed()}raiseDanger(){this.corrections.danger="yes",this.corrections.urgency="immediate",this.draft.changed()}handOver(e,t){this.handovers.push({to:e,at:t}),this.ask(),this.draft.changed()}followProposal(){this.corrections=me(),this.reason="",this.ask(),this.draft.changed()}call(){let{name:e,phone:t,commune:i,address:o}=this.draft.fields,{topic:l,urgency:c,danger:g,bannette:m}=this.corrections,u=this.draft.callIdFor(this);return{note:this.text,commune:i.trim(),address:o.trim(),caller:{name:e.trim(),phone:t.trim()},...u?{call:u}:{},...l?{topic:l}:{},...c?{urgency:c}:{},...g?{danger:g==="yes"}:{},...m?{bannette:m}:{},...this.draft.insee?{insee:this.draft.insee}:{},...this.reason&&this.needsReason?{correction:this.reason}:{}}}ask(){clearTimeout(this.timer);let{commune:e,address:t}=this.draft.fields;if(this.empty&&!e.trim()&&!t.trim()){this.stop(),this.proposal=void 0;return}this.timer=setTimeout(()=>{this.classify()},nt)}stop(){clearTimeout(this.timer),++this.asked,this.flight?.abort(),this.proposing=!1}askingWith(){return`${this.corrections.topic} ${this.draft.insee}`}async classify(){let e=++this.asked;this.flight?.abort(),this.flight=new AbortController,this.proposing=!0,this.draft.onChange();let{commune:t,address:i}=this.draft.fields,{topic:o}=this.corrections,{insee:l}=this.draft,c=this.askingWith(),g={note:this.text,commune:t,address:i,...o?{topic:o}:{},...l?{insee:l}:{}},m={signal:this.flight.signal,timeout_ms:rt},u=await v("classify",g,m);e===this.asked&&(this.proposing=!1,this.proposalLost=!u.ok,u.ok&&(this.proposal=u.value,this.askedWith=c),this.draft.onChange())}},Z=class{key="";call="";fields=X();insee="";parts=[];shown=0;onChange=()=>{};onTyped=()=>{};constructor(){this.renew()}get part(){return this.parts[this.shown]??this.parts[0]}get dirty(){return Object.values(this.fields).some(e=>e.trim()!=="")||this.parts.some(e=>!e.empty&&!e.sent)}get unknown(){return this.parts.some(e=>e.unknown)}callIdFor(e){let t=this.parts.find(i=>i.sent&&i.sent.outside==="");return this.call||(t&&t!==e?`main:${t.key}`:"")}get danger(){return this.parts.some(e=>e.danger&&!e.sent)}changed(){this.onTyped(),this.onChange()}type(e,t){e==="note"?this.part.note=t:this.fields[e]=t,e==="commune"&&(this.insee=""),e==="note"?this.part.ask():e!=="name"&&e!=="phone"&&this.askAll(),this.changed()}pick(e,t){this.fields.commune=t,this.insee=e,this.askAll(),this.changed()}addPart(){let e=new L(this,M());return this.parts.push(e),this.show(this.parts.length-1),e.ask(),e}show(e){this.shown=Math.max(0,Math.min(e,this.parts.length-1)),this.changed()}dropPart(e){this.parts.length<2||this.parts[e]?.sent||(this.parts[e]?.stop(),this.parts.splice(e,1),this.show(Math.min(this.shown,this.parts.length-1)))}askAll(){for(let e of this.parts)e.sent||e.ask()}renew(e="",t=""){for(let o of this.parts)o.stop();let i=new L(this,M());this.call=e,this.key=e||i.key,this.fields={...X(),phone:t},this.insee="",this.parts=[i],this.shown=0,this.onChange()}rekey(e){e.key=M(),this.onTyped()}releaseKeys(){let e=this.parts.filter(i=>!i.sent),t=e.some(i=>i.unknown);for(let i of e)i.unknown=!1,this.rekey(i);return t}kept(){let e=this.parts.map(({key:t,note:i,answers:o,handovers:l,corrections:c,reason:g,unknown:m,sent:u})=>({key:t,note:i,answers:o,handovers:l,corrections:c,reason:g,unknown:m,sent:u}));return{form:1,call:this.call,fields:this.fields,insee:this.insee,shown:this.shown,parts:e}}restore(e,t){if(t.form!==1||!Array.isArray(t.parts)||t.parts.length===0)return!1;for(let i of this.parts)i.stop();return this.key=e,this.call=t.call,this.fields={...X(),...t.fields},this.insee=t.insee,this.parts=t.parts.map(i=>Object.assign(new L(this,i.key),i)),this.shown=Math.min(t.shown,this.parts.length-1),this.askAll(),this.onChange(),!0}},d=new Z;var _=r.kept,ot=new Intl.DateTimeFormat("fr-FR",{hour:"2-digit",minute:"2-digit"}),fe=800,at=2e3,lt=2e3,ge=3e3,dt=8e3,K=class{constructor(e){this.draft=e;e.onTyped=()=>this.touched()}draft;version=0;keptAt=0;conflict;conflictText="";problem;onChange=()=>{};dirtySince=0;epoch=0;keptEpoch=0;flight;wasPut=!1;ending=new Set;uncertain="";uncertainEpoch=0;lateTimer;timer;get unkept(){return this.dirtySince!==0}get late(){return this.unkept&&(this.problem!==void 0||Date.now()-this.dirtySince>=ge)}follow(e){clearTimeout(this.timer),this.flight=void 0,this.wasPut=e>0,this.version=e,this.keptAt=0,this.conflict=void 0,this.problem=void 0,this.dirtySince=0,this.keptEpoch=++this.epoch,this.onChange()}touched(){++this.epoch,!(this.conflict||this.version===0&&!this.draft.dirty)&&(this.dirtySince===0&&(this.dirtySince=Date.now(),clearTimeout(this.lateTimer),this.lateTimer=setTimeout(()=>this.onChange(),ge)),this.plan(Math.min(fe,Math.max(0,this.dirtySince+at-Date.now()))))}async flush(e=!1){if(clearTimeout(this.timer),!(!this.unkept||this.conflict)){if(this.flight&&!e)return this.flight;this.flight=this.put(e,this.flight?1:0),await this.flight}}async put(e,t){this.wasPut=!0;let{epoch:i,draft:o}=this,l=o.key,c=o.kept(),g=JSON.stringify(c),m={version:this.version+t,danger:o.danger,content:c},u=await E("PUT",`drafts/${l}`,m,{timeout_ms:dt,keepalive:e});l===o.key&&(this.flight=void 0,u.ok?this.took(u.value,i):await this.keptAfterAll(u.problem)?this.took({version:this.version},this.uncertainEpoch):this.refused(u.problem,g,i),this.onChange())}async keptAfterAll(e){if(e.code!=="stale_fence"||this.uncertain==="")return!1;let t=await k(`drafts/${this.draft.key}`);return!t.ok||JSON.stringify(t.value.content)!==this.uncertain?!1:(this.version=t.value.version,!0)}async insist(){let e=await k(`drafts/${this.draft.key}`);e.ok&&(this.version=e.value.version),this.conflict=void 0,this.dirtySince=this.dirtySince||Date.now(),await this.flush()}async adopt(){await this.load(this.draft.key)||(this.conflictText=_.lost),this.onChange()}async resume(e,t){if(t)return await this.load(e.key)?_.found(ot.format(new Date(e.changed??Date.now()))):_.lost;let i=await this.take(e.key);return i?y(i):_.takenOver(e.owner,this.draft.releaseKeys())}async load(e){let t=await k(`drafts/${e}`);return t.ok&&this.show(t.value)}async take(e){let t=await v(`drafts/${e}/take`,{});if(!t.ok)return t.problem;if(!this.show(t.value))return{code:"malformed",status:0,field:"",detail:_.lost}}async end(){!this.wasPut||this.conflict||(this.ending.add(this.draft.key),await this.flight,await this.endAll())}async endAll(){for(let e of this.ending){let t=await E("DELETE",`drafts/${e}`,{},{keepalive:!0});(t.ok||t.problem.status===404)&&this.ending.delete(e)}}async offer(){return await this.flush(),(await v(`drafts/${this.draft.key}/offer`,{offered:!0})).ok}show(e){return this.draft.restore(e.key,e.content)?(this.follow(e.version),this.keptAt=Date.now(),!0):!1}took(e,t){this.version=e.version,this.keptAt=Date.now(),this.keptEpoch=t,this.problem=void 0,this.uncertain="",this.epoch===this.keptEpoch?this.dirtySince=0:(this.dirtySince=Date.now(),this.plan(fe))}refused(e,t,i){F(e)&&([this.uncertain,this.uncertainEpoch]=[t,i]);let o={stale_fence:"elsewhere",held_by_other:"taken",bad_state:"ended"};this.problem=e,this.conflict=e.status===409?o[e.code]:void 0,this.conflictText=this.conflict==="elsewhere"?"":e.detail,this.conflict||this.plan(lt)}plan(e){clearTimeout(this.timer),this.timer=setTimeout(()=>{this.flush()},e)}};var N={"caller.name":"name","caller.phone":"phone",name:"name",phone:"phone",commune:"commune",insee:"commune",address:"address",note:"note",topic:"topic",urgency:"urgency",danger:"danger",bannette:"bannette",correction:"correction"},ve=new Set(["topic","urgency","danger","bannette","correction"]),be=({name:s,error:e})=>e?n`<span class="field-error" id="e-${s}">${e}</span>`:a;function ct(s){s.key==="Enter"&&!s.ctrlKey&&s.preventDefault()}function Y(s,e,t="text"){let{name:i,error:o}=s;return n`<div class="field">
    <label for="f-${i}">${s.label}</label>
    <input id="f-${i}" name="call-${i}" autocomplete="off" spellcheck="false" inputmode=${t} maxlength=${e}
      .value=${x(s.value)} aria-invalid=${o?"true":a} aria-describedby=${o?`e-${i}`:a}
      @input=${l=>s.typed(l.target.value)} @keydown=${ct} />
    ${be(s)}
  </div>`}function ye(s){let{error:e}=s;return n`<div class="field">
    <label for="f-note">${s.label}</label>
    <span class="hint" id="h-note">${r.noteHint}</span>
    <textarea id="f-note" name="call-note" rows="4" maxlength="10000" autocomplete="off" .value=${x(s.value)}
      aria-invalid=${e?"true":a} aria-describedby=${e?"h-note e-note":"h-note"}
      @input=${t=>s.typed(t.target.value)}></textarea>
    ${be(s)}
  </div>`}async function $e(){let s=await k("drafts");return s.ok?s.value.items:void 0}var ee=class extends P{onResume=()=>{};except="";items=[];error="";async open(){let e=this.querySelector("dialog");!e||e.open||(e.showModal(),await this.reload(),(this.querySelector("li button")??this.querySelector("button"))?.focus())}async reload(){let e=await k("drafts");this.error=e.ok?"":y(e.problem),this.items=e.ok?e.value.items.filter(t=>t.key!==this.except):[],this.redraw(),await this.updateComplete}render(){return n`<dialog class="dialog" aria-labelledby="drafts-title">
      <div class="dialog-head">
        <h2 id="drafts-title">${r.drafts.title}</h2>
        <button type="button" class="button plain" @click=${this.shut}>${r.keys.close} <kbd>Échap</kbd></button>
      </div>
      ${this.error?n`<p class="notice error">${this.error}</p>`:this.items.length===0?n`<p class="quiet">${r.drafts.none}</p>`:n`<ul class="drafts">${this.items.map(e=>this.line(e))}</ul>`}
    </dialog>`}line(e){let t=e.owner===p.user?.name,i=t?r.drafts.mine:`${r.drafts.of(e.owner)} (${e.offered?r.drafts.offered:r.drafts.silent})`;return n`<li>
      <span>${e.made?T(e.made):""} <strong>${i}</strong> ${S(e.danger)}
        <span class="quiet small">${r.drafts.since} ${e.changed?n`<bn-time at=${e.changed} mode="age"></bn-time>`:""}</span></span>
      <button type="button" class="button" @click=${()=>this.resume(e)}>${t?r.drafts.resume:r.drafts.take}</button>
    </li>`}resume(e){this.shut(),this.onResume(e)}shut(){this.querySelector("dialog")?.close()}};customElements.define("bn-drafts",ee);var w=r.find;function pt(s){return!/[a-z]/i.test(s)&&s.replace(/\D/g,"").length>6?{phone:s.replace(/[\s.\-/()]/g,"")}:{reference:s}}var te=class extends P{busy=!1;error="";items;asked=0;open(e){this.items=void 0,this.error="",this.redraw();let t=this.querySelector("dialog"),i=this.querySelector("input");!t||!i||(i.value=e,t.open||t.showModal(),i.focus(),i.select())}render(){return n`<dialog class="dialog" aria-labelledby="find-title" @close=${this.forget}>
      <div class="dialog-head">
        <h2 id="find-title">${w.title}</h2>
        <button type="button" class="button plain" @click=${this.shut}>${$.close} <kbd>Échap</kbd></button>
      </div>
      <form @submit=${this.submit} novalidate autocomplete="off">
        <div class="field">
          <label for="find-text">${w.label}</label>
          <span class="hint" id="find-hint">${w.hint}</span>
          <div class="line">
            <input id="find-text" maxlength="40" spellcheck="false" autocomplete="off" aria-describedby="find-hint${this.error?" find-error":""}"
              aria-invalid=${this.error?"true":a} />
            <button class="button primary" type="submit">${this.busy?w.busy:w.submit}</button>
          </div>
          <span role="alert">${this.error?n`<span class="field-error" id="find-error">${this.error}</span>`:a}</span>
        </div>
      </form>
      <p class="quiet" role="status">${this.summary()}</p>
      ${this.items&&this.items.length>0?this.table(this.items):a}
      <p class="hint">${w.privacy}</p>
    </dialog>`}summary(){return this.items?this.items.length===0?w.none:w.count(this.items.length):""}table(e){return n`<ul class="found">
      ${e.map(t=>n`<li class="found-item">
          <p class="found-head"><strong class="reference">${t.reference}</strong> ${O(t.state)}
            ${t.outcome?n`<strong>${p.outcome(t.outcome)}</strong>`:a}</p>
          <dl class="facts">
            <dt>${w.unit}</dt><dd>${t.unit_label||p.bannette(t.bannette)}</dd>
            <dt>${w.topic}</dt><dd>${p.topicOf(t)}</dd>
            <dt>${w.arrived}</dt><dd>${T(t.arrived)}</dd>
            <dt>${w.changed}</dt><dd>${T(t.changed)}</dd>
          </dl>
        </li>`)}
    </ul>`}shut(){this.querySelector("dialog")?.close()}forget(){++this.asked,this.items=void 0,this.error="",this.busy=!1,this.redraw()}async submit(e){e.preventDefault();let t=this.querySelector("input")?.value.trim()??"",i=++this.asked;if(this.items=void 0,this.error=t?"":w.missing,this.busy=t!=="",this.redraw(),!t)return;let o=await v("requests/find",pt(t));i===this.asked&&(this.busy=!1,o.ok?this.items=o.value.items:this.error=y(o.problem),this.redraw(),this.querySelector("input")?.select())}};customElements.define("bn-find",te);var V=s=>p.consignes.guides.find(e=>e.topic===s);function we(s){let{part:e}=s;(!document.activeElement?.closest(".questions")||e.askedAbout==="")&&(e.askedAbout=e.topic);let t=V(e.askedAbout);return!t||t.questions.length===0?a:n`<section class="step questions" aria-labelledby="questions-title">
    <h2 id="questions-title">${r.questions.title} <span class="of">${p.topic(t.topic)}</span></h2>
    <div class="question-grid">${t.questions.map(i=>ut(s,t,i))}</div>
  </section>`}function ut(s,e,t){let i=he(e,t.code),o=s.part.answers[i]?.text??"",l=`q-${t.code}`,c=t.hint?n`<span class="hint" id="h-${l}">${t.hint}</span>`:a,g=m=>s.part.answer(i,t.label,m);return t.choices.length===0?n`<div class="question">
      <label for=${l}>${t.text}</label> ${c}
      <input id=${l} maxlength="300" autocomplete="off" .value=${x(o)} aria-describedby=${t.hint?`h-${l}`:a}
        @input=${m=>g(m.target.value)} />
    </div>`:n`<fieldset class="question" aria-describedby=${t.hint?`h-${l}`:a}>
    <legend>${t.text}</legend> ${c}
    <div class="choices">
      ${t.choices.map((m,u)=>n`<label class="choice ${m===o?"is-on":""}">
          <input type="radio" id="${l}-${u}" name="${s.part.key}-${l}" .checked=${x(m===o)} @change=${()=>g(m)}
            @click=${()=>m===o&&g("")} />
          <span>${m}</span>
        </label>`)}
    </div>
  </fieldset>`}var ke=s=>s.flatMap(e=>p.consignes.numbers.find(t=>t.code===e)??[]),Te=s=>s.length===0?a:n`<section><h2>${r.guide.say}</h2><ul class="sayings">${s.map(e=>n`<li>${e}</li>`)}</ul></section>`;function se(s,e=!1){return n`<ul class="numbers">
    ${s.map(t=>n`<li>
        <a class="number" href="tel:${t.number.replace(/\s/g,"")}" aria-label=${r.guide.dial(t.name,t.number)}>${t.number}</a>
        <span><strong>${t.name}</strong>${t.when&&!e?n`<span class="quiet small">${t.when}</span>`:a}</span>
      </li>`)}
  </ul>`}function Pe(s){let e=V(s.part.topic);if(!e||e.say.length===0&&e.numbers.length===0)return a;let t=ke(e.numbers);return n`<div class="card guidance">${Te(e.say)}
    ${t.length>0?n`<section><h2>${r.guide.call}</h2>${se(t)}</section>`:a}
  </div>`}var z=class{constructor(e){this.changed=e}changed;open=!1;onCall=[];to="";toggle(e){this.open=!this.open,this.to="",this.open&&(e.part.raiseDanger(),this.ask()),this.changed()}choose(e){this.to=e,this.changed()}async ask(){let e=await k("on-call");this.onCall=e.ok?e.value.items:void 0,this.changed()}},ht=new Intl.DateTimeFormat("fr-FR",{hour:"2-digit",minute:"2-digit"});function xe(s,e,t){let{danger:i}=p.consignes,o=V(s.part.topic)?.numbers??[],l=ke([...new Set([...o,...i.numbers])]),{onCall:c}=e;return n`<section class="card danger-panel" aria-labelledby="danger-title">
    <div class="dialog-head">
      <h2 id="danger-title" tabindex="-1">${r.danger.title}</h2>
      <button type="button" class="button plain" @click=${t}>${r.danger.close} <kbd>F8</kbd></button>
    </div>
    <p class="notice error">${r.danger.raised}</p>
    ${se(l,!0)} ${Te(i.say)}
    <section><h2>${r.danger.onCall}</h2>
      ${c===void 0?n`<p class="notice warn">${r.danger.onCallLost}</p>`:c.length===0?n`<p class="quiet">${r.danger.nobodyOnCall}</p>`:se(c.map(({label:g,phone:m})=>({code:g,number:m,name:g,when:""})))}
    </section>
    <section><h2>${r.danger.handover}</h2>
      <ol class="steps">${i.handover.map(g=>n`<li>${g}</li>`)}</ol>
      ${mt(s,e,l)}
    </section>
  </section>`}function mt(s,e,t){let i=s.part,o=[...t.map(c=>`${c.number} (${c.name})`),...(e.onCall??[]).map(({label:c})=>c)];i.bannette&&o.push(r.danger.destination(p.bannette(i.bannette)));let l=()=>{e.to&&(i.handOver(e.to,ht.format(new Date(q()))),e.choose(""))};return n`${i.handovers.map(c=>n`<p class="notice ok">${r.handedOver(c)}</p>`)}
    <div class="line handed">
      <div class="field">
        <label for="handed-to">${r.danger.to}</label>
        <select id="handed-to" @change=${c=>e.choose(c.target.value)}>
          <option value="" .selected=${e.to===""}>${r.danger.toPick}</option>
          ${o.map(c=>n`<option value=${c} .selected=${c===e.to}>${c}</option>`)}
        </select>
      </div>
      <button type="button" class="button" aria-disabled=${e.to?a:"true"} @click=${l}>${r.danger.record}</button>
    </div>`}var ft=[["F8","danger","alarm"],["F7","topic",""],["F6","qualify",""],["F4","search",""],["F10","drafts",""],["F2","fresh",""],["F1","help","plain"]];function De(s,e){return n`<div class="tools" role="group" aria-label=${r.tools.label}>
    ${ft.map(([t,i,o])=>n`<button type="button" class="button ${o}" @click=${s[t]}>
        ${r.tools[i]} ${i==="drafts"&&e>0?n`<span class="count">${e}</span>`:a} <kbd>${t}</kbd>
      </button>`)}
  </div>`}function Ce(s){return s.parts.length<2?a:n`<div class="chips parts" role="group" aria-label=${r.parts.label}>
    ${s.parts.map((e,t)=>{let i=e.topic?p.topic(e.topic):"";return n`<button type="button" class="button chip" aria-pressed=${t===s.shown?"true":"false"} @click=${()=>s.show(t)}>
        ${r.parts.part(t+1,i)} ${e.sent?n`<span class="quiet">${r.parts.sent(e.sent.reference)}</span>`:a}
      </button>`})}
    ${s.part.sent?a:n`<button type="button" class="button plain" @click=${()=>s.dropPart(s.shown)}>${r.parts.drop}</button>`}
  </div>`}var B=(s=r.abandonText)=>pe({title:r.abandonTitle,text:s,yes:r.abandon,no:r.keep}),gt=new Intl.DateTimeFormat("fr-FR",{timeStyle:"medium"});function Re(s){let e=s.problem&&s.problem.detail?` (${s.problem.detail})`:"",t=s.late?r.kept.late+e:s.unkept?r.kept.soon:s.keptAt>0?r.kept.at(gt.format(s.keptAt)):r.kept.never;return n`<span class="kept small ${s.late?"late":"quiet"}">${t}</span>`}function Se(s,e){let t=(o,l)=>n`<button type="button" class="button" @click=${l}>${o}</button>`,i=(()=>{switch(s.conflict){case"elsewhere":return n`<strong>${r.kept.elsewhere}</strong> ${s.conflictText} <div class="actions">${t(r.kept.adopt,e.adopt)} ${t(r.kept.insist,e.insist)}</div>`;case"taken":return n`<strong>${r.kept.taken(s.conflictText)}</strong> <div class="actions">${t(r.tools.fresh,e.fresh)}</div>`;case"ended":return n`<strong>${r.kept.ended}</strong> <div class="actions">${t(r.tools.fresh,e.fresh)}</div>`;default:return a}})();return n`<div role="alert" class=${s.conflict?"notice warn":""}>${i}</div>`}function Oe(s,e,t){return s==="unknown"?n`<div class="notice warn" role="alert"><strong>${r.failure.unknown}</strong><p>${r.failure.unknownText}</p></div>`:e?n`<div class="notice error" role="alert"><strong>${r.failure.refused}</strong><p>${t?r.failure.refusedField:y(e)}</p></div>`:n`<div role="alert"></div>`}var vt=6;function ie(s,e){let t=s.filter(i=>i.part.outside==="");return[...t,...e.filter(i=>!t.some(o=>o.key===i.key))].slice(0,vt)}function qe(s){return s.length===0?a:n`<section class="recent" aria-labelledby="recent-title">
    <h2 id="recent-title">${r.receipt.recent}</h2>
    <ul>
      ${s.map(({part:e,topic:t})=>n`<li>
          <strong class="reference">${e.reference||r.receipt.pending}</strong> <span>${p.bannette(e.bannette)}</span>
          <span class="quiet">${p.topic(t)}</span> <bn-time class="quiet" at=${e.at} mode="age"></bn-time>
        </li>`)}
    </ul>
  </section>`}var Ae=s=>s.state==="presented"||s.state==="announced"||s.state==="queued",G=s=>/^\+33[1-9]\d{8}$/.test(s)?`0${s.slice(3)}`.replace(/\B(?=(\d\d)+$)/g," "):s,U=class{telephony=!1;post=null;call=null;lines=[];posts=[];contacts=[];contactsPartial=!1;problem;asked="";onChange=()=>{};onCall=()=>{};async begin(){let e=await k("calls/now");e.ok&&(this.telephony=e.value.telephony,Object.assign(this,{lines:e.value.lines,posts:e.value.posts}),this.take(e.value.post,e.value.call))}heard(e){e.type==="line"?(this.lines=e.lines,this.posts=e.posts,this.onChange()):e.type==="call"&&this.take(e.post,e.call)}async sit(e,t=!1){let i=await E("PUT","me/post",{post:e,take_over:t});this.problem=i.ok?void 0:i.problem,i.ok&&(this.post=i.value.post),this.onChange()}take(e,t){let i=this.call;this.post=e,this.call=t,e&&(this.telephony=!0),(t?.id??"")!==(i?.id??"")&&(this.contacts=[],t&&this.askContacts(t.id),this.onCall(t,i)),this.onChange()}async askContacts(e){this.asked=e;let t=await k(`calls/${e}/contacts`);!t.ok||this.asked!==e||(this.contacts=t.value.items,this.contactsPartial=t.value.partial,this.onChange())}};var D=r.telephone;function Fe(s,e,t){return s.telephony?n`<section class="phone ${s.call?"has-call":""}" aria-label=${D.label}>
    ${s.call?bt(s,s.call,e,t):n`<span class="quiet">${s.post?D.free(s.post.name):""}</span>`}
    ${$t(s)} ${kt(s)}
  </section>`:a}function bt(s,e,t,i){return n`<span class="caller"><strong>${e.number?G(e.number):D.withheld}</strong> ${e.name??""}
      <span class="quiet">${D.state(e.state)}${e.queue?` · ${e.queue}`:""}</span>
      ${e.wrap_up_until?n`<bn-time at=${e.wrap_up_until} mode="left"></bn-time>`:e.since?n`<bn-time at=${e.since} mode="age"></bn-time>`:a}
      ${t===e.id?a:n`<button type="button" class="button primary" @click=${i}>${D.open} <kbd>F2</kbd></button>`}
    </span>
    ${s.contacts.length===0?a:n`<ul class="contacts" aria-label=${D.contacts}>${s.contacts.slice(0,4).map(yt)}</ul>`}
    ${s.contactsPartial?n`<span class="quiet small">${r.repeat.partial}</span>`:a}`}var yt=s=>n`<li>
  <strong class="reference">${s.reference}</strong> ${s.state?O(s.state):a} ${S(s.danger)}
  <span class="quiet">${s.topic?p.topic(s.topic):r.repeat.restricted}</span>
</li>`;function $t(s){let{problem:e}=s;return n`<span class="post">
    <label for="phone-post">${D.post}</label>
    <select id="phone-post" @change=${t=>{s.sit(t.target.value)}}>
      <option value="" .selected=${s.post===null}>${D.noPost}</option>
      ${s.posts.map(t=>n`<option value=${t.code} .selected=${t.code===s.post?.code}>${t.name}${t.person&&t.person!==p.user?.name?` (${t.person})`:""}</option>`)}
    </select>
    ${e?n`<span class="field-error" role="alert">${y(e)}</span>`:a}
    ${e?.code==="held_by_other"?n`<button type="button" class="button" @click=${wt(s)}>${D.takeOver}</button>`:a}
  </span>`}var wt=s=>e=>{let t=e.target.parentElement?.querySelector("select")?.value??"";s.sit(t,!0)};function kt(s){let e=s.lines.reduce((i,o)=>i+o.waiting,0);if(e===0)return a;let t=s.lines.flatMap(i=>i.oldest??[]).sort()[0];return n`<span class="quiet">${D.waiting(e)} ${t?n`<bn-time at=${t} mode="age"></bn-time>`:a}</span>`}var Tt=60,ne=class extends P{own;proposals=[];active=-1;open=!1;timer;flight;set model(e){this.own=e,this.redraw()}connectedCallback(){super.connectedCallback(),this.until(()=>this.shut())}render(){let e=this.own;if(!e)return a;let{id:t}=e,i=[e.hint?`h-${t}`:"",e.error?`e-${t}`:""].filter(Boolean).join(" ");return n`<div class="field combo">
      <label for="f-${t}">${e.label}</label>
      ${e.hint?n`<span class="hint" id="h-${t}">${e.hint}</span>`:a}
      <input id="f-${t}" name="call-${t}" role="combobox" autocomplete="off" spellcheck="false" maxlength=${e.most}
        aria-autocomplete="list" aria-controls="l-${t}" aria-expanded=${this.open?"true":"false"}
        aria-activedescendant=${this.open&&this.active>=0?`o-${t}-${this.active}`:a}
        aria-invalid=${e.error?"true":a} aria-describedby=${i||a}
        .value=${x(e.value)} @input=${this.input} @keydown=${this.key} @blur=${this.shut} />
      <ul class="proposals" id="l-${t}" role="listbox" aria-label=${r.suggestions(e.label)} ?hidden=${!this.open}>
        ${this.proposals.map((o,l)=>this.option(t,o,l))}
      </ul>
      ${e.error?n`<span class="field-error" id="e-${t}">${e.error}</span>`:a}
    </div>`}option(e,t,i){return n`<li id="o-${e}-${i}" role="option" aria-selected=${i===this.active?"true":"false"}
      @mousedown=${o=>o.preventDefault()} @click=${()=>this.choose(i)}>
      ${t.text} ${t.detail?n`<span class="quiet">${t.detail}</span>`:a}
    </li>`}input(e){let t=e.target.value;if(this.own?.typed(t),clearTimeout(this.timer),t.trim().length<2)return this.shut();this.timer=setTimeout(()=>{this.ask(t)},Tt)}async ask(e){this.flight?.abort();let t=this.flight=new AbortController,i=await this.own?.ask(e,t.signal)??[];t!==this.flight||t.signal.aborted||(this.proposals=i,this.active=-1,this.open=i.length>0&&!(i.length===1&&i[0]?.text===e),this.redraw())}shut(){clearTimeout(this.timer),this.flight?.abort(),this.flight=void 0,this.open&&(this.open=!1,this.active=-1,this.redraw())}choose(e){let t=this.proposals[e];t&&(this.shut(),this.own?.chosen(t))}key(e){if(e.ctrlKey||e.altKey||e.metaKey)return;let t=this.proposals.length;switch(e.key){case"ArrowDown":case"ArrowUp":{if(this.open){let i=e.key==="ArrowDown"?1:-1;this.active=(this.active+1+i+t+1)%(t+1)-1,this.redraw(),this.updateComplete.then(()=>this.querySelector('[aria-selected="true"]')?.scrollIntoView({block:"nearest"}))}else{let i=e.target.value;i.trim().length>=2&&this.ask(i)}break}case"Enter":this.open&&this.active>=0?this.choose(this.active):this.shut();break;case"Tab":this.open&&this.active>=0&&this.choose(this.active);return;case"Escape":if(!this.open)return;this.shut(),e.stopPropagation();break;default:return}e.preventDefault()}};customElements.define("bn-combo",ne);var Pt=8;async function Ee(s,e,t){let i=await v(`suggest/${s}`,{...e,limit:Pt},{signal:t});return i.ok?i.value.items:[]}async function xt(s,e){return(await Ee("communes",{q:s},e)).map(i=>({text:i.commune_name,detail:[i.postal_codes.slice(0,3).join(", "),p.unit(i.unit)].filter(Boolean).join(" · "),item:i}))}var Dt=/^\s*(\d+\s*(?:bis|ter|quater|[a-d])?\b[\s,]*)?(.*)$/i;async function Ct(s,e,t){let[,i="",o=""]=Dt.exec(e)??[],l=s.insee||(s.fields.commune.trim()?s.part.proposal?.insee??"":"");return o.trim().length<2?[]:(await Ee("streets",{q:o,...l?{insee:l}:{}},t)).map(g=>({text:i.trim()?`${i.trim()} ${g.street}`:g.street,detail:l?p.unit(g.unit):g.commune_name,item:g}))}function je(s,e){let t={id:"commune",label:r.commune,hint:r.communeHint,value:s.fields.commune,most:100,error:e("commune"),ask:xt,typed:o=>s.type("commune",o),chosen:({item:o})=>s.pick(o.insee,o.commune_name)},i={id:"address",label:r.address,hint:r.addressHint,value:s.fields.address,most:200,error:e("address"),ask:(o,l)=>Ct(s,o,l),typed:o=>s.type("address",o),chosen:({text:o,item:l})=>{s.type("address",o),s.fields.commune.trim()||s.pick(l.insee,l.commune_name)}};return n`<div class="pair"><bn-combo .model=${t}></bn-combo> <bn-combo .model=${i}></bn-combo></div>`}var C=r.qualify,Le="autre";function _e({outcome:s,redirected_to:e}){let t=Ne().find(o=>o.code===s)?.label??s,i=p.consignes.referrals.find(o=>o.code===e)?.name??e;return i?`${t} : ${i}`:t}function Ne(){let s=p.consignes.no_dossier;return s.length>0?s:Object.entries(C.outcomes).map(([e,t])=>({code:e,label:t}))}var re=class extends P{settle=async()=>"";outcome="";where="";error="";busy=!1;open(){let e=this.querySelector("dialog");!e||e.open||(this.outcome=this.where=this.error="",this.busy=!1,this.redraw(),e.showModal(),this.updateComplete.then(()=>this.querySelector("input")?.focus()))}render(){return n`<dialog class="dialog small" aria-labelledby="qualify-title">
      <form @submit=${this.submit} novalidate>
        <h2 id="qualify-title">${C.title}</h2>
        <fieldset class="outcomes">
          <legend>${C.how}</legend>
          ${Ne().map(({code:e,label:t},i)=>n`<label class="choice-line">
              <input type="radio" name="outcome" id="outcome-${i}" value=${e} .checked=${e===this.outcome} @change=${()=>this.choose(e)} /> ${t}
            </label>`)}
        </fieldset>
        ${this.outcome==="redirected"?this.referral():a}
        <span role="alert">${this.error?n`<span class="field-error">${this.error}</span>`:a}</span>
        <div class="actions">
          <button class="button primary" type="submit" aria-disabled=${this.busy?"true":a}>${C.submit} <kbd>Entrée</kbd></button>
          <button class="button" type="button" @click=${this.shut}>${C.cancel} <kbd>Échap</kbd></button>
        </div>
      </form>
    </dialog>`}referral(){let e=p.consignes.referrals.find(t=>t.code===this.where);return n`<div class="field">
        <label for="referral">${C.where}</label>
        <select id="referral" @change=${t=>this.choose(this.outcome,t.target.value)}>
          <option value="">${C.wherePick}</option>
          ${p.consignes.referrals.map(t=>n`<option value=${t.code} .selected=${t.code===this.where}>${t.name}</option>`)}
        </select>
        ${e&&(e.phone||e.hint)?n`<p class="referral">${e.phone?n`<strong>${e.phone}</strong>`:a} ${e.hint}</p>`:a}
      </div>
      ${this.where===Le||p.consignes.referrals.length===0?n`<div class="field"><label for="referral-text">${C.whereOther}</label><input id="referral-text" maxlength="100" autocomplete="off" /></div>`:a}`}choose(e,t=""){this.outcome=e,this.where=t,this.error="",this.redraw()}target(){let e=p.consignes.referrals.find(i=>i.code===this.where),t=this.querySelector("#referral-text")?.value.trim()??"";return!e||e.code===Le?t:e.code}async submit(e){if(e.preventDefault(),this.busy)return;let t=this.outcome==="redirected"?this.target():"";this.error=this.outcome===""?C.missing:this.outcome==="redirected"&&t===""?C.whereMissing:"",this.redraw(),!this.error&&(this.busy=!0,this.error=await this.settle({outcome:this.outcome,redirected_to:t}),this.busy=!1,this.error?this.redraw():this.shut())}shut(){this.querySelector("dialog")?.close()}};customElements.define("bn-qualify",re);function He(s){return[...s.toUpperCase()].filter(e=>/[0-9A-Z]/.test(e)).map(e=>/[0-9]/.test(e)?e:r.like(e)).join(", ")}var b=r.receipt;function Me(s,e,t){let i=s.filter(c=>c.part.reference!=="").length,o=s.some(c=>c.part.reference===""&&c.part.outside===""),l=o?b.recorded:i>0?b.title(i):e?r.qualify.done:b.noDossier;return n`<section class="card receipt ${o?"recorded":i>0?"durable":"outside"}">
    <h2>${l} ${i>0&&!o?n`<span class="seal">${b.durable}</span>`:a}</h2>
    ${e?n`<p>${e}</p>`:a}
    <div class="receipts">${s.map(c=>Rt(c,t))}</div>
    <div class="actions"><button type="button" class="button primary" @click=${t.fresh}>${b.fresh} <kbd>F2</kbd></button></div>
  </section>`}function Rt(s,e){let{part:t}=s;return t.outside?n`<p>${t.outside}</p>`:t.reference===""?n`<div class="one-receipt">
      <p>${b.recordedText}</p>
      <dl class="facts"><dt>${b.goesTo}</dt><dd>${p.bannette(t.bannette)}</dd></dl>
      ${s.note?n`<p class="quiet">${s.note}</p>`:a}
      <button type="button" class="button" @click=${()=>e.check(s)}>${b.check}</button>
    </div>`:n`<div class="one-receipt">
    <p class="big-reference"><span class="quiet">${b.reference}</span> <strong>${t.reference}</strong> <span class="quiet">${b.tell}</span></p>
    <p class="spoken"><span class="quiet">${b.spell} :</span> ${He(t.reference)}</p>
    <dl class="facts">
      <dt>${r.routing.topic}</dt>
      <dd>${p.topic(s.topic)}</dd>
      <dt>${b.goesTo}</dt>
      <dd>${p.bannette(t.bannette)}</dd>
      <dt>${b.arrived}</dt>
      <dd>${T(t.at)}</dd>
      <dt>${b.deadline}</dt>
      <dd>${t.deadline?T(t.deadline):b.noDeadline}</dd>
    </dl>
  </div>`}var Ke=3;function Ve(s){return n`<li>
    <p class="found-head"><strong class="reference">${s.reference??r.repeat.pending}</strong> ${s.state?O(s.state):a}
      ${s.arrived?n`<span class="quiet small">${r.repeat.at} ${T(s.arrived)}</span>`:a}</p>
    <p>${s.topic?p.topic(s.topic):r.repeat.restricted} <span class="quiet">${s.unit_label||p.bannette(s.bannette)}</span></p>
    <p class="quiet small">${s.because.map(e=>e.text).join(" · ")}</p>
  </li>`}function ze(s){if(s.items.length===0)return a;let e=s.items.slice(Ke);return n`<section class="card repeat" aria-labelledby="repeat-title">
    <h2 id="repeat-title">${r.repeat.title}</h2>
    <ul>${s.items.slice(0,Ke).map(Ve)}</ul>
    ${e.length===0?a:n`<details><summary>${r.repeat.more(e.length)}</summary><ul>${e.map(Ve)}</ul></details>`}
    ${s.partial?n`<p class="quiet small">${r.repeat.partial}</p>`:a}
  </section>`}var h=r.routing,Be=3;function Ie(s,e){let{part:t}=s,i=e.correcting||t.corrected;return n`<section class="card step routing ${t.danger?"in-danger":""}" aria-labelledby="routing-title" aria-busy=${t.proposing?"true":"false"}>
    <div class="routing-head">
      <h2 id="routing-title">${h.title}</h2>
      <button type="button" class="button plain" aria-expanded=${i?"true":"false"} aria-controls="corrections" ?disabled=${e.frozen} @click=${e.toggle}>
        ${i&&!t.corrected?h.uncorrect:h.correct} <kbd>F9</kbd>
      </button>
      <span class="quiet small pulse ${t.proposing?"on":""}">${t.proposing?h.wait:""}</span>
    </div>
    <div>
    ${t.proposalLost?n`<p class="notice warn">${h.lost}</p>`:a}
    ${t.proposal?Ot(s,t,t.proposal):n`<p class="quiet">${h.empty}</p>`}
    <div id="corrections" ?hidden=${!i}>${i?St(t,e):a}</div>
    </div>
  </section>`}function St(s,e){let{errorAt:t}=e;return n`<fieldset class="corrections" ?disabled=${e.frozen}>
    <legend class="visually-hidden">${h.correct}</legend>
    ${Et(s,t)} ${jt(s,t)} ${Lt(s,t)} ${_t(s,t)} ${Nt(s,t)}
    <button type="button" class="button" aria-disabled=${s.corrected?a:"true"} @click=${()=>s.followProposal()}>${h.reset}</button>
  </fieldset>`}function Ot(s,e,t){if(!e.told)return n`<p class="quiet">${h.empty}</p><dl class="facts"><dt>${h.territory}</dt><dd>${Ue(s,t)}</dd></dl>`;let[i,o]=[t.because.slice(0,Be),t.because.slice(Be)];return n`${e.outside?n`<p class="notice"><strong>${h.outside}</strong> ${h.outsideText}</p>`:qt(s,e,t)}
    <p class="marks">${J(e.urgency)} ${I(e.corrections.urgency)} ${S(e.danger)} ${Ft(e)}</p>
    <dl class="facts">
      <dt>${h.topic}</dt>
      <dd>${p.topic(e.topic)} ${I(e.corrections.topic)}</dd>
      <dt>${h.territory}</dt>
      <dd>${Ue(s,t)}</dd>
      <dt>${h.why}</dt>
      <dd>${i.length===0?$.agent.whyNone:n`<ul class="reasons">${i.map(l=>n`<li>${l.text}</li>`)}</ul>`}
        ${o.length===0?a:n`<details><summary>${h.moreWhy(o.length)}</summary><ul class="reasons">${o.map(l=>n`<li>${l.text}</li>`)}</ul></details>`}</dd>
    </dl>`}function We(s){let{part:e}=s;if(!e.proposal||!e.told)return a;let t=e.outside?h.outside:e.destinationOpen?h.recomputed:p.bannette(e.bannette);return n`<span class="goes-to" aria-hidden="true"><strong>${t}</strong> <span>${J(e.urgency)} ${S(e.danger)} <span class="quiet">${p.topic(e.topic)}</span></span></span>`}function qt(s,e,t){let i=e.destinationOpen?h.recomputed:p.bannette(e.bannette);return n`<p class="destination">
    <span class="visually-hidden">${h.destination}</span>
    <strong>${i}</strong> ${I(e.corrections.bannette)} ${At(s,e,t)}
  </p>`}function At(s,e,t){let i=t.candidates.length>0,o=i?s.insee!=="":e.corrected||s.insee!=="";return!t.uncertain||o?a:n`<span class="badge doubt">${i?h.uncertain:h.verify}</span>`}function Ue(s,e){let t=e.candidates.find(l=>l.insee===s.insee),i=p.unit(t?.unit||e.unit),o=t?.name||e.commune_name;return[i,o].filter(l=>l!=="").join(" · ")||h.territoryNone}var I=s=>s===""?a:n`<span class="badge edited">${h.corrected}</span>`;function Ft(s){return s.corrections.danger===""?a:n`${s.danger?a:n`<span>${h.noDanger}</span>`} ${I(s.corrections.danger)}`}function Qe(s){let e=s.part.proposal;return!e||e.candidates.length===0||!e.uncertain&&!s.insee?a:n`<div class="candidates" role="group" aria-labelledby="pick-title">
    <p id="pick-title">${h.pick}</p>
    ${e.candidates.map(t=>n`<button type="button" class="button chip" aria-pressed=${t.insee===s.insee?"true":"false"}
          @click=${()=>s.pick(t.insee,t.name)}>
          ${t.name} <span class="quiet">${p.unit(t.unit)}</span>
        </button>`)}
  </div>`}var Ge=s=>e=>n`<option value=${e.value} .selected=${x(e.value===s)}>${e.label}</option>`,Je=(s,e)=>s.choices.length===0?a:n`<optgroup label=${s.label}>${s.choices.map(e)}</optgroup>`;function H(s,e,t){let{name:i}=s,o=t(i);return n`<div class="field">
    <label for="f-${i}">${s.label}</label>
    <select id="f-${i}" aria-invalid=${o?"true":a} aria-describedby=${o?`e-${i}`:a}
      @change=${l=>s.change(l.target.value)}>
      ${Ge(s.current)({value:"",label:s.first})} ${e(Ge(s.current))}
    </select>
    ${o?n`<span class="field-error" id="e-${i}">${o}</span>`:a}
  </div>`}var W=(s,e,t,i)=>({name:e,label:t,first:h.proposed(i),current:s.corrections[e],change:o=>s.correct(e,o)});function Et(s,e){let{topics:t}=p.catalogue,i=m=>({value:m.code,label:m.label}),o=(s.proposal?.topics??[]).slice(0,3).flatMap(m=>t.filter(u=>u.code===m.code)),c=[...new Set(t.map(m=>m.family))].map(m=>({label:m.charAt(0).toUpperCase()+m.slice(1),choices:t.filter(u=>u.family===m&&!o.includes(u)).map(i)})),g=[{label:h.likely,choices:o.map(i)},...c];return H(W(s,"topic",h.topic,p.topic(s.proposal?.topic??"")),m=>g.map(u=>Je(u,m)),e)}function jt(s,e){let t=i=>Object.entries($.urgencies).map(([o,l])=>i({value:o,label:l}));return H(W(s,"urgency",h.urgency,$.urgency(s.proposal?.urgency??"")||$.none),t,e)}function Lt(s,e){let t=i=>[i({value:"yes",label:$.yes}),i({value:"no",label:$.no})];return H(W(s,"danger",h.danger,s.proposal?s.proposal.danger?$.yes:$.no:$.none),t,e)}function _t(s,e){let{bannettes:t}=p.catalogue,i=s.proposal?.unit?`${s.proposal.unit}/`:"/",o=u=>u.startsWith(i)?0:1,l=u=>t.filter(R=>u(R.name)).map(R=>({value:R.name,label:R.label})),c=l(u=>u.includes("/")).sort((u,R)=>o(u.value)-o(R.value)),g=[{label:h.units,choices:c},{label:h.services,choices:l(u=>u.startsWith("service:"))},{label:h.otherTrays,choices:l(u=>!u.includes("/")&&!u.startsWith("service:"))}],m=s.proposal?.bannette?p.bannette(s.proposal.bannette):$.none;return H(W(s,"bannette",h.destination,m),u=>g.map(R=>Je(R,u)),e)}function Nt(s,e){let{corrections:t}=p.consignes;if(!s.needsReason||t.length===0)return a;let i={name:"correction",label:h.reason,first:h.reasonPick,current:s.reason,change:o=>s.explain(o)};return H(i,o=>t.map(({code:l,label:c})=>o({value:l,label:c})),e)}var Ht=500,Mt=25,Q=class{constructor(e){this.draft=e}draft;items=[];partial=!1;onChange=()=>{};asked="";flight=0;timer;typed(){let e=this.question(),t=e?JSON.stringify(e):"";if(t!==this.asked){if(this.asked=t,clearTimeout(this.timer),++this.flight,t===""){this.items=[];return}this.timer=setTimeout(()=>{this.ask(e)},Ht)}}question(){let{phone:e,commune:t,address:i}=this.draft.fields,o=e.replace(/\D/g,""),l=this.draft.part.note.trim();return o.length>=9||l.length>=Mt&&(t.trim()!==""||this.draft.insee!=="")?{note:l,commune:t,address:i,phone:o.length>=9?e:"",...this.draft.insee?{insee:this.draft.insee}:{}}:void 0}async ask(e){let t=++this.flight,i=await v("similar",e);t!==this.flight||!i.ok||(this.items=i.value.items,this.partial=i.value.partial,this.onChange())}};var Kt=8e3,Ze=(s,e)=>v("requests",s,{key:e,timeout_ms:Kt}),Ye=s=>s.durable?{reference:s.reference,bannette:s.bannette,at:s.arrived,deadline:s.deadline,outside:""}:{reference:"",bannette:s.bannette,at:s.since,deadline:null,outside:""};function Xe(s,e,t){e.unknown=!1,e.sent=t,s.changed()}var oe=s=>s.parts.filter(e=>!e.sent&&(!e.empty||s.parts.length===1));async function et(s,e){for(let t of oe(s)){let i=t.call(),o=t.unknown;t.unknown=!0,s.onTyped(),e();let l=await Ze(i,t.key);if(l.ok)Xe(s,t,Ye(l.value));else if(l.problem.code==="no_dossier")Xe(s,t,{reference:"",bannette:"",at:"",deadline:null,outside:l.problem.detail||r.receipt.noDossierText});else{let{problem:c}=l;return t.unknown=o?c.status===401||F(c):F(c),c.code==="key_expired"&&s.rekey(t),s.onTyped(),{part:t,problem:c}}}}var tt=s=>s.parts.flatMap(e=>{if(!e.sent)return[];let t=e.sent.reference===""&&e.sent.outside==="";return[{key:e.key,call:t?e.call():void 0,topic:e.topic,part:e.sent,note:""}]});async function st(s){let e=await Ze(s.call,s.key);return e.ok?e.value.durable?{sent:{...s,call:void 0,part:Ye(e.value)}}:{problem:void 0}:{problem:e.problem}}var Vt=3e4,zt=15*6e4,f=new K(d),ae=class extends P{phase="typing";problem;sent=[];qualified="";recent=[];correcting=!1;danger=new z(()=>this.redraw());drafts=[];notice="";repeat=new Q(d);phone=new U;connectedCallback(){super.connectedCallback(),d.unknown&&(this.phase="unknown"),d.onChange=()=>{this.repeat.typed(),this.redraw()},f.onChange=this.repeat.onChange=this.phone.onChange=()=>this.redraw(),this.phone.onCall=(t,i)=>{this.rang(t,i)},this.until(()=>d.onChange=f.onChange=()=>{}),this.listenTo(document,"keydown",t=>this.key(t)),this.listenTo(this,"focusin",()=>this.redraw()),this.listenTo(window,"pagehide",()=>{f.flush(!0)}),this.listenTo(document,"visibilitychange",()=>{document.visibilityState==="hidden"&&f.flush(!0)}),this.until(le.listen(t=>this.heard(t))),A.holds=()=>d.dirty,A.unkept=()=>f.unkept||d.unknown,A.mayLeave=async()=>await this.settleDown()||B(r.abandonUnkept),A.forget=()=>this.begin(),this.focusOn("#f-name"),this.lookForDrafts(!0).then(()=>this.phone.begin());let e=setInterval(()=>document.visibilityState==="visible"&&void this.lookForDrafts(!1),Vt);this.until(()=>clearInterval(e))}willUpdate(e){p.warn(f.late?r.kept.banner:"")}render(){return n`<div class="operator">
      <div class="screen-head"><h1>${r.title}</h1>${De(this.tools(),this.drafts.length)}</div>
      ${Fe(this.phone,d.call,()=>{this.fresh()})}
      <div class="receipt-place" role="status">
        ${this.phase==="done"?Me(this.sent,this.qualified,{fresh:()=>{this.fresh()},check:e=>{this.check(e)}}):a}
      </div>
      <p class="visually-hidden" role="status">${d.danger&&this.phase!=="done"?r.dangerOn:""}</p>
      ${this.notice?n`<p class="notice">${this.notice}</p>`:a}
      ${Se(f,{adopt:()=>{f.adopt()},insist:()=>{f.insist()},fresh:()=>this.begin()})}
      <div class="call-columns">
        ${this.phase==="done"?a:this.form()}
        <div class="beside">${this.phase==="done"?a:this.beside()} ${qe(this.recent)}</div>
      </div>
      <bn-find></bn-find> <bn-drafts></bn-drafts> <bn-qualify></bn-qualify>
    </div>`}beside(){let e=this.danger.open?xe(d,this.danger,()=>this.toggleDanger()):n`<aside aria-label=${r.guide.label}>${Pe(d)}</aside>`;return n`${e} ${ze(this.repeat)}`}form(){let e=this.phase!=="typing"||f.conflict==="taken"||f.conflict==="ended";return n`<form class="call" @submit=${t=>(t.preventDefault(),void this.send())} novalidate autocomplete="off">
      <fieldset class="call-text" ?disabled=${e}>
        <legend class="visually-hidden">${r.title}</legend>
        <section class="step" aria-labelledby="who-title">
          <h2 id="who-title">${r.who} ${this.repeat.items.length>0?n`<span class="badge doubt">${r.repeat.badge(this.repeat.items.length)}</span>`:a}</h2>
          <div class="pair">${Y(this.field("name",r.name),120)} ${Y(this.field("phone",r.phone),40,"tel")}</div>
        </section>
        <section class="step" aria-labelledby="where-title">
          <h2 id="where-title">${r.where}</h2>
          <div>${je(d,t=>this.errorAt(t))} ${Qe(d)}</div>
        </section>
        <section class="step" aria-labelledby="what-title">
          <h2 id="what-title">${r.what}</h2>
          <div>${Ce(d)} ${d.part.sent?a:ye(this.field("note",r.note))}</div>
        </section>
        ${d.part.sent?a:we(d)}
      </fieldset>
      ${d.part.sent?a:Ie(d,{frozen:e,correcting:this.correcting,toggle:()=>this.correct(),errorAt:t=>this.errorAt(t)})}
      <div class="send">
        ${Oe(this.phase,this.problem,this.problem!==void 0&&N[this.problem.field]!==void 0)}
        <div class="send-line">
          <button class="button primary big" type="submit" aria-disabled=${this.phase==="sending"?"true":a}>${this.sendLabel()} <kbd>Ctrl+Entrée</kbd></button>
          ${We(d)}
          <span class="send-rest">
            ${Re(f)}
            <button class="button plain" type="button" @click=${()=>{f.offer().then(t=>this.say(t?r.send.offered:r.send.offerFailed))}}>${r.send.offer}</button>
            <button class="button plain" type="button" @click=${this.abandon}>${r.send.abandon}</button>
          </span>
        </div>
      </div>
    </form>`}sendLabel(){if(this.phase==="sending")return r.send.sending;if(this.phase==="unknown")return r.send.retrySame;let e=d.parts.filter(t=>!t.sent&&!t.empty).length;return e>1?r.send.sendAll(e):d.part.outside?r.send.sendOutside:r.send.send}field(e,t){let i=e==="note"?d.part.note:d.fields[e];return{name:e,label:t,value:i,error:this.errorAt(e),typed:o=>this.typed(e,o)}}typed(e,t){this.problem&&N[this.problem.field]===e&&(this.problem=void 0),this.notice="",d.type(e,t)}errorAt(e){return!this.problem||N[this.problem.field]!==e||e==="correction"&&d.part.reason?"":y(this.problem)}tools(){return{F2:()=>{this.fresh()},F4:()=>this.querySelector("bn-find")?.open(d.fields.phone.trim()),F6:()=>this.qualify(),F7:()=>this.addTopic(),F8:()=>this.toggleDanger(),F10:()=>{this.showDrafts()},F1:()=>ce(r.keys)}}key(e){let t=de(e);if(document.querySelector("dialog[open]")&&t!=="F1")return;let o={...this.tools(),F9:()=>this.correct(),"Shift+F7":()=>d.show((d.shown+1)%d.parts.length),"Ctrl+Enter":()=>{this.send()}}[t];o?(e.preventDefault(),o()):t==="Escape"&&this.danger.open&&this.toggleDanger()}begin(e="",t=""){d.renew(e,t),f.follow(0),this.phase="typing",this.problem=void 0,this.sent=[],this.qualified=this.notice="",this.correcting=!1,this.danger.open=!1,this.redraw()}async settleDown(){return this.phase==="sending"?!1:this.phase==="done"||!d.dirty?!0:(await f.flush(),f.problem||await f.flush(),!f.unkept)}async fresh(){if(this.phase==="sending"||!await this.settleDown()&&!await B(r.abandonUnkept))return;d.dirty||f.end();let{call:e}=this.phone;e&&e.id!==d.call?await this.open(e):this.begin(),this.focusOn("#f-name"),this.lookForDrafts(!1)}async open(e){this.begin(e.id,G(e.number??"")),this.drafts.some(t=>t.key===e.id)&&(this.notice=await f.resume({key:e.id},!0))}async rang(e,t){this.phase!=="typing"||d.parts.some(o=>!o.empty)||d.fields.name!==""||d.fields.commune!==""||(e?await this.open(e):t&&t.id===d.call&&Ae(t)&&(this.begin(),this.notice=r.telephone.takenBack),this.redraw())}async abandon(){this.phase==="sending"||d.dirty&&!await B()||(f.end(),this.begin(),this.focusOn("#f-name"))}say(e){this.notice=e,this.redraw()}correct(){this.phase!=="typing"||d.part.sent||(this.correcting=!this.correcting||d.part.corrected,this.redraw(),this.correcting&&this.focusOn("#f-topic"))}addTopic(){if(this.phase!=="typing")return;let e=d.parts.findIndex(t=>!t.sent&&t.empty);e>=0?d.show(e):d.addPart(),this.focusOn("#f-note")}toggleDanger(){this.phase!=="done"&&(this.danger.toggle(d),this.focusOn(this.danger.open?"#danger-title":"#f-note"))}heard(e){if(e.type==="hello"){for(let t of d.parts)t.proposalLost&&t.ask();f.flush(),f.endAll()}e.type==="resync"&&p.refresh(),e.type==="draft"&&this.lookForDrafts(!1),this.phone.heard(e)}async lookForDrafts(e){let t=await $e()??[];this.drafts=t.filter(o=>o.key!==d.key);let i=t.find(o=>o.owner===p.user?.name&&o.changed!==null&&q()-Date.parse(o.changed)<zt);e&&i&&!d.dirty&&this.phase==="typing"&&await this.resume(i),this.redraw()}async showDrafts(){let e=this.querySelector("bn-drafts");!e||!await this.settleDown()||(e.except=d.key,e.onResume=t=>{this.resume(t)},e.open())}async resume(e){if(this.begin(),this.notice=await f.resume(e,e.owner===p.user?.name),!d.dirty&&d.call==="")return this.fresh();this.phase=d.unknown?"unknown":"typing",this.redraw(),this.focusOn("#f-note"),this.lookForDrafts(!1)}async send(){if(this.phase==="sending"||this.phase==="done"||f.conflict==="taken"||f.conflict==="ended"||this.phase==="typing"&&!this.allExplained(oe(d)))return;this.phase="sending",this.problem=void 0,this.redraw();let e=await et(d,()=>{f.flush()});e?this.fail(e.part,e.problem):this.close()}allExplained(e){let t=e.find(i=>i.needsReason&&i.reason===""&&p.consignes.corrections.length>0);return t?(d.show(d.parts.indexOf(t)),this.problem={code:"missing",status:400,field:"correction",detail:r.routing.reasonMissing},this.redraw(),this.focusOn("#f-correction"),!1):!0}fail(e,t){this.phase=e.unknown?"unknown":"typing",this.problem=e.unknown?void 0:t,d.show(d.parts.indexOf(e));let i=N[t.field];i&&ve.has(i)&&(this.correcting=!0),this.redraw(),i?this.focusOn(`#f-${i}`):t.status!==401&&this.focusOn(".send button")}close(){let e=tt(d);this.recent=ie(e,this.recent),f.end(),this.begin(),this.sent=e,this.phase="done",this.redraw(),this.focusOn(".receipt-place .primary")}async check(e){let t=await st(e);if(!this.sent.includes(e))return;let i=new Date(q()).toLocaleTimeString("fr-FR"),o="sent"in t?t.sent:{...e,note:t.problem?y(t.problem):`${r.receipt.stillRecorded} (${i})`};this.sent=this.sent.map(l=>l===e?o:l),this.recent=ie([o],this.recent),this.redraw(),this.focusOn(".receipt-place .primary")}qualify(){let e=this.querySelector("bn-qualify");!e||this.phase!=="typing"||(e.settle=t=>this.settle(t),e.open())}async settle({outcome:e,redirected_to:t}){let i=await v(d.call?`calls/${d.call}/qualify`:"calls",{outcome:e,redirected_to:t},{key:d.parts[0]?.key??d.key});if(!i.ok)return y(i.problem);let o=_e({outcome:e,redirected_to:t});return f.end(),this.begin(),this.qualified=o,this.phase="done",this.redraw(),this.focusOn(".receipt-place .primary"),""}};customElements.define("bn-operator",ae);
