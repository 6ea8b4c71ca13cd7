// Which cards a visitor has seen: of which half was in view for a second.

const dwell = 1000; // ms

export class Seen {
  counted = {}; // positions of the cards that were reported
  #observer = null;
  #timers = [];

  // watch calls seen(i) once for each of the items, which hold a card each, that has not been reported.
  watch(items, seen) {
    this.stop();
    this.#observer = new IntersectionObserver((entries) => {
      for (let j = 0; j < entries.length; j++) {
        const { target, isIntersecting } = entries[j];
        const i = target.sparrowPosition;
        clearTimeout(this.#timers[i]);
        if (isIntersecting) this.#timers[i] = setTimeout(() => this.#count(target, i, seen), dwell);
      }
    }, { threshold: 0.5 });
    for (let i = 0; i < items.length; i++) {
      items[i].sparrowPosition = i;
      if (!this.counted[i]) this.#observer.observe(items[i]);
    }
  }

  #count(card, i, seen) {
    if (document.visibilityState !== 'visible') return;
    this.#observer.unobserve(card);
    this.counted[i] = true;
    seen(i);
  }

  stop() {
    this.#observer?.disconnect();
    for (let i = 0; i < this.#timers.length; i++) clearTimeout(this.#timers[i]);
  }
}
