// The page on which a site's owner tries the widget: the preview shows what
// they copy, and what they copy works on another site under the policy that the
// page names.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { complaintsIn } from '../lib/axe.mjs';
import { controlled, visit, watch } from '../lib/browser.mjs';
import { host } from '../lib/host.mjs';
import { stage } from '../lib/app.mjs';
import { lists } from '../lib/lists.mjs';

const { server, browser } = await stage();
server.site = await lists();

// open opens the demo page in a context of its own and waits for its list.
async function open(t, address = '/demo/?lang=en', options = {}) {
  const context = await browser.newContext(options);
  t.after(() => context.close());
  const watched = await watch(context, server.origin);
  const page = await context.newPage();
  await page.goto(server.origin + address);
  await filled(page);
  return { context, page, watched };
}

// filled waits until the list in the preview matches a selector and shows this
// number of cards.
const filled = (page, selector = '*', count = 0) => page.waitForFunction(([wanted, least]) => {
  const { firstElementChild: list } = document.querySelector('#place');
  return list?.matches(wanted) && (least ? list.items.length === least : list.items.length > 0);
}, [selector, count]);

// measured returns the shape of the first cover. The list may be drawn again at
// any moment, so it is found and measured in one step of the page: a cover that
// was found a step before may no longer be in the document.
const measured = async (page) => (await page.waitForFunction(() => {
  const one = document.querySelector('#place').firstElementChild?.shadowRoot.querySelector('.cover');
  return one && { shape: one.clientWidth / one.clientHeight, radius: getComputedStyle(one).borderRadius };
})).jsonValue();
const snippet = (page) => page.locator('#snippet').innerText();

// personal requests the list again for this visitor, and waits until it reports
// that it is ready.
async function personal(page) {
  const entries = page.locator('#log li', { hasText: 'sparrow:ready' });
  const before = await entries.count();
  await page.locator('[name=personal]').check();
  await entries.nth(before).waitFor({ state: 'attached' });
}

test('a list appears, and nothing on the page breaks its policy', async (t) => {
  const { page, watched } = await open(t);
  const titles = await page.locator('#place .title').allInnerTexts();
  assert.equal(titles.length, 10);
  const chosen = await page.locator('[name=chosen]').inputValue();
  assert.equal(await snippet(page), `<script type="module" src="${server.origin}/v1/widget.js"></script>\n<sparrow-similar item="${chosen}" link="/movie/{id}"></sparrow-similar>`);
  await page.locator('#place').scrollIntoViewIfNeeded();
  await page.locator('#log li', { hasText: 'position: 1,' }).waitFor();
  assert.match(await page.locator('#log').innerText(), /sparrow:impression .*position: 1,[^]*sparrow:ready .*mode: inline/);
  watched.quiet();
});

test('every knob changes the preview and what is copied', async (t) => {
  const { page, watched } = await open(t);
  const pick = (name, value) => page.locator(`[name=${name}][value="${value}"]`).check({ force: true });
  const turn = (name, value) => page.locator(`[name=${name}]`).evaluate((one, to) => {
    one.value = to;
    one.dispatchEvent(new Event('input', { bubbles: true }));
  }, value);
  await pick('kind', 'popular');
  await filled(page, 'sparrow-popular');
  assert.doesNotMatch(await snippet(page), /item=/);
  await turn('limit', '4');
  await filled(page, '*', 4);
  await pick('layout', 'grid');
  await pick('theme', 'dark');
  await pick('lang', 'zh');
  await turn('heading', 'Say "hello" & more');
  await turn('width', '200');
  await turn('radius', '0');
  await turn('ratio', '16 / 9');
  await turn('accent', '#336699');
  await turn('link', '/m/{id}-{title}');
  await page.locator('[name=personal]').check();
  assert.equal(await snippet(page), [`<script type="module" src="${server.origin}/v1/widget.js"></script>`,
    '<style>\nsparrow-popular {\n  --sparrow-accent: #336699;\n  --sparrow-card-width: 200px;\n  --sparrow-radius: 0px;\n  --sparrow-ratio: 16 / 9;\n}\n</style>',
    '<sparrow-popular limit="4" heading="Say &quot;hello&quot; &amp; more" lang="zh" layout="grid" theme="dark" link="/m/{id}-{title}" personal></sparrow-popular>'].join('\n'));
  await page.locator('#place .heading', { hasText: 'Say "hello" & more' }).waitFor();
  const cover = await measured(page);
  assert.ok(Math.abs(cover.shape - 16 / 9) < 0.05, `a cover of ${cover.shape}`);
  assert.equal(cover.radius, '0px');
  await pick('mode', 'frame');
  await page.waitForFunction(() => /in a frame/.test(document.querySelector('#state').textContent));
  assert.match(await snippet(page), / mode="frame"/);
  await page.locator('[name=reserve]').check();
  const [height, text] = await page.evaluate(() => [document.querySelector('#place sparrow-popular').offsetHeight, document.querySelector('#snippet').innerText]);
  assert.match(text, new RegExp(`display: block;\n  min-height: ${height}px;`));
  await page.locator('[type=reset]').click();
  await filled(page, 'sparrow-similar:not([heading])');
  assert.doesNotMatch(await snippet(page), /style|layout|heading/);
  watched.quiet();
});

