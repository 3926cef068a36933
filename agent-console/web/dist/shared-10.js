import{c as r,j as n,m as d}from"./shared-1.js";var l=(t,i,e)=>({terms:[t],text:i,...e===void 0?{}:{version:e}});function p(t){return t.length===0?d:n`<details class="definitions">
    <summary>${r.board.definitions}</summary>
    <dl>${t.map(({terms:i,text:e,version:o})=>n`<div>${i.map(s=>n`<dt>${s}</dt>`)}<dd>${e}${o===void 0?d:n` <span class="quiet">(${r.board.version(o)})</span>`}</dd></div>`)}</dl>
  </details>`}export{l as a,p as b};
