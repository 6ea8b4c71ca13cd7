// The lists made in advance of the demo, as the edge answers them, for a Server, which is
// static: server.site = await lists().
import { readFile } from 'node:fs/promises';
import { itemOf, readList } from '../../../edge/worker/lists.mjs';

const file = (name) => readFile(new URL(`../../../data/demo/${name}`, import.meta.url));

// lists returns a function of a path to the bytes of its list, or null.
export async function lists() {
  const [all, popular] = await Promise.all([file('similar.lists'), file('popular.json')]);
  const bucket = {
    get: async (name, { range: { offset, length }, onlyIf }) => ({ etag: name, size: all.length, body: onlyIf?.etagDoesNotMatch !== name, arrayBuffer: async () => Uint8Array.from(all.subarray(offset, offset + length)).buffer }),
  };
  return async (path) => {
    if (path === '/v1/popular.json') return popular;
    const id = itemOf(path);
    const list = id === null ? null : await readList(bucket, id);
    return list && Buffer.from(list);
  };
}
