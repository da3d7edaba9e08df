import { contractSuite } from 'holdfast/testing';
import service from '../lib/service.ts';
import examples from './examples.ts';

await contractSuite(service, examples);
