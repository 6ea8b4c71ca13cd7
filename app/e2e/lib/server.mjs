// A static server over an exported site, with the headers of `go run ./edge`,
// that can go away, change its site, fail on demand, and be as slow as a
// phone's network.
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants } from 'node:zlib';

export const siteFolder = path.resolve(process.env.SITE ?? fileURLToPath(new URL('../../../.build/site', import.meta.url)));

// A phone's network: bytes a second, shared by page, worker and service worker, and ms of each request.
export const fast4g = { rate: 8.1e6 / 8, latency: 165 };

const types = {
  html: 'text/html; charset=utf-8', js: 'text/javascript; charset=utf-8', css: 'text/css; charset=utf-8',
  wasm: 'application/wasm', svg: 'image/svg+xml', png: 'image/png', webp: 'image/webp', json: 'application/json',
  webmanifest: 'application/manifest+json', bundle: 'application/octet-stream', supplement: 'application/octet-stream',
  txt: 'text/plain; charset=utf-8', xml: 'application/xml', ico: 'image/x-icon',
};

// A list as the edge compresses it.
const brotli = (list) => brotliCompressSync(list, { params: { [constants.BROTLI_PARAM_QUALITY]: 4, [constants.BROTLI_PARAM_LGWIN]: 14 } });

// serve starts a server that lives for one test.
export async function serve(t, folder) {
  const server = await new Server(folder).start();
  t.after(() => server.stop());
  return server;
}

// A fault describes one wrong answer: {status: 503}, {truncate: 0.5} (a share
// of the body, then the connection ends), {cut: 0.5} (a share, with the headers
// of a complete answer), {flip: true} (one bit; {flip: 0.9}
// where it is), {html: true} (a sign-in page in place of the file) or {stall: true}.
export class Server {
  fault = () => null; // path → fault or null
  site = null; // async path → Buffer in place of the folder's file, false where there is none any more, or null
  requests = []; // paths, in order
  policy = null; // the content security policy of the app's pages; the site's own unless a test changes it
  slow = null; // {rate: bytes per second shared by all, latency: ms per request}
  #folder;
  #own;
  #rules = []; // the site's _headers file, parsed: [{path, prefix, lines: [[name, value]]}]
  #server = null;
  #sockets = new Set();
  #port = 0;
  #free = 0; // when the shared line is free again

