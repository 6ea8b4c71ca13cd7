// Whose turn it is at this device. The app keeps who there is in localStorage (app/ui/people.go); each has a profile
// of their own in the worker's store, and in every tab it is the same one's turn.
import { textAt } from './platform.js';

const key = 'sparrow-people';

// whoseTurn returns the id of the profile that is on, 1 for the one that every device has, and whether it is a child's.
export function whoseTurn() {
  try {
    const { on, all } = JSON.parse(textAt(key));
    const one = all.find(({ id }) => id === on);
    return { id: one.id, child: one.child === true };
  } catch {
    return { id: 1, child: false };
  }
}

// follow loads the page anew when another tab has given the turn to somebody else, and when the browser brings a page
// back that it had put aside: nothing that is on it is theirs, and its address may say what the one before wished.
export function follow(was) {
  const look = () => {
    if (whoseTurn().id !== was.id) location.replace(location.pathname);
  };
  addEventListener('storage', look);
  addEventListener('pageshow', look);
}
