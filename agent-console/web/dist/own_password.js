import{b as p,c as n,j as i,m as o,o as c,q as w,t as h,w as m,z as a}from"./shared-1.js";var t=n.ownPassword,f=8,b=25e3,l=class{dialog=document.createElement("dialog");wrong;busy=!1;done=!1;open(){let{dialog:e}=this;e.className="dialog small own-password",e.setAttribute("aria-labelledby","own-password-title");let s=()=>{a.user||e.close()};a.addEventListener("change",s),e.addEventListener("close",()=>{a.removeEventListener("change",s),e.remove()}),document.body.append(e),this.draw(),e.showModal(),this.focus("#own-password-old")}draw(){c(i`<div class="dialog-head">
          <h2 id="own-password-title">${t.title}</h2>
          <button type="button" class="button plain" @click=${()=>this.dialog.close()}>${n.close} <kbd>${p.escape}</kbd></button>
        </div>
        <div role="status">${this.done?i`<p class="notice ok">${t.done}</p>`:o}</div>
        ${this.done?i`<div class="actions"><button type="button" class="button primary" id="own-password-done" @click=${()=>this.dialog.close()}>${n.close}</button></div>`:this.form()}`,this.dialog)}form(){return i`<p class="quiet">${t.text}</p>
      <div role="alert">${this.wrong?i`<p class="notice error" id="own-password-error">${this.wrong.text}</p>`:o}</div>
      <form novalidate @submit=${this.submit}>
        <input class="visually-hidden" type="text" autocomplete="username" tabindex="-1" aria-hidden="true" readonly .value=${a.user?.name??""} />
        ${this.field("old",t.old,"current-password")} ${this.field("new",t.fresh,"new-password")} ${this.field("again",t.again,"new-password")}
        <div class="actions">
          <button type="submit" class="button primary" aria-disabled=${this.busy?"true":o}>${this.busy?t.busy:t.submit}</button>
          <button type="button" class="button" @click=${()=>this.dialog.close()}>${n.cancel}</button>
        </div>
      </form>`}field(e,s,r){let d=this.wrong?.field===e;return i`<label class="field"
      ><span>${s}</span>
      <input id="own-password-${e}" type="password" autocomplete=${r} maxlength="256" required aria-invalid=${d?"true":o} aria-describedby=${d?"own-password-error":o} />
    </label>`}submit=async e=>{if(e.preventDefault(),this.busy)return;let[s,r,d]=["old","new","again"].map(v=>this.value(v));if(!s)return this.refuse("old",t.oldMissing);if(r.length<f)return this.refuse("new",t.short(f));if(r!==d)return this.refuse("again",t.different);this.busy=!0,this.draw();let u=await h("me/password",{old:s,new:r},{timeout_ms:b});if(this.busy=!1,!!this.dialog.open){if(!u.ok)return this.explain(u.problem);this.done=!0,this.draw(),this.focus("#own-password-done")}};explain(e){let s=e.field==="new"?"new":"old";this.refuse(s,w(e)?t.unknown:m(e))}refuse(e,s){this.wrong={field:e,text:s},this.draw(),this.focus(`#own-password-${e}`)}value(e){return this.dialog.querySelector(`#own-password-${e}`)?.value??""}focus(e){this.dialog.querySelector(e)?.focus()}};function q(){document.querySelector("dialog[open]")||new l().open()}export{q as ownPassword};
