import { crashProof } from '../lib/holdfast/testing/crash-proof.ts';
import service from '../lib/service.ts';
import examples from './examples.ts';

await crashProof(service, examples, { points: 16 });
