import{a as n,b as l,c,d as p,g as f}from"./shared-2.js";import{e as s,l as o,m as a}from"./shared-1.js";function m(){let e=crypto.getRandomValues(new Uint8Array(16)),t=Math.round(s());for(let i=5;i>=0;--i)e[i]=t%256,t=Math.floor(t/256);e[6]=e[6]&15|112,e[8]=e[8]&63|128;let r=Array.from(e,i=>i.toString(16).padStart(2,"0")).join("");return[r.slice(0,8),r.slice(8,12),r.slice(12,16),r.slice(16,20),r.slice(20)].join("-")}var E=l(class extends c{constructor(e){if(super(e),e.type!==n.PROPERTY&&e.type!==n.ATTRIBUTE&&e.type!==n.BOOLEAN_ATTRIBUTE)throw Error("The `live` directive is not allowed on child or event bindings");if(!p(e))throw Error("`live` bindings can only contain a single expression")}render(e){return e}update(e,[t]){if(t===o||t===a)return t;let r=e.element,i=e.name;if(e.type===n.PROPERTY){if(t===r[i])return o}else if(e.type===n.BOOLEAN_ATTRIBUTE){if(!!t===r.hasAttribute(i))return o}else if(e.type===n.ATTRIBUTE&&r.getAttribute(i)===t+"")return o;return f(e),t}});export{E as a,m as b};
/*! Bundled license information:

lit-html/directives/live.js:
  (**
   * @license
   * Copyright 2020 Google LLC
   * SPDX-License-Identifier: BSD-3-Clause
   *)
*/
