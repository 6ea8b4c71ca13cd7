// How long a visitor waits for the site over a phone's network, with nothing of it in the cache.
// RUNS=<cold loads of each page> (5). Needs the site compressed as it ships.
import { median } from '../lib/figures.mjs';
import { launch, options } from '../lib/browser.mjs';
import { Server, fast4g } from '../lib/server.mjs';

// milestones runs in the page before its scripts: it records when the app is
// live, presses the first Like as soon as it is, and records when the personal
// list is there. Seconds.
function milestones() {
  const at = { interactive: 0, list: 0 };
  let liked = false;
  globalThis.milestones = at;
  new MutationObserver(() => {
    if (!at.interactive && document.documentElement.dataset.app === 'alive') {
      at.interactive = performance.now() / 1000;
    }
    const like = !liked && at.interactive && document.querySelector('.wall .act-like'); // the wall may come after the app
    if (like) {
      liked = true;
      setTimeout(() => like.click()); // no visitor taps in the task that wakes the app
    }
    if (!at.list && document.querySelector('.ranked-list [data-item]')) at.list = performance.now() / 1000;
  }).observe(document, { subtree: true, childList: true, attributes: true, attributeFilter: ['data-app'] });
}

// arrivals runs in the page before its scripts: it records when all of the model is there. Seconds.
function arrivals() {
  const { Worker } = globalThis;
  globalThis.Worker = class extends Worker {
    constructor(...args) {
      super(...args);
      this.addEventListener('message', ({ data: { type, stage, loaded, total } }) => {
        if (type === 'progress' && stage === 'model' && loaded === total) milestones.model ??= performance.now() / 1000;
      });
    }
  };
}

// visit loads a page in a browser without any cache of the site, until one of the milestones.
export async function visit(origin, path, until, settings = options) {
  const browser = await launch(settings);
  try {
    const page = await (await browser.newContext()).newPage();
    for (const script of [milestones, arrivals]) await page.addInitScript(script);
    await page.goto(origin + path);
    await page.waitForFunction((name) => globalThis.milestones[name], until, { timeout: 60e3 });
    return await page.evaluate(() => ({
      content: performance.getEntriesByName('first-contentful-paint')[0].startTime / 1000,
      protocol: performance.getEntriesByType('navigation')[0].nextHopProtocol,
      program: performance.getEntriesByType('resource').find(({ name }) => name.endsWith('.app.wasm')).responseEnd / 1000,
      ...globalThis.milestones,
    }));
  } finally {
    await browser.close();
  }
}

export async function measure(judge) {
  const runs = Number(process.env.RUNS ?? 5);
  const server = await new Server().start();
  server.slow = fast4g;
  try {
    const [home, personal] = [[], []];
    for (let run = 0; run < runs; run++) {
      home.push(await visit(server.origin, '/', 'interactive'));
      personal.push(await visit(server.origin, '/for-you', 'list'));
    }
    for (const [what, bar, visits, name] of [
      ['pre-rendered home', 0.8, home, 'content'],
      ['home interactive', 2.7, home, 'interactive'],
      ['first personal list', 2.7, personal, 'list'],
    ]) {
      judge.say(`  ${what}: ${visits.map((one) => one[name].toFixed(2)).join(' ')}`);
      judge.figure({ name: `cold load at 8.1 Mbit/s and 165 ms: ${what}, p50`, bar, measured: median(visits.map((one) => one[name])), unit: 's', digits: 2, runs });
    }
  } finally {
    await server.stop();
  }
}
