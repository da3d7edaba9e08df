import * as z from 'zod';
import { KEBAB_CASE } from '../core/kebab-case.ts';
import type { ServiceNames } from '../core/problems/service-names.ts';
import type { PartnerSettings, StageSettings } from './stage-settings.ts';

/** Words that AWS keeps for itself at the beginning of a Cognito domain, and of names of other services. */
const KEPT = /aws|amazon|cognito/;

/** It begins names of which the shortest, a Cognito domain, has 63 characters. */
const identifier = z
  .string()
  .max(32)
  .regex(KEBAB_CASE, 'is not kebab case; write it like order-intake')
  .refine((value) => !KEPT.test(value), 'holds aws, amazon or cognito, which AWS keeps for itself');

/** Stages that the kit brings: of this machine, of `npm run e2e` and of `npm run accept`. */
const KIT_STAGE_NAMES = ['local', 'emulated', 'acceptance'] as const;

export type KitStageName = (typeof KIT_STAGE_NAMES)[number];

const isOfKit = (stage: string) => KIT_STAGE_NAMES.some((name) => name === stage);

const isObject = (value: unknown) => typeof value === 'object' && value !== null;

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
  /** The version of the contract that the code speaks: the date on which it was made. */
  apiVersion: z.iso.date(),
  /** Where each partner is, by the names of `functions/partners`; a stage may say otherwise. @default nowhere */
  partners: z.record(z.string(), z.custom<PartnerSettings>(isObject, 'is no object')).default({}),
  /** Settings of each stage that is deployed, by its name; those of a stage are checked when it is used. @default none */
  stages: z
    .record(
      z.string().refine((stage) => !isOfKit(stage), 'is a stage of the kit itself; choose another name'),
      z.custom<StageSettings>(isObject, 'is no object'),
    )
    .default({}),
});

/** A service: what it is called wherever it is, and its stages. */
export interface Service extends ServiceNames {
  readonly name: string;
  readonly partners: Readonly<Record<string, PartnerSettings>>;
  readonly stages: Readonly<Record<string, StageSettings>>;
}

/** `holdfast-production`: what the physical names of a stage begin with, so that an account holds many. */
export const namePrefixOf = (stage: string, { prefix }: Pick<Service, 'prefix'>): string =>
  `${prefix}-${stage}`;

/**
 * A stage's name stands after the prefix in every physical name, and in the path of the API.
 * @throws Error that names the stage, what is allowed, and the file
 */
export function checkStageName(stage: string): void {
  const result = identifier.safeParse(stage);
  if (result.success) return;
  throw new Error(
    `the name of stage '${stage}' in lib/service.ts is not valid\n${z.prettifyError(result.error)}`,
  );
}

/** Metrics of a service of this prefix were counted before a service had a name; graphs and alarms go on. */
const NAMESPACES: Readonly<Record<string, string>> = { holdfast: 'Holdfast' };

/**
 * A service, as `lib/service.ts` exports it by default.
 * @throws Error that names the setting, what is allowed, and the file
 */
export function defineService(given: z.input<typeof settings>): Service {
  const result = settings.safeParse(given);
  if (!result.success)
    throw new Error(`the service in lib/service.ts is not valid\n${z.prettifyError(result.error)}`);
  const { name, prefix = name, title = name, ...others } = result.data;
  return { name, prefix, title, namespace: NAMESPACES[prefix] ?? prefix, ...others };
}
