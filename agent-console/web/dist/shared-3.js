import{a as i,b as a,c,d as p,g as u}from"./shared-2.js";import{h as s,j as n,k as l,m as d}from"./shared-1.js";function h(e){let o=document.querySelector("dialog.help");if(o)return o.close();if(document.querySelector("dialog[open]"))return;let t=document.createElement("dialog");t.className="dialog help",t.setAttribute("aria-labelledby","help-title"),d(s`<div class="dialog-head">
        <h2 id="help-title">${e.title}</h2>
        <button type="button" class="button plain" autofocus @click=${()=>t.close()}>${e.close} <kbd>Échap</kbd></button>
      </div>
      <div class="help-groups">
        ${e.groups.map(r=>s`<section>
            <h3>${r.title}</h3>
            <dl class="key-list">${r.keys.map(([m,g])=>s`<div><dt><kbd>${m}</kbd></dt><dd>${g}</dd></div>`)}</dl>
          </section>`)}
      </div>`,t),t.addEventListener("close",()=>t.remove()),document.body.append(t),t.showModal()}var E=a(class extends c{constructor(e){if(super(e),e.type!==i.PROPERTY&&e.type!==i.ATTRIBUTE&&e.type!==i.BOOLEAN_ATTRIBUTE)throw Error("The `live` directive is not allowed on child or event bindings");if(!p(e))throw Error("`live` bindings can only contain a single expression")}render(e){return e}update(e,[o]){if(o===n||o===l)return o;let t=e.element,r=e.name;if(e.type===i.PROPERTY){if(o===t[r])return n}else if(e.type===i.BOOLEAN_ATTRIBUTE){if(!!o===t.hasAttribute(r))return n}else if(e.type===i.ATTRIBUTE&&t.getAttribute(r)===o+"")return n;return u(e),o}});export{E as a,h as b};
/*! Bundled license information:

lit-html/directives/live.js:
  (**
   * @license
   * Copyright 2020 Google LLC
   * SPDX-License-Identifier: BSD-3-Clause
   *)
*/
