// Takes a screenshot of every view as each kind of visitor sees it, on a phone and on a desktop, light
// and dark, in English and Chinese, has axe look at each, and walks each of the desktop by the keyboard
// alone: node screens.mjs [folder], default .build/screens. Exit code 1 where something is wrong.
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { complaints } from './lib/axe.mjs';
import { idle, launch, visit, watch } from './lib/browser.mjs';
import { films } from './lib/films.mjs';
import { histories } from './lib/histories.mjs';
import { walk } from './lib/keyboard.mjs';
import { go, like, movies } from './lib/pages.mjs';
import { Server } from './lib/server.mjs';

const folder = path.resolve(process.argv[2] ?? fileURLToPath(new URL('../../.build/screens', import.meta.url)));
const views = {
  home: '/', browse: '/browse', genre: '/genre/Sci-Fi', item: `/movie/${movies.toyStory}`, 'for-you': '/for-you', 'for-two': '/for-two', taste: '/taste', watchlist: '/kept',
  history: '/history', profile: '/profile', lab: '/lab', search: '/search?q=star', narrowed: '/search?q=horror+80s', missing: '/no/such/page',
};
const screens = { phone: { width: 390, height: 844 }, desk: { width: 1440, height: 900 } };
const [letterboxd] = histories(films(), 200);

// Kinds of visitors, each of whom has done what the ones before have.
const visitors = {
  new: async () => {},
  likes: async (page) => {
    for (const id of [movies.alien, movies.heat, movies.shining, movies.toyStory]) await like(page, id);
  },
  brought: async (page) => { // a history with doubtful lines, wishes, and what is kept for later
    await go(page, '/profile');
    await page.locator('#import').setInputFiles({ name: letterboxd.name, mimeType: 'application/octet-stream', buffer: letterboxd.bytes });
    await page.locator('.import', { hasText: /were read/ }).waitFor({ timeout: 30e3 });
    await go(page, '/for-you?popularity=-1&more=Drama');
    await go(page, `/movie/${movies.starWars}`);
    await page.locator(`[data-item="${movies.starWars}"] .act-watch`).first().click();
    await idle(page);
  },
};

await mkdir(folder, { recursive: true });
const server = await new Server().start();
const browser = await launch();
const found = [];
let taken = 0;
let stops = 0;

async function look(screen) {
  const context = await browser.newContext({ viewport: screens[screen], reducedMotion: 'reduce', bypassCSP: true, hasTouch: screen === 'phone', isMobile: screen === 'phone' });
  await watch(context, server.origin);
  const page = await visit(context, server.origin);
  for (const [visitor, become] of Object.entries(visitors)) {
    await go(page, '/');
    await become(page);
    for (const [lang, root] of [['en', ''], ['zh', '/zh']]) {
      for (const [view, at] of Object.entries(views)) {
        await go(page, root + at);
        const steps = page.locator('#show-steps');
        if (await steps.count()) {
          await steps.click();
          await idle(page);
        }
        if (screen === 'desk' && lang === 'en') {
          const walked = await walk(page);
          stops += walked.stops;
          found.push(...walked.wrong.map((line) => `${view}-${visitor}: ${line}`));
        }
        for (const colorScheme of ['light', 'dark']) {
          await page.emulateMedia({ colorScheme });
          const name = [view, visitor, lang, screen, colorScheme].join('-');
          found.push(...(await complaints(page)).map((line) => `${name}: ${line}`));
          await page.screenshot({ path: path.join(folder, `${name}.png`) });
          taken++;
        }
      }
    }
  }
  await context.close();
}

await Promise.all(Object.keys(screens).map(look));
await browser.close();
await server.stop();
console.log(`${taken} screenshots in ${folder}; ${stops} stops of the keyboard; ${found.length} complaints of axe and of the keyboard`);
for (const line of found) console.log(line);
process.exitCode = found.length ? 1 : 0;
