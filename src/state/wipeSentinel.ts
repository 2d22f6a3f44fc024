/** @file Remembers outside the database that there were projects, so that a store that the browser emptied is told from a new one. Without it a wiped store looks like a new one; nothing else depends on it. */

import { keepText, keptText } from './keepsake';

const name = 'hadProjects';

export const hadProjects = (): boolean => keptText(name) === 'yes';
export const noteProjects = (): void => void keepText(name, 'yes');
/** The user has read that they are gone. */
export const forgetProjects = (): void => void keepText(name, null);