test('choosing a card stays on the page, and is learned from where that is wanted', async (t) => {
  const { page, watched } = await open(t);
  await page.locator('#place .card').first().click();
  await page.locator('#log li', { hasText: 'sparrow:select' }).waitFor();
  assert.equal(new URL(page.url()).pathname, '/demo/');
  await page.locator('[name=kind][value=recommend]').check({ force: true });
  await filled(page, 'sparrow-recommend');
  await personal(page); // a card that is drawn again under the pointer is not chosen
  const because = page.locator('#place .meta', { hasText: 'Because you liked' }).first();
  await page.locator('#place .card').first().click();
  await because.waitFor();
  await page.locator('#forget').click();
  await because.waitFor({ state: 'detached' });
  watched.quiet();
});

test('Copy copies, the pinned script too', async (t) => {
  const { context, page } = await open(t);
  await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: server.origin });
  const copied = async (name) => { // the button shows it for two seconds, and may still show it from the last time
    const button = page.locator(`[data-copy=${name}]`);
    await button.evaluate((one) => {
      globalThis.copied = new Promise((resolve) => {
        new MutationObserver(() => one.textContent === 'Copied' && resolve(navigator.clipboard.readText())).observe(one, { childList: true });
      });
    });
    await button.click();
    return page.evaluate(() => globalThis.copied);
  };
  assert.equal(await copied('snippet'), await snippet(page));
  await page.locator('[name=script][value=pinned]').check({ force: true });
  const text = await copied('snippet');
  assert.match(text, /src="http[^"]*\/a\/[0-9a-f]{16}\.widget\.js" integrity="sha384-[^"]{64}" crossorigin>/);
  assert.equal(await copied('policy-inline'), `script-src ${server.origin} 'wasm-unsafe-eval'; worker-src blob:; connect-src 'self' ${server.origin}`);

  for (const [way, id] of [['inline', 'policy-inline'], ['frame', 'policy-frame']]) {
    const policy = await page.locator(`#${id}`).innerText();
    const theirs = await host(t, { '/': { body: `<!doctype html><html lang="en"><title>A host</title>${text}`, headers: { 'Content-Security-Policy': `default-src 'none'; ${policy}` } } });
    const visitor = await browser.newContext();
    const seen = [];
    visitor.on('console', (message) => message.type() === 'error' && !/favicon/.test(message.location().url) && seen.push(message.text()));
    const pasted = await visitor.newPage();
    await pasted.addInitScript(() => addEventListener('sparrow:ready', ({ detail }) => { globalThis.mode = detail.mode; }));
    await pasted.goto(theirs.origin);
    await pasted.waitForFunction((wanted) => globalThis.mode === wanted, way); // after a list made in advance, where the engine may take over
    assert.deepEqual(seen, [], policy);
    await visitor.close();
  }
});

test('the page speaks Chinese when asked, or when the browser does', async (t) => {
  const { page, watched } = await open(t, '/demo/', { locale: 'zh-CN' });
  assert.equal(await page.locator('html').getAttribute('lang'), 'zh-Hans');
  assert.match(await page.locator('#place .heading').innerText(), /更多类似/);
  const left = await page.evaluate(() => [...document.querySelectorAll('[data-word]')].filter((one) => !one.textContent).map((one) => one.dataset.word));
  assert.deepEqual(left, [], 'words that are missing');
  await page.locator('#other').click();
  await filled(page);
  assert.equal(await page.locator('html').getAttribute('lang'), 'en');
  assert.match(page.url(), /\?lang=en$/);
  assert.match(await page.locator('#place .heading').innerText(), /More like this/);
  watched.quiet();
});

test('axe finds nothing, in either language, in light and dark, on a phone and a desk; nothing sticks out', async (t) => {
  const found = [];
  for (const lang of ['en', 'zh']) {
    const { page } = await open(t, `/demo/?lang=${lang}`, { reducedMotion: 'reduce', bypassCSP: true });
    await personal(page);
    found.push(...await complaintsIn(page, [[320, 'light'], [390, 'dark'], [1440, 'light'], [1440, 'dark']], async (width, theme) => {
      await page.locator(`[name=stage][value=${theme === 'light' ? 'dark' : 'light'}]`).check({ force: true });
      if (await page.evaluate(() => document.documentElement.scrollWidth > innerWidth)) found.push(`${lang} ${width}px: wider than the view`);
    }));
  }
  assert.deepEqual(found, []);
});

test('a visitor of the app gets the demo page from the network, with and without its slash', async (t) => {
  const context = await browser.newContext();
  t.after(() => context.close());
  const page = await visit(context, server.origin);
  await controlled(page);
  await page.goto(`${server.origin}/demo/`);
  await filled(page);
  assert.equal(await page.evaluate(() => navigator.serviceWorker.controller?.state), 'activated');
  server.site = async (name) => (name === '/demo.html' ? (await server.read('/demo/')).body : null); // as hosts answer that redirect
  t.after(() => { server.site = null; });
  await page.goto(`${server.origin}/demo`);
  await filled(page);
});
