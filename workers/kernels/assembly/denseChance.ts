// sfc32 (Doty-Humphrey), as src/domain/random.ts: four streams side by side for dropout, one for the shuffle. Its words lie in memory.

/** Four words. The state is four vectors: a, b, c and the counter. */
export function words4(state: usize): v128 {
  const a = v128.load(state), b = v128.load(state, 16), c = v128.load(state, 32), d = v128.load(state, 48);
  const t = i32x4.add(i32x4.add(a, b), d);
  v128.store(state, v128.xor(b, i32x4.shr_u(b, 9)));
  v128.store(state, i32x4.add(c, i32x4.shl(c, 3)), 16);
  v128.store(state, i32x4.add(v128.or(i32x4.shl(c, 21), i32x4.shr_u(c, 11)), t), 32);
  v128.store(state, i32x4.add(d, i32x4.splat(1)), 48);
  return t;
}

/** The next word of the one stream whose four words lie at `state`. */
function word(state: usize): u32 {
  const b = load<u32>(state, 4), c = load<u32>(state, 8), d = load<u32>(state, 12);
  const t = load<u32>(state) + b + d;
  store<u32>(state, b ^ (b >>> 9));
  store<u32>(state, c + (c << 3), 4);
  store<u32>(state, ((c << 21) | (c >>> 11)) + t, 8);
  store<u32>(state, d + 1, 12);
  return t;
}

/** Puts 0 … rows − 1 in an order by chance (Fisher and Yates): the order that `shuffle` of src/domain/random.ts gives from the same state. */
export function shuffle(order: usize, rows: i32, state: usize): void {
  for (let i: i32 = 0; i < rows; i++) store<i32>(order + (<usize>i << 2), i);
  for (let i: i32 = rows - 1; i > 0; i--) {
    const high = <f64>word(state);
    // 53 bits of chance, exact in float64; the product rounds as it does there.
    const share = (high * 2097152.0 + <f64>(word(state) >>> 11)) * 1.1102230246251565e-16;
    const j = <i32>(share * <f64>(i + 1));
    const at = order + (<usize>i << 2), other = order + (<usize>j << 2);
    const kept = load<i32>(at);
    store<i32>(at, load<i32>(other));
    store<i32>(other, kept);
  }
}
