// A history of another site comes in in every browser that BROWSERS names, from a packed archive and by numbers.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { chosen } from '../browsers/all.mjs';
import { films } from '../lib/films.mjs';
import { histories } from '../lib/histories.mjs';
import { serve } from '../lib/server.mjs';

const fixtures = histories(films(), 300);

for (const [name, browser] of chosen('chromium firefox')) {
  test(`a history comes in in ${name}`, async (t) => {
    const server = await serve(t);
    const launched = await browser.start();
    t.after(() => launched.close());
    const tab = await launched.open();
    for (const wanted of ['letterboxd-export.zip', 'WATCHLIST.csv']) {
      const { bytes } = fixtures.find((one) => one.name === wanted);
      await tab.visit(`${server.origin}/profile`);
      await tab.until(() => document.documentElement.dataset.engine === 'ready' && document.getElementById('import'));
      await tab.evaluate((file, text) => {
        const held = new DataTransfer();
        held.items.add(new File([Uint8Array.from(atob(text), (c) => c.charCodeAt(0))], file));
        const input = document.getElementById('import');
        input.files = held.files;
        input.dispatchEvent(new Event('change', { bubbles: true }));
      }, wanted, bytes.toString('base64'));
      await tab.until(() => /were read/.test(document.querySelector('.import').textContent));
      const said = await tab.evaluate(() => document.querySelector('.import').textContent);
      const films = Number(said.match(/(\d+) films are in/)?.[1]);
      assert.ok(films >= 270, said);
    }
    assert.deepEqual(await tab.problems(), []);
  });
}
