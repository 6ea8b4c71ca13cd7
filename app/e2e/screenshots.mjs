// Takes the screenshots that browsers show with their offer to install the app, of .build/site as a visitor
// with a few likes sees it: node screenshots.mjs folder, which gets narrow-en.webp, wide-en.webp and the same of Chinese.
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { idle, launch, visit, watch } from './lib/browser.mjs';
import { go, list } from './lib/pages.mjs';
import { Server } from './lib/server.mjs';

const folder = path.resolve(process.argv[2]);
const screens = [
  { name: 'narrow', at: '/for-you', viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true },
  { name: 'wide', at: '/', viewport: { width: 1280, height: 800 } },
];

await mkdir(folder, { recursive: true });
const server = await new Server().start();
const browser = await launch();
for (const { name, at, ...screen } of screens) {
  const context = await browser.newContext({ ...screen, reducedMotion: 'reduce', colorScheme: 'light' });
  await watch(context, server.origin); // idle needs its probe
  const page = await visit(context, `${server.origin}/for-you`);
  for (const id of (await list(page, '.wall')).slice(0, 5)) {
    await page.locator(`.wall [data-item="${CSS(id)}"] .act-like`).click();
    await idle(page);
  }
  for (const [lang, root] of [['en', ''], ['zh', '/zh']]) {
    await go(page, root + at);
    await page.reload(); // without the note of the last like
    await page.locator('[data-list$=for-you] .card-why').first().waitFor();
    await idle(page);
    const session = await context.newCDPSession(page);
    const { data } = await session.send('Page.captureScreenshot', { format: 'webp', quality: 75 });
    const file = path.join(folder, `${name}-${lang}.webp`);
    const bytes = Buffer.from(data, 'base64');
    await writeFile(file, bytes);
    console.log(`${file}: ${bytes.length} bytes`);
  }
  await context.close();
}
await browser.close();
await server.stop();

// CSS returns an id as it stands in a selector's string.
function CSS(id) { return id.replace(/["\\]/g, '\\$&'); }
