/** @file Addresses within the deployment stage. */

import { addressOf } from '../route.svelte';
import type { ProjectId } from '../../domain/pipeline/project';

/** The form that gives a model a role, filled in with this one. */
export const roleAddress = (project: ProjectId, model: number): string => `${addressOf(project, 'deployment', 'registry')}?role=${model}`;
