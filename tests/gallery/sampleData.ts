/** @file Invented numbers that look like a census-income project, the same at every visit. */

export const hours: readonly { from: number; to: number; share: number }[] = [
  { from: 0, to: 10, share: 0.011 },
  { from: 10, to: 15, share: 0.024 },
  { from: 15, to: 20, share: 0.023 },
  { from: 20, to: 25, share: 0.059 },
  { from: 25, to: 30, share: 0.031 },
  { from: 30, to: 35, share: 0.054 },
  { from: 35, to: 40, share: 0.07 },
  { from: 40, to: 45, share: 0.483 },
  { from: 45, to: 50, share: 0.071 },
  { from: 50, to: 55, share: 0.092 },
  { from: 55, to: 60, share: 0.026 },
  { from: 60, to: 65, share: 0.031 },
  { from: 65, to: 100, share: 0.025 },
];

const later = [0.03, 0.034, 0.064, 0.198, 0.069, 0.066, 0.063, 0.31, 0.05, 0.058, 0.02, 0.025, 0.013];
export const hoursLater = hours.map((bin, index) => ({
  from: bin.from,
  to: bin.to,
  share: later[index]!,
  low: later[index]! - 0.014,
  high: later[index]! + 0.016,
}));

const decay = (end: number, seconds: number, from: number, rate: number): { x: number[]; y: number[]; low: number[]; high: number[] } => {
  const x = Array.from({ length: 61 }, (_, index) => (index / 60) * seconds);
  const y = x.map((t) => end + (from - end) * Math.exp((-t / seconds) * rate));
  return { x, y, low: y.map((v) => v - 0.006), high: y.map((v) => v + 0.006) };
};

export const learning = [
  { name: '12 Logistic', note: '.322 after 9 s', ...decay(0.322, 9, 0.5, 5.5), kept: 60 },
  { name: '14 Boosted trees', note: '.278 after 24 s', ...decay(0.278, 24, 0.49, 5), kept: 60 },
  { name: '15 Small network', note: '.308 after 58 s', ...decay(0.308, 58, 0.5, 5), kept: 60 },
  { name: 'run 14 on its own training rows', ...decay(0.25, 24, 0.49, 5), low: undefined, high: undefined, faint: true, look: 1 },
].map(({ low, high, ...rest }) => ({ ...rest, ...(low && high ? { low, high } : {}) }));

export const weeks = {
  x: [14, 15, 16, 17, 18, 19, 20, 21, 22, 23],
  y: [0.925, 0.927, 0.924, 0.926, 0.922, 0.923, 0.919, 0.917, 0.908, 0.879],
  low: [0.913, 0.916, 0.912, 0.915, 0.91, 0.911, 0.905, 0.903, 0.892, 0.862],
  high: [0.937, 0.938, 0.936, 0.937, 0.934, 0.935, 0.932, 0.931, 0.923, 0.896],
};

const grid = Array.from({ length: 101 }, (_, index) => index / 100);
export const roc = [
  { name: '12 Logistic', note: '.904 [.896, .912]', x: grid, y: grid.map((x) => 1 - (1 - x) ** 5.2), kept: 9 },
  { name: '14 Boosted trees', note: '.927 [.920, .934]', x: grid, y: grid.map((x) => 1 - (1 - x) ** 7), kept: 6 },
];
export const precision = [
  { name: '12 Logistic', x: grid, y: grid.map((x) => 0.98 - 0.74 * x ** 2.6), kept: 59 },
  { name: '14 Boosted trees', x: grid, y: grid.map((x) => 0.99 - 0.75 * x ** 3.6), kept: 66 },
];
export const calibration = [
  {
    name: 'Run 14',
    bins: grid
      .filter((_, index) => index % 10 === 5)
      .map((p, index) => ({
        predicted: p,
        observed: p + Math.sin(index) * 0.025,
        low: p + Math.sin(index) * 0.025 - 0.04,
        high: p + Math.sin(index) * 0.025 + 0.04,
        n: 700 - index * 40,
      })),
  },
];

/** A small fixed generator, so that a million rows need no storage. */
const noise = (row: number, column: number): number => {
  let h = (row * 64 + column + 0x6d2b79f5) | 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 15), 0x2c1b3c6d);
  h = Math.imul(h ^ (h >>> 12), 0x297a2d39);
  return ((h ^ (h >>> 15)) >>> 0) / 4294967296;
};
const pick = (list: readonly string[], row: number, column: number): string => list[Math.floor(noise(row, column) * list.length)]!;

export const cellOf = (row: number, column: number): string => {
  switch (column) {
    case 0:
      return String(17 + Math.floor(noise(row, 0) * 60));
    case 1:
      return noise(row, 1) < 0.06 ? '\u0000' : pick(['Private', 'State-gov', 'Self-emp-not-inc', 'Federal-gov', 'Local-gov'], row, 11);
    case 2:
      return pick(['Bachelors', 'HS-grad', 'Masters', 'Some-college', '7th-8th', 'Prof-school'], row, 2);
    case 3:
      return noise(row, 1) < 0.06 ? '\u0000' : pick(['Adm-clerical', 'Exec-managerial', 'Handlers-cleaners', 'Prof-specialty'], row, 3);
    case 4:
      return noise(row, 4) < 0.9 ? '0' : noise(row, 44) < 0.2 ? '99,999' : String(Math.floor(noise(row, 5) * 20000));
    case 5:
      return String(Math.floor(20 + noise(row, 6) * 50));
    case 6:
      return pick(['Male', 'Female'], row, 7);
    default:
      return pick(['≤ 50k', '≤ 50k', '≤ 50k', '> 50k'], row, 8);
  }
};

export const cloud = (n: number): { x: number[]; y: number[] } => {
  const x = Array.from({ length: n }, (_, row) => noise(row, 20) * 400);
  return { x, y: x.map((value, row) => (noise(row, 21) + noise(row, 22) + noise(row, 23) - 1.5) * (20 + value * 0.12)) };
};
