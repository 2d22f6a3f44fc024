/** @file Starts a headless Chromium the way every script and journey does. */

/** Switches against traffic that is not ours. */
const quiet = ['--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run', '--no-default-browser-check'];

/** The one origin of headless work: a secure context whose storage does not depend on the port. */
export const headlessOrigin = 'http://perennial.localhost';

/**
 * The command-line switches.
 * @param {{port?: number, webgpu?: boolean, isRoot?: boolean}} choice  with a port, perennial.localhost leads there
 */
export function chromiumArgs({ port, webgpu = false, isRoot = process.getuid?.() === 0 } = {}) {
  return [
    ...quiet,
    ...(port === undefined ? [] : [`--host-resolver-rules=MAP perennial.localhost:80 127.0.0.1:${port}`]),
    ...(webgpu ? ['--enable-unsafe-webgpu'] : []),
    ...(isRoot ? ['--no-sandbox'] : []),
  ];
}
