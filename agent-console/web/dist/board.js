import{f as w,g as z}from"./shared-4.js";import{j as C,k as x,l as R,m as q,n as P,o as h,p as H}from"./shared-2.js";import{a as t,b as y,d as k,h as r,k as p,o as $,q as T,r as _,s as m,u as b}from"./shared-1.js";var V=100;function E(o,e){return e.unacknowledged-o.unacknowledged||e.danger-o.danger||Number(e.unattended)-Number(o.unattended)||e.late-o.late||(o.oldest_waiting??"9").localeCompare(e.oldest_waiting??"9")||e.waiting-o.waiting||e.reserved+e.in_progress-o.reserved-o.in_progress||o.label.localeCompare(e.label,"fr")}var Q=o=>o.waiting+o.reserved+o.in_progress+o.on_hold+o.offered===0,F=o=>o===null?t.none:k(o),f=class extends _{counts=[];slow=[];at="";failed="";showQuiet=!1;chosen="";tray=new z;trayFailed="";asked=0;connectedCallback(){super.connectedCallback(),this.until(T.listen(e=>this.hear(e))),this.load()}updated(){b.alarm(this.counts.reduce((e,a)=>e+a.danger,0))}render(){let e=b.user?.role==="admin"||b.user?.role==="auditor";return r`<div class="board">
      <div class="screen-head">
        <h1>${t.board.title}</h1>
        ${e?r`<span class="badge">${t.board.readOnly}</span>`:p}
        ${this.at?r`<p class="quiet">${t.board.asOf} ${h(this.at)}</p>`:p}
      </div>
      <div role="alert">${this.failed?r`<p class="notice error">${this.failed}</p>`:p}</div>
      ${this.at||!this.failed?r`${this.totals()} ${this.table()} ${this.slowView()}`:p} ${this.chosen?this.trayView():p} ${this.definitions()}
    </div>`}totals(){let e=i=>this.counts.reduce((u,g)=>u+i(g),0),a=i=>this.at?i:t.none,d=this.counts.map(i=>i.oldest_waiting).filter(i=>i!==null).sort()[0],s=(i,u,g,M="")=>r`<div class="tile ${M}" title=${g}><dt>${i}</dt><dd>${u}</dd></div>`,n=e(i=>i.danger),l=e(i=>i.late),c=e(i=>i.unacknowledged),v=e(i=>Number(i.unattended));return r`<section aria-labelledby="totals-title">
      <h2 id="totals-title" class="visually-hidden">${t.board.totals}</h2>
      <dl class="tiles">
        ${s(t.board.danger,a(n),t.board.define.danger,n>0?"alarm":"")}
        ${s(t.board.unacknowledged,a(c),t.board.define.unacknowledged,c>0?"alarm":"")}
        ${s(t.board.unattended,a(v),t.board.define.unattended,v>0?"alarm":"")}
        ${s(t.board.late,a(l),t.board.define.late,l>0?"warn":"")}
        ${s(t.board.waiting,a(e(i=>i.waiting)),t.board.define.waiting)}
        ${s(t.board.oldest,d?h(d):t.none,t.board.define.oldest)}
        ${s(t.board.reserved,a(e(i=>i.reserved)),t.board.define.reserved)}
        ${s(t.board.inProgress,a(e(i=>i.in_progress)),t.board.define.inProgress)}
        ${s(t.board.taken,a(e(i=>i.taken)),t.board.define.taken)}
      </dl>
    </section>`}table(){let e=[...this.counts].sort(E),a=e.filter(Q).length,d=this.showQuiet?e:e.filter(l=>!Q(l)||l.bannette===this.chosen),s=(l,c)=>r`<th role="columnheader" scope="col" class="n" title=${c}>${l}</th>`,n=t.board.define;return r`<section aria-labelledby="table-title">
      <h2 id="table-title">${t.board.table}</h2>
      ${d.length===0?r`<p class="quiet empty">${this.at?t.board.allQuiet:t.loading}</p>`:r`<table class="figures" role="table" aria-labelledby="table-title">
            <thead role="rowgroup">
              <tr role="row">
                <th role="columnheader" scope="col">${t.board.bannette}</th>
                ${s(t.board.danger,n.danger)} ${s(t.board.late,n.late)} ${s(t.board.waiting,n.waiting)}
                ${s(t.board.oldest,n.oldest)} ${s(t.board.median,n.median)} ${s(t.board.max,n.max)}
                ${s(t.board.reserved,n.reserved)} ${s(t.board.inProgress,n.inProgress)} ${s(t.board.onHold,n.onHold)}
                ${s(t.board.offered,n.offered)} ${s(t.board.taken,n.taken)}
              </tr>
            </thead>
            <tbody role="rowgroup">${w(d,l=>l.bannette,l=>this.row(l))}</tbody>
          </table>`}
      ${a>0?r`<label class="check"><input type="checkbox" .checked=${this.showQuiet} @change=${this.toggleQuiet} /> ${t.board.quiet(a)}</label>`:p}
    </section>`}row(e){let a=(s,n,l="")=>r`<td role="cell" class="n ${l}"><span class="cell-label" aria-hidden="true">${s}</span>${n}</td>`,d=e.bannette===this.chosen;return r`<tr role="row" class=${d?"is-open":""}>
      <th role="rowheader" scope="row">
        <button type="button" class="row-button" aria-expanded=${d?"true":"false"} title=${t.board.open(e.label)} @click=${()=>this.choose(e.bannette)}>
          ${e.label}
        </button>
        ${e.unattended?r`<span class="badge unattended">${t.board.unattendedMark}</span>`:p}
      </th>
      ${a(t.board.danger,this.dangers(e),e.danger+e.unacknowledged>0?"alarm":"zero")}
      ${a(t.board.late,e.late,e.late>0?"warn":"zero")} ${a(t.board.waiting,e.waiting,e.waiting>0?"":"zero")}
      ${a(t.board.oldest,e.oldest_waiting?h(e.oldest_waiting):t.none)} ${a(t.board.median,F(e.wait_median_s))}
      ${a(t.board.max,F(e.wait_max_s))} ${a(t.board.reserved,e.reserved,e.reserved>0?"":"zero")}
      ${a(t.board.inProgress,e.in_progress,e.in_progress>0?"":"zero")} ${a(t.board.onHold,e.on_hold,e.on_hold>0?"":"zero")}
      ${a(t.board.offered,e.offered,e.offered>0?"":"zero")} ${a(t.board.taken,e.taken,e.taken>0?"":"zero")}
    </tr>`}dangers(e){if(e.danger+e.unacknowledged===0)return 0;let a=e.unacknowledged>0?r`<span class="under">${t.board.notAcknowledged(e.unacknowledged)}</span>`:p;return r`${x} ${e.danger} ${a}`}slowView(){return this.slow.length===0?p:r`<section class="slow" aria-labelledby="slow-title">
      <h2 id="slow-title">${t.board.slow}</h2>
      <p class="quiet">${t.board.slowText}</p>
      <ul class="found">
        ${this.slow.map(e=>r`<li class="found-item header-line">
            <span class="grow"><strong>${e.principal}</strong> <span class="quiet">${e.program}</span></span>
            <span>${t.board.missed(e.missed)} <span class="quiet">${t.board.since} ${h(e.since)}</span></span>
          </li>`)}
      </ul>
    </section>`}trayView(){let e=b.bannette(this.chosen),a=this.tray.list();return r`<section class="card tray-headers" aria-labelledby="headers-title">
      <h2 id="headers-title" tabindex="-1">${t.board.tray(e)}</h2>
      <p class="quiet">${t.board.trayPrivacy}</p>
      ${this.trayFailed?r`<p class="notice error">${this.trayFailed}</p>`:p}
      ${a.length===0?r`<p class="quiet">${t.board.trayEmpty}</p>`:r`<ul class="found">${w(a,d=>d.id,d=>this.header(d))}</ul>`}
    </section>`}header(e){return r`<li class="found-item header-line">
      <span class="marks">${C(e.urgency)} ${R(e.danger)} ${q(e)}</span>
      <span class="grow"><strong class="reference">${e.reference}</strong> ${b.topic(e.topic)} <span class="quiet">${e.commune}</span></span>
      <span>${H(e)} <span class="quiet">${t.agent.age} ${h(e.arrived)}</span></span>
      <span>${P(e.state)} ${e.holder?t.agent.by(e.holder):p}</span>
    </li>`}definitions(){let{define:e}=t.board,a=[[t.board.danger,e.danger],[t.board.unacknowledged,e.unacknowledged],[t.board.unattended,e.unattended],[t.board.late,e.late],[t.board.waiting,e.waiting],[t.board.oldest,e.oldest],[t.board.median,e.median],[t.board.max,e.max],[t.board.reserved,e.reserved],[t.board.inProgress,e.inProgress],[t.board.onHold,e.onHold],[t.board.offered,e.offered],[t.board.taken,e.taken]];return r`<section class="definitions" aria-labelledby="define-title">
      <h2 id="define-title">${t.board.definitions}</h2>
      <dl>${a.map(([d,s])=>r`<div><dt>${d}</dt><dd>${s}</dd></div>`)}</dl>
    </section>`}hear(e){e.type==="hello"||e.type==="resync"?(this.load(),this.chosen&&this.loadTray()):e.type==="counts"?(this.counts=e.items,this.slow=e.slow??[],this.at=e.at,this.redraw()):e.type==="tray"&&this.learn(e.header)&&this.redraw()}learn(e){return e.bannette===this.chosen?this.tray.learn(e):this.tray.forget(e.id)}async load(){let e=await $("bannettes");e.ok&&(y(e.value.at),this.counts=e.value.items,this.slow=e.value.slow,this.at=e.value.at),this.failed=e.ok?"":m(e.problem),this.redraw()}toggleQuiet(e){this.showQuiet=e.target.checked,this.redraw()}choose(e){this.chosen=this.chosen===e?"":e,this.tray.replace([]),this.trayFailed="",this.redraw(),this.chosen&&this.loadTray().then(()=>this.focusOn("#headers-title"))}async loadTray(){let e=++this.asked,a=await $(`tray?bannette=${encodeURIComponent(this.chosen)}&limit=${V}`);e===this.asked&&(a.ok&&this.tray.replace(a.value.items),this.trayFailed=a.ok?"":m(a.problem),this.redraw())}};customElements.define("bn-board",f);
