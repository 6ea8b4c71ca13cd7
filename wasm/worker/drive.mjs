// Calls the exports of engine.wasm as static/js/engine-worker.js does.
//
//   node drive.mjs wasm_exec.js engine.wasm < steps > results
//
// steps is a JSON array of [export, base64 of what to put into the inbox]; results
// a JSON array of [what the export returned, base64 of the outbox at that length].
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const [, , wasmExec, wasm] = process.argv;
createRequire(import.meta.url)(wasmExec);
const go = new Go();
const { instance } = await WebAssembly.instantiate(readFileSync(wasm), go.importObject);
go.run(instance);
const { exports } = instance;

const results = JSON.parse(readFileSync(0, 'utf8')).map(([name, base64]) => {
  const bytes = Buffer.from(base64, 'base64');
  const at = exports.buffer(bytes.length) >>> 0;
  new Uint8Array(exports.mem.buffer, at, bytes.length).set(bytes);
  const returned = exports[name](bytes.length);
  const out = ['take', 'prepare', 'idle'].includes(name) ? 0 : Math.abs(returned); // below 0 is an error of enroll
  return [returned, Buffer.from(exports.mem.buffer, exports.outbox() >>> 0, out).toString('base64')];
});
process.stdout.write(JSON.stringify(results), () => process.exit(0));
