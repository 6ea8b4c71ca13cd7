// The real edge, run natively over a folder, behind a proxy that fails on
// demand and serves the pages of app/e2e/harness; and what the edge has stored.
import { spawn, execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { createServer, request as forward } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { decodeEvent, readSegment } from './segment.mjs';
import { siteFolder } from './server.mjs';

const run = promisify(execFile);
const root = fileURLToPath(new URL('../../../', import.meta.url));

const bin = process.env.BIN ?? path.join(root, '.build', 'e2e'); // BIN: a folder of programs that are built already

// build returns the path of a program of this checkout and builds it, once per
// process.
const built = new Map();
export function build(name) {
  const file = path.join(bin, name);
  if (!built.has(name)) built.set(name, process.env.BIN ? file : run('go', ['build', '-o', file, `./${name}`], { cwd: root }).then(() => file));
  return built.get(name);
}

export class Edge {
  faults = () => null; // (request, number) → fault or null, see Proxy
  around = (request, pass) => pass(); // wraps every request that is passed on
  requests = []; // {path, method, at, fault, status} of every request for /v1/, in order
  #process = null;

  async start({ flags = ['--rate', '0'] } = {}) {
    this.folder ??= await mkdtemp(path.join(tmpdir(), 'sparrow-edge-'));
    this.flags = flags;
    await this.resume();
    this.proxy = createServer((request, response) => this.#answer(request, response).catch(() => response.destroy()));
    this.proxy.keepAliveTimeout = 60e3;
    await once(this.proxy.listen(0, '127.0.0.1'), 'listening');
    this.origin = `http://127.0.0.1:${this.proxy.address().port}`;
    return this;
  }

  // resume starts the edge itself, again after halt.
  async resume() {
    this.#process = spawn(await build('edge'), ['--addr', '127.0.0.1:0', '--feedback', this.folder, ...this.flags], { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] });
    const [line] = await once(createInterface(this.#process.stdout), 'line');
    this.port = Number(line.match(/:(\d+)/)[1]);
  }

  // halt ends the edge without a warning.
  async halt() {
    const ended = once(this.#process, 'exit');
    this.#process.kill('SIGKILL');
    await ended;
  }

  async stop() {
    this.proxy.close();
    this.proxy.closeAllConnections();
    await this.halt();
    await rm(this.folder, { recursive: true, force: true });
  }

  async #answer(request, response) {
    const { pathname } = new URL(request.url, this.origin);
    if (!pathname.startsWith('/v1/')) return this.#file(pathname, response);
    const entry = { path: pathname, method: request.method, at: Date.now() };
    const fault = this.faults(entry, this.requests.length);
    this.requests.push(Object.assign(entry, { fault }));
    if (fault?.before) return misbehave(fault, request, response);
    await this.around(entry, async () => {
      const answer = await this.#pass(request);
      entry.status = answer.status;
      if (fault) misbehave(fault, request, response);
      else response.writeHead(answer.status, answer.headers).end(answer.body);
    });
  }

  // pass forwards a request, under the name that the browser uses.
  async #pass(request) {
    const { method, url, headers } = request;
    const onward = forward({ host: '127.0.0.1', port: this.port, method, path: url, headers });
    request.pipe(onward);
    const [answer] = await once(onward, 'response');
    return { status: answer.statusCode, headers: answer.headers, body: Buffer.concat(await answer.toArray()) };
  }

  async #file(pathname, response) {
    const [, folder, name] = pathname.match(/^\/(harness|js)\/([\w.-]+)$/) ?? [];
    const file = folder && path.join(root, folder === 'js' ? 'static/js' : 'app/e2e/harness', name);
    const body = file && await readFile(file).catch(() => null);
    const type = name?.endsWith('.js') ? 'text/javascript' : 'text/html; charset=utf-8';
    response.writeHead(body ? 200 : 404, { 'Content-Type': type, 'Cache-Control': 'no-store' }).end(body ?? 'not found\n');
  }

  // stored reads every segment: {events: [{id, kind, …}] with repeats, letters: [bytes], erased: [hex]}.
  async stored() {
    const all = { events: [], letters: [], erased: [] };
    const files = (await readdir(this.folder, { recursive: true })).filter((name) => name.endsWith('.seg')).sort();
    for (const name of files) {
      for (const record of readSegment(await readFile(path.join(this.folder, name)))) {
        all.events.push(...record.events.map((event) => ({ ...decodeEvent(event), received: record.received, sent: record.sent })));
        all.letters.push(...record.letters);
        if (record.erased) all.erased.push(record.erased);
      }
    }
    return all;
  }

  // report returns the builder's report on the stored feedback.
  async report() {
    const { stdout } = await run(await build('build'), ['feedback', '--from', this.folder, '--json'], { cwd: root });
    return JSON.parse(stdout);
  }
}

// misbehave answers according to a fault: {status, headers}, {reset} or {stall:
// ms, then reset}. With before the edge never received the request, else it has
// stored its contents.
function misbehave({ status, headers, stall }, request, response) {
  if (status) {
    request.resume();
    response.writeHead(status, headers).end();
  } else if (stall) {
    setTimeout(() => response.destroy(), stall);
  } else response.destroy();
}

// edge starts an edge that lives for one test.
export async function edge(t, options) {
  const server = await new Edge().start(options);
  t.after(() => server.stop());
  return server;
}

// demoEdge starts an edge over the site and the demo bundle, without the proxy.
export async function demoEdge() {
  const server = await new Edge().start({ flags: ['--rate', '0', '--site', siteFolder, '--bundles', path.join(root, 'data/demo')] });
  server.origin = `http://127.0.0.1:${server.port}`;
  return server;
}
