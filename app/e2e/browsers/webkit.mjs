// WebKitGTK's MiniBrowser on a display without a screen, driven by plain
// WebDriver: https://www.w3.org/TR/webdriver2/.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { until } from '../lib/until.mjs';
import { Tab } from './tab.mjs';

export class WebKit {
  apart = false; // evaluate runs among the page's scripts
  static async start() {
    const webkit = new WebKit();
    webkit.binary = await miniBrowser();
    webkit.folder = await mkdtemp(path.join(tmpdir(), 'sparrow-webkit-'));
    webkit.screen = spawn('Xvfb', ['-displayfd', '1', '-screen', '0', '1400x1100x24'], { stdio: ['ignore', 'pipe', 'ignore'] });
    const [display] = await Promise.race([
      once(createInterface(webkit.screen.stdout), 'line'),
      once(webkit.screen, 'error').then(([error]) => { throw new Error(`no display: ${error.message}; make test-webkit installs xvfb`); }),
    ]);
    webkit.env = {
      ...process.env, DISPLAY: `:${display}`, HOME: webkit.folder, XDG_RUNTIME_DIR: webkit.folder, GDK_BACKEND: 'x11', NO_AT_BRIDGE: '1',
      WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1', LIBGL_ALWAYS_SOFTWARE: '1', // in a container, without a graphics card
      // WEBKIT_DISABLE_DMABUF_RENDERER is not set: with the older way to draw, MiniBrowser 2.50 itself crashes in every second journey
    };
    return webkit;
  }

  // open returns a tab whose storage is its own, with a driver and a browser of
  // its own. WebKit has no scripts that run before those of the page. Once in
  // some fifty times a browser starts and its driver never hears of it: that
  // pair is given up for another one, before any test has begun.
  async open({ viewport = { width: 1280, height: 900 } } = {}) {
    const capabilities = { alwaysMatch: { 'webkitgtk:browserOptions': { binary: this.binary, args: ['--automation'] } } };
    for (let left = 2; ; left--) {
      const driver = await Driver.start(this.env);
      try {
        const { sessionId, capabilities: { browserVersion } } = await driver.send('POST', '/session', { capabilities });
        this.version = `WebKitGTK ${browserVersion}`;
        const tab = new WebKitTab(driver, `/session/${sessionId}`);
        await tab.send('POST', '/timeouts', { script: 30e3, pageLoad: 30e3 });
        await tab.send('POST', '/window/rect', viewport);
        return tab;
      } catch (error) {
        driver.kill();
        if (!left || error.name !== 'TimeoutError') throw error;
      }
    }
  }

  async close() {
    this.screen.kill();
    await rm(this.folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

// A Driver is one WebKitWebDriver.
class Driver {
  static async start(env) {
    const driver = new Driver();
    const port = await freePort();
    driver.process = spawn('WebKitWebDriver', [`--port=${port}`, '--host=127.0.0.1'], { env, stdio: 'ignore', detached: true }); // a process group of its own
    driver.base = `http://127.0.0.1:${port}`;
    await until('WebKitWebDriver answers', () => fetch(`${driver.base}/status`).then(() => true, () => false));
    return driver;
  }

  // send calls a command and returns its value.
  async send(method, address, body) {
    const response = await fetch(this.base + address, { method, body: body && JSON.stringify(body), signal: AbortSignal.timeout(40e3) });
    const { value } = await response.json();
    if (value?.error) throw new Error(`${value.error}: ${value.message}`);
    return value;
  }

  kill() { process.kill(-this.process.pid, 'SIGKILL'); }
}

// miniBrowser returns the path of WebKitGTK's browser, which is on no PATH:
// /usr/lib/<machine>/webkit2gtk-<version>/MiniBrowser.
async function miniBrowser() {
  for (const machine of await readdir('/usr/lib')) {
    for (const version of ['4.1', '4.0']) {
      const file = `/usr/lib/${machine}/webkit2gtk-${version}/MiniBrowser`;
      if (existsSync(file)) return file;
    }
  }
  throw new Error('no WebKitGTK: /usr/lib/*/webkit2gtk-4.*/MiniBrowser does not exist; make test-webkit installs webkit2gtk-driver');
}

async function freePort() {
  const server = createServer();
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address();
  server.close();
  return port;
}

class WebKitTab extends Tab {
  constructor(driver, session) {
    super();
    Object.assign(this, { driver, session });
  }

  send(method, address, body) { return this.driver.send(method, this.session + address, body); }

  async goto(url) {
    await this.problems();
    await this.send('POST', '/url', { url });
    await this.evaluate(() => {
      const uncaught = globalThis.uncaught = [];
      addEventListener('error', ({ message }) => { uncaught[uncaught.length] = `uncaught: ${message}`; }); // push may be a host's own
      addEventListener('unhandledrejection', ({ reason }) => { uncaught[uncaught.length] = `uncaught: ${reason}`; });
    });
  }

  // problems adds the errors of the page that is left or looked at. Those of
  // its first moment and those on the console are not to be had.
  async problems() {
    this.errors.push(...await this.evaluate(() => {
      const found = globalThis.uncaught ?? [];
      globalThis.uncaught = [];
      return found;
    }));
    return this.errors;
  }

  async evaluate(fn, ...args) {
    const [error, value] = await this.send('POST', '/execute/async', {
      script: `const done = arguments[1]; (async () => (${fn}).apply(null, arguments[0]))().then((value) => done([null, value]), (error) => done([String(error)]));`,
      args: [args],
    });
    if (error) throw new Error(error);
    return value;
  }

  // frame goes on in the page's first frame.
  async frame() {
    await this.send('POST', '/frame', { id: 0 });
    return this;
  }

  async click(selector) {
    await this.evaluate((one) => document.querySelector(one).scrollIntoView({ block: 'center', behavior: 'instant' }), selector); // not under a note at the bottom
    const element = await this.send('POST', '/element', { using: 'css selector', value: selector });
    await this.send('POST', `/element/${Object.values(element)[0]}/click`, {});
  }

  async keys(text) {
    const element = await this.send('GET', '/element/active');
    await this.send('POST', `/element/${Object.values(element)[0]}/value`, { text: text.replaceAll('\n', '\uE007') });
  }

  async screenshot(file) { await writeFile(file, Buffer.from(await this.send('GET', '/screenshot'), 'base64')); }

  async close() {
    await this.send('DELETE', '');
    this.driver.kill();
  }
}
