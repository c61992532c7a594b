/** The live panel: one page that asks `/status.json` every second. It loads nothing from elsewhere and changes nothing. */
export const PANEL = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Rockhopper</title>
<style>
  :root { color-scheme: light dark; --line: #8884; --good: #22a55b; --bad: #d83c3e; }
  body { font: 16px/1.5 system-ui, sans-serif; margin: 0 auto; max-width: 60rem; padding: 1.5rem; }
  h1 { font-size: 1.4rem; display: flex; gap: .6rem; align-items: center; }
  #dot { width: .8rem; height: .8rem; border-radius: 50%; background: #888; }
  #dot.good { background: var(--good); } #dot.bad { background: var(--bad); }
  main { display: grid; grid-template-columns: repeat(auto-fit, minmax(17rem, 1fr)); gap: 1rem; }
  section { border: 1px solid var(--line); border-radius: .6rem; padding: .8rem 1rem; }
  h2 { font-size: 1rem; margin: 0 0 .4rem; }
  dl { display: grid; grid-template-columns: 1fr auto; gap: .1rem .8rem; margin: 0; }
  dt { opacity: .75; } dd { margin: 0; font-variant-numeric: tabular-nums; text-align: right; }
  canvas { width: 100%; height: 4rem; margin-top: .6rem; }
</style>
</head>
<body>
<h1><span id="dot" role="img" aria-label="state"></span> Rockhopper <small id="state">asking …</small></h1>
<main id="cards" aria-live="off"></main>
<script>
const ms = (n) => n === null ? '–' : n.toFixed(n < 10 ? 1 : 0) + ' ms';
const mb = (n) => Math.round(n / 1048576) + ' MB';
const lane = (name, l) => [name + ' lane', [['threads busy', l.busy + ' of ' + l.threads], ['waiting', l.queued], ['wait p99', ms(l.waitMs.p99)], ['run p99', ms(l.runMs.p99)], ['done', l.done], ['failed', l.failed], ['restarts', l.restarts]]];
const history = [];
function cards(s) {
  return [
    ['Event loop delay', [['p50', ms(s.loop.p50)], ['p99', ms(s.loop.p99)], ['longest', ms(s.loop.max)], ['stalls', s.loop.stalls]], 'loop'],
    ['First answers', [['p50', ms(s.ack.p50)], ['p99', ms(s.ack.p99)], ['in flight', s.inFlight]]],
    lane('quick', s.lanes.quick), lane('bulk', s.lanes.bulk),
    ['Files', [['under way', s.files.underWay], ['together', mb(s.files.bytes)], ['waiting', s.files.waiting], ['refused', s.files.refused], ['passed over', s.files.passedOver]]],
    ['Messages', [['counted', s.messages.counted], ['waiting to be judged', s.messages.queued], ['passed over', s.messages.shed], ['read later', s.messages.missed.messages], ['channels cut short', s.messages.missed.channelsCutShort]]],
    ['Gateway', [['heartbeat', ms(s.gateway.pingMs)], ['shards', s.gateway.shards], ['servers', s.gateway.servers]]],
    ['Database', [['kind', s.database.kind], ['state', s.database.away ? 'away' : 'there']]],
    ['REST', [['last second', s.rest.lastSecond + ' of 50'], ['refused in 10 min', s.rest.refusedInTenMinutes], ['in all', s.rest.total]]],
    ['Memory', [['resident', mb(s.memory.resident)], ['heap', mb(s.memory.heap)], ['users cached', s.caches.users], ['messages cached', s.caches.messages]]],
    ['This bot', [['Rockhopper', s.versions.rockhopper], ['on', s.versions.runtime], ['up', Math.round(s.uptimeMs / 1000) + ' s']]],
  ];
}
function draw(s) {
  const main = document.getElementById('cards');
  main.replaceChildren(...cards(s).map(([title, rows, chart]) => {
    const box = document.createElement('section');
    const h = document.createElement('h2'); h.textContent = title; box.append(h);
    const dl = document.createElement('dl');
    for (const [name, value] of rows) {
      const dt = document.createElement('dt'); dt.textContent = name;
      const dd = document.createElement('dd'); dd.textContent = value;
      dl.append(dt, dd);
    }
    box.append(dl);
    if (chart) box.append(curve());
    return box;
  }));
}
function curve() {
  const canvas = document.createElement('canvas');
  canvas.width = 600; canvas.height = 128;
  canvas.setAttribute('role', 'img');
  canvas.setAttribute('aria-label', 'event loop delay p99 over the last minutes');
  const pen = canvas.getContext('2d');
  const top = Math.max(5, ...history);
  pen.strokeStyle = '#3b82f6'; pen.lineWidth = 3; pen.beginPath();
  history.forEach((v, i) => pen.lineTo(i * 600 / 119, 124 - v / top * 116));
  pen.stroke();
  return canvas;
}
async function tick() {
  const dot = document.getElementById('dot'), state = document.getElementById('state');
  try {
    const s = await (await fetch('/status.json')).json();
    dot.className = s.ready ? 'good' : 'bad';
    state.textContent = s.ready ? 'ready' : 'not ready';
    if (s.loop) { history.push(s.loop.p99); if (history.length > 120) history.shift(); draw(s); }
  } catch { dot.className = 'bad'; state.textContent = 'no answer'; }
  setTimeout(tick, 1000);
}
tick();
</script>
</body>
</html>
`;
