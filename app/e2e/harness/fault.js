// Makes events until the browser is killed, and reports each one to the test as
// soon as it is accepted, and the outbox's counts. ?mode=naive uses the
// deliberately naive queue.
import { bytes, encodeBatch, encodeEvent, hex, uuid } from '/js/event.js';
import { open } from '/js/feedback.js';
import { Disk } from '/js/outbox-store.js';

const query = new URLSearchParams(location.search);
const every = Number(query.get('every')); // ms between events, 0 for none
const report = (what, body) => fetch(`${query.get('report')}/${what}`, { method: 'POST', mode: 'no-cors', keepalive: true, body });
const pick = (...all) => all[Math.floor(Math.random() * all.length)];

// event returns the next event: mostly impressions, now and then one that no
// edge accepts.
function event() {
  const item = Math.random() < 0.02 ? 'x'.repeat(300) : String(1 + Math.floor(Math.random() * 9000));
  const kind = pick('impression', 'impression', 'impression', 'click', 'view', 'like', 'rate');
  return [kind, { item, list: 'for-you', position: 1 + Math.floor(Math.random() * 20), source: 'pool', stars: pick(0.5, 3, 5) }];
}

async function careful() {
  const feedback = await open({ patience: 1500 });
  await feedback.allow();
  const audit = async () => report('audit', JSON.stringify(await feedback.outbox.audit()));
  await audit();
  setInterval(audit, 1000);
  return (kind, fields) => feedback.track(kind, fields);
}

// naive removes events before it sends them and ignores the answer.
async function naive() {
  const disk = await Disk.open(true, 'naive');
  const visitor = crypto.getRandomValues(new Uint8Array(16));
  const session = uuid();
  let seq = 0;
  setInterval(async () => {
    const batch = await disk.transact(false, async (t) => {
      const found = await t.first(50);
      t.drop(found.map(([id]) => id));
      return found.map(([, record]) => record.bytes);
    });
    if (batch.length) fetch('/v1/events', { method: 'POST', headers: { 'Content-Type': 'text/plain' }, body: encodeBatch(Date.now(), batch) }).catch(() => {});
  }, 1000);
  return async (kind, { item, list, position, source }) => {
    const id = uuid();
    const record = { rank: 0, bytes: encodeEvent({ id, kind: 'impression', at: Date.now(), visitor, session, seq: seq++, bundle: bytes('cd'.repeat(32)), item, place: { list, position, source } }) };
    await disk.transact(true, async (t) => t.put(hex(id), record));
    return hex(id);
  };
}

const track = await (query.get('mode') === 'naive' ? naive() : careful());
if (every) {
  setInterval(async () => {
    const id = await track(...event());
    if (id) report(query.get('mode') ?? 'careful', id);
  }, every);
}
