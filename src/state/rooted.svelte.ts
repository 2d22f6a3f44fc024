/** @file Making what holds runes under a root of its own: what is made within a derived value is not followed by it, and the first to ask may be one. */

export function rooted<Made>(make: () => Made): Made {
  let made!: Made;
  $effect.root(() => void (made = make()));
  return made;
}
