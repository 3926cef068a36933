import{j as n,o as i}from"./shared-1.js";function a(e){return new Promise(r=>{let t=document.createElement("dialog");t.className="dialog small",t.setAttribute("aria-labelledby","confirm-title");let o=s=>t.close(s?"yes":"no");i(n`<h2 id="confirm-title">${e.title}</h2>
        <p>${e.text}</p>
        <div class="actions">
          <button type="button" class="button primary" autofocus @click=${()=>o(!1)}>${e.no}</button>
          <button type="button" class="button" @click=${()=>o(!0)}>${e.yes}</button>
        </div>`,t),t.addEventListener("close",()=>{t.remove(),r(t.returnValue==="yes")}),document.body.append(t),t.showModal()})}export{a};
