// The page's loader: it keeps what the visitor does before the app is there, gives go-app the
// globals that go-app's Go code calls, starts app.wasm, connects the page to the engine worker
// and looks after updates. The exporter fills in the first four constants.
import { base } from './base.js';
import { keepCovers } from './covers.js';
import { keepEarly, kept } from './early.js';
import { get } from './failure.js';
import { elsewhere, measured } from './language.js';
import { offered, read } from './offered.js';
import { claim } from './nodes.js';
import { follow, whoseTurn } from './people.js';
import { hasDatabase, persist, standIn } from './platform.js';
import { showFailure, showLoading, showNoted } from './strip.js';
import { checkForUpdate, controlled, keepUp, onupdate, registerServiceWorker, update } from './updates.js';
import { awake, wake } from './wake.js';
import { send, tidy } from './send.js';
import { demand, load, start as instantiate } from './wasm.js';

const assets = __ASSETS__; // file name → URL
const env = __ENV__;
const vocabulary = __VOCABULARY__; // what the catalog's owner calls things
const version = '__VERSION__';

// --- The engine worker ---------------------------------------------------------

let turn; // whose it is
let worker = null;
let listener = null;
let mayDownload = false; // the model's bytes must not compete with app.wasm's
let program; // app.wasm compiled, which the worker runs too
const waiting = []; // messages that came before Go listened

function receive(message) {
  if (message.id < 0) { // asked by this script, not by Go
    asked.get(message.id)(message.answer);
    return void asked.delete(message.id);
  }
  switch (message.type) {
    case 'stored': // internal: a first rating is worth asking for durable storage
      persist();
      return;
    case 'ready': // nothing that matters now is left to download
      keepUp();
      answering.bundle ??= message.hash; // of a later one Go tells when it shows
      began(performance.now());
      (globalThis.requestIdleCallback ?? setTimeout)(loadFeedback);
      offerTools();
      break;
    case 'failed':
      if (!message.kept) began();
      wake(); // to say so
      break;
    case 'live': // the page does not obey it
    case 'changed':
      wake();
      break;
    case 'profile':
      wanted?.(message.profile);
      return;
    case 'enrolled':
      answering.arms = message.arms;
      if (globalThis.sparrow.feedback) globalThis.sparrow.feedback.arms = message.arms;
  }
  listener ? listener(message) : waiting.push(message);
}

function startWorker() {
  let heard = false;
  try {
    worker = new Worker(assets['engine-worker.js'], { name: 'engine' });
  } catch (error) {
    return fail('worker', error);
  }
  worker.onmessage = (event) => {
    heard = true;
    receive(event.data);
  };
  worker.onerror = async (event) => {
    event.target.terminate();
    worker = null;
    const { code, status = 0 } = heard ? { code: 'engine' } : await whyNot(event.message);
    fail(code, event.message ?? 'the engine worker did not load', status);
  };
  worker.postMessage({ type: 'init', wasm: assets['app.wasm'], models: `${base}/v1/`, person: turn.id });
  handOver();
  tellVisibility();
  begin();

  function fail(code, cause, status) {
    console.error('sparrow: engine worker:', cause);
    receive({ type: 'failed', code, status, kept: false, text: 'The engine stopped. Try again, or reload the page.' });
  }
}

// handOver gives the worker the compiled program; a browser that cannot send it has the worker
// compile the bytes again, which lie in its cache.
function handOver() {
  if (!program) return;
  try {
    worker?.postMessage({ type: 'program', module: program });
  } catch {
    worker.postMessage({ type: 'program' });
  }
}

// whyNot says why a worker never spoke: the event of its failure does not.
async function whyNot(message) {
  if (/SyntaxError/.test(message)) return { code: 'browser' };
  try {
    await get(assets['engine-worker.js'], { cache: 'reload' });
    return { code: message ? 'engine' : 'worker' };
  } catch (failure) {
    return failure;
  }
}

// The worker looks for newer models only while somebody may be looking at the page.
function tellVisibility() { worker?.postMessage({ type: document.visibilityState }); }
document.addEventListener('visibilitychange', tellVisibility);

function allowDownload() {
  if (mayDownload) return;
  mayDownload = true;
  begin(); // in this very task: the next one is app.wasm's start, which is long
}

function begin() {
  if (mayDownload && visitorKnown) worker?.postMessage({ type: 'start' });
}

function post(message) {
  if (!worker) startWorker();
  worker?.postMessage(message);
}

// profileOf calls tell with the profile of another person of this device, as it is kept.
let wanted; // who waits for one
const profileOf = (person, tell) => { wanted = tell; post({ type: 'profile', person }); };

function listen(fn) {
  listener = fn;
  for (const message of waiting.splice(0)) fn(message);
}

// --- Tools for an assistant of the browser ----------------------------------------

const asked = new Map(); // id → resolve, of requests that webmcp.js makes
let toolsOffered = false;
let last = 0; // id, below 0

const ask = (request) => new Promise((resolve) => {
  asked.set(--last, resolve);
  post({ type: 'ask', id: last, request });
});

async function offerTools() {
  const context = document.modelContext ?? navigator.modelContext;
  if (!context || toolsOffered || turn.child) return; // they do not know what a child's profile is held to
  toolsOffered = true;
  try {
    (await import(assets['webmcp.js'])).offer(context, ask, () => receive({ type: 'changed' }));
  } catch (error) {
    console.warn('sparrow: no tools:', error);
  }
}

