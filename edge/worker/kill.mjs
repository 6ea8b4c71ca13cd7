// Kills workerd, as a power cut would, at the points where something becomes durable: before the
// queue has a record, after it has but before the reply, and the same for the consumer's object.
// Senders try again until they get 202, as devices do. Then everything that got 202 must be there.
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { Durable } from './testing/durable.mjs';
import { encodeBatch, impressions } from './testing/events.mjs';
import { ids, idsOf, records } from './testing/records.mjs';
import { report } from './testing/table.mjs';
import { Workerd } from './testing/workerd.mjs';

const batches = 150;
const size = 20;
const points = ['before send', 'after send', 'before object', 'after object'];
const kills = 20;
const entry = fileURLToPath(new URL('testing/outside.mjs', import.meta.url));

// run sends all batches through a worker that is killed, and returns the counts. A naive
// worker answers before the queue does.
async function run({ naive = false, kills: planned, points: among }) {
  const durable = await new Durable().start();
  const workerd = await new Workerd(entry, { outside: durable.port }).start();
  let killed = 0;
  let passed = 0; // commit points since the last kill
  let restarted = Promise.resolve();
  let down = false;
  durable.at = async (point) => {
    if (down || killed >= planned || point !== among[killed % among.length] || ++passed < 3) return false;
    passed = 0;
    killed++;
    down = true;
    restarted = workerd.kill().then(() => workerd.start());
    await restarted;
    down = false;
    return true;
  };
  const made = [];
  const promised = [];
  let resent = 0;
  async function sender(count) {
    for (let i = 0; i < count; i++) {
      const events = impressions(size);
      const body = encodeBatch(Date.now(), events);
      const own = idsOf(body);
      made.push(...own);
      while (!await post(body)) {
        resent++;
        await sleep(5);
        await restarted;
      }
      promised.push(...own);
    }
  }
  async function post(body) {
    try {
      const answer = await fetch(`${workerd.origin}/v1/events${naive ? '?naive' : ''}`, { method: 'POST', headers: { 'Content-Type': 'text/plain', Origin: workerd.origin }, body });
      await answer.arrayBuffer();
      return answer.status === 202;
    } catch {
      return false;
    }
  }
  let sending = true;
  async function consume() {
    while (sending || durable.waiting > 0) {
      await restarted;
      await durable.deliver(workerd.origin).catch(() => {});
      await sleep(2);
    }
  }
  const consuming = consume();
  await Promise.all(Array.from({ length: 6 }, () => sender(batches / 6)));
  sending = false;
  await consuming;
  const raw = ids(durable.objects().flatMap(records));
  await workerd.close();
  durable.close();
  const stored = new Set(raw);
  return { made, killed, resent, raw: raw.length, stored, lost: promised.filter((id) => !stored.has(id)).length };
}

const real = await run({ kills, points });
const control = await run({ kills, points: ['before send'], naive: true });
const runs = `${real.made.length} events`;
const reached = report([
  { name: 'workerd killed at a commit point', bar: kills, measured: real.killed, unit: 'times', runs, atLeast: true },
  { name: 'events lost after 202', bar: 0, measured: real.lost, runs },
  { name: 'events made and neither stored nor still being sent', bar: 0, measured: real.made.filter((id) => !real.stored.has(id)).length, runs },
  { name: 'stored events that no sender made', bar: 0, measured: [...real.stored].filter((id) => !real.made.includes(id)).length, runs },
  { name: 'stored more than once before readers sort it out', bar: 100, measured: (100 * (real.raw - real.stored.size)) / real.stored.size, unit: '%', runs },
  { name: 'control: lost when the reply does not wait for the queue', bar: 1, measured: control.lost, runs, atLeast: true },
]);
process.exitCode = reached ? 0 : 1;
