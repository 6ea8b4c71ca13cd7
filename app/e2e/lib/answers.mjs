// Asks an engine and keeps the bytes of its answers. It runs in Node and, as it is, in a page,
// where wasm_exec.js has run before.

// answers has an instance of a program open a bundle and returns its answers to requests, all of
// them bytes.
export async function answers(program, bundle, requests) {
  const go = new Go();
  const { instance } = await WebAssembly.instantiate(program, go.importObject);
  go.run(instance);
  const { exports } = instance;
  const put = (bytes) => {
    const at = exports.buffer(bytes.length) >>> 0;
    new Uint8Array(exports.mem.buffer, at, bytes.length).set(bytes);
    return bytes.length;
  };
  const take = (length) => new Uint8Array(exports.mem.buffer, exports.outbox() >>> 0, length).slice();
  const refused = exports.open(put(bundle));
  if (refused) throw new Error(new TextDecoder().decode(take(refused)));
  return requests.map((request) => {
    exports.take(put(request));
    return take(exports.answer());
  });
}

// digests returns the SHA-256 of each of these bytes.
export const digests = (all) => Promise.all(all.map(async (bytes) => {
  const sum = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return Array.from(sum, (byte) => byte.toString(16).padStart(2, '0')).join('');
}));
