// One engine a page, however many lists ask it: in a worker of the page, in a frame of the
// edge's, or no engine but lists that were made in advance.

const edge = new URL('..', import.meta.url); // of the folder that holds a/ and v1/
const wasm = new URL(__ENGINE__, edge).href;
const worker = new URL(__WORKER__, edge).href;
const framed = new URL(__PAGE__, edge).href;
const patience = 10e3; // ms for a worker or a frame to say that it is there

export const sharingAt = new URL(__SHARING__, edge).href;
export const base = new URL('v1/', edge).href;

const kept = 'sparrow-widget'; // the database of what a page lets the widget learn

const engines = {}; // by source and mode

// engineOf returns the page's engine for a source of models and a mode.
export function engineOf(src, mode) {
  const models = src ? new URL(src, document.baseURI).href : base;
  const name = `${mode} ${models}`;
  engines[name] ??= new Engine(models, mode);
  return engines[name];
}

// each calls fn with every engine of the page.
export function each(fn) {
  const names = Object.keys(engines);
  for (let i = 0; i < names.length; i++) fn(engines[names[i]]);
}

let plan; // a promise of what this page allows: {modes: the best first, trust: strings need to be trusted}

function planned() {
  const opaque = self.origin === 'null'; // in a sandbox a frame would be as powerless
  const header = byHeader();
  const free = { modes: opaque ? ['inline', 'list'] : ['inline', 'frame', 'list'], trust: false };
  plan ??= header || document.querySelector('meta[http-equiv="content-security-policy" i]')
    ? import(new URL(__POLICY__, edge).href).then((policy) => policy.plan(header, { origin: self.origin, opaque }, new URL(worker)))
      .catch(() => ({ modes: ['frame', 'list'], trust: false }))
    : Promise.resolve(free);
  return plan;
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
  arms = []; // of experiments
  onarms = () => {};
  #port = null; // a Worker or a MessagePort
  #running = null; // a promise of being ready
  #answers = {}; // by the number of the question
  #asked = 0;
  #personal = false;
  #forgotten = () => {};

  constructor(models, wanted) {
    this.models = models;
    this.wanted = wanted;
  }

  // ask resolves with {items, layers}; what cannot be answered is an error with a code.
  async ask(question) {
    await this.start();
    if (this.mode === 'list') return this.#list(question);
    const id = ++this.#asked;
    const answer = await new Promise((resolve) => {
      this.#answers[id] = resolve;
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
    this.tell({ type: 'remember', name: kept }).catch(() => {});
  }

  // forget resolves when nothing is known of the visitor any more, nor kept; or after a while.
  async forget() {
    await this.start();
    this.#personal = false;
    if (!this.#port) return;
    this.#port.postMessage({ type: 'forget', name: kept });
    await new Promise((resolve) => {
      this.#forgotten = resolve;
      setTimeout(resolve, patience);
    });
  }

  // start resolves when the engine can be asked.
  start() {
    this.#running ??= this.#start().catch((error) => {
      this.#running = null; // the next one may try again
      throw error;
    });
    return this.#running;
  }

  async #start() {
    const { modes, trust } = this.wanted === 'auto' ? await planned() : { modes: [this.wanted, 'list'], trust: Boolean(globalThis.trustedTypes) };
    let last = failure('policy', "this page's content security policy allows none of the ways to run");
    for (let i = 0; i < modes.length; i++) {
      const mode = modes[i];
      if (mode === 'frame' && this.models !== base) continue; // the frame has the edge's own models only
      try {
        if (mode !== 'list') await this.#open(mode === 'frame' ? await frame() : inline(trust));
        this.mode = mode;
        return;
      } catch (error) {
        last = error;
        this.#port?.close?.();
        this.#port?.terminate?.();
        this.#port = null;
        if (error.code === 'network') { // the next way would want the same files
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
        reject(failure('worker', event.message ?? 'the worker did not load'));
      };
      port.onmessage = ({ data }) => {
        clearTimeout(timer); // it is there; downloads have their own patience
        if (data.type === 'ready') {
          this.bundle = data.hash;
          resolve();
        } else if (data.type === 'failed') {
          if (!data.kept) this.#fail(data, reject);
        } else if (data.type === 'answer') {
          this.#answers[data.id]?.(data.answer);
          delete this.#answers[data.id];
        } else if (data.type === 'enrolled') {
          this.arms = data.arms;
          this.onarms(data.arms);
        } else if (data.type === 'forgotten') this.#forgotten();
      };
      port.postMessage(init(this.models));
      port.postMessage({ type: 'start' });
    });
  }

  // fail ends the questions that wait; the next one wakes the engine again.
  #fail({ code, text }, reject) {
    reject(failure(code, text));
    const waiting = Object.keys(this.#answers);
    for (let i = 0; i < waiting.length; i++) this.#answers[waiting[i]]({ error: { code, text } });
    this.#answers = {};
    if (this.mode) this.#port.postMessage({ type: 'retry' });
  }

  // list answers from what the builder has made in advance.
  async #list({ verb, item, k, action }) {
    if (action) return { items: [] };
    const found = await json(new URL(verb === 'movie' ? `similar/${encodeURIComponent(item)}.json` : 'popular.json', this.models).href);
    if (!found?.items?.length) throw failure('empty', 'there is no list for this item');
    this.bundle = String(found.bundle ?? '');
    const items = [];
    for (let i = 0; i < found.items.length && i < k; i++) {
      const one = found.items[i];
      items[i] = { id: String(one.id), title: String(one.title ?? ''), year: Number(one.year) || 0, genres: one.genres ?? [], image: String(one.image ?? ''), url: String(one.url ?? ''), why: [] };
    }
    return { items, layers: [] };
  }
}

