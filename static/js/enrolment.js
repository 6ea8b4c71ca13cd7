// Who the visitor is and which experiments there are, as an engine is told.
import { Models } from './models.js';

export let wanted = null; // {hash, size} of the model of the visitor's arm, if it has one
let told = '[]'; // the arms that the page knows of

// enrol tells an engine of the visitor and of the experiments, and the page of their arms.
export function enrol(one, experiments) {
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
