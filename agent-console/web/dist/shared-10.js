import{a as r,h as t,k as d}from"./shared-1.js";var l=(n,i,e)=>({terms:[n],text:i,...e===void 0?{}:{version:e}});function p(n){return n.length===0?d:t`<details class="definitions">
    <summary>${r.board.definitions}</summary>
    <dl>${n.map(({terms:i,text:e,version:o})=>t`<div>${i.map(s=>t`<dt>${s}</dt>`)}<dd>${e}${o===void 0?d:t` <span class="quiet">(${r.board.version(o)})</span>`}</dd></div>`)}</dl>
  </details>`}export{l as a,p as b};
