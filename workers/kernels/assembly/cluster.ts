// k-means and covariances. k-means: which centre is nearest to each row, and the sums from which the next centres come, in double precision and in the order of the twin
// (workers/unsupervised/kMeans.ts), so that both give the same bits. Two centres are compared at once; a row whose bounds say that its centre is
// still the nearest (Hamerly 2010) is not compared at all.

/**
 * Assigns the rows from … to − 1.
 * @param rows f32, row-major. @param centres f64, features × padded: of each feature all centres, padded to an even number
 * @param count how many centres there are. @param half f64: half the distance from each centre to the nearest other one
 * @param labels i32, one a row. @param upper, lower f64, one a row: bounds of the distance to its centre, and to every other one
 * @param work f64, padded. @returns how many rows changed their centre
 */
export function assign(rows: usize, features: i32, centres: usize, count: i32, padded: i32, half: usize, labels: usize, upper: usize, lower: usize, work: usize, from: i32, to: i32): i32 {
  let changed: i32 = 0;
  for (let i = from; i < to; i++) {
    const row = rows + <usize>i * (<usize>features << 2);
    const labelAt = labels + (<usize>i << 2);
    const upperAt = upper + (<usize>i << 3);
    const lowerAt = lower + (<usize>i << 3);
    const own = load<i32>(labelAt);
    if (own >= 0) {
      const bound = max(load<f64>(half + (<usize>own << 3)), load<f64>(lowerAt));
      if (load<f64>(upperAt) <= bound) continue;
      const near = sqrt(squareTo(row, features, centres + (<usize>own << 3), padded));
      store<f64>(upperAt, near);
      if (near <= bound) continue;
    }
    for (let c: i32 = 0; c < padded; c += 2) {
      let at = centres + (<usize>c << 3);
      let x = row;
      let sum = f64x2.splat(0);
      for (let f: i32 = 0; f < features; f++) {
        const difference = f64x2.sub(f64x2.splat(<f64>load<f32>(x)), v128.load(at));
        sum = f64x2.add(sum, f64x2.mul(difference, difference));
        at += <usize>padded << 3;
        x += 4;
      }
      v128.store(work + (<usize>c << 3), sum);
    }
    let nearest: i32 = 0;
    let least: f64 = Infinity;
    let second: f64 = Infinity;
    for (let c: i32 = 0; c < count; c++) {
      const square = load<f64>(work + (<usize>c << 3));
      if (square < least) {
        second = least;
        least = square;
        nearest = c;
      } else if (square < second) second = square;
    }
    store<f64>(upperAt, sqrt(least));
    store<f64>(lowerAt, sqrt(second));
    if (nearest !== own) {
      store<i32>(labelAt, nearest);
      changed++;
    }
  }
  return changed;
}

function squareTo(row: usize, features: i32, centre: usize, padded: i32): f64 {
  let sum: f64 = 0;
  for (let f: i32 = 0; f < features; f++) {
    const difference = <f64>load<f32>(row) - load<f64>(centre);
    sum += difference * difference;
    row += 4;
    centre += <usize>padded << 3;
  }
  return sum;
}

/** Adds each row from … to − 1 to the sums of its centre (f64, centres × features) and counts it (f64, one a centre). */
export function gather(rows: usize, features: i32, labels: usize, sums: usize, counts: usize, from: i32, to: i32): void {
  let row = rows + <usize>from * (<usize>features << 2);
  for (let i = from; i < to; i++) {
    const c = <usize>load<i32>(labels + (<usize>i << 2));
    let sum = sums + c * (<usize>features << 3);
    for (let f: i32 = 0; f < features; f++) {
      store<f64>(sum, load<f64>(sum) + <f64>load<f32>(row));
      sum += 8;
      row += 4;
    }
    store<f64>(counts + (c << 3), load<f64>(counts + (c << 3)) + 1);
  }
}

/** Moves the bounds of the rows from … to − 1 after the centres moved. @param moves f64: how far each went. @param furthest per centre, the largest move of any other */
export function loosen(labels: usize, upper: usize, lower: usize, moves: usize, furthest: usize, from: i32, to: i32): void {
  for (let i = from; i < to; i++) {
    const c = <usize>load<i32>(labels + (<usize>i << 2));
    const upperAt = upper + (<usize>i << 3);
    const lowerAt = lower + (<usize>i << 3);
    store<f64>(upperAt, load<f64>(upperAt) + load<f64>(moves + (c << 3)));
    store<f64>(lowerAt, load<f64>(lowerAt) - load<f64>(furthest + (c << 3)));
  }
}

/**
 * Adds the products of all pairs of the numbers of each row from … to − 1, less their means: the lower triangle of features × padded.
 * @param means f64, padded with zeros to an even number. @param work f64, 4 × padded @param sums f64
 */
export function scatter(rows: usize, features: i32, padded: i32, means: usize, work: usize, sums: usize, from: i32, to: i32): void {
  const wide = <usize>padded << 3;
  for (let i = from; i < to; i += 4) {
    for (let r: i32 = 0; r < 4; r++) {
      const row = rows + <usize>(i + r) * (<usize>features << 2);
      const into = work + <usize>r * wide;
      // Rows after the last add zeros, which change no sum.
      for (let f: i32 = 0; f < features; f++) store<f64>(into + (<usize>f << 3), i + r < to ? <f64>load<f32>(row + (<usize>f << 2)) - load<f64>(means + (<usize>f << 3)) : 0);
    }
    for (let f: i32 = 0; f < features; f++) {
      const at = work + (<usize>f << 3);
      const a = v128.load64_splat(at), b = v128.load64_splat(at + wide), c = v128.load64_splat(at + 2 * wide), d = v128.load64_splat(at + 3 * wide);
      const into = sums + <usize>f * wide;
      for (let g: i32 = 0; g <= f; g += 2) {
        const with_ = work + (<usize>g << 3);
        const sum = into + (<usize>g << 3);
        let s = v128.load(sum);
        s = f64x2.add(s, f64x2.mul(a, v128.load(with_)));
        s = f64x2.add(s, f64x2.mul(b, v128.load(with_ + wide)));
        s = f64x2.add(s, f64x2.mul(c, v128.load(with_ + 2 * wide)));
        s = f64x2.add(s, f64x2.mul(d, v128.load(with_ + 3 * wide)));
        v128.store(sum, s);
      }
    }
  }
}
