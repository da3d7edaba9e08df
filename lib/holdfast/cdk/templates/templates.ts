import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type App, Stack } from 'aws-cdk-lib';
import type { StoredForm } from '../../core/definitions/resource-extension.ts';
import type { VersionPromises } from '../../core/versions/version-promises.ts';

/** A resource of a CloudFormation template. */
export interface TemplateResource {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
  readonly Metadata?: Readonly<Record<string, unknown>>;
  readonly UpdatePolicy?: Readonly<Record<string, unknown>>;
  readonly DependsOn?: string | readonly string[];
  readonly DeletionPolicy?: string;
  readonly UpdateReplacePolicy?: string;
}

/** Shapes in which the members of resources are kept, by the resource's name; one that is not named has shape 1 alone. */
export type StoredShapes = Readonly<Record<string, Pick<StoredForm, 'reads' | 'writes'>>>;

/** What is kept with each version of a resource and older items lack, in words, by resource and rule. */
export type Rules = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** What each action decides on besides its own resource, by action, `orders.place`, and resource. */
export type Decisions = Readonly<Record<string, Readonly<Record<string, 'reads' | 'changes'>>>>;

/** What the template of a service stack says of its release, for the release after it. */
export interface StackMetadata {
  readonly prefix?: string;
  readonly dueShards?: { readonly read: number; readonly written: number };
  readonly receipts?: { readonly read: number; readonly written: number };
  readonly removedRoutes?: readonly string[];
  readonly shapes?: StoredShapes;
  readonly versions?: VersionPromises;
  /** What it keeps with each version of a resource, by resource and rule. */
  readonly rules?: Rules;
  /** Of every action. */
  readonly decisions?: Decisions;
}

/** A CloudFormation template, as much as is read of it. */
export interface CloudFormationTemplate {
  readonly Metadata?: { readonly holdfast?: StackMetadata; readonly [name: string]: unknown };
  readonly Resources: Readonly<Record<string, TemplateResource>>;
  readonly Parameters?: Readonly<Record<string, unknown>>;
  readonly Outputs?: Readonly<
    Record<string, { readonly Value: unknown; readonly Export?: { readonly Name: unknown } }>
  >;
}

/** One stack of a cloud assembly. */
export interface StackTemplate {
  /** Of a nested stack: its path in the app. */
  readonly name: string;
  /** Of a nested stack: the stack that it is in, and the resource there that it is. */
  readonly parent?: { readonly name: string; readonly logicalId: string };
  readonly template: CloudFormationTemplate;
}

/** Synthesizes the app, and reads the template of each of its stacks, the nested ones too. */
export function synthesizeTemplates(app: App): readonly StackTemplate[] {
  const { directory } = app.synth();
  const nameOf = (stack: Stack) =>
    stack.nestedStackParent === undefined ? stack.stackName : stack.node.path;
  return app.node
    .findAll()
    .filter(Stack.isStack)
    .map((stack) => {
      const { nestedStackParent, nestedStackResource, templateFile } = stack;
      const template = JSON.parse(readFileSync(join(directory, templateFile), 'utf8'));
      if (nestedStackParent === undefined || nestedStackResource === undefined) {
        return { name: nameOf(stack), template };
      }
      const logicalId: string = nestedStackParent.resolve(nestedStackResource.logicalId);
      return { name: nameOf(stack), parent: { name: nameOf(nestedStackParent), logicalId }, template };
    });
}
