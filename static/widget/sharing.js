// What a list tells the edge once the visitor agreed: the same feedback as the app's, over the
// same outbox. A script of its own, for most pages never want it.
import { open as openFeedback } from '../js/feedback.js';
import { say } from './limits.js';

const base = new URL('../v1/', import.meta.url).href;

export const open = async () => new Sharing(await openFeedback({ base, watch: false }));

class Sharing {
  #decided = Promise.resolve(); // what was decided last, once it is in force

  constructor(feedback) { this.feedback = feedback; }

  // decide switches sharing on or off, and tells the engine who the visitor is: experiments
  // are for those who share.
  decide(granted, engine) {
    this.#decided = this.#enact(granted, engine);
    return this.#decided;
  }

  async #enact(granted, engine) {
    const { feedback } = this;
    if (granted) {
      const plan = await engine.planned();
      if (plan.add?.consent) say('consent', plan);
      feedback.sender.onrefused = () => say('consent', {}, `this edge does not take feedback from ${self.origin}: its log names the flag to add`);
    }
    await (granted ? feedback.allow() : feedback.deny());
    engine.onarms = (arms) => { feedback.arms = arms; };
    const told = engine.tell({ type: 'visitor', visitor: feedback.outbox.visitor }).then(() => { feedback.bundle = engine.bundle || null; });
    if (engine.bundle) feedback.bundle = engine.bundle; // of a list that is shown before there is an engine
    else await told;
  }

  // track waits for a decision that is under way: the first list may be faster.
  async track(kind, fields) {
    await this.#decided.catch(() => {});
    await this.feedback.track(kind, fields);
  }

  // exposed says which experiments a list that was seen depends on.
  exposed(layers, arms) {
    for (const [layer] of arms) if (layers.includes(layer)) this.track('exposure', { layer });
  }

  erase() { return this.feedback.erase(); }
}
