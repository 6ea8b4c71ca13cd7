// A Chromium that can be killed as by a power failure, driven by its own HTTP
// endpoint only, over a profile that stays.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { options } from './browser.mjs';

export class Chromium {
  // start opens a browser with no page over a profile's folder.
  async start(folder) {
    const port = path.join(folder, 'DevToolsActivePort');
    await rm(port, { force: true });
    const flags = [...options.args, '--headless=new', '--remote-debugging-port=0', `--user-data-dir=${folder}`, '--disable-breakpad',
      '--disable-background-timer-throttling', '--disable-renderer-backgrounding', '--disable-backgrounding-occluded-windows', 'about:blank'];
    this.process = spawn(options.executablePath, flags, { detached: true, stdio: 'ignore' }); // a process group of its own
    this.exited = once(this.process, 'exit');
    for (const patience = Date.now() + 20e3; ; await sleep(50)) {
      const text = await readFile(port, 'utf8').catch(() => '');
      if (text.includes('\n')) return this.base = `http://127.0.0.1:${text.split('\n')[0]}/json`;
      if (Date.now() > patience) throw new Error('Chromium did not start');
    }
  }

  // open opens a tab and returns its id.
  async open(url) {
    const response = await fetch(`${this.base}/new?${encodeURIComponent(url)}`, { method: 'PUT' });
    return (await response.json()).id;
  }

  async close(id) { await (await fetch(`${this.base}/close/${id}`)).text(); }

  // kill ends every process of the browser at once.
  async kill() {
    process.kill(-this.process.pid, 'SIGKILL');
    await this.exited;
  }
}
