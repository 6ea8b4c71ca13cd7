// The page's side of an engine in a frame of the edge's. A script of its own, for pages whose
// policy lets no WebAssembly run in them.
import { deleteDatabase } from '../js/platform.js';
import { failure } from './failure.js';
import { sequence } from './safe.js';

// frame resolves with a port to the engine in a frame of that URL, within patience in ms. Nothing
// but that port is listened to, and it is handed to the URL's origin alone.
export function frame(url, patience) {
  return new Promise((resolve, reject) => {
    if (self.origin === 'null') return reject(failure('frame', 'this page is in a sandbox'));
    const holder = document.createElement('div');
    const inside = document.createElement('iframe');
    inside.title = 'Sparrow';
    inside.style.cssText = 'position:absolute;width:0;height:0;border:0;visibility:hidden';
    inside.setAttribute('sandbox', 'allow-scripts allow-same-origin'); // it opens no windows, and leads this page nowhere
    inside.src = url.href;
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
      inside.contentWindow.postMessage('sparrow', url.origin, sequence([port2]));
    };
    holder.attachShadow({ mode: 'closed' }).append(inside);
    document.documentElement.append(holder);
  });
}

// clear has the engine behind a port forget what is kept under a name, and resolves when it has,
// or after patience in ms; without a port it is forgotten here. init is the message that an
// engine hears first.
export function clear(port, init, name, patience) {
  if (!port) return deleteDatabase(name);
  return new Promise((resolve) => {
    port.onmessage = ({ data }) => data.type === 'forgotten' && resolve();
    setTimeout(resolve, patience);
    port.postMessage(init);
    port.postMessage({ type: 'forget', name });
  });
}
