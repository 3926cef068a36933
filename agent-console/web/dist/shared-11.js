import{a as s,h as t,k as r,m as d,x as i}from"./shared-1.js";var c=(o,l)=>t`<a href=${o} target="_blank">${l}<span class="visually-hidden"> ${s.pages.newTab}</span></a>`;function y(o){let l=document.querySelector("dialog.help");if(l)return l.close();if(document.querySelector("dialog[open]"))return;let e=document.createElement("dialog");e.className="dialog help",e.setAttribute("aria-labelledby","help-title"),d(t`<div class="dialog-head">
        <h2 id="help-title">${o.title}</h2>
        <button type="button" class="button plain" autofocus @click=${()=>e.close()}>${o.close} <kbd>Échap</kbd></button>
      </div>
      <div class="help-groups">
        ${o.groups.map(a=>t`<section>
            <h3>${a.title}</h3>
            <dl class="key-list">${a.keys.map(([n,p])=>t`<div><dt><kbd>${n}</kbd></dt><dd>${p}</dd></div>`)}</dl>
          </section>`)}
      </div>
      ${i.user?t`<p>${c(s.pages.firstDayOf[i.user.role],s.pages.firstDay)}</p>`:r}`,e),e.addEventListener("close",()=>e.remove()),document.body.append(e),e.showModal()}export{c as a,y as b};
