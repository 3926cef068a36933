import{a}from"./shared-5.js";import{a as y}from"./shared-3.js";import{a as A,c as F,e as j}from"./shared-8.js";import"./shared-7.js";import{b as C}from"./shared-9.js";import"./shared-2.js";import{a as t,c as S,e as b,h as n,k as s,n as x,q as v,r as q,s as k,t as g,u as P,v as d}from"./shared-1.js";function G(r){return!/[a-z]/i.test(r)&&r.replace(/\D/g,"").length>6?{phone:r.replace(/[\s.\-/()]/g,"")}:{reference:r}}var D=class extends k{busy=!1;error="";items;asked=0;open(e){this.items=void 0,this.error="",this.redraw();let o=this.querySelector("dialog"),i=this.querySelector("input");!o||!i||(i.value=e,o.open||o.showModal(),i.focus(),i.select())}render(){return n`<dialog class="dialog" aria-labelledby="find-title" @close=${this.forget}>
      <div class="dialog-head">
        <h2 id="find-title">${t.find.title}</h2>
        <button type="button" class="button plain" @click=${this.shut}>${t.close} <kbd>Échap</kbd></button>
      </div>
      <form @submit=${this.submit} novalidate autocomplete="off">
        <div class="field">
          <label for="find-text">${t.find.label}</label>
          <span class="hint" id="find-hint">${t.find.hint}</span>
          <div class="line">
            <input id="find-text" maxlength="40" spellcheck="false" autocomplete="off" aria-describedby="find-hint${this.error?" find-error":""}"
              aria-invalid=${this.error?"true":s} />
            <button class="button primary" type="submit">${this.busy?t.find.busy:t.find.submit}</button>
          </div>
          <span role="alert">${this.error?n`<span class="field-error" id="find-error">${this.error}</span>`:s}</span>
        </div>
      </form>
      <p class="quiet" role="status">${this.summary()}</p>
      ${this.items&&this.items.length>0?this.table(this.items):s}
      <p class="hint">${t.find.privacy}</p>
    </dialog>`}summary(){return this.items?this.items.length===0?t.find.none:t.find.count(this.items.length):""}table(e){return n`<ul class="found">
      ${e.map(o=>n`<li class="found-item">
          <p class="found-head"><strong class="reference">${o.reference}</strong> ${j(o.state)}
            ${o.outcome?n`<strong>${d.outcome(o.outcome)}</strong>`:s}</p>
          <dl class="facts">
            <dt>${t.find.unit}</dt><dd>${o.unit_label||d.bannette(o.bannette)}</dd>
            <dt>${t.find.topic}</dt><dd>${d.topic(o.topic)}</dd>
            <dt>${t.find.arrived}</dt><dd>${b(o.arrived)}</dd>
            <dt>${t.find.changed}</dt><dd>${b(o.changed)}</dd>
          </dl>
        </li>`)}
    </ul>`}shut(){this.querySelector("dialog")?.close()}forget(){++this.asked,this.items=void 0,this.error="",this.busy=!1,this.redraw()}async submit(e){e.preventDefault();let o=this.querySelector("input")?.value.trim()??"",i=++this.asked;if(this.items=void 0,this.error=o?"":t.find.missing,this.busy=o!=="",this.redraw(),!o)return;let l=await v("requests/find",G(o));i===this.asked&&(this.busy=!1,l.ok?this.items=l.value.items:this.error=g(l.problem),this.redraw(),this.querySelector("input")?.select())}};customElements.define("bn-find",D);var E=r=>n`<button type="button" class="button primary" @click=${r.fresh}>${t.operator.fresh} <kbd>F2</kbd></button>`;function _(r,e){switch(r.kind){case"receipt":return M(r.receipt,e);case"recorded":return n`<section class="card receipt recorded">
        <h2>${t.operator.recordedTitle}</h2>
        <p>${t.operator.recordedText}</p>
        <dl class="facts"><dt>${t.operator.goesTo}</dt><dd>${d.bannette(r.recorded.bannette)}</dd></dl>
        ${r.note?n`<p class="quiet">${r.note}</p>`:s}
        <div class="actions">${E(e)} <button type="button" class="button" @click=${e.check}>${t.operator.check}</button></div>
      </section>`;case"outside":return n`<section class="card receipt outside">
        <h2>${t.operator.noDossier}</h2>
        <p>${r.detail||t.operator.noDossierText}</p>
        <div class="actions">${E(e)}</div>
      </section>`}}function M(r,e){return n`<section class="card receipt durable">
    <h2>${t.operator.receipt} <span class="seal">${t.operator.durable}</span></h2>
    <p class="big-reference"><span class="quiet">${t.operator.reference}</span> <strong>${r.reference}</strong> <span class="quiet">${t.operator.tell}</span></p>
    <dl class="facts">
      <dt>${t.operator.goesTo}</dt>
      <dd>${d.bannette(r.bannette)}</dd>
      <dt>${t.operator.arrived}</dt>
      <dd>${b(r.arrived)}</dd>
      <dt>${t.operator.deadline}</dt>
      <dd>${r.deadline?b(r.deadline):t.operator.noDeadline}</dd>
    </dl>
    <div class="actions">${E(e)}</div>
  </section>`}function N(r,e,o){return n`<section class="card routing ${r.danger?"in-danger":""}" aria-labelledby="routing-title" aria-busy=${r.proposing?"true":"false"}>
    <h2 id="routing-title">
      ${t.operator.routing} <span class="quiet small pulse ${r.proposing?"on":""}">${r.proposing?t.operator.routingWait:""}</span>
    </h2>
    ${r.proposalLost?n`<p class="notice warn">${t.operator.routingLost}</p>`:s}
    ${r.proposal?B(r,r.proposal):n`<p class="quiet">${t.operator.routingEmpty}</p>`}
    <fieldset class="corrections" ?disabled=${e}>
      <legend>${t.operator.correct}</legend>
      ${J(r,o)} ${Q(r,o)} ${X(r,o)} ${Y(r,o)}
      <button type="button" class="button" aria-disabled=${r.corrected?s:"true"} @click=${()=>r.followProposal()}>
        ${t.operator.reset}
      </button>
    </fieldset>
  </section>`}function B(r,e){return n`${r.outside?n`<p class="notice"><strong>${t.operator.outside}</strong> ${t.operator.outsideText}</p>`:W(r,e)}
    <p class="marks">${A(r.urgency)} ${w(r.corrections.urgency)} ${F(r.danger)} ${U(r)}</p>
    <dl class="facts">
      <dt>${t.operator.topic}</dt>
      <dd>${d.topic(r.topic)} ${w(r.corrections.topic)}</dd>
      <dt>${t.operator.territory}</dt>
      <dd>${K(r,e)}</dd>
    </dl>
    ${I(r,e)}
    <h3>${t.operator.why}</h3>
    ${e.because.length===0?n`<p class="quiet">${t.operator.whyNone}</p>`:n`<ul class="reasons">${e.because.map(o=>n`<li>${o.text}</li>`)}</ul>`}`}function W(r,e){let o=r.destinationOpen?t.operator.recomputed:d.bannette(r.bannette);return n`<p class="destination">
    <span class="quiet">${t.operator.destination}</span>
    <strong>${o}</strong> ${w(r.corrections.bannette)}
    ${z(r,e)}
  </p>`}function z(r,e){let o=e.candidates.length>0,i=o?r.insee!=="":r.corrected;return!e.uncertain||i?s:n`<span class="badge doubt">${o?t.operator.uncertain:t.operator.verify}</span>`}function K(r,e){let o=e.candidates.find(p=>p.insee===r.insee),i=d.unit(o?.unit||e.unit),l=o?.name||e.commune_name;return[i,l].filter(p=>p!=="").join(" · ")||t.operator.territoryNone}var w=r=>r===""?s:n`<span class="badge edited">${t.operator.corrected}</span>`;function U(r){return r.corrections.danger===""?s:n`${r.danger?s:n`<span>${t.operator.noDanger}</span>`} ${w(r.corrections.danger)}`}function I(r,e){return e.candidates.length===0||!e.uncertain&&!r.insee?s:n`<div class="candidates" role="group" aria-labelledby="pick-title">
    <p id="pick-title">${t.operator.pick}</p>
    ${e.candidates.map(o=>n`<button type="button" class="button chip" aria-pressed=${o.insee===r.insee?"true":"false"}
          @click=${()=>r.pick(o.insee,o.name)}>
          ${o.name} <span class="quiet">${d.unit(o.unit)}</span>
        </button>`)}
  </div>`}function T(r,e,o,i,l,p){let h=p(e),m=r.corrections[e];return n`<div class="field">
    <label for="f-${e}">${o}</label>
    <select id="f-${e}" aria-invalid=${h?"true":s}
      aria-describedby=${h?`e-${e}`:s}
      @change=${$=>r.correct(e,$.target.value)}>
      ${L(m)({value:"",label:t.operator.proposed(i)})} ${l(L(m))}
    </select>
    ${h?n`<span class="field-error" id="e-${e}">${h}</span>`:s}
  </div>`}var L=r=>e=>n`<option value=${e.value} .selected=${y(e.value===r)}>${e.label}</option>`,V=(r,e)=>r.choices.length===0?s:n`<optgroup label=${r.label}>${r.choices.map(e)}</optgroup>`;function J(r,e){let{topics:o}=d.catalogue,i=u=>({value:u.code,label:u.label}),l=(r.proposal?.topics??[]).slice(0,3).flatMap(u=>o.filter(c=>c.code===u.code)),h=[...new Set(o.map(u=>u.family))].map(u=>({label:u.charAt(0).toUpperCase()+u.slice(1),choices:o.filter(c=>c.family===u&&!l.includes(c)).map(i)})),m=[{label:t.operator.likely,choices:l.map(i)},...h],$=u=>m.map(c=>V(c,u));return T(r,"topic",t.operator.topic,d.topic(r.proposal?.topic??""),$,e)}function Q(r,e){let o=i=>Object.entries(t.urgencies).map(([l,p])=>i({value:l,label:p}));return T(r,"urgency",t.operator.urgency,t.urgency(r.proposal?.urgency??"")||t.none,o,e)}function X(r,e){let o=i=>[i({value:"yes",label:t.yes}),i({value:"no",label:t.no})];return T(r,"danger",t.operator.danger,r.proposal?r.proposal.danger?t.yes:t.no:t.none,o,e)}function Y(r,e){let{bannettes:o}=d.catalogue,i=r.proposal?.unit?`${r.proposal.unit}/`:"/",l=c=>c.startsWith(i)?0:1,p=c=>o.filter(f=>c(f.name)).map(f=>({value:f.name,label:f.label})),h=p(c=>c.includes("/")).sort((c,f)=>l(c.value)-l(f.value)),m=[{label:t.operator.units,choices:h},{label:t.operator.services,choices:p(c=>c.startsWith("service:"))},{label:t.operator.otherTrays,choices:p(c=>!c.includes("/")&&!c.startsWith("service:"))}],$=c=>m.map(f=>V(f,c)),u=r.proposal?.bannette?d.bannette(r.proposal.bannette):t.none;return T(r,"bannette",t.operator.destination,u,$,e)}var Z=6,H=8e3,R={"caller.name":"name","caller.phone":"phone",name:"name",phone:"phone",commune:"commune",insee:"commune",address:"address",note:"note",topic:"topic",urgency:"urgency",danger:"danger",bannette:"bannette"},O=class extends k{phase="typing";problem;outcome;recent=[];dangerSaid=!1;connectedCallback(){super.connectedCallback(),a.unknown&&(this.phase="unknown"),a.onChange=()=>this.redraw(),this.until(()=>a.onChange=()=>{}),this.listenTo(document,"keydown",e=>this.key(e)),this.until(q.listen(e=>e.type==="hello"&&a.proposalLost&&a.ask())),this.focusOn("#f-name")}willUpdate(e){this.dangerSaid=a.danger&&this.phase!=="done"}render(){return n`<div class="operator">
      <div class="screen-head">
        <h1>${t.operator.title}</h1>
        <button type="button" class="button" @click=${this.search}>${t.operator.search} <kbd>F4</kbd></button>
        <button type="button" class="button" @click=${this.fresh}>${t.operator.fresh} <kbd>F2</kbd></button>
      </div>
      <div class="receipt-place" role="status">
        ${this.outcome?_(this.outcome,{fresh:()=>{this.fresh()},check:()=>{this.check()}}):s}
      </div>
      <p class="visually-hidden" role="status">${this.dangerSaid?t.operator.dangerOn:""}</p>
      ${this.phase==="done"?s:this.form()} ${this.recentList()}
      <p class="keys">${t.operator.keys}</p>
      <bn-find></bn-find>
    </div>`}form(){let e=this.phase!=="typing";return n`<form class="call" @submit=${this.submit} novalidate autocomplete="off">
      <fieldset class="call-text" ?disabled=${e}>
        <legend class="visually-hidden">${t.operator.title}</legend>
        <h2>${t.operator.who}</h2>
        <div class="pair">
          ${this.input("name",t.operator.name,"",120)} ${this.input("phone",t.operator.phone,"",40,"tel")}
        </div>
        <h2>${t.operator.where}</h2>
        <div class="pair">
          ${this.input("commune",t.operator.commune,t.operator.communeHint,100)}
          ${this.input("address",t.operator.address,t.operator.addressHint,200)}
        </div>
        <h2>${t.operator.what}</h2>
        ${this.note()}
      </fieldset>
      ${N(a,e,o=>this.errorAt(o))}
      <div class="send">
        ${this.failure()}
        <button class="button primary big" type="submit" aria-disabled=${this.phase==="sending"?"true":s}>
          ${this.sendLabel()} <kbd>Ctrl+Entrée</kbd>
        </button>
      </div>
    </form>`}sendLabel(){return this.phase==="sending"?t.operator.sending:this.phase==="unknown"?t.operator.retrySame:a.outside?t.operator.sendOutside:t.operator.send}input(e,o,i,l,p="text"){let h=this.errorAt(e),m=[i?`h-${e}`:"",h?`e-${e}`:""].filter(Boolean).join(" ");return n`<div class="field">
      <label for="f-${e}">${o}</label>
      ${i?n`<span class="hint" id="h-${e}">${i}</span>`:s}
      <input id="f-${e}" name="call-${e}" autocomplete="off" spellcheck="false" inputmode=${p} maxlength=${l}
        .value=${y(a.fields[e])} aria-invalid=${h?"true":s} aria-describedby=${m||s}
        @input=${$=>this.typed(e,$.target.value)} />
      ${h?n`<span class="field-error" id="e-${e}">${h}</span>`:s}
    </div>`}typed(e,o){this.problem&&R[this.problem.field]===e&&(this.problem=void 0),a.type(e,o)}note(){let e=this.errorAt("note");return n`<div class="field">
      <label for="f-note">${t.operator.note}</label>
      <span class="hint" id="h-note">${t.operator.noteHint}</span>
      <textarea id="f-note" name="call-note" rows="7" maxlength="10000" autocomplete="off" .value=${y(a.fields.note)}
        aria-invalid=${e?"true":s} aria-describedby=${e?"h-note e-note":"h-note"}
        @input=${o=>this.typed("note",o.target.value)}></textarea>
      ${e?n`<span class="field-error" id="e-note">${e}</span>`:s}
    </div>`}errorAt(e){return!this.problem||R[this.problem.field]!==e?"":g(this.problem)}failure(){if(this.phase==="unknown")return n`<div class="notice warn" role="alert">
        <strong>${t.operator.unknown}</strong>
        <p>${t.operator.unknownText}</p>
      </div>`;if(!this.problem)return n`<div role="alert"></div>`;let e=R[this.problem.field]!==void 0;return n`<div class="notice error" role="alert">
      <strong>${t.operator.refused}</strong>
      <p>${e?t.operator.refusedField:g(this.problem)}</p>
    </div>`}recentList(){return this.recent.length===0?s:n`<section class="recent" aria-labelledby="recent-title">
      <h2 id="recent-title">${t.operator.recent}</h2>
      <ul>
        ${this.recent.map(e=>n`<li>
            <strong class="reference">${e.reference||t.operator.pending}</strong> <span>${d.bannette(e.bannette)}</span>
            <bn-time class="quiet" at=${e.at} mode="age"></bn-time>
          </li>`)}
      </ul>
    </section>`}submit(e){e.preventDefault(),this.send()}key(e){if(document.querySelector("dialog[open]"))return;let o=P(e);if(o==="F2")this.fresh();else if(o==="F4")this.search();else if(o==="Ctrl+Enter"&&this.phase!=="done")this.send();else return;e.preventDefault()}search(){this.querySelector("bn-find")?.open(a.fields.phone.trim())}async fresh(){this.phase!=="sending"&&(this.phase!=="done"&&a.dirty&&!await C()||(a.renew(),this.phase="typing",this.problem=void 0,this.outcome=void 0,this.redraw(),this.focusOn("#f-name")))}async send(){if(this.phase==="sending")return;this.phase="sending",this.problem=void 0,this.redraw();let e=await v("requests",a.call(),{key:a.key,timeout_ms:H});e.ok?this.finish(e.value):this.fail(e.problem)}finish(e){let o=a.call(),i=e.durable?{key:a.key,call:o,reference:e.reference,bannette:e.bannette,at:e.arrived}:{key:a.key,call:o,reference:"",bannette:e.bannette,at:e.since};this.recent=[i,...this.recent.filter(l=>l.key!==i.key)].slice(0,Z),this.outcome=e.durable?{kind:"receipt",receipt:e}:{kind:"recorded",recorded:e,sent:i,note:""},this.close()}fail(e){if(e.code==="no_dossier"){this.outcome={kind:"outside",detail:e.detail},this.close();return}a.unknown=a.unknown?e.status===401||x(e):x(e),e.code==="key_expired"&&a.rekey(),this.phase=a.unknown?"unknown":"typing",this.problem=a.unknown?void 0:e,this.redraw();let o=R[e.field];o?this.focusOn(`#f-${o}`):e.status!==401&&this.focusOn(".send button")}close(){a.renew(),this.phase="done",this.redraw(),this.focusOn(".receipt-place button")}async check(){let e=this.outcome;if(e?.kind!=="recorded")return;let{sent:o}=e,i=await v("requests",o.call,{key:o.key,timeout_ms:H});if(this.outcome===e){if(i.ok&&i.value.durable){let l=i.value;this.recent=this.recent.map(p=>p.key===o.key?{...p,reference:l.reference}:p),this.outcome={kind:"receipt",receipt:l},this.focusOn(".receipt-place button")}else{let l=new Date(S()).toLocaleTimeString("fr-FR");this.outcome={...e,note:i.ok?`${t.operator.stillRecorded} (${l})`:g(i.problem)}}this.redraw()}}};customElements.define("bn-operator",O);
