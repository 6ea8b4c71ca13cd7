// Others change the page: a browser's translation its texts, an extension what
// is in body. The app draws what it means to draw all the same.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { chosen } from '../browsers/all.mjs';
import { movies } from '../lib/pages.mjs';
import { serve } from '../lib/server.mjs';

// translate does to every text what the translation of Chromium does, in one
// step or in two, and marks it.
function translate(how) {
  const texts = [];
  for (const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT); walker.nextNode();) texts.push(walker.currentNode);
  for (const text of texts) {
    if (!text.data.trim() || text.parentElement.closest('script, style, font')) continue;
    const font = document.createElement('font');
    font.append(document.createElement('font'));
    font.firstChild.textContent = `«${text.data}»`;
    if (how === 'replaced') text.replaceWith(font);
    else if (how === 'inserted, removed') {
      text.before(font);
      text.remove();
    } else {
      const { parentNode, nextSibling } = text;
      text.remove();
      parentNode.insertBefore(font, nextSibling);
    }
  }
}

// read returns the text of the page, without the marks and without times, which
// differ. It waits until that is the same in five turns.
async function read(tab) {
  let last;
  let calm = 0;
  await tab.until(() => !document.querySelector('.row-blank, .ghosts'));
  while (calm < 5) {
    const text = await tab.evaluate(async () => {
      await new Promise((resolve) => { requestAnimationFrame(() => setTimeout(resolve, 20)); });
      return document.querySelector('.frame').innerText.replaceAll(/[«»]/g, '').replaceAll(/[\d.]+ ms/g, 'n ms').replaceAll(/\s+/g, ' ');
    });
    calm = text === last ? calm + 1 : 0;
    last = text;
  }
  return last;
}

const go = (tab, path) => tab.evaluate((to) => { goappNav(to); }, path);

const journey = [`/movie/${movies.shining}`, '/browse', '/for-you', `/movie/${movies.alien}`, '/profile', '/lab', '/search?q=zzzz', '/search?q=heat', `/zh/movie/${movies.heat}`, '/zh/kept', '/'];

for (const [name, Browser] of chosen('chromium')) {
  let browser;
  before(async () => { browser = await Browser.start(); });
  after(() => browser?.close());

  test(`a translated page shows what the page it is on says, in ${name}`, async (t) => {
    const server = await serve(t);
    const wanted = new Map();
    let tab = await browser.open();
    await tab.visit(`${server.origin}/movie/${movies.heat}`);
    await read(tab);
    for (const path of journey) {
      await go(tab, path);
      wanted.set(path, await read(tab));
    }
    await tab.close();
    for (const how of ['replaced', 'inserted, removed', 'removed, inserted']) {
      tab = await browser.open();
      await tab.visit(`${server.origin}/movie/${movies.heat}`);
      await read(tab);
      for (const path of journey) {
        await tab.evaluate(translate, how);
        await go(tab, path);
        assert.equal(await read(tab), wanted.get(path), `${how}: ${path}`);
      }
      assert.equal(await tab.evaluate(() => document.documentElement.dataset.app), 'alive');
      assert.deepEqual(await tab.problems(), []);
      await tab.close();
    }
  });

  test(`what is pressed on a translated page shows its answer, in ${name}`, async (t) => {
    const server = await serve(t);
    const tab = await browser.open();
    t.after(() => tab.close());
    await tab.visit(`${server.origin}/movie/${movies.heat}`);
    await read(tab);
    await tab.evaluate(translate, 'replaced');
    await tab.click('.item-head .act-like');
    await tab.until(() => /You like Heat/.test(document.querySelector('.toast')?.innerText));
    await tab.evaluate(translate, 'replaced');
    await tab.click('.item-head .act-watch');
    await tab.until(() => /watchlist/i.test(document.querySelector('.toast')?.innerText));
    assert.deepEqual(await tab.problems(), []);
  });

  for (const [where, put] of [['before the app', (page) => page.replace('<body>', '<body><div id="foreign">An extension</div>')],
    ['after the app', (page) => page.replace('</body>', '<div id="foreign">An extension</div></body>')],
    ['before and after it, text and all', (page) => page.replace('<body>', '<body>Text <span>and</span> <div id="foreign">more</div>').replace('</body>', '<div>Last</div></body>')]]) {
    test(`what an extension puts ${where} leaves one page, in ${name}`, async (t) => {
      const server = await extended(t, put);
      const tab = await browser.open();
      t.after(() => tab.close());
      for (const path of ['/', '/zh/', `/movie/${movies.heat}`]) {
        await tab.visit(server.origin + path);
        await read(tab);
        const count = () => ['.frame', 'h1', '#items', '#search', '#foreign'].map((one) => document.querySelectorAll(one).length);
        assert.deepEqual(await tab.evaluate(count), [1, 1, 1, 1, 1], path);
        await go(tab, `/movie/${movies.shining}`);
        await tab.until(() => /Shining/.test(document.querySelector('h1').innerText));
        assert.deepEqual(await tab.evaluate(count), [1, 1, 1, 1, 1], path);
      }
      assert.deepEqual((await tab.problems()).filter((line) => !absent.test(line)), []);
    });
  }
}

// The console's word on a service worker that does not come.
const absent = /script|sw\.js|service worker/i;

// extended serves the site with other pages. The service worker, which would
// bring the right ones, does not come.
async function extended(t, put) {
  const server = await serve(t);
  server.fault = (path) => (path === '/sw.js' ? { status: 404 } : null);
  server.site = async (name) => (name.endsWith('.html') ? Buffer.from(put(String((await server.read(name)).body))) : null);
  return server;
}
