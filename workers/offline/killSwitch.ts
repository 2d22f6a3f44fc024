/**
 * @file The service worker of last resort: put in place of sw.js it takes itself and the stored files away, so that the host answers again.
 * It touches no IndexedDB: projects stay. It answers no requests: the host does, even where an old page registers it once more.
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
// A page that registers while the old registration is going revives it (measured, Chromium 156). It then asks for the state, unless it was left
// before; the next request of any page brings it to mind.
self.addEventListener('message', (event) => {
  event.waitUntil(retire());
});
self.addEventListener('fetch', (event) => {
  event.waitUntil(retire());
});

export {};
