import{a as e,h as r,m as a}from"./shared-1.js";function l(o){return new Promise(i=>{let t=document.createElement("dialog");t.className="dialog small",t.setAttribute("aria-labelledby","confirm-title");let n=s=>t.close(s?"yes":"no");a(r`<h2 id="confirm-title">${o.title}</h2>
        <p>${o.text}</p>
        <div class="actions">
          <button type="button" class="button primary" autofocus @click=${()=>n(!1)}>${o.no}</button>
          <button type="button" class="button" @click=${()=>n(!0)}>${o.yes}</button>
        </div>`,t),t.addEventListener("close",()=>{t.remove(),i(t.returnValue==="yes")}),document.body.append(t),t.showModal()})}function b(){return l({title:e.operator.abandonTitle,text:e.operator.abandonText,yes:e.operator.abandon,no:e.operator.keep})}export{l as a,b};
