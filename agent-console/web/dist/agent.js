import{a as f}from"./shared-5.js";import{a as R,b as M}from"./shared-3.js";import{j as b,l as y,m as $,n as w,o as k,p as x}from"./shared-2.js";import{a as s,c as m,e as u,g as r,j as n,m as v,n as p,o as h,p as I,q as g,r as c,s as F,t as d}from"./shared-1.js";function q(a,e){let{caller:t}=e,i=[e.address,a.commune||e.commune].filter(o=>o!=="").join(", ");return r`<dl class="facts">
      <dt>${s.dossier.caller}</dt>
      <dd>${t.name||s.dossier.anonymous}${t.phone?r` · <a href="tel:${t.phone.replace(/[^\d+]/g,"")}">${t.phone}</a>`:n}</dd>
      <dt>${s.dossier.place}</dt>
      <dd>${i||s.none}</dd>
    </dl>
    <h3>${s.dossier.note}</h3>
    <p class="note-text">${e.note}</p>
    <h3>${s.dossier.why}</h3>
    ${e.because.length===0?r`<p class="quiet">${s.operator.whyNone}</p>`:r`<ul class="reasons">${e.because.map(o=>r`<li>${o.text}</li>`)}</ul>`}
    ${B(a,e)}`}function B(a,e){let{proposed:t}=e;if(!t.topic)return n;let i=t.topic===a.topic&&t.urgency===a.urgency&&t.danger===a.danger&&t.bannette===a.bannette,o=[d.topic(t.topic),s.urgency(t.urgency),t.danger?s.danger:"",d.bannette(t.bannette)].filter(l=>l!=="");return r`<p class="quiet">${s.dossier.proposed} : ${i?s.dossier.same:o.join(" · ")}</p>`}function S(a){let e=a.filter(t=>t.change!=="renewed").reverse();return r`<section class="history" aria-labelledby="history-title">
    <h3 id="history-title">${s.dossier.history}</h3>
    <ol>
      ${e.map(t=>r`<li>
          <p>
            <time class="quiet" datetime=${t.at}>${u(t.at)}</time> <strong>${s.change(t.change)}</strong>
            ${t.reason?r`<span>· ${d.outcome(t.reason)}</span>`:n} <span class="quiet">${t.actor}</span>
          </p>
          ${t.text?r`<p class="note-text">${t.text}</p>`:n}
        </li>`)}
    </ol>
  </section>`}function D(a,e,t){return a?.field===e?r`<span class="field-error" id=${t}>${a.text}</span>`:n}function L(a,e,t,i){let o=e?.field==="text";return r`<form class="act" @submit=${i} novalidate>
    <h3>${s.dossier.addNote} <kbd>F4</kbd></h3>
    <div class="field">
      <label for="note-text">${s.dossier.noteText}</label>
      <textarea id="note-text" rows="3" maxlength="4000" autocomplete="off" .value=${a}
        @input=${l=>t(l.target.value)}
        aria-invalid=${o?"true":n} aria-describedby=${o?"note-error":n}></textarea>
      ${D(e,"text","note-error")}
    </div>
    <button class="button" type="submit">${s.dossier.noteSend} <kbd>Ctrl+Entrée</kbd></button>
  </form>`}function P(a,e){let t=a?.field==="outcome";return r`<form class="act" @submit=${e} novalidate>
    <h3>${s.dossier.handle} <kbd>F10</kbd></h3>
    <div class="field">
      <label for="outcome">${s.dossier.outcome}</label>
      <select id="outcome" aria-invalid=${t?"true":n} aria-describedby=${t?"outcome-error":n}>
        <option value="">${s.dossier.outcomePick}</option>
        ${d.catalogue.outcomes.map(i=>r`<option value=${i.code}>${i.label}</option>`)}
      </select>
      ${D(a,"outcome","outcome-error")}
    </div>
    <div class="field">
      <label for="outcome-text">${s.dossier.outcomeText}</label>
      <textarea id="outcome-text" rows="2" maxlength="4000" autocomplete="off"></textarea>
    </div>
    <button class="button primary" type="submit">${s.dossier.handleSend} <kbd>Ctrl+Entrée</kbd></button>
  </form>`}var T={person:"",texts:new Map};function V(a){return T.person!==a&&T.texts.clear(),T.person=a,T.texts}var K=10*6e4,j=1e3,C=new Set(["held_by_other","stale_fence","bad_state"]),H=class extends g{dossierId="";dossier;failed="";busy=!1;said="";wrong="";pending;fieldError;leaseStarted_ms=0;renewing=!1;active_ms=Date.now();asked=0;connectedCallback(){super.connectedCallback();let e=()=>{this.active_ms=Date.now()};for(let i of["keydown","pointerdown","pointermove"])this.listenTo(document,i,e);let t=setInterval(()=>this.watchLease(),j);this.until(()=>clearInterval(t))}open(e){this.dossierId!==e&&(this.dossierId=e,this.dossier=void 0,this.said=this.wrong="",this.pending=void 0,this.fieldError=void 0,this.redraw()),this.load(!0)}shut(){this.dossierId="",this.dossier=void 0,++this.asked,this.redraw()}refresh(){this.dossierId&&this.load(!1)}heard(e){e.id===this.dossierId&&!this.busy&&e.changed>=(this.dossier?.header.changed??"")&&this.refresh()}key(e){let t=this.dossier?.header;if(!t)return!1;let i=t.holder===d.user?.name;if(e==="F8"&&t.state==="waiting")this.act("reserve");else if(e==="Shift+F8"&&t.state==="reserved"&&i)this.act("release");else if(e==="F9"&&t.state==="waiting")this.act("take");else if(e==="F9"&&t.state==="reserved"&&i)this.act("accept");else if(e==="F4"&&i)this.focusOn("#note-text");else if(e==="F10"&&i&&t.state==="in_progress")this.focusOn("#outcome");else if(e==="Ctrl+Enter")this.querySelector("form:focus-within")?.requestSubmit();else return!1;return!0}render(){if(!this.dossierId)return n;let e=r`<button type="button" class="button plain back" @click=${this.leave}>${s.dossier.back} <kbd>Échap</kbd></button>`;if(!this.dossier)return r`${e}<p class="quiet" role="status">${this.failed||s.loading}</p>`;let{header:t,content:i,history:o}=this.dossier;return r`<article class="dossier ${t.danger?"in-danger":""}" aria-labelledby="dossier-title">
      ${e}
      <header class="dossier-head">
        <h2 id="dossier-title" tabindex="-1"><span class="reference">${t.reference}</span> ${d.topic(t.topic)}</h2>
        <p class="marks">${b(t.urgency)} ${y(t.danger)} ${$(t)} ${w(t.state)}</p>
        <p class="quiet">${d.bannette(t.bannette)}</p>
        <p>${s.dossier.arrived} : ${u(t.arrived)} (${k(t.arrived)}) · ${s.dossier.deadline} : ${x(t)}</p>
      </header>
      <div role="status">${this.said?r`<p class="notice ok">${this.said}</p>`:n}</div>
      <div role="alert">${this.wrong?r`<div class="notice error"><p>${this.wrong}</p>${this.retryButton()}</div>`:n}</div>
      ${this.danger(t)} ${this.actions(t)}
      <div class="dossier-columns">
        <div>${q(t,i)}</div>
        <div>${this.forms(t)} ${S(o)}</div>
      </div>
    </article>`}retryButton(){return this.pending?r`<button type="button" class="button" @click=${this.retry}>${s.retry}</button>`:n}danger(e){return!(e.state==="waiting"||e.state==="reserved"||e.state==="in_progress"||e.state==="on_hold")||e.climb===null||e.climb.acknowledged_by?n:r`<div class="actions">
      <button type="button" class="button" aria-disabled=${this.busy?"true":n} @click=${()=>this.act("acknowledge")}>${s.dossier.acknowledge}</button>
    </div>`}actions(e){let t=e.holder===d.user?.name,i=(o,l,E,A=!1)=>r`<button type="button" class="button ${A?"primary":""}" aria-disabled=${this.busy?"true":n} @click=${()=>this.act(o)}>
        ${l} <kbd>${E}</kbd>
      </button>`;return e.state==="waiting"?r`<div class="actions">${i("reserve",s.dossier.reserve,"F8",!0)} ${i("take",s.dossier.take,"F9")}</div>`:e.state==="handled"?r`<p class="notice">${s.change("handled")} : ${d.outcome(e.outcome??"")}</p>`:e.state==="closed"||e.state==="merged"?r`<p class="notice">${s.change(e.state)}</p>`:t?e.state==="on_hold"?this.onHold(e):e.state!=="reserved"?n:r`<p class="lease">${s.dossier.lease} <bn-time class="countdown" mode="lease" at=${e.lease_until??""}></bn-time>,
        ${this.idle()?s.dossier.leaseIdle:s.dossier.leaseRenewed}</p>
      <div class="actions">${i("accept",s.dossier.accept,"F9",!0)} ${i("release",s.dossier.release,"Maj+F8")}</div>`:r`<p class="notice">${s.dossier.heldBy(s.state(e.state),e.holder)}</p>`}onHold(e){return r`<p class="notice">${s.change("held")} ${s.dossier.until} ${e.until?u(e.until):s.none} (${s.reason(e.hold_why??"")})</p>
      <div class="actions">
        <button type="button" class="button primary" aria-disabled=${this.busy?"true":n} @click=${()=>this.act("resume")}>${s.dossier.resume}</button>
      </div>`}forms(e){if(!(e.holder===d.user?.name)||e.state!=="reserved"&&e.state!=="in_progress")return n;let i=o=>{this.notes().set(this.dossierId,o)};return r`${L(this.notes().get(this.dossierId)??"",this.fieldError,i,o=>this.note(o))}
    ${e.state==="in_progress"?P(this.fieldError,o=>this.handle(o)):n}`}async load(e){let t=++this.asked,i=await p(`dossiers/${this.dossierId}`);t===this.asked&&(i.ok?(this.failed="",this.dossier=i.value,this.adopt(i.value.header)):i.problem.status===404||i.problem.status===403?(this.dossier=void 0,this.failed=s.dossier.gone):this.failed=c(i.problem),this.redraw(),e&&this.focusOn("#dossier-title"))}adopt(e){this.dossier&&(this.dossier={...this.dossier,header:e}),this.leaseStarted_ms=m(),this.dispatchEvent(new CustomEvent("learned",{detail:e}))}idle(){return Date.now()-this.active_ms>K}watchLease(){let e=this.dossier?.header;if(!e||e.state!=="reserved"||e.holder!==d.user?.name||!e.lease_until)return;let t=Date.parse(e.lease_until),i=this.leaseStarted_ms+(t-this.leaseStarted_ms)/2;m()<i||this.renewing||this.busy||(this.idle()?this.redraw():this.renew(e))}async renew(e){this.renewing=!0;let t=await h(`dossiers/${e.id}/renew`,{fence:e.fence},{key:f()});this.renewing=!1,this.dossierId===e.id&&(t.ok?this.adopt(t.value.header):C.has(t.problem.code)?(this.wrong=s.dossier.leaseLost,await this.load(!1)):this.leaseStarted_ms=m(),this.redraw())}notes(){return V(d.user?.name??"")}note(e){e.preventDefault();let t=this.querySelector("#note-text")?.value.trim()??"";t?this.act("notes",{text:t}):this.wrongField("text",s.dossier.noteMissing,"#note-text")}handle(e){e.preventDefault();let t=this.querySelector("#outcome")?.value??"",i=this.querySelector("#outcome-text")?.value.trim()??"";t?this.act("handle",i?{outcome:t,text:i}:{outcome:t}):this.wrongField("outcome",s.dossier.outcomeMissing,"#outcome")}wrongField(e,t,i){this.fieldError={field:e,text:t},this.redraw(),this.focusOn(i)}act(e,t={}){let i=this.dossier?.header;if(!i||this.busy)return Promise.resolve();let l=e!=="reserve"&&e!=="take"&&e!=="acknowledge"?{fence:i.fence,...t}:t;return this.perform({id:i.id,verb:e,body:l,key:f(),done:this.words(e,i,t)})}words(e,t,i){switch(e){case"reserve":return s.dossier.reserved(t.reference);case"take":case"accept":return s.dossier.accepted(t.reference);case"release":return s.dossier.released(t.reference);case"notes":return s.dossier.noted;case"handle":return s.dossier.handled(t.reference,d.outcome(String(i.outcome)));case"acknowledge":return s.dossier.acknowledged(t.reference);case"resume":return s.dossier.resumed(t.reference);case"renew":return""}}retry(){this.pending&&this.perform(this.pending)}async perform(e){this.busy=!0,this.said=this.wrong="",this.fieldError=void 0,this.redraw();let t=await h(`dossiers/${e.id}/${e.verb}`,e.body,{key:e.key});this.busy=!1,this.dossierId===e.id&&(this.pending=void 0,t.ok?(this.said=e.done,e.verb==="notes"&&this.clearNote(),this.adopt(t.value.header),await this.load(!1),document.activeElement===document.body&&this.focusOn("#dossier-title")):await this.refused(e,t.problem),this.redraw())}clearNote(){this.notes().delete(this.dossierId);let e=this.querySelector("#note-text");e&&(e.value="")}async refused(e,t){if(v(t)){this.pending=e,this.wrong=s.dossier.unknown;return}if(t.field==="text"||t.field==="outcome"?this.fieldError={field:t.field,text:c(t)}:this.wrong=c(t),!C.has(t.code))return;await this.load(!1);let i=this.dossier?.header;i&&i.holder&&i.holder!==d.user?.name&&(this.wrong=s.dossier.faster(i.holder,s.state(i.state),u(i.changed)))}leave(){this.dispatchEvent(new CustomEvent("leave"))}};customElements.define("bn-dossier",H);var N=200,O=1e3;function z(a){return a instanceof HTMLTextAreaElement&&a.value.trim()!==""}var _=class extends g{tray=new M;total=0;bannettes=[];filter="";openId="";loaded=!1;said="";danger="";taking=!1;takeKey="";refetch;asked=0;connectedCallback(){super.connectedCallback(),this.listenTo(document,"keydown",e=>this.key(e)),this.until(I.listen(e=>this.hear(e))),this.until(()=>clearTimeout(this.refetch)),this.load()}updated(){d.alarm(this.tray.list().filter(e=>e.state==="waiting"&&e.danger).length)}render(){let e=this.tray.list().filter(i=>this.shows(i)),t=e.filter(i=>i.state==="waiting").length;return r`<div class="agent ${this.openId?"with-dossier":""}">
      <section class="tray" aria-labelledby="tray-title">
        <div class="screen-head">
          <h1 id="tray-title">${s.agent.title}</h1>
          <p class="quiet">${this.loaded?s.agent.summary(t,e.length):s.loading}</p>
          <button type="button" class="button primary" aria-disabled=${this.taking?"true":n} @click=${this.takeNext}>
            ${s.agent.take} <kbd>F2</kbd>
          </button>
        </div>
        <div role="status" class="said">${this.said?r`<p class="notice">${this.said}</p>`:n}</div>
        <p class="visually-hidden" role="status">${this.danger}</p>
        <div class="tray-body">
          ${this.filters()} ${this.table(e)}
          ${this.total>this.tray.size?r`<p class="quiet">${s.agent.more(this.tray.size,this.total)}</p>`:n}
        </div>
      </section>
      <section class="detail" aria-label=${s.agent.detail}>
        <bn-dossier @learned=${this.learned} @leave=${this.leave}></bn-dossier>
        ${this.openId?n:r`<p class="quiet empty">${s.agent.choose}</p>`}
      </section>
      <p class="keys">${s.agent.keys}</p>
    </div>`}filters(){if(d.user?.units.length===0)return r`<p class="notice warn">${s.agent.noUnits}</p>`;if(this.bannettes.length<2)return n;let e=(o,l,E)=>r`<button type="button" class="button chip" aria-pressed=${this.filter===o?"true":"false"} @click=${()=>this.choose(o)}>
        ${l} <span class="count">${E}</span>
      </button>`,t=this.waitingBy(),i=[...t.values()].reduce((o,l)=>o+l,0);return r`<div class="chips" role="group" aria-label=${s.agent.filter}>
      ${e("",s.agent.all,i)} ${this.bannettes.map(o=>e(o.name,this.shortLabel(o.name),t.get(o.name)??0))}
    </div>`}waitingBy(){if(this.total>this.tray.size)return new Map(this.bannettes.map(({name:t,waiting:i})=>[t,i]));let e=new Map;for(let t of this.tray.list())t.state==="waiting"&&e.set(t.bannette,(e.get(t.bannette)??0)+1);return e}shortLabel(e){let t=d.bannette(e),i=d.unit(e.split("/")[0]??"");return(d.user?.units.length??0)<2&&t.startsWith(i)&&t.slice(i.length).replace(/^[\s:·–,-]+/,"")||t}table(e){return this.loaded&&e.length===0?r`<p class="empty quiet">${s.agent.empty}</p>`:r`<table class="list" role="table" @keydown=${this.walk}>
      <caption class="visually-hidden">${s.agent.list}</caption>
      <thead role="rowgroup">
        <tr role="row">
          <th role="columnheader" scope="col">${s.agent.urgency}</th>
          <th role="columnheader" scope="col">${s.agent.request}</th>
          <th role="columnheader" scope="col">${s.agent.delay}</th>
          <th role="columnheader" scope="col">${s.agent.state}</th>
        </tr>
      </thead>
      <tbody role="rowgroup">
        ${R(e,t=>t.id,t=>this.row(t))}
      </tbody>
    </table>`}row(e){let t=e.id===this.openId;return r`<tr role="row" class="row ${e.danger?"in-danger":""} ${t?"is-open":""} is-${e.state}" @click=${()=>this.open(e.id)}>
      <td role="cell" class="c-urgency">${b(e.urgency)} ${y(e.danger)} ${$(e)}</td>
      <td role="cell" class="c-request">
        <button type="button" class="row-button" data-id=${e.id} aria-current=${t?"true":n}>${d.topic(e.topic)}</button>
        <span class="under"><span class="reference">${e.reference}</span> ${e.commune?r`<span>${e.commune}</span>`:n}</span>
      </td>
      <td role="cell" class="c-delay">${x(e)} <span class="under quiet">${s.agent.age} ${k(e.arrived)}</span></td>
      <td role="cell" class="c-state">${w(e.state)} ${this.holder(e)}</td>
    </tr>`}holder(e){if(!e.holder)return n;let t=e.holder===d.user?.name?s.agent.by(s.agent.you):s.agent.by(e.holder);return r`<span class="under">${t}</span>`}shows(e){return this.filter===""||e.bannette===this.filter}hear(e){e.type==="hello"||e.type==="resync"?(this.load(),this.panel()?.refresh()):e.type==="tray"?(this.panel()?.heard(e.header),this.learn(e.header,e.change==="submitted")):e.type==="gone"?this.gone(e.id):e.type==="counts"&&(this.bannettes=e.items.map(({bannette:t,waiting:i})=>({name:t,waiting:i})),this.redraw())}learn(e,t=!1){let i=this.tray.has(e.id),o=this.total-this.tray.size;this.tray.learn(e)&&(this.total=this.tray.size+o,o>0&&this.soon(),t&&!i&&e.danger&&(this.danger=s.agent.arrivedNow(e.reference)),this.redraw())}gone(e){this.tray.forget(e)&&(this.total=Math.max(0,this.total-1),e===this.openId&&this.panel()?.refresh(),this.redraw())}soon(){this.refetch??=setTimeout(()=>{this.load()},O)}async load(){clearTimeout(this.refetch),this.refetch=void 0;let e=++this.asked,[t,i]=await Promise.all([p(`tray?limit=${N}`),p("bannettes")]);e===this.asked&&(t.ok?(this.tray.replace(t.value.items),this.total=t.value.total,this.loaded=!0):this.said=c(t.problem),i.ok&&(this.bannettes=i.value.items.map(({bannette:o,waiting:l})=>({name:o,waiting:l}))),this.redraw())}choose(e){this.filter=e,this.redraw()}async takeNext(){if(this.taking)return;this.taking=!0,this.said="",this.takeKey||=f(),this.redraw();let e=await h("take-next",this.filter?{bannettes:[this.filter]}:{},{key:this.takeKey});if(this.taking=!1,e.ok)this.takeKey="",this.learn(e.value.header),this.said=s.dossier.accepted(e.value.header.reference),this.open(e.value.header.id);else{let{code:t}=e.problem,i=v(e.problem);i||(this.takeKey=""),this.said=i?s.dossier.unknown:t==="nothing_waiting"?s.agent.nothing:c(e.problem)}this.redraw()}panel(){return this.querySelector("bn-dossier")}open(e){this.openId!==e&&(this.openId=e,this.redraw()),this.panel()?.open(e)}leave(){let e=this.openId;this.openId="",this.panel()?.shut(),this.redraw(),this.focusOn(`.row-button[data-id="${e}"]`).then(()=>{this.querySelector(".row-button:focus")||this.querySelector(".row-button, .screen-head button")?.focus()})}learned(e){this.learn(e.detail)}walk(e){let i={ArrowDown:1,ArrowUp:-1,PageDown:10,PageUp:-10,Home:-1/0,End:1/0}[e.key];i===void 0||e.ctrlKey||e.altKey||(this.step(i),e.preventDefault())}step(e){let t=[...this.querySelectorAll(".row-button")],i=t.findIndex(l=>l===document.activeElement),o=i<0?0:Math.min(t.length-1,Math.max(0,i+e));t[o]?.focus(),t[o]?.scrollIntoView({block:"nearest"})}key(e){let t=F(e),i=e.target instanceof HTMLElement&&e.target.closest("input, textarea, select, table, dialog")!==null;if(t==="F2")this.takeNext();else if(t==="Escape"&&this.openId&&!z(e.target))this.leave();else if((t==="ArrowDown"||t==="ArrowUp")&&!i&&!this.openId)this.step(0);else if(!this.panel()?.key(t))return;e.preventDefault()}};customElements.define("bn-agent",_);
