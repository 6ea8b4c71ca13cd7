// A visit to two catalogs that are not films: a bookshop, and a music magazine without genres and
// years. Nothing on the way speaks of films, and another site has their rows.
import assert from 'node:assert/strict';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { complaints } from '../../lib/axe.mjs';
import { alive, launch, visit, watch } from '../../lib/browser.mjs';
import { exported, folder, native, run } from '../../lib/exported.mjs';
import { host, page } from '../../lib/host.mjs';
import { forYou, go, like, popular } from '../../lib/pages.mjs';
import { record, settled } from '../../lib/widget.mjs';

// Words that are said of films and of nothing else that is sold or played.
const cinematic = /\b(films?|movies?|cinemas?|watch(ed|es|ing)?|watchlist|viewers?|screenings?|actors?)\b|MovieLens|影片|电影|片名|片单|片库|影院|观众|观看|海报/i;

const catalogs = {
  books: {
    path: '/book',
    flags: ['--attributes', 'price:number,currency,stock:number,authors:list,publisher,format,language'],
    lists: (item) => `<sparrow-similar item="${item}" limit="4" filter="stock > 0" brand="authors" badge="format"></sparrow-similar>
      <sparrow-together item="${item}" limit="4"></sparrow-together>`,
    holds: ({ price, currency, genres }) => price > 0 && currency === 'EUR' && genres.length > 0,
  },
  music: {
    path: '/record',
    flags: [],
    lists: (item) => `<sparrow-similar item="${item}" limit="4"></sparrow-similar><sparrow-popular limit="4"></sparrow-popular>`,
    holds: ({ year, genres }) => !year && genres.length === 0,
  },
};

let browser;
before(async () => { browser = await launch(); });
after(async () => { await browser?.close(); });

for (const [name, catalog] of Object.entries(catalogs)) {
  test(`a visit to the ${name}`, async (t) => {
    const work = await folder(t);
    const bundles = path.join(work, 'bundles');
    run('./build', 'sample', name, '--out', work, '--items', '900', '--people', '400');
    run('./build', 'bundle', '--input', path.join(work, name), '--out', `${bundles}/`, '--ship', 'measured', '--epochs', '1', ...catalog.flags);
    const site = await host(t);
    const { origin } = await native(t, await exported(t, bundles), bundles, undefined, '--origin', `${site.origin}=localhost`);
    const context = await browser.newContext({ bypassCSP: true }); // axe is injected as a script
    t.after(() => context.close());
    const watched = await watch(context, origin);
    const tab = await visit(context, origin);

    const spoken = async (where) => {
      const text = await tab.evaluate(() => `${document.title} ${document.body.innerText}`);
      assert.doesNotMatch(text, cinematic, where);
      assert.deepEqual(await complaints(tab), [], where);
    };
    await spoken('home');
    const [first, second, third] = await popular(tab);
    await spoken('browse');
    for (const item of [first, second, third]) await like(tab, item, catalog.path);
    await tab.locator('.row [data-item]').first().waitFor();
    await spoken('an item');
    const title = await tab.locator('h1').innerText();
    await tab.locator('#search').fill(title);
    await tab.locator('#search').press('Enter');
    await tab.locator(`main [data-item="${third}"]`).first().waitFor();
    await spoken('search');
    const mine = await forYou(tab);
    assert.ok(mine.length >= 10 && ![first, second, third].some((item) => mine.includes(item)), `for you: ${mine}`);
    await spoken('for you');
    if (name === 'books') { // whoever wrote one of these is blocked
      await go(tab, `${catalog.path}/${mine[0]}`);
      await tab.locator('.blocks summary').click();
      const button = tab.locator('.blocks button', { hasText: /^authors: / }).first();
      const author = (await button.textContent()).replace('authors: ', '');
      await button.click();
      await tab.locator('.blocks button[aria-pressed="true"]').waitFor();
      await spoken('an item whose author is blocked');
      await go(tab, `/browse?is=${encodeURIComponent(`authors=${author}`)}`);
      await tab.locator('.grid [data-item]').first().waitFor();
      const theirs = await tab.locator('.grid [data-item]').evaluateAll((all) => all.map((one) => one.dataset.item));
      assert.ok(theirs.includes(mine[0]), 'whoever looks for the author finds everything');
      const left = await forYou(tab);
      assert.ok(left.length >= 10 && !left.some((item) => theirs.includes(item)), `${left} without ${theirs}`);
      assert.match(await tab.locator('.wished').textContent(), new RegExp(`nothing of ${author.replaceAll('.', '\\.')}`));
      await tab.getByRole('button', { name: `Show ${author} again` }).click();
      await tab.waitForFunction(() => !document.querySelector('.wished'));
      await go(tab, '/browse?price=abc..'); // by what a book costs, without a mouse
      await tab.getByText('left out: price=abc..').waitFor();
      await tab.locator('.ranges summary').press('Enter');
      const most = tab.getByLabel('price, to');
      await most.fill('12');
      await most.press('Enter');
      await tab.waitForURL('**/browse?price=..12');
      const taken = tab.getByRole('link', { name: 'Without the condition “price: up to €12”' });
      await taken.waitFor();
      await spoken('a range of prices');
      await taken.press('Enter');
      await tab.waitForURL('**/browse');
      await tab.locator('.said').waitFor({ state: 'detached' });
      assert.equal(await most.inputValue(), '', 'the field of a range that was taken away');
    }
    for (const other of ['/kept', '/profile', '/lab', '/zh/', '/zh/profile']) {
      await go(tab, other);
      await spoken(other);
    }
    await go(tab, `${catalog.path}/${first}`);
    await tab.reload();
    await alive(tab);
    assert.equal(await tab.locator('h1').count(), 1, 'the address of an item opens by itself');
    watched.quiet(/404 .*\/pictures\/(covers|sleeves)\//); // made-up catalogs have no pictures: covers are drawn in their place

    site.pages['/'] = { body: page(origin, catalog.lists(first)) };
    const shown = await browser.newContext();
    t.after(() => shown.close());
    await shown.addInitScript(record);
    const theirs = await shown.newPage();
    await theirs.goto(site.origin);
    for (const list of await settled(theirs)) assert.equal(list.items.length, 4, JSON.stringify(list));
    const items = await theirs.evaluate(() => [...document.querySelectorAll('[limit]')].flatMap((list) => list.items));
    assert.ok(items.every(catalog.holds), JSON.stringify(items[0]));
    assert.ok(!cinematic.test(await theirs.evaluate(() => [...document.querySelectorAll('[limit]')].map((list) => list.shadowRoot.textContent).join(' '))));
  });
}
