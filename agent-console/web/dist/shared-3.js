import{a as i,b as d,c as m,d as f,e as g}from"./shared-2.js";import{a,c as p,e as c,h as r,i as u,j as l,k as o}from"./shared-1.js";var h={immediate:4,urgent:3,priority:2,normal:1};function R(e){if(!e)return o;let t=h[e]??1;return r`<span class="badge urgency-${e}"
    ><svg class="bars" viewBox="0 0 15 12" aria-hidden="true">
      ${[1,2,3,4].map(n=>u`<rect class=${n<=t?"on":"off"} x=${(n-1)*4} y=${12-n*3} width="3" height=${n*3} rx="0.6"></rect>`)}
    </svg>${a.urgency(e)}</span
  >`}var T=r`<svg class="mark" viewBox="0 0 14 13" aria-hidden="true">
  <path d="M7 .8 13.4 12.2H.6Z"></path>
  <path class="cut" d="M6.3 4.4h1.4l-.2 4h-1ZM6.3 9.3h1.4v1.4H6.3Z"></path>
</svg>`;function $(e){return e?r`<span class="badge danger">${T}${a.danger}</span>`:o}function v(e){let{climb:t}=e;return t===null||e.state==="handled"||e.state==="closed"||e.state==="merged"?o:t.acknowledged_by?r`<span class="quiet">${a.climb.acknowledged(t.acknowledged_by)}</span>`:r`<span class="badge doubt">${a.climb.open(t.fired.at(-1)??"")}</span>`}function w(e){return r`<span class="state state-${e}"><span class="dot" aria-hidden="true"></span>${a.state(e)}</span>`}function B(e){return r`<bn-time at=${e} mode="age"></bn-time>`}function E(e){let{deadline:t}=e;return t===null?r`<span class="quiet">${a.agent.noDeadline}</span>`:e.state==="waiting"||e.state==="reserved"?r`<bn-time class="left" at=${t} mode="left"></bn-time>`:r`<span class="quiet">${c(t)}</span>`}function O(){let e=crypto.getRandomValues(new Uint8Array(16)),t=Math.round(p());for(let s=5;s>=0;--s)e[s]=t%256,t=Math.floor(t/256);e[6]=e[6]&15|112,e[8]=e[8]&63|128;let n=Array.from(e,s=>s.toString(16).padStart(2,"0")).join("");return[n.slice(0,8),n.slice(8,12),n.slice(12,16),n.slice(16,20),n.slice(20)].join("-")}var _=d(class extends m{constructor(e){if(super(e),e.type!==i.PROPERTY&&e.type!==i.ATTRIBUTE&&e.type!==i.BOOLEAN_ATTRIBUTE)throw Error("The `live` directive is not allowed on child or event bindings");if(!f(e))throw Error("`live` bindings can only contain a single expression")}render(e){return e}update(e,[t]){if(t===l||t===o)return t;let n=e.element,s=e.name;if(e.type===i.PROPERTY){if(t===n[s])return l}else if(e.type===i.BOOLEAN_ATTRIBUTE){if(!!t===n.hasAttribute(s))return l}else if(e.type===i.ATTRIBUTE&&n.getAttribute(s)===t+"")return l;return g(e),t}});export{_ as a,R as b,T as c,$ as d,v as e,w as f,B as g,E as h,O as i};
/*! Bundled license information:

lit-html/directives/live.js:
  (**
   * @license
   * Copyright 2020 Google LLC
   * SPDX-License-Identifier: BSD-3-Clause
   *)
*/
