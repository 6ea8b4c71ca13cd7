// Tools for an assistant of the browser, where it offers WebMCP: what is like an item, the visitor's list, why an item
// is for them, and to like or forget one. The engine on this device answers. An assistant may send on what it hears, so the
// visitor is asked before it learns anything of them, once for each page, and before every change.
// https://webmachinelearning.github.io/webmcp/
import { Reader } from './embedded.js';
import { encode } from './event.js';

const texts = {
  en: {
    yes: 'Yes', no: 'No',
    read: 'An assistant asks for your recommendations and their reasons. They tell it what you like, and it may send them on. Allow it until this page is closed?',
    like: (title) => `An assistant wants to like “${title}” for you. Shall it?`,
    forget: (title) => `An assistant wants to forget everything you said of “${title}”. Shall it?`,
  },
  zh: {
    yes: '可以', no: '不行',
    read: '有个助手想看你的推荐和推荐理由。它会从中知道你喜欢什么，也可能把内容传出去。在关闭此页之前允许它看吗？',
    like: (title) => `有个助手想替你给“${title}”点喜欢，可以吗？`,
    forget: (title) => `有个助手想忘掉你对“${title}”说过的一切，可以吗？`,
  },
};

const chinese = () => document.documentElement.lang.startsWith('zh');
const words = () => (chinese() ? texts.zh : texts.en);
let asking = Promise.resolve(); // one question at a time
let mayRead = false;

// offer registers the tools. ask brings the bytes of a request to the engine, those of its answer back, and
// changed has the page ask for its lists again.
export function offer(context, ask, changed) {
  // request asks the engine, and throws what it refuses.
  const request = async (fields) => {
    const answer = new Reader(await ask(encode({ la: chinese() ? 'zh' : undefined, n: Math.floor(Date.now() / 1000), ...fields }))).value();
    if (answer.e) throw new Error(answer.e.t);
    return answer;
  };
  // named returns the item that a tool is called with, by its id or else by a search for its title.
  const named = async ({ id, title }) => {
    const { m, c = [] } = id ? await request({ v: 'movie', i: String(id), k: 1 }) : await request({ v: 'search', q: String(title ?? ''), k: 1 });
    const card = m ?? c[0];
    if (!card) throw new Error(`Nothing here is called “${title ?? ''}”.`);
    return brief(card);
  };
  const act = async (input, action, text) => {
    const item = await named(input);
    if (!await agreed(words()[text](item.title))) return { done: false, reason: 'The visitor said no.' };
    await request({ v: 'act', e: [{ i: item.id, a: action, t: Math.floor(Date.now() / 1000) }] });
    changed();
    return { done: true, item };
  };
  const read = async () => {
    mayRead ||= await agreed(words().read);
    if (!mayRead) throw new Error('The visitor said no.');
  };
  const number = { k: { type: 'integer', minimum: 1, maximum: 50, description: 'How many, 10 where it is left out.' } };
  const many = ({ k }) => Math.min(Math.max(Math.trunc(Number(k)) || 10, 1), 50);
  const item = { id: { type: 'string', description: 'The id of an item, of an answer before.' }, title: { type: 'string', description: 'Its title, where the id is not known.' } };
  const tools = [
    ['similar', 'Items that are like one item.', { ...item, ...number }, true, async (input) => {
      const like = await named(input);
      return { item: like, similar: ((await request({ v: 'movie', i: like.id, k: many(input) })).c ?? []).map(brief) };
    }],
    ['recommend', 'The items that this device recommends to its visitor, the best first. The visitor is asked once.', number, true, async (input) => {
      await read();
      return { items: ((await request({ v: 'recommend', k: many(input), y: -1 })).c ?? []).map(brief) };
    }],
    ['why', 'What the ranking sees in an item for the visitor: shares of its score that add up to it. The visitor is asked once.', item, true, async (input) => {
      await read();
      const about = await named(input);
      const { v: score = 0, b: base = 0, r: reasons = [] } = await request({ v: 'explain', i: about.id });
      return { item: about, score, base, reasons: reasons.map(({ f: feature, v: value, c: contribution = 0 }) => ({ feature, value, contribution })) };
    }],
    ['like', 'Notes that the visitor likes an item. The visitor is asked first.', item, false, (input) => act(input, 'like', 'like')],
    ['forget', 'Takes back everything that the visitor said of an item. The visitor is asked first.', item, false, (input) => act(input, 'forget', 'forget')],
  ];
  for (const [name, description, properties, readOnlyHint, answer] of tools) {
    context.registerTool({
      name, description, inputSchema: { type: 'object', properties }, annotations: { readOnlyHint },
      execute: async (input) => {
        try {
          return said(JSON.stringify(await answer(input ?? {})));
        } catch (error) { // of one that is thrown the assistant hears no word
          return { ...said(error.message), isError: true };
        }
      },
    });
  }
}

const said = (text) => ({ content: [{ type: 'text', text }] });

const brief = ({ i: id, t: title = '', y: year, g: genres = [] }) => ({ id, title, year, genres });

// agreed resolves with whether the visitor says yes to text. Whatever closes the question is a no.
function agreed(text) {
  const answer = asking.then(() => new Promise((resolve) => {
    const dialog = document.createElement('dialog');
    const p = Object.assign(document.createElement('p'), { textContent: text, id: 'tool-question' });
    const buttons = document.createElement('div');
    dialog.className = 'tool-question';
    dialog.setAttribute('aria-labelledby', p.id);
    buttons.className = 'panel-buttons';
    for (const value of ['no', 'yes']) {
      const button = Object.assign(document.createElement('button'), { type: 'button', className: 'button', textContent: words()[value] });
      button.addEventListener('click', () => dialog.close(value));
      buttons.append(button);
    }
    dialog.append(p, buttons);
    dialog.addEventListener('close', () => {
      dialog.remove();
      resolve(dialog.returnValue === 'yes');
    });
    document.body.append(dialog);
    dialog.showModal();
  }));
  asking = answer;
  return answer;
}
