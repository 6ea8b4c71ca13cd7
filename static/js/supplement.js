// How the engine worker completes its model: what no list needs, the further models of the Lab, is
// in a second file, which is fetched when the engine has given its first answer. Until it is there,
// the page is told that the model lacks something, and why that did not come. A widget never needs it.
//
//   worker → page   lacking {code: as in failure.js, '' while it is on its way, status}, complete
import { answered, engine, model, wait } from './active.js';
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
