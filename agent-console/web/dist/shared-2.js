import{h as g,j as b,l as P,m as x}from"./shared-1.js";function I(t){return new Promise(i=>{let e=document.createElement("dialog");e.className="dialog small",e.setAttribute("aria-labelledby","confirm-title");let a=s=>e.close(s?"yes":"no");x(g`<h2 id="confirm-title">${t.title}</h2>
        <p>${t.text}</p>
        <div class="actions">
          <button type="button" class="button primary" autofocus @click=${()=>a(!1)}>${t.no}</button>
          <button type="button" class="button" @click=${()=>a(!0)}>${t.yes}</button>
        </div>`,e),e.addEventListener("close",()=>{e.remove(),i(e.returnValue==="yes")}),document.body.append(e),e.showModal()})}var C={ATTRIBUTE:1,CHILD:2,PROPERTY:3,BOOLEAN_ATTRIBUTE:4,EVENT:5,ELEMENT:6},E=t=>(...i)=>({_$litDirective$:t,values:i}),A=class{constructor(i){}get _$AU(){return this._$AM._$AU}_$AT(i,e,a){this._$Ct=i,this._$AM=e,this._$Ci=a}_$AS(i,e){return this.update(i,e)}update(i,e){return this.render(...e)}};var{I:L}=P,M=t=>t;var S=t=>t.strings===void 0,R=()=>document.createComment(""),v=(t,i,e)=>{let a=t._$AA.parentNode,s=i===void 0?t._$AB:i._$AA;if(e===void 0){let c=a.insertBefore(R(),s),r=a.insertBefore(R(),s);e=new L(c,r,t,t.options)}else{let c=e._$AB.nextSibling,r=e._$AM,d=r!==t;if(d){let l;e._$AQ?.(t),e._$AM=t,e._$AP!==void 0&&(l=t._$AU)!==r._$AU&&e._$AP(l)}if(c!==s||d){let l=e._$AA;for(;l!==c;){let f=M(l).nextSibling;M(a).insertBefore(l,s),l=f}}}return e},p=(t,i,e=t)=>(t._$AI(i,e),t),w={},D=(t,i=w)=>t._$AH=i,V=t=>t._$AH,_=t=>{t._$AR(),t._$AA.remove()};var B=(t,i,e)=>{let a=new Map;for(let s=i;s<=e;s++)a.set(t[s],s);return a},Y=E(class extends A{constructor(t){if(super(t),t.type!==C.CHILD)throw Error("repeat() can only be used in text expressions")}dt(t,i,e){let a;e===void 0?e=i:i!==void 0&&(a=i);let s=[],c=[],r=0;for(let d of t)s[r]=a?a(d,r):r,c[r]=e(d,r),r++;return{values:c,keys:s}}render(t,i,e){return this.dt(t,i,e).values}update(t,[i,e,a]){let s=V(t),{values:c,keys:r}=this.dt(i,e,a);if(!Array.isArray(s))return this.ut=r,c;let d=this.ut??=[],l=[],f,y,o=0,u=s.length-1,n=0,m=c.length-1;for(;o<=u&&n<=m;)if(s[o]===null)o++;else if(s[u]===null)u--;else if(d[o]===r[n])l[n]=p(s[o],c[n]),o++,n++;else if(d[u]===r[m])l[m]=p(s[u],c[m]),u--,m--;else if(d[o]===r[m])l[m]=p(s[o],c[m]),v(t,l[m+1],s[o]),o++,m--;else if(d[u]===r[n])l[n]=p(s[u],c[n]),v(t,s[o],s[u]),u--,n++;else if(f===void 0&&(f=B(r,n,m),y=B(d,o,u)),f.has(d[o]))if(f.has(d[u])){let $=y.get(r[n]),h=$!==void 0?s[$]:null;if(h===null){let T=v(t,s[o]);p(T,c[n]),l[n]=T}else l[n]=p(h,c[n]),v(t,s[o],h),s[$]=null;n++}else _(s[u]),u--;else _(s[o]),o++;for(;n<=m;){let $=v(t,l[m+1]);p($,c[n]),l[n++]=$}for(;o<=u;){let $=s[o++];$!==null&&_($)}return this.ut=r,D(t,l),b}});export{C as a,E as b,A as c,S as d,D as e,I as f,Y as g};
/*! Bundled license information:

lit-html/directive.js:
lit-html/directives/repeat.js:
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
