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

// table returns n rows of d numbers around clusters, as embeddings are: integers with a
// scale for each row, a bias for each row, and the same rows as floats.
export function table(n, d, seed = 1) {
  const next = random(seed);
  const normal = bell(next);
  const clusters = Math.ceil(n / 500);
  const centers = Float32Array.from({ length: clusters * d }, normal);
  const integers = new Int8Array(n * d);
  const floats = new Float32Array(n * d);
  const scale = new Float32Array(n);
  const bias = Float32Array.from({ length: n }, () => normal() / 10);
  const row = new Float32Array(d);
  for (let r = 0; r < n; r++) {
    const center = Math.floor(next() * clusters) * d;
    let top = 0;
    for (let c = 0; c < d; c++) {
      row[c] = centers[center + c] + normal() * 0.7;
      top = Math.max(top, Math.abs(row[c]));
    }
    scale[r] = top / 127;
    for (let c = 0; c < d; c++) {
      integers[r * d + c] = Math.round(row[c] / scale[r]);
      floats[r * d + c] = scale[r] * integers[r * d + c];
    }
  }
  return { n, d, integers, scale, bias, floats };
}

// queries returns vectors near rows of a table, as those of visitors are.
export function queries(t, count, seed = 2) {
  const next = random(seed);
  const normal = bell(next);
  return Array.from({ length: count }, () => {
    const at = Math.floor(next() * t.n) * t.d;
    return Float32Array.from({ length: t.d }, (_, c) => t.floats[at + c] + normal() * 0.3);
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

// best returns the k rows with the largest scores, in float64: what recall is measured
// against.
export function best(t, query, k) {
  const scores = new Float64Array(t.n);
  for (let r = 0; r < t.n; r++) {
    let sum = t.bias[r];
    for (let c = 0; c < t.d; c++) sum += t.floats[r * t.d + c] * query[c];
    scores[r] = sum;
  }
  return Array.from(scores.keys()).sort((a, b) => scores[b] - scores[a] || a - b).slice(0, k);
}
