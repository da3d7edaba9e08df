const room = (...folders) => `^(${folders.join('|')})/`;
const OURS = room('bin', 'lib', 'functions', 'test');
const AWS = '(^|/)(@aws-sdk|@aws-lambda-powertools|@smithy|aws-cdk-lib|aws-lambda|@types/aws-lambda)(/|$)';
/** What `holdfast` is for those who import it by its name. */
const KIT = '^lib/holdfast/(index|capabilities/[^/]+/index)\\.ts$';
/** What a team writes. */
const DEFINITIONS = room('functions');

/** `from` may import of ours only what `to` names. */
const only = (name, from, to, comment) => ({
  name,
  comment,
  severity: 'error',
  from: { path: from },
  to: { path: OURS, pathNot: to },
});

/** The arrows between the rooms: see "Rooms and arrows" in docs/architecture.md. */
module.exports = {
  forbidden: [
    only('bin-starts-lib', room('bin'), room('lib'), 'a starter hands over to lib at once'),
    only(
      'kit-knows-itself',
      room('lib/holdfast'),
      room('lib/holdfast'),
      'the kit finds a service and its actions in the project that it works for',
    ),
    only(
      'client-knows-core',
      room('lib/holdfast/client'),
      room('lib/holdfast/client', 'lib/holdfast/core'),
      'the client runs on a page: nothing that builds comes with it',
    ),
    only(
      'template-is-read-only',
      room('lib/holdfast/template'),
      [room('lib/holdfast/template'), '^lib/holdfast/cdk/templates/templates\\.ts$'],
      'what templates say is read without running anything',
    ),
    only('core-knows-nothing', room('lib/holdfast/core'), room('lib/holdfast/core'), 'core is pure'),
    only(
      'runtime-knows-core',
      room('lib/holdfast/runtime'),
      room('lib/holdfast/runtime', 'lib/holdfast/core'),
      'an action reaches its entry as @action, when it is bundled',
    ),
    only(
      'capabilities-know-core',
      '^lib/holdfast/capabilities/([^/]+)/',
      [room('lib/holdfast/core'), '^lib/holdfast/capabilities/$1/'],
      'a capability is a folder that can be deleted: it is what definitions of a team import, and it knows core alone',
    ),
    {
      name: 'capabilities-are-deletable',
      comment: 'nothing of the kit imports a capability; a team does, where it uses it',
      severity: 'error',
      from: { path: room('bin', 'lib'), pathNot: '^lib/holdfast/capabilities/' },
      to: { path: '^lib/holdfast/capabilities/' },
    },
    only(
      'actions-know-partners-and-the-kit',
      room('functions/actions', 'functions/operations'),
      [room('functions/actions', 'functions/operations', 'functions/partners', 'functions/values'), KIT],
      'an action is a definition: whatever runs it is not its business',
    ),
    only(
      'partners-know-the-kit',
      room('functions/partners'),
      [room('functions/partners', 'functions/values'), KIT],
      'an adapter knows its partner and the words of the kit',
    ),
    only(
      'versions-know-the-kit',
      room('functions/versions', 'functions/values'),
      [room('functions/values'), KIT],
      'a version stays as it was, whatever becomes of the actions',
    ),
    {
      name: 'definitions-know-no-aws',
      comment: 'only lib/holdfast/runtime knows AWS at run time',
      severity: 'error',
      from: { path: [room('lib/holdfast/core'), DEFINITIONS] },
      to: { path: AWS },
    },
    {
      name: 'partners-reach-no-network',
      comment:
        'an adapter calls its partner by request(), and has no other way out; a schema may help it to read',
      severity: 'error',
      from: { path: room('functions/partners') },
      to: { pathNot: [room('functions/partners', 'functions/values', 'node_modules/zod'), KIT] },
    },
    {
      name: 'simulators-are-never-bundled',
      comment: 'a simulator is for the local cloud, which finds it by walking the folder',
      severity: 'error',
      from: { path: room('bin', 'lib', 'functions') },
      to: { path: String.raw`^functions/partners/.*\.simulator\.ts$` },
    },
    { name: 'no-cycle', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'no-cycle-of-rooms',
      scope: 'folder',
      severity: 'error',
      from: { path: '^lib/holdfast' },
      to: { circular: true },
    },
    {
      name: 'resolvable',
      comment:
        '@action, @resource, @resources, @operations, @versions, @credentials, @service and @site are resolved when a function is bundled',
      severity: 'error',
      from: {},
      to: {
        couldNotResolve: true,
        pathNot: '^@(action|resources?|operations|versions|credentials|service|site)$',
      },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    parser: 'swc',
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  },
};
