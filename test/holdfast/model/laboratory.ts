import { readCall } from '../../../lib/holdfast/testing/crash/function-call.ts';
import type { Call } from '../support/dynamodb-proxy.ts';
import { startProxiedTable } from '../support/proxied-table.ts';
import { type Service, startService } from '../support/service.ts';
import type { Interleaving } from './interleaving.ts';

/** So many programs run at the same time: a program mostly waits, and two cores are busy with three. */
export const LANES = 3;

/** A program holds two environments of a function when it waits for a third: there is one for whoever holds two. */
const ENVIRONMENTS = 2 * LANES + 1;

/** A service for many programs, each with tenants of its own. */
export interface Laboratory {
  readonly service: Service;
  /** Leads the calls about a tenant's payouts to an interleaving, until it is told otherwise. */
  attend(tenant: string, interleaving: Interleaving): void;
  leave(tenant: string): void;
  /** A name that no tenant has had. */
  freshTenant(): string;
  close(): Promise<void>;
}

/**
 * Starts it; its screening partner never calls back by itself.
 * @param root of the repository that is run
 */
export async function startLaboratory(root?: string): Promise<Laboratory> {
  const { proxy, close } = await startProxiedTable();
  const service = await startService({
    dynamodb: proxy.url,
    concurrency: ENVIRONMENTS,
    functions: { POWERTOOLS_LOG_LEVEL: 'SILENT' },
    ...(root !== undefined && { root }),
  }).catch(async (error: unknown) => {
    await close();
    throw error;
  });
  const body = JSON.stringify({ neverCallback: 1 });
  await fetch(`${service.partners}/faults/screening`, { method: 'PUT', body });
  const attended = new Map<string, Interleaving>();
  proxy.fate = (call) => attended.get(subjectOf(call))?.arrive(call) ?? 'pass';
  let tenants = 0;
  return {
    service,
    attend: (tenant, interleaving) => void attended.set(tenant, interleaving),
    leave: (tenant) => void attended.delete(tenant),
    freshTenant: () => `m${++tenants}`,
    async close() {
      await service.end();
      await close();
    },
  };
}

/** As far as it tells whom a call is about. */
interface Input {
  readonly TableName?: string;
  readonly Key?: Readonly<Record<string, { readonly S?: string }>>;
  readonly Item?: Readonly<Record<string, { readonly S?: string }>>;
  readonly ExpressionAttributeValues?: unknown;
  readonly TransactItems?: readonly { readonly Update?: Input; readonly Put?: Input }[];
}

/**
 * The tenant whose payouts a request's call reads or writes, or whose operation it cancels; nobody where an operation goes
 * its own way, which a consumer that reads its payout does as well, and where its history is written.
 */
function subjectOf(call: Call): string {
  if (!/^(payouts|operations)/.test(readCall(call).caller)) return '';
  const { input } = call;
  const { TransactItems: [first] = [], ...own } = input as Input;
  const { TableName, Key, Item, ExpressionAttributeValues } = first?.Update ?? first?.Put ?? own;
  if (TableName === 'HistoryTable') return '';
  const key = Key?.pk?.S ?? Key?.id?.S ?? Item?.pk?.S ?? '';
  const values = JSON.stringify(ExpressionAttributeValues ?? {});
  const [, room, tenant = ''] = /^(payouts|operations)#([^#]+)/.exec(key) ?? listIn(values);
  const cancels = values.includes('"action":{"S":"cancel"}');
  return room === 'payouts' || cancels ? tenant : '';
}

const listIn = (values: string): readonly string[] => /":list":\{"S":"(payouts)#([^"]+)"/.exec(values) ?? [];
