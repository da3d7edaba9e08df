import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { CONTRACT_FOLDER, committedFiles } from '../../../../lib/holdfast/contract/committed.ts';

const DOCUMENT = `${CONTRACT_FOLDER}/2026-11-01.json`;

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'holdfast-committed-'));
  write(DOCUMENT, '{"a":1}');
  write('README.md', '# A service\n');
});
afterEach(() => rmSync(root, { recursive: true }));

function write(path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

const git = (...args: string[]) => execFileSync('git', args, { cwd: root });

function commit(...paths: string[]): void {
  git('add', ...paths);
  git('-c', 'user.name=Alice', '-c', 'user.email=a@example.com', 'commit', '--quiet', '--message', 'so far');
}

const promised = () => committedFiles(root, CONTRACT_FOLDER);

test('a folder without a repository cannot say what was committed', async () => {
  expect(await promised()).toBeUndefined();
});

test('a repository without a commit has committed none of its files', async () => {
  git('init', '--quiet');

  expect(await promised()).toEqual(new Map());
});

test('a repository whose last commit lacks the contract has committed none of it', async () => {
  git('init', '--quiet');
  commit('README.md');

  expect(await promised()).toEqual(new Map());
});

test('a commit of the contract is what was committed, whatever the working copy says since', async () => {
  git('init', '--quiet');
  commit(DOCUMENT);
  write(DOCUMENT, '{"a":2}');

  expect(await promised()).toEqual(new Map([[DOCUMENT, '{"a":1}']]));
});
