// What ONLY="scans answers …" chooses of the benchmarks. It imports nothing that is to be installed:
// make runs it by itself first, so that a wrong name is told before anything is built.

// parts are modules with a function measure(judge), in the order in which they run.
const parts = {
  scans: '../peers/scans.mjs',
  ivf: '../peers/ivf.mjs',
  native: '../peers/native.mjs',
  networks: '../peers/networks.mjs',
  answers: '../peers/answers.mjs',
  searching: '../peers/searching.mjs',
  cold: './cold.mjs',
  early: './early.mjs',
  recommending: './recommending.mjs',
  importing: './importing.mjs',
  tasks: './tasks.mjs',
  interactions: './interactions.mjs',
  widget: './widget.mjs',
  elsewhere: './elsewhere.mjs',
};

const only = (process.env.ONLY ?? '').split(/[ ,]+/).filter(Boolean);
const unknown = only.filter((name) => !Object.hasOwn(parts, name));
if (unknown.length) {
  console.error(`ONLY="${unknown.join(' ')}": there is no such part; there are ${Object.keys(parts).join(', ')}`);
  process.exit(2);
}

// chosen are the names of the parts that run, and load imports one.
export const chosen = Object.keys(parts).filter((name) => !only.length || only.includes(name));
export const load = (name) => import(parts[name]);
