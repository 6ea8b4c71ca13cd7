// How the engine worker keeps up while the page is open: it asks for news, enrols the
// visitor, fetches the model that should answer, and lets it take over between two asks.
// Whatever fails leaves the model that answers where it is.
import { Engine } from './engine.js';
import { engine, enter, experiments, fail, model, models, module, openIn, wait } from './engine-worker.js';
import { Models } from './models.js';

const quarter = 15 * 60e3; // ms between two looks at the server
export const unfit = new Set(); // hashes of models that this engine cannot open
let visible = true;
let looked = 0; // when, Unix ms
let looking = null; // the look under way
let lookAgain = false; // the visitor changed meanwhile
let told = '[]'; // the arms that the page knows of
let wanted = null; // {hash, size} of the model of the visitor's arm, if it has one

setInterval(() => visible && check(), quarter);

// show is told whether the page is visible.
export function show(now) {
  visible = now;
  if (visible && Date.now() - looked >= quarter) check();
}

// check looks for news; during a look, once more after it. latest is what latest.json said
// a moment ago, where that is known.
export async function check(latest) {
  if (looking) lookAgain = true;
  if (looking || !engine) return;
  do {
    lookAgain = false;
    looking = look(latest);
    await looking;
    latest = undefined;
  } while (lookAgain);
  looking = null;
}

async function look(latest) {
  try {
    if (navigator.onLine) latest ??= await models.latest().catch(offline);
    if (latest) {
      looked = Date.now();
      await experiments.refresh(latest);
    }
    if (engine) await enrol(engine);
    const target = wanted ?? latest;
    if (!target || target.hash === model?.hash || unfit.has(target.hash)) return;
    const next = (await models.kept()).find(({ hash }) => hash === target.hash) ?? (navigator.onLine && await models.download(target, () => {}).catch(offline));
    if (!next) return;
    wait({ type: 'takeOver', ...await openNext(next) });
  } catch (failure) {
    fail(failure, true);
  }
}

// offline swallows a failure of the network, which the next look may find mended.
function offline(failure) {
  if (failure.code !== 'network') throw failure;
  console.info('sparrow: no news of the model:', failure.cause);
}

async function openNext(next) {
  try {
    return openIn(await Engine.start(module), next);
  } catch (failure) {
    unfit.add(next.hash);
    throw failure;
  }
}

// takeOver puts a model to work that openIn has opened, in place of the one that answers.
export async function takeOver(ready) {
  try {
    await enter(ready);
    models.keep(ready.model);
  } catch (failure) {
    unfit.add(ready.model.hash);
    fail(failure, true);
  }
}

// enrol tells an engine of the visitor and of the experiments, and the page of his arms.
export async function enrol(one) {
  if (!one.enrolled && experiments.nothing) return;
  let arms;
  try {
    arms = one.enroll(experiments.bytes());
    one.enrolled = true;
  } catch (failure) {
    if (one.go.exited) throw failure;
    return console.warn('sparrow: these experiments cannot be used:', failure);
  }
  const own = arms.find(Models.fits);
  wanted = own ? { hash: own.hash, size: own.size } : null;
  const names = JSON.stringify(arms.map(({ layer, arm }) => [layer, arm]));
  if (names !== told) postMessage({ type: 'enrolled', arms: JSON.parse(names) });
  told = names;
}
