// An evening by the keyboard alone: from the first visit to the last erasure no mouse, no touch, and no focus that
// is put anywhere but by keys.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { stage } from '../lib/app.mjs';
import { idle, visit, watch } from '../lib/browser.mjs';

const { server, browser } = await stage();

// focused returns the accessible name of what has the focus.
const focused = (page) => page.evaluate(() => {
  const { activeElement: at } = document;
  const by = document.getElementById(at.getAttribute('aria-labelledby') ?? '');
  return (at.getAttribute('aria-label') ?? (by ?? at.labels?.[0] ?? at).textContent).trim();
});

// reach presses Tab until something of that name has the focus.
async function reach(page, name, key = 'Tab') {
  for (let presses = 0; presses < 250; presses++) {
    await page.keyboard.press(key);
    if (name.test(await focused(page))) return;
  }
  assert.fail(`${key} does not reach ${name} on ${page.url()}`);
}

const press = async (page, key = 'Enter') => { await page.keyboard.press(key); await idle(page); };
const use = async (page, name, key) => { await reach(page, name, key); await press(page); };
const heading = (page, text) => page.waitForFunction((wished) => document.querySelector('h1')?.innerText === wished, text);

// find opens an item by its title.
async function find(page, title) {
  await page.keyboard.press('/');
  await page.keyboard.type(title);
  await page.waitForFunction((wished) => document.querySelector('[role=option]')?.textContent.startsWith(wished), title);
  await idle(page); // the answer to the last letter
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await heading(page, title);
  await idle(page);
}

test('an evening by the keyboard alone', async () => {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, reducedMotion: 'reduce' });
  const watched = await watch(context, server.origin);
  const page = await visit(context, server.origin);
  const step = async (what, body) => { try { await body(); } catch (error) { error.message = `${what}: ${error.message}`; throw error; } };

  await step('items are found, liked, rated, refused and kept', async () => {
    await find(page, 'Toy Story');
    await use(page, /^Like/);
    assert.equal(await page.evaluate(() => document.activeElement.getAttribute('aria-pressed')), 'true');
    await find(page, 'Heat');
    await reach(page, /^Your rating/);
    await press(page, 'End');
    await find(page, 'Alien');
    await use(page, /^Keep/);
    await find(page, 'The Shining');
    await use(page, /^Not for me/);
  });
  await step('the list is tuned', async () => {
    await use(page, /^For you$/, 'Shift+Tab');
    await heading(page, 'For you');
    await page.locator('.ranked-list .card').first().waitFor();
    await reach(page, /^Variety/);
    await press(page, 'End');
    await use(page, /^Western/);
    assert.match(await page.locator('.wished').innerText(), /more Western/);
    await use(page, /^Reset/);
    assert.equal(await page.locator('.wished').count(), 0);
    await use(page, /^Surprise me/);
    await page.locator('.ranked-list .card').first().waitFor();
  });
  await step('the history is read, dated, noted and taken back', async () => {
    await use(page, /^Profile$/);
    await heading(page, 'Profile');
    await use(page, /^All 4: /);
    await heading(page, 'What you said');
    await use(page, /^Change what you said of Heat/);
    await reach(page, /^(Date|Day)/);
    await page.keyboard.type('02031996');
    await reach(page, /^Your note/);
    await page.keyboard.type('The diner');
    await page.keyboard.press('Tab');
    await idle(page);
    assert.equal(await page.locator('.entry-note').innerText(), 'The diner');
    assert.ok((await page.locator('.entry-day').allInnerTexts()).includes('1996-02-03'));
    await use(page, /^Show the steps/);
    await use(page, /^Back to before this/); // the step before the latest: neither day nor note
    assert.equal(await page.locator('.entry-note').count(), 0);
    await use(page, /^Forget Toy Story/);
    assert.equal(await page.locator('.entry').count(), 3);
  });
  await step('what somebody likes is sent', async () => {
    await use(page, /^For you$/, 'Shift+Tab');
    await use(page, /^For two$/);
    await heading(page, 'For two');
    await use(page, /^Invite by a link/);
    await reach(page, /name/i);
    await page.keyboard.type('Ann');
    await page.locator('.qr path').waitFor({ state: 'attached' });
  });
  await step('the programme is narrowed', async () => {
    await use(page, /^Browse$/, 'Shift+Tab');
    await use(page, /^Horror/);
    await heading(page, 'Horror');
    await reach(page, /^Decade/);
    await page.keyboard.press('1');
    await idle(page);
    assert.match(page.url(), /decade/);
  });
  await step('a history is brought, and everything is erased', async () => {
    await use(page, /^Profile$/, 'Shift+Tab');
    await reach(page, /^Bring your history/);
    const field = page.locator('#import:focus'); // whose dialog is the system's
    await field.setInputFiles({ name: 'ratings.csv', mimeType: 'text/csv', buffer: Buffer.from('Date,Name,Year,Letterboxd URI,Rating\n2020-01-02,Casino,1995,https://boxd.it/1,4.5\n') });
    await page.locator('.import', { hasText: /are in/ }).waitFor();
    await idle(page);
    assert.equal(await page.locator('.entry').count(), 4);
    await use(page, /^Erase everything/);
    await use(page, /^Erase it/);
    assert.equal(await page.locator('.entry').count(), 0);
  });
  watched.quiet();
  await context.close();
});
