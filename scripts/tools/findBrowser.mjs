/** @file Finds a Chromium to test and compute with, and gets one when the machine has none. */
import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { root } from './place.mjs';

const commands = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];
const macPaths = ['/Applications/Google Chrome.app/Contents/MacOS/Google Chrome', '/Applications/Chromium.app/Contents/MacOS/Chromium'];

/** What a person is told when every way has failed. */
export const howToGetABrowser =
  'No Chromium was found and none could be installed. Install Chromium or Chrome, or run "npx playwright install --with-deps chromium" in this folder, ' +
  'or set CHROME_PATH to the program of a Chromium you have; then run the same command again.';

/**
 * The machine as the search sees it, so that tests can put another in its place.
 * @returns {import('./findBrowser.mjs').Machine}
 */
export function thisMachine() {
  const say = (line) => console.error(line);
  const ran = (command, args, env = {}) =>
    spawnSync(command, args, { cwd: root, stdio: ['ignore', 2, 2], env: { ...process.env, ...env }, shell: process.platform === 'win32' }).status === 0;
  return {
    env: process.env,
    platform: process.platform,
    isRoot: process.getuid?.() === 0,
    isDebian: existsSync('/etc/debian_version'),
    isProgram(path) {
      try {
        accessSync(path, constants.X_OK);
        return true;
      } catch {
        return false;
      }
    },
    ran,
    say,
    async playwrightPath() {
      const { chromium } = await import('playwright');
      return chromium.executablePath();
    },
  };
}

/**
 * The path of a Chromium: CHROME_PATH, an installed one, one that apt-get installs (Debian, as root), one that Playwright downloads.
 * @param {import('./findBrowser.mjs').Machine} machine
 * @throws {Error} with a sentence that says what to do
 */
export async function findBrowser(machine = thisMachine()) {
  const chosen = machine.env.CHROME_PATH;
  if (chosen) {
    if (machine.isProgram(chosen)) return chosen;
    throw new Error(`CHROME_PATH is "${chosen}", which is not a program on this machine. Correct it, or unset it to let Perennial look for a browser.`);
  }
  const installed = installedBrowser(machine) ?? (await playwrightBrowser(machine));
  if (installed) return installed;
  if (machine.isDebian && machine.isRoot) {
    machine.say('No Chromium here: installing it with apt-get …');
    const quiet = { DEBIAN_FRONTEND: 'noninteractive' };
    if (machine.ran('apt-get', ['update', '-qq'], quiet) && machine.ran('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], quiet)) {
      const path = installedBrowser(machine);
      if (path) return path;
    }
  }
  machine.say('No Chromium here: downloading one with Playwright …');
  if (machine.ran('npx', ['playwright', 'install', 'chromium'], { PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD: '' })) {
    const path = await playwrightBrowser(machine);
    if (path) return path;
  }
  throw new Error(howToGetABrowser);
}

function installedBrowser(machine) {
  return candidates(machine).find((path) => machine.isProgram(path)) ?? null;
}

async function playwrightBrowser(machine) {
  try {
    const path = await machine.playwrightPath();
    return path && machine.isProgram(path) ? path : null;
  } catch {
    return null;
  }
}

/** Where a Chromium may be, in order. */
function candidates({ env, platform }) {
  if (platform === 'darwin') return [...macPaths, ...(env.HOME ? macPaths.map((path) => join(env.HOME, path)) : [])];
  if (platform === 'win32') {
    const folders = [env.PROGRAMFILES, env['PROGRAMFILES(X86)'], env.LOCALAPPDATA].filter(Boolean);
    const programs = ['Google\\Chrome\\Application\\chrome.exe', 'Chromium\\Application\\chrome.exe'];
    return programs.flatMap((program) => folders.map((folder) => `${folder}\\${program}`));
  }
  const folders = (env.PATH ?? '').split(delimiter).filter(Boolean);
  return commands.flatMap((command) => folders.map((folder) => join(folder, command)));
}
