// CPU per event batch on the bare workerd: the Go program against the same handler in plain
// JavaScript, in one run, turn by turn. Utime and stime of the whole process, so whatever workerd
// itself does for a request is in both.
import http from 'node:http';
import { fileURLToPath } from 'node:url';
import { batch, encodeBatch, impressions } from '../testing/events.mjs';
import { median, report } from '../testing/table.mjs';
import { Workerd } from '../testing/workerd.mjs';

const rounds = Number(process.env.ROUNDS ?? 9);
const requests = Number(process.env.REQUESTS ?? 5000);
const warm = Number(process.env.WARM ?? 6000);
const here = (name) => fileURLToPath(new URL(name, import.meta.url));

const body = batch(18);
const agent = new http.Agent({ keepAlive: true, maxSockets: 16 });

function post(origin, bytes = body) {
  return new Promise((resolve, reject) => {
    const headers = { 'Content-Type': 'text/plain', 'Content-Length': bytes.length, Origin: origin };
    const request = http.request(`${origin}/v1/events`, { agent, method: 'POST', headers }, (response) => {
      let text = '';
      response.on('data', (chunk) => { text += chunk; });
      response.on('end', () => resolve({ status: response.statusCode, text }));
    });
    request.on('error', reject);
    request.end(bytes);
  });
}

// measure returns the milliseconds of CPU per request, 16 at a time.
async function measure(worker, n) {
  let left = n;
  const before = worker.cpu();
  await Promise.all(Array.from({ length: 16 }, async () => {
    while (left-- > 0) {
      const { status } = await post(worker.origin);
      if (status !== 202) throw new Error(`answered ${status}`);
    }
  }));
  return ((worker.cpu() - before) / n) * 1000;
}

// agree makes sure that both handlers accept and refuse the same before either is timed.
async function agree(go, js) {
  const [event] = impressions(1);
  const torn = event.slice(0, -1);
  const odd = event.slice();
  odd[odd.indexOf(0x6b, 20)] = 0x7a; // the field k becomes z
  const cases = [body, new Uint8Array(0), new TextEncoder().encode('hello'), encodeBatch(Date.now(), []), encodeBatch(Date.now(), [event, odd]), encodeBatch(Date.now(), [torn]), encodeBatch(Date.now() + 20 * 86400000, [event, event])];
  for (const [i, bytes] of cases.entries()) {
    const [a, b] = [await post(go.origin, bytes), await post(js.origin, bytes)];
    if (a.status !== b.status || (a.status === 202 && a.text.trim() !== b.text.trim())) throw new Error(`case ${i}: Go says ${a.status} ${a.text}, JavaScript ${b.status} ${b.text}`);
  }
}

const go = await new Workerd(here('go.mjs')).start();
const js = await new Workerd(here('js.mjs'), { files: [here('event.mjs'), here('reader.mjs')] }).start();
try {
  await agree(go, js);
  for (const worker of [go, js, go, js]) await measure(worker, warm); // V8 has compiled what is hot
  const ratios = [];
  const costs = { go: [], js: [] };
  for (let round = 0; round < rounds; round++) {
    const a = await measure(go, requests);
    const b = await measure(js, requests);
    costs.go.push(a);
    costs.js.push(b);
    ratios.push(a / b);
  }
  const [a, b] = [median(costs.go), median(costs.js)].map((ms) => ms.toFixed(3));
  const reached = report([
    { name: `CPU per batch of ${body.length} bytes, Go against plain JavaScript (${a} : ${b} ms)`, bar: 3.5, measured: median(ratios), unit: '×', runs: `${rounds} × ${requests}` },
  ]);
  process.exitCode = reached ? 0 : 1;
} finally {
  agent.destroy();
  await Promise.all([go.close(), js.close()]);
}
