// The scan in the browser beside the same in C for the processor itself: the same numbers, rows and
// heap, a query here and a query there. Left out, by name, where gcc is missing.
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import * as data from './data.js';
import { built, libraries, script, stage } from './stage.mjs';

const [n, d, k] = [62_000, 64, 100];
const bytesOf = (array) => new Uint8Array(array.buffer, array.byteOffset, array.byteLength);

// program compiles native.c and returns a function that has it scan for a query: {ms, rows}, and an end.
async function program(folder, file, name, flags) {
  const out = path.join(folder, name);
  execFileSync('gcc', ['-O3', '-march=native', ...flags, `-DD=${d}`, `-DK=${k}`, '-ffp-contract=off', '-o', out, fileURLToPath(new URL('native.c', import.meta.url)), '-lm'], { stdio: 'inherit' });
  const child = spawn(out, [file], { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  return {
    async scan(at) {
      child.stdin.write(`${at}\n`);
      const { value, done } = await lines.next();
      if (done) throw new Error(`${name} ended`);
      const [ms, ...rows] = value.split(' ').map(Number);
      return { ms, rows };
    },
    end: () => child.stdin.end(),
  };
}

export async function measure(judge) {
  const name = `${n} × ${d}, share of the speed of C`;
  const version = spawnSync('gcc', ['-dumpfullversion']);
  if (version.error) {
    judge.figure({ name, bar: 0.8, least: true, digits: 2, by: 'left out: no gcc' });
    return;
  }
  const count = 4 * Number(process.env.ROUNDS ?? 30);
  const folder = await mkdtemp(path.join(tmpdir(), 'sparrow-native-'));
  const t = data.table(n, d);
  const asked = data.queries(t, 16);
  const file = path.join(folder, 'numbers');
  await writeFile(file, Buffer.concat([Uint32Array.of(n, d), t.scale, t.bias, t.integers, ...asked].map(bytesOf)));
  const { open, end } = await stage({ '/scans.js': script('scans.js'), '/inner.wasm': built('inner.wasm'), ...libraries });
  const programs = [];
  try {
    const ours = await open('/scans.js');
    await ours.ask({ program: '/inner.wasm', kind: 'keep', n, d, k, count: asked.length });
    const gcc = `gcc ${String(version.stdout).trim()}`;
    const runs = { ours: { scan: (at) => ours.ask({ kind: 'scan', at }) } };
    for (const [peer, ...flags] of [[`${gcc} -march=native, AVX2`, '-mno-avx512f'], [`${gcc} -march=native`]]) programs.push(runs[peer] = await program(folder, file, `native${programs.length}`, flags));
    const times = Object.fromEntries(Object.keys(runs).map((one) => [one, []]));
    for (let round = -5; round < count; round++) {
      const rows = new Set();
      for (const [one, { scan }] of Object.entries(runs)) {
        const found = await scan((round + 5) % asked.length);
        if (round >= 0) times[one].push(found.ms);
        rows.add(String(found.rows));
      }
      if (rows.size > 1) throw new Error(`C finds other rows than the engine for query ${(round + 5) % asked.length}`);
    }
    const peers = Object.keys(times).slice(1);
    judge.ratio(name, 0.8, times, peers.slice(0, 1));
    judge.ratio(`… and of C with all that the processor has`, undefined, times, peers.slice(1));
    judge.say(Object.entries(times).map(([one, ms]) => `  ${one}: least ${Math.min(...ms).toFixed(3)} ms`).join('\n'));
  } finally {
    for (const one of programs) one.end();
    await end();
    await rm(folder, { recursive: true });
  }
}
