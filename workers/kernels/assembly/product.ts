// Products of float32 matrices by 4 × 8 tiles held in registers. Any operand may be turned: elements are addressed by a row and a column step.

const width: i32 = 8;

/** Bytes that the panels of a right-hand matrix of `shared` rows take, with room for the last, narrow tile. */
export function panelBytes(shared: i32, columns: i32): i32 {
  return (((columns + width - 1) / width) * width * shared + width) * 4;
}

/** Lays b out in panels of eight columns, the last one filled up with zeros. Steps are in numbers. */
export function pack(b: usize, rowStep: i32, columnStep: i32, shared: i32, columns: i32, panels: usize): void {
  for (let n = 0; n < columns; n += width) {
    const filled = min(width, columns - n);
    if (columnStep === 1 && filled === width) {
      for (let k = 0; k < shared; k++) {
        const from = b + ((k * rowStep + n) << 2);
        v128.store(panels, v128.load(from));
        v128.store(panels, v128.load(from, 16), 16);
        panels += 32;
      }
      continue;
    }
    for (let k = 0; k < shared; k++) {
      for (let j = 0; j < width; j++) store<f32>(panels + (j << 2), j < filled ? load<f32>(b + ((k * rowStep + (n + j) * columnStep) << 2)) : 0);
      panels += 32;
    }
  }
}

/** Puts (or adds) a row of eight sums where at most `filled` of them belong. `spare` is room for eight numbers. */
function put(at: usize, low: v128, high: v128, filled: i32, add: bool, spare: usize): void {
  if (filled === width) {
    v128.store(at, add ? f32x4.add(v128.load(at), low) : low);
    v128.store(at, add ? f32x4.add(v128.load(at, 16), high) : high, 16);
    return;
  }
  v128.store(spare, low);
  v128.store(spare, high, 16);
  for (let j = 0; j < filled; j++) {
    const value = load<f32>(spare + (j << 2));
    const to = at + (j << 2);
    store<f32>(to, add ? load<f32>(to) + value : value);
  }
}

/** c (rows × columns, row-major) = a · b, or c += a · b; b lies in panels. The sums run over the shared dimension in ascending order. */
export function multiply(a: usize, rowStep: i32, columnStep: i32, panels: usize, c: usize, rows: i32, shared: i32, columns: i32, add: bool): void {
  const spare = panels + panelBytes(shared, columns) - 32;
  const across = <usize>rowStep << 2;
  const along = <usize>columnStep << 2;
  const line = <usize>columns << 2;
  for (let n = 0; n < columns; n += width) {
    const filled = min(width, columns - n);
    const zero = f32x4.splat(0);
    let to = c + (n << 2);
    let i = 0;
    for (; i + 4 <= rows; i += 4) {
      let a0 = a + <usize>i * across;
      let b = panels;
      let p0 = zero, q0 = zero, p1 = zero, q1 = zero, p2 = zero, q2 = zero, p3 = zero, q3 = zero;
      for (let k = 0; k < shared; k++) {
        const low = v128.load(b);
        const high = v128.load(b, 16);
        let x = v128.load32_splat(a0);
        p0 = f32x4.add(p0, f32x4.mul(x, low));
        q0 = f32x4.add(q0, f32x4.mul(x, high));
        x = v128.load32_splat(a0 + across);
        p1 = f32x4.add(p1, f32x4.mul(x, low));
        q1 = f32x4.add(q1, f32x4.mul(x, high));
        x = v128.load32_splat(a0 + 2 * across);
        p2 = f32x4.add(p2, f32x4.mul(x, low));
        q2 = f32x4.add(q2, f32x4.mul(x, high));
        x = v128.load32_splat(a0 + 3 * across);
        p3 = f32x4.add(p3, f32x4.mul(x, low));
        q3 = f32x4.add(q3, f32x4.mul(x, high));
        a0 += along;
        b += 32;
      }
      put(to, p0, q0, filled, add, spare);
      put(to + line, p1, q1, filled, add, spare);
      put(to + 2 * line, p2, q2, filled, add, spare);
      put(to + 3 * line, p3, q3, filled, add, spare);
      to += 4 * line;
    }
    for (; i < rows; i++) {
      let a0 = a + <usize>i * across;
      let b = panels;
      let p = zero, q = zero;
      for (let k = 0; k < shared; k++) {
        const x = v128.load32_splat(a0);
        p = f32x4.add(p, f32x4.mul(x, v128.load(b)));
        q = f32x4.add(q, f32x4.mul(x, v128.load(b, 16)));
        a0 += along;
        b += 32;
      }
      put(to, p, q, filled, add, spare);
      to += line;
    }
    panels += <usize>(shared << 5);
  }
}
