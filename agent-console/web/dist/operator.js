import{a,b as B}from"./shared-4.js";import"./shared-5.js";import{a as b,b as F,c as _,d as L,g as j,j as U,l as V,n as I}from"./shared-2.js";import{a as r,c as A,e as g,g as n,i as y,j as s,m as x,n as q,o as O,p as P,q as T,r as v,s as N,t as d}from"./shared-1.js";var k=F(class extends _{constructor(t){if(super(t),t.type!==b.PROPERTY&&t.type!==b.ATTRIBUTE&&t.type!==b.BOOLEAN_ATTRIBUTE)throw Error("The `live` directive is not allowed on child or event bindings");if(!L(t))throw Error("`live` bindings can only contain a single expression")}render(t){return t}update(t,[e]){if(e===y||e===s)return e;let o=t.element,i=t.name;if(t.type===b.PROPERTY){if(e===o[i])return y}else if(t.type===b.BOOLEAN_ATTRIBUTE){if(!!e===o.hasAttribute(i))return y}else if(t.type===b.ATTRIBUTE&&o.getAttribute(i)===e+"")return y;return j(t),e}});function K(t){return!/[a-z]/i.test(t)&&t.replace(/\D/g,"").length>6?`requests?phone=${encodeURIComponent(t.replace(/[\s.\-/()]/g,""))}`:`requests?reference=${encodeURIComponent(t)}`}var C=class extends T{busy=!1;error="";items;asked=0;open(e){this.items=void 0,this.error="",this.redraw();let o=this.querySelector("dialog"),i=this.querySelector("input");!o||!i||(i.value=e,o.open||o.showModal(),i.focus(),i.select())}render(){return n`<dialog class="dialog" aria-labelledby="find-title" @close=${this.forget}>
      <div class="dialog-head">
        <h2 id="find-title">${r.find.title}</h2>
        <button type="button" class="button plain" @click=${this.shut}>${r.close} <kbd>Échap</kbd></button>
      </div>
      <form @submit=${this.submit} novalidate autocomplete="off">
        <div class="field">
          <label for="find-text">${r.find.label}</label>
          <span class="hint" id="find-hint">${r.find.hint}</span>
          <div class="line">
            <input id="find-text" maxlength="40" spellcheck="false" autocomplete="off" aria-describedby="find-hint${this.error?" find-error":""}"
              aria-invalid=${this.error?"true":s} />
            <button class="button primary" type="submit">${this.busy?r.find.busy:r.find.submit}</button>
          </div>
          <span role="alert">${this.error?n`<span class="field-error" id="find-error">${this.error}</span>`:s}</span>
        </div>
      </form>
      <p class="quiet" role="status">${this.summary()}</p>
      ${this.items&&this.items.length>0?this.table(this.items):s}
      <p class="hint">${r.find.privacy}</p>
    </dialog>`}summary(){return this.items?this.items.length===0?r.find.none:r.find.count(this.items.length):""}table(e){return n`<ul class="found">
      ${e.map(o=>n`<li class="found-item">
          <p class="found-head"><strong class="reference">${o.reference}</strong> ${I(o.state)}
            ${o.outcome?n`<strong>${d.outcome(o.outcome)}</strong>`:s}</p>
          <dl class="facts">
            <dt>${r.find.unit}</dt><dd>${o.unit_label||d.bannette(o.bannette)}</dd>
            <dt>${r.find.topic}</dt><dd>${d.topic(o.topic)}</dd>
            <dt>${r.find.arrived}</dt><dd>${g(o.arrived)}</dd>
            <dt>${r.find.changed}</dt><dd>${g(o.changed)}</dd>
          </dl>
        </li>`)}
    </ul>`}shut(){this.querySelector("dialog")?.close()}forget(){++this.asked,this.items=void 0,this.error="",this.busy=!1,this.redraw()}async submit(e){e.preventDefault();let o=this.querySelector("input")?.value.trim()??"",i=++this.asked;if(this.items=void 0,this.error=o?"":r.find.missing,this.busy=o!=="",this.redraw(),!o)return;let l=await q(K(o));i===this.asked&&(this.busy=!1,l.ok?this.items=l.value.items:this.error=v(l.problem),this.redraw(),this.querySelector("input")?.select())}};customElements.define("bn-find",C);var D=t=>n`<button type="button" class="button primary" @click=${t.fresh}>${r.operator.fresh} <kbd>F2</kbd></button>`;function H(t,e){switch(t.kind){case"receipt":return Y(t.receipt,e);case"recorded":return n`<section class="card receipt recorded">
        <h2>${r.operator.recordedTitle}</h2>
        <p>${r.operator.recordedText}</p>
        <dl class="facts"><dt>${r.operator.goesTo}</dt><dd>${d.bannette(t.recorded.bannette)}</dd></dl>
        ${t.note?n`<p class="quiet">${t.note}</p>`:s}
        <div class="actions">${D(e)} <button type="button" class="button" @click=${e.check}>${r.operator.check}</button></div>
      </section>`;case"outside":return n`<section class="card receipt outside">
        <h2>${r.operator.noDossier}</h2>
        <p>${t.detail||r.operator.noDossierText}</p>
        <div class="actions">${D(e)}</div>
      </section>`}}function Y(t,e){return n`<section class="card receipt durable">
    <h2>${r.operator.receipt} <span class="seal">${r.operator.durable}</span></h2>
    <p class="big-reference"><span class="quiet">${r.operator.reference}</span> <strong>${t.reference}</strong> <span class="quiet">${r.operator.tell}</span></p>
    <dl class="facts">
      <dt>${r.operator.goesTo}</dt>
      <dd>${d.bannette(t.bannette)}</dd>
      <dt>${r.operator.arrived}</dt>
      <dd>${g(t.arrived)}</dd>
      <dt>${r.operator.deadline}</dt>
      <dd>${t.deadline?g(t.deadline):r.operator.noDeadline}</dd>
    </dl>
    <div class="actions">${D(e)}</div>
  </section>`}function M(t,e,o){return n`<section class="card routing ${t.danger?"in-danger":""}" aria-labelledby="routing-title" aria-busy=${t.proposing?"true":"false"}>
    <h2 id="routing-title">
      ${r.operator.routing} <span class="quiet small pulse ${t.proposing?"on":""}">${t.proposing?r.operator.routingWait:""}</span>
    </h2>
    ${t.proposalLost?n`<p class="notice warn">${r.operator.routingLost}</p>`:s}
    ${t.proposal?J(t,t.proposal):n`<p class="quiet">${r.operator.routingEmpty}</p>`}
    <fieldset class="corrections" ?disabled=${e}>
      <legend>${r.operator.correct}</legend>
      ${re(t,o)} ${oe(t,o)} ${ne(t,o)} ${ie(t,o)}
      <button type="button" class="button" aria-disabled=${t.corrected?s:"true"} @click=${()=>t.followProposal()}>
        ${r.operator.reset}
      </button>
    </fieldset>
  </section>`}function J(t,e){return n`${t.outside?n`<p class="notice"><strong>${r.operator.outside}</strong> ${r.operator.outsideText}</p>`:Q(t,e)}
    <p class="marks">${U(t.urgency)} ${w(t.corrections.urgency)} ${V(t.danger)} ${ee(t)}</p>
    <dl class="facts">
      <dt>${r.operator.topic}</dt>
      <dd>${d.topic(t.topic)} ${w(t.corrections.topic)}</dd>
      <dt>${r.operator.territory}</dt>
      <dd>${Z(t,e)}</dd>
    </dl>
    ${te(t,e)}
    <h3>${r.operator.why}</h3>
    ${e.because.length===0?n`<p class="quiet">${r.operator.whyNone}</p>`:n`<ul class="reasons">${e.because.map(o=>n`<li>${o.text}</li>`)}</ul>`}`}function Q(t,e){let o=t.destinationOpen?r.operator.recomputed:d.bannette(t.bannette);return n`<p class="destination">
    <span class="quiet">${r.operator.destination}</span>
    <strong>${o}</strong> ${w(t.corrections.bannette)}
    ${X(t,e)}
  </p>`}function X(t,e){let o=e.candidates.length>0,i=o?t.insee!=="":t.corrected;return!e.uncertain||i?s:n`<span class="badge doubt">${o?r.operator.uncertain:r.operator.verify}</span>`}function Z(t,e){let o=e.candidates.find(c=>c.insee===t.insee),i=d.unit(o?.unit||e.unit),l=o?.name||e.commune_name;return[i,l].filter(c=>c!=="").join(" · ")||r.operator.territoryNone}var w=t=>t===""?s:n`<span class="badge edited">${r.operator.corrected}</span>`;function ee(t){return t.corrections.danger===""?s:n`${t.danger?s:n`<span>${r.operator.noDanger}</span>`} ${w(t.corrections.danger)}`}function te(t,e){return e.candidates.length===0||!e.uncertain&&!t.insee?s:n`<div class="candidates" role="group" aria-labelledby="pick-title">
    <p id="pick-title">${r.operator.pick}</p>
    ${e.candidates.map(o=>n`<button type="button" class="button chip" aria-pressed=${o.insee===t.insee?"true":"false"}
          @click=${()=>t.pick(o.insee,o.name)}>
          ${o.name} <span class="quiet">${d.unit(o.unit)}</span>
        </button>`)}
  </div>`}function R(t,e,o,i,l,c){let h=c(e),m=t.corrections[e];return n`<div class="field">
    <label for="f-${e}">${o}</label>
    <select id="f-${e}" aria-invalid=${h?"true":s}
      aria-describedby=${h?`e-${e}`:s}
      @change=${$=>t.correct(e,$.target.value)}>
      ${G(m)({value:"",label:r.operator.proposed(i)})} ${l(G(m))}
    </select>
    ${h?n`<span class="field-error" id="e-${e}">${h}</span>`:s}
  </div>`}var G=t=>e=>n`<option value=${e.value} .selected=${k(e.value===t)}>${e.label}</option>`,W=(t,e)=>t.choices.length===0?s:n`<optgroup label=${t.label}>${t.choices.map(e)}</optgroup>`;function re(t,e){let{topics:o}=d.catalogue,i=u=>({value:u.code,label:u.label}),l=(t.proposal?.topics??[]).slice(0,3).flatMap(u=>o.filter(p=>p.code===u.code)),h=[...new Set(o.map(u=>u.family))].map(u=>({label:u.charAt(0).toUpperCase()+u.slice(1),choices:o.filter(p=>p.family===u&&!l.includes(p)).map(i)})),m=[{label:r.operator.likely,choices:l.map(i)},...h],$=u=>m.map(p=>W(p,u));return R(t,"topic",r.operator.topic,d.topic(t.proposal?.topic??""),$,e)}function oe(t,e){let o=i=>Object.entries(r.urgencies).map(([l,c])=>i({value:l,label:c}));return R(t,"urgency",r.operator.urgency,r.urgency(t.proposal?.urgency??"")||r.none,o,e)}function ne(t,e){let o=i=>[i({value:"yes",label:r.yes}),i({value:"no",label:r.no})];return R(t,"danger",r.operator.danger,t.proposal?t.proposal.danger?r.yes:r.no:r.none,o,e)}function ie(t,e){let{bannettes:o}=d.catalogue,i=t.proposal?.unit?`${t.proposal.unit}/`:"/",l=p=>p.startsWith(i)?0:1,c=p=>o.filter(f=>p(f.name)).map(f=>({value:f.name,label:f.label})),h=c(p=>p.includes("/")).sort((p,f)=>l(p.value)-l(f.value)),m=[{label:r.operator.units,choices:h},{label:r.operator.services,choices:c(p=>p.startsWith("service:"))},{label:r.operator.otherTrays,choices:c(p=>!p.includes("/")&&!p.startsWith("service:"))}],$=p=>m.map(f=>W(f,p)),u=t.proposal?.bannette?d.bannette(t.proposal.bannette):r.none;return R(t,"bannette",r.operator.destination,u,$,e)}var se=6,z=8e3,E={"caller.name":"name","caller.phone":"phone",name:"name",phone:"phone",commune:"commune",insee:"commune",address:"address",note:"note",topic:"topic",urgency:"urgency",danger:"danger",bannette:"bannette"},S=class extends T{phase="typing";problem;outcome;recent=[];dangerSaid=!1;connectedCallback(){super.connectedCallback(),a.unknown&&(this.phase="unknown"),a.onChange=()=>this.redraw(),this.until(()=>a.onChange=()=>{}),this.listenTo(document,"keydown",e=>this.key(e)),this.until(P.listen(e=>e.type==="hello"&&a.proposalLost&&a.ask())),this.focusOn("#f-name")}willUpdate(e){this.dangerSaid=a.danger&&this.phase!=="done"}render(){return n`<div class="operator">
      <div class="screen-head">
        <h1>${r.operator.title}</h1>
        <button type="button" class="button" @click=${this.search}>${r.operator.search} <kbd>F4</kbd></button>
        <button type="button" class="button" @click=${this.fresh}>${r.operator.fresh} <kbd>F2</kbd></button>
      </div>
      <div class="receipt-place" role="status">
        ${this.outcome?H(this.outcome,{fresh:()=>{this.fresh()},check:()=>{this.check()}}):s}
      </div>
      <p class="visually-hidden" role="status">${this.dangerSaid?r.operator.dangerOn:""}</p>
      ${this.phase==="done"?s:this.form()} ${this.recentList()}
      <p class="keys">${r.operator.keys}</p>
      <bn-find></bn-find>
    </div>`}form(){let e=this.phase!=="typing";return n`<form class="call" @submit=${this.submit} novalidate autocomplete="off">
      <fieldset class="call-text" ?disabled=${e}>
        <legend class="visually-hidden">${r.operator.title}</legend>
        <h2>${r.operator.who}</h2>
        <div class="pair">
          ${this.input("name",r.operator.name,"",120)} ${this.input("phone",r.operator.phone,"",40,"tel")}
        </div>
        <h2>${r.operator.where}</h2>
        <div class="pair">
          ${this.input("commune",r.operator.commune,r.operator.communeHint,100)}
          ${this.input("address",r.operator.address,r.operator.addressHint,200)}
        </div>
        <h2>${r.operator.what}</h2>
        ${this.note()}
      </fieldset>
      ${M(a,e,o=>this.errorAt(o))}
      <div class="send">
        ${this.failure()}
        <button class="button primary big" type="submit" aria-disabled=${this.phase==="sending"?"true":s}>
          ${this.sendLabel()} <kbd>Ctrl+Entrée</kbd>
        </button>
      </div>
    </form>`}sendLabel(){return this.phase==="sending"?r.operator.sending:this.phase==="unknown"?r.operator.retrySame:a.outside?r.operator.sendOutside:r.operator.send}input(e,o,i,l,c="text"){let h=this.errorAt(e),m=[i?`h-${e}`:"",h?`e-${e}`:""].filter(Boolean).join(" ");return n`<div class="field">
      <label for="f-${e}">${o}</label>
      ${i?n`<span class="hint" id="h-${e}">${i}</span>`:s}
      <input id="f-${e}" name="call-${e}" autocomplete="off" spellcheck="false" inputmode=${c} maxlength=${l}
        .value=${k(a.fields[e])} aria-invalid=${h?"true":s} aria-describedby=${m||s}
        @input=${$=>this.typed(e,$.target.value)} />
      ${h?n`<span class="field-error" id="e-${e}">${h}</span>`:s}
    </div>`}typed(e,o){this.problem&&E[this.problem.field]===e&&(this.problem=void 0),a.type(e,o)}note(){let e=this.errorAt("note");return n`<div class="field">
      <label for="f-note">${r.operator.note}</label>
      <span class="hint" id="h-note">${r.operator.noteHint}</span>
      <textarea id="f-note" name="call-note" rows="7" maxlength="10000" autocomplete="off" .value=${k(a.fields.note)}
        aria-invalid=${e?"true":s} aria-describedby=${e?"h-note e-note":"h-note"}
        @input=${o=>this.typed("note",o.target.value)}></textarea>
      ${e?n`<span class="field-error" id="e-note">${e}</span>`:s}
    </div>`}errorAt(e){return!this.problem||E[this.problem.field]!==e?"":v(this.problem)}failure(){if(this.phase==="unknown")return n`<div class="notice warn" role="alert">
        <strong>${r.operator.unknown}</strong>
        <p>${r.operator.unknownText}</p>
      </div>`;if(!this.problem)return n`<div role="alert"></div>`;let e=E[this.problem.field]!==void 0;return n`<div class="notice error" role="alert">
      <strong>${r.operator.refused}</strong>
      <p>${e?r.operator.refusedField:v(this.problem)}</p>
    </div>`}recentList(){return this.recent.length===0?s:n`<section class="recent" aria-labelledby="recent-title">
      <h2 id="recent-title">${r.operator.recent}</h2>
      <ul>
        ${this.recent.map(e=>n`<li>
            <strong class="reference">${e.reference||r.operator.pending}</strong> <span>${d.bannette(e.bannette)}</span>
            <bn-time class="quiet" at=${e.at} mode="age"></bn-time>
          </li>`)}
      </ul>
    </section>`}submit(e){e.preventDefault(),this.send()}key(e){if(document.querySelector("dialog[open]"))return;let o=N(e);if(o==="F2")this.fresh();else if(o==="F4")this.search();else if(o==="Ctrl+Enter"&&this.phase!=="done")this.send();else return;e.preventDefault()}search(){this.querySelector("bn-find")?.open(a.fields.phone.trim())}async fresh(){this.phase!=="sending"&&(this.phase!=="done"&&a.dirty&&!await B()||(a.renew(),this.phase="typing",this.problem=void 0,this.outcome=void 0,this.redraw(),this.focusOn("#f-name")))}async send(){if(this.phase==="sending")return;this.phase="sending",this.problem=void 0,this.redraw();let e=await O("requests",a.call(),{key:a.key,timeout_ms:z});e.ok?this.finish(e.value):this.fail(e.problem)}finish(e){let o=a.call(),i=e.durable?{key:a.key,call:o,reference:e.reference,bannette:e.bannette,at:e.arrived}:{key:a.key,call:o,reference:"",bannette:e.bannette,at:e.since};this.recent=[i,...this.recent.filter(l=>l.key!==i.key)].slice(0,se),this.outcome=e.durable?{kind:"receipt",receipt:e}:{kind:"recorded",recorded:e,sent:i,note:""},this.close()}fail(e){if(e.code==="no_dossier"){this.outcome={kind:"outside",detail:e.detail},this.close();return}a.unknown=a.unknown?e.status===401||x(e):x(e),e.code==="key_expired"&&a.rekey(),this.phase=a.unknown?"unknown":"typing",this.problem=a.unknown?void 0:e,this.redraw();let o=E[e.field];o?this.focusOn(`#f-${o}`):e.status!==401&&this.focusOn(".send button")}close(){a.renew(),this.phase="done",this.redraw(),this.focusOn(".receipt-place button")}async check(){let e=this.outcome;if(e?.kind!=="recorded")return;let{sent:o}=e,i=await O("requests",o.call,{key:o.key,timeout_ms:z});if(this.outcome===e){if(i.ok&&i.value.durable){let l=i.value;this.recent=this.recent.map(c=>c.key===o.key?{...c,reference:l.reference}:c),this.outcome={kind:"receipt",receipt:l},this.focusOn(".receipt-place button")}else{let l=new Date(A()).toLocaleTimeString("fr-FR");this.outcome={...e,note:i.ok?`${r.operator.stillRecorded} (${l})`:v(i.problem)}}this.redraw()}}};customElements.define("bn-operator",S);
/*! Bundled license information:

lit-html/directives/live.js:
  (**
   * @license
   * Copyright 2020 Google LLC
   * SPDX-License-Identifier: BSD-3-Clause
   *)
*/
