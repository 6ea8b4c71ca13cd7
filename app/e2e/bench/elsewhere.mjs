// Bars whose figures other commands measure: their lines stand in the table so that none is forgotten.
const bars = [
  ['first visit to the app, all bytes', 1950, 'KB', 'make size'],
  ['first visit to a page with the widget, all bytes', 1150, 'KB', 'make size'],
  ['engine.wasm, brotli', 490, 'KB', 'make size'],
  ['a returning visitor after a release of one changed function', 120, 'KB', 'app/e2e/tests/nightly/release.test.mjs'],
  ['answers that differ with SIMD and without, of every verb', 0, '', 'app/e2e/tests/simd.test.mjs'],
  ['62,000 items: open', 200, 'ms', 'make bench-scale'],
  ['62,000 items: similar', 10, 'ms', 'make bench-scale'],
  ['62,000 items: first search', 50, 'ms', 'make bench-scale'],
  ['62,000 items: lists on 2 cores', 30, 's', 'make bench-scale'],
  ['200,000 items: open', 700, 'ms', 'make bench-scale'],
  ['200,000 items: memory', 200, 'MB', 'make bench-scale'],
  ['200,000 items: home', 100, 'ms', 'make bench-scale'],
  ['200,000 items: lists on 2 cores', 180, 's', 'make bench-scale'],
];

export function measure(judge) {
  for (const [name, bar, unit, by] of bars) judge.figure({ name, bar, unit, by });
}
