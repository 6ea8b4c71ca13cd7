// One engine a page, however many lists ask it: in a worker of the page, in a frame of the
// edge's, or no engine but lists that were made in advance.
import { failure } from './failure.js';
import { framed, lists, policy, takeover } from './later.js';
import { get } from './safe.js';

const edge = new URL('..', import.meta.url); // of the folder that holds a/ and v1/
const wasm = new URL(__ENGINE__, edge).href;
const worker = new URL(__WORKER__, edge);
const patience = 10e3; // ms for a worker or a frame to say that it is there

export const base = new URL('v1/', edge).href;

const kept = 'sparrow-widget'; // the database of what a page lets the widget learn

export const told = {}; // has again, which asks once more for lists that are others now

const engines = new Map(); // by source and mode

// engineOf returns the page's engine for a source of models and a mode.
export function engineOf(src, mode) {
  const models = src ? new URL(src, document.baseURI).href : base;
  const name = `${mode} ${models}`;
  if (!engines.has(name)) engines.set(name, new Engine(models, mode));
  return engines.get(name);
}

// each calls fn with every engine of the page.
export const each = (fn) => engines.forEach(fn);

let plan; // a promise of what this page allows, as choose of policy.js returns it

const planned = () => plan ??= read();

async function read() {
  const header = byHeader();
  if (!header && !document.querySelector('meta[http-equiv="content-security-policy" i]')) return { modes: ['inline', 'frame', 'list'] };
  try {
    return await (await policy()).plan(header, worker);
  } catch {
    return { modes: ['frame', 'list'] };
  }
}

// byHeader reports whether a policy came with the page's headers: in such a page an element
// hides its nonce when it is put in.
// https://html.spec.whatwg.org/multipage/urls-and-fetching.html#nonce-attributes
function byHeader() {
  const probe = document.createElement('link');
  probe.setAttribute('nonce', 'x');
  document.head.append(probe);
  const hidden = probe.getAttribute('nonce') !== 'x';
  probe.remove();
  return hidden;
}

class Engine {
  mode = ''; // inline, frame or list, once it is known
  bundle = ''; // SHA-256 of the model that answers
  arms = []; // of experiments; onarms, where there is one, hears of others
  planned = planned;
  hurry = () => {}; // brings the engine now, though the page may not be quiet yet
  #port = null; // a Worker or a MessagePort
  #running = null; // a promise of being ready
  #quiet; // a promise to wait for first, where a list is shown already
  #answers = new Map(); // by the number of the question
  #asked = 0;
  #personal = false;

  constructor(models, wanted) {
    this.models = models;
    this.wanted = wanted;
  }

  // early resolves with a list made in advance, where there is one and no engine yet: that is
  // downloaded once the page is quiet, and with spare, not before something needs it.
  async early(question, spare) {
    if (this.wanted !== 'auto' || this.mode || question.k > 20 || !question.advance) return null; // a list made in advance has no more
    try {
      const { modes } = await planned();
      if (!modes[1] || modes[modes.length - 1] !== 'list') return null;
      const list = await this.#pictured(await this.#made(question), question);
      if (list.cut) return null;
      this.bundle ||= list.bundle;
      this.#quiet ??= new Promise((resolve) => { this.hurry = resolve; });
      if (!spare) takeover().then(({ quiet }) => quiet()).then(this.hurry, this.hurry);
      return list;
    } catch {
      return null; // the engine knows
    }
  }

  // ask resolves with {items, layers, shows}; what cannot be answered is an error with a code.
  async ask(question) {
    await this.start();
    return this.#pictured(await this.#ask(question), question);
  }

