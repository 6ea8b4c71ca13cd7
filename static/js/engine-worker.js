// The engine worker: runs engine.wasm off the page's thread, gives it a model and the
// visitor's profile, and answers what the page asks. A newer model, or the one of the
// visitor's arm of an experiment, takes over between two answers (takeover.js). For a widget
// it is embedded: it keeps nothing unless it is told to remember (embedded.js).
//
//   page → worker   init {wasm, models: addresses, embedded}, start (downloads may begin),
//                   ask {id, request: bytes, or a question when embedded}, retry,
//                   visitor {visitor: Uint8Array(16) | null}, check (is there a newer model?),
//                   visible and hidden (the page is), remember {name: of the database}, forget
//   worker → page   progress {stage, loaded, total}, ready {hash, bytes, durable} (again after
//                   a takeover), answer {id, answer, ms}, enrolled {arms: [[layer, arm]]},
//                   failed {code, text, kept}, changed, stored
import { CachedModels, pack, unpack } from './embedded.js';
import { Engine, Refusal } from './engine.js';
import { Experiments } from './experiments.js';
import { Failure, Models, unreachable } from './models.js';
import { Store } from './profile.js';
import { check, enrol, show, takeOver, unfit } from './takeover.js';

let wasm; // URL of engine.wasm
let embedded = false;
const store = new Store();
export let models;
export let experiments;
let started; // resolves when downloads may begin
let start = null;
export let module = null; // engine.wasm, compiled
export let engine = null; // null until ready, and again after a crash
export let model = null; // {hash, bytes} that engine has opened
let blank; // the profile of somebody new
let booting = false;
const asks = []; // what waits, in order: asks, what to remember or forget, and models to take over
let channel = null; // to the other tabs that share the profile

onmessage = ({ data: message }) => {
  switch (message.type) {
    case 'init':
      started = new Promise((resolve) => { start = resolve; });
      ({ wasm, embedded = false } = message);
      models = new (embedded ? CachedModels : Models)(message.models, store);
      experiments = new Experiments(message.models, store);
      return boot();
    case 'start':
      return start();
    case 'retry':
      return engine ? again() : boot();
    case 'ask':
      if (embedded) message.request = pack(message.request);
      return wait(message);
    case 'visitor':
      experiments.visitor = message.visitor;
      return check();
    case 'check':
      return check();
    case 'visible':
    case 'hidden':
      return show(message.type === 'visible');
    case 'remember':
    case 'forget':
      return wait(message);
  }
};
addEventListener('online', () => (engine ? check() : boot()));

function progress(stage) {
  return (loaded, total) => postMessage({ type: 'progress', stage, loaded, total });
}

// boot makes an engine ready: with the last good model of this device when there is
// one, else with the newest of the server.
async function boot() {
  if (engine || booting || !wasm) return;
  booting = true;
  try {
    if (!embedded) await open('sparrow');
    await experiments.load();
    const [kept] = await Promise.all([models.kept(), started]);
    let latest;
    const download = kept.length ? null : models.latest().then((named) => models.download(latest = named, progress('model')));
    download?.catch(() => {}); // awaited below, after engine.wasm
    module ??= await compile();
    const ready = await openFirst(kept) ?? await openIn(await Engine.start(module), await (download ?? newest(kept)));
    await enter(ready);
    if (!kept.includes(model)) await models.keep(model);
    check(embedded ? undefined : latest);
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
  const response = await fetch(wasm, { cache: compiles++ ? 'reload' : 'default' }).catch((cause) => { throw unreachable(cause); });
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
export function openIn(empty, candidate) {
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

// enter hands the visitor's experiments and profile to an engine and puts it to work. When
// it cannot take them the engine before, if any, goes on.
export async function enter(ready) {
  await enrol(ready.engine);
  const empty = ready.engine.profile();
  const profile = await store.get('profile');
  restore(ready.engine, profile, empty);
  ({ engine, model } = ready);
  blank = empty;
  tellReady();
  answerAll();
}

function tellReady() {
  postMessage({ type: 'ready', hash: model.hash, bytes: model.bytes.length, durable: store.durable });
}

// again is the page's wish to try once more although an older model answers.
function again() {
  tellReady();
  unfit.clear();
  return check();
}

export function fail(error, kept) {
  const known = error instanceof Failure;
  console.warn('sparrow:', error.message, error.cause ?? error);
  postMessage({ type: 'failed', kept, code: known ? error.code : 'engine', text: known ? error.message : 'The recommender stopped. Try again, or reload the page.' });
}

// restore loads a stored profile. One that the engine cannot read is put aside, never
// overwritten, and the visitor begins anew.
function restore(one, profile, empty) {
  try {
    one.load(profile ?? empty);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    console.warn('sparrow: the stored profile cannot be read:', error);
    store.put('profile that could not be read', profile);
    one.load(empty);
  }
}

let answering = false;

const tasks = { ask: answer, remember, forget, takeOver };

// wait puts a task behind those that wait already.
export function wait(task) {
  asks.push(task);
  answerAll();
}

// answerAll answers the waiting asks in their order, and lets models take over between them.
async function answerAll() {
  if (answering) return;
  answering = true;
  while (engine && asks.length) {
    const next = asks.shift();
    try {
      await tasks[next.type](next);
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
  if (embedded) postMessage({ type: 'answer', id, answer: unpack(reply), ms });
  else postMessage({ type: 'answer', id, answer: reply, ms }, [reply.buffer]);
}

// change runs an ask that changes the profile on the newest profile of all tabs.
async function change(ask) {
  const durable = store.durable;
  await store.update('profile', (profile) => {
    restore(engine, profile, blank);
    ask();
    return engine.profile();
  });
  if (store.durable) {
    channel?.postMessage('changed');
    postMessage({ type: 'stored' });
  } else if (durable) {
    tellReady(); // storage gave up meanwhile; the page should say so
  }
}

// open has the store keep what it is given in the database of that name.
async function open(name) {
  if (!store.durable) await store.open(name);
  if (!channel) {
    channel = new BroadcastChannel(name);
    channel.onmessage = ({ data }) => (data === 'forgotten' ? drop() : reload());
  }
}

// reload takes the profile as it is kept now: another tab changed it.
async function reload() {
  if (!engine) return;
  await store.update('profile', (profile) => { if (engine) restore(engine, profile, blank); });
  postMessage({ type: 'changed' });
}

// remember has a widget's profile outlive the page.
async function remember({ name }) {
  await open(name);
  await reload();
}

// forget deletes the profile here, and everywhere else where it is kept.
async function forget() {
  await drop();
  channel?.postMessage('forgotten');
  postMessage({ type: 'forgotten' });
}

async function drop() {
  await store.forget();
  if (engine) restore(engine, undefined, blank);
}
