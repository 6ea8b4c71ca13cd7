// How long a history of another site takes to come in: 5,000 lines, from the choice of the file until the page says what
// came of it. Each run is a new visitor's. RUNS=<runs> (5).
import { median } from '../lib/figures.mjs';
import { idle, launch, visit, watch } from '../lib/browser.mjs';
import { films } from '../lib/films.mjs';
import { histories } from '../lib/histories.mjs';
import { Server } from '../lib/server.mjs';

const lines = 5000;

// importing returns the ms from the choice until the outcome is on the page, and the longest task of the page meanwhile, 0 where
// none is over 50 ms.
async function importing(browser, server, { name, bytes }) {
  const context = await browser.newContext();
  const watched = await watch(context, server.origin);
  const page = await visit(context, `${server.origin}/profile`);
  await idle(page);
  const times = await page.evaluate(async ([file, text]) => {
    const held = new DataTransfer();
    held.items.add(new File([Uint8Array.from(atob(text), (c) => c.charCodeAt(0))], file));
    let longest = 0;
    new PerformanceObserver((all) => { for (const task of all.getEntries()) longest = Math.max(longest, task.duration); }).observe({ type: 'longtask' });
    const input = document.getElementById('import');
    const begun = performance.now();
    input.files = held.files;
    input.dispatchEvent(new Event('change', { bubbles: true }));
    await new Promise((resolve) => {
      new MutationObserver(() => { if (/were read/.test(document.querySelector('.import')?.textContent)) resolve(); }).observe(document, { subtree: true, childList: true, characterData: true });
    });
    return { took: performance.now() - begun, longest };
  }, [name, bytes.toString('base64')]);
  await idle(page);
  watched.quiet();
  await context.close();
  return times;
}

export async function measure(judge) {
  const runs = Number(process.env.RUNS ?? 5);
  const server = await new Server().start();
  const browser = await launch();
  try {
    const all = histories(films(), lines);
    for (const [what, wanted] of [['Letterboxd’s csv, by titles', 'ratings.csv'], ['IMDb’s csv, by numbers', 'WATCHLIST.csv']]) {
      const file = all.find(({ name }) => name === wanted);
      const times = [];
      for (let i = 0; i < runs; i++) times.push(await importing(browser, server, file));
      judge.figure({ name: `${lines.toLocaleString('en')} lines of ${what}, until the page says what came in, p50`, bar: 3, measured: median(times.map(({ took }) => took)) / 1000, unit: 's', digits: 2, runs });
      judge.figure({ name: '… longest task of the page meanwhile, of those over 50 ms, p50', measured: median(times.map(({ longest }) => longest)), unit: 'ms', runs });
    }
  } finally {
    await browser.close();
    await server.stop();
  }
}
