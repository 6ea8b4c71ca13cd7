// What the page says and hears about sharing: feedback.js, joined to the engine worker, which
// must know the visitor for its experiments, and told in terms of the profile page.
import { open } from './feedback.js';
import { withCaches } from './platform.js';

const mark = 'sparrow-answered'; // a cache of this name, empty, is all that is kept of a yes or no
const patience = 5000; // ms in which the edge may say that it deleted what it had
const pause = 250;

// connect resolves with a Sharing. post sends a message to the engine worker.
export async function connect(base, post) {
  const feedback = await open({ base });
  return new Sharing(feedback, post);
}

class Sharing {
  #hear = () => {};
  #named = false; // the worker knows of a visitor
  #again = 0; // the timer of the next look at a deletion under way

  constructor(feedback, post) {
    this.feedback = feedback;
    feedback.onstate((state, visitor) => {
      if (visitor || this.#named) post({ type: 'visitor', visitor });
      this.#named ||= Boolean(visitor);
      this.#tell();
    });
    for (const type of ['online', 'offline']) addEventListener(type, () => this.#tell());
  }

  // listen calls fn now and at each change with {state, waiting, shared, deleting, answered}:
  // how many events wait here, whether the edge may have some of this device, whether it has
  // still to be told to delete them, and whether the visitor has said yes or no before.
  listen(fn) {
    this.#hear = fn;
    this.#tell();
  }

  async #tell() {
    const { feedback } = this;
    const [visitor, past, erase, answered] = await Promise.all([
      ...['visitor', 'past', 'erase'].map((key) => feedback.outbox.read(key)), withCaches((all) => all.has(mark), true),
    ]);
    this.#hear({
      state: feedback.state(), waiting: feedback.queue().events,
      shared: Boolean(visitor || past?.length), deleting: Boolean(erase?.length), answered,
    });
    clearTimeout(this.#again);
    if (erase?.length && navigator.onLine) this.#again = setTimeout(() => this.#tell(), patience);
  }

  // model says whose lists the page shows from now on: after a change of the model, not
  // before they were asked for again.
  model(hash) { this.feedback.bundle = hash; }

  async track(kind, fields) {
    await this.feedback.track(kind, fields);
    if (!navigator.onLine) this.#tell(); // one more that waits
  }

  // decide switches sharing on or off, and remembers that the visitor was asked.
  async decide(yes) {
    await withCaches((all) => all.open(mark));
    await (yes ? this.feedback.allow() : this.feedback.deny());
    this.#tell();
  }

  // erase deletes what was shared. It resolves with 'pending' while the edge has still to be
  // told, else with 'erased'.
  async erase() {
    const left = () => this.feedback.outbox.read('erase');
    await this.feedback.erase();
    for (let ms = 0; navigator.onLine && ms < patience && await left(); ms += pause) {
      await new Promise((resolve) => { setTimeout(resolve, pause); });
    }
    const outcome = await left() ? 'pending' : 'erased';
    await this.#tell();
    return outcome;
  }
}