  constructor(folder = siteFolder) { this.#folder = folder; }

  get origin() { return `http://127.0.0.1:${this.#port}`; }

  async start() {
    await this.#readRules();
    this.policy ??= this.#own = this.#headers('/')['Content-Security-Policy'];
    this.#server = createServer((request, response) => this.#answer(request, response).catch(() => response.destroy()));
    this.#server.on('connection', (socket) => {
      this.#sockets.add(socket);
      socket.on('close', () => this.#sockets.delete(socket));
    });
    await new Promise((resolve, reject) => this.#server.once('error', reject).listen(this.#port, '127.0.0.1', resolve));
    this.#port = this.#server.address().port; // the same one after a stop
    return this;
  }

  async stop() {
    if (!this.#server?.listening) return;
    const closed = new Promise((resolve) => this.#server.close(resolve));
    for (const socket of this.#sockets) socket.destroy();
    await closed;
  }

  // read returns {name, body} of the file behind a path or a clean URL, or
  // null. Without a site it reads the folder.
  async read(pathname, { suffix = '', site = null } = {}) {
    for (const name of pathname.endsWith('/') ? [`${pathname}index.html`] : [pathname, `${pathname}.html`]) {
      const replaced = await site?.(name) ?? null;
      if (replaced) return suffix ? null : { name, body: replaced };
      if (replaced === false) continue;
      const file = path.join(this.#folder, decodeURIComponent(name));
      if (!file.startsWith(this.#folder)) return null;
      const body = await readFile(file + suffix).catch(() => null);
      if (body) return { name, body };
      if (suffix && await readFile(file).catch(() => null)) return null;
    }
    return null;
  }

  // shorten replaces cache lifetimes of some minutes by this number of seconds.
  shorten(seconds) {
    for (const rule of this.#rules) for (const line of rule.lines) line[1] = line[1]?.replace('max-age=300', `max-age=${seconds}`);
  }

  async #readRules() {
    const text = await readFile(path.join(this.#folder, '_headers'), 'utf8');
    this.#rules = text.split(/\n(?=\/)/).map((block) => {
      const [head, ...lines] = block.trim().split('\n');
      return { path: head.replace('*', ''), prefix: head.endsWith('*'), lines: lines.map((line) => line.trim().split(/:\s*(.*)/)) };
    });
  }

  #headers(pathname) {
    const headers = {};
    for (const rule of this.#rules) {
      if (rule.prefix ? !pathname.startsWith(rule.path) : pathname !== rule.path) continue;
      for (const [name, value] of rule.lines) {
        if (value === undefined) delete headers[name.replace('! ', '')];
        else headers[name] = value;
      }
    }
    return headers;
  }

  async #answer(request, response) {
    const { pathname } = new URL(request.url, this.origin);
    this.requests.push(pathname);
    let status = 200;
    const { site } = this;
    let plain = await this.read(pathname, { site });
    if (!plain) {
      const [, lang, route] = pathname.match(/^(\/zh)?(\/.*|)$/);
      const known = /^\/(movie|genre)\/[^/]+$|^\/(browse|for-you|kept|profile|search)$/.test(route);
      plain = await this.read(`${lang ?? ''}/${known ? 'shell' : '404'}.html`, { site });
      if (!known) status = 404;
      if (!plain || /\.[a-z0-9]+$/.test(pathname)) [status, plain] = [404, { name: '/not-found.txt', body: Buffer.from('not found\n') }];
    }
    let { name, body } = plain;
    const headers = {
      'Content-Type': types[path.extname(name).slice(1)] ?? 'application/octet-stream',
      ...this.#headers(pathname),
      Vary: 'Accept-Encoding',
    };
    if (this.policy !== this.#own) headers['Content-Security-Policy'] = this.policy;
    if (/^\/a\/[0-9a-f]{16}\./.test(pathname) && body.length >= 65536) headers.Vary += ', Available-Dictionary'; // of which the edge may have a delta
    if (name === '/not-found.txt') for (const header of ['Cache-Control', 'Vary']) delete headers[header];
    const fault = this.fault(pathname);
    if (fault?.stall) return;
    if (fault?.status) [status, body, headers['Cache-Control']] = [fault.status, Buffer.from('fault\n'), 'no-store'];
    if (fault?.html) [body, headers['Content-Type']] = [Buffer.from('<!doctype html><title>Hotel wifi</title>Please sign in'), types.html];
    if (fault?.flip) (body = Buffer.from(body))[Math.floor(body.length * (fault.flip === true ? 0.5 : fault.flip))] ^= 1;
    if (fault?.cut) body = body.subarray(0, Math.floor(body.length * fault.cut));
    if (!fault && status === 200) {
      const tag = `"${createHash('sha256').update(body).digest('hex').slice(0, 16)}"`;
      headers.ETag = tag;
      if (request.headers['if-none-match'] === tag) {
        await this.#wait();
        return response.writeHead(304, headers).end();
      }
      const takes = request.headers['accept-encoding']?.includes('br');
      const packed = takes && (await this.read(pathname, { suffix: '.br', site }))?.body;
      if (packed) [body, headers['Content-Encoding']] = [packed, 'br'];
      else if (takes && pathname.startsWith('/v1/similar/')) [body, headers['Content-Encoding']] = [brotli(body), 'br'];
    }
    headers['Content-Length'] = body.length;
    await this.#wait();
    response.writeHead(status, headers);
    if (fault?.truncate) {
      response.write(body.subarray(0, Math.floor(body.length * fault.truncate)), () => response.destroy());
      return;
    }
    await this.#send(response, body);
  }

  async #wait() {
    if (this.slow) await sleep(this.slow.latency);
  }

  // send lets all answers share one line.
  async #send(response, body) {
    const piece = 8 << 10;
    for (let at = 0; this.slow && at + piece < body.length; at += piece) {
      const now = performance.now();
      this.#free = Math.max(this.#free, now) + (piece / this.slow.rate) * 1000;
      await sleep(this.#free - now);
      if (response.destroyed) return;
      response.write(body.subarray(at, at + piece));
      response.sent = at + piece;
    }
    response.end(body.subarray(response.sent ?? 0));
  }
}
