// Buttons that copy the text of the code beside them.

// wire makes the buttons of root copy; say tells how it went, by a word's name.
export function wire(root, say) {
  for (const button of root.querySelectorAll('[data-copy]')) {
    button.addEventListener('click', async () => {
      const code = root.getElementById(button.dataset.copy);
      const done = await navigator.clipboard?.writeText(code.textContent).then(() => true, () => false);
      if (!done) getSelection().selectAllChildren(code); // no permission, or no secure page
      say(button, done ? 'copied' : 'byHand');
    });
  }
}
