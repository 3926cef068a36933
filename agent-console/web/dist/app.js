import{a as c}from"./shared-5.js";import"./shared-7.js";import{b as x}from"./shared-9.js";import{a as e,c as $,d as m,g as k,h as n,k as s,r as h,s as u,t as T,v as r}from"./shared-1.js";var f=new Set,b;function C(){for(let a of f)a.refresh()}var E=3600,g=class extends HTMLElement{static observedAttributes=["at","mode"];connectedCallback(){f.add(this),b??=setInterval(C,1e3),this.refresh()}disconnectedCallback(){f.delete(this),f.size===0&&(clearInterval(b),b=void 0)}attributeChangedCallback(){this.isConnected&&this.refresh()}refresh(){let t=this.getAttribute("at")??"",i=Date.parse(t);if(Number.isNaN(i)){this.say(e.none,"");return}let o=(i-$())/1e3,l=k(t),d=this.getAttribute("mode");d==="left"?(this.classList.toggle("is-late",o<0),this.classList.toggle("is-soon",o>=0&&o<E),this.say(o<0?e.time.late(m(-o)):e.time.left(m(o)),l)):d==="lease"?this.say(e.time.countdown(Math.max(0,Math.floor(o))),l):this.say(m(-o),l)}say(t,i){this.textContent!==t&&(this.textContent=t),this.title!==i&&(this.title=i)}};customElements.define("bn-time",g);function q(a){return a.status===401?e.login.wrong:a.status===429?a.detail||e.login.tooMany:a.code==="offline"||a.code==="timed_out"?e.login.offline:T(a)}var v=class extends u{busy=!1;error="";connectedCallback(){super.connectedCallback(),this.focusOn("#login-name")}render(){let t=c.dirty?e.login.expiredDraft:e.login.expired;return n`<div class="login">
      <form class="card" @submit=${this.submit} novalidate aria-labelledby="login-title">
        <h1 id="login-title">${e.login.title}</h1>
        ${r.site.name?n`<p class="quiet">${r.site.name}</p>`:s}
        ${r.expired&&!this.error?n`<p class="notice">${t}</p>`:s}
        <div role="alert">${this.error?n`<p class="notice error" id="login-error">${this.error}</p>`:s}</div>
        <label class="field"
          ><span>${e.login.name}</span>
          <input id="login-name" name="name" autocomplete="username" autocapitalize="none" spellcheck="false" maxlength="64" required
            aria-describedby=${this.error?"login-error":s} />
        </label>
        <label class="field"
          ><span>${e.login.password}</span>
          <input id="login-password" name="password" type="password" autocomplete="current-password" maxlength="256" required
            aria-describedby=${this.error?"login-error":s} />
        </label>
        <button class="button primary wide" type="submit" aria-disabled=${this.busy?"true":s}>
          ${this.busy?e.login.busy:e.login.submit}
        </button>
      </form>
    </div>`}async submit(t){if(t.preventDefault(),this.busy)return;let i=t.target,o=new FormData(i),l=String(o.get("name")??"").trim(),d=String(o.get("password")??"");if(!l||!d){this.fail(e.login.missing,l?"#login-password":"#login-name");return}this.busy=!0,this.redraw();let y=r.lastName,p=await r.login(l,d);if(this.busy=!1,p.ok){y!==""&&y!==p.value.user.name&&c.renew();return}let D=i.elements.namedItem("password");p.problem.status===401&&(D.value=""),this.fail(q(p.problem),"#login-password")}fail(t,i){this.error=t,this.redraw(),this.focusOn(i)}};customElements.define("bn-login",v);function M(){return location.hash.replace(/^#/,"")}function N(a){c.dirty&&a.preventDefault()}var w=class extends u{screen;connectedCallback(){super.connectedCallback(),this.listenTo(r,"change",()=>this.redraw()),this.listenTo(window,"hashchange",()=>this.redraw()),this.listenTo(window,"beforeunload",t=>N(t)),r.begin()}willUpdate(){let t=r.screens(),i=t.find(d=>d===M())??t[0];this.screen=i;let o=r.ready?i?e.nav[i]:e.login.title:"",l=r.inDanger>0&&i!=="saisie"?e.inDanger(r.inDanger):"";document.title=[l,o,e.app,r.site.name].filter(d=>d!=="").join(" – ")}render(){return r.ready?n`<a class="skip" href="#main" @click=${this.skip}>${e.skip}</a>
      ${this.header()}
      <div class="banners" role="status">${this.banners()}</div>
      <main id="main" tabindex="-1">${this.body()}</main>`:n`<p class="loading">${e.loading}</p>`}header(){let{user:t,site:i}=r;return n`<header>
      ${i.demo?n`<p class="demo">${e.demo}</p>`:s}
      <div class="top">
        <p class="brand"><img src="/icon.svg" alt="" width="28" height="28" /><strong>${e.app}</strong> <span class="site">${i.name}</span></p>
        ${t?n`${this.navigation()}
              <p class="who"><span class="name">${t.name}</span> <span class="quiet">${e.roles[t.role]}</span></p>
              <button type="button" class="button plain" @click=${this.logout}>${e.nav.logout}</button>`:s}
      </div>
    </header>`}navigation(){let t=r.screens();return t.length<2?s:n`<nav aria-label=${e.nav.label}>
      ${t.map(i=>n`<a href="#${i}" aria-current=${i===this.screen?"page":s}>${e.nav[i]}</a>`)}
    </nav>`}banners(){return r.user?h.line==="lost"?n`<p class="banner lost">${this.screen==="saisie"?e.banner.lost:e.banner.lostOther}</p>`:h.queueUp?s:n`<p class="banner">${this.screen==="saisie"?e.banner.queueDown:e.banner.queueDownAgent}</p>`:s}body(){if(this.screen&&!r.complete)return n`<p class="notice error" role="alert">${e.incomplete}</p>
        <button type="button" class="button primary" @click=${()=>location.reload()}>${e.retry}</button>`;switch(this.screen){case"saisie":return n`<bn-operator></bn-operator>`;case"bannette":return n`<bn-agent></bn-agent>`;case"tableau":return n`<bn-board></bn-board>`;case"administration":return n`<bn-admin></bn-admin>`;default:return n`<bn-login></bn-login>`}}skip(t){t.preventDefault(),this.querySelector("#main")?.focus()}async logout(){c.dirty&&!await x()||(c.renew(),await r.logout())}};customElements.define("bn-app",w);
