import{a as M}from"./shared-3.js";import{b as Ee}from"./shared-9.js";import{a as R,b as a,c as $,d as O,e as Re,f as A,g as Se,i as Q,j as Ie,k as V,l as Me,m as Oe,n as Ae,o as D,p as Ne}from"./shared-5.js";import{a as I,b as K,c as He,d as J,e as W,f as G,g as E,h as Y}from"./shared-7.js";import{a as Pe}from"./shared-4.js";import"./shared-2.js";import{a as m,c as g,d as ke,e as y,f as xe,g as H,h as o,k as l,m as Te,n as N,p as x,q as T,r as Fe,s as C,t as F,u as _e,v as d}from"./shared-1.js";var X=class{constructor(e){this.alarm=e}alarm;announced="";known;see(e){let t=e.filter(A),i=t.find(({id:n})=>this.known&&!this.known.has(n));this.known=new Set(t.map(({id:n})=>n)),this.alarm.watch(t.length),i&&(this.announced=a.said.danger(i.reference,d.topicOf(i)),this.alarm.raise())}hear(e,t){t==="breached"&&(this.announced=a.said.breached(e.reference)),!(t!=="escalated"||!A(e)||(e.climb?.fired.length??0)<2)&&(this.announced=a.said.climbed(e.reference),this.alarm.raise())}};var j={bannette:"",urgency:"",topic:"",insee:"",standing:""},le=["waiting","mine","others","on_hold","late","danger"];function ct(s,e,t,i){switch(e){case"":return!0;case"waiting":case"on_hold":return s.state===e;case"mine":return t.includes(s.holder);case"others":return s.holder!==""&&!t.includes(s.holder);case"late":return s.deadline_state==="breached"||pt(s,i)&&$(s);case"danger":return s.danger}}function pt(s,e){return(s.state==="waiting"||s.state==="reserved")&&s.deadline!==null&&Date.parse(s.deadline)<e}function Z(s,e,t,i){return(!e.bannette||s.bannette===e.bannette)&&(!e.urgency||s.urgency===e.urgency)&&(!e.topic||s.topic===e.topic)&&(!e.insee||s.insee===e.insee)&&ct(s,e.standing,t,i)}var de=Object.keys(j),ee=s=>de.every(e=>s[e]===""),Ce=(s,e)=>de.every(t=>s[t]===e[t]);function Ve(s){let e={...j};if(typeof s!="object"||s===null)return e;for(let t of de){let i=s[t];typeof i!="string"||i.length>96||(t==="standing"?e.standing=le.find(n=>n===i)??"":e[t]=i)}return e}var b=a.absence,ce=class extends C{delegations=[];colleagues=[];busy=!1;said="";error;pending;open(){let e=this.querySelector("dialog");!e||e.open||(this.said="",this.error=void 0,this.redraw(),e.showModal())}render(){let e=d.user?.name??"",t=d.user?.role==="manager",i=this.delegations.filter(({person:r})=>r===e||t),n=this.delegations.filter(({to:r})=>r===e);return o`<dialog class="dialog" aria-labelledby="absence-title" @close=${this.closed}>
      <div class="dialog-head">
        <h2 id="absence-title">${b.title}</h2>
        <button type="button" class="button plain" @click=${()=>this.querySelector("dialog")?.close()}>${a.keys.close} <kbd>Échap</kbd></button>
      </div>
      <p class="hint">${b.what}</p>
      <p role="status">${this.said}</p>
      ${this.error?.field===""?o`<p class="notice error" role="alert">${this.error.text}</p>`:l}
      ${i.map(r=>o`<p class="standing">
          <span>${r.person===e?b.forMe(r.to,this.span(r)):b.standing(r.person,r.to,this.span(r))}</span>
          <button type="button" class="button" aria-disabled=${this.busy?"true":l} @click=${()=>this.end(r.person)}>${b.end}</button>
        </p>`)}
      ${n.map(r=>o`<p>${b.forOther(r.person,this.span(r))}</p>`)}
      ${this.form(e,t)}
    </dialog>`}span({from:e,until:t}){let i=e!==null&&Date.parse(e)>g();return b.span(i?y(e):"",t?y(t):"")}form(e,t){let i=(u,v,p)=>o`<select id="absence-${u}" name=${u}
      aria-invalid=${this.wrong(u)} aria-describedby=${this.described(u)}>
      ${p?l:o`<option value="">${a.act.choose}</option>`}
      ${v.map(f=>o`<option value=${f}>${f===e?b.me:f}</option>`)}
    </select>`,n=u=>o`<input id="absence-${u}" name=${u} type="datetime-local"
      aria-invalid=${this.wrong(u)} aria-describedby=${this.described(u)} />`,r=this.colleagues.filter(u=>u!==e),c=(u,v,p="")=>o`<div class="field">
      <label for="absence-${u}">${b.field[u]}</label> ${p?o`<span class="hint">${p}</span>`:l}
      ${v} ${this.error?.field===u?o`<span class="field-error" id="absence-${u}-error">${this.error.text}</span>`:l}
    </div>`;return o`<form @submit=${this.submit} novalidate autocomplete="off">
      <h3>${b.fresh}</h3>
      <div class="act-fields">
        ${t?c("person",i("person",[e,...r],e)):l}
        ${c("to",i("to",t?[...r,e]:r,""))} ${c("from",n("from"),b.fromHint)} ${c("until",n("until"))}
      </div>
      <div class="actions"><button type="submit" class="button primary" aria-disabled=${this.busy?"true":l}>${b.send}</button></div>
    </form>`}wrong(e){return this.error?.field===e?"true":l}described(e){return this.error?.field===e?`absence-${e}-error`:l}refuse(e,t){this.error={field:e,text:t},this.redraw(),e&&this.focusOn(`#absence-${e}`)}submit(e){e.preventDefault();let t=new FormData(e.target),i=v=>String(t.get(v)??"").trim(),[n,r]=[Date.parse(i("from")),Date.parse(i("until"))];if(!i("to"))return this.refuse("to",b.missing.to);if(Number.isNaN(r))return this.refuse("until",b.missing.until);if(r<=Math.max(g(),Number.isNaN(n)?0:n))return this.refuse("until",b.missing.past);let c=v=>new Date(v).toISOString(),u={person:i("person")||(d.user?.name??""),to:i("to"),until:c(r),...Number.isNaN(n)?{}:{from:c(n)}};this.send("delegations",u,b.done(i("to")))}end(e){this.send("delegations/end",{person:e},b.ended)}async send(e,t,i){if(this.busy)return;this.busy=!0,this.error=void 0,this.said="",this.redraw();let r=this.pending?.path===e&&this.pending.body===JSON.stringify(t)&&this.pending?this.pending.key:I(),c=await T(e,t,{key:r});this.busy=!1;let u=!c.ok&&N(c.problem);if(this.pending=u?{path:e,body:JSON.stringify(t),key:r}:void 0,c.ok)this.said=i,this.querySelector("form")?.reset(),this.dispatchEvent(new CustomEvent("changed"));else{let v=["person","to","from","until"].find(p=>c.problem.field.replace(/_ms$/,"").endsWith(p));this.refuse(u?"":v??"",u?a.dossier.unknown:F(c.problem))}this.redraw()}closed(){this.querySelector("form")?.reset(),this.error=void 0}};customElements.define("bn-absence",ce);var pe=3;function De(s,e){if(s.length===0)return l;let t=[...s].sort((i,n)=>i.arrived.localeCompare(n.arrived));return o`<section class="alert-strip" aria-labelledby="alert-title">
    <h2 id="alert-title">${He} ${a.alert.title(s.length)}</h2>
    <ul>
      ${t.slice(0,pe).map(i=>o`<li>
          <button type="button" class="button" @click=${()=>e(i.id)}>${a.alert.open(i.reference)}</button>
          <span>${d.topicOf(i)}${i.commune?`, ${i.commune}`:""}</span> <span>${a.alert.since} ${E(i.arrived)}</span>
        </li>`)}
      ${s.length>pe?o`<li>${a.alert.more(s.length-pe)}</li>`:l}
    </ul>
  </section>`}var P=a.dossier;function ue(s,e){return[e.address,s.commune||e.commune].filter(t=>t!=="").join(", ")}function je(s,e){let{caller:t}=e;return o`<dl class="facts">
      <dt>${P.caller}</dt>
      <dd>${t.name||P.anonymous}${t.phone?o` · <a href="tel:${t.phone.replace(/[^\d+]/g,"")}">${t.phone}</a>`:l}</dd>
      <dt>${P.place}</dt>
      <dd>${ue(s,e)||m.none}</dd>
    </dl>
    <h3>${P.note}</h3>
    <p class="note-text said-by-caller">${e.note}</p>
    <details class="why">
      <summary>${P.why}</summary>
      ${e.because.length===0?o`<p class="quiet">${m.agent.whyNone}</p>`:o`<ul class="reasons">${e.because.map(i=>o`<li>${i.text}</li>`)}</ul>`}
      ${ut(s,e)}
    </details>`}function ut(s,e){let{proposed:t}=e;if(!t.topic)return l;let i=t.topic===s.topic&&t.urgency===s.urgency&&t.danger===s.danger&&t.bannette===s.bannette,n=[d.topic(t.topic),m.urgency(t.urgency),t.danger?m.danger:"",d.bannette(t.bannette)].filter(r=>r!=="");return o`<p class="quiet">${P.proposedByMachine} : ${i?P.same:n.join(" · ")}</p>`}var h=a.dossier;function Le(s,e){return o`<header class="dossier-head">
    <button type="button" class="button plain back" @click=${e}>${h.back} <kbd>Échap</kbd></button>
    <h2 id="dossier-title" tabindex="-1"><span class="reference">${s.reference}</span> ${d.topicOf(s)}</h2>
    <p class="marks">
      ${K(s.urgency)} ${J(s.danger)} ${W(s)} ${G(s.state)}
      <span>${d.bannette(s.bannette)}</span>
    </p>
    <p class="dates">
      ${h.arrived} <time datetime=${s.arrived} title=${H(s.arrived)}>${y(s.arrived)}</time>
      <span class="quiet">(${E(s.arrived)})</span> · ${h.deadline} ${Y(s)}
      ${$(s)&&s.deadline_state==="breached"&&s.state!=="waiting"&&s.state!=="reserved"?o`<span class="badge doubt">${a.takenLate}</span>`:l}
      ${s.hops>0?o`· ${h.hops(s.hops)}`:l}
      ${s.linked.length>0?o`· ${h.linked} : ${s.linked.map(t=>o`<span class="reference">${t}</span> `)}`:l}
      ${s.copies.length>0?o`· ${h.copies} : ${s.copies.map(t=>d.bannette(t)).join(", ")}`:l}
    </p>
  </header>`}function qe(s,e,t){let i=O(d.user,s.bannette),n=i&&s.restricted&&!t?o`<p class="notice">${h.closed}</p>`:l;return o`${mt(s)} ${ht(s)} ${n} ${i?gt(s,e):ft(s,t)}`}function mt(s){return A(s)?o`<p class="notice error">${h.dangerOpen}</p>`:l}function ht(s){let{proposal:e}=s;if(!e)return l;let t=O(d.user,e.to);return o`<p class="notice offer">
    ${h.offer(d.bannette(e.to),e.from,R(d.why(e.why)))}
    ${e.until?o`${h.offerUntil} ${y(e.until)}.`:l}
    ${t&&s.hops>=2?h.offerThird:l}
  </p>`}function ft(s,e){if(!e)return o`<p class="notice">${h.restricted}</p>`;let t=s.copies.some(i=>O(d.user,i));return o`<p class="notice">${t?h.byCopy:h.byProposal}</p>`}function gt(s,e){let{state:t,holder:i}=s;return t==="waiting"?l:t==="handled"?o`<p class="notice">${h.handled(d.outcome(s.outcome??""))}
      ${s.until?h.closesAt(y(s.until)):l}</p>`:t==="closed"?o`<p class="notice">${m.change("closed")}.</p>`:t==="merged"?o`<p class="notice">${h.mergedInto(s.merged_into??"")}.</p>`:e.people.includes(i)?o`${i===d.user?.name?l:o`<p class="notice">${h.standIn(i)}</p>`}
  ${t==="on_hold"?o`<p class="notice">${h.held(R(d.why(s.hold_why??"")))} ${s.until?h.resumesAt(y(s.until)):l}</p>`:l}
  ${t==="reserved"?o`<p class="lease">${h.lease} <bn-time class="countdown" mode="lease" at=${s.lease_until??""}></bn-time>,
        ${e.idle?h.leaseIdle:h.leaseRenewed}.</p>`:l}`:o`<p class="notice">${h.heldBy(m.state(t),i)}</p>`}var Ue=[{key:"F9",shown:"F9",acts:["accept-proposal","accept","take","reopen"]},{key:"F7",shown:"F7",acts:["resume"]},{key:"F10",shown:"F10",acts:["handle"]},{key:"F7",shown:"F7",acts:["hold"]},{key:"F8",shown:"F8",acts:["reserve"]},{key:"Shift+F8",shown:"Maj+F8",acts:["release"]},{key:"Shift+F7",shown:"Maj+F7",acts:["propose","withdraw","refuse-proposal"]},{key:"Shift+F9",shown:"Maj+F9",acts:["acknowledge"]}],yt=["return","copy","merge","reassign","close"];function Be(s,e){return Ue.filter(t=>t.key===s).flatMap(t=>t.acts).find(t=>e.includes(t))}function ze(s){let e=(n,r,c="")=>o`<button type="button" class="button ${r}" data-act=${n} aria-disabled=${s.busy?"true":l}
      aria-expanded=${n===s.opened?"true":l} @click=${()=>s.start(n)}>
      ${a.act.label[n]} ${c?o`<kbd>${c}</kbd>`:l}
    </button>`,t=Ue.flatMap(({shown:n,acts:r})=>{let c=r.find(u=>s.acts.includes(u));return c?[{act:c,shown:n}]:[]}),i=yt.filter(n=>s.acts.includes(n));return o`<div class="actions main-acts">${t.map(({act:n,shown:r},c)=>e(n,c===0?"primary":"",r))}</div>
    <div class="actions other-acts">
      ${i.map(n=>e(n,"plain"))}
      ${s.print?o`<button type="button" class="button plain" @click=${s.print}>${h.print} <kbd>Ctrl+P</kbd></button>`:l}
    </div>`}var w=a.history;function L(s,e=d.user?.name){if(s===e)return a.you;if(s==="clock")return w.clock;if(s==="router")return w.router;if(s==="console")return w.console;let t=/^(?:unit:|(?=service:))(.+?)(?:\/(.+))?$/.exec(s);return t?t[2]??w.software(d.unit(t[1]??"")):s}function U(s){let{change:e,to:t,other:i}=s;switch(e){case"proposed":case"proposal_accepted":case"proposal_refused":case"proposal_withdrawn":case"proposal_expired":case"copied":case"moved":return t?w[e](d.bannette(t)):m.change(e);case"reassigned":return t?w[e](L(t)):m.change(e);case"merged":case"absorbed":case"linked":return i?w[e](i):m.change(e);default:return m.change(e)}}function te(s){let{change:e,reason:t,until:i}=s,n=[];return e==="handled"?n.push(d.outcome(t)):e==="read"?n.push(w.readBy[t]??R(d.purpose(t))):d.catalogue.whys.some(r=>r.code===t)?n.push(R(d.why(t))):(t==="next"||t==="chosen")&&n.push(m.reason(t)),i&&e==="held"&&n.push(w.until(y(i))),i&&e==="proposed"&&n.push(w.answerBy(y(i))),n.filter(r=>r!=="").join(", ")}function Ke(s){let e=s.filter(t=>t.change!=="renewed").reverse();return o`<section class="history" aria-labelledby="history-title">
    <h3 id="history-title">${w.title}</h3>
    <ol>
      ${e.map(t=>o`<li class="did-${t.change}">
          <p class="what"><strong>${U(t)}</strong>${te(t)?o` <span>· ${te(t)}</span>`:l}</p>
          <p class="under"><time datetime=${t.at} title=${H(t.at)}>${y(t.at)}</time> <span>${L(t.actor)}</span></p>
          ${t.text?o`<p class="note-text">${t.text}</p>`:l}
        </li>`)}
    </ol>
  </section>`}var Je={width:190,height:273},We=[10.5,9,8,7],Ge=.3528,bt=1.4,vt=.56,$t=14;function Ye(s){return{letters:Math.floor(Je.width/(vt*s*Ge)),lines:Math.floor(Je.height/(bt*s*Ge))-$t}}function B(s,e){return s===""?0:s.split(`
`).reduce((t,i)=>t+Math.max(1,Math.ceil(i.length/e)),0)}function wt(s,e,t){let i=[],n=t;for(let r of s.split(`
`)){if(n<=0)break;i.push(r.slice(0,n*e)),n-=Math.max(1,Math.ceil(r.length/e))}return i.join(`
`)}function Qe(s,e){let t=We.at(-1)??7;for(let p of We){let{letters:f,lines:q}=Ye(p);if(B(s,f)+e.reduce((re,ae)=>re+B(ae,f),0)<=q)return{size_pt:p,note:s,cut:!1,entries:e.length}}let{letters:i,lines:n}=Ye(t),r=Math.max(Math.floor(n*.6),n-e.reduce((p,f)=>p+B(f,i),0)),c=wt(s,i,r),u=n-B(c,i),v=0;for(let p of e){if(u-=B(p,i),u<0)break;++v}return{size_pt:t,note:c,cut:c.length<s.length,entries:v}}var me=a.sheet;function kt(s){let e=te(s),t=`${xe(s.at)} · ${L(s.actor,"")} · ${U(s)}${e?` (${e})`:""}`;return s.text?`${t}
${s.text}`:t}function Xe({header:s,history:e},t){let{caller:i}=t,n=e.filter(({change:u})=>u!=="renewed"&&u!=="read").reverse().map(kt),r=Qe(t.note,n),c=[m.urgency(s.urgency),s.danger?m.danger:"",m.state(s.state),s.holder?a.by(s.holder):""];return o`<section class="sheet size-${String(r.size_pt).replace(".","-")}" aria-hidden="true">
    <p class="sheet-head"><strong class="reference">${s.reference}</strong> <strong>${d.topicOf(s)}</strong> <span>${d.site.name}</span></p>
    <p>${d.bannette(s.bannette)} · ${c.filter(u=>u!=="").join(" · ")}</p>
    <p>${a.dossier.arrived} : ${H(s.arrived)}${s.deadline?o` · ${a.dossier.deadline} : ${H(s.deadline)}`:l}</p>
    <p>${a.dossier.caller} : ${i.name||a.dossier.anonymous}${i.phone?` · ${i.phone}`:""}</p>
    <p>${a.dossier.place} : ${ue(s,t)||m.none}</p>
    <h2>${a.dossier.note}</h2>
    <p class="note-text">${r.note}${r.cut?o`… <em>${me.cut}</em>`:l}</p>
    <h2>${a.history.title}</h2>
    <ol>${n.slice(0,r.entries).map(u=>o`<li class="note-text">${u}</li>`)}</ol>
    ${r.entries<n.length?o`<p><em>${me.older(n.length-r.entries)}</em></p>`:l}
    <p class="sheet-foot">${me.printed(d.user?.name??"",H(new Date(g()).toISOString()))}</p>
  </section>`}var se={person:"",texts:new Map};function xt(s){return se.person!==s&&se.texts.clear(),se.person=s,se.texts}var Tt=10*6e4,Ft=1e3,Ze=new Set(["held_by_other","stale_fence","bad_state","no_proposal","proposal_open"]),_t=new Set(["reserve","take","acknowledge","reopen","close","accept-proposal","refuse-proposal"]),Ht={note:"notes",withdraw:"withdraw-proposal"},et=s=>JSON.stringify([s.bannette,s.state,s.holder,s.fence,s.proposal,s.copies,s.climb,s.until,s.outcome]),he=class extends C{people=[];colleagues=[];dossierId="";dossier;failed="";busy=!1;said="";wrong="";opened;pending;fieldError;leaseStarted_ms=0;renewing=!1;active_ms=Date.now();asked=0;connectedCallback(){super.connectedCallback();let e=()=>{this.active_ms=Date.now()};for(let i of["keydown","pointerdown","pointermove"])this.listenTo(document,i,e);let t=setInterval(()=>this.watchLease(),Ft);this.until(()=>clearInterval(t))}async open(e,t){this.dossierId!==e&&(this.dossierId=e,this.dossier=void 0,this.said=this.wrong=this.failed="",this.opened=void 0,this.pending=void 0,this.fieldError=void 0,this.redraw()),await this.load(!0),t&&this.dossier&&this.dossierId===this.dossier.header.id&&this.key(t)}shut(){this.dossierId="",this.dossier=void 0,++this.asked,this.redraw()}refresh(e){let t=this.dossier?.header;t&&!O(d.user,t.bannette)&&e&&et(e)===et(t)||this.dossierId&&this.load(!1)}heard(e){e.id===this.dossierId&&!this.busy&&e.changed>=(this.dossier?.header.changed??"")&&this.refresh()}key(e){if(!this.dossier)return!1;let t=this.acts(),i=Be(e,t);if(i)this.start(i);else if(e==="F4"&&t.includes("note"))this.focusOn(`#${V("note")}`);else if(e==="Ctrl+Enter")this.querySelector("form:focus-within")?.requestSubmit();else if(e==="Escape"&&this.opened&&!this.typed())this.cancel();else return!1;return!0}render(){if(!this.dossierId)return l;if(!this.dossier)return this.absent();let{header:e,content:t,history:i,readable:n}=this.dossier,r=this.acts();return o`<article class="dossier ${e.danger&&$(e)?"in-danger":""}" aria-labelledby="dossier-title">
      ${Le(e,()=>this.leave(""))}
      <div role="status">${this.said?o`<p class="notice ok">${this.said}</p>`:l}</div>
      <div role="alert">${this.wrong?o`<div class="notice error"><p>${this.wrong}</p>${this.retryButton()}</div>`:l}</div>
      ${qe(e,{people:this.people,idle:this.idle()},n)}
      ${ze({acts:r,opened:this.opened,busy:this.busy,start:c=>this.start(c),print:t?()=>window.print():void 0})}
      ${this.opened?this.form(this.opened,e):l}
      ${n||i.length>0?o`<div class="dossier-columns">
            <div>${t?je(e,t):n?o`<p class="quiet">${a.dossier.erased}</p>`:l}
              ${r.includes("note")?this.form("note",e):l}</div>
            ${Ke(i)}
          </div>`:l}
    </article>
    ${t?Xe(this.dossier,t):l}`}absent(){return o`<button type="button" class="button plain back" @click=${()=>this.leave("")}>${a.dossier.back} <kbd>Échap</kbd></button>
      <p class="quiet empty" role="status">${this.failed||m.loading}</p>`}retryButton(){return this.pending?o`<button type="button" class="button" @click=${this.retry}>${m.retry}</button>`:l}acts(){return this.dossier?Se(this.dossier.header,d.user,this.people):[]}form(e,t){return Ae({act:e,header:t,people:this.colleagues.filter(i=>i!==t.holder),error:this.fieldError?.act===e?this.fieldError:void 0,note:this.notes().get(t.id)??"",now_ms:g(),typed:i=>{this.notes().set(t.id,i)},submit:i=>this.submit(i,e),cancel:e==="note"?void 0:()=>this.cancel()})}start(e){if(e==="note"||!Q(e)){e==="note"?this.focusOn(`#${V("note")}`):this.perform(e,{});return}this.opened!==e&&(this.fieldError=void 0),this.opened=e,this.redraw(),this.focusOn(`#${V(Ie(e))}`)}cancel(){let e=this.opened;this.opened=void 0,this.redraw(),this.focusOn(`[data-act="${e}"]`)}typed(){return[...this.querySelectorAll(`form[data-act="${this.opened}"] textarea`)].some(e=>e.value.trim()!=="")}submit(e,t){e.preventDefault();let i=Oe(e.target,t,g());"body"in i?this.perform(t,i.body):this.wrongField(t,i.error)}wrongField(e,t){this.fieldError={...t,act:e},this.redraw(),this.focusOn(`form[data-act="${e}"] #${V(t.field)}`)}async load(e){let t=++this.asked,i=await x(`dossiers/${encodeURIComponent(this.dossierId)}`);t===this.asked&&(i.ok?(this.failed="",this.dossier=i.value,this.dossierId=i.value.header.id,this.adopt(i.value.header)):i.problem.status===404||i.problem.status===403?(this.dossier=void 0,this.failed=a.dossier.gone):this.failed=F(i.problem),this.redraw(),e&&this.focusOn(this.dossier?"#dossier-title":".back"))}adopt(e){this.dossier&&(this.dossier={...this.dossier,header:e}),this.leaseStarted_ms=g(),this.dispatchEvent(new CustomEvent("learned",{detail:e}))}idle(){return Date.now()-this.active_ms>Tt}watchLease(){let e=this.dossier?.header;if(!e||e.state!=="reserved"||!this.people.includes(e.holder)||!e.lease_until)return;let t=Date.parse(e.lease_until),i=this.leaseStarted_ms+(t-this.leaseStarted_ms)/2;g()<i||this.renewing||this.busy||(this.idle()?this.redraw():this.renew(e))}async renew(e){this.renewing=!0;let t=await T(`dossiers/${e.id}/renew`,{fence:e.fence},{key:I()});this.renewing=!1,this.dossierId===e.id&&(t.ok?this.adopt(t.value.header):Ze.has(t.problem.code)?(this.wrong=a.dossier.leaseLost,await this.load(!1)):this.leaseStarted_ms=g(),this.redraw())}notes(){return xt(d.user?.name??"")}perform(e,t){let i=this.dossier?.header;return!i||this.busy?Promise.resolve():this.send({id:i.id,act:e,body:_t.has(e)?t:{fence:i.fence,...t},key:I()})}retry(){this.pending&&this.send(this.pending)}async send(e){this.busy=!0,this.said=this.wrong="",this.fieldError=void 0,this.redraw();let t=await T(`dossiers/${e.id}/${Ht[e.act]??e.act}`,e.body,{key:e.key});this.busy=!1,this.dossierId===e.id&&(this.pending=void 0,t.ok?await this.done(e,t.value.header):await this.refused(e,t.problem),this.redraw())}async done(e,t){if(this.said=a.act.done[e.act](t.reference),e.act==="note"&&this.clearNote(),this.opened===e.act&&(this.opened=void 0),this.adopt(t),!O(d.user,t.bannette))return this.leave(this.said);let i=document.activeElement===document.body||!document.activeElement?.isConnected;await this.load(!1),await this.updateComplete,(i||document.activeElement===document.body)&&this.focusOn("#dossier-title")}clearNote(){this.notes().delete(this.dossierId);let e=this.querySelector(`#${V("note")}`);e&&(e.value="")}async refused(e,t){if(N(t)){this.pending=e,this.wrong=a.dossier.unknown;return}let{act:i}=e,n=Q(i)?Me(i,t.field):void 0;if(n&&Q(i))return this.wrongField(i,{field:n,text:F(t)});this.wrong=F(t),!(!Ze.has(t.code)&&t.status!==404)&&(await this.load(!1),this.wrong=this.whoWasFaster()??this.wrong)}whoWasFaster(){if(!this.dossier)return;let{header:e,history:t}=this.dossier,{holder:i}=e;if(i&&!this.people.includes(i))return a.dossier.faster(i,m.state(e.state),y(e.changed));let n=t.filter(r=>r.change!=="read").at(-1);if(!(!n||n.actor===d.user?.name||n.actor==="clock"))return a.dossier.fasterDid(L(n.actor),R(U(n)),y(n.at))}leave(e){this.dispatchEvent(new CustomEvent("leave",{detail:e}))}};customElements.define("bn-dossier",he);var S=a.filter;function st(s){let{filter:e,list:t}=s,i=(d.user?.units.length??0)<2,n={bannette:p=>i?D(p,d.bannette(p)):d.bannette(p),urgency:p=>m.urgency(p),topic:p=>d.topic(p),insee:p=>t.find(f=>f.insee===p)?.commune||p,standing:p=>S.standings[p]??p},r=p=>p==="topic"?S.allTopics:S.all,c=(p,f)=>{let q={...e,[p]:""},we=_=>t.filter(dt=>Z(dt,{...q,[p]:_},s.people,s.now_ms)).length,re=e[p]&&!f.includes(e[p])?[...f,e[p]]:f,ae=_=>s.choose({...e,[p]:_.target.value});return o`<div class="filter ${e[p]?"is-set":""}">
      <label for="filter-${p}">${S[p]}</label>
      <select id="filter-${p}" @change=${ae}>
        <option value="" .selected=${M(e[p]==="")}>${r(p)}</option>
        ${re.map(_=>o`<option value=${_} .selected=${M(e[p]===_)}>${n[p](_)} (${we(_)})</option>`)}
      </select>
    </div>`},u=p=>[...new Set(t.map(f=>f[p]))].filter(f=>f!=="").sort((f,q)=>n[p](f).localeCompare(n[p](q),"fr")),v=p=>{p.key!=="Enter"||p.ctrlKey||(p.preventDefault(),s.found())};return o`<div class="filters" role="search" aria-label=${S.title}>
    <div class="filter search">
      <label for="filter-text">${S.search} <kbd>F3</kbd></label>
      <input id="filter-text" type="search" maxlength="60" spellcheck="false" autocomplete="off" placeholder=${S.searchHint} .value=${M(s.text)}
        @input=${p=>s.search(p.target.value)} @keydown=${v} />
    </div>
    ${s.bannettes.length>1?c("bannette",s.bannettes):l} ${c("standing",le)} ${c("urgency",Object.keys(m.urgencies))}
    ${c("topic",u("topic"))} ${c("insee",u("insee"))} ${s.views}
    ${ee(e)&&s.text===""?l:o`<button type="button" class="button plain" @click=${()=>{s.search(""),s.choose(j),s.cleared()}}>${S.clear}</button>`}
  </div>`}function it(s,e){let t=tt(e);if(t==="")return!0;let i=[s.reference,s.reference.replace("-",""),d.topicOf(s),s.commune,s.holder,d.bannette(s.bannette)];return t.split(/\s+/).every(n=>i.some(r=>tt(r).includes(n)))}var tt=s=>s.normalize("NFD").replace(/\p{M}/gu,"").toLowerCase().trim();var fe=()=>Ee(a.keys);function nt(s,e){return o`<table class="list" role="table" @keydown=${Mt}>
    <caption class="visually-hidden">${e.title}</caption>
    <thead role="rowgroup">
      <tr role="row">
        <th role="columnheader" scope="col">${a.column.urgency}</th>
        <th role="columnheader" scope="col">${a.column.request}</th>
        <th role="columnheader" scope="col">${a.column.delay}</th>
        <th role="columnheader" scope="col">${a.column.state}</th>
      </tr>
    </thead>
    <tbody role="rowgroup">
      ${Pe(s,t=>t.id,t=>Et(t,e))}
    </tbody>
  </table>`}function Et(s,e){let t=s.id===e.openId;return o`<tr role="row" class="row ${s.danger&&$(s)?"in-danger":""} ${t?"is-open":""} is-${s.state}" @click=${()=>e.open(s.id)}>
    <td role="cell" class="c-urgency">${K(s.urgency)} ${J(s.danger)}</td>
    <td role="cell" class="c-request">
      <button type="button" class="row-button" data-id=${s.id} aria-current=${t?"true":l}>${d.topicOf(s)}</button>
      <span class="under"><span class="reference">${s.reference}</span> ${s.commune?o`<span>${s.commune}</span>`:l}
        ${e.showBannette?o`<span>${e.shortNames?D(s.bannette,d.bannette(s.bannette)):d.bannette(s.bannette)}</span>`:l}</span>
      ${W(s)}
    </td>
    <td role="cell" class="c-delay">${$(s)?Y(s):l} <span class="under quiet">${a.age} ${E(s.arrived)}</span></td>
    <td role="cell" class="c-state">${G(s.state)} ${Rt(s,e)} ${St(s)}</td>
  </tr>`}function Rt({holder:s},e){if(!s)return l;let t=d.user?.name,i=s===t?a.by(a.you):e.people.includes(s)?a.forYou(s):a.by(s);return o`<span class="under">${i}</span>`}function St(s){let{until:e,proposal:t,state:i}=s,n=[i==="on_hold"&&e?a.onHoldUntil(y(e)):"",t?a.proposedTo(d.bannette(t.to)):"",s.starved&&i==="waiting"?a.starved:"",i==="handled"&&s.outcome?d.outcome(s.outcome):"",i==="merged"&&s.merged_into?a.dossier.mergedInto(s.merged_into):""].filter(r=>r!=="");return n.length===0?l:o`<span class="under">${n.map(r=>o`<span>${r}</span>`)}</span>`}var It={ArrowDown:1,ArrowUp:-1,PageDown:10,PageUp:-10,Home:-1/0,End:1/0};function Mt(s){let e=It[s.key];e===void 0||s.ctrlKey||s.altKey||s.shiftKey||(ge(s.currentTarget,e),s.preventDefault())}function ge(s,e){let t=[...s.querySelectorAll(".row-button")],i=t.findIndex(r=>r===document.activeElement),n=i<0?0:Math.min(t.length-1,Math.max(0,i+e));t[n]?.focus(),t[n]?.scrollIntoView({block:"nearest"})}var Ot=(s,e)=>s.reduce((t,i)=>t+e(i),0),At={waiting:s=>s.waiting,late:s=>s.late,unacknowledged:s=>s.unacknowledged,inProgress:s=>s.in_progress,onHold:s=>s.on_hold,taken:s=>s.taken},ye=["waiting","oldest","late","unacknowledged","inProgress","onHold","taken","median"];function Pt(s){return s.reduce((e,{oldest_waiting:t})=>t!==null&&(e===null||t<e)?t:e,null)}function Nt(s,e){let t=At[s];if(t){let r=Ot(e,t),c=r>0&&(s==="late"||s==="unacknowledged");return o`<td role="cell" class="n ${r===0?"zero":""} ${c?"alarm":""}"><span class="cell-label">${m.board[s]}</span>${r}</td>`}if(s==="oldest"){let r=Pt(e);return o`<td role="cell" class="n"><span class="cell-label">${m.board.oldest}</span>${r?E(r):m.none}</td>`}let[i]=e,n=e.length===1&&i?i.wait_median_s:null;return o`<td role="cell" class="n"><span class="cell-label">${m.board[s]}</span>${n===null?m.none:ke(n)}</td>`}function ot(s){if(s.length===0)return l;let e=(d.user?.units.length??0)<2,t=(i,n)=>o`<tr role="row"><th role="rowheader" scope="row">${i}</th>${ye.map(r=>Nt(r,n))}</tr>`;return o`<section class="unit-figures" aria-labelledby="figures-title">
    <h2 id="figures-title">${a.figures.title}</h2>
    <table class="figures" role="table">
      <thead role="rowgroup"><tr role="row">
        <th role="columnheader" scope="col">${m.board.bannette}</th>
        ${ye.map(i=>o`<th role="columnheader" scope="col" class="n" title=${m.board.define[i]}>${m.board[i]}</th>`)}
      </tr></thead>
      <tbody role="rowgroup">
        ${s.map(i=>t(e?D(i.bannette,i.label):i.label,[i]))}
        ${s.length>1?t(a.figures.total,s):l}
      </tbody>
    </table>
    <details class="definitions">
      <summary>${a.figures.definitions}</summary>
      <dl>${ye.map(i=>o`<div><dt>${m.board[i]}</dt><dd>${m.board.define[i]}</dd></div>`)}</dl>
    </details>
  </section>`}var ie=20,be=40,z={views:[],sound:!1,notices:!1};function Ct(s){let e;try{e=JSON.parse(s)}catch{return z}if(typeof e!="object"||e===null)return z;let{views:t,sound:i,notices:n}=e;return{views:(Array.isArray(t)?t:[]).flatMap(c=>{if(typeof c!="object"||c===null)return[];let{name:u,filter:v}=c;return typeof u=="string"&&u!==""?[{name:u.slice(0,be),filter:Ve(v)}]:[]}).slice(0,ie),sound:i===!0,notices:n===!0}}async function rt(){let s=await x("me/preferences");return s.ok?Ct(s.value.text):z}async function at(s){return(await T("me/preferences",{text:JSON.stringify(s)})).ok}var k=a.views;function lt(s){let{views:e,filter:t}=s,i=e.findIndex(c=>Ce(c.filter,t)),n=i<0&&!ee(t);if(e.length===0&&!n)return l;let r=c=>{let u=e[Number(c.target.value)];u&&s.choose(u.filter)};return o`${e.length===0?l:o`<div class="filter">
      <label for="filter-view">${k.label}</label>
      <select id="filter-view" @change=${r}>
        <option value="" .selected=${M(i<0)}>${k.none}</option>
        ${e.map((c,u)=>o`<option value=${u} .selected=${M(u===i)}>${c.name}</option>`)}
      </select>
    </div>`}
    ${n?o`<button type="button" class="button plain" @click=${()=>{Vt(s)}}>${k.save}</button>`:l}
    ${i>=0?o`<button type="button" class="button plain" @click=${()=>s.keep(e.filter((c,u)=>u!==i))}>${k.remove}</button>`:l}`}async function Vt({views:s,filter:e,keep:t}){let i=await Dt(s);i&&t([...s.filter(n=>n.name!==i),{name:i,filter:e}])}function Dt(s){return new Promise(e=>{let t=document.createElement("dialog");t.className="dialog small",t.setAttribute("aria-labelledby","view-title");let i=r=>{Te(o`<h2 id="view-title">${k.save}</h2>
          <form @submit=${n} novalidate autocomplete="off">
            <div class="field">
              <label for="view-name">${k.name}</label> <span class="hint" id="view-hint">${k.nameHint}</span>
              <input id="view-name" name="name" maxlength=${be} autofocus aria-invalid=${r?"true":l}
                aria-describedby=${r?"view-error view-hint":"view-hint"} />
              <span role="alert">${r?o`<span class="field-error" id="view-error">${r}</span>`:l}</span>
            </div>
            <div class="actions">
              <button type="submit" class="button primary">${k.keep}</button>
              <button type="button" class="button" @click=${()=>t.close("")}>${a.act.cancel} <kbd>Échap</kbd></button>
            </div>
          </form>`,t)},n=r=>{r.preventDefault();let c=t.querySelector("#view-name")?.value.trim()??"";if(c==="")i(k.missing);else if(s.length>=ie&&!s.some(u=>u.name===c))i(k.tooMany(ie));else return t.close(c);t.querySelector("#view-name")?.focus()};i(""),t.addEventListener("close",()=>{t.remove(),e(t.returnValue)}),document.body.append(t),t.showModal()})}var jt=6e4,Lt=[880,660,880],ve=.16,qt=.2,ne=class{context;noticesOn=!1;again;get sound(){return this.context!==void 0}get notices(){return this.noticesOn}restore(e,t){if(e&&!this.context){let i=this.context=new AudioContext,n=()=>{i.state==="suspended"&&i.resume()};for(let r of["keydown","pointerdown"])document.addEventListener(r,n,{once:!0})}this.noticesOn=t&&"Notification"in window&&Notification.permission==="granted"}setSound(e){this.context?.close();let t=this.context=e?new AudioContext:void 0;t?.resume().then(()=>t===this.context&&this.play())}async setNotices(e){return this.noticesOn=e&&"Notification"in window&&await Notification.requestPermission()==="granted",this.noticesOn===e}watch(e){e===0?(clearInterval(this.again),this.again=void 0):this.again??=setInterval(()=>this.play(),jt)}raise(){if(this.play(),!this.noticesOn||document.hasFocus())return;let e=new Notification(m.app,{body:a.alarm.notice,icon:"/icon.svg",tag:"bannette-danger"});e.onclick=()=>{window.focus(),e.close()}}end(){this.watch(0),this.noticesOn=!1,this.setSound(!1)}play(){let{context:e}=this;!e||e.state!=="running"||Lt.forEach((t,i)=>{let n=e.currentTime+i*ve*1.25,r=e.createOscillator(),c=e.createGain();r.frequency.value=t,c.gain.setValueAtTime(0,n),c.gain.linearRampToValueAtTime(qt,n+.02),c.gain.linearRampToValueAtTime(0,n+ve),r.connect(c).connect(e.destination),r.start(n),r.stop(n+ve)})}};var oe=class{constructor(e){this.changed=e}changed;alarm=new ne;preferences=z;colleagues=[];ended=!1;async load(){let[e,t]=await Promise.all([rt(),x("colleagues")]);this.ended||(this.preferences=e,t.ok&&(this.colleagues=t.value.items.map(({name:i})=>i)),this.alarm.restore(e.sound,e.notices),this.changed(""))}end(){this.ended=!0,this.alarm.end()}async prefer(e){this.preferences={...this.preferences,...e},this.changed(""),await at(this.preferences)||this.changed(a.views.lost)}toggleSound(){let e=!this.alarm.sound;this.alarm.setSound(e),this.prefer({sound:e})}async toggleNotices(){let e=!this.alarm.notices;await this.alarm.setNotices(e)?await this.prefer({notices:e}):this.changed(a.alarm.refused)}};var Ut=200,Bt=1e3,zt=50,Kt=6e4,Jt=/^[0-9a-z]{3}[ -]?[0-9a-z]{3}$/i,Wt=new Set(["proposed","proposal_accepted","proposal_refused","proposal_withdrawn","proposal_expired","copied","moved"]),Gt=["open","offered","copies","ended"],$e=class extends C{tray=new Ne;personal=new oe(e=>{e&&(this.said=e),this.redraw()});dangers=new X(this.personal.alarm);total=0;counts=[];delegations=[];delegationsAsked_ms=0;offered=[];copies=[];ended=[];shown="open";filter=j;text="";openId="";loaded=!1;loadedOf="";said="";taking=!1;takeKey="";refetch;asked=0;connectedCallback(){super.connectedCallback(),this.listenTo(document,"keydown",e=>this.key(e)),this.until(Fe.listen(e=>this.hear(e))),this.until(()=>clearTimeout(this.refetch)),this.until(()=>this.personal.end()),this.load(),this.personal.load()}updated(){let{colleagues:e}=this.personal;this.panel()?.tell({people:this.people(),colleagues:e}),this.absence()?.tell({delegations:this.delegations,colleagues:e}),d.alarm(this.tray.list().filter(t=>t.state==="waiting"&&t.danger).length)}render(){let e=this.listed(),t=this.tray.list(),i=t.filter(n=>n.state==="waiting").length;return o`<div class="agent ${this.openId?"with-dossier":""}">
      <div class="screen-head">
        <h1 id="tray-title">${a.title}</h1>
        <p class="quiet">${this.loaded?a.summary(i,this.total):m.loading}</p>
        ${this.settings()}
        <button type="button" class="button primary" aria-disabled=${this.taking?"true":l} @click=${this.takeNext}>
          ${a.take} <kbd>F2</kbd>
        </button>
      </div>
      <p class="visually-hidden" role="alert">${this.dangers.announced}</p>
      <div role="status" class="said">${this.said?o`<p class="notice">${this.said}</p>`:l}</div>
      ${d.user?.units.length===0?o`<p class="notice warn">${a.noUnits}</p>`:l}
      ${De(t.filter(A),n=>this.open(n))}
      ${this.standIns()}
      <div class="tools">${this.chips()} ${st(this.filterView())}</div>
      <section class="tray" aria-labelledby="tray-title">
        ${this.loaded&&e.length===0?o`<p class="empty quiet">${this.emptyText()}</p>`:this.table(e)}
        ${this.shown==="open"&&this.total>this.tray.size?o`<p class="quiet">${a.more(this.tray.size,this.total)}</p>`:l}
      </section>
      <section class="detail" aria-label=${a.detail}>
        <bn-dossier @learned=${this.learned} @leave=${this.leave}></bn-dossier>
        ${this.openId?l:o`<p class="quiet choose">${a.dossier.choose}</p>${ot(this.counts)}`}
      </section>
      <bn-absence @changed=${()=>{this.load()}}></bn-absence>
    </div>`}settings(){let e=(n,r,c,u)=>o`<button type="button" class="button chip" title=${r} aria-pressed=${c?"true":"false"} @click=${u}>${n}</button>`,{alarm:t}=this.personal,i=a.alarm;return o`<div class="chips settings" role="group" aria-label=${i.label}>
        ${e(i.sound,i.soundHint,t.sound,()=>this.personal.toggleSound())} ${e(i.notices,i.noticesHint,t.notices,()=>{this.personal.toggleNotices()})}
      </div>
      <button type="button" class="button" @click=${()=>this.absence()?.open()}>${a.absence.button}</button>
      <button type="button" class="button" @click=${fe}>${a.keys.open} <kbd>F1</kbd></button>`}standIns(){let[,...e]=this.people();return e.length===0?l:o`<p class="notice">${a.standIns(e)}</p>`}chips(){let e={open:this.total,offered:this.offered.length,copies:this.copies.length,ended:this.ended.length};return o`<div class="chips lists" role="group" aria-label=${a.lists.label}>
      ${Gt.map(t=>o`<button type="button" class="button chip ${t==="offered"&&e.offered>0?"asks":""}"
            aria-pressed=${t===this.shown?"true":"false"} @click=${()=>this.show(t)}>
          ${a.lists[t]} <span class="count">${e[t]}</span>
        </button>`)}
    </div>`}table(e){let t=[...new Set(e.map(i=>i.bannette))];return nt(e,{title:a.lists[this.shown],openId:this.openId,people:this.people(),showBannette:t.length>1||this.shown!=="open",shortNames:new Set(t.map(i=>i.split("/")[0])).size<2&&this.shown==="open",open:i=>this.open(i)})}emptyText(){return this.base().length>0?a.lists.filtered:a.lists.empty[this.shown]}people(){return Re(d.user,this.delegations,g())}base(){return this.shown==="open"?this.tray.list():this[this.shown]}listed(){let e=this.people(),t=g();return this.base().filter(i=>Z(i,this.filter,e,t)&&it(i,this.text))}filterView(){return{filter:this.filter,list:this.base(),bannettes:this.counts.map(e=>e.bannette),text:this.text,people:this.people(),now_ms:g(),choose:e=>this.choose(e),search:e=>{this.text=e,this.redraw()},found:()=>this.found(),views:lt({views:this.personal.preferences.views,filter:this.filter,choose:e=>this.choose(e),keep:e=>{this.personal.prefer({views:e}),this.focusOn(e.length>0?"#filter-view":"#filter-text")}}),cleared:()=>{this.focusOn("#filter-text")}}}found(){let[e,t]=this.listed();e&&!t?this.open(e.id):Jt.test(this.text.trim())&&this.open(this.text.trim().replace(/^(...)[ -]?(...)$/,"$1-$2").toUpperCase())}choose(e){let t=e.bannette!==this.filter.bannette;this.filter=e,this.redraw(),t&&(this.total>this.tray.size||this.loadedOf!=="")&&this.load()}show(e){this.shown=e,this.redraw()}hear(e){e.type==="hello"||e.type==="resync"?this.load().then(()=>this.panel()?.refresh([...this.offered,...this.copies].find(({id:t})=>t===this.openId))):e.type==="tray"?(this.panel()?.heard(e.header),this.learn(e.header),this.dangers.hear(e.header,e.change),Wt.has(e.change)&&this.soon()):e.type==="gone"?this.gone(e.id):e.type==="counts"&&(this.counts=e.items,g()-this.delegationsAsked_ms>Kt&&this.soon(),this.redraw())}learn(e){let t=this.total-this.tray.size;this.tray.learn(e)&&($(e)?this.ended=this.ended.filter(({id:i})=>i!==e.id):this.ended=[e,...this.ended.filter(({id:i})=>i!==e.id)].slice(0,zt),this.total=this.tray.size+t,t>0&&this.soon(),this.dangers.see(this.tray.list()),this.redraw())}gone(e){this.tray.forget(e)&&(this.total=Math.max(0,this.total-1),this.dangers.see(this.tray.list()),e===this.openId&&this.panel()?.refresh(),this.redraw())}soon(){this.refetch??=setTimeout(()=>{this.load()},Bt)}async load(){clearTimeout(this.refetch),this.refetch=void 0;let e=++this.asked,t=this.total>this.tray.size||this.loadedOf!==""?this.filter.bannette:"",[i,n]=await Promise.all([x(`tray?limit=${Ut}${t?`&bannette=${encodeURIComponent(t)}`:""}`),x("bannettes")]);e===this.asked&&(i.ok?(this.loadedOf=t,this.tray.replace(i.value.items),this.total=i.value.total,this.offered=i.value.offered,this.copies=i.value.copies,this.loaded=!0,this.dangers.see(this.tray.list())):this.said=F(i.problem),n.ok&&(this.counts=n.value.items,this.delegations=n.value.delegations,this.delegationsAsked_ms=g()),this.redraw())}async takeNext(){if(this.taking)return;this.taking=!0,this.said="",this.takeKey||=I(),this.redraw();let{bannette:e}=this.filter,t=await T("take-next",e?{bannettes:[e]}:{},{key:this.takeKey});if(this.taking=!1,t.ok)this.takeKey="",this.learn(t.value.header),this.said=a.act.done.take(t.value.header.reference),this.open(t.value.header.id);else{let i=N(t.problem);i||(this.takeKey="");let n=e?a.nothingHere:a.nothing;this.said=i?a.dossier.unknown:t.problem.code==="nothing_waiting"?n:F(t.problem)}this.redraw()}panel(){return this.querySelector("bn-dossier")}absence(){return this.querySelector("bn-absence")}open(e,t){this.openId!==e&&(this.openId=e,this.redraw()),this.panel()?.open(e,t)}leave(e){this.said=e.detail,this.shut()}shut(){let e=this.openId;this.openId="",this.panel()?.shut(),this.redraw(),this.focusOn(`.row-button[data-id="${e}"]`).then(()=>{this.querySelector(".row-button:focus")||this.querySelector(".row-button, .screen-head .primary")?.focus()})}learned(e){let t=e.detail;this.openId&&this.openId!==t.id&&(this.openId=t.id),this.counts.some(({bannette:i})=>i===t.bannette)&&this.learn(t),(t.proposal||this.offered.some(({id:i})=>i===t.id))&&this.soon(),this.redraw()}key(e){if(e.defaultPrevented)return;let t=_e(e),{target:i}=e,n=i instanceof HTMLElement&&i.closest("dialog")!==null;if(t==="F1")fe();else if(n||!this.handle(t,i))return;e.preventDefault()}handle(e,t){let i=t instanceof HTMLElement?t.closest(".row-button")?.dataset.id??"":"",n=t instanceof HTMLElement&&t.closest("input, textarea, select, table")!==null,r=(t instanceof HTMLTextAreaElement||t instanceof HTMLInputElement&&t.type==="search")&&t.value.trim()!=="";if(e==="F2")this.takeNext();else if(e==="F3")this.focusOn("#filter-text");else if((e==="F8"||e==="F9")&&i&&i!==this.openId)this.open(i,e);else{if(this.panel()?.key(e))return!0;if(e==="Escape"&&this.openId&&!r)this.shut();else if((e==="ArrowDown"||e==="ArrowUp")&&!n&&!this.openId)ge(this,0);else return!1}return!0}};customElements.define("bn-agent",$e);
