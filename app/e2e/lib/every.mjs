// Whether each thing is tried in every way, which takes many minutes and is done at night (EVERY=1). Otherwise each
// thing is tried once, and each way with a share of the things.
export const every = Boolean(process.env.EVERY);
