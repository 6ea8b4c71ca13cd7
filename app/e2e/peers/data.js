// What every library is given: the same rows, queries and layers, made from a seed.

// random returns a generator of uniform numbers in [0, 1): Mulberry32.
export function random(seed) {
  let state = seed >>> 0;
  return () => {
    state = state + 0x6d2b79f5 | 0;
    let t = Math.imul(state ^ state >>> 15, 1 | state);
    t = t + Math.imul(t ^ t >>> 7, 61 | t) ^ t;
    return ((t ^ t >>> 14) >>> 0) / 2 ** 32;
  };
}

// bell returns a generator of numbers that are near to normal: the sum of four uniform ones.
const bell = (next) => () => (next() + next() + next() + next() - 2) * Math.sqrt(3);

// A rounded table is that of wasm/quant: a row's scale is what its largest number needs for
// 127, and then up to a float of 16 bits.
const floats = new Float32Array(1);
const bits = new Uint32Array(floats.buffer);
function scaleOf(top) {
  floats[0] = top / 127;
  bits[0] = bits[0] + 0xffff & ~0xffff;
  return floats[0];
}

// embeddings reads what build/bench vectors wrote: {n, d, scale, bias, users: vectors, integers}.
export function embeddings(buffer) {
  const [n, d, count] = new Uint32Array(buffer, 0, 3);
  const floats = (at, length) => new Float32Array(buffer, 12 + 4 * at, length);
  return {
    n, d, scale: floats(0, n), bias: floats(n, n),
    users: Array.from({ length: count }, (_, u) => floats(2 * n + u * d, d)),
    integers: new Int8Array(buffer, 12 + 4 * (2 * n + count * d), n * d),
  };
}

// table returns n rows of d numbers as embeddings are, as floats and rounded to integers with a
// scale for each row, and a bias for each row. real, if given, are the embeddings of a
// bundle: row r is their row r, and behind their last one a drawn one of theirs with noise, half as
// large as their numbers are. Without them rows lie around drawn clusters.
export function table(n, d, real = null, seed = 1) {
  const next = random(seed);
  const normal = bell(next);
  const clusters = real ? real.n : Math.ceil(n / 500);
  const centers = real ? real.integers.reduce((all, v, at) => (all[at] = v * real.scale[Math.floor(at / d)], all), new Float32Array(real.n * d))
    : Float32Array.from({ length: clusters * d }, normal);
  const size = Math.sqrt(centers.reduce((sum, v) => sum + v * v, 0) / centers.length);
  const t = { n, d, size, integers: new Int8Array(n * d), floats: new Float32Array(n * d), scale: new Float32Array(n), bias: new Float32Array(n) };
  for (let r = 0; r < n; r++) {
    const own = real && r < clusters;
    const center = own ? r : Math.floor(next() * clusters);
    const noise = own ? 0 : size * (real ? 0.5 : 0.7);
    let top = 0;
    for (let c = 0; c < d; c++) {
      const v = centers[center * d + c] + (noise && normal() * noise);
      t.floats[r * d + c] = v;
      top = Math.max(top, Math.abs(v));
    }
    t.bias[r] = real ? real.bias[center] : normal() / 10;
    t.scale[r] = scaleOf(top);
    for (let c = r * d; c < (r + 1) * d; c++) t.integers[c] = Math.round(t.floats[c] / t.scale[r]);
  }
  return t;
}

// queries returns vectors near rows of a drawn table, as those of visitors are; of a bundle's, users
// of its model.
export function queries(t, count, real = null, seed = 2) {
  if (real) return Array.from({ length: count }, (_, at) => real.users[at % real.users.length]);
  const next = random(seed);
  const normal = bell(next);
  return Array.from({ length: count }, () => {
    const at = Math.floor(next() * t.n) * t.d;
    return Float32Array.from({ length: t.d }, (_, c) => t.floats[at + c] + normal() * t.size * 0.3);
  });
}

// layers returns a network of fully connected layers, weights in row order [out×in].
export function layers(sizes, seed = 3) {
  const normal = bell(random(seed));
  return sizes.slice(1).map((out, l) => ({
    in: sizes[l], out,
    weight: Float32Array.from({ length: out * sizes[l] }, () => normal() / Math.sqrt(sizes[l])),
    bias: Float32Array.from({ length: out }, () => normal() / 10),
  }));
}

// inputs returns rows of numbers for the network.
export const inputs = (rows, width, seed = 4) => Float32Array.from({ length: rows * width }, bell(random(seed)));

// transposed returns an [rows×cols] matrix as [cols×rows].
export function transposed(matrix, rows, cols) {
  const out = new matrix.constructor(matrix.length);
  for (let r = 0; r < rows; r++) for (let c = 0; c < cols; c++) out[c * rows + r] = matrix[r * cols + c];
  return out;
}

// best returns the k rows with the largest scores, exact: of floats, in float64. It is what
// recall is measured against.
export function best(t, query, k) {
  const scores = new Float64Array(t.n);
  for (let r = 0; r < t.n; r++) {
    let sum = t.bias[r];
    for (let c = 0; c < t.d; c++) sum += t.floats[r * t.d + c] * query[c];
    scores[r] = sum;
  }
  const least = scores.toSorted()[t.n - k];
  const rows = [];
  for (let r = 0; r < t.n; r++) if (scores[r] >= least) rows.push(r);
  return rows.sort((a, b) => scores[b] - scores[a] || a - b).slice(0, k);
}

// overlap returns the share of the k best that was found, mean over the rounds.
export const overlap = (found, wanted, k) => found.reduce((sum, rows, at) => {
  const best = new Set(wanted[at].slice(0, k));
  return sum + Array.from(rows).slice(0, k).filter((row) => best.has(row)).length;
}, 0) / found.length / k;
