import{c as n,g as o,j as t,k as i,m as r}from"./shared-1.js";var l={immediate:4,urgent:3,priority:2,normal:1};function c(e){if(!e)return r;let a=l[e]??1;return t`<span class="badge urgency-${e}"
    ><svg class="bars" viewBox="0 0 15 12" aria-hidden="true">
      ${[1,2,3,4].map(s=>i`<rect class=${s<=a?"on":"off"} x=${(s-1)*4} y=${12-s*3} width="3" height=${s*3} rx="0.6"></rect>`)}
    </svg>${n.urgency(e)}</span
  >`}var p=t`<svg class="mark" viewBox="0 0 14 13" aria-hidden="true">
  <path d="M7 .8 13.4 12.2H.6Z"></path>
  <path class="cut" d="M6.3 4.4h1.4l-.2 4h-1ZM6.3 9.3h1.4v1.4H6.3Z"></path>
</svg>`;function g(e){return e?t`<span class="badge danger">${p}${n.danger}</span>`:r}function f(e){let{climb:a}=e;return a===null||e.state==="handled"||e.state==="closed"||e.state==="merged"?r:a.acknowledged_by?t`<span class="quiet">${n.climb.acknowledged(a.acknowledged_by)}</span>`:t`<span class="badge doubt">${n.climb.open(a.fired.at(-1)??"")}</span>`}function b(e){return t`<span class="state state-${e}"><span class="dot" aria-hidden="true"></span>${n.state(e)}</span>`}function $(e){return t`<bn-time at=${e} mode="age"></bn-time>`}function h(e){let{deadline:a}=e;return a===null?t`<span class="quiet">${n.agent.noDeadline}</span>`:e.state==="waiting"||e.state==="reserved"?t`<bn-time class="left" at=${a} mode="left"></bn-time>`:t`<span class="quiet">${o(a)}</span>`}export{c as a,p as b,g as c,f as d,b as e,$ as f,h as g};
