import{a as n,e as u,h as a,i as $,k as d,l as m}from"./shared-1.js";var v={immediate:4,urgent:3,priority:2,normal:1};function B(t){if(!t)return d;let e=v[t]??1;return a`<span class="badge urgency-${t}"
    ><svg class="bars" viewBox="0 0 15 12" aria-hidden="true">
      ${[1,2,3,4].map(s=>$`<rect class=${s<=e?"on":"off"} x=${(s-1)*4} y=${12-s*3} width="3" height=${s*3} rx="0.6"></rect>`)}
    </svg>${n.urgency(t)}</span
  >`}var T=a`<svg class="mark" viewBox="0 0 14 13" aria-hidden="true">
  <path d="M7 .8 13.4 12.2H.6Z"></path>
  <path class="cut" d="M6.3 4.4h1.4l-.2 4h-1ZM6.3 9.3h1.4v1.4H6.3Z"></path>
</svg>`;function M(t){return t?a`<span class="badge danger">${T}${n.danger}</span>`:d}function H(t){let{climb:e}=t;return e===null||t.state==="handled"||t.state==="closed"||t.state==="merged"?d:e.acknowledged_by?a`<span class="quiet">${n.climb.acknowledged(e.acknowledged_by)}</span>`:a`<span class="badge doubt">${n.climb.open(e.fired.at(-1)??"")}</span>`}function E(t){return a`<span class="state state-${t}"><span class="dot" aria-hidden="true"></span>${n.state(t)}</span>`}function P(t){return a`<bn-time at=${t} mode="age"></bn-time>`}function C(t){let{deadline:e}=t;return e===null?a`<span class="quiet">${n.agent.noDeadline}</span>`:t.state==="waiting"||t.state==="reserved"?a`<bn-time class="left" at=${e} mode="left"></bn-time>`:a`<span class="quiet">${u(e)}</span>`}var D={ATTRIBUTE:1,CHILD:2,PROPERTY:3,BOOLEAN_ATTRIBUTE:4,EVENT:5,ELEMENT:6},L=t=>(...e)=>({_$litDirective$:t,values:e}),g=class{constructor(e){}get _$AU(){return this._$AM._$AU}_$AT(e,s,r){this._$Ct=e,this._$AM=s,this._$Ci=r}_$AS(e,s){return this.update(e,s)}update(e,s){return this.render(...s)}};var{I:h}=m,f=t=>t;var I=t=>t.strings===void 0,_=()=>document.createComment(""),S=(t,e,s)=>{let r=t._$AA.parentNode,l=e===void 0?t._$AB:e._$AA;if(s===void 0){let o=r.insertBefore(_(),l),p=r.insertBefore(_(),l);s=new h(o,p,t,t.options)}else{let o=s._$AB.nextSibling,p=s._$AM,c=p!==t;if(c){let i;s._$AQ?.(t),s._$AM=t,s._$AP!==void 0&&(i=t._$AU)!==p._$AU&&s._$AP(i)}if(o!==l||c){let i=s._$AA;for(;i!==o;){let A=f(i).nextSibling;f(r).insertBefore(i,l),i=A}}}return s},V=(t,e,s=t)=>(t._$AI(e,s),t),b={},N=(t,e=b)=>t._$AH=e,j=t=>t._$AH,q=t=>{t._$AR(),t._$AA.remove()};export{D as a,L as b,g as c,I as d,S as e,V as f,N as g,j as h,q as i,B as j,T as k,M as l,H as m,E as n,P as o,C as p};
/*! Bundled license information:

lit-html/directive.js:
  (**
   * @license
   * Copyright 2017 Google LLC
   * SPDX-License-Identifier: BSD-3-Clause
   *)

lit-html/directive-helpers.js:
  (**
   * @license
   * Copyright 2020 Google LLC
   * SPDX-License-Identifier: BSD-3-Clause
   *)
*/
