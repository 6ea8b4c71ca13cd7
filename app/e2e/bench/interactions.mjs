// Interaction to Next Paint of a first visit on a slow phone (CPU × 4, Fast 4G): of the first tap, which
// starts the app, of a second one while it starts, and of what follows; as web-vitals counts it, the longest
// of an interaction's events, of few interactions the longest. RUNS=<visits> (5).
import { chromium } from 'playwright-core';
import { alive, idle, options, watch } from '../lib/browser.mjs';
import { median } from '../lib/figures.mjs';
import { Server, fast4g } from '../lib/server.mjs';

// noted records the duration of each interaction, and what it was with.
function noted() {
  globalThis.interactions = new Map();
  new PerformanceObserver((all) => {
    for (const { interactionId, duration, name } of all.getEntries()) {
      if (interactionId && duration > (interactions.get(interactionId)?.duration ?? 0)) interactions.set(interactionId, { duration, name });
    }
  }).observe({ type: 'event', durationThreshold: 16, buffered: true });
}

const steps = [
  ['the first tap', (page) => page.locator('.row .act-like').first().tap()],
  ['a tap while the app starts', (page) => page.locator('.row .act-like').nth(1).tap()],
  ['a like', async (page) => {
    await alive(page);
    await idle(page);
    await page.locator('.hero .act-like').first().tap();
  }],
  ['an item', (page) => page.locator('.row .card-link').first().tap()],
  ['search', async (page) => {
    await page.locator('#search').tap();
    await page.keyboard.type('star', { delay: 150 });
  }],
  ['for you', (page) => page.locator('a.place[href="/for-you"]:visible').first().tap()],
];

export async function measure(judge) {
  const runs = Number(process.env.RUNS ?? 5);
  const server = await new Server().start();
  server.slow = { ...fast4g };
  const all = [];
  const each = new Map(steps.map(([name]) => [name, []]));
  try {
    for (let run = 0; run < runs; run++) {
      const browser = await chromium.launch(options); // nobody's pointer moves
      try {
        const context = await browser.newContext({ viewport: { width: 412, height: 823 }, hasTouch: true, isMobile: true });
        await watch(context, server.origin); // idle needs it
        const page = await context.newPage();
        await page.addInitScript(noted);
        const devtools = await context.newCDPSession(page);
        await devtools.send('Emulation.setCPUThrottlingRate', { rate: 4 });
        await page.goto(`${server.origin}/`);
        await page.waitForFunction(() => performance.getEntriesByType('resource').some(({ name }) => name.endsWith('.app.wasm')));
        let most = 0;
        for (const [name, act] of steps) {
          await page.evaluate(() => interactions.clear());
          await act(page);
          if (name !== 'the first tap') {
            await alive(page);
            await idle(page);
          }
          await page.waitForTimeout(name === 'the first tap' ? 100 : 400); // until it was painted, and noted
          const longest = await page.evaluate(() => Math.max(0, ...[...interactions.values()].map(({ duration }) => duration)));
          each.get(name).push(longest);
          most = Math.max(most, longest);
        }
        all.push(most);
      } finally {
        await browser.close();
      }
    }
  } finally {
    await server.stop();
  }
  for (const [name, times] of each) judge.aside({ name: `INP at CPU × 4, ${name}`, measured: median(times), unit: 'ms', digits: 0, runs });
  judge.figure({ name: 'INP of a first visit at CPU × 4, Fast 4G', measured: median(all), bar: 200, unit: 'ms', digits: 0, runs });
}
