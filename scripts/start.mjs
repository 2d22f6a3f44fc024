/** @file `npm start`: builds, serves the app at its one address, and opens a browser where there is a desktop. */
import { spawn } from 'node:child_process';
import { ensureInstalled } from './tools/ensureInstalled.mjs';
import { readOptions, UsageError, wholeNumber } from './tools/options.mjs';

/** Uncommon and fixed: a browser keeps projects per scheme, host and port. */
const home = 41873;

function optionsOrExit() {
  try {
    return readOptions(process.argv.slice(2), {
      port: { kind: 'value', accepts: wholeNumber(1, 65535), says: 'a port from 1 to 65535' },
      'no-open': { kind: 'flag' },
    });
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    console.error(error.message);
    process.exit(2);
  }
}

/** Who answers at a port: the identity of a Perennial, or null. */
async function perennialAt(port) {
  try {
    const response = await fetch(`http://127.0.0.1:${port}/__perennial`, { signal: AbortSignal.timeout(2000) });
    const identity = await response.json();
    return identity?.app === 'perennial' ? identity : null;
  } catch {
    return null;
  }
}

/** Shows the address in the desktop's browser. No desktop, or no browser, is not an error: the address is printed anyway. */
function show(address) {
  const { platform, env } = process;
  const command =
    platform === 'darwin'
      ? ['open', address]
      : platform === 'win32'
        ? ['cmd', '/c', 'start', '', address]
        : env.DISPLAY || env.WAYLAND_DISPLAY
          ? ['xdg-open', address]
          : null;
  if (!command) return;
  try {
    spawn(command[0], command.slice(1), { stdio: 'ignore', detached: true })
      .on('error', () => undefined)
      .unref();
  } catch {
    // the printed address is enough
  }
}

const options = optionsOrExit();
ensureInstalled();
const { dist, ensureBuilt } = await import('./tools/ensureBuilt.mjs');
const { serve } = await import('./tools/serve.mjs');
const port = options.port === null ? home : Number(options.port);
const address = `http://127.0.0.1:${port}/`;
const open = () => !options['no-open'] && show(address);

let built;
try {
  built = await ensureBuilt();
} catch (error) {
  console.error(`Perennial could not be built: ${error.message}`);
  process.exit(1);
}

try {
  const server = await serve({ folder: dist, port });
  console.log(
    `Perennial ${built.version} (build ${built.build}) is at ${address}\nIt works without a network, and nothing leaves this device. Ctrl-C stops the server; your projects stay in the browser.`,
  );
  if (port !== home)
    console.log(`Projects belong to their address: those of http://127.0.0.1:${home}/ are not seen here, and those of this address only here.`);
  open();
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => void server.close().then(() => process.exit(0)));
} catch (error) {
  if (error.code === 'EADDRINUSE') {
    const running = await perennialAt(port);
    if (running) {
      console.log(`Perennial ${running.version} already answers at ${address}`);
      if (running.build !== built.build)
        console.log(`It serves build ${running.build}; this folder holds ${built.build}. Stop the other server and start again to get this one.`);
      open();
      process.exit(0);
    }
    console.error(
      `Port ${port} is held by another program. Stop it, or choose another port: npm start -- --port ${port === home ? home + 1 : home}\n` +
        'Projects live under their address: at another port you begin with none, and find those of this port only here.',
    );
    process.exit(1);
  }
  if (error.code === 'EACCES') console.error(`Port ${port} needs rights that you do not have; ports from 1024 do not: npm start -- --port ${home}`);
  else console.error(`Perennial could not be served at ${address}: ${error.message}`);
  process.exit(1);
}
