// Each library behind the same two functions: scan(table, k) and network(layers, rows)
// resolve to a function of a query or of inputs, whose time is measured.
import * as tf from '@tensorflow/tfjs-core';
import { setThreadsCount, setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import { loadHnswlib } from 'hnswlib-wasm';
import * as ort from 'onnxruntime-web/wasm';
import { transposed } from './data.js';
import * as onnx from './onnx.js';
import { goProgram } from './program.js';

// ready loads the libraries, on one thread each, and the program of the inner loops.
export async function ready(program) {
  ort.env.wasm.numThreads = 1;
  ort.env.wasm.wasmPaths = '/ort/';
  setWasmPaths('/tf/');
  setThreadsCount(1);
  tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
  await tf.setBackend('wasm');
  await tf.ready();
  return { ours: await goProgram(program), hnsw: await loadHnswlib() };
}

export function oursScan({ exports, put, take }, t, k) {
  put(t.scale, t.bias, t.integers);
  exports.table(t.n, t.d);
  return (query) => {
    put(query);
    exports.scan(k);
    return take(Int32Array, k);
  };
}

export function oursNetwork({ exports, put, take }, layers, rows) {
  for (const layer of layers) {
    put(layer.bias, layer.weight);
    exports.layer(layer.in, layer.out);
  }
  return (x) => {
    put(x);
    exports.forward(rows);
    return take(Float32Array, rows);
  };
}

// session makes a model of ONNX ready to run.
const session = (parts) => ort.InferenceSession.create(onnx.model(parts), { executionProviders: ['wasm'], graphOptimizationLevel: 'all' });

const topK = (from, k) => ({
  node: onnx.node('TopK', [from, 'k'], ['values', 'rows']),
  constant: onnx.tensor('k', onnx.INT64, [1], BigInt64Array.of(BigInt(k))),
  to: onnx.value('rows', onnx.INT64, [1, k]),
});

const rowsOf = ({ rows }) => Int32Array.from(rows.data, Number);

// ortInt8 multiplies integers, as the engine does: MatMulInteger, scale, bias, TopK. The query's are from 0 to
// 255 around 128, for which the library has a loop with SIMD; for signed ones it has none.
export async function ortInt8(t, k) {
  const best = topK('scores', k);
  const run = await session({
    nodes: [
      onnx.node('MatMulInteger', ['query', 'table', 'middle'], ['products']),
      onnx.node('Cast', ['products'], ['floats'], { to: onnx.FLOAT }),
      onnx.node('Mul', ['floats', 'scale'], ['scaled']),
      onnx.node('Mul', ['scaled', 'own'], ['weighed']),
      onnx.node('Add', ['weighed', 'bias'], ['scores']), best.node,
    ],
    constants: [
      onnx.tensor('middle', onnx.UINT8, [], Uint8Array.of(128)),
      onnx.tensor('table', onnx.INT8, [t.d, t.n], transposed(t.integers, t.n, t.d)),
      onnx.tensor('scale', onnx.FLOAT, [1, t.n], t.scale), onnx.tensor('bias', onnx.FLOAT, [1, t.n], t.bias), best.constant,
    ],
    from: [onnx.value('query', onnx.UINT8, [1, t.d]), onnx.value('own', onnx.FLOAT, [1])], to: [best.to],
  });
  return async (query) => {
    const own = query.reduce((top, v) => Math.max(top, Math.abs(v)), 0) / 127;
    return rowsOf(await run.run({
      query: new ort.Tensor('uint8', Uint8Array.from(query, (v) => Math.round(v / own) + 128), [1, t.d]),
      own: new ort.Tensor('float32', Float32Array.of(own), [1]),
    }));
  };
}

export async function ortFloat(t, k) {
  const best = topK('scores', k);
  const run = await session({
    nodes: [onnx.node('MatMul', ['query', 'table'], ['products']), onnx.node('Add', ['products', 'bias'], ['scores']), best.node],
    constants: [onnx.tensor('table', onnx.FLOAT, [t.d, t.n], transposed(t.floats, t.n, t.d)), onnx.tensor('bias', onnx.FLOAT, [1, t.n], t.bias), best.constant],
    from: [onnx.value('query', onnx.FLOAT, [1, t.d])], to: [best.to],
  });
  return async (query) => rowsOf(await run.run({ query: new ort.Tensor('float32', query, [1, t.d]) }));
}

export async function ortNetwork(layers, rows) {
  const nodes = [];
  const constants = [];
  let from = 'x';
  layers.forEach((layer, l) => {
    const last = l === layers.length - 1;
    constants.push(onnx.tensor(`w${l}`, onnx.FLOAT, [layer.in, layer.out], transposed(layer.weight, layer.out, layer.in)), onnx.tensor(`b${l}`, onnx.FLOAT, [layer.out], layer.bias));
    nodes.push(onnx.node('MatMul', [from, `w${l}`], [`m${l}`]), onnx.node('Add', [`m${l}`, `b${l}`], [last ? 'y' : `s${l}`]));
    if (!last) nodes.push(onnx.node('Relu', [`s${l}`], [`r${l}`]));
    from = `r${l}`;
  });
  const run = await session({
    nodes, constants,
    from: [onnx.value('x', onnx.FLOAT, [rows, layers[0].in])], to: [onnx.value('y', onnx.FLOAT, [rows, layers.at(-1).out])],
  });
  return async (x) => (await run.run({ x: new ort.Tensor('float32', x, [rows, layers[0].in]) })).y.data;
}

// tfScan keeps the table as rows or as columns: which is faster depends on its size.
export function tfScan(t, k, columns) {
  const table = columns ? tf.tensor2d(transposed(t.floats, t.n, t.d), [t.d, t.n]) : tf.tensor2d(t.floats, [t.n, t.d]);
  const bias = tf.tensor2d(t.bias, [1, t.n]);
  const run = (query) => tf.tidy(() => {
    const q = tf.tensor2d(query, [1, t.d]);
    const products = columns ? tf.matMul(q, table) : tf.reshape(tf.matMul(table, q, false, true), [1, t.n]);
    return tf.topk(tf.add(products, bias), k).indices.dataSync();
  });
  return Object.assign(run, { free: () => tf.dispose([table, bias]) });
}

export function tfNetwork(layers, rows) {
  const weights = layers.map((layer) => [tf.tensor2d(transposed(layer.weight, layer.out, layer.in), [layer.in, layer.out]), tf.tensor1d(layer.bias)]);
  return (x) => tf.tidy(() => weights.reduce((from, [weight, bias], l) => tf.fused.matMul({
    a: from, b: weight, bias, activation: l < weights.length - 1 ? 'relu' : 'linear',
  }), tf.tensor2d(x, [rows, layers[0].in])).dataSync());
}

// jsScan is what a page would write by hand: a loop over floats and a heap of the best.
export function jsScan(t, k) {
  const { n, d, floats, bias } = t;
  const scores = new Float32Array(k);
  const rows = new Int32Array(k);
  return (query) => {
    let size = 0;
    const sink = (at) => {
      for (;;) {
        const [left, right] = [2 * at + 1, 2 * at + 2];
        let least = at;
        if (left < size && scores[left] < scores[least]) least = left;
        if (right < size && scores[right] < scores[least]) least = right;
        if (least === at) return;
        [scores[at], scores[least]] = [scores[least], scores[at]];
        [rows[at], rows[least]] = [rows[least], rows[at]];
        at = least;
      }
    };
    for (let r = 0, at = 0; r < n; r++) {
      let [a, b, c, e] = [bias[r], 0, 0, 0];
      for (const end = at + d; at < end; at += 4) {
        a += floats[at] * query[at - r * d];
        b += floats[at + 1] * query[at + 1 - r * d];
        c += floats[at + 2] * query[at + 2 - r * d];
        e += floats[at + 3] * query[at + 3 - r * d];
      }
      const score = a + b + c + e;
      if (size < k) {
        [scores[size], rows[size]] = [score, r];
        if (++size === k) for (let i = k >> 1; i >= 0; i--) sink(i);
      } else if (score > scores[0]) {
        [scores[0], rows[0]] = [score, r];
        sink(0);
      }
    }
    return Int32Array.from(rows.keys()).sort((x, y) => scores[y] - scores[x] || rows[x] - rows[y]).map((i) => rows[i]);
  };
}

// hnsw builds a graph of neighbours (Malkov and Yashunin, TPAMI 2020) over the table. Graphs want distances: the
// bias is one more number of each row and another makes all rows equally long, so that the nearest to a query
// are those of the largest products (Bachrach et al., RecSys 2014).
export function hnsw(library, t) {
  const started = performance.now();
  const index = new library.HierarchicalNSW('l2', t.d + 2, '');
  index.initIndex(t.n, 16, 100, 100);
  const middle = t.bias.reduce((sum, v) => sum + v, 0) / t.n;
  const row = (r) => [...t.floats.subarray(r * t.d, (r + 1) * t.d), t.bias[r] - middle];
  const square = (r) => row(r).reduce((sum, v) => sum + v * v, 0);
  let most = 0;
  for (let r = 0; r < t.n; r++) most = Math.max(most, square(r));
  for (let r = 0; r < t.n; r++) index.addPoint([...row(r), Math.sqrt(most - square(r))], r, false);
  return {
    built: performance.now() - started,
    search: (k, ef) => (query) => {
      index.setEfSearch(ef);
      return index.searchKnn([...query, 1, 0], k, undefined).neighbors;
    },
  };
}
