/** @file The data worker on a disk that is full from the N-th write on; N is the worker's name. For tests only. */

import { expose } from 'comlink';
import { DataWorker } from '../../workers/data/dataWorker';

const from = Number(self.name);
let writes = 0;
const prototype = IDBObjectStore.prototype;
const { put, add } = prototype;
const full =
  (original: typeof put): typeof put =>
  function (this: IDBObjectStore, ...parts) {
    if (++writes >= from) throw new DOMException('no room', 'QuotaExceededError');
    return original.apply(this, parts);
  };
prototype.put = full(put);
prototype.add = full(add);

expose(new DataWorker());
