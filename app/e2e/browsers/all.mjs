// The browsers that a journey is made in: BROWSERS, or those of make test.
import { Chromium } from './chromium.mjs';
import { Firefox } from './firefox.mjs';
import { WebKit } from './webkit.mjs';

const all = { chromium: Chromium, firefox: Firefox, webkit: WebKit };

// chosen returns the browsers that BROWSERS names ("firefox webkit"), else those
// of fallback, as [name, class with start()].
export const chosen = (fallback) => (process.env.BROWSERS ?? fallback).split(' ').map((name) => {
  if (!all[name]) throw new Error(`BROWSERS names ${name}, which is none of ${Object.keys(all).join(', ')}`);
  return [name, all[name]];
});

// begin starts a browser that lives for one test, and opens a tab.
export async function begin(t, browser) {
  const started = await browser.start();
  let tab;
  t.after(async () => {
    await tab?.close().catch(() => {});
    await started.close();
  });
  tab = await started.open();
  return { tab, version: started.version };
}
