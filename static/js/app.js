// The page's loader: it gives go-app the globals that go-app's Go code calls,
// starts app.wasm, connects the page to the engine worker and looks after updates.
// The exporter fills in the first three constants.
'use strict';
(() => {
  const assets = __ASSETS__; // file name → URL
  const env = __ENV__;
  const version = '__VERSION__';
  const base = new URL('..', document.currentScript.src).pathname.slice(0, -1); // of the site on its host: '' or '/repo'
  const words = /^\/zh(\/|$)/.test(location.pathname.slice(base.length))
    ? {
        loading: '正在启动推荐引擎…',
        network: '应用没有下载完整。下面的内容仍可阅读；请检查网络后重试。',
        wasm: '这个浏览器无法运行 WebAssembly。下面的内容仍可阅读；请更新浏览器，或允许本站使用 WebAssembly。',
        stopped: '应用意外停止。已保存的评分不受影响；请重新载入页面。',
        again: '重新载入',
      }
    : {
        loading: 'Starting the recommender…',
        network: 'The app did not download completely. What is below can still be read; check the connection, then try again.',
        wasm: 'This browser cannot run WebAssembly. What is below can still be read; update the browser, or allow WebAssembly for this site.',
        stopped: 'The app stopped unexpectedly. Ratings that were saved are safe; reload the page to go on.',
        again: 'Reload',
      };

  // --- The strip that tells how far the app has come ----------------------------

  const strip = document.getElementById('app-wasm-loader') ?? document.createElement('div');
  const label = document.createElement('p');
  const bar = document.createElement('progress');
  label.id = 'app-wasm-loader-label'; // go-app writes a failure to start into it
  label.textContent = words.loading;
  bar.setAttribute('aria-label', words.loading);
  strip.setAttribute('role', 'status');
  strip.replaceChildren(label, bar);

  function fail(text, cause) {
    console.error('sparrow:', cause);
    document.documentElement.dataset.app = 'failed';
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = words.again;
    button.onclick = async () => {
      // A damaged file must not come back from the browser's own cache.
      if (text === words.network) await fetch(assets['app.wasm'], { cache: 'reload' }).catch(() => {});
      location.reload();
    };
    label.textContent = text;
    strip.setAttribute('role', 'alert');
    strip.replaceChildren(label, button);
    document.body.append(strip);
  }

  // --- The engine worker ---------------------------------------------------------

  let worker = null;
  let listener = null;
  let mayDownload = false; // the engine's bytes must not compete with app.wasm's
  const waiting = []; // messages that came before Go listened

  function receive(message) {
    switch (message.type) {
      case 'stored': // internal: a first rating is worth asking for durable storage
        navigator.storage?.persist?.().catch(() => {});
        return;
      case 'ready': // nothing that matters now is left to download
        registering ? checkForUpdate() : registerServiceWorker();
        answering.bundle ??= message.hash; // of a later one Go tells when it shows
        (globalThis.requestIdleCallback ?? setTimeout)(loadFeedback);
        break;
      case 'enrolled':
        answering.arms = message.arms;
        if (globalThis.sparrow.feedback) globalThis.sparrow.feedback.arms = message.arms;
    }
    listener ? listener(message) : waiting.push(message);
  }

  function startWorker() {
    worker = new Worker(assets['engine-worker.js'], { name: 'engine' });
    worker.onmessage = (event) => receive(event.data);
    worker.onerror = (event) => {
      console.error('sparrow: engine worker:', event.message ?? 'did not load');
      worker.terminate();
      worker = null;
      receive({ type: 'failed', code: 'engine', kept: false, text: 'The engine stopped. Try again, or reload the page.' });
    };
    worker.postMessage({ type: 'init', wasm: assets['engine.wasm'], models: `${base}/v1/` });
    tellVisibility();
    begin();
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
    worker.postMessage(message);
  }

  function listen(fn) {
    listener = fn;
    for (const message of waiting.splice(0)) fn(message);
  }

  // --- Feedback ------------------------------------------------------------------
  // Only a site with an edge has it. Its modules are fetched when the engine is ready and
  // the page idle; at once where an outbox tells of a visitor who agreed before, because
  // the first list should know their experiments: the engine waits for them a moment.

  const patience = 500; // ms
  let visitorKnown = false; // or waited for long enough
  const answering = { bundle: null, arms: [] }; // what events name: the model and the arms
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
    try {
      const all = await indexedDB.databases?.() ?? [];
      if (all.some(({ name }) => name === 'sparrow-outbox')) await loadFeedback();
    } catch {
      // a browser without storage has no visitor who agreed
    }
    known();
  }

  async function loadFeedback() {
    if (loading || !env.feedback) return;
    loading = true;
    try {
      const { connect } = await import(assets['sharing.js']);
      const one = await connect(`${base}/v1/`, post);
      globalThis.sparrow.feedback = Object.assign(one.feedback, answering);
      connected(one);
    } catch (error) {
      loading = false; // the next model to be ready tries again
      console.warn('sparrow: no feedback:', error);
    }
  }

  // --- The service worker and updates --------------------------------------------

  const hour = 3600e3;
  let registration = null;
  let registering = false;
  let updated = null; // Go's callback
  let offered = false; // a newer version waits, or has taken over through another tab
  let accepted = false;

  function offer() {
    offered = true;
    updated?.();
  }

  function reloadOnce() {
    if (!accepted) return offer();
    accepted = false;
    location.reload();
  }

  async function registerServiceWorker() {
    if (registering || !('serviceWorker' in navigator)) return;
    registering = true;
    try {
      let controlled = Boolean(navigator.serviceWorker.controller);
      navigator.serviceWorker.addEventListener('controllerchange', () => {
        if (controlled) reloadOnce();
        controlled = true; // the first time it is but the claim after the first install
      });
      registration = await navigator.serviceWorker.register(`${base}/sw.js`, { updateViaCache: 'none' });
      if (registration.waiting && registration.active) offer();
      registration.addEventListener('updatefound', () => {
        const next = registration.installing;
        next.addEventListener('statechange', () => {
          if (next.state === 'installed' && registration.active) offer();
        });
      });
      let checked = performance.now();
      document.addEventListener('visibilitychange', () => {
        if (document.visibilityState !== 'visible' || performance.now() - checked < hour) return;
        checked = performance.now();
        checkForUpdate();
      });
    } catch (error) {
      console.warn('sparrow: no offline mode:', error);
    }
  }

  function checkForUpdate() {
    registration?.update().catch(() => {}); // offline: there is nothing to check
  }

  // update moves the page to the version that was offered, with one reload.
  function update() {
    const next = registration?.waiting;
    if (!next) return location.reload();
    accepted = true;
    next.addEventListener('statechange', () => next.state === 'activated' && reloadOnce());
    next.postMessage({ type: 'SKIP_WAITING' });
  }

  function onupdate(fn) {
    updated = fn;
    if (offered) fn();
  }

  globalThis.sparrow = {
    version, base, post, listen, update, onupdate,
    sharing: env.feedback ? sharing : null,
    seed: document.getElementById('seed')?.textContent ?? '',
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

  async function start() {
    if (!globalThis.WebAssembly?.instantiateStreaming) return fail(words.wasm, 'no streaming WebAssembly');
    startWorker();
    findVisitor();
    if (navigator.serviceWorker?.controller) registerServiceWorker();
    try {
      const response = await fetch(assets['app.wasm']);
      if (!response.ok) throw new TypeError(`app.wasm: HTTP ${response.status}`);
      import(assets['focus.js']); // small, and of no use before the app draws
      const go = new Go();
      const { instance } = await WebAssembly.instantiateStreaming(response, go.importObject);
      allowDownload();
      strip.remove();
      await go.run(instance); // returns only when the program ends, which it never should
      fail(words.stopped, 'app.wasm ended');
    } catch (error) {
      fail(canRunWasm() ? words.network : words.wasm, error);
    }
  }

  // canRunWasm tells a browser or policy that refuses WebAssembly from a download gone wrong.
  function canRunWasm() {
    try {
      return Boolean(new WebAssembly.Module(Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0))); // the empty module
    } catch {
      return false;
    }
  }

  // The bytes of app.wasm are in when its resource entry appears. Reading a copy of
  // the response would tell as much, but hides the response from V8's code cache.
  new PerformanceObserver((list) => {
    if (list.getEntriesByName(new URL(assets['app.wasm'], location).href).length) allowDownload();
  }).observe({ type: 'resource', buffered: true });

  start();
})();
