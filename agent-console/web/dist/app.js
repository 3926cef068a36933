import{a as c}from"./shared-6.js";import{a as e,c as y,d as u,g as k,h as i,k as s,r as h,s as m,t as x,v as r}from"./shared-1.js";var f=new Set,g;function D(){for(let a of f)a.refresh()}var C=3600,b=class extends HTMLElement{static observedAttributes=["at","mode"];connectedCallback(){f.add(this),g??=setInterval(D,1e3),this.refresh()}disconnectedCallback(){f.delete(this),f.size===0&&(clearInterval(g),g=void 0)}attributeChangedCallback(){this.isConnected&&this.refresh()}refresh(){let t=this.getAttribute("at")??"",n=Date.parse(t);if(Number.isNaN(n)){this.say(e.none,"");return}let o=(n-y())/1e3,l=k(t),d=this.getAttribute("mode");d==="left"?(this.classList.toggle("is-late",o<0),this.classList.toggle("is-soon",o>=0&&o<C),this.say(o<0?e.time.late(u(-o)):e.time.left(u(o)),l)):d==="lease"?this.say(e.time.countdown(Math.max(0,Math.floor(o))),l):this.say(u(-o),l)}say(t,n){this.textContent!==t&&(this.textContent=t),this.title!==n&&(this.title=n)}};customElements.define("bn-time",b);function E(a){return a.status===401?e.login.wrong:a.status===429?a.detail||e.login.tooMany:a.code==="offline"||a.code==="timed_out"?e.login.offline:x(a)}var v=class extends m{busy=!1;error="";connectedCallback(){super.connectedCallback(),this.focusOn("#login-name")}render(){let t=c.holds()?e.login.expiredDraft:e.login.expired;return i`<div class="login">
      <form class="card" @submit=${this.submit} novalidate aria-labelledby="login-title">
        <h1 id="login-title">${e.login.title}</h1>
        ${r.site.name?i`<p class="quiet">${r.site.name}</p>`:s}
        ${r.expired&&!this.error?i`<p class="notice">${t}</p>`:s}
        <div role="alert">${this.error?i`<p class="notice error" id="login-error">${this.error}</p>`:s}</div>
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
    </div>`}async submit(t){if(t.preventDefault(),this.busy)return;let n=t.target,o=new FormData(n),l=String(o.get("name")??"").trim(),d=String(o.get("password")??"");if(!l||!d){this.fail(e.login.missing,l?"#login-password":"#login-name");return}this.busy=!0,this.redraw();let w=r.lastName,p=await r.login(l,d);if(this.busy=!1,p.ok){w!==""&&w!==p.value.user.name&&c.forget();return}let T=n.elements.namedItem("password");p.problem.status===401&&(T.value=""),this.fail(E(p.problem),"#login-password")}fail(t,n){this.error=t,this.redraw(),this.focusOn(n)}};customElements.define("bn-login",v);function q(){return location.hash.replace(/^#/,"")}function M(a){c.unkept()&&a.preventDefault()}var $=class extends m{screen;connectedCallback(){super.connectedCallback(),this.listenTo(r,"change",()=>this.redraw()),this.listenTo(window,"hashchange",()=>this.redraw()),this.listenTo(window,"beforeunload",t=>M(t)),r.begin()}willUpdate(){let t=r.screens(),n=t.find(d=>d===q())??t[0];this.screen=n;let o=r.ready?n?e.nav[n]:e.login.title:"",l=r.inDanger>0&&n!=="saisie"?e.inDanger(r.inDanger):"";document.title=[l,o,e.app,r.site.name].filter(d=>d!=="").join(" – ")}render(){return r.ready?i`<a class="skip" href="#main" @click=${this.skip}>${e.skip}</a>
      ${this.header()}
      <div class="banners" role="status">${this.banners()}</div>
      <main id="main" tabindex="-1">${this.body()}</main>`:i`<p class="loading">${e.loading}</p>`}header(){let{user:t,site:n}=r;return i`<header>
      ${n.demo?i`<p class="demo">${e.demo}</p>`:s}
      <div class="top">
        <p class="brand"><img src="/icon.svg" alt="" width="28" height="28" /><strong>${e.app}</strong> <span class="site">${n.name}</span></p>
        ${t?i`${this.navigation()}
              <p class="who"><span class="name">${t.name}</span> <span class="quiet">${e.roles[t.role]}</span></p>
              <button type="button" class="button plain" @click=${this.logout}>${e.nav.logout}</button>`:s}
      </div>
    </header>`}navigation(){let t=r.screens();return t.length<2?s:i`<nav aria-label=${e.nav.label}>
      ${t.map(n=>i`<a href="#${n}" aria-current=${n===this.screen?"page":s}>${e.nav[n]}</a>`)}
    </nav>`}banners(){return r.user?i`${this.lineBanner()} ${r.warning?i`<p class="banner">${r.warning}</p>`:s}`:s}lineBanner(){return h.line==="lost"?i`<p class="banner lost">${this.screen==="saisie"?e.banner.lost:e.banner.lostOther}</p>`:h.queueUp?s:i`<p class="banner">${this.screen==="saisie"?e.banner.queueDown:e.banner.queueDownAgent}</p>`}body(){if(this.screen&&!r.complete)return i`<p class="notice error" role="alert">${e.incomplete}</p>
        <button type="button" class="button primary" @click=${()=>location.reload()}>${e.retry}</button>`;switch(this.screen){case"saisie":return i`<bn-operator></bn-operator>`;case"bannette":return i`<bn-agent></bn-agent>`;case"tableau":return i`<bn-board></bn-board>`;case"administration":return i`<bn-admin></bn-admin>`;default:return i`<bn-login></bn-login>`}}skip(t){t.preventDefault(),this.querySelector("#main")?.focus()}async logout(){await c.mayLeave()&&(c.forget(),await r.logout())}};customElements.define("bn-app",$);
