// What a journey does with a page in any browser. Each browser's own file says
// how.
import { until } from '../lib/until.mjs';

// A Tab is a page with storage of its own. Its subclasses have goto(url),
// evaluate(fn, ...args), which runs fn in the page and returns its value as
// JSON has it, click(selector), keys(text), where '\n' is the Enter key, and
// close().
export class Tab {
  errors = []; // 'uncaught: …' and, of the console, 'console: …'

  // problems returns the errors of every page so far.
  async problems() { return this.errors; }

  // until waits for fn to become true in the page, across its navigations.
  until(fn, ...args) {
    return until(String(fn), async () => {
      try {
        return await this.evaluate(fn, ...args);
      } catch (error) {
        if (leaving.test(error.message)) return null;
        throw error;
      }
    });
  }

  // alive waits until the wasm of the app and of the engine runs. The page was
  // rendered before either, so nothing visible proves that it does.
  alive() {
    return this.until(() => dispatchEvent(new Event('pointermove')) && document.documentElement.dataset.app === 'alive' && document.documentElement.dataset.engine === 'ready');
  }

  // visit opens a page of the app and waits until it is live.
  async visit(url) {
    await this.goto(url);
    await this.alive();
  }
}

// What the browsers say of a page that is just being replaced by another one.
const leaving = /navigat|destroyed|no such (frame|window)|DiscardedBrowsingContext|AbortError|document unloaded/i;
