// What a list tells the edge, if the page says that the visitor agreed: the same feedback as
// the app's, over the same outbox, fetched only then.
import { base, feedbackAt } from './engine.js';

let opened = null; // a promise of the feedback
let feedback = null;

function open() {
  opened ??= import(feedbackAt).then(async (module) => {
    feedback = await module.open({ base, watch: false });
    return feedback;
  });
  return opened;
}

export const Sharing = {
  // consent is told what the attribute says: 'granted', 'denied', or nothing yet.
  async consent(word, engine) {
    if (word !== 'granted' && !(word === 'denied' && opened)) return;
    try {
      const one = await open();
      await (word === 'granted' ? one.allow() : one.deny());
      engine.onarms = (arms) => { one.arms = arms; };
      await engine.tell({ type: 'visitor', visitor: one.outbox.visitor });
      one.bundle = engine.bundle || null;
    } catch (error) {
      console.warn('sparrow: no feedback:', error);
    }
  },

  track(kind, fields) { feedback?.track(kind, fields); },

  // exposed says which experiments a list that was seen depends on.
  exposed(layers, arms) {
    for (let i = 0; i < arms.length; i++) {
      for (let j = 0; j < layers.length; j++) if (arms[i][0] === layers[j]) feedback?.track('exposure', { layer: layers[j] });
    }
  },

  async erase() {
    if (opened || await shared()) await (await open()).erase();
  },
};

// shared tells whether an earlier page of this site has shared something.
async function shared() {
  try {
    const all = await indexedDB.databases();
    for (let i = 0; i < all.length; i++) if (all[i].name === 'sparrow-outbox') return true;
  } catch {
    // no storage, nothing shared
  }
  return false;
}
