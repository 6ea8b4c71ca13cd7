// 200 script-injection payloads as titles, genres, addresses and attributes, on
// a page without any policy: by the engine from a bundle, and from lists made
// in advance. Every link is clicked.
import { host, page } from '../lib/host.mjs';
import { rewritten } from '../lib/catalog.mjs';
import { latestModel } from '../lib/version.mjs';
import { Server } from '../lib/server.mjs';
import { record, settled } from '../lib/widget.mjs';

// vectors are texts that execute RUN where they are used as markup, an address,
// or a script.
const vectors = [
  '<script>RUN</script>', '<img src=x onerror=RUN>', '<svg onload=RUN>', '<svg><script>RUN</script></svg>', '<iframe srcdoc="<script>parent.RUN</script>">', '<iframe src="javascript:parent.RUN">',
  '<body onload=RUN>', '<details open ontoggle=RUN>', '<input autofocus onfocus=RUN>', '<video><source onerror=RUN></video>', '<math><mtext></mtext><script>RUN</script></math>', '<style>@import "javascript:RUN";</style>',
  '"><script>RUN</script>', "'><img src=x onerror=RUN>", '</title><script>RUN</script>', '</textarea><svg onload=RUN>', '--><script>RUN</script>', ']]><script>RUN</script>', '<a href="javascript:RUN" autofocus onfocus=RUN>x</a>', '<marquee onstart=RUN>',
  'javascript:RUN', 'JaVaScRiPt:RUN', ' javascript:RUN', '\u0001javascript:RUN', 'java\tscript:RUN', 'javascript:/*--></title></style></textarea></script><svg/onload=RUN>', 'javascript://%0aRUN', 'javascript:RUN//https://', 'data:text/html,<script>opener.RUN</script>', 'vbscript:RUN',
  'blob:https://x/RUN', 'https://x/" onmouseover="RUN', "https://x/' onfocus='RUN' autofocus='", 'https://x/"><script>RUN</script>', '//x/"onclick="RUN', '\\\\x\\javascript:RUN', 'https:javascript:RUN', '${RUN}', '{{constructor.constructor("RUN")()}}', '#{RUN}',
];
const coats = [(text) => text, (text) => text.toUpperCase().replace(/RUN/i, 'RUN'), (text) => `Heat ${text}`, (text) => text.replace(/</g, '<\u200b').replace(/:/, '&colon;'), (text) => `${text}\u202e\u2066`];
export const attacks = coats.flatMap((coat) => vectors.map(coat)).map((text, i) => text.replaceAll('RUN', `pwned(${i})`));

const at = (i) => attacks[i % attacks.length];
const hostile = (by) => ({ titles: (i) => at(i + by), genreNames: (i) => at(i + by), images: (i) => at(i + by + 7), urls: (i) => at(i + by + 13) });

// press clicks every card and hovers and focuses it, while no navigation gets
// through. It returns the number of cards.
async function press() {
  let links = 0;
  for (const list of document.querySelectorAll('sparrow-similar')) {
    for (const card of list.shadowRoot.querySelectorAll('a, button')) {
      for (const type of ['mouseover', 'mousedown', 'focus', 'click']) card.dispatchEvent(new MouseEvent(type, { bubbles: true, composed: true, cancelable: true }));
      if (card.href && !/^https:/.test(card.href) && new URL(card.href).origin !== location.origin) pwned(`link ${card.href}`);
      links++;
    }
  }
  await new Promise((resolve) => { setTimeout(resolve, 300); });
  return links;
}

// attribute sets every text as every attribute of a list, and clicks the cards
// that it draws. It returns how many texts were drawn, each with all of its
// cards.
async function attribute(texts) {
  const list = document.querySelector('sparrow-similar');
  const settle = () => new Promise((resolve) => { setTimeout(resolve); });
  let drawn = 0;
  for (const text of texts) {
    for (const name of ['heading', 'link', 'theme', 'layout', 'lang', 'consent']) list.setAttribute(name, text);
    await settle();
    const cards = [...list.shadowRoot.querySelectorAll('.card')];
    for (const card of cards) {
      if (card.href && !/^https:/.test(card.href) && new URL(card.href).origin !== location.origin) pwned(`link ${card.href}`);
      card.dispatchEvent(new MouseEvent('click', { bubbles: true, composed: true, cancelable: true }));
    }
    drawn += cards.length === 10 && list.shadowRoot.querySelector('h2').textContent === text;
  }
  for (const text of texts) {
    for (const name of ['item', 'limit', 'mode']) list.setAttribute(name, text);
    await settle();
  }
  for (const text of texts.filter((one) => /^\s*(javascript|data|vbscript):/i.test(one)).slice(0, 8)) {
    list.setAttribute('src', text);
    await settle();
  }
  await new Promise((resolve) => { setTimeout(resolve, 1000); });
  return drawn;
}

