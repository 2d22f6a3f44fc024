import { it, expect } from 'vitest';
import { treesOnnx } from '../../../src/domain/deployment/onnx/forms/trees';
import { GraphBuilder } from '../../../src/domain/deployment/onnx/graph';
import { outputsOf } from '../domain/deployment/onnx/onnxRun';
it('o', async () => {
  const kept = Int32Array.from({ length: 90 }, (_, i) => i);
  for (const members of [[0,1,2],[40,41,42],[40],[5,40],[40,5],[31],[32],[33],[1,2,3,40,50],[50,60],[0,60],[0,5,60], [3,40,50,60,70], [1,3,5,7,9,11,13,15,17,19,33,35,37,60], Array.from({length:40},(_,i)=>2*i)]) {
    const sets = new Uint32Array(8); for (const m of members) sets[(m+1) >> 5]! |= 1 << ((m+1) & 31);
    const model: any = { form: 'trees', output: 'identity', features: 1, base: Float64Array.of(0), width: 1, roots: Int32Array.of(0), feature: Int32Array.of(0,-1,-1), threshold: Float32Array.of(0,0,0), left: Int32Array.of(1,0,1), missingLeft: Uint8Array.of(0,0,0), set: Int32Array.of(0,-1,-1), sets, values: Float32Array.of(1,2), cover: new Float32Array(3), gain: new Float32Array(3), categories: [{ feature: 0, kept }], facts: {} };
    const graph = new GraphBuilder(); const f = graph.input('x','float',['N',1],''); const { name } = treesOnnx.emit(graph, model, f, 0);
    graph.node('Identity',[name],{},'','answer'); graph.output('answer','float',['N',1]);
    const x = Float32Array.from({ length: 92 }, (_, i) => i === 91 ? NaN : i);
    const { answer } = await outputsOf(graph.finish([]), [{ name: 'x', type: 'float32', data: x, dims: [92, 1] } as never]);
    const got = Array.from(answer!.data as Float32Array, (v, i) => v === 1 ? i : -1).filter((i) => i >= 0);
    console.log(JSON.stringify(members) === JSON.stringify(got) || JSON.stringify([...members].sort((a,b)=>a-b)) === JSON.stringify(got) ? 'ok' : 'WRONG', members.join(), '->', got.join());
  }
  expect(1).toBe(1);
});
