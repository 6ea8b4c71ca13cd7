// What the app keeps on the device, read without going through the app.
import { until } from './until.mjs';

// kept returns one of the values that the engine worker keeps, of the site at base.
export const kept = (page, key, base = '') => page.evaluate(async ([name, site]) => {
  const db = await new Promise((resolve) => { indexedDB.open(site ? `sparrow ${site}/v1/` : 'sparrow').onsuccess = ({ target }) => resolve(target.result); });
  const value = await new Promise((resolve) => { db.transaction('kept').objectStore('kept').get(name).onsuccess = ({ target }) => resolve(target.result); });
  db.close();
  return value;
}, [key, base]);

// models returns {list, files}: the hashes that the app will use at the next
// visit, newest first, and those whose bytes are stored.
export async function models(page) {
  const files = await page.evaluate(async () => (await (await caches.open('sparrow-models')).keys()).flatMap(({ url }) => url.match(/([0-9a-f]{64})\.bundle$/)?.[1] ?? []));
  return { list: await kept(page, 'models') ?? [], files };
}

// holds waits until exactly these models are on the device, newest first. An
// engine answers before its model is kept, and a page that is closed in between
// keeps nothing.
export const holds = (page, hashes) => until(`the models ${hashes} on the device`, async () => {
  const { list, files } = await models(page);
  return String(list) === String(hashes) && String(files.sort()) === String([...hashes].sort());
});
