// Every host × every way to run: ten items or the plain fallback, no error, no
// report.
import { host } from '../lib/host.mjs';
import { hostPage, hosts, modes } from '../lib/hosts.mjs';
import { World, record, settled } from '../lib/widget.mjs';

// cell opens one page and returns {shown: a word for the table, honest, errors,
// reports}.
async function cell(browser, edge, site, name, mode) {
  const { view, framed, pages } = hostPage(name, edge.origin, mode);
  const reports = [];
  Object.assign(site, { pages, reported: (text) => reports.push(text) });
  const context = await browser.newContext(view);
  const errors = [];
  context.on('weberror', (event) => errors.push(String(event.error().stack ?? event.error())));
  if (framed) await context.addInitScript(record);
  const page = await context.newPage();
  const world = framed ? null : await World.of(page);
  await page.goto(site.origin);
  const frame = world ?? page.frames().find((one) => one.url().endsWith('/inside'));
  const [{ state, items, fallback, mode: by, code }] = await settled(frame, 20e3).catch((error) => [{ state: 'failed', items: [], fallback: false, code: error.message }]);
  const violations = await frame.evaluate(() => received.violations);
  await page.waitForTimeout(100); // time for a report to arrive
  await context.close();
  const honest = state === 'ready' ? items.length === 10 && items.every(Boolean) && !fallback : fallback;
  return { shown: state === 'ready' ? `${items.length} by ${by}` : `fallback (${code})`, honest, errors, reports: [...violations, ...reports] };
}

export async function matrix(browser, edge) {
  const site = await host(null);
  const widths = [Math.max(...Object.keys(hosts).map((name) => name.length)), 20, 20, 20];
  const say = (row) => console.log(row.map((text, i) => text.padEnd(widths[i] + 2)).join('').trimEnd());
  say(['host', ...modes]);
  let honest = 0;
  let cells = 0;
  const errors = [];
  const reports = [];
  let forced = 0; // reports where the way to run was forced
  let lists = 0; // cells of auto with a list
  for (const name of Object.keys(hosts)) {
    const row = [name];
    for (const mode of modes) {
      const found = await cell(browser, edge, site, name, mode);
      cells++;
      honest += found.honest;
      errors.push(...found.errors.map((text) => `${name}, ${mode}: ${text}`));
      if (mode === 'auto') {
        reports.push(...found.reports.map((text) => `${name}: ${text}`));
        lists += found.honest && found.shown.startsWith('10');
      } else forced += found.reports.length;
      row.push(`${found.shown}${found.honest ? '' : ' WRONG'}`);
    }
    say(row);
  }
  site.stop();
  for (const line of [...errors, ...reports]) console.log(line);
  console.log();
  const count = Object.keys(hosts).length;
  const able = count - 1; // one host allows nothing
  return [
    { name: `host matrix, ${count} hosts × ${modes.length} modes: cells that show 10 items or the fallback`, bar: cells, measured: honest, least: true, runs: cells },
    { name: `host matrix in auto: hosts that show 10 items (one allows nothing)`, bar: able, measured: lists, least: true, runs: count },
    { name: 'host matrix: uncaught errors', bar: 0, measured: errors.length, runs: cells },
    { name: 'host matrix in auto: CSP reports', bar: 0, measured: reports.length, runs: count },
    { name: 'host matrix in forced modes: CSP reports (control)', bar: 10, measured: forced, least: true, runs: cells - count },
  ];
}
