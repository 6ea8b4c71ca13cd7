// What the widget leaves behind on a host's page: nothing beyond what the page
// requested.
import { host, page } from '../lib/host.mjs';
import { record, settled } from '../lib/widget.mjs';

// look returns the state of a page: its globals, its storage, and the computed
// style of every element of its own.
async function look() {
  const styles = {};
  const size = /^(height|width|block-size|inline-size|perspective-origin|transform-origin|top|bottom|inset)/; // the list takes room
  [document.documentElement, document.head, document.body, ...document.querySelectorAll('[id]')].forEach((one) => {
    const style = getComputedStyle(one);
    styles[one.id || one.localName] = [...style].filter((name) => !size.test(name)).map((name) => `${name}: ${style.getPropertyValue(name)}`);
  });
  return {
    globals: Object.getOwnPropertyNames(window),
    styles,
    storage: [
      ...Object.keys(localStorage), ...Object.keys(sessionStorage), ...document.cookie.split(';').filter((text) => text.trim()),
      ...(await indexedDB.databases()).map(({ name }) => name), ...await caches.keys(), ...(await navigator.serviceWorker?.getRegistrations() ?? []).map(({ scope }) => scope),
    ],
  };
}

export async function isolation(browser, edge) {
  const elements = ['a href="/"', 'button', 'input', 'ul', 'li', 'table', 'h2', 'p', 'section', 'img', 'span', 'select', 'dialog', 'code'];
  const body = `<style>a{color:red}li{list-style:square}.card{border:9px solid}</style><div id="d">${elements.map((one, i) => `<${one} id="e${i}" class="card title list"></${one.split(' ')[0]}>`).join('')}</div><sparrow-similar item="50"></sparrow-similar>`;
  const site = await host(null, { '/': { body: page(edge.origin, body, { script: '' }) } });
  const found = { globals: [], styles: [], storage: [] };
  for (const mode of ['inline', 'frame']) {
    const context = await browser.newContext();
    await context.addInitScript(record);
    const tab = await context.newPage();
    await tab.goto(site.origin);
    const before = await tab.evaluate(look);
    await tab.evaluate(([src, how]) => {
      document.querySelector('sparrow-similar').setAttribute('mode', how);
      document.body.append(Object.assign(document.createElement('script'), { type: 'module', src }));
    }, [`${edge.origin}/v1/widget.js`, mode]);
    await settled(tab);
    const after = await tab.evaluate(look);
    found.globals.push(...after.globals.filter((name) => !before.globals.includes(name)).map((name) => `${mode}: ${name}`));
    found.storage.push(...after.storage.filter((name) => !before.storage.includes(name)).map((name) => `${mode}: ${name}`));
    for (const id of Object.keys(before.styles)) before.styles[id].forEach((line, i) => line !== after.styles[id][i] && found.styles.push(`${mode}: #${id} ${line} → ${after.styles[id][i]}`));
    await context.close();
  }
  site.stop();
  for (const line of Object.values(found).flat()) console.log(line);
  return [
    { name: 'new globals on the host page, inline and frame together', bar: 1, measured: found.globals.length, runs: 2 },
    { name: 'host styles changed, inline and frame', bar: 0, measured: found.styles.length, runs: 2 },
    { name: 'host storage keys written, inline and frame', bar: 0, measured: found.storage.length, runs: 2 },
  ];
}