// --- Feedback ------------------------------------------------------------------
// Only a site with an edge has it. Its modules are fetched when the engine is ready and
// the page idle; at once where an outbox tells of a visitor who agreed before, because
// the first list should know their experiments: the engine waits for them a moment.

const patience = 500; // ms
let visitorKnown = false; // or waited for long enough
const answering = { bundle: null, arms: [] }; // what events name: the model and the arms
let began; // told the ms until the engine was ready, or nothing where it failed
const beginning = new Promise((resolve) => { began = resolve; });
let loading = false;
let connected;
const sharing = new Promise((resolve) => { connected = resolve; });

function known() {
  if (visitorKnown) return;
  visitorKnown = true;
  begin();
}

async function findVisitor() {
  setTimeout(known, patience);
  if (!turn.child && await hasDatabase('sparrow-outbox')) await loadFeedback();
  known();
}

async function loadFeedback() {
  if (loading || !env.feedback || turn.child) return; // a child's profile sends nothing
  loading = true;
  try {
    const { connect } = await import(assets['sharing.js']);
    const one = await connect(`${base}/v1/`, post);
    globalThis.sparrow.feedback = Object.assign(one.feedback, answering);
    beginning.then((ms) => one.feedback.started(ms));
    connected(one);
  } catch (error) {
    loading = false; // the next model to be ready tries again
    console.warn('sparrow: no feedback:', error);
  }
}

globalThis.sparrow = {
  version, base, vocabulary: JSON.stringify(vocabulary), post, listen, update, onupdate, offered, send, profileOf, measured,
  drawCode: async (id, text) => (await import(assets['qr.js'])).draw(id, text),
  read: (file, hear) => read(assets['import-worker.js'], file, hear),
  use: async (file, name, ...args) => (await import(assets[file]))[name](...args), // a module that few visits want
  get sharing() { return env.feedback && !turn.child ? sharing : null; },
  get seed() { return document.getElementById('seed')?.textContent ?? ''; },
};

// --- What go-app's Go code looks up on window ----------------------------------

let installPrompt = null;
const installed = () => matchMedia('(display-mode: standalone)').matches || navigator.standalone === true;
const apple = () => /iP(hone|ad|od)/.test(navigator.userAgent)
  || (/Macintosh/.test(navigator.userAgent) && (navigator.maxTouchPoints > 1 || navigator.vendor.startsWith('Apple')));

Object.assign(globalThis, {
  goappGetenv: (key) => env[key],
  goappNav: () => {},
  goappOnUpdate: () => {},
  goappTryUpdate: checkForUpdate,
  goappOnAppInstallChange: () => { globalThis.goappAppInstallChangedBeforeWasmLoaded = true; },
  goappIsAppInstalled: installed,
  goappIsAppleBrowser: apple,
  goappIsAppInstallable: () => !installed() && (installPrompt !== null || apple()),
  goappShowInstallPrompt: async () => {
    await installPrompt?.prompt();
    installPrompt = null;
  },
  goappKeepBodyClean: () => () => {},
});
addEventListener('beforeinstallprompt', (event) => {
  event.preventDefault();
  installPrompt = event;
  goappOnAppInstallChange();
});
addEventListener('appinstalled', () => {
  installPrompt = null;
  goappOnAppInstallChange();
});

// --- Start -----------------------------------------------------------------------

// parsed resolves when the page is there and its other scripts have run.
const parsed = () => new Promise((resolve) => {
  for (const [target, type] of [[document, 'DOMContentLoaded'], [globalThis, 'load']]) target.addEventListener(type, resolve, { once: true });
});

async function start() {
  standIn();
  tidy();
  turn = whoseTurn();
  follow(turn);
  if (turn.child) document.documentElement.dataset.child = ''; // pages made in advance are for everybody: base.css
  if (elsewhere()) return;
  if (document.readyState === 'loading') await parsed();
  keepCovers();
  const due = awake();
  due.then(showLoading);
  startWorker();
  findVisitor();
  if (controlled()) registerServiceWorker();
  try {
    demand();
    program = await load(assets['app.wasm']);
    handOver();
    if (!globalThis.Go && document.readyState !== 'complete') await parsed();
    if (!globalThis.Go) await get(assets['wasm_exec.js'], { cache: 'reload' }); // or why it did not run
    allowDownload();
    await due;
    import(assets['focus.js']); // small, and of no use before the app draws
    const go = new Go();
    const instance = await instantiate(program, go.importObject);
    document.getElementById('app-wasm-loader')?.remove();
    claim();
    await go.run(instance); // returns only when the program ends, which it never should
    showFailure({ code: 'stopped' }, kept());
  } catch (error) {
    console.error('sparrow:', error.message, error.cause ?? error);
    // A damaged file must not come back from the browser's own cache.
    showFailure(error, kept(), () => Promise.allSettled(['app.wasm', 'wasm_exec.js'].map((name) => fetch(assets[name], { cache: 'reload' }))));
  }
}

// The bytes of app.wasm are in when its resource entry appears. Reading a copy of
// the response would tell as much, but hides the response from V8's code cache.
new PerformanceObserver((list) => {
  if (list.getEntriesByName(new URL(assets['app.wasm'], location).href).length) allowDownload();
}).observe({ type: 'resource', buffered: true });

keepEarly(showNoted);
start();
