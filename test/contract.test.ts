import { contractSuite } from '../lib/holdfast/testing/contract-suite.ts';
import service from '../lib/service.ts';
import examples from './examples.ts';

await contractSuite(service, examples);
