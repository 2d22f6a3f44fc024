// sfc32 (Doty-Humphrey), as src/domain/random.ts: four streams side by side for dropout, one for the shuffle. Its words lie in memory.

/** Four words. The state is four vectors: a, b, c and the counter. */
// @ts-ignore: decorator
@inline
export function words4(state: usize): v128 {
  const a = v128.load(state), b = v128.load(state, 16), c = v128.load(state, 32), d = v128.load(state, 48);
  const t = i32x4.add(i32x4.add(a, b), d);
  v128.store(state, v128.xor(b, i32x4.shr_u(b, 9)));
  v128.store(state, i32x4.add(c, i32x4.shl(c, 3)), 16);
  v128.store(state, i32x4.add(v128.or(i32x4.shl(c, 21), i32x4.shr_u(c, 11)), t), 32);
  v128.store(state, i32x4.add(d, i32x4.splat(1)), 48);
  return t;
}

/** Puts 0 … rows − 1 in an order by chance (Fisher and Yates). */
export function shuffle(order: usize, rows: i32, state: usize): void {
  let a = load<u32>(state), b = load<u32>(state, 4), c = load<u32>(state, 8), d = load<u32>(state, 12);
  for (let i: i32 = 0; i < rows; i++) store<i32>(order + (<usize>i << 2), i);
  for (let i: i32 = rows - 1; i > 0; i--) {
    const t = a + b + d;
    d += 1;
    a = b ^ (b >>> 9);
    b = c + (c << 3);
    c = ((c << 21) | (c >>> 11)) + t;
    // In float64, as the twin does it: both round alike.
    const j = <i32>(<f64>t * 2.3283064365386963e-10 * <f64>(i + 1));
    const at = order + (<usize>i << 2), other = order + (<usize>j << 2);
    const kept = load<i32>(at);
    store<i32>(at, load<i32>(other));
    store<i32>(other, kept);
  }
  store<u32>(state, a); store<u32>(state, b, 4); store<u32>(state, c, 8); store<u32>(state, d, 12);
}
