// Chromium, driven by playwright, as the other tests do.
import { launch } from '../lib/browser.mjs';
import { World } from '../lib/widget.mjs';
import { Tab } from './tab.mjs';

export class Chromium {
  apart = true; // evaluate runs apart from the page's scripts where open gets a first one
  static async start() {
    const chromium = new Chromium();
    chromium.browser = await launch();
    chromium.version = `Chromium ${chromium.browser.version()}`;
    return chromium;
  }

  // open returns a tab with storage of its own. first runs in every document
  // before its scripts, and evaluate in a world that these cannot reach; in a
  // frame both run among them.
  async open({ viewport = { width: 1280, height: 900 }, deviceScaleFactor = 1, first, framed } = {}) {
    const context = await this.browser.newContext({ viewport, deviceScaleFactor });
    const tab = new ChromiumTab(context);
    context.on('weberror', (event) => tab.errors.push(`uncaught: ${event.error().stack ?? event.error()}`));
    context.on('console', (message) => { if (message.type() === 'error') tab.errors.push(`console: ${message.text()}`); });
    tab.page = await context.newPage();
    if (framed) await context.addInitScript(first);
    else if (first) tab.world = await World.of(tab.page);
    return tab;
  }

  close() { return this.browser.close(); }
}

class ChromiumTab extends Tab {
  constructor(context) {
    super();
    this.context = context;
  }

  goto(url) { return this.page.goto(url, { waitUntil: 'domcontentloaded' }); }

  evaluate(fn, ...args) {
    return this.world ? this.world.evaluate(fn) : this.page.evaluate(`(${fn})(...${JSON.stringify(args)})`);
  }

  // frame returns the document in the page's first frame, with evaluate.
  frame() { return this.page.frames()[1]; }

  click(selector) { return this.page.locator(selector).first().click(); }

  async keys(text) {
    for (const key of text) await this.page.keyboard.press(key === '\n' ? 'Enter' : key);
  }

  screenshot(file) { return this.page.screenshot({ path: file }); }

  close() { return this.context.close(); }
}
