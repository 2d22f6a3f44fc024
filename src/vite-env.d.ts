/// <reference types="vite/client" />
/// <reference types="svelte" />

/** Set by vite.config.ts from package.json and the sources. */
declare const __APP_VERSION__: string;
declare const __BUILD_ID__: string;
