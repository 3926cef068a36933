import{b as r,c as l,j as t,m as d,o as n,z as i}from"./shared-1.js";var m=(o,s)=>t`<a href=${o} target="_blank">${s}<span class="visually-hidden"> ${l.pages.newTab}</span></a>`;function b(o){let s=document.querySelector("dialog.help");if(s)return s.close();if(document.querySelector("dialog[open]"))return;let e=document.createElement("dialog");e.className="dialog help",e.setAttribute("aria-labelledby","help-title"),n(t`<div class="dialog-head">
        <h2 id="help-title">${o.title}</h2>
        <button type="button" class="button plain" autofocus @click=${()=>e.close()}>${o.close} <kbd>${r.escape}</kbd></button>
      </div>
      <div class="help-groups">
        ${o.groups.map(a=>t`<section>
            <h3>${a.title}</h3>
            <dl class="key-list">${a.keys.map(([p,c])=>t`<div><dt><kbd>${p}</kbd></dt><dd>${c}</dd></div>`)}</dl>
          </section>`)}
      </div>
      ${i.user?t`<p>${m(l.pages.firstDayOf[i.user.role],l.pages.firstDay)}</p>`:d}`,e),e.addEventListener("close",()=>e.remove()),document.body.append(e),e.showModal()}export{m as a,b};
