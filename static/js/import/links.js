// The numbers of IMDb and TMDB of the catalog's items: a file beside the bundle, which latest.json names by its SHA-256. It is fetched
// when a file is brought that has such numbers, and kept for the next time.
import { withCaches } from '../platform.js';
import { sha256 } from '../sha256.js';

const cacheName = 'sparrow-links';
const mostBytes = 4_000_000;
const patience = 10e3; // ms

// linksOf resolves with the bytes, or with null where the site has none or they do not come: titles do then.
export async function linksOf(models) {
  const kept = await withCaches((all) => all.open(cacheName));
  try {
    const latest = await fetch(`${models}latest.json`, { cache: 'no-cache', signal: AbortSignal.timeout(patience) });
    const { links } = await latest.json();
    if (!links) return null;
    if (!/^[0-9a-f]{64}$/.test(links)) throw new Error('latest.json names no links');
    const url = `${models}a/${links}.links`;
    const known = await kept?.match(url);
    const bytes = await bytesOf(known ?? (await fetch(url, { signal: AbortSignal.timeout(patience) })));
    if (await sha256(bytes) !== links) throw new Error(`${url} is not what its name says`);
    if (!known && kept) {
      for (const old of await kept.keys()) await kept.delete(old);
      await kept.put(url, new Response(bytes));
    }
    return bytes;
  } catch (error) {
    console.warn('sparrow: no numbers of film sites:', error);
    const [last] = (await kept?.keys()) ?? [];
    return last ? bytesOf(await kept.match(last)) : null; // offline; the engine says whether they are of this catalog
  }
}

async function bytesOf(response) {
  if (!response.ok) throw new Error(`HTTP ${response.status}`);
  const bytes = new Uint8Array(await response.arrayBuffer());
  if (bytes.length > mostBytes) throw new Error('too many bytes');
  return bytes;
}
