// The system's Chromium, and pages that record everything that should not
// happen.
import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { chromium } from 'playwright-core';
import { program } from './program.mjs';

// Each window would load two pages of the address bar in advance, as long as a page of ours takes.
const addressBar = 'WebUIOmniboxPopup,WebUIOmniboxAimPopup';

// What playwright 1.65 turns off: the last --disable-features counts, and here it is ours.
const playwright = 'AvoidUnnecessaryBeforeUnloadCheckSync,DestroyProfileOnBrowserClose,HttpsUpgrades,HttpsFirstBalancedModeAutoEnable,LensOverlay,' +
  'MediaRouter,PaintHolding,ThirdPartyStoragePartitioning,AvoidCorsURLLoaderRestartOnRedirect,OptimizationHints,NetworkTimeServiceQuerying,AimEnabled,PreconnectToSearch';

export const options = {
  executablePath: program('CHROMIUM', 'chromium', 'chromium-browser', 'google-chrome'),
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
    '--disable-component-update', '--disable-sync', '--disable-dev-shm-usage', `--disable-features=${playwright},${addressBar}`],
};

// attended has somebody at each page of a context, whose pointer moves until the app starts: on a
// page that was rendered in advance it waits for that (static/js/wake.js, and sleeping.test.mjs).
export async function attended(context) {
  await context.addInitScript(() => {
    const moving = setInterval(() => {
      if (document.documentElement?.dataset.app) clearInterval(moving);
      else dispatchEvent(new Event('pointermove'));
    }, 20);
  });
  return context;
}

// launch starts a browser with somebody at each of its pages.
export async function launch(more = {}) {
  const browser = await chromium.launch({ ...options, ...more });
  const plain = browser.newContext.bind(browser);
  browser.newContext = async (...how) => attended(await plain(...how));
  return browser;
}

// launchAsShipped starts a browser whose frames of other sites have storage,
// partitioned by site, as in every Chromium except those that playwright
// starts.
export const launchAsShipped = () => launch({ args: [...options.args, `--disable-features=${addressBar}`] });

// profile returns a function that starts a browser over a folder of the test's
// own, repeatedly, as if on one device.
export async function profile(t) {
  const folder = await mkdtemp(path.join(tmpdir(), 'sparrow-e2e-'));
  let context;
  t.after(async () => {
    await context?.close();
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  });
  return async () => {
    await context?.close();
    context = await attended(await chromium.launchPersistentContext(folder, options));
    return context;
  };
}

// probe runs in every page before its scripts and records the messages between
// the page and the engine worker: globalThis.probe = {open, messages,
// received, ms}: the requests without an answer, how many messages there were,
// those of the worker that are no answers, the times of the answers.
function probe() {
  const record = { open: 0, messages: 0, received: [], ms: [] };
  const { Worker } = globalThis;
  globalThis.probe = record;
  globalThis.Worker = class extends Worker {
    constructor(...args) {
      super(...args);
      this.addEventListener('message', ({ data }) => {
        record.messages++;
        if (data.type === 'answer') {
          record.open--;
          record.ms.push(data.ms);
        } else record.received.push(data);
      });
    }

    postMessage(message, ...rest) {
      if (message.type === 'ask') {
        record.open++;
        record.messages++;
      }
      super.postMessage(message, ...rest);
    }
  };
}

// watch records from every page of a context what must not happen: errors on
// the console, uncaught errors, violations of the policy, requests to another
// origin.
export async function watch(context, origin) {
  const seen = [];
  await context.addInitScript(probe);
  context.on('weberror', (event) => seen.push(`uncaught: ${event.error().stack ?? event.error()}`));
  context.on('console', (message) => {
    if (message.type() === 'error') seen.push(`console: ${message.text()} (${message.location().url})`);
  });
  context.on('request', (request) => {
    const url = request.url();
    if (!url.startsWith(origin) && !/^(data|blob|about):/.test(url)) seen.push(`foreign request: ${url}`);
  });
  return {
    seen,
    // quiet fails when anything was recorded that no pattern of expected
    // matches.
    quiet(...expected) {
      const left = seen.filter((line) => !expected.some((pattern) => pattern.test(line)));
      assert.deepEqual(left, [], 'errors, violations or foreign requests');
    },
  };
}

// Chromium itself writes these lines when a server is away.
export const networkNoise = /Failed to load resource: (net::ERR_|the server responded)|An unknown error occurred when fetching the script/;

// alive waits until the app's and the engine's wasm run. The page was rendered
// before either, so nothing visible proves that they do.
export async function alive(page, { engine = 'ready', timeout = 30e3 } = {}) {
  await page.waitForFunction(
    (state) => document.documentElement.dataset.app === 'alive' && document.documentElement.dataset.engine === state,
    engine, { timeout },
  ).catch(async (error) => {
    const { app, engine: found } = await page.evaluate(() => ({ ...document.documentElement.dataset })).catch(() => ({}));
    throw new Error(`data-app=${app} data-engine=${found}, want alive and ${engine}: ${await page.locator('body').innerText().catch(() => '')}`.slice(0, 600), { cause: error });
  });
}

// idle waits until the worker has answered all requests, the page sends no
// more, and the answers are drawn. It counts turns of the page, a frame and
// then a timer longer than any between an answer and its drawing: time passes
// also for a page that gets no CPU.
export const idle = (page) => page.waitForFunction(async (turns) => {
  for (let calm = 0; calm < turns;) {
    const { messages } = probe;
    await new Promise((resolve) => { requestAnimationFrame(() => setTimeout(resolve, 20)); });
    const busy = probe.open > 0 || probe.messages !== messages || document.querySelector('.row-blank, .map-svg[aria-busy]'); // rows and dots are drawn in pieces
    calm = busy ? 0 : calm + 1;
  }
  return true;
}, 5);

// visit opens a page and waits until it is live.
export async function visit(context, url, state) {
  const page = await context.newPage();
  await page.goto(url);
  await alive(page, state);
  return page;
}

// controlled waits until the service worker controls the page, so that it opens
// offline.
export const controlled = (page) => page.waitForFunction(() => navigator.serviceWorker.controller?.state === 'activated');
