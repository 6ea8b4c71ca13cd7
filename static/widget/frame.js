// The engine in a frame on the edge's origin, for pages whose policy lets no WebAssembly run in
// them. The page hands over a port once; all that comes over it is checked before the engine
// hears of it, and what is kept belongs to the page's site alone.

const wasm = new URL(__ENGINE__, new URL('..', import.meta.url)).href;
const script = new URL(__WORKER__, new URL('..', import.meta.url)).href;
const models = new URL('v1/', new URL('..', import.meta.url)).href;

let taken = false;

addEventListener('message', ({ data, source, origin, ports }) => {
  if (taken || data !== 'sparrow' || source !== parent || ports.length !== 1) return;
  taken = true;
  connect(ports[0], origin);
});

function connect(port, origin) {
  const worker = new Worker(script, { name: 'sparrow' });
  worker.onmessage = ({ data }) => port.postMessage(data);
  worker.onerror = (event) => {
    event.preventDefault();
    port.postMessage({ type: 'failed', code: 'worker', text: 'The engine stopped.', kept: false });
  };
  let begun = false;
  port.onmessage = ({ data }) => {
    const message = read(data, origin);
    if (!message || begun !== (message.type !== 'init')) return;
    begun = true;
    worker.postMessage(message);
  };
  port.postMessage({ type: 'hello' });
}

const verbs = ['movie', 'together', 'recommend', 'browse', 'next', 'recent', 'trending', 'new', 'act'];
const actions = ['view', 'like', 'dislike', 'rate', 'not-interested', 'clear', 'purchase'];
const rules = ['filter', 'min', 'max', 'diversity', 'repeat', 'brand', 'badge', 'titles'];
const lists = ['exclude', 'pin'];
const mostIds = 5000; // ids: a hundred lists of fifty
const text = (value, most) => typeof value === 'string' && value.length <= most;
const whole = (value, most) => Number.isInteger(value) && value >= 0 && value <= most;
const maybe = (value, fits) => value === undefined || fits(value);

// read returns a message as the engine may have it, made again, or null when it is none.
export function read(data, origin) {
  if (typeof data !== 'object' || data === null) return null;
  switch (data.type) {
    case 'init':
      return data.models === models ? { type: 'init', wasm, models, embedded: true } : null;
    case 'start':
    case 'retry':
    case 'check':
    case 'visible':
    case 'hidden':
      return { type: data.type };
    case 'forget':
    case 'remember':
      return origin === 'null' ? null : { type: data.type, name: `sparrow-widget ${origin}` }; // a sandbox has no name of its own
    case 'visitor': {
      const { visitor } = data;
      if (visitor !== null && !(visitor instanceof Uint8Array && visitor.length === 16)) return null;
      return { type: 'visitor', visitor };
    }
    case 'ask': {
      const { id, request } = data;
      if (!whole(id, 2 ** 31) || typeof request !== 'object' || request === null) return null;
      const { verb, item, k, action, stars } = request;
      const asked = { verb, item, k, action, stars };
      const fits = verbs.includes(verb) && maybe(item, (value) => text(value, 255)) && maybe(k, (value) => whole(value, 500)) && rules.every((rule) => maybe(asked[rule] = request[rule], (value) => text(value, 4096)))
        && lists.every((list) => maybe(asked[list] = request[list], (ids) => Array.isArray(ids) && ids.length <= mostIds && ids.every((id) => text(id, 255)))) && maybe(action, (value) => actions.includes(value)) && maybe(stars, (value) => typeof value === 'number' && value >= 0.5 && value <= 5);
      return fits ? { type: 'ask', id, request: asked } : null;
    }
    default:
      return null;
  }
}
