// Every host × every way to run: ten items or the plain fallback, no error, no
// report.
import { setTimeout as sleep } from 'node:timers/promises';
import { host } from '../lib/host.mjs';
import { hostPage, hosts, modes as every } from '../lib/hosts.mjs';
import { record, settled } from '../lib/widget.mjs';

// Firefox asks for a picture that no page mentions, and reports that it may not.
const own = /favicon\.ico/;

// How each host lets the widget run: in auto, inline and frame. What is not
// here runs as asked for.
const ways = {
  'strict, with wasm': 'inline inline list', 'strict, without wasm': 'frame list frame', 'strict, the worker forbidden': 'frame list frame',
  'Trusted Types, none allowed': 'frame list frame', 'Trusted Types, sparrow allowed': 'inline inline list', 'no frames, no wasm': 'list list list',
  'nonce and strict-dynamic': 'inline inline list', 'nonce and strict-dynamic, without wasm': 'frame list frame',
  'nothing allowed': 'none none none', 'policy in a meta element': 'frame list frame', 'sandboxed iframe': 'inline inline list',
};

// cell opens one page and returns {shown: a word for the table, way, honest,
// errors, reports}. A report may come a moment after the page has settled.
async function cell(browser, edge, site, name, mode, expected) {
  const { view, framed, through, pages } = hostPage(name, edge.origin, mode, browser.apart);
  const reports = [];
  Object.assign(site, { pages, reported: (text) => own.test(text) || reports.push(text) });
  const tab = await browser.open({ ...view, first: record, framed });
  await tab.goto(site.origin);
  const frame = framed ? await tab.frame() : tab;
  const [{ state, items, fallback, mode: first, code }] = await settled(frame, 20e3, through).catch((error) => [{ state: 'failed', items: [], fallback: false, code: error.message }]);
  let by = first;
  for (let i = 0; i < 150 && state === 'ready' && by === 'list' && expected !== 'list'; i++) { // a list is there before the engine
    await sleep(100);
    by = (await settled(frame, 20e3, through))[0].mode;
  }
  await sleep(100);
  const violations = await frame.evaluate(() => globalThis.received?.violations ?? []);
  const errors = (await tab.problems()).filter((line) => line.startsWith('uncaught'));
  await tab.close();
  const honest = state === 'ready' ? items.length === 10 && items.every(Boolean) && !fallback : fallback;
  return { way: state === 'ready' ? by : 'none', shown: state === 'ready' ? `${items.length} by ${by}` : `fallback (${code})`, honest, errors, reports: [...violations.filter((text) => !own.test(text)), ...reports] };
}

// matrix opens the widget on every host, run as modes say, in so many lanes: pages that are open at
// once, each of a site of its own. A browser that lets only the page in front work has one.
export async function matrix(browser, edge, { modes = every, lanes = 1 } = {}) {
  const widths = [Math.max(...Object.keys(hosts).map((name) => name.length)), 20, 20, 20];
  const say = (row) => console.log(row.map((text, i) => text.padEnd(widths[i] + 2)).join('').trimEnd());
  say(['host', ...modes]);
  let honest = 0;
  let cells = 0;
  let other = 0; // cells that run in another way
  const errors = [];
  const reports = [];
  let forced = 0; // reports where the way to run was forced
  let lists = 0; // cells of auto with a list
  const left = Object.keys(hosts);
  const lane = async () => {
    const site = await host(null);
    for (let name; (name = left.shift());) {
      const row = [name];
      const expected = (ways[name] ?? 'inline inline frame').split(' ');
      for (const mode of modes) {
        const found = await cell(browser, edge, site, name, mode, expected[every.indexOf(mode)]);
        cells++;
        honest += found.honest;
        other += found.way !== expected[every.indexOf(mode)];
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
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  for (const line of [...errors, ...reports]) console.log(line);
  console.log();
  const count = Object.keys(hosts).length;
  const able = count - 1; // one host allows nothing
  return [
    { name: `host matrix, ${count} hosts × ${modes.length} modes: cells that show 10 items or the fallback`, bar: cells, measured: honest, least: true, runs: cells },
    { name: `host matrix in auto: hosts that show 10 items (one allows nothing)`, bar: able, measured: lists, least: true, runs: count },
    { name: 'host matrix: cells that run in another way than the best one allowed', bar: 0, measured: other, runs: cells },
    { name: 'host matrix: uncaught errors', bar: 0, measured: errors.length, runs: cells },
    { name: 'host matrix in auto: CSP reports', bar: 0, measured: reports.length, runs: count },
    ...cells > count ? [{ name: 'host matrix in forced modes: CSP reports (control)', bar: 10, measured: forced, least: true, runs: cells - count }] : [],
  ];
}
