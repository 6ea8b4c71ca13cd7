// A file that comes from outside of the page: opened with the installed app, or shared to it. The service worker keeps a
// shared one until the page takes it. The page asks before it is read: anyone may send a form.
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
