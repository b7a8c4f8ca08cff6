const COLOURS = `
:root { color-scheme: light dark; --paper: #fdfcf9; --ink: #22252b; --faint: #6b7280; --line: #c9c4b8; --room: #ffffff;
  --accent: #b4341f; --joint: #fff1e0; --mark: #f4efe4; }
@media (prefers-color-scheme: dark) {
  :root { --paper: #16181d; --ink: #e8e6e1; --faint: #9aa1ad; --line: #454b57; --room: #1f232b; --accent: #ff8f73; --joint: #3a2a22; --mark: #262b34; }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 15px/1.45 system-ui, sans-serif; }
a { color: var(--accent); }
code { font: 13px/1.4 ui-monospace, monospace; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
`;

/** How the page of the supergraph looks; what is chosen is the target of the address. */
export const SUPERGRAPH_STYLE = `${COLOURS}
header { display: flex; gap: 1.25rem; align-items: baseline; padding: .6rem 1.25rem; border-bottom: 1px solid var(--line); }
header h1 { font-size: 1.05rem; margin: 0; white-space: nowrap; }
header p { margin: 0; color: var(--faint); font-size: .85rem; }
main { display: grid; grid-template-columns: minmax(0, 1fr) minmax(22rem, 32rem); height: calc(100vh - 4.2rem); }
.plan, aside { overflow: auto; padding: 1rem; }
aside { border-left: 1px solid var(--line); }
svg { width: 100%; min-width: 44rem; height: auto; font: 13px system-ui, sans-serif; }
svg text { fill: var(--ink); }
.room rect { fill: var(--room); stroke: var(--line); stroke-width: 1.5; }
.room .name { font-size: 17px; font-weight: 650; }
.chip text { fill: var(--faint); font-size: 12.5px; }
.chip:hover text, .chip:focus text { fill: var(--accent); text-decoration: underline; }
.joint rect { fill: var(--joint); stroke: var(--accent); stroke-width: 1.5; }
.joint text { text-anchor: middle; font-weight: 600; }
.joint:hover rect, .joint:focus rect { stroke-width: 3; }
path { fill: none; stroke: var(--line); stroke-width: 1.6; }
path.owner { stroke: var(--accent); }
path.adds { stroke-dasharray: 5 4; }
.panel { display: none; }
.panel:target, aside:not(:has(:target)) .welcome { display: block; }
.panel h2 { margin: .1rem 0 .4rem; } .panel h2 small { color: var(--faint); font-weight: 400; font-size: .8rem; }
.subgraphs { padding: 0; list-style: none; }
table { border-collapse: collapse; width: 100%; font-size: .86rem; }
th { text-align: left; color: var(--faint); font-weight: 500; }
td, th { padding: .35rem .5rem .35rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
.description, .uses, .deprecated { display: block; color: var(--faint); font-size: .82rem; }
.uses { color: var(--accent); }
.permission { background: var(--mark); padding: .05rem .3rem; border-radius: .3rem; }
`;

/** How the bar above the explorer looks. */
export const BAR_STYLE = `${COLOURS}
html, body { height: 100%; } body { display: flex; flex-direction: column; overflow: hidden; }
#root { flex: 1; min-height: 0; height: auto !important; }
#tocsin { display: flex; flex-wrap: wrap; gap: .9rem; align-items: center; padding: .45rem .9rem; border-bottom: 1px solid var(--line);
  background: var(--paper); color: var(--ink); font: 14px/1.4 system-ui, sans-serif; position: relative; z-index: 5; }
#tocsin b { font-size: 1rem; }
#tocsin button, #tocsin select { font: inherit; color: inherit; background: var(--room); border: 1px solid var(--line); border-radius: .4rem; padding: .2rem .6rem; cursor: pointer; }
#tocsin button[aria-pressed=true] { border-color: var(--accent); color: var(--accent); font-weight: 600; }
#tocsin .spacer { flex: 1; }
#tocsin-problem { background: #b4341f; color: #fff; padding: .5rem .9rem; font: 13px/1.5 ui-monospace, monospace; white-space: pre-wrap; }
#tocsin-problem[hidden] { display: none; }
`;
