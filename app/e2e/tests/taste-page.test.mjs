// The page of the visitor's taste: what is lacking is said, what is said comes from the history, and a picture of
// it shows nothing else.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { complaintsIn } from '../lib/axe.mjs';
import { idle, visit, watch } from '../lib/browser.mjs';
import { go, like, movies } from '../lib/pages.mjs';
import { stage } from '../lib/app.mjs';

const { server, browser } = await stage();

const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

// Ratings of three years: Toy Story, Aladdin, The Lion King, Beauty and the Beast; The Shining, The Exorcist, Carrie, Alien; and others.
const rated = [[1, 5, 2022], [588, 4.5, 2022], [364, 5, 2022], [595, 4, 2022], [1258, 4, 2023], [1997, 4.5, 2023], [1345, 4, 2023], [1214, 5, 2023],
  [356, 2, 2024], [296, 5, 2024], [318, 4.5, 2024], [593, 4, 2024], [480, 3, 2024], [110, 2.5, 2024]];
const history = `itemId,rating,timestamp\n${rated.map(([id, stars, year]) => `${id},${stars},${Date.UTC(year, 5, 15) / 1000}`).join('\n')}\n`;

async function visitor(options, body) {
  const context = await browser.newContext({ reducedMotion: 'reduce', bypassCSP: true, ...options }); // axe is injected as a script
  const watched = await watch(context, server.origin);
  await context.addInitScript(() => {
    globalThis.drawn = [];
    const { fillText } = CanvasRenderingContext2D.prototype;
    CanvasRenderingContext2D.prototype.fillText = function (text, ...rest) {
      drawn.push(text);
      return fillText.call(this, text, ...rest);
    };
  });
  await body(await visit(context, server.origin));
  watched.quiet();
  await context.close();
}

async function bring(page) {
  await go(page, '/profile');
  await page.locator('#import').setInputFiles({ name: 'ratings.csv', mimeType: 'text/csv', buffer: Buffer.from(history) });
  await page.locator('.entry').first().waitFor();
  await idle(page);
}

const parts = (page) => page.locator('.taste .panel').allInnerTexts();

for (const [name, options] of [['a desktop', {}], ['a phone', phone]]) {
  test(`on ${name} a newcomer is told what is lacking, and who brings ratings is told of their taste`, () => visitor(options, async (page) => {
    await go(page, '/taste');
    await page.locator('.taste .panel').first().waitFor();
    assert.equal((await parts(page)).filter((text) => /This takes/.test(text)).length, 5);
    assert.equal(await page.locator('.taste button').count(), 0, 'a picture of nothing');

    await bring(page);
    await page.getByRole('link', { name: 'More about your taste' }).focus();
    await page.keyboard.press('Enter');
    await page.waitForURL('**/taste');
    await idle(page);
    const all = (await parts(page)).join('\n');
    assert.doesNotMatch(all, /This takes/);
    assert.match(all, /Films of the 1990s · 7[^]*Horror of the 1970s, mostly · 4/);
    assert.match(all, /among the best known [\d.]+\s%/);
    assert.match(all, /14 films that you liked, rated or seen, from 2022 to 2024/);
    assert.match(all, /Over 14 films, you give/);
    assert.match(all, /your newest 14 ratings/);
    assert.equal(await page.locator('.taste-guess').count(), 5);
    for (const text of await page.locator('.taste-guess span').allInnerTexts()) assert.match(text, /^\s?★\s[0-5]\.\d\s±\s\d\.\d$/);
    assert.match(await page.locator('.band', { hasText: 'Horror' }).locator('[role=img]').getAttribute('aria-label'), /^2022 0 %, 2023 100 %, 2024 \d+ %$/);
    assert.deepEqual(await complaintsIn(page, [[360, 'light'], [360, 'dark'], [1440, 'light'], [1440, 'dark']]), []);
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), 'the page scrolls sideways');
    await go(page, '/zh/taste');
    await page.locator('.taste-guess >> nth=0').waitFor();
    assert.match((await parts(page)).join('\n'), /1990 年代的影片 · 7[^]*最知名的 [\d.]+\s%[^]*14 部/);
    assert.deepEqual(await complaintsIn(page, [[360, 'light'], [1440, 'dark']]), []);
  }));
}

for (const path of ['/taste', '/zh/taste']) {
  test(`a picture of ${path} has nothing that the page does not show`, () => visitor({}, async (page) => {
    await bring(page);
    await go(page, path);
    const saved = page.waitForEvent('download');
    await page.locator('.taste .panel button').click();
    const file = await saved;
    assert.equal(file.suggestedFilename(), 'your-taste.png');
    const bytes = await readFile(await file.path());
    assert.deepEqual([...bytes.subarray(0, 8)], [0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10]);
    assert.equal(bytes.readUInt32BE(16), 1080, 'width');
    const corner = await page.evaluate(async (base64) => {
      const bitmap = await createImageBitmap(await (await fetch(`data:image/png;base64,${base64}`)).blob());
      const context = new OffscreenCanvas(1, 1).getContext('2d');
      context.drawImage(bitmap, 0, 0);
      return [...context.getImageData(0, 0, 1, 1).data];
    }, bytes.toString('base64'));
    assert.equal(corner[3], 255, 'the picture has a ground');
    const [drawn, shown] = await page.evaluate(() => [globalThis.drawn, document.querySelector('main').innerText.replaceAll(/\s+/g, '')]);
    assert.ok(drawn.length > 20, `${drawn.length} lines`);
    for (const line of drawn) assert.ok(shown.includes(line.replaceAll(/\s+/g, '')), `the page does not show “${line}”`);
  }));
}

test('on a phone the picture goes to the sheet of the system, and to no other place', () => visitor(phone, async (page) => {
  await page.evaluate(() => {
    globalThis.shared = [];
    navigator.canShare = () => true;
    navigator.share = async ({ files, title }) => { shared.push([title, files[0].name, files[0].type]); };
  });
  await like(page, movies.alien);
  await go(page, '/taste');
  await page.getByRole('button', { name: 'Make a picture' }).click();
  await page.waitForFunction(() => shared.length > 0);
  assert.deepEqual(await page.evaluate(() => shared), [['Your taste', 'your-taste.png', 'image/png']]);
}));

test('a page opened later is of the same history', () => visitor({}, async (page) => {
  await bring(page);
  await go(page, '/taste');
  const before = await parts(page);
  await page.reload();
  await page.locator('.taste-guess >> nth=0').waitFor();
  assert.deepEqual(await parts(page), before);
}));
