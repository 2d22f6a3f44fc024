/** @file One page that runs any of the engine benches of this folder by name, in a browser. No part of the app. */

const modules = import.meta.glob<Readonly<Record<string, (...given: number[]) => Promise<Readonly<Record<string, number>>>>>>(['./*.ts', '!./page.ts']);

declare global {
  var benchEngine: (file: string, name?: string) => Promise<Readonly<Record<string, number>>>;
}

/** @param file of this folder, without its ending. @param name of the function */
globalThis.benchEngine = async (file, name = 'ours') => {
  const module = await modules[`./${file}.ts`]?.();
  const run = module?.[name];
  if (run === undefined) throw new Error(`there is no ${name} in ${file}`);
  return run();
};
