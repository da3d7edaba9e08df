import { type Command, runCommand } from '../../../lib/holdfast/cli/command/command.ts';

/** What is proven, each in the folder of its name: how, and what it prints, stands there. */
const PROOFS = ['crash', 'model', 'mutants', 'fuzz', 'soak', 'spec', 'explore'] as const;

const status = await runCommand(
  {
    name: 'prove',
    summary: 'Tries to break what is promised.',
    commands: () =>
      Promise.all(
        PROOFS.map(async (name) => {
          const { proof } = (await import(`../${name}/prove.ts`)) as { readonly proof: Command };
          return proof;
        }),
      ),
  },
  process.argv.slice(2),
  process.env,
);
process.exit(status);
