/** @file The content policy of page and workers, and the headers that go with it: one spelling for index.html, hosts and the service worker. */

const rules = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "worker-src 'self'",
  "connect-src 'self'",
  "img-src 'self' blob: data:",
  "style-src 'self'",
  "font-src 'self'",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "object-src 'none'",
];

/** The policy as a `<meta>` can carry it. `connect-src 'self'` is the promise that data never leaves, kept by the browser itself. */
export const contentPolicy = rules.join('; ');

/** The headers of every response. `frame-ancestors` works in a header only. */
export const safeHeaders: [string, string][] = [
  ['Content-Security-Policy', `${contentPolicy}; frame-ancestors 'none'`],
  ['X-Content-Type-Options', 'nosniff'],
  ['Referrer-Policy', 'no-referrer'],
];

/** What hosts send besides: camera and microphone for the page itself, nothing else. */
export const permissionsPolicy = 'camera=(self), microphone=(self), geolocation=(), payment=(), usb=(), serial=(), hid=(), midi=(), display-capture=()';
