// The worker's queue without a browser: what the first answer of its kind needs is
// made in slices, and others are answered in between.
import assert from 'node:assert/strict';
import { register } from 'node:module';
import { test } from 'node:test';

register(`data:text/javascript,${encodeURIComponent("export const resolve = (name, context, next) => (name === 'wasm_exec.js' ? { url: 'data:text/javascript,', shortCircuit: true } : next(name, context));")}`);
const { answer, enter, wait } = await import('../../../static/js/active.js');

test('a search before its index is there holds nothing up: no task is longer than a slice', async () => {
  let clock = 0; // ms
  let turn = 0;
  let left = 40; // pieces of the index
  let asked;
  const turns = []; // of each piece
  const said = [];
  const { performance: real, setTimeout: later } = globalThis;
  globalThis.performance = { now: () => clock };
  globalThis.setTimeout = (fn, ms) => later(() => { turn++; fn(); }, ms);
  let finished;
  const done = new Promise((resolve) => { finished = resolve; });
  globalThis.postMessage = (message) => {
    if (message.type !== 'answer') return;
    said.push(message.id);
    if (message.id === 1) finished();
  };
  const piece = () => {
    clock += 5;
    turns.push(turn);
    left--;
  };
  const engine = {
    profile: () => new Uint8Array(), load() {},
    take(request) { asked = request; return false; },
    prepare() {
      if (asked !== 'search' || left === 0) return false;
      piece();
      return true;
    },
    idle() {
      if (left === 0) return false;
      piece();
      return true;
    },
    answer() {
      assert.ok(asked !== 'search' || left === 0, 'the search is answered with its index');
      return new Uint8Array(1);
    },
  };
  try {
    await enter({ engine, model: { hash: '', bytes: [] } });
    for (const [id, request] of [[1, 'search'], [2, 'home'], [3, 'browse']]) wait(() => answer(id, request));
    await done;
  } finally {
    Object.assign(globalThis, { performance: real, setTimeout: later });
  }
  assert.deepEqual(said, [2, 3, 1], 'the others come first');
  const most = Math.max(...turns.map((one) => turns.filter((other) => other === one).length));
  assert.ok(most <= 4, `${most} pieces of 5 ms in one task`);
  assert.equal(turns.length, 40, 'each piece is made once');
});