// carelessly inserts texts as markup and as links.
async function carelessly(texts) {
  for (const text of texts) {
    document.body.append(document.createRange().createContextualFragment(text));
    if (/^[\s\u0001]*java/i.test(text)) Object.assign(document.createElement('a'), { href: text }).click();
  }
  await new Promise((resolve) => { setTimeout(resolve, 100); });
}

export async function payloads(browser) {
  const edge = await new Server().start();
  const { body } = await latestModel(edge);
  let model;
  const item = (i) => ({ id: at(i), title: at(i), year: at(i), genres: [at(i), at(i + 1)], image: at(i + 7), url: at(i + 13) });
  const list = (from) => Buffer.from(JSON.stringify({ bundle: at(from), items: Array.from({ length: 20 }, (_, i) => item(from + i)) }));
  edge.site = async (name) => {
    if (name === '/v1/latest.json') return Buffer.from(JSON.stringify({ bundle: model.hash, bytes: model.body.length }));
    if (name === `/v1/a/${model.hash}.bundle`) return model.body;
    const found = /^\/v1\/similar\/(\d+)\.json$/.exec(name);
    return found ? list(Number(found[1])) : null;
  };
  const site = await host(null);
  const executed = [];
  let links = 0;
  const shown = new Set(); // titles that the engine's lists showed
  const visit = async (markup, work) => {
    site.pages = { '/': { body: page(edge.origin, markup) } };
    const context = await browser.newContext({ viewport: { width: 1200, height: 60_000 } }); // so high that all of it is near the view
    await context.addInitScript(record);
    await context.addInitScript(() => {
      globalThis.pwnedBy = [];
      globalThis.pwned = globalThis.PWNED = (by) => pwnedBy.push(by);
      globalThis.alert = globalThis.pwned;
    });
    const tab = await context.newPage();
    await tab.goto(site.origin);
    const seen = await settled(tab);
    await context.route('**', (route) => (route.request().isNavigationRequest() ? route.fulfill({ status: 204 }) : route.continue()));
    const done = await work(tab);
    executed.push(...await tab.evaluate(() => globalThis.pwnedBy));
    await context.close();
    return { seen, done };
  };
  const pressed = async (tab) => { links += await tab.evaluate(press); };
  // By the engine: from a catalog and the same one shifted, so many lists that
  // every payload is shown.
  for (const by of [0, 100]) {
    model = rewritten(body, hostile(by));
    const { seen } = await visit(Array.from({ length: 60 }, (_, i) => `<sparrow-similar item="${1 + 3 * i}" limit="50"></sparrow-similar>`).join(''), pressed);
    for (const { items } of seen) for (const title of items) shown.add(title);
  }
  const byEngine = attacks.filter((text) => shown.has(text)).length;
  // From lists made in advance, where the engine is unavailable.
  edge.fault = (path) => (path.endsWith('.wasm') ? { status: 503 } : null);
  const lists = await visit(Array.from({ length: 10 }, (_, i) => `<sparrow-similar item="${20 * i}" limit="20"></sparrow-similar>`).join(''), pressed);
  const byLists = new Set(lists.seen.filter(({ mode }) => mode === 'list').flatMap(({ items }) => items)).size;
  edge.fault = () => null;
  // As attributes.
  const { done: drawn } = await visit('<sparrow-similar item="50"></sparrow-similar>', (tab) => tab.evaluate(attribute, attacks));
  // A page that uses them as markup executes them: what was not executed above
  // was not harmless.
  site.pages = { '/': { body: '<!doctype html><title>Careless</title>' } };
  const careless = await browser.newPage();
  await careless.goto(site.origin);
  const ran = new Set();
  for (const name of ['pwned', 'PWNED']) await careless.exposeFunction(name, (by) => { ran.add(by); });
  for (let i = 0; i < attacks.length; i += 10) await careless.evaluate(carelessly, attacks.slice(i, i + 10)).catch(() => {}); // some navigate away from the page
  const control = ran.size;
  await careless.close();
  await edge.stop();
  site.stop();
  for (const by of executed) console.log(`executed: ${typeof by === 'number' ? attacks[by] : by}`);
  return [
    { name: `${attacks.length} payloads × bundle, list, attributes, policy off: executed`, bar: 0, measured: executed.length, runs: 3 * attacks.length },
    { name: 'payloads that were shown: by the engine', bar: attacks.length, measured: byEngine, least: true, runs: 1 },
    { name: 'payloads that were shown: from lists made in advance', bar: attacks.length, measured: byLists, least: true, runs: 1 },
    { name: 'payloads that were drawn and clicked as attributes', bar: attacks.length, measured: drawn, least: true, runs: 1 },
    { name: 'payloads that a careless page runs when it takes them for markup and links (control)', bar: 40, measured: control, least: true, runs: 1 },
    { name: 'payloads: cards that were clicked', bar: 300, measured: links, least: true, runs: 1 },
  ];
}
