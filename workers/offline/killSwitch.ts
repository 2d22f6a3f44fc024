/**
 * @file The service worker of last resort: put in place of sw.js it takes itself and the stored files away, so that the host answers again.
 * It touches no IndexedDB: projects stay. It handles no requests, so even where an old page registers it once more, the host answers.
 */
declare const self: ServiceWorkerGlobalScope;

const retire = async (): Promise<void> => {
  for (const name of await caches.keys()) if (name.startsWith('perennial-')) await caches.delete(name);
  await self.registration.unregister();
};

self.addEventListener('install', (event) => {
  event.waitUntil(self.skipWaiting());
});
self.addEventListener('activate', (event) => {
  event.waitUntil(retire());
});
// A page that registers while the old registration is going revives it (measured, Chromium 156), and then asks for the state.
self.addEventListener('message', (event) => {
  event.waitUntil(retire());
});

export {};
