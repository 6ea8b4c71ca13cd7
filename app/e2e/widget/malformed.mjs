// 10,000 malformed messages to the frame that runs the engine, from a page that
// embeds it: half before anything is connected, half over the port; and as many
// to a page with a widget.
import { random } from '../lib/fake-time.mjs';
import { host, page } from '../lib/host.mjs';
import { until } from '../lib/until.mjs';
import { record, settled } from '../lib/widget.mjs';

const count = 10_000;

// flood runs in the page. It returns the frame's answers to messages that it
// should not have understood, and whether two lists before and after are the
// same.
async function flood([edge, address, seed, half, source]) {
  const next = (0, eval)(`(${source})`)(seed);
  const pick = (list) => list[Math.floor(next() * list.length)];
  const atoms = [null, undefined, true, 0, -1, 1e308, NaN, Infinity, '', 'sparrow ', 'ask', 'init', 'x'.repeat(70_000), '__proto__', new Date(0), /x/, new Uint8Array(15), new Uint8Array(17), new ArrayBuffer(8), new Map([['type', 'ask']]), new Error('x'), 2n ** 70n, []];
  const junk = (depth) => (depth && next() < 0.5 ? Object.fromEntries(Array.from({ length: 1 + Math.floor(next() * 5) }, () => [pick(['type', 'id', 'request', 'verb', 'item', 'k', 'action', 'stars', 'filter', 'models', 'wasm', 'visitor', 'name', 'toString', 'constructor']), junk(depth - 1)])) : pick(atoms));
  const near = () => pick([ // almost right
    { type: 'ask' }, { type: 'ask', id: 1 }, { type: 'ask', id: -1, request: { verb: 'movie' } }, { type: 'ask', id: 1.5, request: { verb: 'movie' } }, { type: 'ask', id: 2, request: { verb: 'erase' } },
    { type: 'ask', id: 3, request: { verb: 'act', item: 'x'.repeat(256), action: 'like' } }, { type: 'ask', id: 4, request: { verb: 'act', item: '50', action: 'love' } }, { type: 'ask', id: 5, request: { verb: 'act', item: '50', action: 'rate', stars: 99 } },
    { type: 'ask', id: 6, request: { verb: 'import', item: '50' } }, { type: 'ask', id: 7, request: { verb: 'movie', item: 50 } }, { type: 'ask', id: 8, request: { verb: 'movie', item: '50', k: 1e9 } }, { type: 'ask', id: 10, request: { verb: 'browse', filter: 5 } }, { type: 'ask', id: 11, request: { verb: 'browse', filter: 'x'.repeat(5000) } }, { type: 'ask', id: 9, request: ['act'] },
    { type: 'init', models: 'https://evil.example/', wasm: 'https://evil.example/x.wasm', embedded: false }, { type: 'visitor', visitor: [1, 2] }, { type: 'visitor', visitor: new Uint8Array(15) }, { type: 'Ask', id: 1, request: { verb: 'movie', item: '1' } },
  ]);
  const message = () => (next() < 0.5 ? near() : junk(4));
  const frame = document.createElement('iframe');
  frame.src = address;
  await new Promise((resolve) => { frame.onload = resolve; document.body.append(frame); });
  for (let i = 0; i < half; i++) {
    const { port1 } = new MessageChannel();
    const ports = next() < 0.2 ? [port1, new MessageChannel().port1] : next() < 0.2 ? [port1] : [];
    frame.contentWindow.postMessage(message(), '*', ports);
    window.postMessage(message(), '*');
    if (i % 500 === 0) await new Promise((resolve) => { setTimeout(resolve); });
  }
  const { port1, port2 } = new MessageChannel();
  const received = [];
  let ready;
  const isReady = new Promise((resolve) => { ready = resolve; });
  const answers = new Map();
  port1.onmessage = ({ data }) => {
    if (data.type === 'ready') ready();
    if (data.type === 'answer' && answers.has(data.id)) answers.get(data.id)(data.answer);
    else if (!['hello', 'progress', 'ready'].includes(data.type)) received.push(data);
  };
  const ask = (id, request) => new Promise((resolve) => {
    answers.set(id, resolve);
    port1.postMessage({ type: 'ask', id, request });
  });
  frame.contentWindow.postMessage('sparrow', edge, [port2]);
  port1.postMessage({ type: 'init', models: `${edge}/v1/` });
  port1.postMessage({ type: 'start' });
  await isReady;
  const list = async (id) => (await ask(id, { verb: 'recommend', k: 50 })).items.map((item) => item.id).join();
  const before = await list(1_000_001);
  for (let i = 0; i < half; i++) {
    port1.postMessage(message());
    window.postMessage(message(), '*');
    if (i % 500 === 0) await new Promise((resolve) => { setTimeout(resolve); });
  }
  const after = await list(1_000_002);
  return { received: received.length, changed: Number(before !== after), items: before.split(',').length };
}

// frameOf returns the frame's address from the widget's script.
async function frameOf(edge) {
  const script = await (await fetch(`${edge.origin}/v1/widget.js`)).text();
  return `${edge.origin}/${/"(frame\/[0-9a-f]{16})"/.exec(script)[1]}`;
}

export async function malformed(browser, edge) {
  const site = await host(null, { '/': { body: page(edge.origin, '<sparrow-similar item="50"></sparrow-similar>') } });
  const context = await browser.newContext();
  await context.addInitScript(record);
  const tab = await context.newPage();
  const exceptions = [];
  context.on('weberror', (event) => exceptions.push(String(event.error())));
  tab.on('console', (line) => line.type() === 'error' && exceptions.push(line.text()));
  await tab.goto(site.origin);
  const before = await until('the engine takes over', async () => {
    const [list] = await settled(tab);
    return list.mode === 'inline' && list;
  });
  const found = await tab.evaluate(flood, [edge.origin, await frameOf(edge), 7, count / 2, String(random)]);
  const [after] = await settled(tab);
  const changed = found.changed + Number(JSON.stringify(before) !== JSON.stringify(after));
  await context.close();
  site.stop();
  for (const line of exceptions) console.log(line);
  return [
    { name: 'malformed messages: state changes, or answers', bar: 0, measured: changed + found.received, runs: count },
    { name: 'malformed messages: exceptions', bar: 0, measured: exceptions.length, runs: count },
    { name: 'malformed messages: items that are answered all the same', bar: 50, measured: found.items, least: true, runs: 2 },
  ];
}
