// Everything works offline: deep links, other pages, ratings, the engine.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { controlled, idle, networkNoise, profile, visit, watch } from '../lib/browser.mjs';
import { holds } from '../lib/device.mjs';
import { forYou, like, list, movies, reload } from '../lib/pages.mjs';
import { serve } from '../lib/server.mjs';
import { latestModel } from '../lib/version.mjs';

test('every deep link opens with the server stopped, also after the browser was closed', async (t) => {
  const server = await serve(t);
  const open = await profile(t);
  let context = await open();
  await watch(context, server.origin);
  let page = await visit(context, server.origin);
  await like(page, movies.alien);
  const mine = await forYou(page);
  await controlled(page);
  await holds(page, [(await latestModel(server)).hash]);
  await server.stop();

  context = await open();
  const watched = await watch(context, server.origin);
  const deep = ['/', '/movie/1', `/movie/${movies.obscure}`, '/genre/Drama', '/browse?decade=1980', '/profile', '/zh/', '/zh/movie/1', '/zh/genre/Drama', '/kept'];
  for (const path of deep) {
    page = await visit(context, server.origin + path);
    await idle(page);
    assert.ok(await page.locator('h1').first().innerText(), path);
    if (/movie|genre|browse/.test(path)) assert.ok((await list(page, 'main')).length > 8, `${path} shows items`);
    if (/movie.1$/.test(path)) assert.equal(await page.locator('a.text-link[target=_blank]').getAttribute('href'), 'https://www.imdb.com/title/tt0114709/', path);
    if (path === '/movie/1') await reload(page);
    await page.close();
  }
  page = await visit(context, `${server.origin}/for-you`);
  assert.deepEqual(await forYou(page), mine);
  await like(page, movies.exorcist);
  assert.notDeepEqual(await forYou(page), mine);
  watched.quiet(networkNoise);
});
