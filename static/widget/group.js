// Lists of one page that do not repeat an item: group="page". They ask one after another, and each goes without what
// the others show by then, and without the items that these are about.

const turns = new Map(); // by models and name of the group: a promise of the end of the last turn

// enter resolves when it is the list's turn, and has put what the others of all lists show into its question.
// What it resolves with ends the turn.
export async function enter(list, lists, question) {
  const name = `${list.group} ${list.engine.models}`;
  const before = turns.get(name);
  let leave;
  const turn = new Promise((resolve) => { leave = resolve; });
  turns.set(name, turn);
  await before;
  question.own ??= question.exclude ?? [];
  const taken = [];
  const take = (id) => { taken[taken.length] = id; };
  for (let i = 0; i < question.own.length; i++) take(question.own[i]);
  lists.forEach((other) => {
    if (other.group !== list.group || other.engine !== list.engine) return;
    if (other.item) take(other.item);
    if (other !== list) for (let i = 0; i < other.items.length; i++) take(other.items[i].id);
  });
  question.exclude = taken;
  return leave;
}
