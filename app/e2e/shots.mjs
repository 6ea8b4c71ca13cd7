// Takes screenshots of every page for review by eye: light and dark, phone and
// desktop, before and after three likes. npm run shots [folder], default
// .build/shots.
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { alive, idle, launch, visit, watch } from './lib/browser.mjs';
import { like, movies } from './lib/pages.mjs';
import { Server } from './lib/server.mjs';

const folder = path.resolve(process.argv[2] ?? fileURLToPath(new URL('../../.build/shots', import.meta.url)));
const pages = {
  home: '/', browse: '/browse', genre: '/genre/Sci-Fi', movie: `/movie/${movies.toyStory}`, 'for-you': '/for-you', 'for-two': '/for-two',
  watchlist: '/kept', profile: '/profile', lab: '/lab', search: '/search?q=star', missing: '/no/such/page', 'zh-home': '/zh/', 'zh-movie': `/zh/movie/${movies.heat}`,
};
const views = { phone: { width: 360, height: 740 }, desk: { width: 1440, height: 900 } };

await mkdir(folder, { recursive: true });
const server = await new Server().start();
const browser = await launch();
for (const [view, viewport] of Object.entries(views)) {
  const context = await browser.newContext({ viewport, reducedMotion: 'reduce', hasTouch: view === 'phone', isMobile: view === 'phone' });
  await watch(context, server.origin);
  const page = await visit(context, server.origin);
  for (const stage of ['new', 'known']) {
    if (stage === 'known') for (const id of [movies.alien, movies.heat, movies.shining]) await like(page, id);
    for (const [name, at] of Object.entries(pages)) {
      await page.goto(server.origin + at);
      await alive(page);
      await idle(page);
      for (const colorScheme of ['light', 'dark']) {
        await page.emulateMedia({ colorScheme });
        await page.screenshot({ path: path.join(folder, `${name}-${stage}-${view}-${colorScheme}.png`) });
      }
    }
  }
  await context.close();
}
await browser.close();
await server.stop();
console.log(`shots: ${folder}`);
