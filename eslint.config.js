/** Who may not know whom, and a few rules that are all errors. Every message points to the paragraph that says why. */
import js from '@eslint/js';
import globals from 'globals';
import svelte from 'eslint-plugin-svelte';
import ts from 'typescript-eslint';

const heavy = ['svelte', 'idb', 'comlink', 'chart\\.js', '@tensorflow'];
const layers = {
  'src/domain': [...heavy, 'storage', 'state', 'jobs', 'ui', 'workers'],
  'src/words': [...heavy, 'domain', 'storage', 'state', 'jobs', 'ui', 'workers'],
  'src/storage': ['svelte', 'comlink', 'chart\\.js', '@tensorflow', 'state', 'jobs', 'ui', 'workers'],
  'src/jobs': ['svelte', 'idb', 'chart\\.js', '@tensorflow', 'storage', 'state', 'ui'],
  // The types of a worker's api.ts are the shapes that progress and answers come in.
  'src/state': ['idb', 'comlink', 'chart\\.js', '@tensorflow', 'ui'],
  'src/ui': ['idb', 'comlink', '@tensorflow', 'storage', 'jobs', 'workers'],
  workers: ['svelte', 'chart\\.js', 'state', 'jobs', 'ui'],
};
const fence = (names) => ({
  'no-restricted-imports': [
    'error',
    {
      patterns: [
        ...names.map((name) => ({ regex: `^${name}($|/)|\\.\\./(src/)?${name}/`, message: `this layer must not know ${name}: see ARCHITECTURE.md, "Who may import whom"` })),
        { regex: 'workers/(?!(?:\\w+/)?api$)', message: 'a worker is known by the types of its api.ts alone: see ARCHITECTURE.md' },
      ],
    },
  ],
});
const clockAndChance = {
  'no-restricted-globals': ['error', ...['window', 'document', 'indexedDB', 'localStorage', 'Date', 'fetch', 'performance'].map((name) => ({ name, message: 'the domain asks neither the time nor the page' }))],
  'no-restricted-properties': ['error', { object: 'Math', property: 'random', message: 'pass a seeded Random' }],
};

export default ts.config(
  { ignores: ['dist/', 'node_modules/', 'public/', 'coverage/', 'tests/fixtures/', 'workers/kernels/assembly/'] },
  js.configs.recommended,
  ...ts.configs.recommended,
  ...svelte.configs.recommended,
  {
    languageOptions: { globals: { ...globals.browser, ...globals.node, ...globals.worker }, parserOptions: { projectService: { allowDefaultProject: ['*.js'] }, extraFileExtensions: ['.svelte'] } },
    rules: {
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      'no-restricted-properties': ['error', { object: 'Math', property: 'random', message: 'pass a seeded Random' }],
      eqeqeq: 'error',
    },
  },
  { files: ['**/*.ts'], ignores: ['**/*.d.ts'], rules: { '@typescript-eslint/no-floating-promises': 'error' } },
  { files: ['**/*.svelte', '**/*.svelte.ts'], languageOptions: { parserOptions: { parser: ts.parser } }, rules: { 'svelte/no-at-html-tags': 'error', 'svelte/no-inline-styles': ['error', { allowTransitions: true }], 'svelte/no-navigation-without-resolve': 'off',
      // Records are immutable values in $state.raw: a Map that changes without the view knowing is meant.
      'svelte/prefer-svelte-reactivity': 'off' } },
  ...Object.entries(layers).map(([folder, names]) => ({ files: [`${folder}/**/*.{ts,svelte}`], rules: fence(names) })),
  { files: ['src/domain/**/*.ts'], rules: clockAndChance },
  { files: ['workers/**/*.ts'], rules: fence(layers.workers.filter((name) => name !== 'workers')) },
  { files: ['scripts/**/*.mjs', '*.js'], languageOptions: { globals: globals.node, parserOptions: { projectService: false } }, rules: { 'no-restricted-imports': 'off' } },
);
