import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { Resource } from '../../core/definitions/define-resource.ts';
import { isFinal } from '../../core/operations/operation-progress.ts';
import { operations } from '../../core/operations/operations.ts';
import { idOf, partitionKey, tenantOf } from '../../core/store/keys.ts';
import type { Values } from '../../core/store/store.ts';
import { type Differences, differences } from '../../core/writes/differences.ts';
import type { Attributes } from '../../runtime/aws/attributes.ts';
import { readItem } from '../../runtime/records/item.ts';
import type { RegisteredResource } from '../../service/registry.ts';

/** Two records that do not fit, or one that does not fit itself. */
export interface Tear {
  /** Their keys. */
  readonly pair: readonly string[];
  /** What is wrong, in a sentence. */
  readonly what: string;
  /** What puts it right. */
  readonly repair: string;
}

/** What tears are looked for in. */
export interface Records {
  /** Those of the release that looks. */
  readonly resources: readonly RegisteredResource[];
  /** What their table is called. */
  readonly table: string;
  /** A record as it stands. */
  get(pk: string): Promise<Attributes | undefined>;
}

const REPAIRED = 'its next write puts it right, and npm run backfill does';

/** What of one record does not fit those that it belongs to. */
export async function tearsOf(attributes: Attributes, records: Records): Promise<readonly Tear[]> {
  const pk = attributes.pk?.S ?? '';
  const of = (type: string) => records.resources.find(({ definition }) => definition.name === type);
  const resource = of(typeOf(pk));
  const isOperation = typeOf(pk) === operations.name;
  const broken = resource !== undefined || isOperation ? brokenIn(pk, attributes) : [];
  if (broken.length > 0) return broken;
  if (resource !== undefined) return new Subject(pk, attributes, resource, records).tears();
  if (isOperation) return operationTears(pk, attributes, records);
  const isKept = records.resources.some(({ definition: { extensions = [] } }) =>
    extensions.some(({ keys = [] }) => keys.some((key) => pk.startsWith(`${key}#`))),
  );
  return isKept ? keptTears(pk, attributes, records) : [];
}

const typeOf = (pk: string): string => pk.slice(0, pk.indexOf('#'));

/** What every resource has, and operations as well, by the type that DynamoDB has it in. */
const WHOLE = {
  state: 'S',
  version: 'N',
  commit: 'S',
  createdAt: 'S',
  updatedAt: 'S',
  data: 'M',
} as const;

/** A resource that no function can read: something else than the kit has written it. What has been erased need not be whole. */
function brokenIn(pk: string, attributes: Attributes): readonly Tear[] {
  const lacks = Object.entries(WHOLE)
    .filter(([name, type]) => attributes[name]?.[type] === undefined)
    .map(([name]) => name);
  const isSubject = attributes.hidden?.M?.subject?.M?.resource?.M !== undefined;
  if (typeOf(pk) === operations.name && !isSubject) lacks.push('hidden.subject');
  return lacks.length === 0 || attributes.erasedAt !== undefined
    ? []
    : [
        {
          pair: [pk],
          what: `${pk} lacks ${lacks.join(', ')}, or has it in another type than the kit writes`,
          repair: `look up what was there in a backup of the table, and in its history; set that, and its version one higher than it ever was`,
        },
      ];
}

/** What capabilities would keep with a resource that is there; or why that cannot be told, where another release wrote it. */
function kept(
  pk: string,
  attributes: Attributes,
  resource: Resource,
): Differences | { readonly unread: string } {
  try {
    const item = readItem(resource, attributes);
    return differences({ resource, pk, item, attributes: unmarshall(attributes) });
  } catch (error) {
    return {
      unread: error instanceof Error && error.cause instanceof Error ? error.cause.message : String(error),
    };
  }
}

/** A record that is kept for a resource: that is there, and would keep it. */
async function keptTears(pk: string, attributes: Attributes, records: Records): Promise<readonly Tear[]> {
  const owner = attributes.owner?.S ?? '';
  return (await ownsIt(pk, owner, records))
    ? []
    : [
        {
          pair: [pk, owner],
          what: `${pk} is held by ${owner || 'nobody'}, which does not have its value, or is not there`,
          repair: `delete it, unless its owner has changed: aws dynamodb delete-item --table-name ${records.table} --key ${quoted({ pk: { S: pk } })} --condition-expression '#o = :o' --expression-attribute-names '{"#o":"owner"}' --expression-attribute-values ${quoted({ ':o': { S: owner } })}`,
        },
      ];
}

/** One word of a shell, whatever a tenant is called: a key keeps the apostrophe of a name. */
const quoted = (value: object): string => `'${JSON.stringify(value).replaceAll("'", "'\\''")}'`;

async function ownsIt(pk: string, owner: string, { resources, get }: Records): Promise<boolean> {
  const resource = resources.find(({ definition }) => definition.name === typeOf(owner));
  const attributes = resource && (await get(owner));
  if (resource === undefined || attributes === undefined) return false;
  const differing = kept(owner, attributes, resource.definition);
  // Nothing is said against what cannot be read: it is told of with the resource.
  return 'unread' in differing || differing.writes.some((each) => 'put' in each && each.put.pk === pk);
}

/** A resource, and whatever it belongs to. */
class Subject {
  readonly #pk: string;
  readonly #attributes: Attributes;
  readonly #resource: RegisteredResource;
  readonly #records: Records;

