import{A as Ae,B as De,C as Pe,D as O,E as Le,F as X,G as Oe,H as Ne,I as Ve,J as Z,K as ee,L as je,M as qe,N as ne,O as ze,P as Ke,a as V,b as a,e as we,f as T,g as C,h as ke,i as Y,j as xe,k as Te,n as Fe,o as P,p as He,q as L,r as G,s as Ee,t as _e,u as Se,v as Re,w as Q,x as Ie,y as j,z as Ce}from"./shared-5.js";import{a as M,b as I}from"./shared-3.js";import"./shared-7.js";import{a as Ue,b as Be}from"./shared-10.js";import{a as ye}from"./shared-9.js";import{b as ve}from"./shared-11.js";import{a as B,b as $e,c as z,d as K,e as J,f as _,g as W}from"./shared-8.js";import{a as Me}from"./shared-4.js";import"./shared-2.js";import{a as u,c as b,d as ue,e as $,f as me,g as A,h as r,k as l,m as fe,o as H,q as E,r as R,s as ge,t as D,u as w,v as be,x as c}from"./shared-1.js";var bt=100,yt=5e3,vt=20,$t=["bannette","topic","insee","urgency"],te=class{constructor(e){this.changed=e}changed;items=[];communes=new Map;loaded=!1;busy=!1;failed="";next=null;by={bannette:"",topic:"",insee:"",urgency:""};asked=0;get more(){return this.next!==null&&!this.full}get full(){return this.items.length>=yt}load(e){return this.by=e,this.items=[],this.loaded=!1,this.ask(null,()=>!0)}older(e){return this.busy||this.next===null?Promise.resolve():this.ask(this.next,e)}learn(e){let t=this.items.filter(({id:i})=>i!==e.id);T(e)?this.items=t:L(e,{...this.by,standing:""},[],0)&&(this.items=t.length<this.items.length?this.items.map(i=>i.id===e.id?e:i):[e,...t])}async ask(e,t){let i=++this.asked,o=$t.filter(n=>this.by[n]!=="").map(n=>`&${n}=${encodeURIComponent(this.by[n])}`).join("");this.busy=!0,this.failed="",this.changed();for(let n=0,d=!1;n<vt&&!d&&!this.full;++n){let p=await E(`tray?ended=true&limit=${bt}${e?`&before=${e}`:""}${o}`);if(i!==this.asked)return;if(!p.ok){this.failed=w(p.problem);break}let v=new Set(this.items.map(({id:g})=>g)),f=p.value.items.filter(({id:g})=>!v.has(g));this.items=[...this.items,...f];for(let{insee:g,commune:h}of f)g&&this.communes.set(g,h||g);this.next=e=p.value.next,this.loaded=!0,d=e===null||f.some(t)}this.busy=!1,this.changed()}};var wt=200,q=class{total=0;tray=new _e;asked=0;async load(e=""){let t=++this.asked;this.tray.asked();let i=await E(`tray?limit=${wt}${e?`&bannette=${encodeURIComponent(e)}`:""}`);if(t===this.asked)return i.ok?this.total=i.value.total+this.tray.replace(i.value.items):this.tray.unanswered(),i}learn(e){let{beyond:t}=this;return this.tray.learn(e)?(this.total=this.tray.size+t,!0):!1}add(e){for(let t of e)this.tray.learn(t);this.total=Math.max(this.total,this.tray.size)}forget(e){return this.tray.forget(e)?(this.total=Math.max(0,this.total-1),!0):!1}list(){return this.tray.list()}get size(){return this.tray.size}get beyond(){return Math.max(0,this.total-this.tray.size)}};var Je=["open","offered","copies","ended"],kt=1e3,xt=6e4,se=class{constructor(e,t){this.changed=e;this.seen=t;this.ended=new te(e)}changed;seen;all=new q;ended;counts=[];delegations=[];offered=[];copies=[];loaded=!1;failed="";endedShown=!1;chosen;filter=P;delegationsAsked_ms=0;refetch;end(){clearTimeout(this.refetch)}page(){return this.chosen?.bannette===this.filter.bannette?this.chosen.page:this.all}of(e){return e==="open"?this.page().list():e==="ended"?this.ended.items:this[e]}get dangers(){return this.loaded&&this.all.beyond===0?0:Se(this.counts)}mine(e){return this.counts.some(({bannette:t})=>t===e.bannette)}choose(e){let t=this.filter;this.filter=e,t.bannette!==e.bannette&&this.loadChosen();let i=["bannette","topic","insee","urgency"].some(o=>t[o]!==e[o]);this.endedShown&&i&&this.ended.load(e)}showEnded(){this.endedShown||this.ended.load(this.filter),this.endedShown=!0}communes(){let e=[...this.all.list(),...this.offered,...this.copies].filter(({insee:t})=>t!=="");return new Map([...e.map(({insee:t,commune:i})=>[t,i||t]),...this.ended.communes])}count(e){this.counts=e,b()-this.delegationsAsked_ms>xt&&this.soon(),this.seen(),this.changed()}learn(e){let{beyond:t}=this.all,i=this.all.learn(e);this.chosen?.bannette===e.bannette?this.chosen.page.learn(e):this.chosen?.page.forget(e.id),this.ended.loaded&&this.ended.learn(e),i&&t>0&&this.soon(),i&&this.seen(),this.changed()}forget(e){return this.chosen?.page.forget(e),this.all.forget(e)?(this.seen(),this.changed(),!0):!1}soon(){this.refetch??=setTimeout(()=>{this.load()},kt)}async load(){clearTimeout(this.refetch),this.refetch=void 0;let[e,t]=await Promise.all([this.all.load(),E("bannettes")]);e&&(t.ok&&(this.counts=t.value.items,this.delegations=t.value.delegations,this.delegationsAsked_ms=b()),this.failed=e.ok?"":w(e.problem),e.ok&&(this.offered=e.value.offered,this.copies=e.value.copies,this.loaded=!0,this.all.beyond>0&&this.all.add(await Re(this.counts,this.all.list())),this.seen()),this.changed(),await this.loadChosen())}async loadChosen(){let{bannette:e}=this.filter;if(e===""||this.all.beyond===0)this.chosen=void 0;else{let t=this.chosen?.bannette===e?this.chosen.page:new q;(await t.load(e))?.ok&&this.filter.bannette===e&&(this.chosen={bannette:e,page:t})}this.changed()}};var y=a.absence,oe=class extends D{delegations=[];colleagues=[];busy=!1;said="";error;pending;open(){let e=this.querySelector("dialog");!e||e.open||(this.said="",this.error=void 0,this.redraw(),e.showModal())}render(){let e=c.user?.name??"",t=c.user?.role==="manager",i=this.delegations.filter(({person:n})=>n===e||t),o=this.delegations.filter(({to:n})=>n===e);return r`<dialog class="dialog" aria-labelledby="absence-title" @close=${this.closed}>
      <div class="dialog-head">
        <h2 id="absence-title">${y.title}</h2>
        <button type="button" class="button plain" @click=${()=>this.querySelector("dialog")?.close()}>${a.keys.close} <kbd>Échap</kbd></button>
      </div>
      <p class="hint">${y.what}</p>
      <p role="status">${this.said}</p>
      ${this.error?.field===""?r`<p class="notice error" role="alert">${this.error.text}</p>`:l}
      ${i.map(n=>r`<p class="standing">
          <span>${n.person===e?y.forMe(n.to,this.span(n)):y.standing(n.person,n.to,this.span(n))}</span>
          <button type="button" class="button" aria-disabled=${this.busy?"true":l} @click=${()=>this.end(n.person)}>${y.end}</button>
        </p>`)}
      ${o.map(n=>r`<p>${y.forOther(n.person,this.span(n))}</p>`)}
      ${this.form(e,t)}
    </dialog>`}span({from:e,until:t}){let i=e!==null&&Date.parse(e)>b();return y.span(i?$(e):"",t?$(t):"")}form(e,t){let i=(p,v,f)=>r`<select id="absence-${p}" name=${p}
      aria-invalid=${this.wrong(p)} aria-describedby=${this.described(p)}>
      ${f?l:r`<option value="">${a.act.choose}</option>`}
      ${Pe(v.map(g=>[g,g===e?y.me:g]))}
    </select>`,o=p=>r`<input id="absence-${p}" name=${p} type="datetime-local"
      aria-invalid=${this.wrong(p)} aria-describedby=${this.described(p)} />`,n=this.colleagues.filter(p=>p!==e),d=(p,v,f="")=>r`<div class="field">
      <label for="absence-${p}">${y.field[p]}</label> ${f?r`<span class="hint">${f}</span>`:l}
      ${v} ${this.error?.field===p?r`<span class="field-error" id="absence-${p}-error">${this.error.text}</span>`:l}
    </div>`;return r`<form @submit=${this.submit} novalidate autocomplete="off">
      <h3>${y.fresh}</h3>
      <div class="act-fields">
        ${t?d("person",i("person",[e,...n],e)):l}
        ${d("to",i("to",t?[...n,e]:n,""))} ${d("from",o("from"),y.fromHint)} ${d("until",o("until"))}
      </div>
      <div class="actions"><button type="submit" class="button primary" aria-disabled=${this.busy?"true":l}>${y.send}</button></div>
    </form>`}wrong(e){return this.error?.field===e?"true":l}described(e){return this.error?.field===e?`absence-${e}-error`:l}refuse(e,t){this.error={field:e,text:t},this.redraw(),e&&this.focusOn(`#absence-${e}`)}submit(e){e.preventDefault();let t=new FormData(e.target),i=v=>String(t.get(v)??"").trim(),[o,n]=[Date.parse(i("from")),Date.parse(i("until"))];if(!i("to"))return this.refuse("to",y.missing.to);if(Number.isNaN(n))return this.refuse("until",y.missing.until);if(n<=Math.max(b(),Number.isNaN(o)?0:o))return this.refuse("until",y.missing.past);let d=v=>new Date(v).toISOString(),p={person:i("person")||(c.user?.name??""),to:i("to"),until:d(n),...Number.isNaN(o)?{}:{from:d(o)}};this.send("delegations",p,y.done(i("to")))}end(e){this.send("delegations/end",{person:e},y.ended)}async send(e,t,i){if(this.busy)return;this.busy=!0,this.error=void 0,this.said="",this.redraw();let n=this.pending?.path===e&&this.pending.body===JSON.stringify(t)&&this.pending?this.pending.key:I(),d=await R(e,t,{key:n});this.busy=!1;let p=!d.ok&&H(d.problem);if(this.pending=p?{path:e,body:JSON.stringify(t),key:n}:void 0,d.ok)this.said=i,this.querySelector("form")?.reset(),this.dispatchEvent(new CustomEvent("changed"));else{let v=["person","to","from","until"].find(f=>d.problem.field.replace(/_ms$/,"").endsWith(f));this.refuse(p?"":v??"",p?a.dossier.unknown:w(d.problem))}this.redraw()}closed(){this.querySelector("form")?.reset(),this.error=void 0}};customElements.define("bn-absence",oe);var re=3;function We(s,e,t){if(s.length===0)return l;let i=Math.max(s.length,e),o=[...s].sort((n,d)=>n.arrived.localeCompare(d.arrived));return r`<section class="alert-strip" aria-labelledby="alert-title">
    <h2 id="alert-title">${$e} ${a.alert.title(i)}</h2>
    <ul>
      ${o.slice(0,re).map(n=>r`<li>
          <button type="button" class="button" @click=${()=>t(n.id)}>${a.alert.open(n.reference)}</button>
          <span>${c.topicOf(n)}${n.commune?`, ${n.commune}`:""}</span> <span>${a.alert.since} ${_(n.arrived)}</span>
        </li>`)}
      ${i>re?r`<li>${a.alert.more(i-Math.min(re,o.length))}</li>`:l}
    </ul>
  </section>`}var m=a.dossier;function Ye(s,e){return r`<header class="dossier-head">
    <button type="button" class="button plain back" @click=${e}>${m.back} <kbd>Échap</kbd></button>
    <h2 id="dossier-title" tabindex="-1"><span class="reference">${s.reference}</span> ${c.topicOf(s)}</h2>
    <p class="marks">
      ${B(s.urgency)} ${z(s.danger)} ${K(s)} ${J(s.state)}
      <span>${c.bannette(s.bannette)}</span>
    </p>
    <p class="dates">
      ${m.arrived} <time datetime=${s.arrived} title=${A(s.arrived)}>${$(s.arrived)}</time>
      <span class="quiet">(${_(s.arrived)})</span> · ${m.deadline} ${W(s)}
      ${T(s)&&s.deadline_state==="breached"&&s.state!=="waiting"&&s.state!=="reserved"?r`<span class="badge doubt">${a.takenLate}</span>`:l}
      ${s.hops>0?r`· ${m.hops(s.hops)}`:l}
      ${s.linked.length>0?r`· ${m.linked} : ${s.linked.map(t=>r`<span class="reference">${t}</span> `)}`:l}
      ${s.copies.length>0?r`· ${m.copies} : ${s.copies.map(t=>c.bannette(t)).join(", ")}`:l}
    </p>
  </header>`}function Ge(s,e,t){let i=C(c.user,s.bannette),o=i&&s.restricted&&!t?r`<p class="notice">${m.closed}</p>`:l;return r`${Tt(s)} ${Ft(s)} ${o} ${i?Et(s,e):Ht(s,t)}`}function Tt(s){return Y(s)?r`<p class="notice error">${m.dangerOpen}</p>`:l}function Ft(s){let{proposal:e}=s;if(!e)return l;let t=C(c.user,e.to);return r`<p class="notice offer">
    ${m.offer(c.bannette(e.to),e.from,V(c.why(e.why)))}
    ${e.until?r`${m.offerUntil} ${$(e.until)}.`:l}
    ${t&&s.hops>=we?m.offerThird:l}
  </p>`}function Ht(s,e){if(!e)return r`<p class="notice">${m.restricted}</p>`;let t=s.copies.some(i=>C(c.user,i));return r`<p class="notice">${t?m.byCopy:m.byProposal}</p>`}function Et(s,e){let{state:t,holder:i}=s;return t==="waiting"?l:t==="handled"?r`<p class="notice">${m.handled(c.outcome(s.outcome??""))}
      ${s.until?m.closesAt($(s.until)):l}</p>`:t==="closed"?r`<p class="notice">${u.change("closed")}.</p>`:t==="merged"?r`<p class="notice">${m.mergedInto(s.merged_into??"")}.</p>`:e.people.includes(i)?r`${i===c.user?.name?l:r`<p class="notice">${m.standIn(i)}</p>`}
  ${t==="on_hold"?r`<p class="notice">${m.held(V(c.why(s.hold_why??"")))} ${s.until?m.resumesAt($(s.until)):l}</p>`:l}
  ${t==="reserved"?r`<p class="lease">${m.lease} <bn-time class="countdown" mode="lease" at=${s.lease_until??""}></bn-time>,
        ${e.idle?m.leaseIdle:m.leaseRenewed}.</p>`:l}`:r`<p class="notice">${m.heldBy(u.state(t),i)}</p>`}var Qe=[{key:"F9",shown:"F9",acts:["accept-proposal","accept","take","reopen"]},{key:"F7",shown:"F7",acts:["resume"]},{key:"F10",shown:"F10",acts:["handle"]},{key:"F7",shown:"F7",acts:["hold"]},{key:"F8",shown:"F8",acts:["reserve"]},{key:"Shift+F8",shown:"Maj+F8",acts:["release"]},{key:"Shift+F7",shown:"Maj+F7",acts:["propose","withdraw","refuse-proposal"]},{key:"Shift+F9",shown:"Maj+F9",acts:["acknowledge"]}],_t=["return","copy","merge","reassign","close"];function Xe(s,e){return Qe.filter(t=>t.key===s).flatMap(t=>t.acts).find(t=>e.includes(t))}function Ze(s){let e=(o,n,d="")=>r`<button type="button" class="button ${n}" data-act=${o} aria-disabled=${s.busy?"true":l}
      aria-expanded=${o===s.opened?"true":l} @click=${()=>s.start(o)}>
      ${a.act.label[o]} ${d?r`<kbd>${d}</kbd>`:l}
    </button>`,t=Qe.flatMap(({shown:o,acts:n})=>{let d=n.find(p=>s.acts.includes(p));return d?[{act:d,shown:o}]:[]}),i=_t.filter(o=>s.acts.includes(o));return r`<div class="actions main-acts">${t.map(({act:o,shown:n},d)=>e(o,d===0?"primary":"",n))}</div>
    <div class="actions other-acts">
      ${i.map(o=>e(o,"plain"))}
      ${s.print?r`<button type="button" class="button plain" @click=${s.print}>${m.print} <kbd>Ctrl+P</kbd></button>`:l}
    </div>`}var et={width:190,height:273},tt=[10.5,9,8,7],st=.3528,St=1.4,Rt=.56,Mt=14;function it(s){return{letters:Math.floor(et.width/(Rt*s*st)),lines:Math.floor(et.height/(St*s*st))-Mt}}function U(s,e){return s===""?0:s.split(`
`).reduce((t,i)=>t+Math.max(1,Math.ceil(i.length/e)),0)}function It(s,e,t){let i=[],o=t;for(let n of s.split(`
`)){if(o<=0)break;i.push(n.slice(0,o*e)),o-=Math.max(1,Math.ceil(n.length/e))}return i.join(`
`)}function nt(s,e){let t=tt.at(-1)??7;for(let f of tt){let{letters:g,lines:h}=it(f);if(U(s,g)+e.reduce((N,ie)=>N+U(ie,g),0)<=h)return{size_pt:f,note:s,cut:!1,entries:e.length}}let{letters:i,lines:o}=it(t),n=Math.max(Math.floor(o*.6),o-e.reduce((f,g)=>f+U(g,i),0)),d=It(s,i,n),p=o-U(d,i),v=0;for(let f of e){if(p-=U(f,i),p<0)break;++v}return{size_pt:t,note:d,cut:d.length<s.length,entries:v}}var ae=a.sheet;function Ct(s){let e=je(s),t=`${me(s.at)} · ${Z(s.actor,"")} · ${ee(s)}${e?` (${e})`:""}`;return s.text?`${t}
${s.text}`:t}function ot({header:s,history:e},t){let{caller:i}=t,o=e.filter(({change:p})=>p!=="renewed"&&p!=="read").reverse().map(Ct),n=nt(t.note,o),d=[u.urgency(s.urgency),s.danger?u.danger:"",u.state(s.state),s.holder?a.by(s.holder):""];return r`<section class="sheet size-${String(n.size_pt).replace(".","-")}" aria-hidden="true">
    <p class="sheet-head"><strong class="reference">${s.reference}</strong> <strong>${c.topicOf(s)}</strong> <span>${c.site.name}</span></p>
    <p>${c.bannette(s.bannette)} · ${d.filter(p=>p!=="").join(" · ")}</p>
    <p>${a.dossier.arrived} : ${A(s.arrived)}${s.deadline?r` · ${a.dossier.deadline} : ${A(s.deadline)}`:l}</p>
    <p>${a.dossier.caller} : ${i.name||a.dossier.anonymous}${i.phone?` · ${i.phone}`:""}</p>
    <p>${a.dossier.place} : ${Ne(s,t)||u.none}</p>
    <h2>${a.dossier.note}</h2>
    <p class="note-text">${n.note}${n.cut?r`… <em>${ae.cut}</em>`:l}</p>
    <h2>${a.history.title}</h2>
    <ol>${o.slice(0,n.entries).map(p=>r`<li class="note-text">${p}</li>`)}</ol>
    ${n.entries<o.length?r`<p><em>${ae.older(o.length-n.entries)}</em></p>`:l}
    <p class="sheet-foot">${ae.printed(c.user?.name??"",A(new Date(b()).toISOString()))}</p>
  </section>`}var At=50,Dt=10*6e4,Pt=1e3,rt=new Set(["held_by_other","stale_fence","bad_state","no_proposal","proposal_open"]),Lt=new Set(["reserve","take","acknowledge","reopen","close","accept-proposal","refuse-proposal"]),Ot={note:"notes",withdraw:"withdraw-proposal"},at=s=>JSON.stringify([s.bannette,s.state,s.holder,s.fence,s.proposal,s.copies,s.climb,s.until,s.outcome]),le=class extends D{people=[];colleagues=[];dossierId="";dossier;failed="";busy=new Set;said="";wrong="";opened;pending=new Map;fieldError;leaseStarted_ms=0;renewing=!1;asked=0;connectedCallback(){super.connectedCallback();let e=setInterval(()=>this.watchLease(),Pt);this.until(()=>clearInterval(e))}async open(e,t){this.dossierId!==e&&(this.dossierId=e,this.dossier=void 0,this.said=this.failed="",this.wrong=this.pending.has(e)?a.dossier.unknown:"",this.opened=void 0,this.fieldError=void 0,this.redraw()),await this.load(!0),t&&this.dossier&&this.dossierId===this.dossier.header.id&&this.key(t)}shut(){this.dossierId="",this.dossier=void 0,++this.asked,this.redraw()}refresh(e){let t=this.dossier?.header;t&&!C(c.user,t.bannette)&&e&&at(e)===at(t)||this.dossierId&&this.load(!1)}heard(e){e.id===this.dossierId&&!this.busy.has(e.id)&&e.changed>=(this.dossier?.header.changed??"")&&this.refresh()}key(e){if(!this.dossier)return!1;let t=this.acts(),i=Xe(e,t);if(i)this.start(i);else if(e==="F4"&&t.includes("note"))this.focusOn(`#${j("note")}`);else if(e==="Ctrl+Enter")this.querySelector("form:focus-within")?.requestSubmit();else if(e==="Escape"&&this.opened&&!this.typed())this.cancel();else return!1;return!0}render(){if(!this.dossierId)return l;if(!this.dossier)return this.absent();let{header:e,content:t,history:i,readable:o}=this.dossier,n=this.acts();return r`<article class="dossier ${e.danger&&T(e)?"in-danger":""}" aria-labelledby="dossier-title">
      ${Ye(e,()=>this.leave(""))}
      <div role="status">${this.said?r`<p class="notice ok">${this.said}</p>`:l}</div>
      <div role="alert">${this.wrong?r`<div class="notice error"><p>${this.wrong}</p>${this.retryButton()}</div>`:l}</div>
      ${Ge(e,{people:this.people,idle:this.idle()},o)}
      ${Ze({acts:n,opened:this.opened,busy:this.busy.has(e.id),start:d=>this.start(d),print:t?()=>window.print():void 0})}
      ${this.opened?this.form(this.opened,e):l}
      ${o||i.length>0?r`<div class="dossier-columns">
            <div>${t?Ve(e,t):o?r`<p class="quiet">${a.dossier.erased}</p>`:l}
              ${n.includes("note")?this.form("note",e):l}</div>
            ${qe(i)}
          </div>`:l}
    </article>
    ${t?ot(this.dossier,t):l}`}absent(){return r`<button type="button" class="button plain back" @click=${()=>this.leave("")}>${a.dossier.back} <kbd>Échap</kbd></button>
      <p class="quiet empty" role="status">${this.failed||u.loading}</p>`}retryButton(){return this.pending.has(this.dossierId)?r`<button type="button" class="button" @click=${this.retry}>${u.retry}</button>`:l}acts(){return this.dossier?Te(this.dossier.header,c.user,this.people):[]}form(e,t){return De({act:e,header:t,people:xe(this.colleagues,t),error:this.fieldError?.act===e?this.fieldError:void 0,text:this.written().get(t.id,e),now_ms:b(),typed:i=>this.written().set(t.id,e,i),submit:i=>this.submit(i,e),cancel:e==="note"?void 0:()=>this.cancel()})}start(e){if(e==="note"||!Q(e)){e==="note"?this.focusOn(`#${j("note")}`):this.perform(e,{});return}this.opened!==e&&(this.fieldError=void 0),this.opened=e,this.redraw(),this.focusOn(`#${j(Ie(e))}`)}cancel(){let e=this.opened;e&&this.dossier&&this.written().set(this.dossier.header.id,e,""),this.opened=void 0,this.redraw(),this.focusOn(`[data-act="${e}"]`)}typed(){return[...this.querySelectorAll(`form[data-act="${this.opened}"] textarea`)].some(e=>e.value.trim()!=="")}submit(e,t){e.preventDefault();let i=Ae(e.target,t,b());"body"in i?this.perform(t,i.body):this.wrongField(t,i.error)}wrongField(e,t){this.fieldError={...t,act:e},this.redraw(),this.focusOn(`form[data-act="${e}"] #${j(t.field)}`)}async load(e){let t=++this.asked,i=await E(`dossiers/${encodeURIComponent(this.dossierId)}`);t===this.asked&&(i.ok?(this.failed="",this.dossier=i.value,this.dossierId=i.value.header.id,this.adopt(i.value.header)):i.problem.status===404||i.problem.status===403?(this.dossier=void 0,this.failed=a.dossier.gone):this.failed=w(i.problem),this.redraw(),e&&this.focusOn(this.dossier?"#dossier-title":".back"))}adopt(e){this.dossier&&(this.dossier={...this.dossier,header:e}),this.leaseStarted_ms=b(),this.dispatchEvent(new CustomEvent("learned",{detail:e}))}idle(){return Date.now()-c.activity.acted_ms>Dt}watchLease(){let e=this.dossier?.header;if(!e||e.state!=="reserved"||!this.people.includes(e.holder)||!e.lease_until)return;let t=Date.parse(e.lease_until),i=this.leaseStarted_ms+(t-this.leaseStarted_ms)/2;b()<i||this.renewing||this.busy.has(e.id)||(this.idle()?this.redraw():this.renew(e))}async renew(e){this.renewing=!0;let t=await R(`dossiers/${e.id}/renew`,{fence:e.fence},{key:I()});this.renewing=!1,this.dossierId===e.id&&(t.ok?this.adopt(t.value.header):rt.has(t.problem.code)?(this.wrong=a.dossier.leaseLost,await this.load(!1)):this.leaseStarted_ms=b(),this.redraw())}written(){return X.of(c.user?.name??"")}perform(e,t){let i=this.dossier?.header;if(!i||this.busy.has(i.id))return Promise.resolve();let{id:o,reference:n}=i,d={id:o,reference:n,act:e,body:Lt.has(e)?t:{fence:i.fence,...t}},p=this.pending.get(o);return this.send({...d,key:p&&Oe(p,d)?p.key:I()})}retry(){let e=this.pending.get(this.dossierId);e&&this.send(e)}async send(e){this.busy.add(e.id),this.said=this.wrong="",this.fieldError=void 0,this.redraw();let t=await R(`dossiers/${e.id}/${Ot[e.act]??e.act}`,e.body,{key:e.key});this.busy.delete(e.id),this.remember(e,!t.ok&&H(t.problem));let i=e.body.text;t.ok&&typeof i=="string"&&this.written().sent(e.id,e.act,i),this.dossierId!==e.id?this.elsewhere(e,t):t.ok?await this.done(e,t.value.header):await this.refused(e,t.problem),this.redraw()}remember(e,t){if(this.pending.delete(e.id),!t)return;this.pending.set(e.id,e);let[i]=this.pending.keys();i!==void 0&&this.pending.size>At&&this.pending.delete(i)}elsewhere({act:e,reference:t},i){i.ok&&this.dispatchEvent(new CustomEvent("changed",{detail:i.value.header}));let o=n=>`${a.act.label[e]} ${t} : ${H(n)?a.dossier.unknownElsewhere:w(n)}`;this.dispatchEvent(new CustomEvent("told",{detail:i.ok?a.act.doneElsewhere(a.act.done[e](t),t):o(i.problem)}))}async done(e,t){if(this.said=a.act.done[e.act](t.reference),this.opened===e.act&&(this.opened=void 0),this.adopt(t),!C(c.user,t.bannette))return this.leave(this.said);let i=document.activeElement===document.body||!document.activeElement?.isConnected;await this.load(!1),await this.updateComplete,(i||document.activeElement===document.body)&&this.focusOn("#dossier-title")}async refused(e,t){if(H(t)){this.wrong=a.dossier.unknown;return}let{act:i}=e,o=Q(i)?Ce(i,t.field):void 0;if(o&&Q(i))return this.wrongField(i,{field:o,text:w(t)});this.wrong=w(t),!(!rt.has(t.code)&&t.status!==404)&&(await this.load(!1),this.wrong=this.whoWasFaster()??this.wrong)}whoWasFaster(){if(!this.dossier)return;let{header:e,history:t}=this.dossier,{holder:i}=e;if(i&&!this.people.includes(i))return a.dossier.faster(i,u.state(e.state),$(e.changed));let o=t.filter(n=>n.change!=="read").at(-1);if(!(!o||o.actor===c.user?.name||o.actor==="clock"))return a.dossier.fasterDid(Z(o.actor),V(ee(o)),$(o.at))}leave(e){this.dispatchEvent(new CustomEvent("leave",{detail:e}))}};customElements.define("bn-dossier",le);var S=a.filter;function dt(s){let{filter:e,list:t,over:i}=s,o=(c.user?.units.length??0)<2,n={bannette:h=>o?O(h,c.bannette(h)):c.bannette(h),urgency:h=>u.urgency(h),topic:h=>c.topic(h),insee:h=>t.find(k=>k.insee===h)?.commune||i?.get(h)||h,standing:h=>S.standings[h]??h},d=h=>h==="topic"?S.allTopics:S.all,p=(h,k)=>{let N={...e,[h]:""},ie=F=>i?"":` (${t.filter(gt=>L(gt,{...N,[h]:F},s.people,s.now_ms)).length})`,mt=e[h]&&!k.includes(e[h])?[...k,e[h]]:k,ft=F=>s.choose({...e,[h]:F.target.value});return r`<div class="filter ${e[h]?"is-set":""}">
      <label for="filter-${h}">${S[h]}</label>
      <select id="filter-${h}" @change=${ft}>
        <option value="" .selected=${M(e[h]==="")}>${d(h)}</option>
        ${mt.map(F=>r`<option value=${F} .selected=${M(e[h]===F)}>${n[h](F)}${ie(F)}</option>`)}
      </select>
    </div>`},v={topic:c.catalogue.topics.map(({code:h})=>h),insee:[...i?.keys()??[]]},f=h=>[...new Set(i?v[h]:t.map(k=>k[h]))].filter(k=>k!=="").sort((k,N)=>n[h](k).localeCompare(n[h](N),"fr")),g=h=>{h.key!=="Enter"||h.ctrlKey||(h.preventDefault(),s.found())};return r`<div class="filters" role="search" aria-label=${S.title}>
    <div class="filter search">
      <label for="filter-text">${S.search} <kbd>F3</kbd></label>
      <input id="filter-text" type="search" maxlength="60" spellcheck="false" autocomplete="off" placeholder=${S.searchHint} .value=${M(s.text)}
        @input=${h=>s.search(h.target.value)} @keydown=${g} />
    </div>
    ${s.bannettes.length>1?p("bannette",s.bannettes):l} ${p("standing",He)} ${p("urgency",Object.keys(u.urgencies))}
    ${p("topic",f("topic"))} ${p("insee",f("insee"))} ${s.views}
    ${G(e)&&s.text===""?l:r`<button type="button" class="button plain" @click=${()=>{s.search(""),s.choose(P),s.cleared()}}>${S.clear}</button>`}
  </div>`}function pt(s,e){let t=lt(e);if(t==="")return!0;let i=[s.reference,s.reference.replace("-",""),c.topicOf(s),s.commune,s.holder,c.bannette(s.bannette)];return t.split(/\s+/).every(o=>i.some(n=>lt(n).includes(o)))}var lt=s=>s.normalize("NFD").replace(/\p{M}/gu,"").toLowerCase().trim();var de=()=>ve(a.keys);function ct(s,e){return r`<table class="list" role="table" @keydown=${Ut}>
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
      ${Me(s,t=>t.id,t=>Nt(t,e))}
    </tbody>
  </table>`}function Nt(s,e){let t=s.id===e.openId;return r`<tr role="row" class="row ${s.danger&&T(s)?"in-danger":""} ${t?"is-open":""} is-${s.state}" @click=${()=>e.open(s.id)}>
    <td role="cell" class="c-urgency">${B(s.urgency)} ${z(s.danger)}</td>
    <td role="cell" class="c-request">
      <button type="button" class="row-button" data-id=${s.id} aria-current=${t?"true":l}>${c.topicOf(s)}</button>
      <span class="under"><span class="reference">${s.reference}</span> ${s.commune?r`<span>${s.commune}</span>`:l}
        ${e.showBannette?r`<span>${e.shortNames?O(s.bannette,c.bannette(s.bannette)):c.bannette(s.bannette)}</span>`:l}</span>
      ${K(s)}
    </td>
    <td role="cell" class="c-delay">${T(s)?W(s):l} <span class="under quiet">${a.age} ${_(s.arrived)}</span></td>
    <td role="cell" class="c-state">${J(s.state)} ${Vt(s,e)} ${jt(s)}</td>
  </tr>`}function Vt({holder:s},e){if(!s)return l;let t=c.user?.name,i=s===t?a.by(a.you):e.people.includes(s)?a.forYou(s):a.by(s);return r`<span class="under">${i}</span>`}function jt(s){let{until:e,proposal:t,state:i}=s,o=[i==="on_hold"&&e?a.onHoldUntil($(e)):"",t?a.proposedTo(c.bannette(t.to)):"",s.starved&&i==="waiting"?a.starved:"",i==="handled"&&s.outcome?c.outcome(s.outcome):"",i==="merged"&&s.merged_into?a.dossier.mergedInto(s.merged_into):""].filter(n=>n!=="");return o.length===0?l:r`<span class="under">${o.map(n=>r`<span>${n}</span>`)}</span>`}var qt={ArrowDown:1,ArrowUp:-1,PageDown:10,PageUp:-10,Home:-1/0,End:1/0};function Ut(s){let e=qt[s.key];e===void 0||s.ctrlKey||s.altKey||s.shiftKey||(pe(s.currentTarget,e),s.preventDefault())}function pe(s,e){let t=[...s.querySelectorAll(".row-button")],i=t.findIndex(n=>n===document.activeElement),o=i<0?0:Math.min(t.length-1,Math.max(0,i+e));t[o]?.focus(),t[o]?.scrollIntoView({block:"nearest"})}var Bt=(s,e)=>s.reduce((t,i)=>t+e(i),0),zt={waiting:s=>s.waiting,unread:s=>s.unread,late:s=>s.late,unacknowledged:s=>s.unacknowledged,inProgress:s=>s.in_progress,onHold:s=>s.on_hold,taken:s=>s.taken},ce=["waiting","unread","oldest","late","unacknowledged","inProgress","onHold","taken","median"];function Kt(s){return s.reduce((e,{oldest_waiting:t})=>t!==null&&(e===null||t<e)?t:e,null)}function Jt(s,e){let t=zt[s];if(t){let n=Bt(e,t),d=n>0&&(s==="late"||s==="unacknowledged");return r`<td role="cell" class="n ${n===0?"zero":""} ${d?"alarm":""}"><span class="cell-label">${u.board[s]}</span>${n}</td>`}if(s==="oldest"){let n=Kt(e);return r`<td role="cell" class="n"><span class="cell-label">${u.board.oldest}</span>${n?_(n):u.none}</td>`}let[i]=e,o=e.length===1&&i?i.wait_median_s:null;return r`<td role="cell" class="n"><span class="cell-label">${u.board[s]}</span>${o===null?u.none:ue(o)}</td>`}function ht(s){if(s.length===0)return l;let e=(c.user?.units.length??0)<2,t=(i,o)=>r`<tr role="row"><th role="rowheader" scope="row">${i}</th>${ce.map(n=>Jt(n,o))}</tr>`;return r`<section class="unit-figures" aria-labelledby="figures-title">
    <h2 id="figures-title">${a.figures.title}</h2>
    <table class="figures" role="table">
      <thead role="rowgroup"><tr role="row">
        <th role="columnheader" scope="col">${u.board.bannette}</th>
        ${ce.map(i=>r`<th role="columnheader" scope="col" class="n" title=${u.board.define[i]}>${u.board[i]}</th>`)}
      </tr></thead>
      <tbody role="rowgroup">
        ${s.map(i=>t(e?O(i.bannette,i.label):i.label,[i]))}
        ${s.length>1?t(a.figures.total,s):l}
      </tbody>
    </table>
    ${Be(ce.map(i=>Ue(u.board[i],u.board.define[i])))}
  </section>`}var x=a.views;function ut(s){let{views:e,filter:t}=s,i=e.findIndex(d=>Ee(d.filter,t)),o=i<0&&!G(t);if(e.length===0&&!o)return l;let n=d=>{let p=e[Number(d.target.value)];p&&s.choose(p.filter)};return r`${e.length===0?l:r`<div class="filter">
      <label for="filter-view">${x.label}</label>
      <select id="filter-view" @change=${n}>
        <option value="" .selected=${M(i<0)}>${x.none}</option>
        ${e.map((d,p)=>r`<option value=${p} .selected=${M(p===i)}>${d.name}</option>`)}
      </select>
    </div>`}
    ${o?r`<button type="button" class="button plain" @click=${()=>{Wt(s)}}>${x.save}</button>`:l}
    ${i>=0?r`<button type="button" class="button plain" @click=${()=>s.keep(e.filter((d,p)=>p!==i))}>${x.remove}</button>`:l}`}async function Wt({views:s,filter:e,keep:t}){let i=await Yt(s);i&&t([...s.filter(o=>o.name!==i),{name:i,filter:e}])}function Yt(s){return new Promise(e=>{let t=document.createElement("dialog");t.className="dialog small",t.setAttribute("aria-labelledby","view-title");let i=n=>{fe(r`<h2 id="view-title">${x.save}</h2>
          <form @submit=${o} novalidate autocomplete="off">
            <div class="field">
              <label for="view-name">${x.name}</label> <span class="hint" id="view-hint">${x.nameHint}</span>
              <input id="view-name" name="name" maxlength=${ze} autofocus aria-invalid=${n?"true":l}
                aria-describedby=${n?"view-error view-hint":"view-hint"} />
              <span role="alert">${n?r`<span class="field-error" id="view-error">${n}</span>`:l}</span>
            </div>
            <div class="actions">
              <button type="submit" class="button primary">${x.keep}</button>
              <button type="button" class="button" @click=${()=>t.close("")}>${a.act.cancel} <kbd>Échap</kbd></button>
            </div>
          </form>`,t)},o=n=>{n.preventDefault();let d=t.querySelector("#view-name")?.value.trim()??"";if(d==="")i(x.missing);else if(s.length>=ne&&!s.some(p=>p.name===d))i(x.tooMany(ne));else return t.close(d);t.querySelector("#view-name")?.focus()};i(""),t.addEventListener("close",()=>{t.remove(),e(t.returnValue)}),document.body.append(t),t.showModal()})}var Gt=/^[0-9a-z]{3}[ -]?[0-9a-z]{3}$/i,Qt=new Set(["proposed","proposal_accepted","proposal_refused","proposal_withdrawn","proposal_expired","copied","moved"]),he=class extends D{lists=new se(()=>this.redraw(),()=>this.dangers.see(this.lists.all.list(),this.lists.dangers));personal=new Ke(e=>{e&&(this.said=e),this.redraw()});dangers=new Fe(this.personal.alarm);shown="open";filter=P;text="";openId="";said="";taking=!1;takeKey="";connectedCallback(){super.connectedCallback(),this.listenTo(document,"keydown",e=>this.key(e)),this.until(ge.listen(e=>this.hear(e))),this.until(()=>this.lists.end()),this.until(()=>this.personal.end()),X.of(c.user?.name??"").protect(()=>ye(a.leaving)),this.lists.load(),this.personal.load(),this.personal.loadColleagues()}updated(){let{colleagues:e}=this.personal;this.panel()?.tell({people:this.people(),colleagues:e}),this.absence()?.tell({delegations:this.lists.delegations,colleagues:e.map(({name:t})=>t)}),c.alarm(this.lists.all.list().filter(t=>t.state==="waiting"&&t.danger).length)}render(){let{lists:e}=this,t=e.all.list(),i=t.filter(o=>o.state==="waiting").length;return r`<div class="agent ${this.openId?"with-dossier":""}">
      <div class="screen-head">
        <h1 id="tray-title">${a.title}</h1>
        <p class="quiet">${e.loaded?a.summary(i,e.all.total):u.loading} ${this.closed()}</p>
        ${Le(this.personal)}
        <button type="button" class="button" @click=${()=>this.absence()?.open()}>${a.absence.button}</button>
        <button type="button" class="button" @click=${de}>${a.keys.open} <kbd>F1</kbd></button>
        <button type="button" class="button primary" aria-disabled=${this.taking?"true":l} @click=${this.takeNext}>
          ${a.take} <kbd>F2</kbd>
        </button>
      </div>
      <p class="visually-hidden" role="alert">${this.dangers.announced}</p>
      <div role="alert">${e.failed?r`<p class="notice error">${e.failed}</p>`:l}</div>
      <div role="status" class="said">${this.said?r`<p class="notice">${this.said}</p>`:l}</div>
      ${c.user?.units.length===0?r`<p class="notice warn">${a.noUnits}</p>`:l}
      ${We(t.filter(Y),e.dangers,o=>this.open(o))}
      ${this.standIns()}
      <div class="tools">${this.chips()} ${dt(this.filterView())}</div>
      <section class="tray" aria-labelledby="tray-title">${this.listView()}</section>
      <section class="detail" aria-label=${a.detail}>
        <bn-dossier @learned=${this.learned} @changed=${this.changedElsewhere} @told=${this.told} @leave=${this.leave}></bn-dossier>
        ${this.openId?l:r`<p class="quiet choose">${a.dossier.choose}</p>${ht(e.counts)}`}
      </section>
      <bn-absence @changed=${()=>{e.load()}}></bn-absence>
    </div>`}closed(){if(c.user?.role!=="agent"||c.user.restricted)return"";let e=this.lists.counts.reduce((t,{restricted:i})=>t+i,0);return e===0?"":a.confidential(e)}listView(){let e=this.listed(),{ended:t}=this.lists,i=this.shown==="ended",o=i?t.loaded:this.lists.loaded,n=this.lists.page();return r`${o&&e.length===0?r`<p class="empty quiet">${this.emptyText()}</p>`:this.table(e)}
      ${this.shown==="open"&&n.beyond>0?r`<p class="quiet">${a.more(n.size,n.total,n!==this.lists.all)}</p>`:l}
      ${i&&t.failed?r`<p class="notice error" role="alert">${t.failed}</p>`:l}
      ${i&&t.loaded?this.endedFoot():l}`}endedFoot(){let{ended:e}=this.lists,t=this.text!==""||this.filter.standing!=="",i=e.items.at(-1)?.arrived;return!e.more&&!e.full?l:r`<p class="quiet ended-foot">${a.lists.looked(e.items.length,i?$(i):"",t)}
      ${e.full?a.lists.full:r`<button type="button" class="button" aria-disabled=${e.busy?"true":l} @click=${()=>{e.older(this.wanted())}}>${t?a.lists.further:a.lists.older}</button>`}</p>`}standIns(){let[,...e]=this.people();return e.length===0?l:r`<p class="notice">${a.standIns(e)}</p>`}chips(){let{all:e,offered:t,copies:i,ended:o}=this.lists,n={open:String(e.total),offered:String(t.length),copies:String(i.length),ended:o.loaded?`${o.items.length}${o.more||o.full?"+":""}`:""};return r`<div class="chips lists" role="group" aria-label=${a.lists.label}>
      ${Je.map(d=>r`<button type="button" class="button chip ${d==="offered"&&t.length>0?"asks":""}"
            aria-pressed=${d===this.shown?"true":"false"} @click=${()=>this.show(d)}>
          ${a.lists[d]} ${n[d]?r`<span class="count">${n[d]}</span>`:l}
        </button>`)}
    </div>`}table(e){let t=[...new Set(e.map(i=>i.bannette))];return ct(e,{title:a.lists[this.shown],openId:this.openId,people:this.people(),showBannette:t.length>1||this.shown!=="open",shortNames:new Set(t.map(i=>i.split("/")[0])).size<2&&(this.shown==="open"||this.shown==="ended"),open:i=>this.open(i)})}emptyText(){return this.lists.of(this.shown).length>0?a.lists.filtered:a.lists.empty[this.shown]}people(){return ke(c.user,this.lists.delegations,b())}listed(){return this.lists.of(this.shown).filter(this.wanted())}wanted(){let{filter:e,text:t}=this,i=this.people(),o=b();return n=>L(n,e,i,o)&&pt(n,t)}filterView(){return{filter:this.filter,list:this.lists.of(this.shown),bannettes:this.lists.counts.map(e=>e.bannette),over:this.shown==="ended"?this.lists.communes():void 0,text:this.text,people:this.people(),now_ms:b(),choose:e=>this.choose(e),search:e=>{this.text=e,this.redraw()},found:()=>this.found(),views:ut({views:this.personal.preferences.views,filter:this.filter,choose:e=>this.choose(e),keep:e=>{this.personal.prefer({views:e}),this.focusOn(e.length>0?"#filter-view":"#filter-text")}}),cleared:()=>{this.focusOn("#filter-text")}}}found(){let[e,t]=this.listed();e&&!t?this.open(e.id):Gt.test(this.text.trim())&&this.open(this.text.trim().replace(/^(...)[ -]?(...)$/,"$1-$2").toUpperCase())}choose(e){this.filter=e,this.lists.choose(e),this.redraw()}show(e){this.shown=e,e==="ended"&&this.lists.showEnded(),this.redraw()}hear(e){let{lists:t}=this;e.type==="hello"||e.type==="resync"?t.load().then(()=>this.panel()?.refresh([...t.offered,...t.copies].find(({id:i})=>i===this.openId))):e.type==="tray"?(this.panel()?.heard(e.header),t.learn(e.header),this.dangers.hear(e.header,e.change),Qt.has(e.change)&&t.soon()):e.type==="gone"?t.forget(e.id)&&e.id===this.openId&&this.panel()?.refresh():e.type==="counts"&&t.count(e.items)}async takeNext(){if(this.taking)return;this.taking=!0,this.said="",this.takeKey||=I(),this.redraw();let{bannette:e}=this.filter,t=await R("take-next",e?{bannettes:[e]}:{},{key:this.takeKey});if(this.taking=!1,t.ok)this.takeKey="",this.lists.learn(t.value.header),this.said=a.act.done.take(t.value.header.reference),this.open(t.value.header.id);else{let i=H(t.problem);i||(this.takeKey="");let o=e?a.nothingHere:a.nothing;this.said=i?a.dossier.unknown:t.problem.code==="nothing_waiting"?o:w(t.problem)}this.redraw()}panel(){return this.querySelector("bn-dossier")}absence(){return this.querySelector("bn-absence")}open(e,t){this.openId!==e&&(this.openId=e,this.redraw()),this.panel()?.open(e,t)}leave(e){this.said=e.detail,this.shut()}told(e){this.said=e.detail,this.redraw()}changedElsewhere(e){this.lists.mine(e.detail)&&this.lists.learn(e.detail),this.lists.soon()}shut(){let e=this.openId;this.openId="",this.panel()?.shut(),this.redraw(),this.focusOn(`.row-button[data-id="${e}"]`).then(()=>{this.querySelector(".row-button:focus")||this.querySelector(".row-button, .screen-head .primary")?.focus()})}learned(e){let t=e.detail;this.openId&&this.openId!==t.id&&(this.openId=t.id),this.lists.mine(t)&&this.lists.learn(t),(t.proposal||this.lists.offered.some(({id:i})=>i===t.id))&&this.lists.soon(),this.redraw()}key(e){if(e.defaultPrevented)return;let t=be(e),{target:i}=e,o=i instanceof HTMLElement&&i.closest("dialog")!==null;if(t==="F1")de();else if(o||!this.handle(t,i))return;e.preventDefault()}handle(e,t){let i=t instanceof HTMLElement?t.closest(".row-button")?.dataset.id??"":"",o=t instanceof HTMLElement&&t.closest("input, textarea, select, table")!==null,n=(t instanceof HTMLTextAreaElement||t instanceof HTMLInputElement&&t.type==="search")&&t.value.trim()!=="";if(e==="F2")this.takeNext();else if(e==="F3")this.focusOn("#filter-text");else if((e==="F8"||e==="F9")&&i&&i!==this.openId)this.open(i,e);else{if(this.panel()?.key(e))return!0;if(e==="Escape"&&this.openId&&!n)this.shut();else if((e==="ArrowDown"||e==="ArrowUp")&&!o&&!this.openId)pe(this,0);else return!1}return!0}};customElements.define("bn-agent",he);
