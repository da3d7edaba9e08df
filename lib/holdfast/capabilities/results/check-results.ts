import type { Step } from '../../core/definitions/define-operation.ts';
import type { Resource } from '../../core/definitions/define-resource.ts';
import { endFault } from '../../core/definitions/resource-extension.ts';
import { answersFor } from '../../core/partners/answers.ts';
import type { Input, Known } from './carrying.ts';
import { objectOf, type ResultSchema, type Schemas } from './kept-results.ts';

/** A step, whatever it is given. */
export interface ResultStep extends Omit<Step, 'input'> {
  readonly result?: ResultSchema;
  readonly show?: boolean;
  readonly input: Input;
  readonly undoInput?: Input;
}

/** Of a member of a result, as a partner's answer is kept. */
const MEMBER_NAME = /^[A-Za-z][A-Za-z0-9_-]{0,63}$/;

/**
 * Looks at what of an operation is about results.
 * @throws Error that names the fault and the remedy
 */
export function checkResults(
  { name, resource }: { readonly name: string; readonly resource: Resource },
  steps: readonly ResultStep[],
  { schemas, set }: Pick<Known, 'schemas' | 'set'>,
): void {
  const fault =
    steps.map(stepFault).find((each) => each !== undefined) ?? (set && setFault(resource, schemas, set));
  if (fault !== undefined) throw new Error(`operation '${name}': ${fault}`);
}

/** What is wrong with a step, and its remedy. */
function stepFault(step: ResultStep): string | undefined {
  const { name, result, show, compensation, undoInput } = step;
  if (show && result === undefined)
    return `step '${name}' has show and no result; give it a result, or leave show out`;
  if (undoInput !== undefined && compensation === undefined)
    return `step '${name}' has an undoInput and nothing that takes it back; add compensation`;
  if (result === undefined) return undefined;
  const { shape } = objectOf(result);
  const wrong = Object.keys(shape).find((member) => !MEMBER_NAME.test(member));
  if (wrong !== undefined)
    return `the result of step '${name}' has a member '${wrong}'; a partner's answer is kept under letters, digits, _ and -, beginning with a letter`;
  return isTold(step)
    ? undefined
    : `step '${name}' has a result, and ${step.partner.name} never tells any: its answers to '${step.command}' list words of success and pick nothing beside them; write succeeded: { WORD: ({ member }) => ({ member }) }`;
}

/** Whether the partner's answers pick something of a success, sent, asked for or called back. */
function isTold({ partner: { answers, callback }, command }: ResultStep): boolean {
  const tables = [answersFor(answers, command), callback?.answers];
  return tables.some((table) => table !== undefined && !Array.isArray(table.succeeded));
}

/**
 * What is wrong with what an end sets, as far as it can be seen on made-up results: one that looks into them may throw, and
 * is judged when it is used.
 */
function setFault(resource: Resource, schemas: Schemas, set: NonNullable<Known['set']>): string | undefined {
  const texts = (schema: ResultSchema) =>
    Object.fromEntries(Object.keys(objectOf(schema).shape).map((member) => [member, 'x']));
  const madeUp = Object.fromEntries(Object.entries(schemas).map(([step, schema]) => [step, texts(schema)]));
  let given: unknown;
  try {
    given = set(madeUp);
  } catch {
    return undefined;
  }
  const { name, members, internal } = resource;
  const ruled = endFault(resource, Object(given));
  if (ruled !== undefined) return `set ${ruled}`;
  const declared = { ...members.shape, ...internal?.shape };
  const stranger = Object.keys(given ?? {}).find((member) => !Object.hasOwn(declared, member));
  return stranger === undefined
    ? undefined
    : `set gives '${stranger}', which is no member of ${name}; add it to the members, or leave it out`;
}
