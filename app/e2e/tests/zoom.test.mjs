// For those who need large letters: text at 200 % never makes a page scroll
// sideways, and at 400 % zoom what stays on the screen leaves room for the page.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { idle, launch, options, visit, watch } from '../lib/browser.mjs';
import { every } from '../lib/every.mjs';
import { go, like, movies } from '../lib/pages.mjs';
import { Server } from '../lib/server.mjs';

const server = await new Server().start();
after(() => server.stop());

const own = ['/', '/genre/Drama', `/movie/${movies.heat}`, '/browse?sort=new&decade=1990', '/for-you', '/kept', '/profile', '/search?q=heat', '/no/such/page', `/lab?item=${movies.heat}`];
const all = own.flatMap((path) => [path, `/zh${path}`]);

// pathsOf returns the addresses that are tried on the nth screen: each page in one language, on the next screen in the
// other; as at night, in both.
const pathsOf = (n) => all.filter((_, at) => every || (at + (at >> 1) + n) % 2 === 0);

// sideways returns what makes the page wider than the screen or a link of the
// app bar wider than its place, or null.
const sideways = () => {
  const crowded = [...document.querySelectorAll('.place')].filter((one) => one.scrollWidth > one.clientWidth);
  if (crowded.length) return `no room for ${crowded.map((one) => one.innerText)}`;
  if (document.documentElement.scrollWidth <= innerWidth) return null;
  const out = [...document.body.querySelectorAll('*')].filter((one) => one.getBoundingClientRect().right > innerWidth + 1 && !one.closest('.track, .chips-scroll, .lab-ways, .lab-table'));
  return `${document.documentElement.scrollWidth}px: ${out.slice(0, 6).map((one) => `${one.tagName}.${one.className}`).join(' ')}`;
};

// staying returns how much of the screen's height is covered by what does not
// scroll with the page.
const staying = () => {
  scrollTo(0, document.documentElement.scrollHeight / 2);
  const heights = [...document.body.querySelectorAll('*')].filter((one) => /fixed|sticky/.test(getComputedStyle(one).position) && !one.matches('.toasts, .skip')).map((one) => one.getBoundingClientRect())
    .map(({ top, bottom, width }) => (width ? Math.max(0, Math.min(bottom, innerHeight) - Math.max(top, 0)) : 0));
  return heights.reduce((sum, height) => sum + height, 0) / innerHeight;
};

for (const [n, [what, viewport]] of [['a phone', { width: 360, height: 740 }], ['a desktop', { width: 1280, height: 900 }]].entries()) {
  test(`text at 200 % scrolls no page sideways on ${what}`, async (t) => {
    const browser = await launch({ args: [...options.args, '--blink-settings=defaultFontSize=32'] }); // the browser's own setting
    t.after(() => browser.close());
    const context = await browser.newContext({ viewport });
    await watch(context, server.origin);
    const page = await visit(context, server.origin);
    assert.equal(await page.evaluate(() => getComputedStyle(document.documentElement).fontSize), '32px');
    await like(page, movies.alien);
    const wide = [];
    for (const path of pathsOf(n)) {
      await go(page, path);
      const found = await page.evaluate(sideways);
      if (found) wide.push(`${path} ${found}`);
      if (process.env.SHOTS) for (const colorScheme of ['light', 'dark']) {
        await page.emulateMedia({ colorScheme });
        await page.screenshot({ path: `${process.env.SHOTS}/text200-${viewport.width}-${colorScheme}${path.replaceAll(/\W+/g, '-')}.png` });
      }
    }
    assert.deepEqual(wide, []);
  });
}

test('at 400 % zoom no bar takes room from the page', async (t) => {
  const browser = await launch();
  t.after(() => browser.close());
  for (const [n, viewport] of [{ width: 320, height: 256 }, { width: 480, height: 240 }, { width: 360, height: 225 }].entries()) {
    const context = await browser.newContext({ viewport, deviceScaleFactor: 4 }); // of 1280 × 1024, 1920 × 960, 1440 × 900
    await watch(context, server.origin);
    const page = await visit(context, server.origin);
    const full = [];
    for (const path of pathsOf(n)) {
      await go(page, path);
      const part = await page.evaluate(staying);
      const wide = await page.evaluate(sideways);
      if (part > 0.15 || wide) full.push(`${path}: ${Math.round(100 * part)} % ${wide ?? ''}`);
      if (process.env.SHOTS) for (const y of [0, 600]) {
        await page.evaluate((to) => scrollTo(0, to), y);
        await page.screenshot({ path: `${process.env.SHOTS}/zoom400-${viewport.width}-${y}${path.replaceAll(/\W+/g, '-')}.png` });
      }
    }
    assert.deepEqual(full, [], JSON.stringify(viewport));
    await context.close();
  }
});

test('on a phone held upright both bars stay', async (t) => {
  const browser = await launch();
  t.after(() => browser.close());
  const page = await visit(await browser.newContext({ viewport: { width: 360, height: 640 } }).then(async (context) => (await watch(context, server.origin), context)), server.origin);
  await idle(page);
  assert.ok(await page.evaluate(staying) > 0.15);
});
