// How long the site takes to recommend, once it is there. ASKS=<recommendations> (80).
import { median } from '../lib/figures.mjs';
import { launch, visit, watch } from '../lib/browser.mjs';
import { forYou, like, movies } from '../lib/pages.mjs';
import { Server } from '../lib/server.mjs';

// recommending moves the variety slider back and forth with a history of three
// films: each step is one whole recommendation (retrieve, rank, diversify), which
// is what is measured, one new drawing of the list, and then its reasons.
async function recommending(server, asks) {
  const browser = await launch();
  try {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
    const watched = await watch(context, server.origin);
    const page = await visit(context, server.origin);
    for (const id of [movies.shining, movies.exorcist, movies.alien]) await like(page, id);
    await forYou(page);
    const slider = page.getByRole('slider', { name: /variety/i });
    await slider.focus();
    for (let warm = 0; warm < 10; warm++) await step(page, warm);
    await page.evaluate(() => {
      globalThis.longest = 0;
      new PerformanceObserver((list) => {
        for (const task of list.getEntries()) globalThis.longest = Math.max(globalThis.longest, task.duration);
      }).observe({ type: 'longtask' });
    });
    const ms = [];
    for (let count = 0; count < asks; count++) ms.push(await step(page, count));
    watched.quiet();
    return { ms, longest: await page.evaluate(() => globalThis.longest) };
  } finally {
    await browser.close();
  }
}

// step returns the milliseconds of the list, which is answered before its reasons.
async function step(page, count) {
  const before = await page.evaluate(() => probe.ms.length);
  await page.keyboard.press(count % 10 < 5 ? 'ArrowRight' : 'ArrowLeft');
  await page.waitForFunction((had) => probe.ms.length > had + 1 && probe.open === 0, before);
  return page.evaluate((had) => probe.ms[had], before);
}

export async function measure(judge) {
  const asks = Number(process.env.ASKS ?? 80);
  const server = await new Server().start();
  try {
    const { ms, longest } = await recommending(server, asks);
    judge.figure({ name: 'recommend on the site, 3 likes, p50', bar: 15, measured: median(ms), unit: 'ms', digits: 2, runs: asks });
    judge.figure({ name: 'longest task of the page meanwhile, of those over 50 ms', bar: 50, measured: longest, unit: 'ms', runs: asks });
  } finally {
    await server.stop();
  }
}
