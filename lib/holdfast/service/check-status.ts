import type { Operation } from '../core/definitions/define-operation.ts';
import { publicPartners } from '../core/operations/partner-status.ts';
import type { StageConfig } from './config.ts';

/**
 * What `GET /status` would tell is worth the route: a team that asks for it is told of somebody, and each partner is told apart.
 * @throws Error that names the stage or the partners, and the remedy
 */
export function checkStatus(
  { stage, service, status }: Pick<StageConfig, 'stage' | 'service' | 'status'>,
  operations: readonly Operation[],
): void {
  if (!status) return;
  const told = publicPartners(operations);
  // Stages of the kit have the setting whatever the project's partners are, and then have no such route.
  if (told.length === 0 && Object.hasOwn(service.stages, stage))
    throw new Error(
      `stage '${stage}' in lib/service.ts has status: true, and no partner that an operation calls has a publicName; give one to each partner that everybody may know of, or remove status`,
    );
  for (const [publicName, [one, other]] of Map.groupBy(told, (each) => each.publicName))
    if (one !== undefined && other !== undefined)
      throw new Error(
        `partners '${one.name}' and '${other.name}' both have publicName '${publicName}', so GET /status could not tell them apart; change one of them`,
      );
}
