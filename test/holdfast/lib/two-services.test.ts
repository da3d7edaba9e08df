import { describe, expect, test } from '@jest/globals';
import { frozenPart, readFrozen } from '../../../lib/holdfast/cdk/templates/frozen.ts';
import { refusals } from '../../../lib/holdfast/cdk/templates/frozen-refusals.ts';
import type { TemplateResource } from '../../../lib/holdfast/cdk/templates/templates.ts';
import { openApiDocument } from '../../../lib/holdfast/openapi/document.ts';
import { stageConfig } from '../../../lib/holdfast/service/config.ts';
import { defineService } from '../../../lib/holdfast/service/define-service.ts';
import { loadRegistry } from '../../../lib/holdfast/service/registry.ts';
import { synthesize } from '../../../lib/holdfast/synthesis/synthesize.ts';
import service from '../../../lib/service.ts';
import { isGiven, NAMES, namesOf, resourcesOf } from '../support/physical-names.ts';

const { partners, stages, apiVersion } = service;
const OTHER = defineService({ name: 'order-intake', title: 'Order intake', apiVersion, partners, stages });

const [ours, theirs] = await Promise.all([
  synthesize({ stage: 'production' }),
  synthesize({ stage: 'production', service: OTHER }),
]);

/** Properties that look like a name, and name something inside of another resource that has one of its own. */
const INSIDE: readonly string[] = [
  'AWS::ApiGateway::Authorizer Name',
  'AWS::ApiGateway::Stage StageName',
  'AWS::Cognito::UserPoolClient ClientName',
  'AWS::Cognito::UserPoolResourceServer Name',
  'AWS::IAM::Policy PolicyName',
  'AWS::Lambda::Alias Name',
];

const lookLikeNames = ({ Type, Properties = {} }: TemplateResource) =>
  Object.entries(Properties)
    .filter(([key, value]) => /^(Name|.*Name|Domain|Identifier)$/.test(key) && isGiven(value))
    .map(([key]) => `${Type} ${key}`);

describe('8: two services in one account', () => {
  test('share no name of a stack, of a resource, of an export and of a namespace', () => {
    const [own, other] = [namesOf(ours.stacks), namesOf(theirs.stacks)];

    expect(own.length).toBeGreaterThan(60);
    expect(other).toHaveLength(own.length);
    expect(own.filter((name) => other.includes(name))).toEqual([]);
    expect(other.filter((name) => /holdfast/i.test(name))).toEqual([]);
  });

  test('have no name besides that a template could give', () => {
    const known = new Set([...Object.entries(NAMES).map(([type, key]) => `${type} ${key}`), ...INSIDE]);
    const named = new Set(resourcesOf(ours.stacks).flatMap(lookLikeNames));

    expect([...named].filter((name) => !known.has(name) && !OF_OTHERS.has(name))).toEqual([]);
  });

  test('share the role by which API Gateway logs, of which an account has one, and nothing else', () => {
    const singletons = resourcesOf(theirs.stacks).filter(({ Type }) => Type === 'AWS::ApiGateway::Account');

    expect(singletons).toHaveLength(1);
    expect(singletons[0]).toMatchObject({ DeletionPolicy: 'Retain' });
  });

  test('tell themselves apart in descriptions, URNs and the realm, in templates and in the contract', async () => {
    const document = JSON.stringify(
      openApiDocument(await loadRegistry(), '2026-11-01', stageConfig('production', {}, {}, OTHER)),
    );
    // What the local cloud reads is the kit's, and asks for no name.
    const templates = JSON.stringify(theirs.stacks).replaceAll('"holdfast":{', '"":{');

    expect(`${templates}${document}`.match(/.{40}holdfast.{20}/gi)).toBeNull();
    expect(templates).toContain('urn:order-intake:request:$context.requestId');
    expect(document).toContain('urn:order-intake:problem:version-mismatch');
    expect(document).toContain('Bearer realm=\\"order-intake\\"');
    expect(document).toContain('"title":"Order intake"');
  });
});

/** Names that refer to a resource of another type, whose own is compared. */
const OF_OTHERS = new Set([
  'AWS::CodeDeploy::DeploymentGroup DeploymentConfigName',
  'AWS::CloudWatch::Alarm MetricName',
]);

describe('8: the prefix of a service', () => {
  test('is recorded, and another one is refused with the line that keeps it', () => {
    const reasons = refusals(readFrozen(), frozenPart(theirs.stacks, theirs.nests));

    expect(readFrozen().prefix).toBe('holdfast');
    expect(reasons[0]).toMatch(
      /^every stage would come up in new, empty stacks under the prefix 'order-intake', .*set prefix: 'holdfast' in lib\/service\.ts/,
    );
  });

  test('may be any, where none is recorded yet', () => {
    const { prefix: _, ...unnamed } = readFrozen();

    expect(refusals(unnamed, frozenPart(theirs.stacks, theirs.nests))).toEqual([]);
  });

  test.each(['local', 'emulated', 'acceptance'])('leaves stage %s to the kit, whose it is', (stage) => {
    const stages = { [stage]: { retainData: true } };

    expect(() => defineService({ name: 'payouts', apiVersion, stages })).toThrow(`at stages.${stage}`);
  });

  test('gives a stage that moves one partner the addresses of the others', () => {
    const moved = { bank: { url: 'https://bank.example.org' } };
    const dev = { ...stages.dev, partners: moved };
    const other = defineService({ name: 'order-intake', apiVersion, partners, stages: { dev } });

    expect(stageConfig('dev', {}, {}, other).partners).toEqual({ ...partners, ...moved });
  });

  test('keeps the namespace of the metrics that were counted before services had names', () => {
    expect(service).toMatchObject({ prefix: 'holdfast', namespace: 'Holdfast' });
    expect(OTHER).toMatchObject({
      name: 'order-intake',
      prefix: 'order-intake',
      title: 'Order intake',
      namespace: 'order-intake',
    });
  });

  test.each([
    'Payouts',
    'pay_outs',
    '-payouts',
    'payouts-',
    '1payouts',
    '',
    'a'.repeat(33),
    'my-aws-service',
    'amazon',
    'cognito-pool',
  ])('and its name are kebab case, of 32 characters at most, without AWS’s words: not %j', (name) => {
    expect(() => defineService({ name, apiVersion })).toThrow(
      /^the service in lib\/service\.ts is not valid\n.*at name/s,
    );
    expect(() => defineService({ name: 'payouts', prefix: name, apiVersion })).toThrow(/at prefix/);
  });
});
