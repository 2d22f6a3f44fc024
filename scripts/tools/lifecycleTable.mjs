/** @file The answer of `npm run lifecycle` for people: a short table instead of the JSON. */

const number = (value) => (typeof value === 'number' && Number.isFinite(value) ? String(Number(value.toPrecision(4))) : '–');
const interval = (metric) => (metric ? `${number(metric.value)} [${number(metric.low)}, ${number(metric.high)}]` : '–');

/**
 * @param {object} report  the JSON of the issue; absent parts are left out
 * @returns {string}
 */
export function lifecycleTable(report) {
  const { data, split, runs = [], champion, gate = [], model, serving, drift } = report;
  const lines = [];
  if (data)
    lines.push(`data      ${data.rows} rows, ${data.columns.length} columns, ${data.quarantined} quarantined, version ${String(data.version).slice(0, 12)}`);
  if (split) lines.push(`split     ${split.train} train, ${split.validation} validation, ${split.test} test`);
  for (const run of runs) {
    const shown = Object.keys(run.metrics ?? {}).slice(0, 4);
    const metrics = shown.map((name) => `${name} ${interval(run.metrics[name])}`).join('  ');
    lines.push(`${run.learner === champion?.learner ? 'champion' : 'run     '}  ${run.learner}: ${metrics}`);
  }
  for (const line of gate) lines.push(`gate      ${line.passed ? 'passed' : 'FAILED'}  ${line.criterion}: ${interval(line)}`);
  if (model) lines.push(`model     ${String(model.version).slice(0, 12)}${model.alias ? ` (${model.alias})` : ''}, ${model.bytes} bytes`);
  if (serving) lines.push(`serving   p50 ${number(serving.p50_ms)} ms, p95 ${number(serving.p95_ms)} ms, ${number(serving.rows_per_second)} rows a second`);
  if (drift) lines.push(`drift     ${drift.columns.filter((column) => column.drifted).length} of ${drift.columns.length} columns drifted`);
  return lines.join('\n');
}
