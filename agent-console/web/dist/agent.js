import{A as Pe,B as Le,C as Oe,D as N,E as Ne,F as ee,G as Ve,H as je,I as qe,J as te,K as se,L as We,M as Be,N as re,O as Ue,P as Je,a as j,b as a,e as xe,f as F,g as A,h as Te,i as Q,j as Fe,k as He,n as Ee,o as L,p as _e,q as O,r as X,s as Se,t as Re,u as Ie,v as Me,w as Z,x as Ae,y as q,z as De}from"./shared-5.js";import{a as M,b as C}from"./shared-3.js";import"./shared-7.js";import{a as ze,b as Ke}from"./shared-10.js";import{a as $e}from"./shared-9.js";import{b as we}from"./shared-11.js";import{a as K,b as ke,c as U,d as J,e as Y,f as S,g as G}from"./shared-8.js";import{a as Ce}from"./shared-4.js";import"./shared-2.js";import{a as fe,b as x,c as u,e as b,f as ge,g as $,h as z,i as D,j as r,m as l,o as be,q as E,s as _,t as I,u as ye,v as P,w,x as ve,z as c}from"./shared-1.js";var vt=100,$t=5e3,wt=20,kt=["bannette","topic","insee","urgency"],ie=class{constructor(e){this.changed=e}changed;items=[];communes=new Map;loaded=!1;busy=!1;failed="";next=null;by={bannette:"",topic:"",insee:"",urgency:""};asked=0;get more(){return this.next!==null&&!this.full}get full(){return this.items.length>=$t}load(e){return this.by=e,this.items=[],this.loaded=!1,this.ask(null,()=>!0)}older(e){return this.busy||this.next===null?Promise.resolve():this.ask(this.next,e)}learn(e){let t=this.items.filter(({id:i})=>i!==e.id);F(e)?this.items=t:O(e,{...this.by,standing:""},[],0)&&(this.items=t.length<this.items.length?this.items.map(i=>i.id===e.id?e:i):[e,...t])}async ask(e,t){let i=++this.asked,n=kt.filter(o=>this.by[o]!=="").map(o=>`&${o}=${encodeURIComponent(this.by[o])}`).join("");this.busy=!0,this.failed="",this.changed();for(let o=0,d=!1;o<wt&&!d&&!this.full;++o){let p=await _(`tray?ended=true&limit=${vt}${e?`&before=${e}`:""}${n}`);if(i!==this.asked)return;if(!p.ok){this.failed=w(p.problem);break}let v=new Set(this.items.map(({id:g})=>g)),f=p.value.items.filter(({id:g})=>!v.has(g));this.items=[...this.items,...f];for(let{insee:g,commune:h}of f)g&&this.communes.set(g,h||g);this.next=e=p.value.next,this.loaded=!0,d=e===null||f.some(t)}this.busy=!1,this.changed()}};var xt=200,W=class{total=0;tray=new Re;asked=0;async load(e=""){let t=++this.asked;this.tray.asked();let i=await _(`tray?limit=${xt}${e?`&bannette=${encodeURIComponent(e)}`:""}`);if(t===this.asked)return i.ok?this.total=i.value.total+this.tray.replace(i.value.items):this.tray.unanswered(),i}learn(e){let{beyond:t}=this;return this.tray.learn(e)?(this.total=this.tray.size+t,!0):!1}add(e){for(let t of e)this.tray.learn(t);this.total=Math.max(this.total,this.tray.size)}forget(e){return this.tray.forget(e)?(this.total=Math.max(0,this.total-1),!0):!1}list(){return this.tray.list()}get size(){return this.tray.size}get beyond(){return Math.max(0,this.total-this.tray.size)}};var Ye=["open","offered","copies","ended"],Tt=1e3,Ft=6e4,oe=class{constructor(e,t){this.changed=e;this.seen=t;this.ended=new ie(e)}changed;seen;all=new W;ended;counts=[];delegations=[];offered=[];copies=[];loaded=!1;failed="";endedShown=!1;chosen;filter=L;delegationsAsked_ms=0;refetch;end(){clearTimeout(this.refetch)}page(){return this.chosen?.bannette===this.filter.bannette?this.chosen.page:this.all}of(e){return e==="open"?this.page().list():e==="ended"?this.ended.items:this[e]}get dangers(){return this.loaded&&this.all.beyond===0?0:Ie(this.counts)}mine(e){return this.counts.some(({bannette:t})=>t===e.bannette)}choose(e){let t=this.filter;this.filter=e,t.bannette!==e.bannette&&this.loadChosen();let i=["bannette","topic","insee","urgency"].some(n=>t[n]!==e[n]);this.endedShown&&i&&this.ended.load(e)}showEnded(){this.endedShown||this.ended.load(this.filter),this.endedShown=!0}communes(){let e=[...this.all.list(),...this.offered,...this.copies].filter(({insee:t})=>t!=="");return new Map([...e.map(({insee:t,commune:i})=>[t,i||t]),...this.ended.communes])}count(e){this.counts=e,b()-this.delegationsAsked_ms>Ft&&this.soon(),this.seen(),this.changed()}learn(e){let{beyond:t}=this.all,i=this.all.learn(e);this.chosen?.bannette===e.bannette?this.chosen.page.learn(e):this.chosen?.page.forget(e.id),this.ended.loaded&&this.ended.learn(e),i&&t>0&&this.soon(),i&&this.seen(),this.changed()}forget(e){return this.chosen?.page.forget(e),this.all.forget(e)?(this.seen(),this.changed(),!0):!1}soon(){this.refetch??=setTimeout(()=>{this.load()},Tt)}async load(){clearTimeout(this.refetch),this.refetch=void 0;let[e,t]=await Promise.all([this.all.load(),_("bannettes")]);e&&(t.ok&&(this.counts=t.value.items,this.delegations=t.value.delegations,this.delegationsAsked_ms=b()),this.failed=e.ok?"":w(e.problem),e.ok&&(this.offered=e.value.offered,this.copies=e.value.copies,this.loaded=!0,this.all.beyond>0&&this.all.add(await Me(this.counts,this.all.list())),this.seen()),this.changed(),await this.loadChosen())}async loadChosen(){let{bannette:e}=this.filter;if(e===""||this.all.beyond===0)this.chosen=void 0;else{let t=this.chosen?.bannette===e?this.chosen.page:new W;(await t.load(e))?.ok&&this.filter.bannette===e&&(this.chosen={bannette:e,page:t})}this.changed()}};var y=a.absence,ae=class extends P{delegations=[];colleagues=[];busy=!1;said="";error;pending;open(){let e=this.querySelector("dialog");!e||e.open||(this.said="",this.error=void 0,this.redraw(),e.showModal())}render(){let e=c.user?.name??"",t=c.user?.role==="manager",i=this.delegations.filter(({person:o})=>o===e||t),n=this.delegations.filter(({to:o})=>o===e);return r`<dialog class="dialog" aria-labelledby="absence-title" @close=${this.closed}>
      <div class="dialog-head">
        <h2 id="absence-title">${y.title}</h2>
        <button type="button" class="button plain" @click=${()=>this.querySelector("dialog")?.close()}>${a.keys.close} <kbd>${x.escape}</kbd></button>
      </div>
      <p class="hint">${y.what}</p>
      <p role="status">${this.said}</p>
      ${this.error?.field===""?r`<p class="notice error" role="alert">${this.error.text}</p>`:l}
      ${i.map(o=>r`<p class="standing">
          <span>${o.person===e?y.forMe(o.to,this.span(o)):y.standing(o.person,o.to,this.span(o))}</span>
          <button type="button" class="button" aria-disabled=${this.busy?"true":l} @click=${()=>this.end(o.person)}>${y.end}</button>
        </p>`)}
      ${n.map(o=>r`<p>${y.forOther(o.person,this.span(o))}</p>`)}
      ${this.form(e,t)}
    </dialog>`}span({from:e,until:t}){let i=e!==null&&Date.parse(e)>b();return y.span(i?$(e):"",t?$(t):"")}form(e,t){let i=(p,v,f)=>r`<select id="absence-${p}" name=${p}
      aria-invalid=${this.wrong(p)} aria-describedby=${this.described(p)}>
      ${f?l:r`<option value="">${a.act.choose}</option>`}
      ${Oe(v.map(g=>[g,g===e?y.me:g]))}
    </select>`,n=p=>r`<input id="absence-${p}" name=${p} type="datetime-local"
      aria-invalid=${this.wrong(p)} aria-describedby=${this.described(p)} />`,o=this.colleagues.filter(p=>p!==e),d=(p,v,f="")=>r`<div class="field">
      <label for="absence-${p}">${y.field[p]}</label> ${f?r`<span class="hint">${f}</span>`:l}
      ${v} ${this.error?.field===p?r`<span class="field-error" id="absence-${p}-error">${this.error.text}</span>`:l}
    </div>`;return r`<form @submit=${this.submit} novalidate autocomplete="off">
      <h3>${y.fresh}</h3>
      <div class="act-fields">
        ${t?d("person",i("person",[e,...o],e)):l}
        ${d("to",i("to",t?[...o,e]:o,""))} ${d("from",n("from"),y.fromHint)} ${d("until",n("until"))}
      </div>
      <div class="actions"><button type="submit" class="button primary" aria-disabled=${this.busy?"true":l}>${y.send}</button></div>
    </form>`}wrong(e){return this.error?.field===e?"true":l}described(e){return this.error?.field===e?`absence-${e}-error`:l}refuse(e,t){this.error={field:e,text:t},this.redraw(),e&&this.focusOn(`#absence-${e}`)}submit(e){e.preventDefault();let t=new FormData(e.target),i=v=>String(t.get(v)??"").trim(),[n,o]=[Date.parse(i("from")),Date.parse(i("until"))];if(!i("to"))return this.refuse("to",y.missing.to);if(Number.isNaN(o))return this.refuse("until",y.missing.until);if(o<=Math.max(b(),Number.isNaN(n)?0:n))return this.refuse("until",y.missing.past);let d=v=>new Date(v).toISOString(),p={person:i("person")||(c.user?.name??""),to:i("to"),until:d(o),...Number.isNaN(n)?{}:{from:d(n)}};this.send("delegations",p,y.done(i("to")))}end(e){this.send("delegations/end",{person:e},y.ended)}async send(e,t,i){if(this.busy)return;this.busy=!0,this.error=void 0,this.said="",this.redraw();let o=this.pending?.path===e&&this.pending.body===JSON.stringify(t)&&this.pending?this.pending.key:C(),d=await I(e,t,{key:o});this.busy=!1;let p=!d.ok&&E(d.problem);if(this.pending=p?{path:e,body:JSON.stringify(t),key:o}:void 0,d.ok)this.said=i,this.querySelector("form")?.reset(),this.dispatchEvent(new CustomEvent("changed"));else{let v=["person","to","from","until"].find(f=>d.problem.field.replace(/_ms$/,"").endsWith(f));this.refuse(p?"":v??"",p?a.dossier.unknown:w(d.problem))}this.redraw()}closed(){this.querySelector("form")?.reset(),this.error=void 0}};customElements.define("bn-absence",ae);var le=3;function Ge(s,e,t){if(s.length===0)return l;let i=Math.max(s.length,e),n=[...s].sort((o,d)=>o.arrived.localeCompare(d.arrived));return r`<section class="alert-strip" aria-labelledby="alert-title">
    <h2 id="alert-title">${ke} ${a.alert.title(i)}</h2>
    <ul>
      ${n.slice(0,le).map(o=>r`<li>
          <button type="button" class="button" @click=${()=>t(o.id)}>${a.alert.open(o.reference)}</button>
          <span>${c.topicOf(o)}${o.commune?`, ${o.commune}`:""}</span> <span>${a.alert.since} ${S(o.arrived)}</span>
        </li>`)}
      ${i>le?r`<li>${a.alert.more(i-Math.min(le,n.length))}</li>`:l}
    </ul>
  </section>`}var m=a.dossier;function Qe(s,e){return r`<header class="dossier-head">
    <button type="button" class="button plain back" @click=${e}>${m.back} <kbd>${x.escape}</kbd></button>
    <h2 id="dossier-title" tabindex="-1"><span class="reference">${s.reference}</span> ${c.topicOf(s)}</h2>
    <p class="marks">
      ${K(s.urgency)} ${U(s.danger)} ${J(s)} ${Y(s.state)}
      <span>${c.bannette(s.bannette)}</span>
    </p>
    <p class="dates">
      ${m.arrived} <time datetime=${s.arrived} title=${D(s.arrived)}>${$(s.arrived)}</time>
      <span class="quiet">(${S(s.arrived)})</span> · ${m.deadline} ${G(s)}
      ${F(s)&&s.deadline_state==="breached"&&s.state!=="waiting"&&s.state!=="reserved"?r`<span class="badge doubt">${a.takenLate}</span>`:l}
      ${s.hops>0?r`· ${m.hops(s.hops)}`:l}
      ${s.linked.length>0?r`· ${m.linked} : ${s.linked.map(t=>r`<span class="reference">${t}</span> `)}`:l}
      ${s.copies.length>0?r`· ${m.copies} : ${s.copies.map(t=>c.bannette(t)).join(", ")}`:l}
    </p>
  </header>`}function Xe(s,e,t){let i=A(c.user,s.bannette),n=i&&s.restricted&&!t?r`<p class="notice">${m.closed}</p>`:l;return r`${Ht(s)} ${Et(s)} ${n} ${i?St(s,e):_t(s,t)}`}function Ht(s){return Q(s)?r`<p class="notice error">${m.dangerOpen}</p>`:l}function Et(s){let{proposal:e}=s;if(!e)return l;let t=A(c.user,e.to);return r`<p class="notice offer">
    ${m.offer(c.bannette(e.to),e.from,j(c.why(e.why)))}
    ${e.until?r`${m.offerUntil} ${$(e.until)}.`:l}
    ${t&&s.hops>=xe?m.offerThird:l}
  </p>`}function _t(s,e){if(!e)return r`<p class="notice">${m.restricted}</p>`;let t=s.copies.some(i=>A(c.user,i));return r`<p class="notice">${t?m.byCopy:m.byProposal}</p>`}function St(s,e){let{state:t,holder:i}=s;return t==="waiting"?l:t==="handled"?r`<p class="notice">${m.handled(c.outcome(s.outcome??""))}
      ${s.until?m.closesAt($(s.until)):l}</p>`:t==="closed"?r`<p class="notice">${u.change("closed")}.</p>`:t==="merged"?r`<p class="notice">${m.mergedInto(s.merged_into??"")}.</p>`:e.people.includes(i)?r`${i===c.user?.name?l:r`<p class="notice">${m.standIn(i)}</p>`}
  ${t==="on_hold"?r`<p class="notice">${m.held(j(c.why(s.hold_why??"")))} ${s.until?m.resumesAt($(s.until)):l}</p>`:l}
  ${t==="reserved"?r`<p class="lease">${m.lease} <bn-time class="countdown" mode="lease" at=${s.lease_until??""}></bn-time>,
        ${e.idle?m.leaseIdle:m.leaseRenewed}.</p>`:l}`:r`<p class="notice">${m.heldBy(u.state(t),i)}</p>`}var Ze=[{key:"F9",shown:"F9",acts:["accept-proposal","accept","take","reopen"]},{key:"F7",shown:"F7",acts:["resume"]},{key:"F10",shown:"F10",acts:["handle"]},{key:"F7",shown:"F7",acts:["hold"]},{key:"F8",shown:"F8",acts:["reserve"]},{key:"Shift+F8",shown:`${x.shift}+F8`,acts:["release"]},{key:"Shift+F7",shown:`${x.shift}+F7`,acts:["propose","withdraw","refuse-proposal"]},{key:"Shift+F9",shown:`${x.shift}+F9`,acts:["acknowledge"]}],Rt=["return","copy","merge","reassign","close"];function et(s,e){return Ze.filter(t=>t.key===s).flatMap(t=>t.acts).find(t=>e.includes(t))}function tt(s){let e=(n,o,d="")=>r`<button type="button" class="button ${o}" data-act=${n} aria-disabled=${s.busy?"true":l}
      aria-expanded=${n===s.opened?"true":l} @click=${()=>s.start(n)}>
      ${a.act.label[n]} ${d?r`<kbd>${d}</kbd>`:l}
    </button>`,t=Ze.flatMap(({shown:n,acts:o})=>{let d=o.find(p=>s.acts.includes(p));return d?[{act:d,shown:n}]:[]}),i=Rt.filter(n=>s.acts.includes(n));return r`<div class="actions main-acts">${t.map(({act:n,shown:o},d)=>e(n,d===0?"primary":"",o))}</div>
    <div class="actions other-acts">
      ${i.map(n=>e(n,"plain"))}
      ${s.print?r`<button type="button" class="button plain" @click=${s.print}>${m.print} <kbd>Ctrl+P</kbd></button>`:l}
    </div>`}var st={width:190,height:273},it=[10.5,9,8,7],ot=.3528,It=1.4,Mt=.56,Ct=14;function nt(s){return{letters:Math.floor(st.width/(Mt*s*ot)),lines:Math.floor(st.height/(It*s*ot))-Ct}}function B(s,e){return s===""?0:s.split(`
`).reduce((t,i)=>t+Math.max(1,Math.ceil(i.length/e)),0)}function At(s,e,t){let i=[],n=t;for(let o of s.split(`
`)){if(n<=0)break;i.push(o.slice(0,n*e)),n-=Math.max(1,Math.ceil(o.length/e))}return i.join(`
`)}function rt(s,e){let t=it.at(-1)??7;for(let f of it){let{letters:g,lines:h}=nt(f);if(B(s,g)+e.reduce((V,ne)=>V+B(ne,g),0)<=h)return{size_pt:f,note:s,cut:!1,entries:e.length}}let{letters:i,lines:n}=nt(t),o=Math.max(Math.floor(n*.6),n-e.reduce((f,g)=>f+B(g,i),0)),d=At(s,i,o),p=n-B(d,i),v=0;for(let f of e){if(p-=B(f,i),p<0)break;++v}return{size_pt:t,note:d,cut:d.length<s.length,entries:v}}var de=a.sheet;function Dt(s){let e=We(s),t=`${z(s.at)} · ${te(s.actor,"")} · ${se(s)}${e?` (${e})`:""}`;return s.text?`${t}
${s.text}`:t}function at({header:s,history:e},t){let{caller:i}=t,n=e.filter(({change:p})=>p!=="renewed"&&p!=="read").reverse().map(Dt),o=rt(t.note,n),d=[u.urgency(s.urgency),s.danger?u.danger:"",u.state(s.state),s.holder?a.by(s.holder):""];return r`<section class="sheet size-${String(o.size_pt).replace(".","-")}" aria-hidden="true">
    <p class="sheet-head"><strong class="reference">${s.reference}</strong> <strong>${c.topicOf(s)}</strong> <span>${c.site.name}</span></p>
    <p>${c.bannette(s.bannette)} · ${d.filter(p=>p!=="").join(" · ")}</p>
    <p>${a.dossier.arrived} : ${D(s.arrived)}${s.deadline?r` · ${a.dossier.deadline} : ${D(s.deadline)}`:l}</p>
    <p>${a.dossier.caller} : ${i.name||a.dossier.anonymous}${i.phone?` · ${i.phone}`:""}</p>
    <p>${a.dossier.place} : ${je(s,t)||u.none}</p>
    <h2>${a.dossier.note}</h2>
    <p class="note-text">${o.note}${o.cut?r`… <em>${de.cut}</em>`:l}</p>
    <h2>${a.history.title}</h2>
    <ol>${n.slice(0,o.entries).map(p=>r`<li class="note-text">${p}</li>`)}</ol>
    ${o.entries<n.length?r`<p><em>${de.older(n.length-o.entries)}</em></p>`:l}
    <p class="sheet-foot">${de.printed(c.user?.name??"",D(new Date(b()).toISOString()))}</p>
  </section>`}var Pt=50,Lt=10*6e4,Ot=1e3,lt=new Set(["held_by_other","stale_fence","bad_state","no_proposal","proposal_open"]),Nt=new Set(["reserve","take","acknowledge","reopen","close","accept-proposal","refuse-proposal"]),Vt={note:"notes",withdraw:"withdraw-proposal"},dt=s=>JSON.stringify([s.bannette,s.state,s.holder,s.fence,s.proposal,s.copies,s.climb,s.until,s.outcome]),pe=class extends P{people=[];colleagues=[];dossierId="";dossier;failed="";busy=new Set;said="";wrong="";opened;pending=new Map;fieldError;leaseStarted_ms=0;renewing=!1;asked=0;connectedCallback(){super.connectedCallback();let e=setInterval(()=>this.watchLease(),Ot);this.until(()=>clearInterval(e))}async open(e,t){this.dossierId!==e&&(this.dossierId=e,this.dossier=void 0,this.said=this.failed="",this.wrong=this.pending.has(e)?a.dossier.unknown:"",this.opened=void 0,this.fieldError=void 0,this.redraw()),await this.load(!0),t&&this.dossier&&this.dossierId===this.dossier.header.id&&this.key(t)}shut(){this.dossierId="",this.dossier=void 0,++this.asked,this.redraw()}refresh(e){let t=this.dossier?.header;t&&!A(c.user,t.bannette)&&e&&dt(e)===dt(t)||this.dossierId&&this.load(!1)}heard(e){e.id===this.dossierId&&!this.busy.has(e.id)&&e.changed>=(this.dossier?.header.changed??"")&&this.refresh()}key(e){if(!this.dossier)return!1;let t=this.acts(),i=et(e,t);if(i)this.start(i);else if(e==="F4"&&t.includes("note"))this.focusOn(`#${q("note")}`);else if(e==="Ctrl+Enter")this.querySelector("form:focus-within")?.requestSubmit();else if(e==="Escape"&&this.opened&&!this.typed())this.cancel();else return!1;return!0}render(){if(!this.dossierId)return l;if(!this.dossier)return this.absent();let{header:e,content:t,history:i,readable:n}=this.dossier,o=this.acts();return r`<article class="dossier ${e.danger&&F(e)?"in-danger":""}" aria-labelledby="dossier-title">
      ${Qe(e,()=>this.leave(""))}
      <div role="status">${this.said?r`<p class="notice ok">${this.said}</p>`:l}</div>
      <div role="alert">${this.wrong?r`<div class="notice error"><p>${this.wrong}</p>${this.retryButton()}</div>`:l}</div>
      ${Xe(e,{people:this.people,idle:this.idle()},n)}
      ${tt({acts:o,opened:this.opened,busy:this.busy.has(e.id),start:d=>this.start(d),print:t?()=>window.print():void 0})}
      ${this.opened?this.form(this.opened,e):l}
      ${n||i.length>0?r`<div class="dossier-columns">
            <div>${t?qe(e,t):n?r`<p class="quiet">${a.dossier.erased}</p>`:l}
              ${o.includes("note")?this.form("note",e):l}</div>
            ${Be(i)}
          </div>`:l}
    </article>
    ${t?at(this.dossier,t):l}`}absent(){return r`<button type="button" class="button plain back" @click=${()=>this.leave("")}>${a.dossier.back} <kbd>${x.escape}</kbd></button>
      <p class="quiet empty" role="status">${this.failed||u.loading}</p>`}retryButton(){return this.pending.has(this.dossierId)?r`<button type="button" class="button" @click=${this.retry}>${u.retry}</button>`:l}acts(){return this.dossier?He(this.dossier.header,c.user,this.people):[]}form(e,t){return Le({act:e,header:t,people:Fe(this.colleagues,t),error:this.fieldError?.act===e?this.fieldError:void 0,text:this.written().get(t.id,e),now_ms:b(),typed:i=>this.written().set(t.id,e,i),submit:i=>this.submit(i,e),cancel:e==="note"?void 0:()=>this.cancel()})}start(e){if(e==="note"||!Z(e)){e==="note"?this.focusOn(`#${q("note")}`):this.perform(e,{});return}this.opened!==e&&(this.fieldError=void 0),this.opened=e,this.redraw(),this.focusOn(`#${q(Ae(e))}`)}cancel(){let e=this.opened;e&&this.dossier&&this.written().set(this.dossier.header.id,e,""),this.opened=void 0,this.redraw(),this.focusOn(`[data-act="${e}"]`)}typed(){return[...this.querySelectorAll(`form[data-act="${this.opened}"] textarea`)].some(e=>e.value.trim()!=="")}submit(e,t){e.preventDefault();let i=Pe(e.target,t,b());"body"in i?this.perform(t,i.body):this.wrongField(t,i.error)}wrongField(e,t){this.fieldError={...t,act:e},this.redraw(),this.focusOn(`form[data-act="${e}"] #${q(t.field)}`)}async load(e){let t=++this.asked,i=await _(`dossiers/${encodeURIComponent(this.dossierId)}`);t===this.asked&&(i.ok?(this.failed="",this.dossier=i.value,this.dossierId=i.value.header.id,this.adopt(i.value.header)):i.problem.status===404||i.problem.status===403?(this.dossier=void 0,this.failed=a.dossier.gone):this.failed=w(i.problem),this.redraw(),e&&this.focusOn(this.dossier?"#dossier-title":".back"))}adopt(e){this.dossier&&(this.dossier={...this.dossier,header:e}),this.leaseStarted_ms=b(),this.dispatchEvent(new CustomEvent("learned",{detail:e}))}idle(){return Date.now()-c.activity.acted_ms>Lt}watchLease(){let e=this.dossier?.header;if(!e||e.state!=="reserved"||!this.people.includes(e.holder)||!e.lease_until)return;let t=Date.parse(e.lease_until),i=this.leaseStarted_ms+(t-this.leaseStarted_ms)/2;b()<i||this.renewing||this.busy.has(e.id)||(this.idle()?this.redraw():this.renew(e))}async renew(e){this.renewing=!0;let t=await I(`dossiers/${e.id}/renew`,{fence:e.fence},{key:C()});this.renewing=!1,this.dossierId===e.id&&(t.ok?this.adopt(t.value.header):lt.has(t.problem.code)?(this.wrong=a.dossier.leaseLost,await this.load(!1)):this.leaseStarted_ms=b(),this.redraw())}written(){return ee.of(c.user?.name??"")}perform(e,t){let i=this.dossier?.header;if(!i||this.busy.has(i.id))return Promise.resolve();let{id:n,reference:o}=i,d={id:n,reference:o,act:e,body:Nt.has(e)?t:{fence:i.fence,...t}},p=this.pending.get(n);return this.send({...d,key:p&&Ve(p,d)?p.key:C()})}retry(){let e=this.pending.get(this.dossierId);e&&this.send(e)}async send(e){this.busy.add(e.id),this.said=this.wrong="",this.fieldError=void 0,this.redraw();let t=await I(`dossiers/${e.id}/${Vt[e.act]??e.act}`,e.body,{key:e.key});this.busy.delete(e.id),this.remember(e,!t.ok&&E(t.problem));let i=e.body.text;t.ok&&typeof i=="string"&&this.written().sent(e.id,e.act,i),this.dossierId!==e.id?this.elsewhere(e,t):t.ok?await this.done(e,t.value.header):await this.refused(e,t.problem),this.redraw()}remember(e,t){if(this.pending.delete(e.id),!t)return;this.pending.set(e.id,e);let[i]=this.pending.keys();i!==void 0&&this.pending.size>Pt&&this.pending.delete(i)}elsewhere({act:e,reference:t},i){i.ok&&this.dispatchEvent(new CustomEvent("changed",{detail:i.value.header}));let n=o=>`${a.act.label[e]} ${t} : ${E(o)?a.dossier.unknownElsewhere:w(o)}`;this.dispatchEvent(new CustomEvent("told",{detail:i.ok?a.act.doneElsewhere(a.act.done[e](t),t):n(i.problem)}))}async done(e,t){if(this.said=a.act.done[e.act](t.reference),this.opened===e.act&&(this.opened=void 0),this.adopt(t),!A(c.user,t.bannette))return this.leave(this.said);let i=document.activeElement===document.body||!document.activeElement?.isConnected;await this.load(!1),await this.updateComplete,(i||document.activeElement===document.body)&&this.focusOn("#dossier-title")}async refused(e,t){if(E(t)){this.wrong=a.dossier.unknown;return}let{act:i}=e,n=Z(i)?De(i,t.field):void 0;if(n&&Z(i))return this.wrongField(i,{field:n,text:w(t)});this.wrong=w(t),!(!lt.has(t.code)&&t.status!==404)&&(await this.load(!1),this.wrong=this.whoWasFaster()??this.wrong)}whoWasFaster(){if(!this.dossier)return;let{header:e,history:t}=this.dossier,{holder:i}=e;if(i&&!this.people.includes(i))return a.dossier.faster(i,u.state(e.state),$(e.changed));let n=t.filter(o=>o.change!=="read").at(-1);if(!(!n||n.actor===c.user?.name||n.actor==="clock"))return a.dossier.fasterDid(te(n.actor),j(se(n)),$(n.at))}leave(e){this.dispatchEvent(new CustomEvent("leave",{detail:e}))}};customElements.define("bn-dossier",pe);var R=a.filter;function ct(s){let{filter:e,list:t,over:i}=s,n=(c.user?.units.length??0)<2,o={bannette:h=>n?N(h,c.bannette(h)):c.bannette(h),urgency:h=>u.urgency(h),topic:h=>c.topic(h),insee:h=>t.find(k=>k.insee===h)?.commune||i?.get(h)||h,standing:h=>R.standings[h]??h},d=h=>h==="topic"?R.allTopics:R.all,p=(h,k)=>{let V={...e,[h]:""},ne=H=>i?"":` (${t.filter(yt=>O(yt,{...V,[h]:H},s.people,s.now_ms)).length})`,gt=e[h]&&!k.includes(e[h])?[...k,e[h]]:k,bt=H=>s.choose({...e,[h]:H.target.value});return r`<div class="filter ${e[h]?"is-set":""}">
      <label for="filter-${h}">${R[h]}</label>
      <select id="filter-${h}" @change=${bt}>
        <option value="" .selected=${M(e[h]==="")}>${d(h)}</option>
        ${gt.map(H=>r`<option value=${H} .selected=${M(e[h]===H)}>${o[h](H)}${ne(H)}</option>`)}
      </select>
    </div>`},v={topic:c.catalogue.topics.map(({code:h})=>h),insee:[...i?.keys()??[]]},f=h=>[...new Set(i?v[h]:t.map(k=>k[h]))].filter(k=>k!=="").sort((k,V)=>o[h](k).localeCompare(o[h](V),fe)),g=h=>{h.key!=="Enter"||h.ctrlKey||(h.preventDefault(),s.found())};return r`<div class="filters" role="search" aria-label=${R.title}>
    <div class="filter search">
      <label for="filter-text">${R.search} <kbd>F3</kbd></label>
      <input id="filter-text" type="search" maxlength="60" spellcheck="false" autocomplete="off" placeholder=${R.searchHint} .value=${M(s.text)}
        @input=${h=>s.search(h.target.value)} @keydown=${g} />
    </div>
    ${s.bannettes.length>1?p("bannette",s.bannettes):l} ${p("standing",_e)} ${p("urgency",Object.keys(u.urgencies))}
    ${p("topic",f("topic"))} ${p("insee",f("insee"))} ${s.views}
    ${X(e)&&s.text===""?l:r`<button type="button" class="button plain" @click=${()=>{s.search(""),s.choose(L),s.cleared()}}>${R.clear}</button>`}
  </div>`}function ht(s,e){let t=pt(e);if(t==="")return!0;let i=[s.reference,s.reference.replace("-",""),c.topicOf(s),s.commune,s.holder,c.bannette(s.bannette)];return t.split(/\s+/).every(n=>i.some(o=>pt(o).includes(n)))}var pt=s=>s.normalize("NFD").replace(/\p{M}/gu,"").toLowerCase().trim();var ce=()=>we(a.keys);function ut(s,e){return r`<table class="list" role="table" @keydown=${zt}>
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
      ${Ce(s,t=>t.id,t=>jt(t,e))}
    </tbody>
  </table>`}function jt(s,e){let t=s.id===e.openId;return r`<tr role="row" class="row ${s.danger&&F(s)?"in-danger":""} ${t?"is-open":""} is-${s.state}" @click=${()=>e.open(s.id)}>
    <td role="cell" class="c-urgency">${K(s.urgency)} ${U(s.danger)}</td>
    <td role="cell" class="c-request">
      <button type="button" class="row-button" data-id=${s.id} aria-current=${t?"true":l}>${c.topicOf(s)}</button>
      <span class="under"><span class="reference">${s.reference}</span> ${s.commune?r`<span>${s.commune}</span>`:l}
        ${e.showBannette?r`<span>${e.shortNames?N(s.bannette,c.bannette(s.bannette)):c.bannette(s.bannette)}</span>`:l}</span>
      ${J(s)}
    </td>
    <td role="cell" class="c-delay">${F(s)?G(s):l} <span class="under quiet">${a.age} ${S(s.arrived)}</span></td>
    <td role="cell" class="c-state">${Y(s.state)} ${qt(s,e)} ${Wt(s)}</td>
  </tr>`}function qt({holder:s},e){if(!s)return l;let t=c.user?.name,i=s===t?a.by(a.you):e.people.includes(s)?a.forYou(s):a.by(s);return r`<span class="under">${i}</span>`}function Wt(s){let{until:e,proposal:t,state:i}=s,n=[i==="on_hold"&&e?a.onHoldUntil($(e)):"",t?a.proposedTo(c.bannette(t.to)):"",s.starved&&i==="waiting"?a.starved:"",i==="handled"&&s.outcome?c.outcome(s.outcome):"",i==="merged"&&s.merged_into?a.dossier.mergedInto(s.merged_into):""].filter(o=>o!=="");return n.length===0?l:r`<span class="under">${n.map(o=>r`<span>${o}</span>`)}</span>`}var Bt={ArrowDown:1,ArrowUp:-1,PageDown:10,PageUp:-10,Home:-1/0,End:1/0};function zt(s){let e=Bt[s.key];e===void 0||s.ctrlKey||s.altKey||s.shiftKey||(he(s.currentTarget,e),s.preventDefault())}function he(s,e){let t=[...s.querySelectorAll(".row-button")],i=t.findIndex(o=>o===document.activeElement),n=i<0?0:Math.min(t.length-1,Math.max(0,i+e));t[n]?.focus(),t[n]?.scrollIntoView({block:"nearest"})}var Kt=(s,e)=>s.reduce((t,i)=>t+e(i),0),Ut={waiting:s=>s.waiting,unread:s=>s.unread,late:s=>s.late,unacknowledged:s=>s.unacknowledged,inProgress:s=>s.in_progress,onHold:s=>s.on_hold,taken:s=>s.taken},ue=["waiting","unread","oldest","late","unacknowledged","inProgress","onHold","taken","median"];function Jt(s){return s.reduce((e,{oldest_waiting:t})=>t!==null&&(e===null||t<e)?t:e,null)}function Yt(s,e){let t=Ut[s];if(t){let o=Kt(e,t),d=o>0&&(s==="late"||s==="unacknowledged");return r`<td role="cell" class="n ${o===0?"zero":""} ${d?"alarm":""}"><span class="cell-label">${u.board[s]}</span>${o}</td>`}if(s==="oldest"){let o=Jt(e);return r`<td role="cell" class="n"><span class="cell-label">${u.board.oldest}</span>${o?S(o):u.none}</td>`}let[i]=e,n=e.length===1&&i?i.wait_median_s:null;return r`<td role="cell" class="n"><span class="cell-label">${u.board[s]}</span>${n===null?u.none:ge(n)}</td>`}function mt(s){if(s.length===0)return l;let e=(c.user?.units.length??0)<2,t=(i,n)=>r`<tr role="row"><th role="rowheader" scope="row">${i}</th>${ue.map(o=>Yt(o,n))}</tr>`;return r`<section class="unit-figures" aria-labelledby="figures-title">
    <h2 id="figures-title">${a.figures.title}</h2>
    <table class="figures" role="table">
      <thead role="rowgroup"><tr role="row">
        <th role="columnheader" scope="col">${u.board.bannette}</th>
        ${ue.map(i=>r`<th role="columnheader" scope="col" class="n" title=${u.board.define[i]}>${u.board[i]}</th>`)}
      </tr></thead>
      <tbody role="rowgroup">
        ${s.map(i=>t(e?N(i.bannette,i.label):i.label,[i]))}
        ${s.length>1?t(a.figures.total,s):l}
      </tbody>
    </table>
    ${Ke(ue.map(i=>ze(u.board[i],u.board.define[i])))}
  </section>`}var T=a.views;function ft(s){let{views:e,filter:t}=s,i=e.findIndex(d=>Se(d.filter,t)),n=i<0&&!X(t);if(e.length===0&&!n)return l;let o=d=>{let p=e[Number(d.target.value)];p&&s.choose(p.filter)};return r`${e.length===0?l:r`<div class="filter">
      <label for="filter-view">${T.label}</label>
      <select id="filter-view" @change=${o}>
        <option value="" .selected=${M(i<0)}>${T.none}</option>
        ${e.map((d,p)=>r`<option value=${p} .selected=${M(p===i)}>${d.name}</option>`)}
      </select>
    </div>`}
    ${n?r`<button type="button" class="button plain" @click=${()=>{Gt(s)}}>${T.save}</button>`:l}
    ${i>=0?r`<button type="button" class="button plain" @click=${()=>s.keep(e.filter((d,p)=>p!==i))}>${T.remove}</button>`:l}`}async function Gt({views:s,filter:e,keep:t}){let i=await Qt(s);i&&t([...s.filter(n=>n.name!==i),{name:i,filter:e}])}function Qt(s){return new Promise(e=>{let t=document.createElement("dialog");t.className="dialog small",t.setAttribute("aria-labelledby","view-title");let i=o=>{be(r`<h2 id="view-title">${T.save}</h2>
          <form @submit=${n} novalidate autocomplete="off">
            <div class="field">
              <label for="view-name">${T.name}</label> <span class="hint" id="view-hint">${T.nameHint}</span>
              <input id="view-name" name="name" maxlength=${Ue} autofocus aria-invalid=${o?"true":l}
                aria-describedby=${o?"view-error view-hint":"view-hint"} />
              <span role="alert">${o?r`<span class="field-error" id="view-error">${o}</span>`:l}</span>
            </div>
            <div class="actions">
              <button type="submit" class="button primary">${T.keep}</button>
              <button type="button" class="button" @click=${()=>t.close("")}>${a.act.cancel} <kbd>${x.escape}</kbd></button>
            </div>
          </form>`,t)},n=o=>{o.preventDefault();let d=t.querySelector("#view-name")?.value.trim()??"";if(d==="")i(T.missing);else if(s.length>=re&&!s.some(p=>p.name===d))i(T.tooMany(re));else return t.close(d);t.querySelector("#view-name")?.focus()};i(""),t.addEventListener("close",()=>{t.remove(),e(t.returnValue)}),document.body.append(t),t.showModal()})}var Xt=/^[0-9a-z]{3}[ -]?[0-9a-z]{3}$/i,Zt=new Set(["proposed","proposal_accepted","proposal_refused","proposal_withdrawn","proposal_expired","copied","moved"]),me=class extends P{lists=new oe(()=>this.redraw(),()=>this.dangers.see(this.lists.all.list(),this.lists.dangers));personal=new Je(e=>{e&&(this.said=e),this.redraw()});dangers=new Ee(this.personal.alarm);shown="open";filter=L;text="";openId="";said="";taking=!1;takeKey="";connectedCallback(){super.connectedCallback(),this.listenTo(document,"keydown",e=>this.key(e)),this.until(ye.listen(e=>this.hear(e))),this.until(()=>this.lists.end()),this.until(()=>this.personal.end()),ee.of(c.user?.name??"").protect(()=>$e(a.leaving)),this.lists.load(),this.personal.load(),this.personal.loadColleagues()}updated(){let{colleagues:e}=this.personal;this.panel()?.tell({people:this.people(),colleagues:e}),this.absence()?.tell({delegations:this.lists.delegations,colleagues:e.map(({name:t})=>t)}),c.alarm(this.lists.all.list().filter(t=>t.state==="waiting"&&t.danger).length)}render(){let{lists:e}=this,t=e.all.list(),i=t.filter(n=>n.state==="waiting").length;return r`<div class="agent ${this.openId?"with-dossier":""}">
      <div class="screen-head">
        <h1 id="tray-title">${a.title}</h1>
        <p class="quiet">${e.loaded?a.summary(i,e.all.total):u.loading} ${this.closed()}</p>
        ${Ne(this.personal)}
        <button type="button" class="button" @click=${()=>this.absence()?.open()}>${a.absence.button}</button>
        <button type="button" class="button" @click=${ce}>${a.keys.open} <kbd>F1</kbd></button>
        <button type="button" class="button primary" aria-disabled=${this.taking?"true":l} @click=${this.takeNext}>
          ${a.take} <kbd>F2</kbd>
        </button>
      </div>
      <p class="visually-hidden" role="alert">${this.dangers.announced}</p>
      <div role="alert">${e.failed?r`<p class="notice error">${e.failed}</p>`:l}</div>
      <div role="status" class="said">${this.said?r`<p class="notice">${this.said}</p>`:l}</div>
      ${c.user?.units.length===0?r`<p class="notice warn">${a.noUnits}</p>`:l}
      ${Ge(t.filter(Q),e.dangers,n=>this.open(n))}
      ${this.standIns()}
      <div class="tools">${this.chips()} ${ct(this.filterView())}</div>
      <section class="tray" aria-labelledby="tray-title">${this.listView()}</section>
      <section class="detail" aria-label=${a.detail}>
        <bn-dossier @learned=${this.learned} @changed=${this.changedElsewhere} @told=${this.told} @leave=${this.leave}></bn-dossier>
        ${this.openId?l:r`<p class="quiet choose">${a.dossier.choose}</p>${mt(e.counts)}`}
      </section>
      <bn-absence @changed=${()=>{e.load()}}></bn-absence>
    </div>`}closed(){if(c.user?.role!=="agent"||c.user.restricted)return"";let e=this.lists.counts.reduce((t,{restricted:i})=>t+i,0);return e===0?"":a.confidential(e)}listView(){let e=this.listed(),{ended:t}=this.lists,i=this.shown==="ended",n=i?t.loaded:this.lists.loaded,o=this.lists.page();return r`${n&&e.length===0?r`<p class="empty quiet">${this.emptyText()}</p>`:this.table(e)}
      ${this.shown==="open"&&o.beyond>0?r`<p class="quiet">${a.more(o.size,o.total,o!==this.lists.all)}</p>`:l}
      ${i&&t.failed?r`<p class="notice error" role="alert">${t.failed}</p>`:l}
      ${i&&t.loaded?this.endedFoot():l}`}endedFoot(){let{ended:e}=this.lists,t=this.text!==""||this.filter.standing!=="",i=e.items.at(-1)?.arrived;return!e.more&&!e.full?l:r`<p class="quiet ended-foot">${a.lists.looked(e.items.length,i?z(i):"",t)}
      ${e.full?a.lists.full:r`<button type="button" class="button" aria-disabled=${e.busy?"true":l} @click=${()=>{e.older(this.wanted())}}>${t?a.lists.further:a.lists.older}</button>`}</p>`}standIns(){let[,...e]=this.people();return e.length===0?l:r`<p class="notice">${a.standIns(e)}</p>`}chips(){let{all:e,offered:t,copies:i,ended:n}=this.lists,o={open:String(e.total),offered:String(t.length),copies:String(i.length),ended:n.loaded?`${n.items.length}${n.more||n.full?"+":""}`:""};return r`<div class="chips lists" role="group" aria-label=${a.lists.label}>
      ${Ye.map(d=>r`<button type="button" class="button chip ${d==="offered"&&t.length>0?"asks":""}"
            aria-pressed=${d===this.shown?"true":"false"} @click=${()=>this.show(d)}>
          ${a.lists[d]} ${o[d]?r`<span class="count">${o[d]}</span>`:l}
        </button>`)}
    </div>`}table(e){let t=[...new Set(e.map(i=>i.bannette))];return ut(e,{title:a.lists[this.shown],openId:this.openId,people:this.people(),showBannette:t.length>1||this.shown!=="open",shortNames:new Set(t.map(i=>i.split("/")[0])).size<2&&(this.shown==="open"||this.shown==="ended"),open:i=>this.open(i)})}emptyText(){return this.lists.of(this.shown).length>0?a.lists.filtered:a.lists.empty[this.shown]}people(){return Te(c.user,this.lists.delegations,b())}listed(){return this.lists.of(this.shown).filter(this.wanted())}wanted(){let{filter:e,text:t}=this,i=this.people(),n=b();return o=>O(o,e,i,n)&&ht(o,t)}filterView(){return{filter:this.filter,list:this.lists.of(this.shown),bannettes:this.lists.counts.map(e=>e.bannette),over:this.shown==="ended"?this.lists.communes():void 0,text:this.text,people:this.people(),now_ms:b(),choose:e=>this.choose(e),search:e=>{this.text=e,this.redraw()},found:()=>this.found(),views:ft({views:this.personal.preferences.views,filter:this.filter,choose:e=>this.choose(e),keep:e=>{this.personal.prefer({views:e}),this.focusOn(e.length>0?"#filter-view":"#filter-text")}}),cleared:()=>{this.focusOn("#filter-text")}}}found(){let[e,t]=this.listed();e&&!t?this.open(e.id):Xt.test(this.text.trim())&&this.open(this.text.trim().replace(/^(...)[ -]?(...)$/,"$1-$2").toUpperCase())}choose(e){this.filter=e,this.lists.choose(e),this.redraw()}show(e){this.shown=e,e==="ended"&&this.lists.showEnded(),this.redraw()}hear(e){let{lists:t}=this;e.type==="hello"||e.type==="resync"?t.load().then(()=>this.panel()?.refresh([...t.offered,...t.copies].find(({id:i})=>i===this.openId))):e.type==="tray"?(this.panel()?.heard(e.header),t.learn(e.header),this.dangers.hear(e.header,e.change),Zt.has(e.change)&&t.soon()):e.type==="gone"?t.forget(e.id)&&e.id===this.openId&&this.panel()?.refresh():e.type==="counts"&&t.count(e.items)}async takeNext(){if(this.taking)return;this.taking=!0,this.said="",this.takeKey||=C(),this.redraw();let{bannette:e}=this.filter,t=await I("take-next",e?{bannettes:[e]}:{},{key:this.takeKey});if(this.taking=!1,t.ok)this.takeKey="",this.lists.learn(t.value.header),this.said=a.act.done.take(t.value.header.reference),this.open(t.value.header.id);else{let i=E(t.problem);i||(this.takeKey="");let n=e?a.nothingHere:a.nothing;this.said=i?a.dossier.unknown:t.problem.code==="nothing_waiting"?n:w(t.problem)}this.redraw()}panel(){return this.querySelector("bn-dossier")}absence(){return this.querySelector("bn-absence")}open(e,t){this.openId!==e&&(this.openId=e,this.redraw()),this.panel()?.open(e,t)}leave(e){this.said=e.detail,this.shut()}told(e){this.said=e.detail,this.redraw()}changedElsewhere(e){this.lists.mine(e.detail)&&this.lists.learn(e.detail),this.lists.soon()}shut(){let e=this.openId;this.openId="",this.panel()?.shut(),this.redraw(),this.focusOn(`.row-button[data-id="${e}"]`).then(()=>{this.querySelector(".row-button:focus")||this.querySelector(".row-button, .screen-head .primary")?.focus()})}learned(e){let t=e.detail;this.openId&&this.openId!==t.id&&(this.openId=t.id),this.lists.mine(t)&&this.lists.learn(t),(t.proposal||this.lists.offered.some(({id:i})=>i===t.id))&&this.lists.soon(),this.redraw()}key(e){if(e.defaultPrevented)return;let t=ve(e),{target:i}=e,n=i instanceof HTMLElement&&i.closest("dialog")!==null;if(t==="F1")ce();else if(n||!this.handle(t,i))return;e.preventDefault()}handle(e,t){let i=t instanceof HTMLElement?t.closest(".row-button")?.dataset.id??"":"",n=t instanceof HTMLElement&&t.closest("input, textarea, select, table")!==null,o=(t instanceof HTMLTextAreaElement||t instanceof HTMLInputElement&&t.type==="search")&&t.value.trim()!=="";if(e==="F2")this.takeNext();else if(e==="F3")this.focusOn("#filter-text");else if((e==="F8"||e==="F9")&&i&&i!==this.openId)this.open(i,e);else{if(this.panel()?.key(e))return!0;if(e==="Escape"&&this.openId&&!o)this.shut();else if((e==="ArrowDown"||e==="ArrowUp")&&!n&&!this.openId)he(this,0);else return!1}return!0}};customElements.define("bn-agent",me);
