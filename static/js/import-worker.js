// The worker that reads another site's file: off the page's thread, and ended by the page to stop it. What it reads goes to the
// page as requests of the protocol, in MessagePack, for the page's own engine: nothing leaves the device.
//
//   page → worker   {file: null for the links alone, models: address of latest.json and links}
//   worker → page   saved {text}: a copy saved here, as it is; progress {part: 0 to 1}, records {bytes: a request with Records}, links {bytes: the file of links, or null},
//                   end {formats, remarks: [{kind, count, place}], files}, failed {code, found}
import { encode, float32 } from './event.js';
import { linksOf } from './import/links.js';
import { read } from './import/read.js';

const batch = 500; // records; of titles of 300 characters, 1 MB
const mostSaved = 8_000_000; // bytes of a saved copy

onmessage = async ({ data: { file, models } }) => {
  try {
    await take(file, models);
  } catch (error) {
    if (!error.code) console.warn('sparrow: the file could not be read:', error);
    postMessage({ type: 'failed', code: error.code ?? 'damaged', found: error.found ?? '' });
  }
};

async function take(file, models) {
  if (!file) { // for a copy that other sites read
    postMessage({ type: 'links', bytes: await linksOf(models) });
    return postMessage({ type: 'end', formats: [], remarks: [], files: [] });
  }
  const start = await file.slice(0, 300).text();
  if (/^\s*\{\s*"format"\s*:\s*"sparrow-profile-/.test(start.replace(/^\ufeff/, ''))) {
    if (file.size > mostSaved) throw Object.assign(new Error('large'), { code: 'large', found: String(file.size) });
    return postMessage({ type: 'saved', text: await file.text() });
  }
  let waiting = [];
  let linked = false;
  let unlinked = 0; // records whose numbers cannot be looked up
  let links = null;
  const send = async () => {
    if (!linked && waiting.some(({ m, b }) => m || b)) {
      linked = true;
      links = await linksOf(models);
      postMessage({ type: 'links', bytes: links });
    }
    if (!links) unlinked += waiting.filter(({ m, b }) => m || b).length;
    const bytes = encode({ v: 'match', r: waiting });
    postMessage({ type: 'records', bytes }, [bytes.buffer]);
    waiting = [];
  };
  const records = read(file, (part) => postMessage({ type: 'progress', part }));
  for (;;) {
    const { done, value } = await records.next();
    if (done) {
      if (waiting.length) await send();
      if (unlinked) value.remarks.push({ kind: 'unlinked', count: unlinked, place: '' });
      return postMessage({ type: 'end', ...value });
    }
    waiting.push(packed(value.record));
    if (waiting.length === batch) await send();
  }
}

// packed returns a record with the keys of wasm/protocol.
const packed = ({ own = '', action, stars, at, imdb, tmdb, isbn, titles, year, people, note }) => ({
  i: own, a: action, s: stars ? float32(stars) : undefined, t: at || undefined, m: imdb, b: tmdb, n: isbn,
  l: titles.length ? titles : undefined, y: year || undefined, p: people?.length ? people : undefined, x: note,
});
