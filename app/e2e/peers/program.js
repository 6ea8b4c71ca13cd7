// goProgram starts a program whose exports take bytes from an inbox.
export async function goProgram(url) {
  const go = new Go();
  const { instance } = await WebAssembly.instantiateStreaming(fetch(url), go.importObject);
  go.run(instance);
  const { exports } = instance;
  return {
    exports,
    put(...arrays) {
      let at = exports.buffer(arrays.reduce((sum, array) => sum + array.byteLength, 0)) >>> 0;
      for (const array of arrays) {
        new array.constructor(exports.mem.buffer, at, array.length).set(array);
        at += array.byteLength;
      }
    },
    take: (Kind, length) => new Kind(exports.mem.buffer, exports.outbox() >>> 0, length).slice(),
  };
}
