// How the engine worker keeps up while the page is open: it asks for news, enrols the
// visitor, fetches the model that should answer, and lets it take over between two asks.
// Whatever fails leaves the model that answers where it is.
import { enrol, wanted } from './enrolment.js';
import { open } from './compile.js';
import { engine, enter, fail, model, wait } from './active.js';
import { ahead } from './supplement.js';

const quarter = 15 * 60e3; // ms between two looks at the server
export const unfit = new Set(); // hashes of models that this engine cannot open
let visible = true;
let looked = 0; // when, Unix ms
let looking = null; // the look under way
let lookAgain = false; // the visitor changed meanwhile
let models;
let experiments;

// keepUp says where news come from.
export function keepUp(sources) { ({ models, experiments } = sources); }

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
    if (engine) enrol(engine, experiments);
    const target = wanted ?? latest;
    if (!target || target.hash === model?.hash || unfit.has(target.hash)) return;
    const next = (await models.kept()).find(({ hash }) => hash === target.hash) ?? (navigator.onLine && await models.download(target, () => {}).catch(offline));
    if (!next) return;
    const ready = await openNext(next);
    wait(() => takeOver(ready));
  } catch (failure) {
    fail(failure, true);
  }
}

// offline swallows a failure of the network or of the server, which the next look may find
// mended.
function offline(failure) {
  if (failure.code !== 'network' && failure.code !== 'http') throw failure;
  console.info('sparrow: no news of the model:', failure.cause);
}

async function openNext(next) {
  try {
    return await ahead(await open(next));
  } catch (failure) {
    unfit.add(next.hash);
    throw failure;
  }
}

// takeOver puts a model to work that was opened, in place of the one that answers.
async function takeOver(ready) {
  try {
    enrol(ready.engine, experiments);
    await enter(ready);
    models.keep(ready.model);
  } catch (failure) {
    unfit.add(ready.model.hash);
    fail(failure, true);
  }
}
