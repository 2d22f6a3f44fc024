/** @file Types of findBrowser.mjs. */
export type Machine = {
  readonly env: Record<string, string | undefined>;
  readonly platform: string;
  readonly isRoot: boolean;
  readonly isDebian: boolean;
  /** Whether a path is a file that may be executed. */
  isProgram(path: string): boolean;
  /** Runs a command to its end; whether it succeeded. */
  ran(command: string, args: readonly string[], env?: Record<string, string>): boolean;
  say(line: string): void;
  /** Where Playwright keeps, or would keep, its own Chromium. */
  playwrightPath(): Promise<string>;
};
export const howToGetABrowser: string;
export function thisMachine(): Machine;
export function findBrowser(machine?: Machine): Promise<string>;
