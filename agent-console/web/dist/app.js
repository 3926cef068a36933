import{a as c}from"./shared-7.js";import{a as v}from"./shared-11.js";import{a as x,c as e,e as u,f,g as D,i as T,j as s,m as r,p as E,u as h,v as g,w as C,y as S,z as n}from"./shared-1.js";var b=new Set,w;function R(){for(let o of b)o.refresh()}var q=3600,$=class extends HTMLElement{static observedAttributes=["at","mode"];connectedCallback(){b.add(this),w??=setInterval(R,1e3),this.refresh()}disconnectedCallback(){b.delete(this),b.size===0&&(clearInterval(w),w=void 0)}attributeChangedCallback(){this.isConnected&&this.refresh()}refresh(){let t=this.getAttribute("at")??"",i=Date.parse(t);if(Number.isNaN(i)){this.say(e.none,"");return}let a=(i-u())/1e3,l=T(t),d=this.getAttribute("mode");d==="left"?(this.classList.toggle("is-late",a<0),this.classList.toggle("is-soon",a>=0&&a<q),this.say(a<0?e.time.late(f(-a)):e.time.left(f(a)),l)):d==="lease"?this.say(e.time.countdown(Math.max(0,Math.floor(a))),l):this.say(f(-a),l)}say(t,i){this.textContent!==t&&(this.textContent=t),this.title!==i&&(this.title=i)}};customElements.define("bn-time",$);function B(o){return o.status===401?e.login.wrong:o.status===429?o.detail||e.login.tooMany:o.code==="offline"||o.code==="timed_out"?e.login.offline:C(o)}var y=class extends g{busy=!1;error="";connectedCallback(){super.connectedCallback(),this.focusOn("#login-name")}render(){let t=c.holds()?e.login.expiredDraft:e.login.expired;return s`<div class="login">
      <form class="card" @submit=${this.submit} novalidate aria-labelledby="login-title">
        <h1 id="login-title">${e.login.title}</h1>
        ${n.site.name?s`<p class="quiet">${n.site.name}</p>`:r}
        ${n.expired&&!this.error?s`<p class="notice">${t}</p>`:r}
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
    </div>`}async submit(t){if(t.preventDefault(),this.busy)return;let i=t.target,a=new FormData(i),l=String(a.get("name")??"").trim(),d=String(a.get("password")??"");if(!l||!d){this.fail(e.login.missing,l?"#login-password":"#login-name");return}this.busy=!0,this.redraw();let m=n.lastName,p=await n.login(l,d);if(this.busy=!1,p.ok){m!==""&&m!==p.value.user.name&&c.forget();return}let N=i.elements.namedItem("password");p.problem.status===401&&(N.value=""),this.fail(B(p.problem),"#login-password")}fail(t,i){this.error=t,this.redraw(),this.focusOn(i)}};customElements.define("bn-login",y);function P(o,t,i,a){let{banner:l}=e,d=o==="saisie",m=!d&&a?` ${l.written}`:"";if(t==="lost")return{lost:!0,text:d?l.lost:l.lostOther+m};if(!i)return{lost:!1,text:d?l.queueDown:l.queueDownAgent+m}}var M={saisie:"bn-operator",bannette:"bn-agent",tableau:"bn-board",administration:"bn-admin"};function L(o){c.unkept()&&o.preventDefault()}var k=class extends g{screen;connectedCallback(){super.connectedCallback(),this.listenTo(n,"change",()=>this.redraw()),this.listenTo(window,"hashchange",()=>this.redraw()),this.listenTo(window,"beforeunload",t=>L(t)),c.changed=()=>this.redraw();for(let t of E)this.listenTo(document,t,()=>n.activity.act());n.begin()}willUpdate(){let t=n.screens(),i=t.length>0?S(t):void 0;this.screen=i;let a=n.ready?i?e.nav[i]:e.login.title:"",l=n.inDanger>0&&i!=="saisie"?e.inDanger(n.inDanger):"";document.title=[l,a,e.app,n.site.name].filter(d=>d!=="").join(" – ")}render(){return n.ready?s`<a class="skip" href="#main" @click=${this.skip}>${e.skip}</a>
      ${this.header()}
      <div class="banners" role="status">${this.banners()}</div>
      <main id="main" tabindex="-1">${this.body()}</main>
      <footer class="foot" aria-label=${e.pages.label}>
        ${n.user?v(e.pages.firstDayOf[n.user.role],e.pages.firstDay):r}
        ${v(e.pages.accessibilityPage,e.pages.accessibility)}
      </footer>`:s`<p class="loading">${e.loading}</p>`}header(){let{user:t,site:i}=n;return s`<header>
      ${i.demo?s`<p class="demo">${e.demo}</p>`:r}
      <div class="top">
        <p class="brand"><img src="/icon.svg" alt="" width="28" height="28" /><strong>${e.app}</strong> <span class="site">${i.name}</span></p>
        ${t?s`${this.navigation()}
              <p class="who"><span class="name">${t.name}</span> <span class="quiet">${e.roles[t.role]}</span></p>
              <button type="button" class="button plain" @click=${this.ownPassword}>${e.ownPassword.open}</button>
              <button type="button" class="button plain" @click=${this.logout}>${e.nav.logout}</button>`:r}
      </div>
    </header>`}navigation(){let t=n.screens();return t.length<2?r:s`<nav aria-label=${e.nav.label}>
      ${t.map(i=>s`<a href="#${i}" aria-current=${i===this.screen?"page":r}>${e.nav[i]}</a>`)}
    </nav>`}banners(){return n.user?s`${this.lineBanner()} ${this.endBanner()} ${n.complete&&n.rest==="missing"?s`<p class="banner">${e.restMissing}</p>`:r} ${n.warning?s`<p class="banner">${n.warning}</p>`:r}`:r}endBanner(){let{warning:t,ends_ms:i}=n.activity;return t==="age"?s`<p class="banner ending">${e.ending.age(D(new Date(u()+i-Date.now()).toISOString()),c.holds())}</p>`:t==="idle"?s`<p class="banner ending">${e.ending.idle(c.holds())} <button type="button" class="button">${e.ending.stay}</button></p>`:r}lineBanner(){let t=P(this.screen,h.line,h.queueUp,c.unkept());return t?s`<p class="banner ${t.lost?"lost":""}">${t.text}</p>`:r}body(){if(this.screen&&n.rest==="coming"&&!customElements.get(M[this.screen]))return s`<p class="loading">${e.loading}</p>`;if(this.screen&&(!n.complete||!customElements.get(M[this.screen])))return s`<p class="notice error" role="alert">${e.incomplete}</p>
        <button type="button" class="button primary" @click=${()=>location.reload()}>${e.retry}</button>`;switch(this.screen){case"saisie":return s`<bn-operator></bn-operator>`;case"bannette":return s`<bn-agent></bn-agent>`;case"tableau":return s`<bn-board></bn-board>`;case"administration":return s`<bn-admin></bn-admin>`;default:return s`<bn-login></bn-login>`}}skip(t){t.preventDefault(),this.querySelector("#main")?.focus()}async ownPassword(){let{ownPassword:t}=await import("./own_password.js");t()}async logout(){await c.mayLeave()&&(c.forget(),await n.logout())}};customElements.define("bn-app",k);document.documentElement.lang=x;
