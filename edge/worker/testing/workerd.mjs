// The bare workerd, without miniflare: one worker of .build/edge with an entry of a test or a
// measurement before it. There are no queues, buckets or limits; the entry brings stand-ins.
import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const builtFolder = fileURLToPath(new URL('../../../.build/edge', import.meta.url));
const binary = createRequire(import.meta.url)('workerd').default;

// Workerd is one process. outside, if given, is the port of a server that the entry reaches as
// env.OUTSIDE.
export class Workerd {
  #folder = mkdtempSync(path.join(tmpdir(), 'sparrow-workerd-'));
  #process;

  constructor(entry, { files = [], outside = 0 } = {}) {
    cpSync(builtFolder, this.#folder, { recursive: true });
    for (const file of [entry, ...files]) cpSync(file, path.join(this.#folder, path.basename(file)));
    const first = path.basename(entry);
    const modules = [first, ...readdirSync(this.#folder).filter((name) => name !== first)]
      .map((name) => `(name = "${name}", ${name.endsWith('.wasm') ? 'wasm' : 'esModule'} = embed "${name}")`);
    writeFileSync(path.join(this.#folder, 'config.capnp'), `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [(name = "main", worker = .main)${outside ? `, (name = "outside", external = (address = "127.0.0.1:${outside}", http = ()))` : ''}],
  sockets = [(name = "http", http = (), service = "main")]);
const main :Workerd.Worker = (compatibilityDate = "2026-04-01", modules = [${modules.join(', ')}],
  bindings = [${outside ? '(name = "OUTSIDE", service = "outside")' : ''}]);
`);
  }

  // start resolves when the process listens.
  async start() {
    this.#process = spawn(binary, ['serve', 'config.capnp', '--control-fd=3', '--socket-addr=http=127.0.0.1:0'], { cwd: this.#folder, stdio: ['ignore', 'ignore', 'inherit', 'pipe'] });
    this.exited = new Promise((resolve) => this.#process.once('exit', resolve));
    const port = await new Promise((resolve, reject) => {
      this.#process.once('exit', (code) => reject(new Error(`workerd ended with ${code} before it listened`)));
      let text = '';
      this.#process.stdio[3].on('data', (chunk) => {
        text += chunk;
        const [, found] = /"event":"listen".*?"port":(\d+)/.exec(text) ?? [];
        if (found) resolve(Number(found));
      });
    });
    this.origin = `http://127.0.0.1:${port}`;
    return this;
  }

  // cpu returns the seconds of CPU that the process has used so far, all threads, in ticks of 10 ms.
  cpu() {
    const fields = readFileSync(`/proc/${this.#process.pid}/stat`, 'utf8').replace(/^.*\) /s, '').split(' ');
    return (Number(fields[11]) + Number(fields[12])) / 100;
  }

  // kill ends the process as a power cut would.
  async kill() {
    this.#process.kill('SIGKILL');
    await this.exited;
  }

  async close() {
    await this.kill();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
