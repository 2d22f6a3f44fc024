/** @file A pause between batches in which waiting messages (stop, ping) are handled. */

const channel = new MessageChannel();
const waiting: (() => void)[] = [];
channel.port1.onmessage = () => waiting.shift()?.();
// In Node, an open port would keep the process alive.
(channel.port1 as unknown as { unref?: () => void }).unref?.();

/**
 * Lets a waiting message be handled. `setTimeout` is clamped to 4 ms when repeated, and `tf.nextFrame()` waits for an
 * animation frame, which a hidden tab has none of; a message to oneself costs a few microseconds.
 */
export const breathe = (): Promise<void> =>
  new Promise((resolve) => {
    waiting.push(resolve);
    channel.port2.postMessage(null);
  });
