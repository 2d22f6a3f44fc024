/** @file What every view may reach: the open project, the workspace, the notices. Set once at the root; tests set their own. */

import { createContext } from 'svelte';
import type { Notices } from './notices.svelte';
import type { Workspace } from './workspace.svelte';

export const [getWorkspace, setWorkspace] = createContext<Workspace>();
export const [getNotices, setNotices] = createContext<Notices>();
