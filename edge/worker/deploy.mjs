// Puts the builder's folder into R2 and the worker with the site onto Cloudflare; with --models
// the folder alone, which is all that a new model or a newer trending.json needs. Only what has
// changed is uploaded, and what nothing needs any more is deleted. With --dry-run everything is
// checked and packed, and nothing leaves the machine; with --local FOLDER the bucket is wrangler's
// own in that folder, as `wrangler dev --persist-to FOLDER` serves it.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { brotliCompressSync, constants } from 'node:zlib';
import { Published, sha256 } from './published.mjs';

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
    local: { type: 'string' },
    all: { type: 'boolean', default: false },
  },
});
const work = mkdtempSync(path.join(tmpdir(), 'sparrow-deploy-'));

// wrangler runs with what is installed here, and returns what it prints when that is asked for.
function wrangler(args, stdio = 'inherit') {
  return execFileSync(process.execPath, [fileURLToPath(new URL('node_modules/wrangler/bin/wrangler.js', import.meta.url)), ...args], {
    cwd: path.join(root, 'edge/worker'), stdio, maxBuffer: 1 << 28, env: { WRANGLER_SEND_METRICS: 'false', ...process.env, ...((options['dry-run'] || options.local) && { CI: '1', WRANGLER_LOG_PATH: work }) },
  });
}

// bucket is R2, by wrangler.
const place = options.local ? ['--local', '--persist-to', path.resolve(options.local)] : ['--remote'];
const object = (verb, key, ...args) => ['r2', 'object', verb, `${options.bucket}/${key}`, ...args, ...place];
const bucket = {
  get(key) {
    try {
      return wrangler(object('get', key, '--pipe'), ['ignore', 'pipe', 'pipe']);
    } catch (error) {
      if (/key does not exist/.test(`${error.stdout}${error.stderr}`)) return null;
      throw new Error(`${options.bucket}/${key} cannot be read: ${error.stderr}`);
    }
  },
  put(key, body, type) {
    const file = path.join(work, key);
    writeFileSync(file, body);
    wrangler(object('put', key, '--file', file, '--content-type', type), ['ignore', 'ignore', 'inherit']);
    rmSync(file);
  },
  delete(key) { wrangler(object('delete', key), ['ignore', 'ignore', 'inherit']); },
};

// uploads lists what belongs into the bucket, in the order of upload: bundles, which nothing names
// yet; then what does, so that a reader of a new latest.json finds the bundle that it names.
function uploads(folder) {
  const files = readdirSync(folder);
  const bundles = [];
  for (const name of files.filter((file) => file.endsWith('.bundle'))) {
    const body = readFileSync(path.join(folder, name));
    const hash = sha256(body);
    if (`${hash}.bundle` !== name) throw new Error(`${name}: its SHA-256 is ${hash}; build the bundle again`);
    const type = 'application/octet-stream';
    bundles.push(...supplement(folder, files, name, body));
    bundles.push({ key: name, hash, type, body: () => body }, { key: `${name}.br`, hash, type, body: () => compressed(body) });
    for (const made of files.filter((file) => file.startsWith(`${name}.`) && /^\.[0-9a-f]{64}\.dcz$/.test(file.slice(name.length)))) {
      const delta = readFileSync(path.join(folder, made)); // as the builder made it
      bundles.push({ key: made, hash: sha256(delta), type, body: () => delta });
    }
  }
  for (const name of files.filter((file) => /^[0-9a-f]{64}\.links$/.test(file))) {
    const body = readFileSync(path.join(folder, name));
    if (`${sha256(body)}.links` !== name) throw new Error(`${name}: its SHA-256 is another; make it again with build links`);
    const type = 'application/octet-stream';
    bundles.push({ key: name, hash: sha256(body), type, body: () => body }, { key: `${name}.br`, hash: sha256(body), type, body: () => compressed(body) });
  }
  const naming = [];
  const add = (key, type, body) => naming.push({ key, hash: sha256(body), type, body: () => body });
  if (files.includes('similar.lists')) add('similar.lists', 'application/octet-stream', readFileSync(path.join(folder, 'similar.lists')));
  for (const name of ['experiments.json', 'live.json', 'trending.json', 'popular.json', 'users.json', 'latest.json'].filter((file) => files.includes(file))) {
    const body = readFileSync(path.join(folder, name));
    JSON.parse(body);
    add(name, 'application/json', body);
  }
  if (files.includes('owner.html')) naming.unshift({ key: 'owner.html', hash: sha256(readFileSync(path.join(folder, 'owner.html'))), type: 'text/html', body: () => readFileSync(path.join(folder, 'owner.html')) });
  if (naming.at(-1)?.key !== 'latest.json') throw new Error(`${folder} holds no bundle: go run ./build bundle --out ${folder} writes one`);
  return { bundles, naming };
}

// supplement lists what belongs into the bucket of the second file of a bundle, if it has one: the
// first has its SHA-256 in it.
function supplement(folder, files, bundle, first) {
  const key = bundle.replace('.bundle', '.supplement');
  if (!files.includes(key)) {
    if (first.subarray(0, 4096).includes('supplement')) console.warn(`${bundle}: its second file, ${key}, is missing: pages make their lists without it, and the Lab says what it lacks; build the bundle again`);
    return [];
  }
  const body = readFileSync(path.join(folder, key));
  const hash = sha256(body);
  if (!first.includes(Buffer.from(hash, 'hex'))) throw new Error(`${key}: ${bundle} names another second file; build the bundle again`);
  const type = 'application/octet-stream';
  return [{ key, hash, type, body: () => body }, { key: `${key}.br`, hash, type, body: () => compressed(body) }];
}

// upload puts objects into the bucket.
async function upload(objects) {
  for (const { key, body, type } of objects) {
    const bytes = body();
    console.log(`${options['dry-run'] ? 'would upload' : 'uploading'} ${options.bucket}/${key} (${Math.ceil(bytes.length / 1000)} KB)`);
    if (!options['dry-run']) await bucket.put(key, bytes, type);
  }
}

// none is a bucket that nothing is known of, for a dry run.
const none = { get: () => null, put() {}, delete() {} };

try {
  if (!options.models && !existsSync(path.join(options.site, 'index.html'))) throw new Error(`${options.site} holds no site: make site writes one`);
  const { bundles, naming } = uploads(path.resolve(options.bundles));
  const all = [...bundles, ...naming];
  const published = options['dry-run'] ? new Published(none, new Map()) : options.all ? new Published(bucket, new Map()) : await Published.read(bucket);
  const changed = await published.begin(all, Date.now());
  await upload(changed.filter((one) => bundles.includes(one)));
  // The site comes before the model that it has pages of: the model may need its engine.
  if (!options.models) wrangler(['deploy', '--assets', path.resolve(options.site), ...(options['dry-run'] || options.local ? ['--dry-run', '--outdir', work] : [])]);
  await upload(changed.filter((one) => naming.includes(one)));
  const due = published.due(Date.now());
  for (const key of due) {
    console.log(`deleting ${options.bucket}/${key}`);
    await bucket.delete(key);
  }
  await published.end(changed, due);
  if (!options['dry-run']) console.log(`${options.bucket}: ${changed.length} of ${all.length} files had changed, ${due.length} are deleted`);
} catch (error) {
  console.error(`deploy: ${error.message}`);
  process.exitCode = 1;
} finally {
  rmSync(work, { recursive: true, force: true });
}
