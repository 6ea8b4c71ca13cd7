// Firefox, driven by WebDriver BiDi: https://www.w3.org/TR/webdriver-bidi/.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import WebSocket from 'ws';
import { program } from '../lib/program.mjs';
import { Tab } from './tab.mjs';

// Firefox asks nothing elsewhere and writes no reports.
const settings = {
  'app.update.enabled': false, 'datareporting.policy.dataSubmissionEnabled': false, 'network.captive-portal-service.enabled': false,
  'network.connectivity-service.enabled': false, 'browser.safebrowsing.update.enabled': false, 'extensions.getAddons.cache.enabled': false,
};

export class Firefox {
  apart = true; // evaluate runs apart from the page's scripts where open gets a first one
  #calls = new Map(); // id → {resolve, reject}
  #tabs = new Map(); // browsing context → FirefoxTab
  #last = 0;

  // start takes variables for Firefox's environment, which reach what no preference does.
  static async start(env = {}) {
    const firefox = new Firefox();
    firefox.folder = await mkdtemp(path.join(tmpdir(), 'sparrow-firefox-'));
    const prefs = Object.entries(settings).map(([name, value]) => `user_pref(${JSON.stringify(name)}, ${value});\n`);
    await writeFile(path.join(firefox.folder, 'user.js'), prefs.join(''));
    firefox.process = spawn(program('FIREFOX', 'firefox-esr', 'firefox'), ['--headless', '--no-remote', '--remote-debugging-port=0', '--profile', firefox.folder, 'about:blank'], { stdio: ['ignore', 'ignore', 'pipe'], env: { ...process.env, ...env } });
    const [url] = await Promise.race([
      endpoint(firefox.process.stderr),
      once(firefox.process, 'exit').then(([code]) => { throw new Error(`Firefox ended with code ${code} before it could be driven`); }),
    ]);
    firefox.socket = new WebSocket(`${url}/session`);
    await once(firefox.socket, 'open');
    firefox.socket.on('message', (text) => firefox.#receive(JSON.parse(text)));
    firefox.socket.on('close', () => firefox.#end());
    const { capabilities } = await firefox.send('session.new', { capabilities: {} });
    await firefox.send('session.subscribe', { events: ['log.entryAdded'] });
    firefox.version = `Firefox ${capabilities.browserVersion}`;
    return firefox;
  }

  // send calls a command and returns its result.
  send(method, params) {
    const id = ++this.#last;
    return new Promise((resolve, reject) => {
      this.#calls.set(id, { resolve, reject });
      this.socket.send(JSON.stringify({ id, method, params }), (error) => error && reject(error));
    });
  }

  #receive({ id, type, result, error, message, method, params }) {
    if (method === 'log.entryAdded') {
      if (params.level === 'error') this.#tabs.get(params.source.context)?.errors.push(`${kind(params)}: ${params.text}`);
      return;
    }
    const call = this.#calls.get(id);
    this.#calls.delete(id);
    if (type === 'error') call?.reject(new Error(`${error}: ${message}`));
    else call?.resolve(result);
  }

  // end rejects what Firefox can no longer answer.
  #end() {
    for (const { reject } of this.#calls.values()) reject(new Error('Firefox ended'));
    this.#calls.clear();
  }

  // open returns a tab with storage of its own. first runs in every document
  // before its scripts, out of their reach, and so does evaluate then.
  async open({ viewport = { width: 1280, height: 900 }, deviceScaleFactor = 1, first } = {}) {
    const { userContext } = await this.send('browser.createUserContext', {});
    const { context } = await this.send('browsingContext.create', { type: 'tab', userContext });
    await this.send('browsingContext.setViewport', { context, viewport, devicePixelRatio: deviceScaleFactor });
    const sandbox = first && 'test';
    if (first) await this.send('script.addPreloadScript', { functionDeclaration: String(first), contexts: [context], sandbox });
    const tab = new FirefoxTab(this, context, sandbox, userContext);
    this.#tabs.set(context, tab);
    return tab;
  }

  async close() {
    const ended = once(this.process, 'exit');
    this.send('browser.close', {}).catch(() => {});
    const patience = setTimeout(() => this.process.kill('SIGKILL'), 10e3);
    await ended;
    clearTimeout(patience);
    this.socket.terminate();
    await rm(this.folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

// kind returns what an error is. Firefox lists what a policy forbids among the
// page's uncaught errors.
const kind = ({ type, text }) => (type === 'javascript' && !text.startsWith('Content-Security-Policy') ? 'uncaught' : 'console');

// endpoint returns [the address] that Firefox writes when it can be driven.
async function endpoint(stream) {
  for await (const line of createInterface(stream)) {
    const [, url] = line.match(/WebDriver BiDi listening on (ws:\S+)/) ?? [];
    if (url) {
      stream.resume(); // and reads on, so that Firefox is never blocked
      return [url];
    }
  }
  return new Promise(() => {}); // its exit is told elsewhere
}

class FirefoxTab extends Tab {
  constructor(firefox, context, sandbox, userContext) {
    super();
    Object.assign(this, { firefox, context, sandbox, userContext });
  }

  goto(url) { return this.firefox.send('browsingContext.navigate', { context: this.context, url, wait: 'interactive' }); }

  async evaluate(fn, ...args) {
    const { type, result, exceptionDetails } = await this.firefox.send('script.callFunction', {
      functionDeclaration: `async (args) => JSON.stringify(await (${fn})(...JSON.parse(args)))`,
      arguments: [{ type: 'string', value: JSON.stringify(args) }],
      awaitPromise: true, userActivation: true, target: { context: this.context, sandbox: this.sandbox },
    });
    if (type === 'exception') throw new Error(exceptionDetails.text);
    return result.value === undefined ? undefined : JSON.parse(result.value);
  }

  // frame returns the document in the page's first frame, with evaluate.
  async frame() {
    const { contexts: [{ children: [child] }] } = await this.firefox.send('browsingContext.getTree', { root: this.context });
    return new FirefoxTab(this.firefox, child.context, this.sandbox);
  }

  // click waits, as playwright does, until the element stays where it is from one frame to the next and nothing covers
  // it: a page that is still being drawn moves it away from under the pointer.
  async click(selector) {
    const at = await this.until(async (wanted) => {
      const place = () => {
        const { x, y, width, height } = document.querySelector(wanted).getBoundingClientRect();
        return { x: Math.round(x + width / 2), y: Math.round(y + height / 2) };
      };
      const frame = () => new Promise((drawn) => requestAnimationFrame(drawn));
      document.querySelector(wanted).scrollIntoView({ block: 'center', behavior: 'instant' });
      await frame();
      const before = place();
      await frame();
      const now = place();
      const hit = document.elementFromPoint(now.x, now.y);
      const still = before.x === now.x && before.y === now.y;
      return still && document.querySelector(wanted).contains(hit) ? now : null;
    }, selector);
    await this.#act('pointer', [{ type: 'pointerMove', ...at }, { type: 'pointerDown', button: 0 }, { type: 'pointerUp', button: 0 }]);
  }

  async keys(text) {
    const enter = '\uE007'; // https://www.w3.org/TR/webdriver2/#keyboard-actions
    await this.#act('key', [...text.replaceAll('\n', enter)].flatMap((value) => [{ type: 'keyDown', value }, { type: 'keyUp', value }]));
  }

  #act(type, actions) {
    return this.firefox.send('input.performActions', { context: this.context, actions: [{ type, id: type, actions }] });
  }

  async screenshot(file) {
    const { data } = await this.firefox.send('browsingContext.captureScreenshot', { context: this.context });
    await writeFile(file, Buffer.from(data, 'base64'));
  }

  async close() {
    await this.firefox.send('browsingContext.close', { context: this.context });
    await this.firefox.send('browser.removeUserContext', { userContext: this.userContext });
  }
}
