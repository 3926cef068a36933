import{a as w,b as L}from"./shared-7.js";import{a as u}from"./shared-5.js";import{a as t,c as T,d as f,g as D,h as i,k as r,m as q,n as P,q as M,r as v,s as h,t as b,u as C,v as n}from"./shared-1.js";var g=new Set,y;function N(){for(let a of g)a.refresh()}var _=3600,$=class extends HTMLElement{static observedAttributes=["at","mode"];connectedCallback(){g.add(this),y??=setInterval(N,1e3),this.refresh()}disconnectedCallback(){g.delete(this),g.size===0&&(clearInterval(y),y=void 0)}attributeChangedCallback(){this.isConnected&&this.refresh()}refresh(){let e=this.getAttribute("at")??"",s=Date.parse(e);if(Number.isNaN(s)){this.say(t.none,"");return}let o=(s-T())/1e3,l=D(e),d=this.getAttribute("mode");d==="left"?(this.classList.toggle("is-late",o<0),this.classList.toggle("is-soon",o>=0&&o<_),this.say(o<0?t.time.late(f(-o)):t.time.left(f(o)),l)):d==="lease"?this.say(t.time.countdown(Math.max(0,Math.floor(o))),l):this.say(f(-o),l)}say(e,s){this.textContent!==e&&(this.textContent=e),this.title!==s&&(this.title=s)}};customElements.define("bn-time",$);function H(a){return a.status===401?t.login.wrong:a.status===429?a.detail||t.login.tooMany:a.code==="offline"||a.code==="timed_out"?t.login.offline:b(a)}var k=class extends h{busy=!1;error="";connectedCallback(){super.connectedCallback(),this.focusOn("#login-name")}render(){let e=u.holds()?t.login.expiredDraft:t.login.expired;return i`<div class="login">
      <form class="card" @submit=${this.submit} novalidate aria-labelledby="login-title">
        <h1 id="login-title">${t.login.title}</h1>
        ${n.site.name?i`<p class="quiet">${n.site.name}</p>`:r}
        ${n.expired&&!this.error?i`<p class="notice">${e}</p>`:r}
        <div role="alert">${this.error?i`<p class="notice error" id="login-error">${this.error}</p>`:r}</div>
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
    </div>`}async submit(e){if(e.preventDefault(),this.busy)return;let s=e.target,o=new FormData(s),l=String(o.get("name")??"").trim(),d=String(o.get("password")??"");if(!l||!d){this.fail(t.login.missing,l?"#login-password":"#login-name");return}this.busy=!0,this.redraw();let c=n.lastName,m=await n.login(l,d);if(this.busy=!1,m.ok){c!==""&&c!==m.value.user.name&&u.forget();return}let F=s.elements.namedItem("password");m.problem.status===401&&(F.value=""),this.fail(H(m.problem),"#login-password")}fail(e,s){this.error=e,this.redraw(),this.focusOn(s)}};customElements.define("bn-login",k);var p=t.ownPassword,R=8,I=25e3,x=class{dialog=document.createElement("dialog");wrong;busy=!1;done=!1;open(){let{dialog:e}=this;e.className="dialog small own-password",e.setAttribute("aria-labelledby","own-password-title");let s=()=>{n.user||e.close()};n.addEventListener("change",s),e.addEventListener("close",()=>{n.removeEventListener("change",s),e.remove()}),document.body.append(e),this.draw(),e.showModal(),this.focus("#own-password-old")}draw(){q(i`<div class="dialog-head">
          <h2 id="own-password-title">${p.title}</h2>
          <button type="button" class="button plain" @click=${()=>this.dialog.close()}>${t.close} <kbd>Échap</kbd></button>
        </div>
        <div role="status">${this.done?i`<p class="notice ok">${p.done}</p>`:r}</div>
        ${this.done?i`<div class="actions"><button type="button" class="button primary" id="own-password-done" @click=${()=>this.dialog.close()}>${t.close}</button></div>`:this.form()}`,this.dialog)}form(){return i`<p class="quiet">${p.text}</p>
      <div role="alert">${this.wrong?i`<p class="notice error" id="own-password-error">${this.wrong.text}</p>`:r}</div>
      <form novalidate @submit=${this.submit}>
        <input class="visually-hidden" type="text" autocomplete="username" tabindex="-1" aria-hidden="true" readonly .value=${n.user?.name??""} />
        ${this.field("old",p.old,"current-password")} ${this.field("new",p.fresh,"new-password")} ${this.field("again",p.again,"new-password")}
        <div class="actions">
          <button type="submit" class="button primary" aria-disabled=${this.busy?"true":r}>${this.busy?p.busy:p.submit}</button>
          <button type="button" class="button" @click=${()=>this.dialog.close()}>${t.cancel}</button>
        </div>
      </form>`}field(e,s,o){let l=this.wrong?.field===e;return i`<label class="field"
      ><span>${s}</span>
      <input id="own-password-${e}" type="password" autocomplete=${o} maxlength="256" required aria-invalid=${l?"true":r} aria-describedby=${l?"own-password-error":r} />
    </label>`}submit=async e=>{if(e.preventDefault(),this.busy)return;let[s,o,l]=["old","new","again"].map(c=>this.value(c));if(!s)return this.refuse("old",p.oldMissing);if(o.length<R)return this.refuse("new",p.short(R));if(o!==l)return this.refuse("again",p.different);this.busy=!0,this.draw();let d=await M("me/password",{old:s,new:o},{timeout_ms:I});if(this.busy=!1,!!this.dialog.open){if(!d.ok)return this.explain(d.problem);this.done=!0,this.draw(),this.focus("#own-password-done")}};explain(e){let s=e.field==="new"?"new":"old";this.refuse(s,P(e)?p.unknown:b(e))}refuse(e,s){this.wrong={field:e,text:s},this.draw(),this.focus(`#own-password-${e}`)}value(e){return this.dialog.querySelector(`#own-password-${e}`)?.value??""}focus(e){this.dialog.querySelector(e)?.focus()}};function S(){document.querySelector("dialog[open]")||new x().open()}function O(){return location.hash.replace(/^#/,"")}function j(a){u.unkept()&&a.preventDefault()}var E=class extends h{screen;connectedCallback(){super.connectedCallback(),this.listenTo(n,"change",()=>this.redraw()),this.listenTo(window,"hashchange",()=>this.redraw()),this.listenTo(window,"beforeunload",e=>j(e)),this.listenTo(window,"keydown",e=>this.help(e)),n.begin()}willUpdate(){let e=n.screens(),s=e.find(d=>d===O())??e[0];this.screen=s;let o=n.ready?s?t.nav[s]:t.login.title:"",l=n.inDanger>0&&s!=="saisie"?t.inDanger(n.inDanger):"";document.title=[l,o,t.app,n.site.name].filter(d=>d!=="").join(" – ")}render(){return n.ready?i`<a class="skip" href="#main" @click=${this.skip}>${t.skip}</a>
      ${this.header()}
      <div class="banners" role="status">${this.banners()}</div>
      <main id="main" tabindex="-1">${this.body()}</main>
      <footer class="foot" aria-label=${t.pages.label}>
        ${n.user?w(t.pages.firstDayOf[n.user.role],t.pages.firstDay):r}
        ${w(t.pages.accessibilityPage,t.pages.accessibility)}
      </footer>`:i`<p class="loading">${t.loading}</p>`}help(e){e.defaultPrevented||C(e)!=="F1"||!n.user||(e.preventDefault(),L(t.keys))}header(){let{user:e,site:s}=n;return i`<header>
      ${s.demo?i`<p class="demo">${t.demo}</p>`:r}
      <div class="top">
        <p class="brand"><img src="/icon.svg" alt="" width="28" height="28" /><strong>${t.app}</strong> <span class="site">${s.name}</span></p>
        ${e?i`${this.navigation()}
              <p class="who"><span class="name">${e.name}</span> <span class="quiet">${t.roles[e.role]}</span></p>
              <button type="button" class="button plain" @click=${S}>${t.ownPassword.open}</button>
              <button type="button" class="button plain" @click=${this.logout}>${t.nav.logout}</button>`:r}
      </div>
    </header>`}navigation(){let e=n.screens();return e.length<2?r:i`<nav aria-label=${t.nav.label}>
      ${e.map(s=>i`<a href="#${s}" aria-current=${s===this.screen?"page":r}>${t.nav[s]}</a>`)}
    </nav>`}banners(){return n.user?i`${this.lineBanner()} ${n.warning?i`<p class="banner">${n.warning}</p>`:r}`:r}lineBanner(){return v.line==="lost"?i`<p class="banner lost">${this.screen==="saisie"?t.banner.lost:t.banner.lostOther}</p>`:v.queueUp?r:i`<p class="banner">${this.screen==="saisie"?t.banner.queueDown:t.banner.queueDownAgent}</p>`}body(){if(this.screen&&!n.complete)return i`<p class="notice error" role="alert">${t.incomplete}</p>
        <button type="button" class="button primary" @click=${()=>location.reload()}>${t.retry}</button>`;switch(this.screen){case"saisie":return i`<bn-operator></bn-operator>`;case"bannette":return i`<bn-agent></bn-agent>`;case"tableau":return i`<bn-board></bn-board>`;case"administration":return i`<bn-admin></bn-admin>`;default:return i`<bn-login></bn-login>`}}skip(e){e.preventDefault(),this.querySelector("#main")?.focus()}async logout(){await u.mayLeave()&&(u.forget(),await n.logout())}};customElements.define("bn-app",E);
