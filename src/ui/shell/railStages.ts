/** @file The rail's five stages in words. */

import type { OpenProject } from '../../state/project.svelte';
import { stageStates } from '../../state/stageState';
import { words } from '../../words/words';
import { addressOf } from '../route.svelte';
import type { ComponentProps } from 'svelte';
import type Rail from './Rail.svelte';

/** One stage as the rail shows it. */
type RailStage = ComponentProps<typeof Rail>['stages'][number];

export const railStages = (project: OpenProject, alerts: number): readonly RailStage[] =>
  stageStates(project, alerts).map(({ stage, mark, sentence, facts }) => ({
    name: words.stages[stage],
    href: addressOf(project.id, stage),
    state: mark,
    sentence: words.rail(sentence, facts),
  }));