  constructor(pk: string, attributes: Attributes, resource: RegisteredResource, records: Records) {
    this.#pk = pk;
    this.#attributes = attributes;
    this.#resource = resource;
    this.#records = records;
  }

  async tears(): Promise<readonly Tear[]> {
    const all = await Promise.all([this.#beside(), this.#cause(), this.#holder()]);
    return all.flat();
  }

  /** What capabilities keep with it is there, and its own. */
  async #beside(): Promise<readonly Tear[]> {
    const differing = kept(this.#pk, this.#attributes, this.#resource.definition);
    if ('unread' in differing)
      return [{ pair: [this.#pk], what: differing.unread, repair: 'look again with that release' }];
    const { attributes, writes } = differing;
    const others = await Promise.all(
      writes.map(async (each) => ('put' in each ? await this.#lacking(each.put.pk) : [])),
    );
    const names = Object.keys(attributes);
    // A record that is missing or of another is told with that.
    if (others.flat().length > 0 || names.length === 0) return others.flat();
    return [
      {
        pair: [this.#pk],
        what: `${this.#pk} has ${names.join(', ')} as a release before has left it`,
        repair: REPAIRED,
      },
    ];
  }

  async #lacking(key: string): Promise<readonly Tear[]> {
    const there = await this.#records.get(key);
    const owner = there?.owner?.S;
    const pair = [this.#pk, key];
    if (owner === this.#pk) return [];
    if (owner === undefined)
      return [{ pair, what: `${this.#pk} does not hold ${key}, and nobody does`, repair: REPAIRED }];
    // What its owner has no use for is told of with that.
    if (!(await ownsIt(key, owner, this.#records))) return [];
    return [
      {
        pair: [this.#pk, owner],
        what: `${this.#pk} has the same value as ${owner}, which holds ${key}`,
        repair: 'people decide which of the two keeps it, and change the other one by an action',
      },
    ];
  }

  /** Who changed it by an action of another resource has come to the version in which it did. */
  async #cause(): Promise<readonly Tear[]> {
    const last: Values = this.#attributes.last?.M === undefined ? {} : unmarshall(this.#attributes.last.M);
    const cause = causeOf(last);
    if (cause === undefined) return [];
    const main = partitionKey({ name: cause.type }, tenantOf(this.#pk), cause.id);
    const version = Number((await this.#records.get(main))?.version?.N ?? 0);
    return version >= cause.version
      ? []
      : [
          {
            pair: [main, this.#pk],
            what: `${this.#pk} was changed by ${last.action} in version ${cause.version} of ${main}, which ${version === 0 ? 'is not there' : `is at version ${version}`}`,
            repair: `look at both histories: give back what ${last.action} took of ${this.#pk}, by an action of it, or carry it out again on ${main} once that is given back`,
          },
        ];
  }

  /** While an operation holds it, that operation is there and goes on. */
  async #holder(): Promise<readonly Tear[]> {
    const state = this.#attributes.state?.S;
    const holding = this.#resource.actions.find(
      ({ definition: { operation, to } }) => operation !== undefined && to === state,
    )?.definition.operation;
    if (holding === undefined) return [];
    const id = this.#attributes.data?.M?.operation?.M?.id?.S ?? '';
    const key = partitionKey(operations, tenantOf(this.#pk), id);
    const ended = (await this.#records.get(key))?.state?.S;
    const isOn = ended !== undefined && !isFinal(ended);
    const { onSucceeded, onFailed, onCancelled } = holding;
    return isOn
      ? []
      : [
          {
            pair: [this.#pk, key],
            what: `${this.#pk} is '${state}' until ${key} ends, which ${ended === undefined ? 'is not there' : `has ended: ${ended}`}`,
            repair: `find out at the partners what was done; then set its state as the operation would have, ${onSucceeded}, ${onFailed} or ${onCancelled}, and its version one higher: no action leads out of '${state}'`,
          },
        ];
  }
}

/** An operation that goes on holds its resource. */
async function operationTears(
  pk: string,
  attributes: Attributes,
  { get }: Records,
): Promise<readonly Tear[]> {
  const { state = '', hidden } = unmarshall(attributes);
  if (isFinal(state)) return [];
  const { subject } = hidden;
  const key = partitionKey({ name: subject.resource.type }, tenantOf(pk), subject.resource.id);
  const resource = await get(key);
  const held = subject.held ?? resource?.state?.S;
  const by = resource?.data?.M?.operation?.M?.id?.S;
  if (resource?.state?.S === held && by === idOf(pk)) return [];
  return [
    {
      pair: [key, pk],
      what: `${pk} goes on (${state}), and does not hold ${key}, which ${resource === undefined ? 'is not there' : `is '${resource.state?.S}', and of ${by ?? 'no operation'}`}`,
      repair: `npm run operation -- show ${idOf(pk)}; once its partners are asked, resolve it with resource: 'leave'`,
    },
  ];
}

/** The version of another resource whose action it was. */
function causeOf({ cause }: Values) {
  if (typeof cause !== 'object' || cause === null) return undefined;
  const {
    type,
    id,
    version,
  }: { readonly type?: unknown; readonly id?: unknown; readonly version?: unknown } = cause;
  return { type: String(type), id: String(id), version: Number(version) };
}
