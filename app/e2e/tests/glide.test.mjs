// A new list is in the page with its first drawing, and its cards glide from there on.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { visit, watch } from '../lib/browser.mjs';
import { forYou, like, movies } from '../lib/pages.mjs';
import { stage } from '../lib/app.mjs';

const { server, browser } = await stage();

// likeFirst likes the first item of a personal list, and returns how many cards there are when another stands
// in its place, and of each animation that was started by then where it begins.
async function likeFirst(options) {
  const context = await browser.newContext(options);
  const watched = await watch(context, server.origin);
  const page = await visit(context, server.origin);
  for (const id of [movies.shining, movies.alien, movies.heat]) await like(page, id);
  await forYou(page);
  const seen = await page.evaluate(() => new Promise((resolve) => {
    document.startViewTransition = () => resolve({ cards: 'none: a view transition holds the list back' });
    const items = () => Array.from(document.querySelectorAll('.ranked-list [data-item]'), (item) => item.dataset.item);
    const [first] = items();
    const starts = [];
    const { animate } = Element.prototype;
    Element.prototype.animate = function (frames, ...rest) {
      starts.push({ card: this.matches('.card'), changed: items()[0] !== first, ...frames[0] });
      return animate.call(this, frames, ...rest);
    };
    new MutationObserver((_, observer) => {
      if (items()[0] === first) return;
      observer.disconnect();
      requestAnimationFrame(() => requestAnimationFrame(() => resolve({ cards: items().length, starts })));
    }).observe(document, { subtree: true, attributes: true, attributeFilter: ['data-item'], childList: true });
    document.querySelector('.ranked-list .act-like').click();
  }));
  await page.waitForFunction(() => document.getAnimations().every(({ effect }) => !effect.target.matches('.card')));
  assert.equal(await page.locator('.card[style]').count(), 0);
  watched.quiet();
  await context.close();
  return seen;
}

test('a new list waits for no picture of the one before, and the cards that stay glide to their places', async () => {
  const { cards, starts } = await likeFirst({ viewport: { width: 1280, height: 2600 } }); // all are on the screen
  assert.equal(cards, 30);
  assert.ok(starts.some(({ transform }) => transform?.startsWith('translate(')), 'no card glides');
  assert.ok(starts.every(({ card, changed }) => card && changed), `what is animated is a card of the new list: ${JSON.stringify(starts)}`);
});

test('nothing glides for a visitor who wants less motion', async () => {
  assert.deepEqual(await likeFirst({ reducedMotion: 'reduce' }), { cards: 30, starts: [] });
});
