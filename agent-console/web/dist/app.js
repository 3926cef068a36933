import{a as p}from"./shared-6.js";import{a as g,b as E}from"./shared-9.js";import{a as e,c as k,d as u,g as x,h as s,k as r,r as h,s as m,t as D,u as T,v as i}from"./shared-1.js";var f=new Set,b;function q(){for(let a of f)a.refresh()}var M=3600,v=class extends HTMLElement{static observedAttributes=["at","mode"];connectedCallback(){f.add(this),b??=setInterval(q,1e3),this.refresh()}disconnectedCallback(){f.delete(this),f.size===0&&(clearInterval(b),b=void 0)}attributeChangedCallback(){this.isConnected&&this.refresh()}refresh(){let t=this.getAttribute("at")??"",n=Date.parse(t);if(Number.isNaN(n)){this.say(e.none,"");return}let o=(n-k())/1e3,l=x(t),d=this.getAttribute("mode");d==="left"?(this.classList.toggle("is-late",o<0),this.classList.toggle("is-soon",o>=0&&o<M),this.say(o<0?e.time.late(u(-o)):e.time.left(u(o)),l)):d==="lease"?this.say(e.time.countdown(Math.max(0,Math.floor(o))),l):this.say(u(-o),l)}say(t,n){this.textContent!==t&&(this.textContent=t),this.title!==n&&(this.title=n)}};customElements.define("bn-time",v);function N(a){return a.status===401?e.login.wrong:a.status===429?a.detail||e.login.tooMany:a.code==="offline"||a.code==="timed_out"?e.login.offline:D(a)}var y=class extends m{busy=!1;error="";connectedCallback(){super.connectedCallback(),this.focusOn("#login-name")}render(){let t=p.holds()?e.login.expiredDraft:e.login.expired;return s`<div class="login">
      <form class="card" @submit=${this.submit} novalidate aria-labelledby="login-title">
        <h1 id="login-title">${e.login.title}</h1>
        ${i.site.name?s`<p class="quiet">${i.site.name}</p>`:r}
        ${i.expired&&!this.error?s`<p class="notice">${t}</p>`:r}
        <div role="alert">${this.error?s`<p class="notice error" id="login-error">${this.error}</p>`:r}</div>
        <label class="field"
          ><span>${e.login.name}</span>
          <input id="login-name" name="name" autocomplete="username" autocapitalize="none" spellcheck="false" maxlength="64" required
            aria-describedby=${this.error?"login-error":r} />
        </label>
        <label class="field"
          ><span>${e.login.password}</span>
          <input id="login-password" name="password" type="password" autocomplete="current-password" maxlength="256" required
            aria-describedby=${this.error?"login-error":r} />
        </label>
        <button class="button primary wide" type="submit" aria-disabled=${this.busy?"true":r}>
          ${this.busy?e.login.busy:e.login.submit}
        </button>
      </form>
    </div>`}async submit(t){if(t.preventDefault(),this.busy)return;let n=t.target,o=new FormData(n),l=String(o.get("name")??"").trim(),d=String(o.get("password")??"");if(!l||!d){this.fail(e.login.missing,l?"#login-password":"#login-name");return}this.busy=!0,this.redraw();let w=i.lastName,c=await i.login(l,d);if(this.busy=!1,c.ok){w!==""&&w!==c.value.user.name&&p.forget();return}let C=n.elements.namedItem("password");c.problem.status===401&&(C.value=""),this.fail(N(c.problem),"#login-password")}fail(t,n){this.error=t,this.redraw(),this.focusOn(n)}};customElements.define("bn-login",y);function R(){return location.hash.replace(/^#/,"")}function L(a){p.unkept()&&a.preventDefault()}var $=class extends m{screen;connectedCallback(){super.connectedCallback(),this.listenTo(i,"change",()=>this.redraw()),this.listenTo(window,"hashchange",()=>this.redraw()),this.listenTo(window,"beforeunload",t=>L(t)),this.listenTo(window,"keydown",t=>this.help(t)),i.begin()}willUpdate(){let t=i.screens(),n=t.find(d=>d===R())??t[0];this.screen=n;let o=i.ready?n?e.nav[n]:e.login.title:"",l=i.inDanger>0&&n!=="saisie"?e.inDanger(i.inDanger):"";document.title=[l,o,e.app,i.site.name].filter(d=>d!=="").join(" – ")}render(){return i.ready?s`<a class="skip" href="#main" @click=${this.skip}>${e.skip}</a>
      ${this.header()}
      <div class="banners" role="status">${this.banners()}</div>
      <main id="main" tabindex="-1">${this.body()}</main>
      <footer class="foot" aria-label=${e.pages.label}>
        ${i.user?g(e.pages.firstDayOf[i.user.role],e.pages.firstDay):r}
        ${g(e.pages.accessibilityPage,e.pages.accessibility)}
      </footer>`:s`<p class="loading">${e.loading}</p>`}help(t){t.defaultPrevented||T(t)!=="F1"||!i.user||(t.preventDefault(),E(e.keys))}header(){let{user:t,site:n}=i;return s`<header>
      ${n.demo?s`<p class="demo">${e.demo}</p>`:r}
      <div class="top">
        <p class="brand"><img src="/icon.svg" alt="" width="28" height="28" /><strong>${e.app}</strong> <span class="site">${n.name}</span></p>
        ${t?s`${this.navigation()}
              <p class="who"><span class="name">${t.name}</span> <span class="quiet">${e.roles[t.role]}</span></p>
              <button type="button" class="button plain" @click=${this.logout}>${e.nav.logout}</button>`:r}
      </div>
    </header>`}navigation(){let t=i.screens();return t.length<2?r:s`<nav aria-label=${e.nav.label}>
      ${t.map(n=>s`<a href="#${n}" aria-current=${n===this.screen?"page":r}>${e.nav[n]}</a>`)}
    </nav>`}banners(){return i.user?s`${this.lineBanner()} ${i.warning?s`<p class="banner">${i.warning}</p>`:r}`:r}lineBanner(){return h.line==="lost"?s`<p class="banner lost">${this.screen==="saisie"?e.banner.lost:e.banner.lostOther}</p>`:h.queueUp?r:s`<p class="banner">${this.screen==="saisie"?e.banner.queueDown:e.banner.queueDownAgent}</p>`}body(){if(this.screen&&!i.complete)return s`<p class="notice error" role="alert">${e.incomplete}</p>
        <button type="button" class="button primary" @click=${()=>location.reload()}>${e.retry}</button>`;switch(this.screen){case"saisie":return s`<bn-operator></bn-operator>`;case"bannette":return s`<bn-agent></bn-agent>`;case"tableau":return s`<bn-board></bn-board>`;case"administration":return s`<bn-admin></bn-admin>`;default:return s`<bn-login></bn-login>`}}skip(t){t.preventDefault(),this.querySelector("#main")?.focus()}async logout(){await p.mayLeave()&&(p.forget(),await i.logout())}};customElements.define("bn-app",$);
