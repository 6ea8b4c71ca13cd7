// Rows through a network in exact float32, beside other libraries on the same numbers and in one run.
import { least, median } from '../lib/figures.mjs';
import { built, libraries, script, stage } from './stage.mjs';

export async function measure(judge) {
  const count = Number(process.env.ROUNDS ?? 30);
  const { work, end } = await stage({ '/scans.js': script('scans.js'), '/inner.wasm': built('inner.wasm'), ...libraries });
  try {
    for (const [sizes, rows, bar] of [[[160, 128, 64, 1], 500, 1], [[90, 64, 32, 1], 300]]) {
      const { times, apart } = await work('/scans.js', { program: '/inner.wasm', kind: 'networks', sizes, rows, count: 2 * count });
      const name = `${rows} rows through ${sizes.join('-')}, float32`;
      judge.say(`${name}: p50, least`);
      for (const [engine, ms] of Object.entries(times)) judge.say(`  ${engine.padEnd(16)} ${median(ms).toFixed(3).padStart(9)} ${least(ms).toFixed(3).padStart(9)}  apart ${apart[engine].toExponential(1)}`);
      judge.ratio(`${name}, against ONNX Runtime`, bar, times, ['ORT float32']);
      judge.ratio(`${name}, against TensorFlow.js`, bar, times, ['TF.js']);
    }
  } finally {
    await end();
  }
}
