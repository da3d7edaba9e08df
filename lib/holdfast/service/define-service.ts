import * as z from 'zod';
import type { ServiceNames } from '../core/problems/service-names.ts';

/** Words that AWS keeps for itself at the beginning of a Cognito domain, and of names of other services. */
const KEPT = /aws|amazon|cognito/;

/** It begins names of which the shortest, a Cognito domain, has 63 characters. */
const identifier = z
  .string()
  .max(32)
  .regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, 'is no kebab case, as order-intake is')
  .refine((value) => !KEPT.test(value), 'holds aws, amazon or cognito, which AWS keeps for itself');

const settings = z.strictObject({
  /** What the service is: `payouts`. */
  name: identifier,
  /**
   * What every physical name, URN and namespace of the service begins with; it is never changed once a stage is deployed.
   * @default the name
   */
  prefix: identifier.optional(),
  /** What people read: on pages, in the contract, in descriptions. @default the name */
  title: z
    .string()
    .min(1)
    .max(64)
    .regex(/^[\w .,&()-]+$/, 'has characters that not every description of AWS may have')
    .optional(),
});

/** What a service is called, wherever it is. */
export interface Service extends ServiceNames {
  readonly name: string;
}

/**
 * A stage's name stands after the prefix in every physical name, and in the path of the API.
 * @throws Error that names the stage, what is allowed, and the file
 */
export function checkStageName(stage: string): void {
  const result = identifier.safeParse(stage);
  if (result.success) return;
  throw new Error(
    `the name of stage '${stage}' in lib/holdfast/service/config.ts is not valid\n${z.prettifyError(result.error)}`,
  );
}

/** Metrics of a service of this prefix were counted before a service had a name; graphs and alarms go on. */
const NAMESPACES: Readonly<Record<string, string>> = { holdfast: 'Holdfast' };

/**
 * What a service is called.
 * @throws Error that names the setting, what is allowed, and the file
 */
export function defineService(given: z.input<typeof settings>): Service {
  const result = settings.safeParse(given);
  if (!result.success)
    throw new Error(`the service in lib/service.ts is not valid\n${z.prettifyError(result.error)}`);
  const { name, prefix = name, title = name } = result.data;
  return { name, prefix, title, namespace: NAMESPACES[prefix] ?? prefix };
}
