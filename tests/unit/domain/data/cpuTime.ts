/** @file Processor time of this process: what a limit on speed can be held against while other work shares the machine. */

/** Milliseconds of user time so far. */
export const cpuTime = (): number => process.cpuUsage().user / 1000;