const init = (models) => ({ type: 'init', wasm, models, embedded: true });

// clear forgets what an earlier page of this site has kept, without an engine: where this
// page's lists would keep it.
export async function clear() {
  const { modes } = await planned();
  if (modes[0] === 'frame') {
    const port = await frame();
    const done = new Promise((resolve) => {
      port.onmessage = ({ data }) => data.type === 'forgotten' && resolve();
      setTimeout(resolve, patience);
    });
    port.postMessage(init(base));
    port.postMessage({ type: 'forget', name: kept });
    return done;
  }
  try {
    await new Promise((resolve) => {
      const deleting = indexedDB.deleteDatabase(kept);
      deleting.onsuccess = deleting.onerror = deleting.onblocked = resolve;
    });
  } catch {
    // a sandbox keeps nothing
  }
}

export function failure(code, text) {
  const error = new Error(text);
  error.code = code;
  return error;
}

// json fetches a small file by the one way that no one replaces.
function json(url) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.responseType = 'json';
    request.onload = () => (request.status < 300 ? resolve(request.response) : reject(failure('network', `HTTP ${request.status}`)));
    request.onerror = () => reject(failure('network', 'the edge cannot be reached'));
    request.open('GET', url);
    request.send();
  });
}

// inline returns a worker of this page that runs the edge's script.
function inline(trust) {
  const trusted = (url, policy) => (policy ? policy.createScriptURL(url) : url);
  const make = () => (trust ? trustedTypes.createPolicy('sparrow', { createScriptURL: (url) => url }) : null);
  policy ??= make();
  if (self.origin === new URL(worker).origin) return new Worker(trusted(worker, policy), { name: 'sparrow' });
  const text = `importScripts(${trust ? `trustedTypes.createPolicy('sparrow',{createScriptURL:u=>u}).createScriptURL("${worker}")` : `"${worker}"`})`;
  const blob = URL.createObjectURL(new Blob([text], { type: 'text/javascript' }));
  return new Worker(trusted(blob, policy), { name: 'sparrow' });
}

let policy; // of trusted types; a page lets it be made once

// frame resolves with a port to the engine in a frame of the edge's. Nothing but that port is
// listened to, and it is handed to the edge's origin alone.
function frame() {
  return new Promise((resolve, reject) => {
    if (self.origin === 'null') return reject(failure('frame', 'this page is in a sandbox'));
    const holder = document.createElement('div');
    const inside = document.createElement('iframe');
    inside.title = 'Sparrow';
    inside.tabIndex = -1;
    inside.ariaHidden = 'true';
    inside.style.cssText = 'position:absolute;width:0;height:0;border:0;visibility:hidden';
    inside.src = framed;
    const give = (text) => {
      holder.remove();
      reject(failure('frame', text));
    };
    const timer = setTimeout(() => give('the frame did not answer'), patience);
    inside.onload = () => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => { // hello
        clearTimeout(timer);
        resolve(port1);
      };
      inside.contentWindow.postMessage('sparrow', edge.origin, [port2]);
    };
    holder.attachShadow({ mode: 'closed' }).append(inside);
    document.documentElement.append(holder);
  });
}
