// The widget in its languages, in Chromium and Firefox: each says what its own script has and fetches no other's; Arabic runs
// from right to left. SHOTS=<folder> keeps a picture of each for review by eye (Chromium).
import assert from 'node:assert/strict';
import path from 'node:path';
import { after, test } from 'node:test';
import { chosen } from '../browsers/all.mjs';
import { every } from '../lib/every.mjs';
import { host, page } from '../lib/host.mjs';
import { Server } from '../lib/server.mjs';

const server = await new Server().start();
after(() => server.stop());
const codes = ['en', 'ar', 'de', 'es', 'fr', 'ja', 'pt', 'zh'];
const words = Object.fromEntries(await Promise.all(codes.map(async (code) => [code, await import(`../../../static/widget/words/${code}.js`)])));
const shots = process.env.SHOTS;

// ready runs in the page: whether the lists show cards of the engine.
const ready = () => { const all = [...document.querySelectorAll('sparrow-similar, sparrow-popular')]; return all.length > 0 && all.every((list) => list.items.length && list.shadowRoot.querySelector('.item .title')) && scrollY === 0; };
// uncaught leaves out that the server of this test has no lists made in advance, of which the console tells.
const uncaught = async (tab) => (await tab.problems()).filter((problem) => !/404|Not Found/.test(problem));
const similar = (attributes) => `<sparrow-similar item="50" link="/movie/{id}" ${attributes}></sparrow-similar>`;

