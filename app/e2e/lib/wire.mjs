// A line between a browser and a server that counts what goes over it.
import { once } from 'node:events';
import { connect, createServer } from 'node:net';

// wire listens for the time of one test and passes everything on to a server of this machine. It
// returns {origin, bytes}: bytes() is what the server has sent so far, headers too.
export async function wire(t, origin) {
  let sent = 0;
  const sockets = new Set();
  const keep = (socket) => {
    sockets.add(socket.on('error', () => {}));
    socket.on('close', () => sockets.delete(socket));
  };
  const server = createServer((browser) => {
    const onward = connect(Number(new URL(origin).port), '127.0.0.1');
    onward.on('data', (chunk) => { sent += chunk.length; });
    keep(browser);
    keep(onward);
    browser.pipe(onward).pipe(browser);
    browser.on('close', () => onward.destroy());
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  t.after(() => {
    server.close();
    for (const socket of sockets) socket.destroy();
  });
  return { origin: `http://localhost:${server.address().port}`, bytes: () => sent };
}
