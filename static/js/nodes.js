// What others do to the page. go-app keeps every node that it made: it draws into the
// first element of body, and changes its own texts wherever they are. But an extension
// puts elements into body, and a browser's translation puts its own nodes in place of
// texts: what go-app writes after that would not be seen, and to take such a text away
// would end the app.

const instead = new WeakMap(); // a text that was taken away → the nodes in its place
const observer = new MutationObserver(see);

// claim gives the page's own frame the place in which go-app looks for it, and looks after
// the texts from then on. What an extension put before it stays, after it.
export function claim() {
  const frame = document.getElementById('items')?.closest('.frame') ?? document.createElement('div');
  if (document.body.firstElementChild !== frame) document.body.prepend(frame);
  observer.observe(document.body, { childList: true, subtree: true });
}

function see(records) {
  for (const record of records) {
    if (record.type === 'characterData') putBack(record.target);
    else for (const node of record.removedNodes) if (node.nodeType === Node.TEXT_NODE && !node.isConnected) replaced(node, record, records);
  }
}

// replaced notes what stands in the place of a text that was taken away, if anything was
// put there in one step or two.
function replaced(text, record, records) {
  const { target, previousSibling, nextSibling } = record;
  const beside = (other) => other.target === target && other.type === 'childList'
    && (other.previousSibling === previousSibling && other.nextSibling === nextSibling || other.previousSibling === text || other.nextSibling === text);
  const nodes = (record.addedNodes.length ? [record] : records.filter(beside)).flatMap(({ addedNodes }) => [...addedNodes]).filter((node) => node !== text);
  if (!nodes.length) return;
  instead.set(text, nodes);
  observer.observe(text, { characterData: true });
  for (const name of ['removeChild', 'replaceChild']) target[name] = takeAway; // of this element alone
}

// takeAway is removeChild and replaceChild of an element that lost a text: the last
// argument is what go-app takes to be a child.
function takeAway(...nodes) {
  putBack(nodes[nodes.length - 1]);
  return Node.prototype[nodes.length > 1 ? 'replaceChild' : 'removeChild'].apply(this, nodes);
}

// putBack puts a text where its stand-ins are. The translation sees it there, and
// translates it again.
function putBack(text) {
  const nodes = (instead.get(text) ?? []).filter((node) => node.isConnected);
  instead.delete(text);
  if (!nodes.length) return;
  const pending = observer.takeRecords();
  nodes[0].before(text);
  for (const node of nodes) node.remove();
  observer.takeRecords(); // this was no translation
  see(pending);
}
