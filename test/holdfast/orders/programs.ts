// Files of the project that follow from what is generated in it, so that they are none of this repository.

/** A program that a team has of the client: it compiles where the client knows what it names, and nothing else. */
export const CONSUMER = `import type { ProblemOf } from '../lib/recorded/client.ts';

type Related = Extract<ProblemOf<'orders.place'>, { related: unknown }>;
export const told: Record<Related['code'], string> = { 'related-not-found': 'gone', 'related-state': 'changed' };
export const many: ProblemOf<'orders.place'>['code'] = 'too-many-related';
export const which = ({ related: [first] }: Related): string | undefined => first?.id;
// @ts-expect-error
export const never: ProblemOf<'orders.create'>['code'] = 'related-state';
`;

/** Prints the templates of every stage that there are settings for, the kit's own too, by its name. */
export const STAGES = `
const { synthesize } = await import(process.cwd() + '/lib/holdfast/synthesis/synthesize.ts');
const { stageNames } = await import(process.cwd() + '/lib/holdfast/service/config.ts');
const stages = await Promise.all(stageNames.map(async (stage) => [stage, (await synthesize({ stage })).stacks]));
console.log(JSON.stringify(Object.fromEntries(stages)));
`;

/** What a team writes to have its actions tried, besides its examples. */
export const proof = (name: string, options = '') => `import { ${name} } from 'holdfast/testing';
import service from '../lib/service.ts';
import examples from './examples.ts';

await ${name}(service, examples${options});
`;
