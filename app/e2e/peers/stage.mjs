// A server of the pages and workers that measure, and a browser over it.
import { execFileSync } from 'node:child_process';
import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';
import { launch } from '../lib/browser.mjs';

const here = (name) => fileURLToPath(new URL(name, import.meta.url));
const goroot = process.env.GOROOT ?? execFileSync('go', ['env', 'GOROOT'], { encoding: 'utf8' }).trim();
const types = { '.js': 'text/javascript', '.mjs': 'text/javascript', '.wasm': 'application/wasm' };

// built returns the path of a file that make built.
export const built = (name) => here(`../../../.build/${name}`);

// The files of the libraries that are measured.
export const libraries = { '/ort/': here('node_modules/onnxruntime-web/dist'), '/tf/': here('node_modules/@tensorflow/tfjs-backend-wasm/dist') };

// script returns a script of this folder with what it imports, for a worker or a page.
export const script = (name) => buildSync({
  entryPoints: [here(name)], bundle: true, write: false, format: 'iife', minify: true, platform: 'browser',
  define: { 'import.meta.url': '"http://localhost/"' }, // hnswlib and TensorFlow.js ask where they are; their files are named to them
}).outputFiles[0].contents;

// stage serves the files of a table, path → file or bytes, and opens a page over them. It is
// isolated from other sites, so that its clock is fine: 5 µs. end() ends both.
export async function stage(files) {
  const table = { '/': Buffer.from('<!doctype html><title>peers</title>'), '/wasm_exec.js': path.join(goroot, 'lib/wasm/wasm_exec.js'), ...files };
  const server = createServer(async (request, response) => {
    const [, folder, name] = /^(\/.+\/)([\w.-]+)$/.exec(request.url) ?? [];
    const found = table[request.url] ?? (table[folder] && path.join(table[folder], name));
    const body = typeof found === 'string' ? await readFile(found).catch(() => null) : found;
    response.writeHead(body ? 200 : 404, {
      'Content-Type': types[path.extname(request.url)] ?? 'text/html', 'Cross-Origin-Opener-Policy': 'same-origin', 'Cross-Origin-Embedder-Policy': 'require-corp',
    }).end(body);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const browser = await launch();
  const page = await (await browser.newContext()).newPage();
  await page.goto(`http://127.0.0.1:${server.address().port}/`);
  // open starts a worker; ask gives it a message and returns what it answers, close ends it.
  const open = async (address) => {
    const worker = await page.evaluateHandle((url) => new Worker(url), address);
    return {
      ask: (message) => worker.evaluate((to, data) => new Promise((resolve, reject) => {
        to.onerror = (event) => reject(new Error(event.message));
        to.onmessage = ({ data: { done, failed } }) => (failed ? reject(new Error(failed)) : resolve(done));
        to.postMessage(data);
      }), message),
      close: () => worker.evaluate((one) => one.terminate()),
    };
  };
  return {
    browser, page, open,
    // work asks a worker of its own one thing.
    async work(address, message) {
      const worker = await open(address);
      try {
        return await worker.ask(message);
      } finally {
        await worker.close();
      }
    },
    async end() {
      await browser.close();
      server.close();
    },
  };
}
