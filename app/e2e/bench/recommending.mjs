// How long the site takes from a like to the next list, once it is there: a new like each time, since an
// engine remembers what it made of the last history. ASKS=<likes> (40), behind twenty.
import { median } from '../lib/figures.mjs';
import { idle, launch, visit, watch } from '../lib/browser.mjs';
import { forYou, like, movies } from '../lib/pages.mjs';
import { Server } from '../lib/server.mjs';

// watchLists runs in the page before its scripts and records of each list that is asked for without reasons
// when the like was that it follows, when it was asked, how long the engine took and when other items stood
// in its place: when the nodes of the page had changed, before they were painted.
function watchLists() {
  const lists = [];
  globalThis.lists = lists;
  const { postMessage } = Worker.prototype;
  Worker.prototype.postMessage = function (message, ...rest) {
    const text = message.request && new TextDecoder().decode(message.request);
    if (text?.includes('recommend') && !text.includes('alone')) {
      const one = { id: message.id, liked: globalThis.liked, asked: performance.now() };
      lists.push(one);
      this.addEventListener('message', ({ data }) => { if (data.type === 'answer' && data.id === one.id) one.ms = data.ms; });
    }
    postMessage.call(this, message, ...rest);
  };
  let shown = '';
  new MutationObserver(() => {
    const items = Array.from(document.querySelectorAll('.ranked-list [data-item]'), (item) => item.dataset.item).join();
    if (items === shown) return;
    shown = items;
    const last = lists.at(-1); // an answer may be drawn before its other listener has run
    if (last) last.drawn ??= performance.now();
  }).observe(document, { subtree: true, childList: true, attributes: true, attributeFilter: ['data-item'] });
}

// liking likes the first item of the list again and again and returns the lists, and the longest task of
// the page meanwhile, 0 where none is over 50 ms: shorter ones are not reported.
async function liking(server, asks) {
  const browser = await launch();
  try {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
    const watched = await watch(context, server.origin);
    await context.addInitScript(watchLists);
    const page = await visit(context, server.origin);
    for (const id of [movies.shining, movies.exorcist, movies.alien]) await like(page, id);
    await forYou(page);
    for (let more = 3; more < 20; more++) await next(page);
    await page.evaluate(() => {
      lists.length = 0;
      globalThis.longest = 0;
      new PerformanceObserver((all) => { for (const task of all.getEntries()) globalThis.longest = Math.max(globalThis.longest, task.duration); }).observe({ type: 'longtask' });
    });
    for (let count = 0; count < asks; count++) await next(page);
    watched.quiet();
    return await page.evaluate(() => ({ lists: lists.filter(({ ms, drawn }) => ms !== undefined && drawn), longest }));
  } finally {
    await browser.close();
  }
}

// next likes the first item of the list and waits until it is gone and all is drawn.
async function next(page) {
  const had = await page.evaluate(() => {
    const first = document.querySelector('.ranked-list [data-item]');
    globalThis.liked = performance.now();
    first.querySelector('.act-like').click(); // shown under the pointer
    return first.dataset.item;
  });
  await page.waitForFunction((id) => {
    const first = document.querySelector('.ranked-list [data-item]');
    return first && first.dataset.item !== id;
  }, had);
  await idle(page);
}

export async function measure(judge) {
  const asks = Number(process.env.ASKS ?? 40);
  const server = await new Server().start();
  try {
    const { lists, longest } = await liking(server, asks);
    if (lists.length < asks / 2) throw new Error(`${lists.length} lists were seen of ${asks}`);
    const runs = lists.length;
    judge.figure({ name: 'the site after a like, 20 likes and more: the list is answered, p50', bar: 3, measured: median(lists.map(({ ms }) => ms)), unit: 'ms', digits: 2, runs });
    judge.figure({ name: 'new like until the new list is in the page, from the click to the changed nodes, p50', bar: 20, measured: median(lists.map(({ liked, drawn }) => drawn - liked)), unit: 'ms', digits: 1, runs });
    judge.figure({ name: '… the same, p95', bar: 50, measured: lists.map(({ liked, drawn }) => drawn - liked).toSorted((a, b) => a - b)[Math.floor(0.95 * runs)], unit: 'ms', digits: 1, runs });
    judge.figure({ name: '… click until asked, p50', measured: median(lists.map(({ liked, asked }) => asked - liked)), unit: 'ms', digits: 2, runs });
    judge.figure({ name: '… asked until drawn, p50', measured: median(lists.map(({ asked, drawn }) => drawn - asked)), unit: 'ms', digits: 2, runs });
    judge.figure({ name: '… longest task of the page meanwhile, of those over 50 ms', bar: 50, measured: longest, unit: 'ms', runs });
  } finally {
    await server.stop();
  }
}
