/** @file Whether the worker it is asked in is sealed: under the content policy no text can be run as code, so if that fails, the policy is in force. */

/** True when the content policy binds this worker. A worker takes its policy from its own response, not from the page's. */
export function isSealed(): boolean {
  try {
    new Function('return 1')();
    return false;
  } catch {
    return true;
  }
}
