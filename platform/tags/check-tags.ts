import { Value } from 'typebox/value'
import { type Issue, type Module, StartError, type Words, words } from '#runtime'
import { type Tag, type TagFeature, type TagSubject, tagSchema } from './declaration.ts'

/** What a tag may refer to. */
export interface Known {
  readonly subjects: ReadonlyMap<string, TagSubject>
  readonly features: ReadonlyMap<string, TagFeature>
  readonly rules: ReadonlySet<string>
}

/** Everything that is wrong with a tag before its SQL is tried. */
export function faultsOf(tag: Tag, { subjects, features, rules }: Known): Issue[] {
  const shape = [...Value.Errors(tagSchema, tag)].map((error) => ({
    path: error.instancePath || '/',
    message: words('格式不对', error.message),
  }))
  if (shape.length > 0) return shape
  const subject = subjects.get(tag.subject)
  const issue = (path: string, message: Words): Issue => ({ path, message })
  return [
    ...(subject ? [] : [issue('/subject', words('没有这个对象', 'There is no such subject'))]),
    ...(subject && !(tag.theme in subject.themes)
      ? [issue('/theme', words('没有这个主题', 'There is no such theme'))]
      : []),
    ...tag.features.flatMap((id, at) =>
      features.get(id)?.subject === tag.subject
        ? []
        : [issue(`/features/${at}`, words(`没有特征表“${id}”`, `There is no feature "${id}"`))],
    ),
    ...tag.rules.flatMap((id, at) =>
      rules.has(id) ? [] : [issue(`/rules/${at}`, words(`没有规则“${id}”`, `There is no rule "${id}"`))],
    ),
    ...((tag.kind === 'model') === (tag.score !== undefined && tag.card !== undefined)
      ? []
      : [
          issue(
            '/kind',
            words(
              '模型标签（且只有模型标签）要有评分和模型卡',
              'A model, and only a model, has a score and a model card',
            ),
          ),
        ]),
    ...(['logic', 'evidence', 'score'] as const).flatMap((part) =>
      /\b(main|memory|temp|system)\s*\.|\binformation_schema\b|\bduckdb_\w+\s*\(/i.test(tag[part] ?? '')
        ? [issue(`/${part}`, words('只能使用列出的表', 'Only the tables listed may be named'))]
        : [],
    ),
    ...(/\$1\b/.test(tag.evidence)
      ? []
      : [issue('/evidence', words('依据语句要用 $1 限定对象', 'The evidence must be limited to one member by $1'))]),
  ]
}

/** @throws StartError for a declared tag that cannot be */
export function checkTags(modules: readonly Module[]): void {
  const all = modules.flatMap((module) => module.tags ?? [])
  const known: Known = {
    subjects: new Map(modules.flatMap((module) => module.tagSubjects ?? []).map((each) => [each.id, each])),
    features: new Map(modules.flatMap((module) => module.tagFeatures ?? []).map((each) => [each.id, each])),
    rules: new Set(modules.flatMap((module) => module.rules ?? []).map(({ id }) => id)),
  }
  const seen = new Set<string>()
  for (const tag of all) {
    if (seen.has(tag.id)) throw new StartError(`The tag "${tag.id}" is declared twice.`)
    seen.add(tag.id)
    const [first] = faultsOf(tag, known)
    if (first) throw new StartError(`The tag "${tag.id}" is wrong at ${first.path}: ${first.message.en}.`)
  }
}
