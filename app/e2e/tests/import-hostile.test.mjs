// What a file says is text, also where no policy keeps scripts from running: 200 payloads in every format, in titles, ids, names of
// columns and names of files. And a file that comes from outside of the page waits for the visitor's yes.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { controlled, idle, visit, watch } from '../lib/browser.mjs';
import { every } from '../lib/every.mjs';
import { films } from '../lib/films.mjs';
import { histories } from '../lib/histories.mjs';
import { payloads } from '../lib/payloads.mjs';
import { stage } from '../lib/app.mjs';
import { zip } from '../lib/zip.mjs';

const { server, browser } = await stage();
const all = payloads();

const csv = (head, line) => [head, ...all.map(line)].map((fields) => fields.map((field) => `"${String(field).replaceAll('"', '""')}"`).join(',')).join('\n');
const files = {
  'ratings.csv': csv(['Date', 'Name', 'Year', 'Letterboxd URI', 'Rating'], (text) => ['2020-01-01', text, 1999, text, 4]),
  'imdb.csv': csv(['Const', 'Your Rating', 'Date Rated', 'Title', 'Original Title', 'Year', 'Directors'], (text, i) => [`tt${8000000 + i}`, 8, '2020-01-01', text, text, 1999, text]),
  'trakt.json': JSON.stringify(all.map((text) => ({ rated_at: '2020-01-01', rating: 8, type: text, movie: { title: text, year: text, ids: { imdb: text, slug: text } } }))),
  'douban.csv': csv(['标题', '个人评分', '打分日期', '我的短评', '上映日期'], (text) => [text, 4, '2020/01/01', text, text]),
  'douban.json': JSON.stringify({ interests: all.map((text) => ({ subject: { type: 'movie', title: text, original_title: text }, rating: { value: 4, max: 5 }, create_time: text, status: text, comment: text })) }),
  'movielens.csv': csv(['movieId', 'rating', 'timestamp'], (text) => [text.slice(0, 150), 4, 1]),
  'goodreads.csv': csv(['Title', 'Author', 'Exclusive Shelf', 'My Rating', 'ISBN', 'ISBN13', 'Additional Authors', 'Date Read', 'Date Added', 'My Review', 'Private Notes', 'Bookshelves'], (text) => [text, text, 'read', 4, text, text, text, text, text, text, text, text]),
  'table.csv': csv(['Title', 'Year', 'Rating'], (text) => [text, 1999, 4]),
  'sparrow.json': `{"format": "sparrow-profile-2", "items": ${JSON.stringify(all.map((text) => ({ item: text.slice(0, 150), action: 'like', at: 5 })))}}`,
  'unmatched.json': `{"format": "sparrow-profile-2", "items": ${JSON.stringify(all.map((text) => ({ item: `unmatched:1,2,3,4,${text.slice(0, 150)}`, action: 'like', at: 5 })))}}`,
  'archive.zip': zip(Object.fromEntries([['ratings.csv', csv(['Title', 'Rating'], (text) => [text, text])], ...all.map((text) => [`${text}.csv`, 'a,b\n'])])),
  'columns.csv': all.slice(0, 100).map((text) => `"${text.replaceAll('"', '""')}"`).join(','),
};

// One of each kind of file, and as at night all of them.
const tried = ['ratings.csv', 'trakt.json', 'unmatched.json', 'archive.zip', 'columns.csv'];
for (const [name, bytes] of Object.entries(files).filter(([one]) => every || tried.includes(one))) {
  test(`${name}: nothing of it runs`, async () => {
    const context = await browser.newContext({ bypassCSP: true });
    await watch(context, server.origin);
    const page = await visit(context, `${server.origin}/profile`);
    page.on('dialog', () => assert.fail('a dialog'));
    await page.locator('#import').setInputFiles({ name: `<img src=x onerror=globalThis.ran=9> ${name}`, mimeType: 'text/plain', buffer: Buffer.from(bytes) });
    await page.locator('.import', { hasText: /were read|are in|Nothing was changed/ }).waitFor({ timeout: 30e3 });
    await idle(page);
    for (const target of (await page.locator('.entry-link, .guess .button').all()).slice(0, 40)) await target.hover({ timeout: 500 }).catch(() => {});
    await page.waitForTimeout(300);
    assert.equal(await page.evaluate(() => globalThis.ran), undefined, 'payload that ran');
    assert.equal(await page.locator('.profile script, .profile iframe, .profile img[src="x"], .profile svg[onload], .profile [onerror], .profile base, .profile object').count(), 0, 'elements of a payload');
    const addresses = await page.locator('.profile a').evaluateAll((links) => links.map(({ href }) => href).filter((href) => !/^https?:/.test(href)));
    assert.deepEqual(addresses, []);
    await page.evaluate(() => goappNav('/history'));
    await page.locator('#show-steps').waitFor();
    await page.locator('#show-steps').click();
    for (let more = true; more;) {
      await idle(page);
      const line = page.locator('.entry-edit').first();
      if (await line.count()) await line.click();
      assert.equal(await page.locator('.history script, .history iframe, .history img[src="x"], .history svg[onload], .history [onerror], .history base, .history object').count(), 0, 'elements of a payload');
      const next = page.getByRole('button', { name: 'After', exact: true });
      more = await next.count() > 0 && await next.isEnabled();
      if (more) await next.click();
    }
    assert.equal(await page.evaluate(() => globalThis.ran), undefined, 'payload that ran in the history');
    await context.close();
  });
}

test('a file that is shared to the app waits for a yes, offline too', async () => {
  const context = await browser.newContext();
  const watched = await watch(context, server.origin);
  const page = await visit(context, server.origin);
  await controlled(page);
  await context.setOffline(true);
  const [zipped] = histories(films());
  await page.evaluate(([name, text]) => {
    const form = Object.assign(document.createElement('form'), { method: 'post', action: '/shared', enctype: 'multipart/form-data' });
    const input = Object.assign(document.createElement('input'), { type: 'file', name: 'file' });
    const held = new DataTransfer();
    held.items.add(new File([Uint8Array.from(atob(text), (c) => c.charCodeAt(0))], name));
    input.files = held.files;
    form.append(input);
    document.body.append(form);
    form.submit();
  }, [zipped.name, zipped.bytes.toString('base64')]);
  await page.waitForURL(/\/profile/);
  await page.getByText(`Bring in ${zipped.name}?`).waitFor();
  await idle(page);
  assert.equal(await page.locator('.entry').count(), 0, 'entries before a yes');
  assert.equal(new URL(page.url()).search, '', 'the address does not keep it');
  await page.getByRole('button', { name: 'Bring it in' }).click();
  await page.getByText(/entries of Letterboxd were read/).waitFor({ timeout: 30e3 });
  await page.reload();
  await page.locator('.entry').first().waitFor();
  assert.equal(await page.getByText(`Bring in ${zipped.name}?`).count(), 0, 'it is offered once');
  watched.seen?.splice(0); // a browser that is offline says so on its console
  await context.close();
});

test('the manifest opens and takes files', async () => {
  const context = await browser.newContext();
  const page = await visit(context, server.origin);
  const manifest = await page.evaluate(async () => (await fetch('/manifest.webmanifest')).json());
  assert.deepEqual(Object.values(manifest.file_handlers[0].accept).flat().sort(), ['.csv', '.json', '.zip']);
  assert.equal(manifest.share_target.action, '/shared');
  await context.close();
});
