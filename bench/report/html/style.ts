/** The page's looks, by what the reader's system prefers. Colours of modes tell apart for people who see few of them, too. */
export const STYLE = `
:root { color-scheme: light dark; --paper: #fdfdfc; --ink: #1c2024; --soft: #60646c; --rule: #e2e3e6; --card: #ffffff;
  --offload: #0b6e99; --inline: #d1580a; --floor: #7c8088; --busy-floor: #8a5cc7; --limit: #2f8f3c; --good: #1a7f4b; --bad: #c02626;
  --c0: #f6d8b8; --c1: #f3c7a5; --c2: #f7e0a3; --c3: #efc0b4; --c4: #e9d3c0; --c5: #f2d0d0; }
@media (prefers-color-scheme: dark) { :root { --paper: #14171a; --ink: #e8eaed; --soft: #9aa0a8; --rule: #2e3338; --card: #1b1f23;
  --offload: #4db5e6; --inline: #f2934a; --floor: #8d939c; --busy-floor: #b690ee; --limit: #6fcf7c; --good: #5fce93; --bad: #ff7a7a;
  --c0: #6b4a22; --c1: #734326; --c2: #665a1c; --c3: #6e3a30; --c4: #5b4a39; --c5: #693c40; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 15px/1.5 system-ui, sans-serif; }
main, header { max-width: 1200px; margin: 0 auto; padding: 16px 20px; }
h1 { font-size: 24px; margin: 12px 0 4px; } h2 { font-size: 19px; margin: 0 0 2px; } h3 { font-size: 15px; margin: 18px 0 6px; }
p { margin: 4px 0; } .soft, figcaption, .tick { color: var(--soft); } .partial { color: var(--bad); font-weight: 600; }
nav { display: flex; flex-wrap: wrap; gap: 4px 14px; margin: 12px 0 0; } a { color: var(--offload); }
section { background: var(--card); border: 1px solid var(--rule); border-radius: 10px; padding: 18px 20px; margin: 0 0 20px; }
.scroll { overflow-x: auto; } table { border-collapse: collapse; font-size: 14px; font-variant-numeric: tabular-nums; }
th, td { text-align: right; padding: 4px 12px 4px 0; border-bottom: 1px solid var(--rule); white-space: nowrap; }
th:first-child, td:first-child { text-align: left; } th { font-weight: 500; color: var(--soft); }
.charts { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 460px), 1fr)); gap: 14px 24px; margin: 14px 0; }
figure { margin: 0; } figcaption { font-size: 13px; } svg { width: 100%; height: auto; display: block; }
svg text { font: 12px system-ui, sans-serif; fill: var(--ink); } svg .tick { font-size: 11px; fill: var(--soft); }
.grid { stroke: var(--rule); stroke-width: 1; } .across { stroke: var(--good); stroke-width: 1.2; stroke-dasharray: 6 4; }
.line { fill: none; stroke-width: 2; stroke-linejoin: round; } .line.dashed { stroke-dasharray: 4 4; stroke-width: 1.6; }
.line.offload { stroke: var(--offload); } .line.inline { stroke: var(--inline); } .line.floor { stroke: var(--floor); }
.line.busy-floor { stroke: var(--busy-floor); } .line.limit { stroke: var(--limit); }
.key { display: inline-block; width: 14px; height: 4px; border-radius: 2px; margin-right: 8px; vertical-align: middle; }
.key.offload { background: var(--offload); } .key.inline { background: var(--inline); } .key.floor { background: var(--floor); }
.key.busy-floor { background: var(--busy-floor); } .key.limit { background: var(--limit); }
.flame { margin: 10px 0; } .piece { rx: 2px; } ${[0, 1, 2, 3, 4, 5].map((n) => `.c${n} { fill: var(--c${n}); }`).join(' ')}
.good { color: var(--good); } .bad { color: var(--bad); } details { margin: 8px 0; } summary { cursor: pointer; color: var(--soft); }
`;
