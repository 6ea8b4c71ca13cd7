// Puts the builder's folder into R2 and the worker with the site onto Cloudflare; with --models
// the folder alone, which is all that a new model or a newer trending.json needs. With --dry-run
// everything is checked and packed, and nothing leaves the machine.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { brotliCompressSync, constants } from 'node:zlib';

// compressed returns a bundle after brotli: the shorter one of two windows (app/site/site.go says why).
function compressed(body) {
  const { BROTLI_PARAM_QUALITY, BROTLI_PARAM_LGWIN } = constants;
  const [a, b] = [24, 20].map((window) => brotliCompressSync(body, { params: { [BROTLI_PARAM_QUALITY]: 11, [BROTLI_PARAM_LGWIN]: window } }));
  return b.length < a.length ? b : a;
}

const root = fileURLToPath(new URL('../..', import.meta.url));
const { values: options } = parseArgs({
  options: {
    'dry-run': { type: 'boolean', default: false },
    models: { type: 'boolean', default: false },
    bundles: { type: 'string', default: path.join(root, 'data/demo') },
    site: { type: 'string', default: path.join(root, '.build/site') },
    bucket: { type: 'string', default: 'sparrow-bundles' },
  },
});
const work = mkdtempSync(path.join(tmpdir(), 'sparrow-deploy-'));

// wrangler runs with what is installed here.
function wrangler(...args) {
  execFileSync(process.execPath, [fileURLToPath(new URL('node_modules/wrangler/bin/wrangler.js', import.meta.url)), ...args], {
    cwd: path.join(root, 'edge/worker'), stdio: 'inherit', env: { WRANGLER_SEND_METRICS: 'false', ...process.env, ...(options['dry-run'] && { CI: '1', WRANGLER_LOG_PATH: work }) },
  });
}

// uploads lists what goes into the bucket, in the order of upload: a reader of a new
// latest.json has to find the bundle that it names.
function uploads(folder) {
  const files = readdirSync(folder);
  const list = [];
  for (const name of files.filter((file) => file.endsWith('.bundle'))) {
    const body = readFileSync(path.join(folder, name));
    const hash = createHash('sha256').update(body).digest('hex');
    if (`${hash}.bundle` !== name) throw new Error(`${name}: its SHA-256 is ${hash}; build the bundle again`);
    list.push({ key: name, body, type: 'application/octet-stream' });
    list.push({ key: `${name}.br`, body: compressed(body), type: 'application/octet-stream' });
  }
  if (files.includes('similar.lists')) list.push({ key: 'similar.lists', body: readFileSync(path.join(folder, 'similar.lists')), type: 'application/octet-stream' });
  for (const name of ['experiments.json', 'trending.json', 'popular.json', 'latest.json'].filter((file) => files.includes(file))) {
    const body = readFileSync(path.join(folder, name));
    JSON.parse(body);
    list.push({ key: name, body, type: 'application/json' });
  }
  if (list.at(-1)?.key !== 'latest.json') throw new Error(`${folder} holds no bundle: go run ./build bundle --out ${folder} writes one`);
  return list;
}

try {
  if (!options.models && !existsSync(path.join(options.site, 'index.html'))) throw new Error(`${options.site} holds no site: make site writes one`);
  for (const { key, body, type } of uploads(path.resolve(options.bundles))) {
    console.log(`${options['dry-run'] ? 'would upload' : 'uploading'} ${options.bucket}/${key} (${Math.ceil(body.length / 1000)} KB)`);
    if (options['dry-run']) continue;
    const file = path.join(work, key);
    writeFileSync(file, body);
    wrangler('r2', 'object', 'put', `${options.bucket}/${key}`, '--file', file, '--content-type', type, '--remote');
  }
  if (!options.models) wrangler('deploy', '--assets', path.resolve(options.site), ...(options['dry-run'] ? ['--dry-run', '--outdir', work] : []));
} catch (error) {
  console.error(`deploy: ${error.message}`);
  process.exitCode = 1;
} finally {
  rmSync(work, { recursive: true, force: true });
}
