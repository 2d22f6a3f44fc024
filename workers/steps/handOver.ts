/** @file Plain data handed to another worker: its buffers are transferred, so that each is copied once at most and never serialised. */

const isPlain = (value: object): value is Record<string, unknown> => {
  const above = Object.getPrototypeOf(value) as unknown;
  return above === null || above === Object.prototype;
};

/** A copy whose buffers nobody else has, fit to be transferred. Each typed array gets a buffer of its own, as long as itself. @throws TypeError for what is no plain data */
export function copied<T>(value: T): T {
  if (typeof value === 'function' || typeof value === 'symbol') throw new TypeError(`a ${typeof value} cannot be handed to another worker`);
  if (typeof value !== 'object' || value === null) return value;
  if (ArrayBuffer.isView(value)) return (value as unknown as Uint8Array).slice() as unknown as T;
  if (Array.isArray(value)) return value.map((item: unknown) => copied(item)) as T;
  if (!isPlain(value)) throw new TypeError(`a ${value.constructor.name} cannot be handed to another worker`);
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, copied(item)])) as T;
}

/** The buffers of plain data, each once. */
export function buffersIn(value: unknown): ArrayBuffer[] {
  const found = new Set<ArrayBuffer>();
  const look = (item: unknown): void => {
    if (typeof item !== 'object' || item === null) return;
    if (ArrayBuffer.isView(item)) found.add(item.buffer as ArrayBuffer);
    else Object.values(item).forEach(look);
  };
  look(value);
  return [...found];
}