  async #pictured(answer, { srcset }) {
    for (let i = 0; i < answer.items.length; i++) if (srcset || answer.items[i].image) return (await policy()).pictured(answer, this.models, await planned(), srcset);
    return answer;
  }

  // made resolves with a list made in advance.
  async #made(question) {
    const { item } = question;
    const script = lists();
    script.catch(() => {}); // it is heard of below
    const found = await get(new URL(item === undefined ? 'popular.json' : `similar/${encodeURIComponent(item)}.json`, this.models), 'json');
    return (await script).list(found, question);
  }

  async #ask(question) {
    if (this.mode === 'list') {
      if (question.action) return { items: [] };
      (await lists()).check(question);
      const list = await this.#made(question);
      this.bundle = list.bundle;
      return list;
    }
    const id = ++this.#asked;
    const answer = await new Promise((resolve) => {
      this.#answers.set(id, resolve);
      this.#port.postMessage({ type: 'ask', id, request: question });
    });
    if (answer.error) throw failure(answer.error.code, answer.error.text);
    return answer;
  }

  // tell sends a message that has no answer, now or when there is an engine to hear it.
  async tell(message) {
    await this.start();
    if (this.#port) this.#port.postMessage(message);
  }

  // remember has the visitor's taste kept on this site.
  remember() {
    if (this.#personal) return;
    this.#personal = true;
    this.tell({ type: 'remember', name: kept }).then(async () => this.#port || (await policy()).say('personal', await planned())).catch(() => {});
  }

  // forget resolves when nothing is known of the visitor any more, nor kept; or after a while.
  async forget() {
    this.hurry();
    await this.start();
    this.#personal = false;
    if (!this.#port) return;
    this.#port.postMessage({ type: 'forget', name: kept });
    await new Promise((resolve) => {
      this.forgotten = resolve;
      setTimeout(resolve, patience);
    });
  }

  // start resolves when the engine can be asked.
  start() {
    this.#running ??= (async () => {
      await this.#quiet;
      await this.#start();
    })().catch((error) => {
      this.#running = null; // the next one may try again
      throw error;
    });
    return this.#running;
  }

  async #start() {
    const { modes, trust } = this.wanted === 'auto' ? await planned() : { modes: [this.wanted, 'list'], trust: globalThis.trustedTypes };
    let last = failure('policy', "this page's policy allows no way to run");
    for (let i = 0; i < modes.length; i++) {
      const mode = modes[i];
      if (mode === 'frame' && this.models !== base) continue; // the frame has the edge's own models only
      try {
        if (mode !== 'list') await this.#open(await (mode === 'frame' ? frame() : inline(trust)));
        this.mode = mode;
        return;
      } catch (error) {
        last = error;
        this.#port?.close?.();
        this.#port?.terminate?.();
        this.#port = null;
        if (/network|http|page|integrity|browser/.test(error.code)) { // the next way would want the same files, of the same browser
          this.mode = 'list';
          return;
        }
      }
    }
    throw last;
  }

  // open resolves when the engine behind a port is ready.
  #open(port) {
    this.#port = port;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(failure('timeout', 'the engine did not start')), patience);
      port.onerror = (event) => {
        event.preventDefault?.();
        reject(failure('worker', event.message ?? 'the engine did not start'));
      };
      port.onmessage = ({ data }) => {
        clearTimeout(timer); // it is there; downloads have their own patience
        if (data.type === 'ready') {
          this.bundle = data.hash;
          resolve();
        } else if (data.type === 'failed') {
          if (!data.kept) this.#fail(data, reject);
        } else if (data.type === 'answer') {
          this.#answers.get(data.id)?.(data.answer);
          this.#answers.delete(data.id);
        }
      };
      takeover().then(({ follow }) => follow(port, this, told, init(this.models)), reject);
    });
  }

  // fail ends the questions that wait; the next one wakes the engine again.
  #fail({ code, text }, reject) {
    reject(failure(code, text));
    this.#answers.forEach((answer) => answer({ error: { code, text } }));
    this.#answers.clear();
    if (this.mode) this.#port.postMessage({ type: 'retry' });
  }
}

// clear forgets what an earlier page of this site has kept, without an engine: where this
// page's lists would keep it.
export const clear = async () => (await framed()).clear((await planned()).modes[0] === 'frame' && await frame(), init(base), kept, patience);

const init = (models) => ({ type: 'init', wasm, integrity: __ENGINE_SUM__, models, embedded: true });

// inline resolves with a worker of this page, whose script it fetches unless the page is the edge's, too.
async function inline(trust) {
  const script = takeover();
  script.catch(() => {}); // it is heard of below
  const bytes = self.origin !== worker.origin && await get(worker, 'arraybuffer');
  return (await script).inline(bytes, worker, __WORKER_SUM__, trust);
}

// frame resolves with a port to the engine in a frame of the edge's.
const frame = async () => (await framed()).frame(new URL(__PAGE__, edge), patience);
