import{a,c as C,f as y}from"./shared-6.js";import{c as g,e as M}from"./shared-8.js";import{a as H}from"./shared-4.js";import"./shared-2.js";import{b as u,c as v,g as p,j as r,m as i,s as S,t as E,v as f,w as b,z as n}from"./shared-1.js";var l=a.callbacks,w=class extends f{model;onDialled=()=>{};queueLabel=e=>e;giving="";async open(){let e=this.querySelector("dialog"),{model:t}=this;!e||!t||e.open||(this.giving="",t.problem=void 0,t.shown=!0,e.showModal(),await t.load(),await this.updateComplete,(this.querySelector("li .primary")??this.querySelector("button"))?.focus())}changed(){this.model?.shown&&this.redraw()}render(){let{model:e}=this;return r`<dialog class="dialog" aria-labelledby="callbacks-title" @close=${()=>e&&(e.shown=!1)} @keydown=${this.key}>
      <div class="dialog-head">
        <h2 id="callbacks-title">${l.title}</h2>
        <button type="button" class="button plain" @click=${this.shut}>${v.close} <kbd>${u.escape}</kbd></button>
      </div>
      <div role="alert">${e?.problem?r`<p class="notice error">${b(e.problem)}</p>`:i}</div>
      ${e?.list?this.entries(e):i}
    </dialog>`}entries(e){let{items:t=[],waiting:s=0,withheld:o=0}=e.list??{};return r`<p class="quiet">${l.count(s)}${o>0?r` · ${l.withheld(o)}`:i}</p>
      <ol class="callbacks">${H(t,c=>c.id,c=>this.entry(e,c))}</ol>
      ${s>t.length?r`<p class="quiet small">${l.more(s-t.length)}</p>`:i}`}entry(e,t){let s=t.locked_by===n.user?.name,o=t.locked_by!==null&&!s;return r`<li>
      <div>
        <p class="found-head"><strong class="number">${y(t.number??"")}</strong> ${g(t.danger)}
          ${o?r`<span class="badge doubt">${l.calledBy(t.locked_by??"")}</span>`:i}</p>
        <p class="quiet small">${l.attempts(t.attempts)} · ${l.since} ${t.first?r`<bn-time at=${t.first} mode="age"></bn-time>`:i}
          ${t.queue?r`· ${this.queueLabel(t.queue)}`:i}
          ${t.tries>0?r`· ${l.tries(t.tries)}${t.tried?` (${p(t.tried)})`:""}`:i}</p>
      </div>
      ${o?i:this.acts(e,t,s)}
    </li>`}acts(e,t,s){let o=y(t.number??""),c=e.busy!==""?"true":i,$=(x,L,P="")=>r`<button type="button" class="button ${P}" aria-disabled=${c} aria-label="${x} : ${o}" @click=${L}>${x}</button>`;return this.giving===t.id?this.reason(e,t):r`<div class="actions">
      ${$(s?l.again:l.dial,()=>{this.dial(e,t)},"primary")}
      ${s?r`${$(l.reached,()=>{this.act(e,t,"reached")})} ${$(l.noAnswer,()=>{this.act(e,t,"no_answer")})} ${$(l.release,()=>{this.act(e,t,"release")})}`:i}
      ${$(l.giveUp,()=>this.ask(t.id),"plain")}
    </div>`}reason(e,t){return r`<form class="line" @submit=${o=>{o.preventDefault();let c=this.querySelector("#callback-why")?.value.trim()??"";this.act(e,t,"give_up",c)}} novalidate autocomplete="off">
      <div class="field"><label for="callback-why">${l.why}</label><input id="callback-why" maxlength="64" autocomplete="off" /></div>
      <button class="button primary" type="submit">${l.giveUp}</button>
      <button class="button" type="button" @click=${()=>this.ask("")}>${v.cancel}</button>
    </form>`}ask(e){this.giving=e,this.redraw(),this.focusOn(e?"#callback-why":"li .primary")}async act(e,t,s,o=""){let c=await e.act(t.id,s,o);c&&(this.giving=""),this.redraw(),c&&await this.focusOn(e.list?.items.length?"li .primary":".dialog-head button")}async dial(e,t){if(!await e.act(t.id,"dial"))return this.redraw();this.shut(),this.onDialled(t.number??"")}key(e){let t=e.key==="ArrowDown"?1:e.key==="ArrowUp"?-1:0;if(t===0||e.target.tagName==="INPUT")return;let s=[...this.querySelectorAll("li .primary")];if(s.length===0)return;e.preventDefault();let o=s.findIndex(c=>c.closest("li")?.contains(document.activeElement));s[Math.max(0,Math.min(s.length-1,o+t))]?.focus()}shut(){this.querySelector("dialog")?.close()}};customElements.define("bn-callbacks",w);var k=class extends f{onResume=()=>{};except="";items=[];error="";async open(){let e=this.querySelector("dialog");!e||e.open||(e.showModal(),await this.reload(),(this.querySelector("li button")??this.querySelector("button"))?.focus())}async reload(){let e=await S("drafts");this.error=e.ok?"":b(e.problem),this.items=e.ok?e.value.items.filter(t=>t.key!==this.except):[],this.redraw(),await this.updateComplete}render(){return r`<dialog class="dialog" aria-labelledby="drafts-title">
      <div class="dialog-head">
        <h2 id="drafts-title">${a.drafts.title}</h2>
        <button type="button" class="button plain" @click=${this.shut}>${a.keys.close} <kbd>${u.escape}</kbd></button>
      </div>
      ${this.error?r`<p class="notice error">${this.error}</p>`:this.items.length===0?r`<p class="quiet">${a.drafts.none}</p>`:r`<ul class="drafts">${this.items.map(e=>this.line(e))}</ul>`}
    </dialog>`}line(e){let t=e.owner===n.user?.name,s=t?a.drafts.mine:`${a.drafts.of(e.owner)} (${e.offered?a.drafts.offered:a.drafts.silent})`;return r`<li>
      <span>${e.made?p(e.made):""} <strong>${s}</strong> ${g(e.danger)}
        <span class="quiet small">${a.drafts.since} ${e.changed?r`<bn-time at=${e.changed} mode="age"></bn-time>`:""}</span></span>
      <button type="button" class="button" @click=${()=>this.resume(e)}>${t?a.drafts.resume:a.drafts.take}</button>
    </li>`}resume(e){this.shut(),this.onResume(e)}shut(){this.querySelector("dialog")?.close()}};customElements.define("bn-drafts",k);var d=a.find;function D(m){return!/[a-z]/i.test(m)&&m.replace(/\D/g,"").length>6?{phone:m.replace(/[\s.\-/()]/g,"")}:{reference:m}}var q=class extends f{busy=!1;error="";items;asked=0;open(e){this.items=void 0,this.error="",this.redraw();let t=this.querySelector("dialog"),s=this.querySelector("input");!t||!s||(s.value=e,t.open||t.showModal(),s.focus(),s.select())}render(){return r`<dialog class="dialog" aria-labelledby="find-title" @close=${this.forget}>
      <div class="dialog-head">
        <h2 id="find-title">${d.title}</h2>
        <button type="button" class="button plain" @click=${this.shut}>${v.close} <kbd>${u.escape}</kbd></button>
      </div>
      <form @submit=${this.submit} novalidate autocomplete="off">
        <div class="field">
          <label for="find-text">${d.label}</label>
          <span class="hint" id="find-hint">${d.hint}</span>
          <div class="line">
            <input id="find-text" maxlength="40" spellcheck="false" autocomplete="off" aria-describedby="find-hint${this.error?" find-error":""}"
              aria-invalid=${this.error?"true":i} />
            <button class="button primary" type="submit">${this.busy?d.busy:d.submit}</button>
          </div>
          <span role="alert">${this.error?r`<span class="field-error" id="find-error">${this.error}</span>`:i}</span>
        </div>
      </form>
      <p class="quiet" role="status">${this.summary()}</p>
      ${this.items&&this.items.length>0?this.table(this.items):i}
      <p class="hint">${d.privacy}</p>
    </dialog>`}summary(){return this.items?this.items.length===0?d.none:d.count(this.items.length):""}table(e){return r`<ul class="found">
      ${e.map(t=>r`<li class="found-item">
          <p class="found-head"><strong class="reference">${t.reference}</strong> ${M(t.state)}
            ${t.outcome?r`<strong>${n.outcome(t.outcome)}</strong>`:i}</p>
          <dl class="facts">
            <dt>${d.unit}</dt><dd>${t.unit_label||n.bannette(t.bannette)}</dd>
            <dt>${d.topic}</dt><dd>${n.topicOf(t)}</dd>
            <dt>${d.arrived}</dt><dd>${p(t.arrived)}</dd>
            ${p(t.changed)===p(t.arrived)?i:r`<dt>${d.changed}</dt><dd>${p(t.changed)}</dd>`}
          </dl>
        </li>`)}
    </ul>`}shut(){this.querySelector("dialog")?.close()}forget(){++this.asked,this.items=void 0,this.error="",this.busy=!1,this.redraw()}async submit(e){e.preventDefault();let t=this.querySelector("input")?.value.trim()??"",s=++this.asked;if(this.items=void 0,this.error=t?"":d.missing,this.busy=t!=="",this.redraw(),!t)return;let o=await E("requests/find",D(t));s===this.asked&&(this.busy=!1,o.ok?this.items=o.value.items:this.error=b(o.problem),this.redraw(),this.querySelector("input")?.select())}};customElements.define("bn-find",q);var h=a.qualify,R="autre",T=class extends f{settle=async()=>"";outcome="";where="";error="";busy=!1;open(){let e=this.querySelector("dialog");!e||e.open||(this.outcome=this.where=this.error="",this.busy=!1,this.redraw(),e.showModal(),this.updateComplete.then(()=>this.querySelector("input")?.focus()))}render(){return r`<dialog class="dialog small" aria-labelledby="qualify-title">
      <form @submit=${this.submit} novalidate>
        <h2 id="qualify-title">${h.title}</h2>
        <fieldset class="outcomes">
          <legend>${h.how}</legend>
          ${C().map(({code:e,label:t},s)=>r`<label class="choice-line">
              <input type="radio" name="outcome" id="outcome-${s}" value=${e} .checked=${e===this.outcome} @change=${()=>this.choose(e)} /> ${t}
            </label>`)}
        </fieldset>
        ${this.outcome==="redirected"?this.referral():i}
        <span role="alert">${this.error?r`<span class="field-error">${this.error}</span>`:i}</span>
        <div class="actions">
          <button class="button primary" type="submit" aria-disabled=${this.busy?"true":i}>${h.submit} <kbd>${u.enter}</kbd></button>
          <button class="button" type="button" @click=${this.shut}>${h.cancel} <kbd>${u.escape}</kbd></button>
        </div>
      </form>
    </dialog>`}referral(){let e=n.consignes.referrals.find(t=>t.code===this.where);return r`<div class="field">
        <label for="referral">${h.where}</label>
        <select id="referral" @change=${t=>this.choose(this.outcome,t.target.value)}>
          <option value="">${h.wherePick}</option>
          ${n.consignes.referrals.map(t=>r`<option value=${t.code} .selected=${t.code===this.where}>${t.name}</option>`)}
        </select>
        ${e&&(e.phone||e.hint)?r`<p class="referral">${e.phone?r`<strong>${e.phone}</strong>`:i} ${e.hint}</p>`:i}
      </div>
      ${this.where===R||n.consignes.referrals.length===0?r`<div class="field"><label for="referral-text">${h.whereOther}</label><input id="referral-text" maxlength="100" autocomplete="off" /></div>`:i}`}choose(e,t=""){this.outcome=e,this.where=t,this.error="",this.redraw()}target(){let e=n.consignes.referrals.find(s=>s.code===this.where),t=this.querySelector("#referral-text")?.value.trim()??"";return!e||e.code===R?t:e.code}async submit(e){if(e.preventDefault(),this.busy)return;let t=this.outcome==="redirected"?this.target():"";this.error=this.outcome===""?h.missing:this.outcome==="redirected"&&t===""?h.whereMissing:"",this.redraw(),!this.error&&(this.busy=!0,this.error=await this.settle({outcome:this.outcome,redirected_to:t}),this.busy=!1,this.error?this.redraw():this.shut())}shut(){this.querySelector("dialog")?.close()}};customElements.define("bn-qualify",T);
