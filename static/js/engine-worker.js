// The engine worker: runs engine.wasm off the page's thread, gives it a model and the
// visitor's profile, and answers what the page asks.
//
//   page → worker   init {assets, models}, start (downloads may begin), ask {id, request}, retry
//   worker → page   progress {stage, loaded, total}, ready {hash, bytes, durable},
//                   answer {id, answer, ms}, failed {code, text, kept}, changed, stored
'use strict';

// Engine is one running instance of engine.wasm. Bytes go in through its inbox and
// come out through its outbox; both move when its memory grows, so no view is kept.
class Engine {
  static async start(module) {
    const go = new Go();
    const instance = await WebAssembly.instantiate(module, go.importObject);
    go.run(instance); // comes back with the exports ready to be called
    return new Engine(go, instance.exports);
  }

  constructor(go, exports) {
    this.go = go;
    this.exports = exports;
  }

  #put(bytes) {
    const at = this.exports.buffer(bytes.length) >>> 0;
    new Uint8Array(this.exports.mem.buffer, at, bytes.length).set(bytes);
    return bytes.length;
  }

  #take(length) {
    if (this.go.exited) throw new Error('engine.wasm ended');
    return new Uint8Array(this.exports.mem.buffer, this.exports.outbox() >>> 0, length).slice();
  }

  #check(length) {
    if (length !== 0) throw new Refusal(new TextDecoder().decode(this.#take(length)));
  }

  open(bundle) { this.#check(this.exports.open(this.#put(bundle))); }
  load(profile) { this.#check(this.exports.load(this.#put(profile))); }
  profile() { return this.#take(this.exports.profile()); }
  mutates(request) { return this.exports.mutates(this.#put(request)) === 1; }
  ask(request) { return this.#take(this.exports.ask(this.#put(request))); }
}

// Refusal is the engine's own word on bytes it cannot use. Any other error that comes
// out of an Engine means that the instance is gone.
class Refusal extends Error {}

let assets;
let store;
let models;
let started; // resolves when downloads may begin
let start = null;
let module = null; // engine.wasm, compiled
let engine = null; // null until ready, and again after a crash
let model = null; // {hash, bytes} that engine has opened
let blank; // the profile of somebody new
let booting = false;
const asks = [];
const channel = new BroadcastChannel('sparrow');

onmessage = ({ data: message }) => {
  switch (message.type) {
    case 'init':
      started = new Promise((resolve) => { start = resolve; });
      assets = message.assets;
      importScripts(assets['wasm_exec.js'], assets['profile.js'], assets['models.js']);
      store = new Store();
      models = new Models(message.models, store);
      return boot();
    case 'start':
      return start();
    case 'retry':
      return engine ? again() : boot();
    case 'ask':
      asks.push(message);
      return answerAll();
  }
};
addEventListener('online', () => boot());

function progress(stage) {
  return (loaded, total) => postMessage({ type: 'progress', stage, loaded, total });
}

// boot makes an engine ready: with the last good model of this device when there is
// one, else with the newest of the server.
async function boot() {
  if (engine || booting || !assets) return;
  booting = true;
  try {
    if (!store.durable) await store.open();
    const [kept] = await Promise.all([models.kept(), started]);
    const download = kept.length ? null : models.latest().then((latest) => models.download(latest, progress('model')));
    download?.catch(() => {}); // awaited below, after engine.wasm
    module ??= await compile();
    const ready = await openFirst(kept) ?? await openIn(await Engine.start(module), await (download ?? newest(kept)));
    await enter(ready);
    if (kept.includes(model)) refresh();
    else await models.keep(model);
  } catch (failure) {
    fail(failure, false);
  } finally {
    booting = false;
  }
}

let compiles = 0;

// compile fetches engine.wasm; from the second time on not from the browser's own cache,
// which may hold a damaged file.
async function compile() {
  progress('engine')(0, 1);
  const response = await fetch(assets['engine.wasm'], { cache: compiles++ ? 'reload' : 'default' }).catch((cause) => { throw unreachable(cause); });
  if (!response.ok) throw unreachable(`engine.wasm: HTTP ${response.status}`);
  try {
    return await WebAssembly.compileStreaming(response);
  } catch (cause) {
    throw new Failure('engine', 'The recommender did not load completely. Try again, or reload the page.', cause);
  } finally {
    progress('engine')(1, 1);
  }
}

// openFirst opens the first of the kept models that this engine can read, if any.
async function openFirst(kept) {
  for (const candidate of kept) {
    try {
      return openIn(await Engine.start(module), candidate);
    } catch (failure) {
      console.warn(`sparrow: the model ${candidate.hash.slice(0, 12)} of this device:`, failure);
    }
  }
  return null;
}

// openIn opens a model in an engine that has none.
function openIn(empty, candidate) {
  try {
    empty.open(candidate.bytes);
  } catch (cause) {
    throw new Failure('decode', 'The movie model does not fit this version of the app. Reload the page to update it, then try again.', cause);
  }
  return { engine: empty, model: candidate };
}

// newest downloads the server's model, unless it is one that did not open.
async function newest(kept) {
  const latest = await models.latest();
  return kept.find(({ hash }) => hash === latest.hash) ?? models.download(latest, progress('model'));
}

// enter hands the visitor's profile to an engine and puts it to work.
async function enter(ready) {
  blank = ready.engine.profile();
  const profile = await store.get('profile');
  engine = ready.engine;
  model = ready.model;
  restore(profile);
  tellReady();
  answerAll();
}

function tellReady() {
  postMessage({ type: 'ready', hash: model.hash, bytes: model.bytes.length, durable: store.durable });
}

// again is the page's wish to try once more although an older model answers.
function again() {
  tellReady();
  return refresh();
}

// refresh fetches a newer model in the background and keeps it for the next visit: a
// page stays with the model it began with.
async function refresh() {
  if (!navigator.onLine) return;
  try {
    const latest = await models.latest();
    if ((await models.kept()).some(({ hash }) => hash === latest.hash)) return;
    const next = await models.download(latest, () => {});
    openIn(await Engine.start(module), next);
    await models.keep(next);
  } catch (failure) {
    if (failure.code === 'network') console.info('sparrow: no news of the model:', failure.cause);
    else fail(failure, true);
  }
}

function fail(error, kept) {
  const known = error instanceof Failure;
  console.warn('sparrow:', error.message, error.cause ?? error);
  postMessage({ type: 'failed', kept, code: known ? error.code : 'engine', text: known ? error.message : 'The recommender stopped. Try again, or reload the page.' });
}

// restore loads a stored profile. One that the engine cannot read is put aside, never
// overwritten, and the visitor begins anew.
function restore(profile) {
  try {
    engine.load(profile ?? blank);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    console.warn('sparrow: the stored profile cannot be read:', error);
    store.put('profile that could not be read', profile);
    engine.load(blank);
  }
}

let answering = false;

// answerAll answers the waiting asks in their order.
async function answerAll() {
  if (answering) return;
  answering = true;
  while (engine && asks.length) {
    try {
      await answer(asks.shift());
    } catch (error) {
      engine = null;
      fail(error, false);
    }
  }
  answering = false;
}

async function answer({ id, request }) {
  let reply;
  let ms;
  const ask = () => {
    const began = performance.now();
    reply = engine.ask(request);
    ms = performance.now() - began;
  };
  if (engine.mutates(request)) await change(ask);
  else ask();
  postMessage({ type: 'answer', id, answer: reply, ms }, [reply.buffer]);
}

// change runs an ask that changes the profile on the newest profile of all tabs.
async function change(ask) {
  const durable = store.durable;
  await store.update('profile', (profile) => {
    restore(profile);
    ask();
    return engine.profile();
  });
  if (store.durable) {
    channel.postMessage('changed');
    postMessage({ type: 'stored' });
  } else if (durable) {
    tellReady(); // storage gave up meanwhile; the page should say so
  }
}

// Another tab changed the profile.
channel.onmessage = async () => {
  if (!engine) return;
  await store.update('profile', (profile) => { if (engine) restore(profile); });
  postMessage({ type: 'changed' });
};
