import type { CloudFormationTemplate, TemplateResource } from '../../cdk/templates/templates.ts';

/** Logical ids in every `Ref`, `Fn::GetAtt`, `Fn::Sub` and `DependsOn`. */
export function referredTo(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(referredTo);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    if (key === 'Ref') return [String(inner)];
    if (key === 'DependsOn') return [inner].flat().map(String);
    if (key === 'Fn::GetAtt') return [String([inner].flat()[0]).split('.')[0] ?? ''];
    if (key === 'Fn::Sub') {
      const [text, variables]: readonly unknown[] = [inner].flat();
      const named = [...String(text).matchAll(/\$\{([^!}.][^}.]*)[^}]*\}/g)].map(([, name = '']) => name);
      return [...named, ...referredTo(variables)];
    }
    return referredTo(inner);
  });
}

/** Properties that make a resource anew when they change, of the types that the service goes by. */
const REPLACING: Readonly<Record<string, readonly string[]>> = {
  'AWS::Cognito::UserPoolClient': ['GenerateSecret', 'UserPoolId'],
  'AWS::SecretsManager::Secret': ['Name'],
};

/** Whether an output comes to another value: by what it says, or since a resource that it refers to is made anew. */
export function changesValue(
  before: CloudFormationTemplate,
  after: CloudFormationTemplate,
  was: unknown,
  is: unknown,
): boolean {
  if (JSON.stringify(was) !== JSON.stringify(is)) return true;
  return referredTo(was).some((id) => {
    const [old, now] = [before.Resources[id], after.Resources[id]];
    const replacing = REPLACING[now?.Type ?? ''] ?? [];
    const part = (resource: TemplateResource | undefined) =>
      JSON.stringify(replacing.map((name) => resource?.Properties?.[name]));
    return old?.Type !== now?.Type || part(old) !== part(now);
  });
}
