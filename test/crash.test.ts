import { crashProof } from 'holdfast/testing';
import service from '../lib/service.ts';
import examples from './examples.ts';

await crashProof(service, examples, { points: 16 });
