import{a as u}from"./shared-5.js";import{a as t,c as E,d as f,g as D,h as s,k as r,m as q,n as L,q as M,r as v,s as h,t as b,v as w,x as n}from"./shared-1.js";var g=new Set,y;function N(){for(let l of g)l.refresh()}var _=3600,$=class extends HTMLElement{static observedAttributes=["at","mode"];connectedCallback(){g.add(this),y??=setInterval(N,1e3),this.refresh()}disconnectedCallback(){g.delete(this),g.size===0&&(clearInterval(y),y=void 0)}attributeChangedCallback(){this.isConnected&&this.refresh()}refresh(){let e=this.getAttribute("at")??"",i=Date.parse(e);if(Number.isNaN(i)){this.say(t.none,"");return}let o=(i-E())/1e3,a=D(e),d=this.getAttribute("mode");d==="left"?(this.classList.toggle("is-late",o<0),this.classList.toggle("is-soon",o>=0&&o<_),this.say(o<0?t.time.late(f(-o)):t.time.left(f(o)),a)):d==="lease"?this.say(t.time.countdown(Math.max(0,Math.floor(o))),a):this.say(f(-o),a)}say(e,i){this.textContent!==e&&(this.textContent=e),this.title!==i&&(this.title=i)}};customElements.define("bn-time",$);function F(l){return l.status===401?t.login.wrong:l.status===429?l.detail||t.login.tooMany:l.code==="offline"||l.code==="timed_out"?t.login.offline:b(l)}var k=class extends h{busy=!1;error="";connectedCallback(){super.connectedCallback(),this.focusOn("#login-name")}render(){let e=u.holds()?t.login.expiredDraft:t.login.expired;return s`<div class="login">
      <form class="card" @submit=${this.submit} novalidate aria-labelledby="login-title">
        <h1 id="login-title">${t.login.title}</h1>
        ${n.site.name?s`<p class="quiet">${n.site.name}</p>`:r}
        ${n.expired&&!this.error?s`<p class="notice">${e}</p>`:r}
        <div role="alert">${this.error?s`<p class="notice error" id="login-error">${this.error}</p>`:r}</div>
        <label class="field"
          ><span>${t.login.name}</span>
          <input id="login-name" name="name" autocomplete="username" autocapitalize="none" spellcheck="false" maxlength="64" required
            aria-describedby=${this.error?"login-error":r} />
        </label>
        <label class="field"
          ><span>${t.login.password}</span>
          <input id="login-password" name="password" type="password" autocomplete="current-password" maxlength="256" required
            aria-describedby=${this.error?"login-error":r} />
        </label>
        <button class="button primary wide" type="submit" aria-disabled=${this.busy?"true":r}>
          ${this.busy?t.login.busy:t.login.submit}
        </button>
      </form>
    </div>`}async submit(e){if(e.preventDefault(),this.busy)return;let i=e.target,o=new FormData(i),a=String(o.get("name")??"").trim(),d=String(o.get("password")??"");if(!a||!d){this.fail(t.login.missing,a?"#login-password":"#login-name");return}this.busy=!0,this.redraw();let c=n.lastName,m=await n.login(a,d);if(this.busy=!1,m.ok){c!==""&&c!==m.value.user.name&&u.forget();return}let R=i.elements.namedItem("password");m.problem.status===401&&(R.value=""),this.fail(F(m.problem),"#login-password")}fail(e,i){this.error=e,this.redraw(),this.focusOn(i)}};customElements.define("bn-login",k);function P(l,e,i,o){let{banner:a}=t,d=l==="saisie",c=!d&&o?` ${a.written}`:"";if(e==="lost")return{lost:!0,text:d?a.lost:a.lostOther+c};if(!i)return{lost:!1,text:d?a.queueDown:a.queueDownAgent+c}}var p=t.ownPassword,C=8,O=25e3,x=class{dialog=document.createElement("dialog");wrong;busy=!1;done=!1;open(){let{dialog:e}=this;e.className="dialog small own-password",e.setAttribute("aria-labelledby","own-password-title");let i=()=>{n.user||e.close()};n.addEventListener("change",i),e.addEventListener("close",()=>{n.removeEventListener("change",i),e.remove()}),document.body.append(e),this.draw(),e.showModal(),this.focus("#own-password-old")}draw(){q(s`<div class="dialog-head">
          <h2 id="own-password-title">${p.title}</h2>
          <button type="button" class="button plain" @click=${()=>this.dialog.close()}>${t.close} <kbd>Échap</kbd></button>
        </div>
        <div role="status">${this.done?s`<p class="notice ok">${p.done}</p>`:r}</div>
        ${this.done?s`<div class="actions"><button type="button" class="button primary" id="own-password-done" @click=${()=>this.dialog.close()}>${t.close}</button></div>`:this.form()}`,this.dialog)}form(){return s`<p class="quiet">${p.text}</p>
      <div role="alert">${this.wrong?s`<p class="notice error" id="own-password-error">${this.wrong.text}</p>`:r}</div>
      <form novalidate @submit=${this.submit}>
        <input class="visually-hidden" type="text" autocomplete="username" tabindex="-1" aria-hidden="true" readonly .value=${n.user?.name??""} />
        ${this.field("old",p.old,"current-password")} ${this.field("new",p.fresh,"new-password")} ${this.field("again",p.again,"new-password")}
        <div class="actions">
          <button type="submit" class="button primary" aria-disabled=${this.busy?"true":r}>${this.busy?p.busy:p.submit}</button>
          <button type="button" class="button" @click=${()=>this.dialog.close()}>${t.cancel}</button>
        </div>
      </form>`}field(e,i,o){let a=this.wrong?.field===e;return s`<label class="field"
      ><span>${i}</span>
      <input id="own-password-${e}" type="password" autocomplete=${o} maxlength="256" required aria-invalid=${a?"true":r} aria-describedby=${a?"own-password-error":r} />
    </label>`}submit=async e=>{if(e.preventDefault(),this.busy)return;let[i,o,a]=["old","new","again"].map(c=>this.value(c));if(!i)return this.refuse("old",p.oldMissing);if(o.length<C)return this.refuse("new",p.short(C));if(o!==a)return this.refuse("again",p.different);this.busy=!0,this.draw();let d=await M("me/password",{old:i,new:o},{timeout_ms:O});if(this.busy=!1,!!this.dialog.open){if(!d.ok)return this.explain(d.problem);this.done=!0,this.draw(),this.focus("#own-password-done")}};explain(e){let i=e.field==="new"?"new":"old";this.refuse(i,L(e)?p.unknown:b(e))}refuse(e,i){this.wrong={field:e,text:i},this.draw(),this.focus(`#own-password-${e}`)}value(e){return this.dialog.querySelector(`#own-password-${e}`)?.value??""}focus(e){this.dialog.querySelector(e)?.focus()}};function S(){document.querySelector("dialog[open]")||new x().open()}function j(){return location.hash.replace(/^#/,"")}function B(l){u.unkept()&&l.preventDefault()}var T=class extends h{screen;connectedCallback(){super.connectedCallback(),this.listenTo(n,"change",()=>this.redraw()),this.listenTo(window,"hashchange",()=>this.redraw()),this.listenTo(window,"beforeunload",e=>B(e)),u.changed=()=>this.redraw(),n.begin()}willUpdate(){let e=n.screens(),i=e.find(d=>d===j())??e[0];this.screen=i;let o=n.ready?i?t.nav[i]:t.login.title:"",a=n.inDanger>0&&i!=="saisie"?t.inDanger(n.inDanger):"";document.title=[a,o,t.app,n.site.name].filter(d=>d!=="").join(" – ")}render(){return n.ready?s`<a class="skip" href="#main" @click=${this.skip}>${t.skip}</a>
      ${this.header()}
      <div class="banners" role="status">${this.banners()}</div>
      <main id="main" tabindex="-1">${this.body()}</main>
      <footer class="foot" aria-label=${t.pages.label}>
        ${n.user?w(t.pages.firstDayOf[n.user.role],t.pages.firstDay):r}
        ${w(t.pages.accessibilityPage,t.pages.accessibility)}
      </footer>`:s`<p class="loading">${t.loading}</p>`}header(){let{user:e,site:i}=n;return s`<header>
      ${i.demo?s`<p class="demo">${t.demo}</p>`:r}
      <div class="top">
        <p class="brand"><img src="/icon.svg" alt="" width="28" height="28" /><strong>${t.app}</strong> <span class="site">${i.name}</span></p>
        ${e?s`${this.navigation()}
              <p class="who"><span class="name">${e.name}</span> <span class="quiet">${t.roles[e.role]}</span></p>
              <button type="button" class="button plain" @click=${S}>${t.ownPassword.open}</button>
              <button type="button" class="button plain" @click=${this.logout}>${t.nav.logout}</button>`:r}
      </div>
    </header>`}navigation(){let e=n.screens();return e.length<2?r:s`<nav aria-label=${t.nav.label}>
      ${e.map(i=>s`<a href="#${i}" aria-current=${i===this.screen?"page":r}>${t.nav[i]}</a>`)}
    </nav>`}banners(){return n.user?s`${this.lineBanner()} ${n.warning?s`<p class="banner">${n.warning}</p>`:r}`:r}lineBanner(){let e=P(this.screen,v.line,v.queueUp,u.unkept());return e?s`<p class="banner ${e.lost?"lost":""}">${e.text}</p>`:r}body(){if(this.screen&&!n.complete)return s`<p class="notice error" role="alert">${t.incomplete}</p>
        <button type="button" class="button primary" @click=${()=>location.reload()}>${t.retry}</button>`;switch(this.screen){case"saisie":return s`<bn-operator></bn-operator>`;case"bannette":return s`<bn-agent></bn-agent>`;case"tableau":return s`<bn-board></bn-board>`;case"administration":return s`<bn-admin></bn-admin>`;default:return s`<bn-login></bn-login>`}}skip(e){e.preventDefault(),this.querySelector("#main")?.focus()}async logout(){await u.mayLeave()&&(u.forget(),await n.logout())}};customElements.define("bn-app",T);
