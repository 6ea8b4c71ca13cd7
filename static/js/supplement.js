// How the engine worker completes its model: what the first list does not need, the weaker part of
// the transition lists and the further models of the Lab, is in a second file, which is fetched when
// the engine has given its first answer, and added before that where this device has it: the same
// history then gets the same list at every visit. Until it is there, the page is told that the model
// lacks something, and why that did not come; what it shows stays when it comes. A widget goes without.
//
//   worker → page   lacking {code: as in failure.js, '' while it is on its way, status}, complete
import { answered, engine, model, wait } from './active.js';
import { open } from './compile.js';
import { Refusal } from './engine.js';
import { Failure } from './failure.js';

let models;
let under; // the engine whose second file is on its way
const refused = new Set(); // hashes of models whose second file the engine did not take

// completeFrom says where second files come from.
export function completeFrom(source) {
  models = source;
  answered(complete);
}

// ahead gives an engine that has not answered yet the second file of its model, where this device
// has it, and returns both; an engine that ends by that is started again without.
export async function ahead(ready) {
  const named = models && ready.engine.lacks();
  const kept = named && await models.keptSupplement(named);
  if (!kept) return ready;
  try {
    ready.engine.extend(kept.bytes);
  } catch (cause) {
    console.warn('sparrow: the second file of this device:', cause); // it is tried again, and told, after the first answer
    if (!(cause instanceof Refusal)) return open(ready.model);
  }
  return ready;
}

// complete fetches what the model lacks, if anything, unless that is under way.
export async function complete() {
  const one = engine;
  const of = model;
  const named = models && one?.lacks();
  if (!named || under === one || refused.has(of.hash)) return;
  under = one;
  tell('');
  try {
    const bytes = await models.supplement(of, named);
    wait(() => add(one, of, bytes));
  } catch (failure) {
    if (one === engine) lacks(failure);
  } finally {
    if (under === one) under = null;
  }
}

// add gives an engine the second file of its model, unless another took its place.
function add(one, of, bytes) {
  if (one !== engine || !one.lacks()) return;
  try {
    one.extend(bytes);
  } catch (cause) {
    refused.add(of.hash);
    if (!(cause instanceof Refusal)) throw cause;
    return lacks(new Failure('decode', 'The second file of the model does not fit this version of the app.', cause));
  }
  postMessage({ type: 'complete' });
}

function lacks(failure) {
  console.warn('sparrow: the model stays without its second file:', failure.message, failure.cause ?? failure);
  tell(failure.code ?? 'engine', failure.status);
}

function tell(code, status) { postMessage({ type: 'lacking', code, status }); }
