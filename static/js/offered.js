// A file that comes from outside of the page: opened with the installed app, or shared to it. The service worker keeps a
// shared one until the page takes it. The page asks before it is read: anyone may send a form.
import { base } from './base.js';
import { withCaches } from './platform.js';

const shared = 'sparrow-shared'; // the cache that sw.js puts a shared file into

// offered calls fn with each such file.
export function offered(fn) {
  globalThis.launchQueue?.setConsumer(async ({ files = [] }) => {
    const [handle] = files;
    if (handle) fn(await handle.getFile());
  });
  if (new URLSearchParams(location.search).has('shared')) takeShared(fn);
}

async function takeShared(fn) {
  history.replaceState(history.state, '', location.pathname);
  const file = await withCaches(async (all) => {
    const kept = await all.open(shared);
    const [request] = await kept.keys();
    const response = request && await kept.match(request);
    await all.delete(shared);
    return response && new File([await response.blob()], decodeURIComponent(new URL(request.url).pathname.split('/').pop()));
  });
  if (file) fn(file);
}

// read has a worker of that address read a file and calls hear with what it says; what comes back ends it.
export function read(worker, file, hear) {
  let reader;
  try {
    reader = new Worker(worker, { name: 'import' });
  } catch {
    hear({ type: 'failed', code: 'worker' });
    return () => {};
  }
  reader.onmessage = ({ data }) => hear(data);
  reader.onerror = () => hear({ type: 'failed', code: 'worker' });
  reader.postMessage({ file, models: `${base}/v1/` });
  return () => reader.terminate();
}
