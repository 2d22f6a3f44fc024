/** @file The lifecycle of a project: the one table that the rail, the routes and the docs read. */

/** The stages in the order a newcomer walks them. Each names the question it answers and what it stands on. */
export const lifecycle = [
  { stage: 'scoping', question: 'Which decision changes, and what must the model beat?', needs: [] },
  { stage: 'data', question: 'What do we know, and what may we use?', needs: ['scoping'] },
  { stage: 'modelling', question: 'Is it good enough, and for whom is it not?', needs: ['data'] },
  { stage: 'deployment', question: 'Who uses it, and how do we take it back?', needs: ['modelling'] },
  { stage: 'monitoring', question: 'Is it still true?', needs: ['deployment'] },
] as const;

export type Stage = (typeof lifecycle)[number]['stage'];

export const stages: readonly Stage[] = lifecycle.map((entry) => entry.stage);
