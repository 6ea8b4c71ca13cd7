// The events of the list on the stage, newest first.

const most = 40;
const names = ['ready', 'impression', 'select', 'error'];

const detailOf = {
  ready: ({ items, mode, bundle, ms }) => `items: ${items.length}, mode: ${mode}, bundle: ${bundle.slice(0, 8)}…, ms: ${Math.round(ms)}`,
  impression: ({ item, position }) => `position: ${position}, item: ${item.id} ${item.title}`,
  select: ({ item, position, href }) => `position: ${position}, item: ${item.id} ${item.title}, href: ${href || '""'}`,
  error: ({ code, message }) => `code: ${code}, message: ${message}`,
};

// listen writes what happens on root into the list element, and hands it on to heard.
export function listen(root, list, heard) {
  for (const name of names) {
    root.addEventListener(`sparrow:${name}`, (event) => {
      const line = document.createElement('li');
      const what = document.createElement('b');
      what.textContent = event.type;
      const detail = document.createElement('span');
      detail.textContent = detailOf[name](event.detail);
      line.append(what, ' ', detail);
      list.prepend(line);
      if (list.children.length > most) list.lastChild.remove();
      heard(name, event);
    });
  }
}
