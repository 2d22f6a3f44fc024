/** @file What undo would take back, and redo would make again, by name. */

import { words } from '../../words/words';
import { eventFacts } from '../../state/eventStage';
import type { OpenProject } from '../../state/project.svelte';
import { changeToRedo, changeToUndo } from '../../state/undoing';
import type { ProjectEvent } from '../../domain/pipeline/project';

const named = (event: ProjectEvent | undefined): string | undefined => event && words.pipeline.change(event.kind, eventFacts(event));

/** `filter rows, version 4`; undefined where there is nothing to undo. */
export const undoText = (project: OpenProject): string | undefined => named(changeToUndo(project));

/** As `undoText`, of redo. */
export const redoText = (project: OpenProject): string | undefined => named(changeToRedo(project));