for (const [name, Browser] of chosen('chromium firefox')) {
  const browser = await Browser.start();
  after(() => browser.close());

  // open shows markup on another site's page of a language.
  const open = async (t, lang, markup, { width = 1280, dir = '', head = '' } = {}) => {
    const site = await host(t, { '/': { body: page(server.origin, `<main>${markup}</main>`, { head }).replace('lang="en"', `lang="${lang}"${dir && ` dir="${dir}"`}`) } });
    const tab = await browser.open({ viewport: { width, height: 900 } });
    t.after(() => tab.close());
    await tab.goto(site.origin);
    await tab.until(ready);
    return tab;
  };

  for (const code of codes.filter((_, at) => every || (name === 'firefox') === (at % 2 === 1))) { // each in one browser, and as at night in both
    test(`${name}: ${code} says what it has, and fetches no other language`, async (t) => {
      for (const width of [390, 1280]) {
        const tab = await open(t, code === 'pt' ? 'pt-PT' : code, similar('') + similar('layout="list" limit="5"') + similar('layout="grid" limit="5"'), { width, dir: code === 'ar' ? 'rtl' : '' });
        if (shots && tab.page) await tab.page.screenshot({ path: path.join(shots, `${code}-${width}.png`), fullPage: true });
        const seen = await tab.evaluate(() => {
          const list = document.querySelector('sparrow-similar');
          const labels = [...list.shadowRoot.querySelectorAll('.steps button')].map((step) => step.ariaLabel);
          const meta = [...list.shadowRoot.querySelectorAll('.meta')].map(({ textContent }) => textContent);
          const scripts = performance.getEntriesByType('resource').map((entry) => /\.(..)\.js$/.exec(entry.name)?.[1]).filter(Boolean);
          return { heading: list.shadowRoot.querySelector('h2').textContent, labels, meta, scripts, wide: document.documentElement.scrollWidth - innerWidth };
        });
        const { around, why } = words[code];
        assert.equal(seen.heading, around.similar);
        assert.deepEqual(seen.labels, [around.previous, around.next]);
        const starts = Object.values(why).flatMap((text) => Object.values(typeof text === 'string' ? { text } : text)).map((text) => text.split('{')[0]);
        assert.ok(seen.meta.some((text) => starts.some((start) => start && text.startsWith(start))), seen.meta.join('\n'));
        assert.deepEqual([...new Set(seen.scripts)], code === 'en' ? [] : [code]);
        assert.ok(seen.wide <= 0, `${seen.wide}px stick out at ${width}px`);
        assert.deepEqual(await uncaught(tab), []);
      }
    });
  }

  test(`${name}: Arabic runs from right to left, its row and its keys too`, async (t) => {
    for (const [lang, dir, attributes] of [['ar', 'rtl', ''], ['en', '', 'lang="ar"']]) {
      const tab = await open(t, lang, similar(attributes) + similar(`${attributes} layout="list" limit="5"`), { width: 800, dir });
      const seen = await tab.evaluate(async () => {
        const root = document.querySelector('sparrow-similar').shadowRoot;
        const list = root.querySelector('.list');
        const cards = [...root.querySelectorAll('.card')];
        const box = (element) => element.getBoundingClientRect();
        const right = box(list).right - box(cards[0]).right;
        const order = box(cards[0]).left - box(cards[1]).left;
        const heading = box(root.querySelector('.head')).right - box(root.querySelector('h2')).right;
        cards[0].focus();
        const key = (name) => root.activeElement.dispatchEvent(new KeyboardEvent('keydown', { key: name, bubbles: true, cancelable: true, composed: true }));
        key('ArrowLeft');
        const left = cards.indexOf(root.activeElement);
        key('ArrowLeft');
        key('ArrowRight');
        const back = cards.indexOf(root.activeElement);
        key('Home');
        list.scrollTo({ left: 0, behavior: 'instant' });
        list.style.scrollBehavior = 'auto';
        const [previous, next] = root.querySelectorAll('.steps button');
        // The buttons follow the event of scrolling, which comes with a frame after it.
        const follow = async (disabled) => { for (let n = 0; n < 100 && previous.disabled !== disabled; n++) await new Promise((resolve) => { setTimeout(resolve, 20); }); };
        await follow(true);
        const before = [previous.disabled, next.disabled];
        next.click();
        await follow(false);
        const { scrollLeft } = list;
        const line = document.querySelector('[layout="list"]').shadowRoot;
        const cover = box(line.querySelector('.cover')).left - box(line.querySelector('.text')).left;
        const out = [...root.querySelectorAll('.card .title, .card .meta'), ...line.querySelectorAll('.card, .title, .meta')].filter((element) => {
          const inner = box(element);
          const outer = box(element.closest('.item'));
          return inner.left < outer.left - 5 || inner.right > outer.right + 5;
        }).length;
        return { right, order, heading, left, back, before, scrollLeft, ends: [previous.disabled, next.disabled], cover, out, wide: document.documentElement.scrollWidth - innerWidth, arrow: getComputedStyle(next).scale };
      });
      assert.ok(Math.abs(seen.right) < 6 && seen.order > 100 && Math.abs(seen.heading) < 2, `the row begins on the right: ${JSON.stringify(seen)}`);
      assert.deepEqual([seen.left, seen.back], [1, 1], 'the left key goes on, the right key back');
      assert.deepEqual([seen.before, seen.ends], [[true, false], [false, seen.ends[1]]]);
      assert.ok(seen.scrollLeft < -100, `next scrolls to the left: ${seen.scrollLeft}`);
      assert.ok(seen.cover > 0, 'in a list the cover stands on the right');
      assert.equal(seen.out, 0, 'texts stick out of their cards');
      assert.ok(seen.wide <= 0, `${seen.wide}px stick out of the page`);
      assert.equal(seen.arrow, '-1 1');
    }
  });

  test(`${name}: dir of the element has the last word, and another language is no other direction`, async (t) => {
    const tab = await open(t, 'en', similar('lang="ar" dir="ltr"') + similar('lang="de"') + similar('lang="nl"'));
    const seen = await tab.evaluate(() => [...document.querySelectorAll('sparrow-similar')].map((list) => [getComputedStyle(list.shadowRoot.querySelector('.base')).direction, list.shadowRoot.querySelector('h2').textContent]));
    assert.deepEqual(seen, [['ltr', words.ar.around.similar], ['ltr', words.de.around.similar], ['ltr', words.en.around.similar]]);
  });

  test(`${name}: language and words may change at any time, and an item's cards stay`, async (t) => {
    const tab = await open(t, 'en', similar('') + similar(`words='{"similar": "More films like it"}' lang="fr"`));
    const heading = (want) => tab.until((text) => document.querySelector('sparrow-similar').shadowRoot.querySelector('h2').textContent === text, want);
    assert.equal(await tab.evaluate(() => document.querySelectorAll('sparrow-similar')[1].shadowRoot.querySelector('h2').textContent), 'More films like it');
    await tab.evaluate(() => { document.querySelector('sparrow-similar').lang = 'ja'; });
    await heading(words.ja.around.similar);
    await tab.evaluate(() => { document.querySelector('sparrow-similar').words = { similar: '似た映画', 'same-people': 'みんな好き', 'same-tags': '札：{names}', 'same-run': '次', 'same-lists': '共' }; });
    await heading('似た映画');
    const meta = await tab.evaluate(() => [...document.querySelector('sparrow-similar').shadowRoot.querySelectorAll('.meta')].map(({ textContent }) => textContent).join('\n'));
    assert.match(meta, /^(みんな好き|札：「.*|次|共)$/m);
    await tab.evaluate(() => { document.querySelector('sparrow-similar').words = null; });
    await heading(words.ja.around.similar);
    await tab.evaluate(() => document.body.append(document.querySelector('sparrow-similar'))); // moved
    await tab.evaluate(() => document.documentElement.setAttribute('lang', 'de'));
    await tab.evaluate(() => { document.querySelector('sparrow-similar[lang]').removeAttribute('lang'); document.querySelectorAll('sparrow-similar').forEach((list) => list.removeAttribute('lang')); });
    await tab.until((text) => [...document.querySelectorAll('sparrow-similar')].some((list) => list.shadowRoot.querySelector('h2').textContent === text), words.de.around.similar);
    assert.deepEqual(await uncaught(tab), []);
  });
}
