// The engine worker: runs the engine off the page's thread, gives it a model and the
// visitor's profile, and answers what the page asks. A newer model, or the one of the
// visitor's arm of an experiment, takes over between two answers (model-update.js). For a widget
// it is embedded: it keeps nothing unless it is told to remember (embedded.js).
//
//   page → worker   init {wasm, models: addresses, integrity: of wasm, embedded, person: whose profile, 1 when left out}, start (downloads may begin),
//                   program {module: wasm, as the page compiled it; none where that cannot be sent}, unless embedded,
//                   ask {id, request: bytes, or a question when embedded}, retry,
//                   visitor {visitor: Uint8Array(16) | null}, check (is there a newer model?),
//                   profile {person} (of another person of this device),
//                   complete (fetch what the model lacks, if that did not come), visible and hidden (the page is), remember and forget {name: of the database}
//   worker → page   progress {stage, loaded, total}, ready {hash, bytes, durable} (again after
//                   a takeover), answer {id, answer, ms}, enrolled {arms: [[layer, arm]]},
//                   lacking {code, status} and complete (supplement.js), live {at, again} (live.js), failed {code: as in failure.js, status, text, kept}, profile {profile: bytes}, changed, stored, forgotten {elsewhere: in another tab}
import { CachedModels, pack, unpack } from './embedded.js';
import { enrol } from './enrolment.js';
import { Experiments } from './experiments.js';
import { begin, goLive, look, show as showLive } from './live.js';
import { Models } from './models.js';
import { compile, expect, open } from './compile.js';
import { answer, catchUp, engine, enter, fail, forget, keep, model, profileOf, remember, sit, store, tellReady, wait } from './active.js';
import { check, keepUp, show, unfit } from './model-update.js';
import { ahead, complete, completeFrom } from './supplement.js';
import { demand } from './wasm.js';

let wasm; // URL of the program: engine.wasm, or the page's own
let integrity; // its hash, where the page does not leave it to the server
let embedded = false;
let models;
let experiments;
let started; // resolves when downloads may begin
let start = null;
let hand = null; // takes the page's program
let booting = false;

onmessage = ({ data: message }) => {
  switch (message.type) {
    case 'init':
      started = new Promise((resolve) => { start = resolve; });
      ({ wasm, integrity, embedded = false } = message);
      sit(message.person);
      if (!embedded) hand = expect();
      models = new (embedded ? CachedModels : Models)(message.models, store);
      experiments = new Experiments(message.models, store);
      keepUp({ models, experiments });
      if (!embedded) completeFrom(models);
      goLive(models.base, !embedded);
      return boot();
    case 'start':
      return start();
    case 'program':
      return hand(message.module);
    case 'retry':
      return engine ? again() : boot();
    case 'ask': {
      const { id, request } = message;
      const bytes = embedded ? pack(request) : request;
      return wait(() => answer(id, bytes, embedded && ((reply) => unpack(reply, request.verb))));
    }
    case 'complete':
      return complete();
    case 'profile':
      return wait(async () => postMessage({ type: 'profile', profile: await profileOf(message.person) }));
    case 'visitor':
      experiments.visitor = message.visitor;
      return check();
    case 'check':
      return check();
    case 'visible':
      catchUp();
      showLive(true);
      return show(true);
    case 'hidden':
      showLive(false);
      return show(false);
    case 'remember':
      return wait(() => remember(message.name));
    case 'forget':
      return engine ? wait(() => forget(message.name)) : forget(message.name);
  }
};
addEventListener('messageerror', () => hand?.()); // a program that cannot be read here
addEventListener('online', () => {
  if (!engine) return boot();
  complete();
  look();
  return check();
});

function progress(stage) {
  return (loaded, total) => postMessage({ type: 'progress', stage, loaded, total });
}

// boot makes an engine ready: with the last good model of this device when there is
// one, else with the newest of the server.
async function boot() {
  if (engine || booting || !wasm) return;
  booting = true;
  try {
    demand();
    if (!embedded) await keep(models.base === '/v1/' ? 'sparrow' : `sparrow ${models.base}`); // two sites of one host are two
    await experiments.load();
    await begin();
    const kept = await models.kept();
    let latest;
    const named = kept.length ? null : models.latest(); // of a few bytes: it waits for nothing
    named?.catch(() => {}); // awaited with download
    await started;
    const download = named?.then((one) => models.download(latest = one, progress('model')));
    download?.catch(() => {}); // awaited below, after the program
    await compile(wasm, progress('engine'), integrity);
    const ready = await ahead(await openFirst(kept) ?? await open(await (download ?? newest(kept))));
    enrol(ready.engine, experiments);
    await enter(ready);
    if (!kept.includes(model)) await models.keep(model);
    check(embedded ? undefined : latest);
  } catch (failure) {
    fail(failure, false);
  } finally {
    booting = false;
  }
}

// openFirst opens the first of the kept models that this engine can read, if any.
async function openFirst(kept) {
  for (const candidate of kept) {
    try {
      return await open(candidate);
    } catch (failure) {
      console.warn(`sparrow: the model ${candidate.hash.slice(0, 12)} of this device:`, failure);
    }
  }
  return null;
}

// newest downloads the server's model, unless it is one that did not open.
async function newest(kept) {
  const latest = await models.latest();
  return kept.find(({ hash }) => hash === latest.hash) ?? models.download(latest, progress('model'));
}

// again is the page's wish to try once more although an older model answers.
function again() {
  tellReady();
  unfit.clear();
  return check();
}
