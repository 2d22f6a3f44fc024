/** @file Puts the layers together: opens the database, builds the state, mounts the view. Alone in knowing them all. */

import { mount } from 'svelte';
import { environmentProblem, followControl, registerOffline } from './jobs/offline';
import { offline } from './state/offline.svelte';
import { storageCode } from './state/problem';
import { workerUse } from './state/workerUse.svelte';
import { Workspace } from './state/workspace.svelte';
import { Database, StorageError } from './storage/database';
import App from './ui/App.svelte';
import Trouble from './ui/shell/Trouble.svelte';
import { theme } from './ui/theme/theme.svelte';
import './ui/theme/app.css';

const place = document.getElementById('app')!;

function trouble(code: string): void {
  place.replaceChildren();
  mount(Trouble, { target: place, props: { code } });
}

async function start(): Promise<void> {
  followControl();
  theme.restore();
  workerUse.restore();
  const environment = environmentProblem();
  if (environment !== null) return trouble(environment);
  if (new URLSearchParams(location.search).get('entry') === 'headless') {
    (await import('./headless')).startHeadless(place);
    return;
  }
  let wiped = false;
  const database = new Database('perennial', { blocked: () => trouble('storageBlocked'), outdated: () => trouble('storageOutdated'), dataLoss: () => (wiped = true) });
  try {
    const workspace = await Workspace.open(database, () => wiped);
    place.replaceChildren();
    mount(App, { target: place, props: { workspace } });
  } catch (error) {
    if (error instanceof StorageError) return trouble(storageCode(error.problem));
    throw error;
  }
  offline.follow();
  // After the first paint: storing the app for offline use must not hold up what is on screen.
  requestAnimationFrame(() => setTimeout(() => void registerOffline().catch(() => undefined)));
}

void start();
