// What is kept of a visitor, in every browser that BROWSERS names: a history that is noted and taken back, a taste,
// a list for two from a link, a child’s profile.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { begin, chosen } from '../browsers/all.mjs';
import { movies } from '../lib/pages.mjs';
import { serve } from '../lib/server.mjs';

// go opens a page of the app without loading the document again, and waits for something of it.
async function go(tab, path, wanted) {
  await tab.evaluate((to) => { goappNav(to); }, path);
  await tab.until((selector) => document.querySelector(selector), wanted);
}

const count = (tab, selector, wanted) => tab.until((all, number) => document.querySelectorAll(all).length === number, selector, wanted);
const fill = async (tab, selector, text) => {
  await tab.until((one) => document.querySelector(one), selector);
  await tab.click(selector);
  await tab.keys(text);
  await tab.click('h1'); // the field is left
};

for (const [name, browser] of chosen('chromium firefox')) {
  test(`a history, a taste and a child in ${name}`, async (t) => {
    const server = await serve(t);
    const { tab, version } = await begin(t, browser);
    t.diagnostic(version);
    await tab.visit(`${server.origin}/`);
    for (const id of [movies.alien, movies.heat]) {
      await go(tab, `/movie/${id}`, `.item-head[data-item="${id}"] .act-like`);
      await tab.click(`.item-head[data-item="${id}"] .act-like`);
      await tab.until((selector) => document.querySelector(selector).getAttribute('aria-pressed') === 'true', `.item-head[data-item="${id}"] .act-like`);
    }

    await go(tab, '/history', '.entry');
    await count(tab, '.entry', 2);
    await tab.click('.entry-edit');
    await fill(tab, `#note-${movies.heat}`, 'The diner');
    await tab.until(() => document.querySelector('.entry-note')?.innerText === 'The diner');
    await tab.click('#show-steps');
    await tab.until(() => document.querySelectorAll('.step').length === 3);
    await tab.click('.step button'); // the latest is taken back
    await count(tab, '.entry-note', 0);

    await go(tab, '/taste', 'h1');
    await tab.until(() => document.querySelector('h1').innerText === 'Your taste');
    await tab.visit(`${server.origin}/for-two#n=Ann&i=1&i=260&i=3114`);
    await tab.until(() => document.querySelectorAll('.two .ranked-list [data-item]').length >= 10 && /Ann/.test(document.querySelector('.two').innerText));

    await go(tab, '/profile', '#who-add');
    await tab.click('#who-add');
    await fill(tab, '#fresh-name', 'Mia');
    await tab.click('.who-form .chip');
    await tab.until(() => document.querySelector('.who-form .chip').getAttribute('aria-pressed') === 'true');
    await tab.click('#who-add-do');
    await tab.until(() => /Mia/.test(document.querySelector('.who-list').innerText) && document.querySelector('.who-button'));
    await tab.click('.who-button');
    await tab.evaluate(() => { document.documentElement.dataset.former = ''; }); // another person begins with a new document
    await tab.click('.who-menu button.who-one');
    await tab.until(() => !('former' in document.documentElement.dataset) && document.querySelector('.who-button')?.title === 'Mia');
    await tab.alive();
    await go(tab, '/browse', '.grid [data-item]');
    await tab.until(() => document.querySelectorAll('.grid .card').length >= 5);
    const harsh = await tab.evaluate(() => [...document.querySelectorAll('.card-meta')].filter((one) => /Horror|Thriller|Crime|War/.test(one.innerText)).length);
    assert.equal(harsh, 0);
    assert.deepEqual(await tab.problems(), []);
  });
}
